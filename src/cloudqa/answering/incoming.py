"""Files on their way into the corpus: what each would do there, looked at before anything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from cloudqa.errors import CorpusError, UsageError
from cloudqa.index.freshness import REPORT_SUFFIXES, find_reports

_COMPARED_BYTES = 1 << 20


class Effect(StrEnum):
    """What adding a file would do."""

    NEW = "new"
    REPLACES = "replaces"  # a report of this name with another content
    PRESENT = "present"  # the corpus has this content under this name
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to be added.

    Attributes:
        file: Where it lies.
        target: Where it would lie in the corpus folder.
        effect: What adding it would do.
        replaced: The report of the same name that it takes the place of, None if there is none.
        reason: Why it cannot be read, "" if it can.
    """

    file: Path
    target: Path
    effect: Effect
    replaced: Path | None = None
    reason: str = ""


def look_at(places: Iterable[Path], corpus: Path) -> list[Incoming]:
    """What adding some files, and the reports of some folders, would do; every file is read, nothing is written.

    Raises:
        UsageError: A place is neither file nor folder, or a folder holds no report, or a file is of no format that is
            read, or two files have one name.
    """
    files = [file for place in places for file in _files(place)]
    names: dict[str, Path] = {}
    for file in files:
        other = names.setdefault(file.stem, file)
        if other != file:
            raise UsageError(f"{other} and {file} would be reports of one name.", "Give one of them another name.")
    return [_looked_at(file, corpus) for file in dict.fromkeys(files)]


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        found = find_reports(place)
        if not found:
            raise UsageError(f"There is no report in {place}.", f"Reports are {_formats()} files.")
        yield from found
    elif not place.is_file():
        raise UsageError(f"There is no file {place}.", "Name a report or a folder of reports.")
    elif place.suffix.lower() not in REPORT_SUFFIXES or place.name.startswith((".", "~$")):
        raise UsageError(f"{place.name} is of no format that is read.", f"Formats: {_formats()}.")
    elif place.stem.split(".")[0].upper() == "README":
        raise UsageError(f"Files named like {place.name} are not taken as reports.", "Give it another name.")
    else:
        yield place


def _formats() -> str:
    return ", ".join(sorted(suffix.lstrip(".") for suffix in REPORT_SUFFIXES))


def _looked_at(file: Path, corpus: Path) -> Incoming:
    plan = Incoming(file, corpus / file.name, Effect.NEW)
    present = _of_name(corpus, file.stem)
    if present is not None and present.name == file.name and _same_content(present, file):
        return replace(plan, target=present, effect=Effect.PRESENT)
    reason = _why_unreadable(file)
    if reason:
        return replace(plan, effect=Effect.UNREADABLE, reason=reason)
    if present is not None:
        target = present if present.name == file.name else present.with_name(file.name)
        return replace(plan, target=target, effect=Effect.REPLACES, replaced=present)
    return plan


def _of_name(corpus: Path, stem: str) -> Path | None:
    """The report of this name, in whatever format."""
    if not corpus.is_dir():
        return None
    return next((path for path in find_reports(corpus) if path.stem == stem), None)


def _why_unreadable(file: Path) -> str:
    from cloudqa.documents import read_document

    try:
        read_document(file, file.parent)
    except (CorpusError, OSError, UnicodeError) as error:
        return str(getattr(error, "message", "") or error)
    return ""


def take_in(incoming: Incoming) -> None:
    """Copies a file into the corpus; the copy appears whole or not at all, and only then what it replaces goes.

    Raises:
        UsageError: It cannot be copied.
    """
    target = incoming.target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_whole(incoming.file, target)
        if incoming.replaced is not None and incoming.replaced != target:
            incoming.replaced.unlink()
    except OSError as error:
        raise UsageError(f"{incoming.file.name} cannot be copied to {target.parent}: {error.strerror}.") from error


def _same_content(one: Path, other: Path) -> bool:
    """Whether two files have the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(_COMPARED_BYTES):
            if block != second.read(_COMPARED_BYTES):
                return False
    return True


def _copy_whole(path: Path, target: Path) -> None:
    """A hidden copy first, which no rebuild reads, then its name."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(path, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
