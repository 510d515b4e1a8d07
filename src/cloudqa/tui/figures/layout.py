"""How wide the columns of the table are, and a row as pieces of text of exactly those widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.cells import cell_len

from cloudqa.tui.figures.bars import cut
from cloudqa.tui.figures.listing import Extent, Listing
from cloudqa.tui.figures.rows import GROWTH_COLUMNS, Column, FigureRow

GAP = 2
"""Blank cells after each column."""

_NAMES = (Column.SUBJECT, Column.METRIC)
_WIDEST_NAME, _NARROWEST_NAME = 40, 10
_WIDEST_TEXT, _NARROWEST_TEXT = 28, 12
_WIDEST_UNIT = 16


@dataclass(frozen=True, slots=True)
class Slot:
    """A column where it stands.

    Attributes:
        column: Which one.
        start: Its first cell.
        width: Its cells, the gap after it left out.
        extent: How wide its texts are.
    """

    column: Column
    start: int
    width: int
    extent: Extent

    @property
    def end(self) -> int:
        """The cell after the gap."""
        return self.start + self.width + GAP


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The columns of a table from left to right."""

    slots: tuple[Slot, ...]

    @property
    def width(self) -> int:
        """All cells."""
        return self.slots[-1].end if self.slots else 0

    def column_at(self, cell: int) -> Column | None:
        """The column that a cell lies in, its gap included."""
        return next((slot.column for slot in self.slots if slot.start <= cell < slot.end), None)


def lay_out(listing: Listing, headings: Mapping[Column, str], room: int) -> TableLayout:
    """The columns as wide as their texts; names give way first where there is not room for all.

    Args:
        listing: What is shown.
        headings: The heading of each column.
        room: Cells that there are; a table that needs more is scrolled.
    """
    widths = {column: _natural(listing, column, headings[column]) for column in listing.columns}
    for column in sorted(_NAMES, key=lambda name: -widths[name]):
        over = sum(widths.values()) + GAP * len(widths) - room
        others = [name for name in _NAMES if name is not column]
        share = over if widths[column] - over >= max(widths[name] for name in others) else (over + 1) // 2
        if over > 0:
            widths[column] = max(widths[column] - share, min(widths[column], _NARROWEST_NAME))
    slots: list[Slot] = []
    start = 0
    for column, width in widths.items():
        slots.append(Slot(column, start, width, listing.extents[column]))
        start = slots[-1].end
    return TableLayout(tuple(slots))


def _natural(listing: Listing, column: Column, heading: str) -> int:
    cells = listing.extents[column].cells
    if column in _NAMES:
        cells = min(cells, _WIDEST_NAME)
    elif column is Column.UNIT:
        cells = min(cells, _WIDEST_UNIT)
    elif column is Column.VALUE:
        texts = listing.extents[column].text
        cells = max(cells, min(texts, _WIDEST_TEXT if cells < _NARROWEST_TEXT else max(cells, _NARROWEST_TEXT)))
    return max(cells, cell_len(heading))


def row_cells(row: FigureRow, layout: TableLayout) -> Iterator[tuple[Column, str]]:
    """The texts of a row, each exactly as wide as its column and the gap after it."""
    for slot in layout.slots:
        yield slot.column, _cell(row, slot) + " " * GAP


def heading_cells(layout: TableLayout, headings: Mapping[Column, str]) -> Iterator[tuple[Column, str]]:
    """The headings, those of figures at the right end of their column."""
    for slot in layout.slots:
        heading = cut(headings[slot.column], min(slot.width, cell_len(headings[slot.column])))
        blanks = " " * (slot.width - cell_len(heading))
        at_right = slot.column is Column.VALUE or slot.column in GROWTH_COLUMNS
        yield slot.column, (blanks + heading if at_right else heading + blanks) + " " * GAP


def _cell(row: FigureRow, slot: Slot) -> str:
    match slot.column:
        case Column.SUBJECT:
            return cut(row.subject, slot.width)
        case Column.METRIC:
            return cut(row.metric, slot.width)
        case Column.PERIOD:
            return cut(row.period, slot.width)
        case Column.VALUE if row.figure is not None:
            return _at_point(row.figure.whole, row.figure.fraction, slot)
        case Column.VALUE:
            return cut(row.text, slot.width)
        case Column.UNIT:
            return cut(row.unit, slot.width)
        case Column.REPORT:
            return cut(row.fact.report, slot.width)
        case _:
            growth = row.growth.get(GROWTH_COLUMNS[slot.column])
            whole, point, rest = growth.text.partition(".") if growth is not None else ("", "", "")
            return _at_point(whole, point + rest, slot)


def _at_point(whole: str, fraction: str, slot: Slot) -> str:
    """A figure whose decimal point stands where those of all others in its column stand."""
    blanks = slot.width - slot.extent.fraction - cell_len(whole)
    return " " * blanks + whole + fraction + " " * (slot.extent.fraction - cell_len(fraction))
