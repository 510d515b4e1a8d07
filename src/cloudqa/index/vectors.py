"""Vectors of passages and of their sentences in one FAISS file.

FAISS searches it where there are many vectors. A flat file of few is mapped by numpy, which finds the same ones:
importing FAISS would take longer than all searches of a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

FAISS_NAME = "vectors.faiss"
STARTS_NAME = "sentence_starts.npy"
SAMPLE_NAMES = "passage_sample.npy", "sentence_sample.npy"

FLAT_LIMIT = 200_000
"""Above so many vectors an inverted file is searched instead of all of them."""

NUMPY_LIMIT = 20_000
"""Up to so many vectors a flat file is searched by numpy: importing FAISS would take longer."""

FLAT_MARK = b"IxFI"
"""How FAISS begins a flat inner-product file; its vectors are the end of it."""

_PROBES = 32
_LONGEST_HEAD = 1024  # bytes before the vectors of a flat file


@dataclass(frozen=True, slots=True)
class Spread:
    """How inner products with a set of vectors are spread: enough to z-normalise without computing them all.

    Attributes:
        sample: ``(n, dim)`` float32, evenly spaced vectors of the set; all of a small one.
    """

    sample: NDArray[np.float32]

    def standardise(self, question: NDArray[np.float32], scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Inner products of the question as z-scores over the set; all 0 where the set does not vary."""
        products = _products(self.sample, question)
        spread = float(products.std()) if len(products) else 0.0
        if spread < 1e-6:
            return np.zeros_like(scores)
        result: NDArray[np.float64] = (scores - float(products.mean())) / spread
        return result


class Rows(Protocol):
    """Vectors by row number, searched by inner product."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def nearest(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """The rows with the greatest inner products, at most ``limit``, in any order."""

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows, ``(len(rows), dimension)``."""


@dataclass(frozen=True, slots=True)
class MappedRows:
    """Vectors in an array, ``(rows, dimension)`` float32, possibly memory-mapped."""

    matrix: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.matrix.shape[1])

    def nearest(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """The rows with the greatest inner products; the first of equals at the edge."""
        order: NDArray[np.int64] = np.argsort(-(self.matrix @ question), kind="stable")[:limit]
        return order

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows."""
        taken: NDArray[np.float32] = self.matrix[rows]
        return taken


@dataclass(frozen=True, slots=True)
class FaissRows:
    """Vectors in a FAISS index, possibly memory-mapped, so it must not be written to."""

    index: faiss.Index

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.index.d)

    def nearest(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """The rows with the greatest inner products among the lists that are probed."""
        limit = min(limit, self.index.ntotal)
        if limit == 0:
            return np.zeros(0, dtype=np.int64)
        _, found = self.index.search(question[None, :], limit)
        rows: NDArray[np.int64] = found[0][found[0] >= 0]  # FAISS fills up with -1
        return rows

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows."""
        if not len(rows):
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors: NDArray[np.float32] = self.index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return vectors


class FlatFileRows:
    """Vectors of a large flat file: taken out of it by numpy, searched by FAISS, which is loaded for that only.

    Args:
        file: The file.
        matrix: Its vectors, memory-mapped.
    """

    def __init__(self, file: Path, matrix: NDArray[np.float32]) -> None:
        self._file = file
        self._mapped = MappedRows(matrix)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._mapped.dimension

    def nearest(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """The rows with the greatest inner products."""
        return self._searched.nearest(question, limit)

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows."""
        return self._mapped.take(rows)

    @cached_property
    def _searched(self) -> FaissRows:
        return _open_faiss(self._file, *self._mapped.matrix.shape)


@dataclass(frozen=True, slots=True)
class Vectors:
    """The dense side of an index; ``N`` passages, ``S`` sentences.

    Attributes:
        rows: Rows ``0 … N - 1`` are the passages, ``N … N + S - 1`` the sentences in order.
        sentence_starts: ``(N + 1,)`` int64: the sentences of passage ``p`` are ``starts[p]:starts[p + 1]``.
        passage_spread: Of the vectors of the passages.
        sentence_spread: Of the vectors of the sentences.
    """

    rows: Rows
    sentence_starts: NDArray[np.int64]
    passage_spread: Spread
    sentence_spread: Spread

    @property
    def passages(self) -> int:
        """Number of passages."""
        return len(self.sentence_starts) - 1

    def nearest_passages(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """Passages that are, or hold a sentence that is, among the ``limit`` vectors nearest to the question.

        Returns:
            Their rows, ascending, each once.
        """
        ids = self.rows.nearest(question, limit)
        owners = np.searchsorted(self.sentence_starts, ids - self.passages, side="right") - 1
        return np.flatnonzero(np.bincount(np.where(ids < self.passages, ids, owners)))

    def passage_scores(self, question: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Cosine of the question and each of the passages, ``(len(rows),)``, higher is nearer."""
        return _products(self.rows.take(rows), question)

    def sentence_scores(self, question: NDArray[np.float32], rows: NDArray[np.int64]) -> list[NDArray[np.float64]]:
        """Cosine of the question and every sentence of each passage, one array per passage, in order."""
        starts, ends = self.sentence_starts[rows], self.sentence_starts[rows + 1]
        ids = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)] or [np.zeros(0, np.int64)])
        products = _products(self.rows.take(self.passages + ids), question)
        return np.split(products, np.cumsum(ends - starts)[:-1]) if len(rows) else []

    def of_passages(self, rows: range) -> NDArray[np.float32]:
        """The vectors of passages that lie side by side, as they were encoded."""
        return self.rows.take(np.arange(rows.start, rows.stop))

    def of_sentences(self, rows: range) -> NDArray[np.float32]:
        """The vectors of the sentences of passages that lie side by side, as they were encoded."""
        starts = self.sentence_starts
        low, high = (int(starts[rows.start]), int(starts[rows.stop])) if rows else (0, 0)
        return self.rows.take(np.arange(low, high) + self.passages)

    def sentence_counts(self, rows: range) -> NDArray[np.int64]:
        """How many sentences each of some passages has that lie side by side."""
        return np.diff(self.sentence_starts[rows.start : rows.stop + 1]) if rows else np.zeros(0, np.int64)


def file_names() -> list[str]:
    """The files that :func:`~cloudqa.index.vector_files.write_vectors` writes."""
    return [FAISS_NAME, STARTS_NAME, *SAMPLE_NAMES]


def load_vectors(folder: Path, dimension: int) -> Vectors:
    """The dense side of a folder, memory-mapped, for reading only.

    Args:
        folder: Where it was written.
        dimension: Length of the vectors.

    Raises:
        OSError, ValueError, RuntimeError: A file is missing or is not what it should be.
    """
    starts = np.load(folder / STARTS_NAME, mmap_mode="r", allow_pickle=False)
    samples = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in SAMPLE_NAMES)
    total = len(starts) - 1 + int(starts[-1])
    return Vectors(_open_rows(folder / FAISS_NAME, total, dimension), starts, *map(Spread, samples))


def _open_rows(file: Path, total: int, dimension: int) -> Rows:
    with file.open("rb") as stream:
        flat = stream.read(len(FLAT_MARK)) == FLAT_MARK
    if not flat or not total:
        return _open_faiss(file, total, dimension)
    start = file.stat().st_size - total * dimension * 4
    if not len(FLAT_MARK) < start < _LONGEST_HEAD:
        raise ValueError(f"{file} does not hold {total} vectors of length {dimension}")
    matrix = np.memmap(file, np.dtype("<f4"), "r", offset=start, shape=(total, dimension))
    return MappedRows(matrix) if total <= NUMPY_LIMIT else FlatFileRows(file, matrix)


def _open_faiss(file: Path, total: int, dimension: int) -> FaissRows:
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    if index.ntotal != total or index.d != dimension:
        raise ValueError(f"{file} holds {index.ntotal} vectors of length {index.d}")
    if hasattr(index, "nprobe"):
        index.nprobe = _PROBES
    return FaissRows(index)


def build_vectors(
    passages: NDArray[np.float32], sentences: NDArray[np.float32], sentence_counts: Sequence[int]
) -> Vectors:
    """The dense side of passages in memory.

    Args:
        passages: ``(N, dim)`` float32, rows L2-normalised.
        sentences: ``(S, dim)`` float32, rows L2-normalised, in the order of their passages.
        sentence_counts: How many sentences each passage has; their sum is ``S``.
    """
    starts = np.concatenate([[0], np.cumsum(np.asarray(sentence_counts, dtype=np.int64))]).astype(np.int64)
    matrix = np.concatenate([passages, sentences]).astype(np.float32)
    return Vectors(MappedRows(matrix), starts, Spread(passages), Spread(sentences))


def _products(vectors: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float64]:
    """Inner products, each row on its own, so that a row's score does not depend on the rows around it."""
    result: NDArray[np.float64] = np.einsum("ij,j->i", vectors, question, optimize=False).astype(np.float64)
    return result
