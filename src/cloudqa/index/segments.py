"""Which passages hold which key, in parts that are put together without sorting the whole.

A report is indexed by itself into a segment; the segments of an archive are merged by counting. So a report that has
not changed is not indexed again, and no more than one report is held in memory beside the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 64  # segments whose keys are united in one step


@dataclass(frozen=True, slots=True)
class Segment:
    """Keys and the passages that hold them; ``T`` keys, ``P`` pairs of key and passage.

    Attributes:
        keys: ``(T,)`` unsigned or signed integers, ascending.
        starts: ``(T + 1,)`` int64: the pairs of key ``t`` are ``starts[t]:starts[t + 1]``.
        rows: ``(P,)`` int32, passages counted from the first one of the segment, ascending within a key.
        counts: ``(P,)`` uint16, how often the passage holds the key.
    """

    keys: NDArray[Any]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]


LoadSegment = Callable[[], Segment]
"""Gives a segment that may lie on disk; called twice by :func:`merge_segments`."""


def sorted_segment(keys: NDArray[Any], rows: NDArray[np.int32], counts: NDArray[np.uint16]) -> Segment:
    """The segment of pairs in any order, no pair twice."""
    order = np.lexsort((rows, keys))
    distinct, first = np.unique(keys[order], return_index=True)
    starts = np.append(first, len(order)).astype(np.int64)
    return Segment(distinct, starts, rows[order], counts[order])


def cut_segment(whole: Segment, rows: range) -> Segment:
    """The part of a segment that is about some of its passages, these counted from 0."""
    inside = (whole.rows >= rows.start) & (whole.rows < rows.stop)
    before = np.concatenate([[0], np.cumsum(inside)])
    bounds = before[whole.starts]
    held = bounds[1:] > bounds[:-1]
    starts = np.append(bounds[:-1][held], bounds[-1]).astype(np.int64)
    return Segment(
        np.asarray(whole.keys)[held],
        starts,
        (whole.rows[inside] - rows.start).astype(np.int32),
        np.asarray(whole.counts)[inside],
    )


def merge_segments(parts: Sequence[tuple[int, LoadSegment]]) -> Segment:
    """One segment over the passages of several.

    Args:
        parts: For each segment the row that its first passage gets, ascending, and the segment.
    """
    keys = _all_keys([load for _, load in parts])
    sizes = np.zeros(len(keys), np.int64)
    for _, load in parts:
        part = load()
        sizes[np.searchsorted(keys, part.keys)] += np.diff(part.starts)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows, counts = np.empty(int(starts[-1]), np.int32), np.empty(int(starts[-1]), np.uint16)
    filled = starts[:-1].copy()
    for first_row, load in parts:
        part = load()
        places = np.searchsorted(keys, part.keys)
        own = np.diff(part.starts)
        to = np.repeat(filled[places] - part.starts[:-1], own) + np.arange(len(part.rows))
        rows[to] = part.rows + np.int32(first_row)
        counts[to] = part.counts
        filled[places] += own
    return Segment(keys, starts, rows, counts)


def _all_keys(loads: Sequence[LoadSegment]) -> NDArray[Any]:
    """The keys of all segments, ascending, each once."""
    keys: NDArray[Any] | None = None
    for at in range(0, len(loads), _AT_ONCE):
        some = [load().keys for load in loads[at : at + _AT_ONCE]]
        keys = np.unique(np.concatenate(some if keys is None else [keys, *some]))
    return np.zeros(0, np.uint64) if keys is None else keys
