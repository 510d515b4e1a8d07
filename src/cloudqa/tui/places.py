"""Where the interface keeps what it writes: one folder of the user, by the XDG rules."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Files and folders of the interface; nothing is created until something is written.

    Attributes:
        home: The folder that holds them all.
    """

    home: Path

    @classmethod
    def locate(cls, environ: Mapping[str, str] | None = None) -> Places:
        """``$XDG_DATA_HOME/cloudqa``, usually ``~/.local/share/cloudqa``.

        Args:
            environ: The environment, ``os.environ`` if None.
        """
        environ = os.environ if environ is None else environ
        data_home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local/share")
        return cls(Path(data_home) / "cloudqa")

    @property
    def conversations(self) -> Path:
        """One file a conversation."""
        return self.home / "conversations"

    @property
    def exports(self) -> Path:
        """What was copied or exported."""
        return self.home / "exports"

    @property
    def history(self) -> Path:
        """The questions asked, one JSON string a line, the latest last."""
        return self.home / "history.jsonl"

    @property
    def preferences(self) -> Path:
        """Language and theme."""
        return self.home / "interface.json"


def write_text(path: Path, text: str) -> None:
    """Writes a file whole or not at all, its folders made where they are missing.

    Raises:
        OSError: The file cannot be written; what was there before is left as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
