"""Sheets of cells to canonical text: rows as tab-separated lines, blocks of rows as tables, lone cells as text.

A row without any text ends a block. Cells that stand alone in the rows above a table are its caption, those below it
that read as notes are its notes; a block of nothing but lone cells is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cloudqa.documents.blocks import Block, Role
from cloudqa.documents.model import RawCell, Span
from cloudqa.documents.surroundings import is_note, is_unit_line
from cloudqa.documents.writing import CanonicalWriter

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its 0-based number in the sheet and its cells from the sheet's first column on, "" for a blank one.

    A row may be shorter than the others.
    """

    number: int
    cells: tuple[str, ...]

    def filled(self) -> list[int]:
        """The columns that hold text."""
        return [column for column, text in enumerate(self.cells) if text]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell: the last row and the last column that it covers, both 0-based and included."""

    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes:
        name: Its heading, "" for none.
        rows: In order, blank ones may be left out.
        merges: Merged cells by (row, column) of their first cell.
    """

    name: str
    rows: Iterable[Row]
    merges: Mapping[tuple[int, int], Merge] = field(default_factory=dict)


def cell_line(text: str) -> str:
    """A cell's text in one line: tabs, line ends and runs of blanks as one blank."""
    return _BLANKS.sub(" ", text).strip()


def write_sheets(title: str, sheets: Iterable[Sheet], *, rectangular: bool) -> tuple[str, list[Block]]:
    """The canonical text of a file of sheets, and its blocks.

    Args:
        title: Heading of the whole; the file's name.
        sheets: In order; one without any text leaves nothing behind.
        rectangular: What a row lacks are blank cells; else its line ends early, as that of a row with too few cells.
    """
    writer = _SheetWriter(rectangular)
    writer.heading(cell_line(title) or "-", 1)
    for sheet in sheets:
        name = cell_line(sheet.name)
        for lines in _runs(sheet):
            if name:
                writer.heading(name, 2)
                name = ""
            writer.run(lines, sheet.merges)
    return writer.text(), writer.blocks


def _runs(sheet: Sheet) -> Iterator[list[Row]]:
    """The rows with text, parted where rows without text lie between that no merged cell covers."""
    reaches: dict[int, int] = {}
    for (first, _), merge in sheet.merges.items():
        reaches[first] = max(reaches.get(first, first), merge.last_row)
    lines: list[Row] = []
    covered, before = -1, -1
    for row in sheet.rows:
        if not any(row.cells):
            continue
        if lines and max(before, covered) < row.number - 1:
            yield lines
            lines = []
        lines.append(row)
        before, covered = row.number, max(covered, reaches.get(row.number, -1))
    if lines:
        yield lines


class _SheetWriter(CanonicalWriter):
    """Writes headings and runs of rows, a blank line after each."""

    def __init__(self, rectangular: bool) -> None:
        super().__init__()
        self._rectangular = rectangular

    def heading(self, title: str, weight: int) -> None:
        """A heading in a line of its own."""
        place = self._write(title)
        self._write("\n\n")
        self.blocks.append(Block(Role.HEADING, (place,), title, weight=weight))

    def run(self, lines: Sequence[Row], merges: Mapping[tuple[int, int], Merge]) -> None:
        """Rows without a gap: a table with the lone cells above and below it, or text."""
        first, last = _table_bounds(lines, merges)
        for row in lines[:first]:
            self._lone(row, strong=first < last)
        if first < last:
            self._table(lines[first:last], merges)
        for row in lines[last:]:
            self._lone(row, strong=False)
        self._write("\n")

    def _lone(self, row: Row, *, strong: bool) -> None:
        line = row.cells[row.filled()[0]]
        place = self._write(line)
        self._write("\n")
        self.blocks.append(Block(Role.PROSE, (place,), line, strong=strong))

    def _table(self, lines: Sequence[Row], merges: Mapping[tuple[int, int], Merge]) -> None:
        low = min(row.filled()[0] for row in lines)
        high = max(row.filled()[-1] for row in lines)
        start = self._length
        numbers = [row.number for row in lines]
        rows = tuple(tuple(self._cells(row, index, (low, high), numbers, merges)) for index, row in enumerate(lines))
        self.blocks.append(Block(Role.GRID, (Span(start, self._length - 1),), "", grid=rows))

    def _cells(
        self,
        row: Row,
        index: int,
        columns: tuple[int, int],
        numbers: Sequence[int],
        merges: Mapping[tuple[int, int], Merge],
    ) -> Iterator[RawCell]:
        """Writes a row; cells that it lacks stand, empty, at its end."""
        low, high = columns
        for column in range(low, high + 1):
            given = column < len(row.cells)
            if column > low and (given or self._rectangular):
                self._write("\t")
            text = row.cells[column] if given else ""
            merge = merges.get((row.number, column)) if text and merges else None
            down = 1 if merge is None else bisect_right(numbers, merge.last_row) - index
            across = 1 if merge is None else min(merge.last_column, high) - column + 1
            yield RawCell(text, self._write(text), index, column - low, down, across)
        self._write("\n")


def _table_bounds(lines: Sequence[Row], merges: Mapping[tuple[int, int], Merge]) -> tuple[int, int]:
    """The half-open range of a run's rows that are its table; empty, at the end, where all are lone cells."""
    wide = [len(row.filled()) > 1 for row in lines]
    if not any(wide):
        return len(lines), len(lines)
    low = min(row.filled()[0] for row in lines)
    width = max(row.filled()[-1] for row in lines) - low + 1
    first = 0
    while not wide[first] and not _is_header(lines[first], low, width, merges):
        first += 1
    last = len(lines)
    while not wide[last - 1]:
        last -= 1
    notes = (n for n in range(last, len(lines)) if is_note(lines[n].cells[lines[n].filled()[0]]))
    return first, next(notes, len(lines))


def _is_header(row: Row, low: int, width: int, merges: Mapping[tuple[int, int], Merge]) -> bool:
    """Whether a lone cell above a table is a header over some of its columns, not a caption or a unit for all."""
    column = row.filled()[0]
    if column == low or is_unit_line(row.cells[column]):
        return False
    return width == 2 or (row.number, column) in merges
