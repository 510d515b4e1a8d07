"""Writing the dense side, block by block: the vectors of an archive are never in memory all at once."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from cloudqa.index import vectors as layout
from cloudqa.index.vectors import FAISS_NAME, FLAT_MARK, SAMPLE_NAMES, STARTS_NAME, file_names

_SAMPLE_ROWS = 4_096  # evenly spaced vectors tell the spread of all of them to about one part in a hundred
_TRAINING_ROWS = 40  # for each list of an inverted file
_INNER_PRODUCT = 0  # as FAISS numbers its metrics
_UNUSED = 1 << 20  # what FAISS writes where its files once held something


@dataclass(frozen=True, slots=True)
class Block:
    """Vectors that lie side by side in the result.

    Attributes:
        size: How many.
        load: Gives them, ``(size, dimension)`` float32, rows L2-normalised; called up to three times.
    """

    size: int
    load: Callable[[], NDArray[np.float32]]


def write_vectors(
    folder: Path, dimension: int, passages: Sequence[Block], sentences: Sequence[Block], sentence_counts: Sequence[int]
) -> list[str]:
    """Writes the dense side of an index.

    Args:
        folder: Where to.
        dimension: Length of the vectors.
        passages: Those of all passages.
        sentences: Those of their sentences, in the order of the passages.
        sentence_counts: How many sentences each passage has.

    Returns:
        The names of the files.
    """
    counts = np.asarray(sentence_counts, dtype=np.int64)
    np.save(folder / STARTS_NAME, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), allow_pickle=False)
    blocks = [*passages, *sentences]
    total = sum(block.size for block in blocks)
    if total > layout.FLAT_LIMIT:
        _write_inverted(folder / FAISS_NAME, dimension, blocks, total)
    else:
        with (folder / FAISS_NAME).open("wb") as file:
            _write_flat(file, dimension, blocks, total)
    for name, some in zip(SAMPLE_NAMES, (passages, sentences), strict=True):
        step = max(1, math.ceil(sum(block.size for block in some) / _SAMPLE_ROWS))
        np.save(folder / name, _every(some, step, dimension), allow_pickle=False)
    return file_names()


def _write_flat(file: IO[bytes], dimension: int, blocks: Sequence[Block], total: int) -> None:
    """What FAISS writes for a flat index of inner products."""
    unused = (_UNUSED, _UNUSED)
    file.write(struct.pack("<4siqqq?iQ", FLAT_MARK, dimension, total, *unused, True, _INNER_PRODUCT, total * dimension))
    for block in blocks:
        file.write(np.ascontiguousarray(block.load(), dtype="<f4").data)


def _write_inverted(path: Path, dimension: int, blocks: Sequence[Block], total: int) -> None:
    """An inverted file; the same vectors give the same lists."""
    import faiss

    faiss.omp_set_num_threads(1)
    lists = math.isqrt(total)
    index: Any = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    index.train(_every(blocks, max(1, total // (_TRAINING_ROWS * lists)), dimension))
    for block in blocks:
        index.add(np.ascontiguousarray(block.load(), dtype=np.float32))
    index.make_direct_map()
    faiss.write_index(index, str(path))


def _every(blocks: Sequence[Block], step: int, dimension: int) -> NDArray[np.float32]:
    """Every ``step``-th vector of the blocks, the first one among them."""
    found = [np.zeros((0, dimension), np.float32), *_spaced(blocks, step)]
    return np.concatenate(found)


def _spaced(blocks: Sequence[Block], step: int) -> Iterator[NDArray[np.float32]]:
    at = 0
    for block in blocks:
        first = -at % step
        if first < block.size:
            yield block.load()[first::step]
        at += block.size
