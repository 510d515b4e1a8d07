"""Tables of plain text drawn with box characters or with plus signs and bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cloudqa.documents.blocks import trimmed
from cloudqa.documents.found_tables import FoundTable, found_grid, unclear_lines
from cloudqa.documents.grids import Cells, cell_text, make_grid
from cloudqa.documents.model import Span

_BARS = re.compile(r"[│┃║|｜]")
_BORDER = re.compile(r"[\s│┃║|｜+\-=─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯]+")
_DRAWN = re.compile(r"[─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛]|\+[-=]{2,}")


def is_border(line: str) -> bool:
    """Whether a line draws the upper, lower or an inner edge of a table and holds nothing else."""
    return _DRAWN.search(line) is not None and _BORDER.fullmatch(line) is not None


def find_drawn(text: str, lines: Sequence[Span], at: int) -> FoundTable | None:
    """A table drawn with lines of box characters; where they part all rows, the lines between two are one row."""
    groups: list[list[Span]] = [[]]
    end = at
    while end < len(lines):
        line = text[lines[end].start : lines[end].end]
        if not line.strip():
            break
        if is_border(line):
            groups.append([])
        elif _BARS.search(line):
            groups[-1].append(lines[end])
        else:
            break
        end += 1
    groups = [group for group in groups if group]
    rows = [_drawn_row(text, group) for group in groups] if len(groups) > 2 else None
    if rows is None or any(row is None for row in rows):
        rows = [_drawn_row(text, [line]) for group in groups for line in group]
    if len(rows) < 2 or any(row is None for row in rows) or len({len(row) for row in rows if row}) > 1:
        return unclear_lines(text, lines, at, end) if end > at + 2 else None
    if any(not row[0][0] for row in rows[1:] if row) and len(groups) <= 2:
        return unclear_lines(text, lines, at, end)
    return found_grid(make_grid(text, [row for row in rows if row]), end)


def _drawn_row(text: str, group: Sequence[Span]) -> Cells | None:
    """The cells of the lines of one row, None where a cell goes on over several lines with figures in them."""
    parts = [_bar_cells(text, line) for line in group]
    if len({len(row) for row in parts}) != 1:
        return None
    row: Cells = []
    for column in zip(*parts, strict=True):
        filled = [cell for cell in column if cell[0]]
        if len(filled) > 1 and any(any(c.isdecimal() for c in cell) for cell, _ in filled):
            return None
        row.append(("".join(cell for cell, _ in filled), filled[0][1]) if filled else column[0])
    return row


def _bar_cells(text: str, line: Span) -> Cells:
    marks = [m.start() for m in _BARS.finditer(text, line.start, line.end)]
    span = trimmed(text, line.start, line.end)
    edges = [mark for mark in marks if span.start <= mark < span.end]
    starts = ([] if edges and edges[0] == span.start else [span.start - 1]) + edges
    if not edges or edges[-1] != span.end - 1:
        starts.append(span.end)
    cells: Cells = []
    for low, high in pairwise(starts):
        inner = trimmed(text, low + 1, high)
        cells.append((cell_text(text[inner.start : inner.end]), inner))
    return cells
