"""A file of the corpus -> the parts that a generation takes of it, in this process or in several at once."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cloudqa.documents import Document
from cloudqa.embedding import Embedder
from cloudqa.errors import CorpusError
from cloudqa.passages import Passage

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from cloudqa.facts.encoding import EncodedPart
    from cloudqa.index import StoredReport
    from cloudqa.index.assemble import SearchArrays

    Part: TypeAlias = "Text | SearchArrays | EncodedPart"  # what a generation takes of a report, in this order

_BATCH = 2048  # passages that are indexed together
_AHEAD = 3  # reports for each process that may be finished or under way before their turn


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


@dataclass(frozen=True, slots=True)
class Text:
    """The report itself with all its passages; the first part of each report."""

    stored: StoredReport
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file of the corpus that was read, or could not be.

    Attributes:
        report: Id of its report, "" if it could not be read.
        parts: What a generation takes of it; to be gone through once, before the next file.
        failure: Why it could not be read, "" if it could.
    """

    report: str
    parts: Iterable[Part]
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What is needed to prepare the files of a corpus folder.

    Attributes:
        corpus: The folder.
        model: The embedding model, None for the built-in one.
        steps: The stages of a report.
    """

    corpus: Path
    model: str | None
    steps: Steps


@contextmanager
def preparing(
    task: Task, files: Sequence[Path], embedder: Embedder, jobs: int, folder: Path
) -> Iterator[Iterator[Prepared]]:
    """The prepared files, in order.

    Args:
        task: What is prepared how.
        files: Files of the corpus folder.
        embedder: The model of the task, opened.
        jobs: How many processes work at it; 1 for this one alone. The result is the same for every number.
        folder: Where other processes put what they have prepared.

    Yields:
        The files one by one.
    """
    if min(jobs, len(files)) <= 1:
        yield (_prepare(task, file, embedder) for file in files)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the caller may have threads, and an embedding model open.
    pool = ProcessPoolExecutor(min(jobs, len(files)), get_context("spawn"))
    try:
        yield _from_pool(pool, task, files, _AHEAD * jobs, folder)
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(task: Task, file: Path, embedder: Embedder) -> Prepared:
    try:
        file.relative_to(task.corpus).as_posix().encode()  # a name that is not UTF-8 could be neither stored nor cited
        document = task.steps.read(file, task.corpus)
    except (CorpusError, OSError, UnicodeError) as error:
        return Prepared("", (), getattr(error, "message", str(error)))
    return Prepared(document.report, _parts(document, task.steps, embedder))


def _parts(document: Document, steps: Steps, embedder: Embedder) -> Iterator[Part]:
    from cloudqa.facts.encoding import encode_document
    from cloudqa.index import StoredReport
    from cloudqa.index.assemble import index_passages

    passages = tuple(steps.cut(document))
    yield Text(StoredReport.of(document), passages)
    for at in range(0, max(1, len(passages)), _BATCH):
        yield index_passages(passages[at : at + _BATCH], embedder)
    del passages
    yield from encode_document(document)


def _from_pool(
    pool: ProcessPoolExecutor, task: Task, files: Sequence[Path], ahead: int, folder: Path
) -> Iterator[Prepared]:
    waiting = iter(enumerate(files))
    running: deque[tuple[Future[tuple[str, str]], Path]] = deque()
    while True:
        while len(running) < ahead and (entry := next(waiting, None)) is not None:
            result = folder / f"prepared-{entry[0]}"
            running.append((pool.submit(_prepare_into, task, entry[1], result), result))
        if not running:
            return
        future, result = running.popleft()
        report, failure = future.result()
        yield Prepared(report, _stored_parts(result) if report else (), failure)
        result.unlink(missing_ok=True)


def _prepare_into(task: Task, file: Path, result: Path) -> tuple[str, str]:
    """Prepares a file in another process: its parts go to a file, its report's id or failure comes back."""
    prepared = _prepare(task, file, _embedder(task))
    if prepared.report:
        with result.open("wb") as stream:
            for part in prepared.parts:
                pickle.dump(part, stream, pickle.HIGHEST_PROTOCOL)
    return prepared.report, prepared.failure


def _stored_parts(path: Path) -> Iterator[Part]:
    with path.open("rb") as stream:
        while stream.peek(1):
            yield pickle.load(stream)


@cache
def _embedder(task: Task) -> Embedder:
    return task.steps.open_embedder(task.model)
