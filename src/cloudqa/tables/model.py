"""A table as it was understood: what each column, row and cell is, and what could not be understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents import Span
from cloudqa.quantities import Period, Quantity, Unit


class CellRole(StrEnum):
    """What a cell does in its table; every cell has exactly one."""

    HEADER = "header"  # part of a column's header path
    LABEL = "label"  # names its row, or the rows below it
    FACT = "fact"  # states one or several values
    NOTHING = "nothing"  # states that, or why, there is no value
    NOT_UNDERSTOOD = "not_understood"


class Absence(StrEnum):
    """The four ways of not giving a figure; a printed zero is none of them."""

    BLANK = "blank"
    DASH = "dash"  # —: usually "does not apply"
    NOT_AVAILABLE = "not_available"  # N/A, 未披露
    NONE_WORD = "none_word"  # a literal None, null, nan


class ColumnRole(StrEnum):
    """What a column holds."""

    KEY = "key"  # part of what identifies a row
    VALUE = "value"
    ORDINAL = "ordinal"  # 序号, 名次: numbers the rows; still a value that can be asked for


class ColumnKind(StrEnum):
    """What most cells of a column are."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Specification:
    """One ``key: value`` pair inside a cell.

    Attributes:
        key: What is specified (可用性), "" where the cell is one plain value.
        value: A figure, a date, or the text as printed.
        text: The printed value (99.95%).
        span: Key and value together as printed: the shortest quote that proves it.
        value_span: The value alone.
    """

    key: str
    value: Quantity | Period | str
    text: str
    span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        row: 0-based row of the grid, header rows included.
        column: 0-based column.
        text: As printed, footnote marks left out.
        span: Where the printed text stands (marks included); empty for a blank cell.
        role: What it does.
        values: What a fact cell states: one entry, several for a cell of specifications, () otherwise.
        absence: Which kind of nothing, for :attr:`CellRole.NOTHING` only.
        marks: Footnote marks printed in the cell, without brackets ("①", "1").
    """

    row: int
    column: int
    text: str
    span: Span
    role: CellRole
    values: tuple[Specification, ...] = ()
    absence: Absence | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        index: 0-based.
        path: The header cells above it from top to bottom, OCR blanks closed, footnote marks left out.
        metric: What its values measure: the path without unit, period and entity; "" where the rows say it.
        unit: Unit stated in the header, caption or title; None if none is.
        period: Period stated in the header.
        entity: What is left of a header that holds a period beside a name (甲公司 2015年末), "" otherwise.
        role: Key or value.
        kind: What most of its cells are.
        headers: Where the header cells stand.
    """

    index: int
    path: tuple[str, ...]
    metric: str
    unit: Unit | None
    period: Period | None
    entity: str
    role: ColumnRole
    kind: ColumnKind
    headers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One data row.

    Attributes:
        index: 0-based row of the grid.
        keys: (column header, printed value) of its key columns; the first one is the row's label.
        labels: Where those key cells stand.
        group: Label of the row group it stands in, "" if none.
        metric: What the row measures, for tables with metrics in the rows; "" otherwise.
        unit: Unit stated in the row's label.
        period: Period stated in the row's label or in a period column.
        entity: What the row is about, as far as its keys say it; "" otherwise.
        total: It sums up other rows (合计) and is no member of the data.
    """

    index: int
    keys: tuple[tuple[str, str], ...]
    labels: tuple[Span, ...]
    group: str = ""
    metric: str = ""
    unit: Unit | None = None
    period: Period | None = None
    entity: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a table inherits from what stands around it.

    Attributes:
        texts: Caption, then section titles from the innermost outwards, then the report's title.
        period: The one period that caption or section title names (年月 of 2021年09月…表), None if none or several.
        subject: Caption or section title without period, unit, numbering and words such as 表 or 如下.
        fiscal: Whether the table's years are fiscal ones; None where nothing says so.
    """

    texts: tuple[str, ...]
    period: Period | None
    subject: str
    fiscal: bool | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark ("①", "" for a general note), its text and place."""

    mark: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was understood.

    Attributes:
        report: Id of its report.
        index: 0-based number of the table in the report.
        section: Titles from the outermost section down.
        caption: Its caption or introducing line, "" if none.
        span: The whole grid.
        header_rows: Number of leading header rows.
        columns: Left to right.
        rows: Data rows from top to bottom, total rows included.
        cells: Row by row, every cell of the grid.
        context: What it inherits.
        notes: Footnotes.
        not_understood: One sentence for each thing that was not understood, naming its place.
    """

    report: str
    index: int
    section: tuple[str, ...]
    caption: str
    span: Span
    header_rows: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell, ...], ...]
    context: Context
    notes: tuple[Note, ...] = ()
    not_understood: tuple[str, ...] = ()
