"""Whether the corpus is still what an index was built from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cloudqa.index.manifest import Source

REPORT_SUFFIXES = frozenset(
    {".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf", ".csv", ".tsv", ".xlsx", ".xlsm", ".xls"}
)
"""Files of the corpus that are reports, whether or not they can be read."""


def find_reports(corpus: Path) -> list[Path]:
    """The reports of a corpus folder and its subfolders, by path.

    Told by their suffix; hidden files, files in hidden folders, and those named README are not reports.
    """
    return sorted(
        path
        for path in corpus.rglob("*")
        if path.suffix.lower() in REPORT_SUFFIXES
        and not path.stem.split(".")[0].upper() == "README"
        and not any(part.startswith((".", "~$")) for part in path.relative_to(corpus).parts)
        and path.is_file()
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """How the corpus differs from the sources of an index; paths relative to the corpus, ascending.

    Attributes:
        added: Files that the index does not know.
        changed: Files with another content.
        removed: Files that are gone.
        unchanged: The rest.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.changed or self.removed)


def compare_corpus(corpus: Path, files: Iterable[Path], sources: Iterable[Source]) -> Changes:
    """What has happened to the corpus since an index was built.

    A file of the recorded size and time is taken as unchanged; only where one of them differs is its content hashed.

    Args:
        corpus: The corpus folder.
        files: Its reports.
        sources: The sources of the index.
    """
    known = {source.path: source for source in sources}
    added, changed, unchanged = [], [], []
    for file in sorted(files):
        source = known.pop(file.relative_to(corpus).as_posix(), None)
        if source is None:
            added.append(file.relative_to(corpus).as_posix())
        elif is_unchanged(file, source):
            unchanged.append(source.path)
        else:
            changed.append(source.path)
    return Changes(tuple(added), tuple(changed), tuple(sorted(known)), tuple(unchanged))


def is_unchanged(file: Path, source: Source) -> bool:
    """Whether a file has the content that a source records."""
    try:
        status = file.stat()
        if status.st_size != source.size:
            return False
        return status.st_mtime_ns == source.mtime_ns or _sha256(file) == source.sha256
    except OSError:
        return False


def record_source(corpus: Path, file: Path) -> Source:
    """A file as it is now, without a report; to be recorded before it is read.

    A file that cannot be opened is recorded with an empty hash and the reason.
    """
    path = file.relative_to(corpus).as_posix()
    try:
        status = file.stat()
        return Source(path, "", status.st_size, status.st_mtime_ns, _sha256(file))
    except OSError as error:
        return Source(path, "", 0, 0, "", failure=error.strerror or str(error))


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
