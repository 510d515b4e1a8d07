"""Vectors of passages and of their sentences in one FAISS index."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

FAISS_NAME = "vectors.faiss"
STARTS_NAME = "sentence_starts.npy"
MOMENTS_NAME = "vector_moments.npy"

FLAT_LIMIT = 200_000
"""Above so many vectors an inverted file is searched instead of all of them."""

_PROBES = 32
_ADD_ROWS = 50_000  # FAISS copies what it is given: added in pieces, a large build never holds it twice


@dataclass(frozen=True, slots=True)
class Moments:
    """How inner products with a set of vectors are spread: enough to z-normalise without computing them all.

    Attributes:
        mean: ``(dim,)`` float64, mean of the vectors.
        covariance: ``(dim, dim)`` float64.
    """

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]

    def standardise(self, question: NDArray[np.float32], scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Inner products of the question as z-scores over the whole set; all 0 where the set does not vary."""
        direction = question.astype(np.float64)
        spread = math.sqrt(max(float(direction @ self.covariance @ direction), 0.0))
        if spread < 1e-6:
            return np.zeros_like(scores)
        result: NDArray[np.float64] = (scores - float(direction @ self.mean)) / spread
        return result


@dataclass(frozen=True, slots=True)
class Vectors:
    """The dense side of an index; ``N`` passages, ``S`` sentences.

    FAISS rows ``0 … N - 1`` are the passages, ``N … N + S - 1`` the sentences in order.

    Attributes:
        faiss_index: Inner product; possibly memory-mapped, so it must not be written to.
        sentence_starts: ``(N + 1,)`` int64: the sentences of passage ``p`` are ``starts[p]:starts[p + 1]``.
        passage_moments: Over the vectors of the passages.
        sentence_moments: Over the vectors of the sentences.
    """

    faiss_index: faiss.Index
    sentence_starts: NDArray[np.int64]
    passage_moments: Moments
    sentence_moments: Moments

    @property
    def passages(self) -> int:
        """Number of passages."""
        return len(self.sentence_starts) - 1

    def nearest_passages(self, question: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """Passages that are, or hold a sentence that is, among the ``limit`` vectors nearest to the question.

        Returns:
            Their rows, ascending, each once.
        """
        limit = min(limit, self.faiss_index.ntotal)
        if limit == 0:
            return np.zeros(0, dtype=np.int64)
        _, found = self.faiss_index.search(question[None, :], limit)
        ids = found[0][found[0] >= 0]
        owners = np.searchsorted(self.sentence_starts, ids - self.passages, side="right") - 1
        return np.unique(np.where(ids < self.passages, ids, owners))

    def passage_scores(self, question: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Cosine of the question and each of the passages, ``(len(rows),)``, higher is nearer."""
        return _products(self._reconstruct(rows), question)

    def sentence_scores(self, question: NDArray[np.float32], rows: NDArray[np.int64]) -> list[NDArray[np.float64]]:
        """Cosine of the question and every sentence of each passage, one array per passage, in order."""
        starts, ends = self.sentence_starts[rows], self.sentence_starts[rows + 1]
        ids = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)] or [np.zeros(0, np.int64)])
        products = _products(self._reconstruct(self.passages + ids), question)
        return np.split(products, np.cumsum(ends - starts)[:-1]) if len(rows) else []

    def of_passages(self, rows: Sequence[int] | range) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The vectors of passages that lie side by side, and those of their sentences, as they were encoded."""
        low, high = (rows[0], rows[-1] + 1) if len(rows) else (0, 0)
        sentences = np.arange(self.sentence_starts[low], self.sentence_starts[high]) + self.passages
        return self._reconstruct(np.arange(low, high)), self._reconstruct(sentences)

    def _reconstruct(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        if not len(ids):
            return np.zeros((0, self.faiss_index.d), dtype=np.float32)
        vectors: NDArray[np.float32] = self.faiss_index.reconstruct_batch(np.ascontiguousarray(ids, dtype=np.int64))
        return vectors

    def save(self, folder: Path) -> list[str]:
        """Writes the index and its tables; returns the files' names."""
        faiss.write_index(self.faiss_index, str(folder / FAISS_NAME))
        np.save(folder / STARTS_NAME, self.sentence_starts, allow_pickle=False)
        moments = [np.vstack([m.mean, m.covariance]) for m in (self.passage_moments, self.sentence_moments)]
        np.save(folder / MOMENTS_NAME, np.stack(moments), allow_pickle=False)
        return file_names()


def file_names() -> list[str]:
    """The files that :meth:`Vectors.save` writes."""
    return [FAISS_NAME, STARTS_NAME, MOMENTS_NAME]


def load_vectors(folder: Path) -> Vectors:
    """The dense side of a folder, memory-mapped, for reading only.

    Raises:
        OSError, ValueError, RuntimeError: A file is missing or is not what it should be.
    """
    faiss.omp_set_num_threads(1)
    index = faiss.read_index(str(folder / FAISS_NAME), faiss.IO_FLAG_MMAP_IFC)
    if hasattr(index, "nprobe"):
        index.nprobe = _PROBES
    starts = np.load(folder / STARTS_NAME, mmap_mode="r", allow_pickle=False)
    moments = np.load(folder / MOMENTS_NAME, mmap_mode="r", allow_pickle=False)
    return Vectors(index, starts, *(Moments(m[0], m[1:]) for m in moments))


def build_vectors(
    passages: NDArray[np.float32], sentences: NDArray[np.float32], sentence_counts: Sequence[int]
) -> Vectors:
    """The dense side of passages.

    Args:
        passages: ``(N, dim)`` float32, rows L2-normalised.
        sentences: ``(S, dim)`` float32, rows L2-normalised, in the order of their passages.
        sentence_counts: How many sentences each passage has; their sum is ``S``.
    """
    faiss.omp_set_num_threads(1)
    starts = np.concatenate([[0], np.cumsum(np.asarray(sentence_counts, dtype=np.int64))]).astype(np.int64)
    index = _empty_index(passages, sentences)
    for part in (passages, sentences):
        for at in range(0, len(part), _ADD_ROWS):
            index.add(np.ascontiguousarray(part[at : at + _ADD_ROWS], dtype=np.float32))
    if hasattr(index, "make_direct_map"):
        index.make_direct_map()
    return Vectors(index, starts, _moments(passages), _moments(sentences))


def _empty_index(passages: NDArray[np.float32], sentences: NDArray[np.float32]) -> faiss.Index:
    """A flat index, or a trained inverted file where there are many vectors."""
    dimension, total = passages.shape[1], len(passages) + len(sentences)
    if total <= FLAT_LIMIT:
        return faiss.IndexFlatIP(dimension)
    lists = int(np.sqrt(total))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    step = max(1, total // (40 * lists))  # evenly spaced, so that the same vectors train the same lists
    index.train(np.vstack([passages[::step], sentences[::step]]))
    index.nprobe = _PROBES
    return index


def _moments(vectors: NDArray[np.float32]) -> Moments:
    dimension = vectors.shape[1]
    if not len(vectors):
        return Moments(np.zeros(dimension), np.zeros((dimension, dimension)))
    total, squares = np.zeros(dimension), np.zeros((dimension, dimension))
    for at in range(0, len(vectors), _ADD_ROWS):
        part = vectors[at : at + _ADD_ROWS].astype(np.float64)
        total += part.sum(axis=0)
        squares += part.T @ part
    mean = total / len(vectors)
    return Moments(mean, squares / len(vectors) - np.outer(mean, mean))


def _products(vectors: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float64]:
    """Inner products, each row on its own, so that a row's score does not depend on the rows around it."""
    result: NDArray[np.float64] = np.einsum("ij,j->i", vectors, question, optimize=False).astype(np.float64)
    return result
