"""Which passages hold which word piece of the encoder: one list of rows a piece.

Only an encoder that splits texts into pieces has this side; an index made with another one has no such files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.protocol import PieceSplitter


@dataclass(frozen=True, slots=True)
class PiecePostings:
    """Word pieces and the passages that hold them; ``T`` pieces, ``P`` pairs of piece and passage.

    Attributes:
        ids: ``(T,)`` int32, the pieces that any passage holds, ascending.
        starts: ``(T + 1,)`` int64: the passages of piece ``ids[t]`` are ``rows[starts[t]:starts[t + 1]]``.
        rows: ``(P,)`` int32, passages, ascending within a piece.
        passages: ``(1,)`` int64, how many passages there are, those without a piece counted.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    passages: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Number of passages."""
        return int(self.passages[0])

    def coverage(self, wanted: NDArray[np.int32]) -> NDArray[np.float64]:
        """The share of some pieces that each passage holds, weighted by idf.

        Args:
            wanted: Distinct piece ids. One that no passage holds counts as not covered.

        Returns:
            ``(N,)`` float64 in 0 … 1; all 0 where no piece is wanted.
        """
        covered = np.zeros(self.total)
        worth = 0.0
        for place in self._find(wanted).tolist():
            rows = self.rows[self.starts[place] : self.starts[place + 1]] if place >= 0 else self.rows[:0]
            idf = float(np.log1p((self.total - len(rows) + 0.5) / (len(rows) + 0.5)))
            covered[rows] += idf
            worth += idf
        return covered / worth if worth else covered

    def save(self, folder: Path) -> list[str]:
        """Writes the arrays, one file each; returns their names."""
        for name, field in zip(file_names(), fields(self), strict=True):
            np.save(folder / name, getattr(self, field.name), allow_pickle=False)
        return file_names()

    def _find(self, wanted: NDArray[np.int32]) -> NDArray[np.int64]:
        """The place of each piece in :attr:`ids`, -1 for one that no passage holds."""
        if not len(self.ids):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.searchsorted(self.ids, wanted)
        places[places == len(self.ids)] = 0
        return np.where(self.ids[places] == wanted, places, -1)


@dataclass(frozen=True, slots=True)
class PiecePairs:
    """Pieces and rows before they are sorted.

    Attributes:
        ids: ``(P,)`` int32, pieces, in any order.
        rows: ``(P,)`` int32, the passage that holds each; no pair twice.
    """

    ids: NDArray[np.int32]
    rows: NDArray[np.int32]


def file_names() -> list[str]:
    """The files that :meth:`PiecePostings.save` writes."""
    return [f"piece_{field.name}.npy" for field in fields(PiecePostings)]


def load_pieces(folder: Path) -> PiecePostings:
    """The arrays of a folder, memory-mapped.

    Raises:
        OSError, ValueError: A file is missing or is not an array.
    """
    return PiecePostings(*(np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in file_names()))


def split_texts(texts: Sequence[str], splitter: PieceSplitter) -> PiecePairs:
    """The pieces of passages given as texts, rows counted from 0."""
    bags = splitter.piece_bags(texts)
    return PiecePairs(bags.ids, np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(bags.starts)))


def kept_pieces(old: PiecePostings, new_rows: Mapping[int, int]) -> PiecePairs:
    """The pieces of passages of an existing index under new row numbers, the others left out.

    Args:
        old: The existing index.
        new_rows: New row by old row.
    """
    moved = np.full(old.total, -1, dtype=np.int32)
    moved[list(new_rows.keys())] = list(new_rows.values())
    rows = moved[old.rows]
    return PiecePairs(np.repeat(old.ids, np.diff(old.starts))[rows >= 0], rows[rows >= 0])


def build_pieces(pairs: PiecePairs, passages: int) -> PiecePostings:
    """The index of pairs over so many passages; the order of the pairs does not matter."""
    order = np.lexsort((pairs.rows, pairs.ids))
    ids, first = np.unique(pairs.ids[order], return_index=True)
    starts = np.append(first, len(order)).astype(np.int64)
    return PiecePostings(ids, starts, pairs.rows[order], np.array([passages], dtype=np.int64))
