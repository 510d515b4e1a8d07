"""Writing a generation: in a folder of its own, verified, then made current in one step."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.errors import IndexCorruptError, IndexMissingError, IndexUnusableError
from cloudqa.index import archive
from cloudqa.index.archive import StoredReport
from cloudqa.index.generation import ARCHIVE_NAME, CURRENT, GENERATION_ID, GENERATIONS, Generation, current_id
from cloudqa.index.manifest import MANIFEST_NAME, REPAIR, SCHEMA, Manifest, Source, record_file
from cloudqa.passages import Passage

if TYPE_CHECKING:
    from cloudqa.index.assemble import SearchBuilder

_CACHE_KIB = 32 << 10  # the file is written in one go, its indexes in any order
_BUILDING = ".building-"
_DISCARDED = ".discarded-"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a generation is built from and with: the part of the manifest that the builder knows beforehand.

    Attributes:
        version: Of this program.
        model: The embedding model as the user named it, "" for the built-in one.
        encoder: ``Embedder.name``.
        dimension: Length of its vectors.
        sources: The corpus, by path.
    """

    version: str
    model: str
    encoder: str
    dimension: int
    sources: tuple[Source, ...]


class GenerationWriter:
    """Writes one generation; use as a context manager, under the index's lock.

    Nothing that a reader sees changes before :meth:`publish`. Leaving the context without publishing, or being
    killed, leaves the index as it was.

    Args:
        index: The index folder.
        base: A generation to start from: its SQLite file is taken over, with the reports that are kept. (Who keeps
            further tables there deletes from them what has changed.) None to start from nothing.

    Attributes:
        folder: Where the generation is being written.
        connection: Its SQLite file; further tables may be made and filled before :meth:`publish`.
    """

    def __init__(self, index: Path, base: Generation | None = None) -> None:
        self._index = index
        generations = index / GENERATIONS
        generations.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(generations)
        self.folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=generations))
        self.connection: sqlite3.Connection = _open_archive(self.folder / ARCHIVE_NAME, base)
        self._base = base
        self._known = frozenset(base.reports() if base is not None else ())
        self._counts: dict[str, int] = {}
        self._files: list[str] = [ARCHIVE_NAME]
        self._sentences = 0

    def __enter__(self) -> GenerationWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_report(self, stored: StoredReport, passages: Iterable[Passage]) -> None:
        """Adds a report with its passages, whose rows follow those of the reports before it.

        A report of the same id in ``base`` is replaced.
        """
        archive.delete_report(self.connection, stored.report)
        added = list(passages)
        archive.insert_report(self.connection, stored, added)
        self._counts[stored.report] = len(added)

    def keep_report(self, report: str) -> range:
        """Takes a report over from ``base``, its rows following those before it; returns the rows it had there.

        Raises:
            IndexCorruptError: ``base`` does not hold it.
        """
        if self._base is None or report not in self._known:
            raise IndexCorruptError(f"The index does not hold {report}, which it lists.", REPAIR)
        rows = self._base.report_rows(report)
        self._counts[report] = len(rows)
        return rows

    def add_search(self, search: SearchBuilder) -> None:
        """Adds what is searched, over the passages that the reports brought.

        Raises:
            ValueError: It is over another number of passages.
        """
        if search.passages != sum(self._counts.values()):
            raise ValueError(f"{search.passages} passages are searched, {sum(self._counts.values())} are stored")
        self._files += search.write()
        self._sentences = search.sentences

    def publish(self, origin: Origin) -> str:
        """Finishes the generation, opens it once to verify it, and makes it the current one.

        Generations older than the one that was current until now are deleted; that one is kept for those who still
        read it.

        Returns:
            The id of the generation.
        """
        for report in archive.list_reports(self.connection):
            if report not in self._counts:
                archive.delete_report(self.connection, report)
        archive.place_reports(self.connection, self._counts)
        self.connection.commit()
        self.connection.close()
        manifest = Manifest(
            schema=SCHEMA,
            version=origin.version,
            model=origin.model,
            encoder=origin.encoder,
            dimension=origin.dimension,
            passages=sum(self._counts.values()),
            sentences=self._sentences,
            sources=origin.sources,
            files={name: record_file(self.folder / name) for name in sorted(self._files)},
        )
        (self.folder / MANIFEST_NAME).write_text(manifest.to_json(), encoding="utf-8")
        for path in self.folder.iterdir():
            _sync(path)
        finished = self._index / GENERATIONS / manifest.generation_id()
        _put_in_place(self.folder, finished)
        _verify(finished)
        previous = _current_or_none(self._index)
        switch_to(self._index, finished.name)
        _delete_old(self._index / GENERATIONS, {finished.name, previous})
        return finished.name


def switch_to(index: Path, generation: str) -> None:
    """Makes a generation the current one; a reader sees the old pointer or the new one, never half of one."""
    with tempfile.NamedTemporaryFile("w", dir=index, prefix=".CURRENT-", delete=False) as file:
        file.write(generation + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(index / CURRENT)


def _open_archive(path: Path, base: Generation | None) -> sqlite3.Connection:
    if base is not None:
        shutil.copyfile(base.folder / ARCHIVE_NAME, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")  # an unfinished file is thrown away, never rolled back
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if base is None:
        archive.create_archive(connection)
    return connection


def _put_in_place(built: Path, finished: Path) -> None:
    """Moves a built folder to its final name.

    A folder of that name has the same content, unless it was damaged: it makes way, whatever its state, since the new
    one also holds the present times of change. Readers of the old files keep them open.
    """
    if finished.exists():
        aside = finished.with_name(f"{_DISCARDED}{built.name}")
        finished.rename(aside)
        built.rename(finished)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        built.rename(finished)


def _verify(finished: Path) -> None:
    """Opens every part of a generation once."""
    with Generation(finished) as generation:
        _ = generation.postings, generation.pieces, generation.vectors
        counted = generation.connection.execute("SELECT count(*) FROM passage_texts").fetchone()[0]
        if counted != generation.manifest.passages:
            raise IndexUnusableError(f"The generation just built holds {counted} passages, not as many as it says.")


def _current_or_none(index: Path) -> str | None:
    try:
        return current_id(index)
    except (IndexMissingError, IndexUnusableError):
        return None


def _delete_old(generations: Path, keep: set[str | None]) -> None:
    for folder in generations.iterdir():
        if GENERATION_ID.fullmatch(folder.name) and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _clear_unfinished(generations: Path) -> None:
    """Removes what a killed build left; the lock says that no build is under way."""
    for folder in generations.iterdir():
        if folder.name.startswith((_BUILDING, _DISCARDED)):
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
