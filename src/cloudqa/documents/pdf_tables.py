"""Ruled tables of a PDF page: cells from the lines drawn around them, merged cells from the lines that are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cloudqa.documents.layout_writer import PlacedCell
from cloudqa.documents.pdf_text import Glyph, lines_of, wrapped

_NEAR = 3.0  # points between which two lines are one
_SHORTEST = 6.0
_LEAST_FILLED = 0.3
_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: ``at`` is its x (vertical) or y (horizontal), ``low`` to ``high`` its other reach."""

    vertical: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of one page.

    Attributes:
        cells: Rows and columns from 0; each with its page.
        edges: x of the columns' edges, one more than columns.
        top, bottom: Its reach on the page, in points.
        left, right: Likewise.
        ruled: Lines part its columns; else only alignment does, and the edges are where the columns' texts begin.
        problem: What is not understood of it, "" if nothing.
    """

    cells: tuple[PlacedCell, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float
    left: float
    right: float
    ruled: bool = True
    problem: str = ""


@dataclass(slots=True)
class _Frame:
    """Rules that touch each other."""

    rules: list[Rule] = field(default_factory=list)


def rules_of(lines: Iterable[dict[str, object]], rects: Iterable[dict[str, object]]) -> list[Rule]:
    """The straight lines among what a page draws: lines, thin boxes, and the sides of boxes that are outlined."""
    rules: list[Rule] = []
    for drawn in [*lines, *rects]:
        x0, x1, top, bottom = (float(str(drawn[name])) for name in ("x0", "x1", "top", "bottom"))
        if bottom - top <= _NEAR and x1 - x0 > _SHORTEST:
            rules.append(Rule(False, (top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _NEAR and bottom - top > _SHORTEST:
            rules.append(Rule(True, (x0 + x1) / 2, top, bottom))
        elif drawn["object_type"] == "rect" and drawn.get("stroke"):
            rules += [Rule(False, top, x0, x1), Rule(False, bottom, x0, x1)]
            rules += [Rule(True, x0, top, bottom), Rule(True, x1, top, bottom)]
    return _merged(rules)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch as one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.vertical, round(r.at / _NEAR), r.low)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.vertical == rule.vertical
            and abs(last.at - rule.at) <= _NEAR
            and rule.low <= last.high + _NEAR
        ):
            merged[-1] = Rule(last.vertical, last.at, last.low, max(last.high, rule.high))
        else:
            merged.append(rule)
    return merged


def find_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph], page: int) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page from top to bottom, and the glyphs outside of them."""
    tables: list[PageTable] = []
    rest = list(glyphs)
    for frame in _frames(rules):
        table = _table(frame, rest, page)
        if table is not None:
            tables.append(table)
            rest = [g for g in rest if not _inside(g, table)]
    return sorted(tables, key=lambda t: (t.top, t.left)), rest


def _inside(glyph: Glyph, table: PageTable) -> bool:
    return table.left <= (glyph.x0 + glyph.x1) / 2 <= table.right and table.top <= glyph.middle <= table.bottom


def _frames(rules: Sequence[Rule]) -> list[_Frame]:
    """Rules grouped where a horizontal and a vertical one touch."""
    group = list(range(len(rules)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    across = [i for i, rule in enumerate(rules) if not rule.vertical]
    for i, rule in enumerate(rules):
        if rule.vertical:
            for j in across:
                if _touch(rule, rules[j]):
                    group[root(i)] = root(j)
    frames: dict[int, _Frame] = {}
    for i, rule in enumerate(rules):
        frames.setdefault(root(i), _Frame()).rules.append(rule)
    return [frame for frame in frames.values() if any(r.vertical for r in frame.rules)]


def _touch(vertical: Rule, across: Rule) -> bool:
    return (
        across.low - _NEAR <= vertical.at <= across.high + _NEAR
        and vertical.low - _NEAR <= across.at <= vertical.high + _NEAR
    )


def _positions(values: Iterable[float]) -> list[float]:
    """Values that lie near each other as one, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


class _Raster:
    """The smallest cells that a frame's rules make, joined where no rule parts them."""

    def __init__(self, frame: _Frame) -> None:
        upright = [rule for rule in frame.rules if rule.vertical]
        across = [rule for rule in frame.rules if not rule.vertical]
        self.xs = _positions([r.at for r in upright] + [x for r in across for x in (r.low, r.high)])
        self.ys = _positions([r.at for r in across] + [y for r in upright for y in (r.low, r.high)])
        self._upright, self._across = upright, across
        self.height, self.width = len(self.ys) - 1, len(self.xs) - 1

    def groups(self) -> dict[int, list[tuple[int, int]]]:
        """The cells: places of the smallest cells by an id."""
        owner = list(range(self.height * self.width))

        def root(i: int) -> int:
            while owner[i] != i:
                owner[i] = owner[owner[i]]
                i = owner[i]
            return i

        columns = self._open_sides(self._upright, self.xs, self.ys)
        rows = self._open_sides(self._across, self.ys, self.xs)
        for row in range(self.height):
            for column in range(self.width):
                at = row * self.width + column
                if column + 1 < self.width and (column + 1, row) in columns:
                    owner[root(at + 1)] = root(at)
                if row + 1 < self.height and (row + 1, column) in rows:
                    owner[root(at + self.width)] = root(at)
        groups: dict[int, list[tuple[int, int]]] = {}
        for at in range(len(owner)):
            groups.setdefault(root(at), []).append(divmod(at, self.width))
        return groups

    def _open_sides(self, rules: Sequence[Rule], at: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
        """Inner edges with no rule on them: (number of the edge, number of the cell along it)."""
        drawn: dict[int, list[Rule]] = {}
        for rule in rules:
            nearest = min(range(len(at)), key=lambda i: abs(at[i] - rule.at))
            drawn.setdefault(nearest, []).append(rule)
        missing: set[tuple[int, int]] = set()
        for edge in range(1, len(at) - 1):
            for cell, (low, high) in enumerate(pairwise(along)):
                middle = (low + high) / 2
                if not any(rule.low <= middle <= rule.high for rule in drawn.get(edge, ())):
                    missing.add((edge, cell))
        return missing


def _table(frame: _Frame, glyphs: Sequence[Glyph], page: int) -> PageTable | None:
    raster = _Raster(frame)
    if raster.width < 2 or raster.height < 1 or raster.width * raster.height > _MOST_CELLS:
        return None
    inside: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = bisect_right(raster.ys, glyph.middle) - 1
        column = bisect_right(raster.xs, (glyph.x0 + glyph.x1) / 2) - 1
        if 0 <= row < raster.height and 0 <= column < raster.width:
            inside.setdefault((row, column), []).append(glyph)
    cells: list[PlacedCell] = []
    even = True
    for places in raster.groups().values():
        rows, columns = [row for row, _ in places], [column for _, column in places]
        down, over = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        even = even and down * over == len(places)
        sides = raster.xs[min(columns)], raster.xs[max(columns) + 1]
        text = cell_text([g for place in places for g in inside.get(place, ())], *sides)
        cells.append(PlacedCell(text, min(rows), min(columns), down, over, page))
    filled = sum(bool(cell.text) for cell in cells)
    if len(cells) < 2 or filled < max(2, _LEAST_FILLED * len(cells)):
        return None
    problem = "" if even else "cells that are no rectangles"
    edges = (*tuple(raster.xs[column] for column in sorted({cell.column for cell in cells})), raster.xs[-1])
    cells = without_idle(cells)
    return PageTable(
        tuple(cells), edges, raster.ys[0], raster.ys[-1], raster.xs[0], raster.xs[-1], problem=problem
    )  # fmt: skip


def without_idle(cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    """The cells in order, rows and columns left out that no cell begins in: lines drawn double make them."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    kept = []
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        down = bisect_left(rows, cell.row + cell.row_span) - row
        over = bisect_left(columns, cell.column + cell.column_span) - column
        kept.append(PlacedCell(cell.text, row, column, down, over, cell.page))
    return kept


def cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """A cell's lines as one text, a blank where one ends early; a word or figure that fills its line goes on.

    Args:
        glyphs: The cell's.
        left: Left edge of the cell.
        right: Right edge.
    """
    lines = lines_of(glyphs)
    if not lines:
        return ""
    inner = right - max(0.0, min(line.x0 for line in lines) - left)
    text = lines[0].text
    for above, line in pairwise(lines):
        full = inner - above.x1 <= line.first_width + 0.1 * line.size
        text = wrapped(text, above, line, inner) if full else f"{text} {line.text}"
    return text
