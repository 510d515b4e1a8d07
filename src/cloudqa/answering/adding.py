"""Copying a file into the archive's folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_COMPARED_BYTES = 1 << 20


def same_content(one: Path, other: Path) -> bool:
    """Whether two files have the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(_COMPARED_BYTES):
            if block != second.read(_COMPARED_BYTES):
                return False
    return True


def copy_whole(path: Path, target: Path) -> None:
    """A hidden copy first, which no rebuild reads, then its name."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(path, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
