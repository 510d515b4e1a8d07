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

from cloudqa.errors import IndexMissingError, IndexUnusableError
from cloudqa.index import archive
from cloudqa.index.archive import StoredReport
from cloudqa.index.generation import ARCHIVE_NAME, CURRENT, GENERATION_ID, GENERATIONS, Generation, current_id
from cloudqa.index.manifest import MANIFEST_NAME, SCHEMA, Manifest, Source, record_file
from cloudqa.passages import Passage

if TYPE_CHECKING:
    from cloudqa.index.lexical import Postings
    from cloudqa.index.pieces import PiecePostings
    from cloudqa.index.vectors import Vectors

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
        base: A generation to start from: every table of its SQLite file is taken over, reports and passages are
            emptied. (Who keeps further tables there deletes from them what has changed.) None to start from nothing.

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
        self._next_row = 0
        self._files: list[str] = [ARCHIVE_NAME]
        self._sentences = 0

    def __enter__(self) -> GenerationWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_report(self, stored: StoredReport, passages: Iterable[Passage]) -> range:
        """Adds a report with its passages; returns the rows they got."""
        archive.insert_report(self.connection, stored)
        added = list(passages)
        archive.insert_passages(self.connection, self._next_row, added)
        rows = range(self._next_row, self._next_row + len(added))
        self._next_row = rows.stop
        return rows

    def add_search(self, postings: Postings, vectors: Vectors, pieces: PiecePostings | None = None) -> None:
        """Adds what is searched, all of it over the rows that :meth:`add_report` gave.

        Args:
            postings: The lexical side.
            vectors: The dense side.
            pieces: The word pieces, None where the encoder has none.
        """
        totals = {len(postings.lengths), vectors.passages, self._next_row}
        if len(totals | ({pieces.total} if pieces else set())) > 1:
            raise ValueError("postings, vectors, pieces and passages differ in number")
        self._files += postings.save(self.folder) + vectors.save(self.folder)
        if pieces is not None:
            self._files += pieces.save(self.folder)
        self._sentences = int(vectors.sentence_starts[-1])

    def publish(self, origin: Origin) -> str:
        """Finishes the generation, opens it once to verify it, and makes it the current one.

        Generations older than the one that was current until now are deleted; that one is kept for those who still
        read it.

        Returns:
            The id of the generation.
        """
        self.connection.commit()
        self.connection.close()
        manifest = Manifest(
            schema=SCHEMA,
            version=origin.version,
            model=origin.model,
            encoder=origin.encoder,
            dimension=origin.dimension,
            passages=self._next_row,
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
    if base is None:
        archive.create_archive(connection)
    else:
        archive.empty_archive(connection)
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
        counted = generation.connection.execute("SELECT count(*) FROM passages").fetchone()[0]
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
