"""Which passages hold which word piece of the encoder: one list of rows a piece.

Only an encoder that splits texts into pieces has this side; an index made with another one has no such files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.protocol import PieceSplitter
from cloudqa.index.segments import Segment, sorted_segment


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


def file_names() -> list[str]:
    """The files that :meth:`PiecePostings.save` writes."""
    return [f"piece_{field.name}.npy" for field in fields(PiecePostings)]


def load_pieces(folder: Path) -> PiecePostings:
    """The arrays of a folder, memory-mapped.

    Raises:
        OSError, ValueError: A file is missing or is not an array.
    """
    return PiecePostings(*(np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in file_names()))


def split_texts(texts: Sequence[str], splitter: PieceSplitter) -> Segment:
    """Which of some passages given as texts hold which piece (int32 keys), rows counted from 0."""
    bags = splitter.piece_bags(texts)
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(bags.starts))
    return sorted_segment(bags.ids, rows, np.ones(len(rows), np.uint16))


def build_pieces(held: Segment, passages: int) -> PiecePostings:
    """The index over so many passages."""
    return PiecePostings(held.keys.astype(np.int32), held.starts, held.rows, np.array([passages], dtype=np.int64))


def pieces_of(postings: PiecePostings) -> Segment:
    """What an index was built from."""
    return Segment(postings.ids, postings.starts, postings.rows, np.ones(len(postings.rows), np.uint16))
