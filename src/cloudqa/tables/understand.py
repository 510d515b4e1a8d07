"""A raw table understood: every cell a fact, a header, a label, nothing, or named as not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cloudqa.documents import Document, RawTable, Span
from cloudqa.language import normal_text
from cloudqa.tables.cell_roles import read_cells
from cloudqa.tables.columns import ReadColumn, read_columns
from cloudqa.tables.context import table_context
from cloudqa.tables.grid import Grid, count_header_rows, read_grid
from cloudqa.tables.headers import Header, parse_header
from cloudqa.tables.layout import Reading, choose_reading
from cloudqa.tables.measured import stated_columns
from cloudqa.tables.model import ColumnRole, Note, Row, Table
from cloudqa.tables.row_periods import row_period
from cloudqa.tables.text import note_mark

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总和|合\s?计数|全部合计|平均|均值|平均值|总数|total|sub-?total|grand total|sum|average|"
    r"mean)(?:[（(].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A grid with everything that its rows are read by."""

    grid: Grid
    columns: tuple[ReadColumn, ...]
    reading: Reading
    caption: Header


def understand_table(raw: RawTable, document: Document) -> Table:
    """The table as it is understood; nothing is guessed, and what is not understood is named.

    Args:
        raw: The grid, rectangular.
        document: Its report, for headings and for the places of what stands inside a cell.
    """
    grid = read_grid(raw, document)
    header_rows = count_header_rows(grid, raw.header_rows)
    body = range(header_rows, len(grid))
    titles = [row for row in body if _is_group_title(grid, row)]
    members = [row for row in body if row not in set(titles) and not is_total(_first_text(grid, row))]
    columns = read_columns(grid, header_rows, members)
    context, caption = table_context(document, raw)
    frame = _Frame(grid, columns, choose_reading(columns, grid, members, caption), caption)
    rows = _rows(frame, [row for row in body if row not in set(titles)], titles)
    stated = stated_columns(columns, frame.reading, caption)
    cells, problems = read_cells(grid, header_rows, columns, stated, rows)
    return Table(
        document.report, raw.index, document.section_path(raw.section), raw.caption, raw.span, header_rows, stated,
        rows, cells, context, tuple(Note(note_mark(text), text, span) for text, span in raw.notes), problems,
    )  # fmt: skip


@lru_cache(maxsize=16384)
def is_total(label: str) -> bool:
    """Whether a row or column label says that it sums up or averages the others."""
    return _TOTAL.fullmatch(normal_text(label).replace(" ", "")) is not None


def _first_text(grid: Grid, row: int) -> str:
    return next((cell.text for cell in grid[row] if not cell.blank), "")


def _is_group_title(grid: Grid, row: int) -> bool:
    """Whether only the first cell says something, or one merged cell fills the row."""
    cells = grid[row]
    if len(cells) < 3 or cells[0].blank or not (cells[1].blank or cells[1].covered):
        return False
    return all(cell.blank for cell in cells[1:]) or (len({c.text for c in cells}) == 1 and cells[1].covered)


def _rows(frame: _Frame, numbers: Sequence[int], titles: Sequence[int]) -> tuple[Row, ...]:
    rows: list[Row] = []
    carried: dict[int, int] = {}
    for number in numbers:
        group = max((title for title in titles if title < number), default=None)
        rows.append(_row(frame, number, "" if group is None else frame.grid[group][0].text, carried))
    return tuple(rows)


def _row(frame: _Frame, number: int, group: str, carried: dict[int, int]) -> Row:
    """One row; ``carried`` maps key columns to the last row that printed them, for labels printed once per group."""
    keys: list[tuple[str, str]] = []
    spans: list[Span] = []
    metric = Header("")
    entity = ""
    for column in (c for c in frame.columns if c.role is ColumnRole.KEY):
        cell = frame.grid[_label_row(frame, number, column.index, carried)][column.index]
        if cell.blank:
            continue
        keys.append((column.header.words or column.title, cell.text))
        spans.append(cell.raw.span)
        label = parse_header(cell.text)
        if column.index == frame.reading.metric_key:
            metric = label
        elif not entity and label.period is None:
            entity = label.words
    total = is_total(_first_text(frame.grid, number))
    period = row_period(frame.grid[number], frame.columns) or metric.period
    return Row(
        number, tuple(keys), tuple(spans), group, metric.words, metric.unit, period, "" if total else entity, total
    )


def _label_row(frame: _Frame, number: int, column: int, carried: dict[int, int]) -> int:
    """The row that prints the label: this one, or the one above where a label is printed once for several rows."""
    if not frame.grid[number][column].blank:
        carried[column] = number
        for later in [c for c in carried if c > column]:
            del carried[later]
    return carried.get(column, number)
