"""Rows of a report's tables as passages: the row as it stands, its caption, header and unit as context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloudqa.documents import Document, RawCell, RawTable, Span
from cloudqa.passages.pieces import Part, source_part

_FIGURE = re.compile(r"[(（+\-−]?[\d,，]*\d(?:\.\d+)?\s*[%％)）]?")
_UNIT_NOTE = re.compile(r"单位\s*[：:]")
_SPEC_COLUMNS = 6
_SPEC_CELL_CHARS = 24
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class TablePassage:
    """The text of one row or cell, and what is indexed with it."""

    part: Part
    context: str


def row_passages(document: Document, table: RawTable) -> Iterator[TablePassage]:
    """One passage per data row; one per cell where the cells are long texts (a table of specifications)."""
    headers = _header_count(table)
    names = _column_names(table.rows[:headers], len(table.rows[0]))
    about = _about(table)
    body = table.rows[headers:] or table.rows
    by_cell = _is_specification(body)
    for row in body:
        if by_cell and any(cell.text for cell in row[1:]):
            yield from _cells(document, row, names, about)
        else:
            yield from _row(document, row, names, about)


def _header_count(table: RawTable) -> int:
    """How many leading rows are header: as the format marks, else those before the first row with a figure."""
    if table.header_rows:
        return min(table.header_rows, len(table.rows))
    if len(table.rows) < 2 or _has_figures(table.rows[0]):
        return 0
    count = 1
    while count < min(_HEADER_ROWS, len(table.rows) - 1) and _goes_on_as_header(table.rows, count):
        count += 1
    return count


def _goes_on_as_header(rows: Sequence[Sequence[RawCell]], at: int) -> bool:
    """Whether a row is a further header row: no label of its own, no figure, and rows with figures below."""
    label, *cells = rows[at]
    return not label.text and not _has_figures(rows[at]) and any(cell.text for cell in cells)


def _has_figures(row: Sequence[RawCell]) -> bool:
    return any(_FIGURE.fullmatch(cell.text) for cell in row[1:])


def _column_names(header: Sequence[Sequence[RawCell]], width: int) -> list[str]:
    """The name over each column, outermost header first; a merged header cell names all its columns."""
    names: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        for cell in row:
            for column in range(cell.column, min(width, cell.column + cell.column_span)):
                if cell.text and cell.text not in names[column]:
                    names[column].append(cell.text)
    return [" ".join(parts) for parts in names]


def _about(table: RawTable) -> str:
    units = [note for note, _ in table.notes if _UNIT_NOTE.search(note)]
    return " ".join(part for part in (table.caption, *units) if part)


def _is_specification(rows: Sequence[Sequence[RawCell]]) -> bool:
    cells = [cell.text for row in rows for cell in row[1:] if cell.text]
    return bool(cells) and len(rows[0]) <= _SPEC_COLUMNS and sum(map(len, cells)) > _SPEC_CELL_CHARS * len(cells)


def _row(document: Document, row: Sequence[RawCell], names: Sequence[str], about: str) -> Iterator[TablePassage]:
    filled = [cell for cell in row if cell.text]
    if not filled:
        return
    span = Span(filled[0].span.start, filled[-1].span.end)
    text = document.text[span.start : span.end]
    part = Part(text, ((0, len(text)),), ((0, len(text), span),))
    header = " ".join(name for name in names if name)
    yield TablePassage(part, "\n".join(line for line in (about, header) if line))


def _cells(document: Document, row: Sequence[RawCell], names: Sequence[str], about: str) -> Iterator[TablePassage]:
    label = row[0].text
    for cell in row[1:]:
        if cell.text:
            heads = " ".join(part for part in (names[0], label, names[cell.column]) if part)
            context = "\n".join(line for line in (about, heads) if line)
            yield TablePassage(source_part(document.text, cell.span), context)
