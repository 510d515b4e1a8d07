r"""What the interface says, in Chinese and English, by key.

The words are data: every area has its own file in the folder ``language``, tab-separated ``key zh en``, ``#`` for
remarks. A text may hold ``{name}`` for a value, and ``\n`` for a line end.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

_FOLDER = Path(__file__).parent / "language"


class Language(StrEnum):
    """A language of the interface; answers are in the language of their question."""

    CHINESE = "zh"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        """The language that is not this one."""
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE


def locale_language(environ: Mapping[str, str] | None = None) -> Language:
    """The language of the user's locale: Chinese for a Chinese one, English otherwise.

    Args:
        environ: The environment, ``os.environ`` if None.
    """
    environ = os.environ if environ is None else environ
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Language.CHINESE if next(filter(None, names), "").lower().startswith("zh") else Language.ENGLISH


class Words:
    """The texts of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = _read_texts()

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its values put in.

        Raises:
            KeyError: There is no such key, or a value that the text needs is not given.
        """
        text = self._texts[key][self.language]
        return text.format(**values) if values else text

    def __contains__(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def counted(self, key: str, count: int, **values: object) -> str:
        """The text for a number of things: ``key.one`` for one where there is such a text, else ``key``."""
        single = f"{key}.one"
        return self(single if count == 1 and single in self else key, count=f"{count:,}", **values)


_TEXTS: dict[str, dict[Language, str]] = {}


def _read_texts() -> dict[str, dict[Language, str]]:
    """The texts of all files, read once.

    Raises:
        ValueError: A line has not three columns, or a key comes twice.
    """
    if _TEXTS:
        return _TEXTS
    found: dict[str, dict[Language, str]] = {}
    for path in sorted(_FOLDER.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line or line.startswith("#"):
                continue
            columns = line.replace("\\n", "\n").split("\t")
            if len(columns) != 3 or columns[0] in found:
                raise ValueError(f"{path.name}, line {number}: not a key of its own with two texts")
            found[columns[0]] = {Language.CHINESE: columns[1], Language.ENGLISH: columns[2]}
    _TEXTS.update(found)
    return _TEXTS
