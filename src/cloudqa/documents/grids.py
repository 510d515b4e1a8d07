"""Grids: tab-separated lines and pipe tables as rectangular rows of cells, each with its place."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from cloudqa.documents.blocks import Block, Role, trimmed
from cloudqa.documents.model import RawCell, Span

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLANKS = re.compile(r"\s+")
_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*")
_FIGURE = re.compile(r"\s*[(（+\-−]?\d[\d,.]*\s*[%％)）]?\s*")
_BAR = re.compile(r"(?<!\\)\|")

Cells = list[tuple[str, Span]]


def cell_text(source: str) -> str:
    """A cell's source for reading: tags, bold marks and escapes resolved, runs of blanks as one blank."""
    text = _TAG.sub(" ", source) if "<" in source else source
    if "&" in text:
        text = html.unescape(text)
    text = text.replace("\\|", "|").replace("**", "")
    return _BLANKS.sub(" ", text).strip()


def tab_grid(text: str, lines: Sequence[Span]) -> Block | None:
    """The table that consecutive lines make, or None where they are no table.

    A line without a tab between lines with tabs goes on in the last cell of the line before it.

    Args:
        text: The canonical text.
        lines: Spans of the lines, line ends left out; the first and the last hold a tab.
    """
    counts = [text.count("\t", line.start, line.end) for line in lines]
    inner = any("\t" in text[line.start : line.end].strip() for line in lines)
    if not inner or sum(1 for c in counts if c) < 2:
        return None
    return make_grid(text, [_tab_cells(text, row) for row in _whole_rows(text, lines, counts)])


def _whole_rows(text: str, lines: Sequence[Span], counts: Sequence[int]) -> list[Span]:
    """Lines, with a row that is wrapped over several lines as one span; only a header wraps inside its cells."""
    tally = Counter(c for c in counts if c)
    usual = max(tally, key=lambda count: (tally[count], count))
    rows: list[Span] = []
    tabs: list[int] = []
    for line, count in zip(lines, counts, strict=True):
        header = len(rows) == 1 and 0 < tabs[-1] < usual and tabs[-1] + count <= usual
        if rows and (count == 0 or (header and not _has_figure(text, line))):
            rows[-1] = Span(rows[-1].start, line.end)
            tabs[-1] += count
        else:
            rows.append(line)
            tabs.append(count)
    return rows


def _has_figure(text: str, line: Span) -> bool:
    return any(_FIGURE.fullmatch(part) for part in text[line.start : line.end].split("\t"))


def _tab_cells(text: str, row: Span) -> Cells:
    cells: Cells = []
    at = row.start
    for part in text[row.start : row.end].split("\t"):
        cells.append(_cell(text, at, at + len(part)))
        at += len(part) + 1
    return cells


def _cell(text: str, start: int, end: int) -> tuple[str, Span]:
    span = trimmed(text, start, end)
    source = text[span.start : span.end]
    if len(source) > 4 and source.startswith("**") and source.endswith("**") and source.count("**") == 2:
        span = Span(span.start + 2, span.end - 2)
    return cell_text(source), span


def is_delimiter(line: str) -> bool:
    """Whether a line is the ``|---|:--:|`` line below the header of a pipe table."""
    if "-" not in line or "|" not in line:
        return False
    cells = line.strip().strip("|").split("|")
    return all(_DELIMITER_CELL.fullmatch(cell) for cell in cells)


def is_pipe_row(line: str) -> bool:
    """Whether a line begins and ends with a bar, as rows of a pipe table do."""
    bare = line.strip()
    return len(bare) > 2 and bare[0] == "|" and bare[-1] == "|"


def pipe_grid(text: str, lines: Sequence[Span]) -> Block | None:
    """The pipe table that consecutive lines make; rows above the first delimiter line are its header."""
    rows: list[Cells] = []
    header_rows = 0
    for line in lines:
        if is_delimiter(text[line.start : line.end]):
            header_rows = header_rows or len(rows)
        else:
            rows.append(_pipe_cells(text, line))
    block = make_grid(text, rows)
    return replace(block, header_rows=header_rows) if block else None


def _pipe_cells(text: str, line: Span) -> Cells:
    span = trimmed(text, line.start, line.end)
    source = text[span.start : span.end]
    bars = [span.start + m.start() for m in _BAR.finditer(source)]
    edges = ([] if source.startswith("|") else [span.start - 1]) + bars
    if not bars or bars[-1] != span.end - 1:
        edges.append(span.end)
    return [_cell(text, low + 1, high) for low, high in pairwise(edges)]


def make_grid(text: str, rows: Iterable[Cells]) -> Block | None:
    """A GRID block of the rows, blank cells added to short ones; None where no cell holds anything."""
    filled = [cells for cells in rows if cells]
    if not any(cell for cells in filled for cell, _ in cells):
        return None
    width = max(map(len, filled))
    grid = tuple(_raw_row(cells, number, width) for number, cells in enumerate(filled))
    span = Span(filled[0][0][1].start, max(where.end for _, where in filled[-1]))
    return Block(Role.GRID, (span,), "", grid=grid)


def _raw_row(cells: Cells, number: int, width: int) -> tuple[RawCell, ...]:
    end = cells[-1][1].end
    padded = cells + [("", Span(end, end))] * (width - len(cells))
    return tuple(RawCell(cell, where, number, column) for column, (cell, where) in enumerate(padded))


def goes_on(run: Sequence[Block], second: Block) -> bool:
    """Whether a table goes on with the one that a page break parted from it; ``run`` is that one's parts so far.

    It does where the widths agree and it repeats the header or begins with a row like the last: figures where that
    has figures.
    """
    first = run[0]
    if len(first.grid[0]) != len(second.grid[0]) or len(first.grid) < 2:
        return False
    return _repeats_header(first, second) or (not second.header_rows and _alike(run[-1].grid[-1], second.grid[0]))


def _repeats_header(first: Block, second: Block) -> bool:
    return [cell.text for cell in first.grid[0]] == [cell.text for cell in second.grid[0]]


def whole_grid(run: Sequence[Block]) -> Block:
    """One table of its parts, repeated headers left out."""
    rows = list(run[0].grid)
    for part in run[1:]:
        for row in part.grid[1:] if _repeats_header(run[0], part) else part.grid:
            rows.append(tuple(replace(cell, row=len(rows)) for cell in row))
    return replace(run[0], grid=tuple(rows), pieces=(Span(run[0].span.start, run[-1].span.end),))


def _alike(row: Sequence[RawCell], other: Sequence[RawCell]) -> bool:
    kinds = [bool(re.match(r"[\d(（+\-−]", cell.text)) for cell in row]
    others = [bool(re.match(r"[\d(（+\-−]", cell.text)) for cell in other]
    return any(kinds[1:]) and kinds[1:] == others[1:]
