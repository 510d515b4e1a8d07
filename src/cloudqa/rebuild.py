"""Corpus -> new generation of the index: incremental, crash-safe, telling how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import cloudqa
from cloudqa.embedding import Embedder, builtin_name
from cloudqa.errors import CorpusError, IndexMissingError, IndexStaleError, IndexUnusableError
from cloudqa.index import Generation, GenerationWriter, Origin, Source
from cloudqa.index.freshness import Changes, compare_corpus, find_reports, record_source
from cloudqa.index.lock import index_lock
from cloudqa.preparing import Prepared, Steps, Task, Text, preparing
from cloudqa.settings import Settings

if TYPE_CHECKING:
    from cloudqa.facts.encoding import EncodedPart
    from cloudqa.index.assemble import SearchBuilder
    from cloudqa.preparing import Part

_MANY = 16  # reports to be read from which on it pays to start other processes

LOCK_TIMEOUT_S = 600.0
"""How long a rebuild waits for another one."""


class Stage(StrEnum):
    """What a rebuild is doing."""

    WAITING = "waiting"  # for another process that rebuilds the same index; detail: its process id
    READING = "reading"  # files of the corpus, each also indexed; detail: the file
    WRITING = "writing"  # what is searched
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


def read_anew(settings: Settings) -> tuple[tuple[Source, ...], bool]:
    """What the current index was built from, and whether a rebuild would read all of it again; writes nothing.

    Raises:
        IndexCorruptError: The index is damaged.
    """
    try:
        generation = Generation.open(settings.index)
    except (IndexMissingError, IndexStaleError):
        return (), False
    with generation:
        return generation.manifest.sources, not is_of_this_program(generation, settings)


def rebuild(
    settings: Settings,
    *,
    full: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
    steps: Steps | None = None,
) -> Summary:
    """Brings the index up to date with the corpus.

    Reports that have not changed keep their passages and vectors. Until the new generation is finished and verified
    the old one answers; when this is interrupted, nothing has happened.

    Args:
        settings: Where corpus and index are, and the embedding model.
        full: Read and encode everything anew, also where nothing seems to have changed or the index is damaged.
        jobs: How many processes read reports side by side, 0 for one for each core where there are many to read; the
            index is the same for every number. Other than with 1, a script must guard its entry with
            ``if __name__ == "__main__"``, since other Python processes are started.
        progress: Told how far it is.
        steps: Other stages than the real ones.

    Raises:
        CorpusError: There is no corpus, or nothing in it can be read.
        IndexCorruptError: The index is damaged and this is not a full rebuild.
        IndexUnusableError: The index folder cannot be written to, or another rebuild took too long.
        ModelUnavailableError: The embedding model cannot be opened.
    """
    tell = progress or (lambda event: None)
    files = _corpus_files(settings.corpus)
    with index_lock(
        settings.index, timeout_s=LOCK_TIMEOUT_S, waiting=lambda pid: tell(Event(Stage.WAITING, detail=pid))
    ):
        try:
            return _rebuild_locked(settings, files, None if full else _open_old(settings.index), steps, jobs, tell)
        except OSError as error:
            raise IndexUnusableError(f"The index cannot be written ({settings.index}: {error}).") from error


def _rebuild_locked(
    settings: Settings, files: list[Path], old: Generation | None, steps: Steps | None, jobs: int, tell: Progress
) -> Summary:
    changes = _changes(settings.corpus, files, old)
    if old is not None and not changes and settings.model is None and is_of_this_program(old, settings):
        return _summary(old, changes, built=False)  # without opening the encoder
    steps = steps or Steps.real()
    embedder = steps.open_embedder(settings.model)
    base = old if old is not None and _reusable(old, settings, embedder) else None
    if old is not None and base is not None and not changes:
        return _summary(old, changes, built=False)
    generation = _write(settings, base, _recorded(settings.corpus, files, base), embedder, steps, jobs, tell)
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


def _recorded(corpus: Path, files: list[Path], base: Generation | None) -> list[Source]:
    """The files as they are now; with the report's id where they are unchanged since ``base``."""
    known = {source.path: source for source in base.manifest.sources} if base else {}
    found = []
    for file in sorted(files):
        source = record_source(corpus, file)
        before = known.get(source.path)
        same = before is not None and before.report and before.sha256 == source.sha256
        found.append(replace(source, report=before.report) if before is not None and same else source)
    return found


def _write(
    settings: Settings,
    base: Generation | None,
    recorded: list[Source],
    embedder: Embedder,
    steps: Steps,
    jobs: int,
    tell: Progress,
) -> str:
    """Writes and publishes a generation, report by report; returns its id."""
    from cloudqa.index.assemble import SearchBuilder

    to_read = [settings.corpus / source.path for source in recorded if not source.report and not source.failure]
    task = Task(settings.corpus, settings.model, steps)
    jobs = jobs or (_cores() if len(to_read) >= _MANY else 1)
    with GenerationWriter(settings.index, base) as writer:
        with (
            SearchBuilder(writer.folder, embedder.dimension, base) as search,
            preparing(task, to_read, embedder, jobs, writer.folder) as prepared,
        ):
            sources = _add_reports(_Target(writer, search, base), recorded, prepared, tell)
            if not any(source.report for source in sources):
                raise _nothing_readable(settings.corpus, sources)
            tell(Event(Stage.WRITING))
            writer.add_search(search)
        return writer.publish(
            Origin(
                version=cloudqa.__version__,
                model=settings.model or "",
                encoder=embedder.name,
                dimension=embedder.dimension,
                sources=tuple(sources),
            )
        )


def _cores() -> int:
    """How many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


class _Target:
    """The generation that is being written: archive, facts and arrays, kept in step."""

    def __init__(self, writer: GenerationWriter, search: SearchBuilder, base: Generation | None) -> None:
        from cloudqa.facts import FactWriter, create

        if base is None:
            create(writer.connection)
        self._writer = writer
        self._search = search
        self._facts = FactWriter(writer.connection)
        self._stale = set(base.reports()) if base is not None else set()

    def keep(self, report: str) -> None:
        """Takes a report over as it is."""
        self._search.keep(self._writer.keep_report(report))
        self._stale.discard(report)

    def add(self, report: str, parts: Iterable[Part]) -> None:
        """Adds a report, in place of an older one of its id."""
        self._facts.add_encoded(report, self._facts_of(parts))
        self._stale.discard(report)

    def finish(self) -> None:
        """Removes the facts of the reports that were neither kept nor added."""
        for report in sorted(self._stale):
            self._facts.remove(report)

    def _facts_of(self, parts: Iterable[Part]) -> Iterator[EncodedPart]:
        """The facts among the parts of a report; the others are stored on the way."""
        from cloudqa.index.assemble import SearchArrays

        for part in parts:
            if isinstance(part, Text):
                self._writer.add_report(part.stored, part.passages)
            elif isinstance(part, SearchArrays):
                self._search.add(part)
            else:
                yield part


def _add_reports(target: _Target, recorded: list[Source], prepared: Iterator[Prepared], tell: Progress) -> list[Source]:
    """Adds the reports of all files by path; returns the files with their reports' ids and failures."""
    sources: list[Source] = []
    taken: dict[str, str] = {}
    for done, source in enumerate(recorded):
        tell(Event(Stage.READING, done, len(recorded), source.path))
        parts: Iterable[Part] | None = None
        if not source.report and not source.failure:
            read = next(prepared)
            source, parts = replace(source, report=read.report, failure=read.failure), read.parts
        if source.report in taken:
            source = replace(source, report="", failure=f"{taken[source.report]} is a report of the same name")
        elif source.report:
            taken[source.report] = source.path
            if parts is None:
                target.keep(source.report)
            else:
                target.add(source.report, parts)
        sources.append(source)
    target.finish()
    return sources


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
