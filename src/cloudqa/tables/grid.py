"""A raw grid made regular: merged cells filled, marks taken off, header rows and kinds of columns found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.documents import Document, RawCell, RawTable
from cloudqa.quantities import Quantity, find_unit
from cloudqa.tables.cells import Content, ContentKind, read_cell
from cloudqa.tables.model import ColumnKind
from cloudqa.tables.text import close_blanks, note_mark, split_marks

_MOSTLY = 0.6
_MAX_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with what it says by itself.

    Attributes:
        raw: The cell as it stands; of a place that a merged cell covers, the merged cell.
        text: As printed, OCR blanks closed and footnote marks left out.
        marks: The footnote marks.
        content: What it says.
        covered: It repeats a merged cell.
    """

    raw: RawCell
    text: str
    marks: tuple[str, ...]
    content: Content
    covered: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing at all is printed."""
        return not self.raw.text


Grid = tuple[tuple[GridCell, ...], ...]


def read_grid(raw: RawTable, document: Document) -> Grid:
    """The table's cells, each read by itself; merged cells fill the places they cover."""
    known = frozenset(mark for text, _ in raw.notes if (mark := note_mark(text)))
    grid = [[_read(cell, document.text, known) for cell in row] for row in raw.rows]
    for cell in [cell for row in grid for cell in row if cell.raw.row_span > 1 or cell.raw.column_span > 1]:
        _fill(grid, cell)
    return tuple(tuple(row) for row in grid)


def _read(cell: RawCell, source: str, known: frozenset[str]) -> GridCell:
    printed = source[cell.span.start : cell.span.end]
    text, marks = split_marks(printed, known)
    return GridCell(cell, close_blanks(split_marks(cell.text, known)[0]), marks, read_cell(text))


def _fill(grid: list[list[GridCell]], cell: GridCell) -> None:
    for row in range(cell.raw.row, min(cell.raw.row + cell.raw.row_span, len(grid))):
        for column in range(cell.raw.column, min(cell.raw.column + cell.raw.column_span, len(grid[row]))):
            if (row, column) != (cell.raw.row, cell.raw.column) and grid[row][column].raw.text in ("", cell.raw.text):
                grid[row][column] = replace(cell, covered=True)


def count_header_rows(grid: Grid, declared: int) -> int:
    """How many leading rows are header.

    Args:
        grid: The whole grid.
        declared: How many the format itself marks, 0 where it does not say.
    """
    if len(grid) < 2:
        return 0
    count = 0 if _looks_like_data(grid) or _is_card(grid) else declared or 1
    while 0 < count < min(len(grid) - 1, _MAX_HEADER_ROWS) and _continues_header(grid, count):
        count += 1
    return count


def _is_card(grid: Grid) -> bool:
    """Whether a table of two columns pairs names with values from its first row on (注册资本 | 5000万元)."""
    if len(grid[0]) != 2 or grid[0][1].content.kind not in (ContentKind.NUMBER, ContentKind.DATE):
        return False
    value = grid[0][1].content.pieces[0].value
    stated = isinstance(value, Quantity) and value.unit.stated
    kinds = {row[1].content.kind for row in grid}
    return grid[0][0].content.kind is ContentKind.TEXT and stated and len(kinds - {ContentKind.NOTHING}) > 1


def _looks_like_data(grid: Grid) -> bool:
    """Whether the first row holds a figure above a column of figures."""
    for column, cell in enumerate(grid[0]):
        below = [row[column].content.kind for row in grid[1:]]
        figures = sum(kind is ContentKind.NUMBER for kind in below)
        year = cell.text.isdigit() and len(cell.text) == 4
        if cell.content.kind is ContentKind.NUMBER and not year and figures >= _MOSTLY * len(below):
            return True
    return False


def _continues_header(grid: Grid, at: int) -> bool:
    """Whether the row divides merged headers above it further, or states their units."""
    row, above = grid[at], grid[at - 1]
    stated = [cell for cell in row if not cell.blank and not cell.covered]
    if not stated or any(c.content.kind in (ContentKind.NUMBER, ContentKind.PAIRS) for c in stated):
        return False
    if all(find_unit(cell.text) is not None for cell in stated):
        return True
    divided = [
        i for i in range(1, len(row)) if above[i].blank or above[i].covered or above[i].text == above[i - 1].text
    ]
    figures_below = any(c.content.kind is ContentKind.NUMBER for r in grid[at + 1 :] for c in r)
    return bool(divided) and figures_below and any(not row[i].blank for i in divided) and not _repeated(row)


def _repeated(row: Sequence[GridCell]) -> bool:
    """Whether one merged cell fills the row: a group's title, not a header."""
    return len({cell.text for cell in row}) == 1


def header_paths(grid: Grid, count: int) -> list[list[GridCell]]:
    """For each column its header cells from top to bottom; blanks and repetitions left out.

    In a header of several rows a blank cell beside a filled one belongs to the filled one on its left.
    """
    width = len(grid[0]) if grid else 0
    paths: list[list[GridCell]] = [[] for _ in range(width)]
    for number in range(count):
        current: GridCell | None = None
        for column in range(width):
            cell = grid[number][column]
            if not cell.blank:
                current = cell
            elif number == count - 1 or column == 0 or not _has_header_below(grid, number, count, column):
                current = None
            if current is not None and (not paths[column] or paths[column][-1].text != current.text):
                paths[column].append(current)
    return paths


def _has_header_below(grid: Grid, number: int, count: int, column: int) -> bool:
    return any(not grid[below][column].blank for below in range(number + 1, count))


def column_kind(cells: Sequence[GridCell]) -> ColumnKind:
    """What most of the cells are that say anything."""
    kinds = Counter(cell.content.kind for cell in cells if cell.content.kind is not ContentKind.NOTHING)
    total = sum(kinds.values())
    if not total:
        return ColumnKind.EMPTY
    if kinds[ContentKind.NUMBER] >= _MOSTLY * total:
        return ColumnKind.NUMBER
    return ColumnKind.DATE if kinds[ContentKind.DATE] >= _MOSTLY * total else ColumnKind.TEXT
