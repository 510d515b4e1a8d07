"""Tables that only their alignment shows: which column each piece of a row belongs to, or that it cannot be told."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE = re.compile(
    r"[(（]?[+\-−]?[¥$￥€]?\d[\d,，]*(?:\.\d+)?\s*(?:[%％‰倍]|个百分点|[万亿]?元?)?[)）]?(?:[①-⑳*]|\[\d{1,2}\])?"
)
_ABSENT = re.compile(r"[-—–−/]{1,3}|[Nn]/?[Aa]\.?|无|未披露|不适用|\*")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a row between two gaps: its text and how far it reaches, in characters' widths or in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a strip belongs: its column, and how many columns it covers."""

    column: int
    span: int = 1


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure, a bare year among them."""
    return _FIGURE.fullmatch(_narrow(text)) is not None


def is_value(text: str) -> bool:
    """Whether a cell's text is a figure and no bare year, as headers are."""
    return is_figure(text) and _YEAR.fullmatch(_narrow(text)) is None


def is_absent(text: str) -> bool:
    """Whether a cell's text says that there is no figure (—, N/A)."""
    return _ABSENT.fullmatch(_narrow(text)) is not None


def _narrow(text: str) -> str:
    """The text with full-width digits and signs as narrow ones; circled digits stay what they are."""
    return text.strip().translate(_NARROW)


def looks_tabular(rows: Sequence[Sequence[Strip]]) -> bool:
    """Whether rows of strips are a table's: figures, or marks for missing ones, make up much of what is not first."""
    cells = [strip.text for row in rows[1:] for strip in row[1:]]
    figures = sum(is_figure(cell) or is_absent(cell) for cell in cells)
    return len(rows) > 1 and figures >= 2 and figures >= _FIGURE_SHARE * len(cells)


def place_strips(rows: Sequence[Sequence[Strip]]) -> list[list[Placing]] | None:
    """The column of every strip, row by row; None where the alignment leaves a doubt.

    The rows with the usual number of strips show how far each column reaches, and no two of these reaches may
    overlap. A strip of another row belongs to the column that it overlaps; only above the first row with figures may
    it lie over several, as a header over them.
    """
    if len(rows) < 2:
        return None
    counts = Counter(len(row) for row in rows)
    width = max(counts, key=lambda count: (counts[count] * (count > 1), count))
    if width < 2 or max(counts) > width or counts[width] < 2:
        return None
    full = [row for row in rows if len(row) == width]
    reaches = [(min(row[i].left for row in full), max(row[i].right for row in full)) for i in range(width)]
    apart = all(one[1] < other[0] for one, other in itertools.pairwise(reaches))
    if counts[width] == len(rows):
        return [[Placing(i) for i in range(width)] for _ in rows] if apart or _same_sorts(rows) else None
    if not apart:
        return None
    first_figures = next((n for n, row in enumerate(rows) if any(is_figure(s.text) for s in row[1:])), len(rows))
    placed = [_placed(row, reaches, header=n < first_figures) for n, row in enumerate(rows)]
    whole = [row for row in placed if row is not None]
    if len(whole) < len(placed) or not _are_divided(whole[:first_figures]):
        return None
    return whole if _fit_their_columns(rows[first_figures:], whole[first_figures:]) else None


def _fit_their_columns(rows: Sequence[Sequence[Strip]], placed: Sequence[Sequence[Placing]]) -> bool:
    """Whether no text stands in a column of figures below the header."""
    found: dict[int, list[str]] = {}
    for row, places in zip(rows, placed, strict=True):
        for strip, place in zip(row, places, strict=True):
            if place.column and not is_absent(strip.text):
                found.setdefault(place.column, []).append(strip.text)
    for texts in found.values():
        figures = sum(map(is_figure, texts))
        if figures > _FIGURE_SHARE * len(texts) and figures < len(texts):
            return False
    return True


def _are_divided(header: Sequence[Sequence[Placing]]) -> bool:
    """Whether every header over several columns has a header for each of them below it."""
    for number, row in enumerate(header):
        below = {place.column for later in header[number + 1 :] for place in later if place.span == 1}
        for place in row:
            if place.span > 1 and not below.issuperset(range(place.column, place.column + place.span)):
                return False
    return True


def _same_sorts(rows: Sequence[Sequence[Strip]]) -> bool:
    """Whether every column below the header holds figures only, or texts only."""
    for column in zip(*rows[1:], strict=True):
        sorts = {is_figure(strip.text) for strip in column if not is_absent(strip.text)}
        if len(sorts) > 1:
            return False
    return True


def _placed(row: Sequence[Strip], reaches: Sequence[tuple[float, float]], *, header: bool) -> list[Placing] | None:
    placings: list[Placing] = []
    for strip in row:
        over = [i for i, (low, high) in enumerate(reaches) if strip.left < high and low < strip.right]
        if not over:
            over = _nearest(strip, reaches)
        if not over or (len(over) > 1 and not header):
            return None
        if placings and over[0] < placings[-1].column + placings[-1].span:
            return None
        placings.append(Placing(over[0], len(over)))
    return placings


def _nearest(strip: Strip, reaches: Sequence[tuple[float, float]]) -> list[int]:
    """The column in whose half of the gap between two columns a strip lies, [] where it reaches over the middle."""
    edges = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(reaches)]
    bounds = list(zip([float("-inf"), *edges], [*edges, float("inf")], strict=True))
    return [i for i, (low, high) in enumerate(bounds) if low <= strip.left and strip.right <= high]
