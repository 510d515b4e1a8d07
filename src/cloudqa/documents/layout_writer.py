"""Reports that a format lays out (HTML, Word, PDF) as canonical text: a paragraph a line, a table row a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role, ends_sentence
from cloudqa.documents.model import RawCell, Span
from cloudqa.documents.surroundings import is_note
from cloudqa.documents.writing import CanonicalWriter

_TITLE_ROW_CHARS = 80
_BLANKS = re.compile(r"[\s\x00-\x08]+")


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell at its place in a grid: 0-based row and column, how many of each it covers, its 1-based page if any."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and what its format says of it; see :class:`Block` for the meanings.

    Attributes:
        mark: What stands before the text and is no part of it (a bullet, a number that the format makes).
    """

    text: str
    role: Role = Role.PROSE
    weight: int = BOLD_WEIGHT
    strong: bool = False
    bullet: bool = False
    indent: int = 0
    mark: str = ""


class LayoutWriter(CanonicalWriter):
    """Writes lines and grids, one below the other."""

    def line(self, line: Line) -> None:
        """One line with its mark; nothing where it holds no text."""
        text = _BLANKS.sub(" ", line.text).strip()
        if not text:
            return
        self._write(" " * line.indent + line.mark)
        place = self._write(text)
        self._write("\n")
        self.blocks.append(
            Block(
                line.role, (place,), text,
                weight=line.weight, strong=line.strong, bullet=line.bullet, indent=line.indent,
            )
        )  # fmt: skip

    def grid(self, cells: Iterable[PlacedCell], header_rows: int = 0) -> None:
        """One line a row, tabs between its cells; a merged cell at its first row and column.

        Rows of one cell as wide as the table that stand above its header are lines above it (its title, its unit);
        those below its last row that read as notes are lines below it.
        """
        above, body, below = part_full_rows(list(cells))
        for cell in above:
            self.line(Line(cell.text, strong=True))
        if any(cell.text for cell in body):
            self._grid(body, max(0, header_rows - len(above)))
        for cell in below:
            self.line(Line(cell.text))

    def _grid(self, cells: Sequence[PlacedCell], header_rows: int) -> None:
        height = max(cell.row for cell in cells) + 1
        width = max(cell.column for cell in cells) + 1
        placed = {(cell.row, cell.column): cell for cell in cells}
        start = self._length
        grid = tuple(self._row(placed, row, (height, width)) for row in range(height))
        shown = header_rows if header_rows < height else 0
        self.blocks.append(Block(Role.GRID, (Span(start, self._length - 1),), "", grid=grid, header_rows=shown))

    def _begin_row(self, page: int) -> None:
        """Called before a row is written that stands on a page, 0 where the format has none."""

    def _row(self, placed: dict[tuple[int, int], PlacedCell], row: int, size: tuple[int, int]) -> tuple[RawCell, ...]:
        height, width = size
        cells: list[RawCell] = []
        self._begin_row(next((cell.page for c in range(width) if (cell := placed.get((row, c)))), 0))
        for column in range(width):
            if column:
                self._write("\t")
            cell = placed.get((row, column), PlacedCell("", row, column))
            down, across = min(cell.row_span, height - row), min(cell.column_span, width - column)
            text = _BLANKS.sub(" ", cell.text).strip()
            cells.append(RawCell(text, self._write(text), row, column, max(1, down), max(1, across)))
        self._write("\n")
        return tuple(cells)


def part_full_rows(cells: list[PlacedCell]) -> tuple[list[PlacedCell], list[PlacedCell], list[PlacedCell]]:
    """The cells of title rows above a table's header, of the table itself, of note rows below it."""
    if not cells:
        return [], [], []
    width = max(cell.column for cell in cells) + 1
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    numbers = sorted(rows)
    first, last = 0, len(numbers)
    while last - first > 2 and _is_title_row(rows[numbers[first]], width):
        first += 1
    while last - first > 1 and _is_note_row(rows[numbers[last - 1]], width):
        last -= 1
    above = [cell for number in numbers[:first] for cell in rows[number] if cell.text]
    below = [cell for number in numbers[last:] for cell in rows[number] if cell.text]
    body = [
        replace(cell, row=at)
        for at, number in enumerate(numbers[first:last])
        for cell in rows[number]
    ]  # fmt: skip
    return above, body, below


def _full_cell(row: Sequence[PlacedCell], width: int) -> PlacedCell | None:
    """The one merged cell that fills a row of a table of several columns, None where there is none."""
    filled = [cell for cell in row if cell.text]
    if width < 2 or len(filled) != 1 or filled[0].column or filled[0].column_span < width or filled[0].row_span > 1:
        return None
    return filled[0]


def _is_title_row(row: Sequence[PlacedCell], width: int) -> bool:
    cell = _full_cell(row, width)
    return cell is not None and len(cell.text) <= _TITLE_ROW_CHARS and not ends_sentence(cell.text)


def _is_note_row(row: Sequence[PlacedCell], width: int) -> bool:
    cell = _full_cell(row, width)
    return cell is not None and (is_note(cell.text) or ends_sentence(cell.text))
