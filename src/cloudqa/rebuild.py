"""Corpus -> new generation of the index: incremental, crash-safe, telling how far it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import cloudqa
from cloudqa.documents import Document
from cloudqa.embedding import Embedder, builtin_name
from cloudqa.errors import CorpusError, IndexCorruptError, IndexMissingError, IndexStaleError, IndexUnusableError
from cloudqa.index import REPAIR, Generation, GenerationWriter, Origin, Source, StoredReport
from cloudqa.index.freshness import Changes, compare_corpus, find_reports, record_source
from cloudqa.index.lock import index_lock
from cloudqa.passages import Passage
from cloudqa.settings import Settings

if TYPE_CHECKING:
    from cloudqa.index.assemble import Part

LOCK_TIMEOUT_S = 600.0
"""How long a rebuild waits for another one."""


class Stage(StrEnum):
    """What a rebuild is doing."""

    WAITING = "waiting"  # for another process that rebuilds the same index; detail: its process id
    READING = "reading"  # files of the corpus; detail: the file
    ENCODING = "encoding"  # reports
    WRITING = "writing"
    FINISHED = "finished"  # detail: the generation


@dataclass(frozen=True, slots=True)
class Event:
    """How far a rebuild is: ``done`` of ``total`` steps of its stage."""

    stage: Stage
    done: int = 0
    total: int = 0
    detail: str = ""


Progress = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of the corpus that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rebuild did.

    Attributes:
        generation: Id of the generation that is now current.
        built: Whether a new one was built; False where nothing had changed.
        reports: Number of reports in it.
        passages: Number of passages in it.
        changes: How the corpus differed from the generation before; all files are added where there was none.
        failed: Files that could not be read; they are tried again by every rebuild.
        not_understood: For each report of which parts could not be read: its path and what.
    """

    generation: str
    built: bool
    reports: int
    passages: int
    changes: Changes
    failed: tuple[Failure, ...]
    not_understood: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The stages that a report goes through, exchangeable for tests.

    Attributes:
        read: Reads a file of a corpus folder; raises :class:`~cloudqa.errors.CorpusError` if it cannot.
        cut: Its passages.
        open_embedder: Opens an embedding model, None for the built-in one.
    """

    read: Callable[[Path, Path], Document]
    cut: Callable[[Document], Sequence[Passage]]
    open_embedder: Callable[[str | None], Embedder]

    @classmethod
    def real(cls) -> Steps:
        """The stages of the product, imported only now: an index that is up to date needs no reader and no encoder."""
        from cloudqa.documents import read_document
        from cloudqa.embedding import open_embedder
        from cloudqa.passages import make_passages

        return cls(read_document, make_passages, open_embedder)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what of the old generation is kept."""

    documents: dict[str, Document] = field(default_factory=dict)  # by path
    sources: list[Source] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # paths


def ensure_current(settings: Settings, progress: Progress | None = None) -> Generation:
    """The index of the corpus as it is now, built first where it is missing or outdated.

    Raises:
        CorpusError: There is no corpus, or nothing in it can be read.
        IndexCorruptError: The index is damaged; it is left as it is.
        IndexUnusableError: The index has to be built and its folder cannot be written to.
    """
    files = _corpus_files(settings.corpus)
    try:
        generation = Generation.open(settings.index)
    except (IndexMissingError, IndexStaleError):
        pass
    else:
        if is_of_this_program(generation, settings) and not _changes(settings.corpus, files, generation):
            return generation
        generation.close()
    rebuild(settings, progress=progress)
    return Generation.open(settings.index)


def rebuild(
    settings: Settings, *, full: bool = False, progress: Progress | None = None, steps: Steps | None = None
) -> Summary:
    """Brings the index up to date with the corpus.

    Reports that have not changed keep their passages and vectors. Until the new generation is finished and verified
    the old one answers; when this is interrupted, nothing has happened.

    Args:
        settings: Where corpus and index are, and the embedding model.
        full: Read and encode everything anew, also where nothing seems to have changed or the index is damaged.
        progress: Told how far it is.
        steps: Other stages than the real ones.

    Raises:
        CorpusError: There is no corpus, or nothing in it can be read.
        IndexCorruptError: The index is damaged and this is not a full rebuild.
        IndexUnusableError: The index folder cannot be written to, or another rebuild took too long.
        ModelUnavailableError: The embedding model cannot be opened.
    """
    tell = progress or (lambda event: None)
    steps = steps or Steps.real()
    files = _corpus_files(settings.corpus)
    with index_lock(
        settings.index, timeout_s=LOCK_TIMEOUT_S, waiting=lambda pid: tell(Event(Stage.WAITING, detail=pid))
    ):
        try:
            return _rebuild_locked(settings, files, None if full else _open_old(settings.index), steps, tell)
        except OSError as error:
            raise IndexUnusableError(f"The index cannot be written ({settings.index}: {error}).") from error


def _rebuild_locked(
    settings: Settings, files: list[Path], old: Generation | None, steps: Steps, tell: Progress
) -> Summary:
    embedder = steps.open_embedder(settings.model)
    changes = _changes(settings.corpus, files, old)
    base = old if old is not None and _reusable(old, settings, embedder) else None
    if old is not None and base is not None and not changes:
        return _summary(old, changes, built=False)
    reading = _read(settings.corpus, files, base, steps, tell)
    if not reading.documents and not reading.kept:
        raise _nothing_readable(settings.corpus, reading.sources)
    generation = _write(settings, base, reading, embedder, steps, tell)
    tell(Event(Stage.FINISHED, detail=generation))
    if old is not None:
        old.close()
    with Generation.open(settings.index) as current:
        return _summary(current, changes, built=True)


def _corpus_files(corpus: Path) -> list[Path]:
    if not corpus.is_dir():
        raise CorpusError(f"There is no corpus folder {corpus}.", "Name one with --corpus DIR.")
    files = find_reports(corpus)
    if not files:
        raise CorpusError(f"There is no report in the corpus folder {corpus}.", "Put reports there, or name another.")
    return files


def _nothing_readable(corpus: Path, sources: list[Source]) -> CorpusError:
    first = next(source for source in sources if source.failure)
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return CorpusError(f"No report in {corpus} can be read: {first.path}{more}: {first.failure}")


def _open_old(index: Path) -> Generation | None:
    try:
        return Generation.open(index)
    except (IndexMissingError, IndexStaleError):
        return None


def _changes(corpus: Path, files: list[Path], old: Generation | None) -> Changes:
    return compare_corpus(corpus, files, old.manifest.sources if old else ())


def is_of_this_program(generation: Generation, settings: Settings) -> bool:
    """Whether this program would build a generation alike: the same version, model and built-in encoder."""
    same_encoder = settings.model is not None or generation.manifest.encoder == builtin_name()
    return same_encoder and _same_program(generation, settings)


def _same_program(generation: Generation, settings: Settings) -> bool:
    """Whether this program, with the model that is asked for, built a generation."""
    manifest = generation.manifest
    return (manifest.version, manifest.model) == (cloudqa.__version__, settings.model or "")


def _reusable(old: Generation, settings: Settings, embedder: Embedder) -> bool:
    built_with = (old.manifest.encoder, old.manifest.dimension)
    return _same_program(old, settings) and built_with == (embedder.name, embedder.dimension)


def _read(corpus: Path, files: list[Path], base: Generation | None, steps: Steps, tell: Progress) -> _Reading:
    """Reads every file that is not unchanged since ``base``."""
    known = {source.path: source for source in base.manifest.sources} if base else {}
    reading = _Reading()
    taken: dict[str, str] = {}
    for done, file in enumerate(sorted(files)):
        source = record_source(corpus, file)
        tell(Event(Stage.READING, done, len(files), source.path))
        before = known.get(source.path)
        if before is not None and before.report and before.sha256 == source.sha256:
            source = replace(source, report=before.report)
        elif not source.failure:
            source = _read_file(corpus, file, source, reading, steps)
        if source.report in taken:
            source = replace(source, report="", failure=f"{taken[source.report]} is a report of the same name")
            reading.documents.pop(source.path, None)
        elif source.report:
            taken[source.report] = source.path
            if source.path not in reading.documents:
                reading.kept.add(source.path)
        reading.sources.append(source)
    return reading


def _read_file(corpus: Path, file: Path, source: Source, reading: _Reading, steps: Steps) -> Source:
    """The source with its report's id, the document put aside; or with the reason why it cannot be read."""
    try:
        source.path.encode()  # a name that is not UTF-8 could be neither stored nor cited
        document = steps.read(file, corpus)
    except (CorpusError, OSError, UnicodeError) as error:
        return replace(source, failure=getattr(error, "message", str(error)))
    reading.documents[source.path] = document
    return replace(source, report=document.report)


def _write(
    settings: Settings, base: Generation | None, reading: _Reading, embedder: Embedder, steps: Steps, tell: Progress
) -> str:
    """Writes and publishes a generation; returns its id."""
    from cloudqa.index.assemble import assemble_pieces, assemble_postings, assemble_vectors

    reports = [source for source in reading.sources if source.report]
    with GenerationWriter(settings.index, base) as writer:
        _write_facts(writer.connection, base, reading)
        parts = [_add_report(writer, source, base, reading, steps) for source in reports]
        postings, pieces = assemble_postings(parts, base), assemble_pieces(parts, base, embedder)
        vectors = assemble_vectors(
            parts, base, embedder, lambda done: tell(Event(Stage.ENCODING, done, len(parts), reports[done - 1].path))
        )
        tell(Event(Stage.WRITING))
        writer.add_search(postings, vectors, pieces)
        return writer.publish(
            Origin(
                version=cloudqa.__version__,
                model=settings.model or "",
                encoder=embedder.name,
                dimension=embedder.dimension,
                sources=tuple(reading.sources),
            )
        )


def _write_facts(connection: sqlite3.Connection, base: Generation | None, reading: _Reading) -> None:
    """The facts of the reports read anew; those of unchanged reports came with the file of ``base``."""
    from cloudqa.facts import FactWriter, create, delete_report

    if base is None:
        create(connection)
    else:
        kept = {source.report for source in reading.sources if source.path in reading.kept}
        for report in base.reports():
            if report not in kept:
                delete_report(connection, report)
    writer = FactWriter(connection)
    for document in reading.documents.values():
        writer.add_document(document)


def _add_report(
    writer: GenerationWriter, source: Source, base: Generation | None, reading: _Reading, steps: Steps
) -> Part:
    """Adds one report, read anew or taken over from ``base``."""
    from cloudqa.index.assemble import Part

    if base is not None and source.path in reading.kept:
        stored = base.report(source.report)
        if stored is None:
            raise IndexCorruptError(f"The index does not hold {source.report}, which it lists.", REPAIR)
        passages = tuple(base.iter_passages(source.report))
        writer.add_report(stored, passages)
        return Part(passages, base.report_rows(source.report))
    document = reading.documents[source.path]
    passages = tuple(steps.cut(document))
    writer.add_report(StoredReport.of(document), passages)
    return Part(passages)


def _summary(generation: Generation, changes: Changes, *, built: bool) -> Summary:
    manifest = generation.manifest
    partial = generation.partly_understood()
    return Summary(
        generation=generation.id,
        built=built,
        reports=sum(1 for source in manifest.sources if source.report),
        passages=manifest.passages,
        changes=changes,
        failed=tuple(Failure(source.path, source.failure) for source in manifest.sources if source.failure),
        not_understood=tuple(
            (source.path, partial[source.report]) for source in manifest.sources if source.report in partial
        ),
    )
