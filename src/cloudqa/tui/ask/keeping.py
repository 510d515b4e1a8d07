"""Answers and conversations written to files, with names that say when."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cloudqa.tui.places import write_text


def write_export(folder: Path, kind: str, text: str, now: datetime) -> Path:
    """Writes a file that does not exist yet, and returns its path.

    Args:
        folder: Where to.
        kind: Beginning of its name (``answer``, ``conversation``).
        text: Its content.
        now: The time in its name.

    Raises:
        OSError: It cannot be written.
    """
    stem = f"{kind}-{now.strftime('%Y%m%d-%H%M%S')}"
    path, number = folder / f"{stem}.md", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.md"
    write_text(path, text)
    return path
