"""What the user chose: language and theme."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cloudqa.tui.places import write_text
from cloudqa.tui.themes import DARK, THEMES
from cloudqa.tui.wording import Language, locale_language


@dataclass(frozen=True, slots=True)
class Preferences:
    """The user's choices.

    Attributes:
        language: Of the interface.
        theme: Name of one of the themes.
    """

    language: Language
    theme: str = DARK.name


def load_preferences(path: Path, environ: Mapping[str, str] | None = None) -> Preferences:
    """The choices stored in a file; where there are none, or not usable ones, the locale's language and the dark theme.

    Args:
        path: The file; need not exist.
        environ: The environment, ``os.environ`` if None.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        language, theme = Language(stored["language"]), str(stored["theme"])
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences(locale_language(environ))
    return Preferences(language, theme if theme in {t.name for t in THEMES} else DARK.name)


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Stores the choices.

    Raises:
        OSError: The file cannot be written.
    """
    write_text(path, json.dumps(asdict(preferences)))
