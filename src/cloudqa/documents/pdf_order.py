"""The reading order of a PDF page: columns from left to right, what spans them where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.documents.aligned import is_absent, is_figure
from cloudqa.documents.pdf_tables import PageTable
from cloudqa.documents.pdf_text import TextLine

_LEAST_LINES = 3
_LEAST_CHARS = 7  # usual length of a line in a column of prose
_FIGURE_SHARE = 0.25
_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and tables in reading order that share a left and a right edge."""

    items: tuple[TextLine | PageTable, ...]
    left: float
    right: float


def regions_of(lines: Sequence[TextLine], tables: Sequence[PageTable]) -> list[Region]:
    """The regions of a page in reading order."""
    items: list[TextLine | PageTable] = [*lines, *tables]
    items.sort(key=lambda item: (item.top, _left(item)))
    if not items:
        return []
    left, right = min(map(_left, items)), max(map(_right, items))
    return _ordered(items, left, right, depth=0)


def _left(item: TextLine | PageTable) -> float:
    return item.left if isinstance(item, PageTable) else item.x0


def _right(item: TextLine | PageTable) -> float:
    return item.right if isinstance(item, PageTable) else item.x1


def _ordered(items: list[TextLine | PageTable], left: float, right: float, depth: int) -> list[Region]:
    gutter = _gutter(items, left, right) if depth < 3 else None
    if gutter is None:
        return [Region(tuple(items), left, right)]
    regions: list[Region] = []
    band: list[TextLine | PageTable] = []
    for item in items:
        if _crosses(item, gutter):
            regions += _band(band, gutter, (left, right), depth)
            regions += _spanning(regions, item, left, right)
            band = []
        else:
            band.append(item)
    return regions + _band(band, gutter, (left, right), depth)


def _spanning(regions: list[Region], item: TextLine | PageTable, left: float, right: float) -> list[Region]:
    """A region of an item that spans the columns; it joins the one just before it where that is alike."""
    if regions and (regions[-1].left, regions[-1].right) == (left, right):
        last = regions.pop()
        return [Region((*last.items, item), left, right)]
    return [Region((item,), left, right)]


def _band(
    band: list[TextLine | PageTable], gutter: float, edges: tuple[float, float], depth: int
) -> list[Region]:  # fmt: skip
    """A stretch in columns: first all that is left of the gutter, then what is right of it."""
    sides: tuple[list[TextLine | PageTable], list[TextLine | PageTable]] = ([], [])
    for item in band:
        for part in _parted(item, gutter):
            sides[_left(part) > gutter].append(part)
    regions: list[Region] = []
    for side, low, high in zip(sides, (edges[0], gutter), (gutter, edges[1]), strict=True):
        if side:
            inner = min(map(_left, side)), max(map(_right, side))
            regions += _ordered(side, max(low, inner[0]), min(high, inner[1]), depth + 1)
    return regions


def _parted(item: TextLine | PageTable, gutter: float) -> list[TextLine | PageTable]:
    """A line with strips on both sides of the gutter as two lines."""
    if isinstance(item, PageTable) or not item.x0 < gutter < item.x1:
        return [item]
    parts = [tuple(s for s in item.strips if s.x1 <= gutter), tuple(s for s in item.strips if s.x1 > gutter)]
    return [replace(item, strips=part) for part in parts if part]


def _crosses(item: TextLine | PageTable, x: float) -> bool:
    if isinstance(item, PageTable):
        return item.left < x < item.right
    return any(strip.x0 < x < strip.x1 for strip in item.strips)


def _gutter(items: Sequence[TextLine | PageTable], left: float, right: float) -> float | None:
    """The x between two columns of prose, None where the lines stand in one column."""
    width = right - left
    lines = [item for item in items if isinstance(item, TextLine)]
    strips = [(s.x0, s.x1) for line in lines for s in line.strips]
    if len(strips) < 2 * _LEAST_LINES:
        return None
    candidates = [left + 0.2 * width + _STEP * n for n in range(int(0.6 * width / _STEP))]
    costs = [sum(x0 < x < x1 for x0, x1 in strips) for x in candidates]
    if not costs:
        return None
    least = min(costs)
    x = _middle_of_widest([c for c, cost in zip(candidates, costs, strict=True) if cost == least])
    return x if _is_gutter(items, x, left, right) else None


def _middle_of_widest(xs: Sequence[float]) -> float:
    runs: list[list[float]] = []
    for x in xs:
        if runs and x - runs[-1][-1] <= 1.5 * _STEP:
            runs[-1].append(x)
        else:
            runs.append([x])
    widest = max(runs, key=len)
    return (widest[0] + widest[-1]) / 2


def _is_gutter(items: Sequence[TextLine | PageTable], x: float, left: float, right: float) -> bool:
    """Whether prose stands on both sides of x, in lines that fill most of their side."""
    parts = [part for item in items if not _crosses(item, x) for part in _parted(item, x)]
    for low, high in ((left, x), (x, right)):
        side = [p for p in parts if isinstance(p, TextLine) and low - 1 <= p.x0 and p.x1 <= high + 1]
        texts = [line.text for line in side]
        if len(side) < _LEAST_LINES or sorted(map(len, texts))[len(texts) // 2] < _LEAST_CHARS:
            return False
        figures = sum(is_figure(t) or is_absent(t) for line in side for t in line.text.split())
        widths = sorted(line.x1 - line.x0 for line in side)
        full = widths[(3 * len(widths)) // 4] >= 0.7 * (high - low)
        if not full or figures > _FIGURE_SHARE * sum(len(t.split()) for t in texts):
            return False
    return True
