"""BM25 as sparse arrays: which passages hold which term, and what that is worth.

The weights are fixed when the index is built, so any engine that sums sparse products ranks alike. Terms are known by a
64-bit hash only: no list of strings has to be loaded before the first question.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.index.segments import Segment, sorted_segment
from cloudqa.language import terms

K1, B = 0.9, 0.4
"""Saturation and length normalisation of BM25, as measured best on Chinese passages of 120 to 200 characters."""

_MAX_COUNT = 65535
_WEIGHED_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Postings:
    """The lexical side of an index; ``T`` terms, ``N`` passages, ``P`` pairs of term and passage.

    Attributes:
        keys: ``(T,)`` uint64, hashes of the terms, ascending.
        starts: ``(T + 1,)`` int64: the pairs of term ``t`` are ``starts[t]:starts[t + 1]``.
        rows: ``(P,)`` int32, passages, ascending within a term.
        counts: ``(P,)`` uint16, how often the term occurs in the passage.
        weights: ``(P,)`` float32, BM25 weight of the term in the passage, above 0.
        idf: ``(T,)`` float32, ``ln(1 + (N - df + 0.5) / (df + 0.5))``.
        lengths: ``(N,)`` int32, number of terms of each passage, repeated ones counted.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    lengths: NDArray[np.int32]

    def find(self, wanted: Sequence[str]) -> NDArray[np.int64]:
        """The number of each term, -1 for a term that no passage holds."""
        if not len(self.keys):
            return np.full(len(wanted), -1, dtype=np.int64)
        hashes = np.fromiter(map(term_key, wanted), dtype=np.uint64, count=len(wanted))
        places = np.searchsorted(self.keys, hashes)
        places[places == len(self.keys)] = 0
        return np.where(self.keys[places] == hashes, places, -1)

    def postings(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The passages that hold a term, and its BM25 weight in each."""
        pairs = slice(self.starts[term], self.starts[term + 1])
        return self.rows[pairs], self.weights[pairs]

    def save(self, folder: Path) -> list[str]:
        """Writes the arrays, one file each; returns their names."""
        for name, field in zip(file_names(), fields(self), strict=True):
            np.save(folder / name, getattr(self, field.name), allow_pickle=False)
        return file_names()


def file_names() -> list[str]:
    """The files that :meth:`Postings.save` writes."""
    return [f"lexical_{field.name}.npy" for field in fields(Postings)]


def load_postings(folder: Path) -> Postings:
    """The arrays of a folder, memory-mapped.

    Raises:
        OSError, ValueError: A file is missing or is not an array.
    """
    return Postings(*(np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in file_names()))


def term_key(term: str) -> int:
    """The 64-bit hash that a term is known by; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class TermCounts:
    """The terms of consecutive passages before they are weighted.

    Attributes:
        terms: Which passages hold which term, keys being hashes (uint64).
        lengths: ``(N,)`` int32, number of terms of each passage.
    """

    terms: Segment
    lengths: NDArray[np.int32]


def count_terms(texts: Iterable[str]) -> TermCounts:
    """The terms of passages given as texts, rows counted from 0."""
    known: dict[str, int] = {}
    keys, rows, counts, lengths = array("Q"), array("i"), array("H"), array("i")
    for row, text in enumerate(texts):
        found = Counter(terms(text))
        for term in found:
            if term not in known:
                known[term] = term_key(term)
        keys.extend(map(known.__getitem__, found))
        rows.extend([row] * len(found))
        counts.extend(min(count, _MAX_COUNT) for count in found.values())
        lengths.append(found.total())
    pairs = np.array(keys, np.uint64), np.array(rows, np.int32), np.array(counts, np.uint16)
    return TermCounts(sorted_segment(*pairs), np.array(lengths, np.int32))


def build_postings(counted: TermCounts) -> Postings:
    """The weighted index of counted terms."""
    keys, starts, rows, counts = (getattr(counted.terms, field.name) for field in fields(counted.terms))
    frequency = np.diff(starts)
    total = len(counted.lengths)
    idf = np.log1p((total - frequency + 0.5) / (frequency + 0.5))
    weights = np.empty(len(rows), np.float32)
    at = 0
    while at < len(frequency):  # some terms at a time: the exact weights of all would take twice the memory of the rest
        end = max(at + 1, int(np.searchsorted(starts, starts[at] + _WEIGHED_AT_ONCE, side="right")) - 1)
        pairs = slice(starts[at], starts[end])
        weights[pairs] = np.repeat(idf[at:end], frequency[at:end]) * _saturation(
            rows[pairs], counts[pairs], counted.lengths
        )
        at = end
    return Postings(keys, starts, rows, counts, weights, idf.astype(np.float32), counted.lengths)


def terms_of(postings: Postings) -> Segment:
    """The counted terms that an index was built from."""
    return Segment(postings.keys, postings.starts, postings.rows, postings.counts)


def _saturation(rows: NDArray[np.int32], counts: NDArray[np.uint16], lengths: NDArray[np.int32]) -> NDArray[np.float64]:
    """The part of the BM25 weight that depends on the passage (Robertson and Zaragoza, 2009, eq. 3.15)."""
    if not len(rows):
        return np.zeros(0)
    relative_length = lengths / lengths.mean()
    frequency = counts.astype(np.float64)
    result: NDArray[np.float64] = frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * relative_length[rows]))
    return result
