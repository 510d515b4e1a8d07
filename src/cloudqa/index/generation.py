"""A finished index: opened in milliseconds, its heavy parts only when asked for."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.errors import IndexCorruptError, IndexMissingError
from cloudqa.index import archive
from cloudqa.index.archive import IssueHead, ReportPlace, StoredReport
from cloudqa.index.manifest import REPAIR, Manifest, check_file, read_manifest
from cloudqa.passages import Passage

if TYPE_CHECKING:
    from cloudqa.index.lexical import Postings
    from cloudqa.index.pieces import PiecePostings
    from cloudqa.index.vectors import Vectors

GENERATIONS, CURRENT = "generations", "CURRENT"
"""The folder of all generations and the file that names the current one."""

ARCHIVE_NAME = "archive.sqlite"
_MOST_READ = 4096  # passages that are kept once read, about 2 KB each
GENERATION_ID = re.compile(r"[0-9a-f]{16}")


class Generation:
    """One finished state of the index; it never changes.

    Use :meth:`open`. Reports, passages and whatever other tables were written beside them come from SQLite alone;
    :attr:`postings`, :attr:`pieces` and :attr:`vectors` load numpy and FAISS when first used. Usable from several
    threads.

    Attributes:
        folder: Where it lies.
        id: 16 hexadecimal digits of its content.
        manifest: What it was built from and with.
        connection: The SQLite file, read-only.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        self.manifest: Manifest = read_manifest(folder)
        self._read: dict[int, Passage] = {}
        self.connection: sqlite3.Connection = _connect(check_file(folder, ARCHIVE_NAME, self.manifest))

    @classmethod
    def open(cls, index: Path) -> Generation:
        """The current generation of an index folder.

        Raises:
            IndexMissingError: Nothing has been built there.
            IndexStaleError: It was written in another layout.
            IndexCorruptError: A file is missing, damaged or foreign.
        """
        for last in (False, True):
            folder = index / GENERATIONS / current_id(index)
            try:
                return cls(folder)
            except IndexCorruptError:
                # A rebuild may have switched and cleared away between reading the pointer and opening the files.
                if last or current_id(index) == folder.name:
                    raise
        raise AssertionError("the second pass returns or raises")

    def close(self) -> None:
        """Closes the SQLite file; arrays that were handed out stay valid."""
        self.connection.close()

    def __enter__(self) -> Generation:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def postings(self) -> Postings:
        """The lexical side, memory-mapped.

        Raises:
            IndexCorruptError: A file is missing, damaged or foreign.
        """
        from cloudqa.index import lexical

        self._check(lexical.file_names())
        try:
            return lexical.load_postings(self.folder)
        except (OSError, ValueError) as error:
            raise IndexCorruptError(f"The lexical index cannot be read ({self.folder}).", REPAIR) from error

    @cached_property
    def pieces(self) -> PiecePostings | None:
        """The word pieces of the passages, memory-mapped; None where the encoder has none.

        Raises:
            IndexCorruptError: A file is missing, damaged or foreign.
        """
        from cloudqa.index import pieces

        names = pieces.file_names()
        if not any(name in self.manifest.files for name in names):
            return None
        self._check(names)
        try:
            return pieces.load_pieces(self.folder)
        except (OSError, ValueError) as error:
            raise IndexCorruptError(f"The index of word pieces cannot be read ({self.folder}).", REPAIR) from error

    @cached_property
    def vectors(self) -> Vectors:
        """The dense side, memory-mapped.

        Raises:
            IndexCorruptError: A file is missing, damaged or foreign.
        """
        from cloudqa.index import vectors

        self._check(vectors.file_names())
        try:
            return vectors.load_vectors(self.folder, self.manifest.dimension)
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexCorruptError(f"The vector index cannot be read ({self.folder}).", REPAIR) from error

    def reports(self) -> list[str]:
        """The ids of all reports, in order."""
        return [place.report for place in self._places]

    @cached_property
    def _places(self) -> list[ReportPlace]:
        return archive.list_places(self.connection)

    def heads(self) -> list[IssueHead]:
        """What all reports say of themselves, in order, without loading them."""
        return archive.list_heads(self.connection)

    def report(self, report: str) -> StoredReport | None:
        """One report with its canonical text, None if there is none of that id."""
        return archive.load_report(self.connection, report)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for.

        Raises:
            KeyError: There is no such row.
        """
        known = self._read
        new = [row for row in rows if row not in known]
        if len(known) + len(new) > _MOST_READ:
            known = self._read = {}
            new = list(rows)
        known.update(zip(new, archive.load_passages(self.connection, new, self._places), strict=True))
        return [known[row] for row in rows]

    def iter_passages(self, report: str | None = None) -> Iterator[Passage]:
        """All passages by row, or those of one report."""
        return archive.iter_passages(self.connection, report)

    def report_rows(self, report: str) -> range:
        """The rows of a report's passages, which lie side by side."""
        return self._rows_by_report.get(report, range(0))

    @cached_property
    def _rows_by_report(self) -> dict[str, range]:
        return {place.report: place.rows for place in self._places}

    def partly_understood(self) -> dict[str, tuple[str, ...]]:
        """For each report of which parts could not be read: its id and what, each as one sentence."""
        return archive.list_not_understood(self.connection)

    def _check(self, names: list[str]) -> None:
        for name in names:
            check_file(self.folder, name, self.manifest)


def current_id(index: Path) -> str:
    """The id that the pointer file names.

    Raises:
        IndexMissingError: There is no pointer: nothing has been built.
        IndexCorruptError: The pointer does not hold the id of a generation.
    """
    pointer = index / CURRENT
    try:
        content = pointer.read_bytes()
    except FileNotFoundError:
        raise IndexMissingError(f"Nothing has been indexed yet ({index}).", "Run: cloudqa index") from None
    except OSError as error:
        raise IndexCorruptError(f"The index cannot be read ({pointer}: {error.strerror}).", REPAIR) from error
    named = content.decode("ascii", errors="replace").strip()
    if not GENERATION_ID.fullmatch(named):
        raise IndexCorruptError(f"{pointer} is not the pointer of an index.", REPAIR)
    return named


def _connect(path: Path) -> sqlite3.Connection:
    # immutable: nothing ever writes to a finished generation, so neither locks nor a journal are looked for.
    uri = path.absolute().as_uri() + "?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
