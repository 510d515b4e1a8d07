"""Putting a report into the archive's folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cloudqa.errors import UsageError
from cloudqa.index.freshness import REPORT_SUFFIXES
from cloudqa.settings import Settings

_COMPARED_BYTES = 1 << 20


def add_file(settings: Settings, path: Path) -> str:
    """Copies a file into the corpus folder, which is made where there is none; the index is not touched.

    The copy appears whole or not at all, and never in the place of another file.

    Args:
        settings: Where the corpus is.
        path: The file.

    Returns:
        Its name in the corpus folder.

    Raises:
        UsageError: There is no such file, it is of no format that is read, the archive has it already or has another
            report of its name, or it cannot be copied.
    """
    _check(path)
    target = settings.corpus / path.name
    try:
        settings.corpus.mkdir(parents=True, exist_ok=True)
        _check_against(settings.corpus, path)
        copy_whole(path, target)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be copied to {settings.corpus}: {error.strerror}.") from error
    return path.name


def _check(path: Path) -> None:
    """Whether a file can be a report at all."""
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read.") from error
    if not is_file:
        raise UsageError(f"{path} is a folder." if is_folder else f"There is no file {path}.", "Name one file.")
    if path.suffix.lower() not in REPORT_SUFFIXES:
        formats = ", ".join(sorted(suffix.lstrip(".") for suffix in REPORT_SUFFIXES))
        raise UsageError(f"{path.name} is of no format that is read.", f"Formats: {formats}.")
    if path.name.startswith((".", "~$")) or path.stem.split(".")[0].upper() == "README":
        raise UsageError(f"Files named like {path.name} are not taken as reports.", "Give it another name.")


def _check_against(corpus: Path, path: Path) -> None:
    """Whether the corpus has the file, or another one whose report would have the same id."""
    for other in sorted(corpus.rglob("*")):
        if other.stem == path.stem and other.suffix.lower() in REPORT_SUFFIXES and other.is_file():
            place = other.relative_to(corpus).as_posix()
            if same_content(other, path):
                raise UsageError(f"The archive has {place} already.")
            raise UsageError(f"The archive has another report of this name, {place}.", "Give the file another name.")


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
