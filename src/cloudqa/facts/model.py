"""A fact: one value that a report states, with what it belongs to and the place that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents import Span
from cloudqa.quantities import Period, Quantity, Unit
from cloudqa.tables import Absence

EXCHANGE_RATE = "汇率"
"""The metric of a rate that a text states (1美元兑6.65元)."""


class FactSource(StrEnum):
    """What a fact was read from."""

    CELL = "cell"
    SPECIFICATION = "specification"  # a ``key: value`` pair inside a cell
    SENTENCE = "sentence"
    LIST = "list"  # one member of "甲、乙分别为1家、2家"


class Measure(StrEnum):
    """What a figure says about its metric."""

    LEVEL = "level"  # the metric itself: 收入为24.31亿元
    GROWTH = "growth"  # relative change: 同比增长96%
    CHANGE = "change"  # absolute change: 增加13.7万
    REVISION = "revision"  # relative change of an expectation: 调高14%
    CAGR = "cagr"  # compound growth per year
    SHARE = "share"  # a part of a whole: 占…的80%


class Comparison(StrEnum):
    """What a growth or change is measured against."""

    NONE = "none"
    YEAR_AGO = "year_ago"  # 同比
    PREVIOUS = "previous"  # 环比
    BASE = "base"  # a period or value that the text names (see Fact.base)


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated value.

    Attributes:
        id: "report:t0:r3:c1:0" for a cell (last: number within the cell), "report:s120:0" for a sentence
            (offset of its clause, number within it).
        report: Id of its report.
        source: What it was read from.
        table: 0-based table of the report, None for a sentence.
        row: 0-based row, header rows included; None for a sentence.
        column: 0-based column; None for a sentence.
        keys: (column header, printed value) of everything that identifies the table row, in column order.
        entity: What the value is about (company, product, place); "" where nothing names it.
        metric: What is measured, without unit, period and entity ("云收入", "可用性"); as printed, OCR blanks closed.
        of: The metric that a growth, change or share belongs to, where that is not ``metric`` itself.
        measure: What the figure says about the metric.
        comparison: What a growth or change is measured against.
        base: The period named as the base of a comparison.
        period: The period the value belongs to; fiscal or calendar by the convention of its table or text.
        relative: A period word that could not be resolved (去年同期 without a period to count from), "" otherwise.
        value: A figure (with the unit that its cell, header, caption or clause states), a date, or text. A change
            downwards is negative, also where the text prints 下降5%.
        absence: Why there is no value; then ``value`` is "".
        printed: The value as printed ("(2,145)").
        forecast: It is an expectation (预计, 有望), not a statement of what was.
        total: It stands in a row or column that sums up others (合计).
        speaker: Who says it, where the text names someone, "" otherwise.
        text: The full clause or sentence for a sentence, the row as printed for a cell.
        context: Caption and headings, innermost first, for words of a question that row and column do not contain.
        section: Titles from the outermost section down.
        place: The value's own place.
        quotes: The shortest verbatim quotes that prove it, in reading order; the first holds the value.
        headers: Places of the column headers, for highlighting.
        labels: Places of the row labels, for highlighting.
        notes: Footnotes attached to the value or to its row and header, as printed.
        stated: False for a value that was computed, not read.
    """

    id: str
    report: str
    source: FactSource
    table: int | None
    row: int | None
    column: int | None
    keys: tuple[tuple[str, str], ...]
    entity: str
    metric: str
    value: Quantity | Period | str
    printed: str
    place: Span
    quotes: tuple[Span, ...]
    period: Period | None = None
    relative: str = ""
    of: str = ""
    measure: Measure = Measure.LEVEL
    comparison: Comparison = Comparison.NONE
    base: Period | None = None
    absence: Absence | None = None
    forecast: bool = False
    total: bool = False
    speaker: str = ""
    text: str = ""
    context: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    headers: tuple[Span, ...] = ()
    labels: tuple[Span, ...] = ()
    notes: tuple[tuple[str, Span], ...] = ()
    stated: bool = True


class TermKind(StrEnum):
    """What a term of the vocabulary is; one term may be several."""

    ENTITY = "entity"  # what values are about
    METRIC = "metric"
    LABEL = "label"  # a row label or another key of a row
    CLASS = "class"  # a value of a text column (低风险, 是)
    HEADER = "header"  # a column header as printed
    UNIT = "unit"
    CONTEXT = "context"  # a table's subject: what caption or title says without its period (甲市乙区商品房成交价格)
    NAME = "name"  # a name in running text without a figure: known, but nothing is stated of it in numbers


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary.

    Attributes:
        text: Its normalised spelling.
        display: As the reports print it.
        kind: What it is.
        canonical: Normalised spelling of what it stands for: itself, or the term it is an alias of.
        count: In how many places it occurs.
    """

    text: str
    display: str
    kind: TermKind
    canonical: str
    count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Terms found at one place of a question.

    Attributes:
        start: First offset in the question as the user wrote it, in code points.
        end: Offset after the last character.
        terms: All terms spelled like this, most frequent first, ties by kind and text.
        fuzzy: Not exactly so spelled: one character differs.
        partial: The question's words are a part of the term (a short form); there may be several such terms.
    """

    start: int
    end: int
    terms: tuple[Term, ...]
    fuzzy: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """A column of a stored table: its header, what it measures, and what it holds ("number", "text", "date")."""

    index: int
    header: str
    metric: str
    role: str
    kind: str
    unit: Unit | None
    period: Period | None
    entity: str


@dataclass(frozen=True, slots=True)
class TableSummary:
    """What is stored of a table as a whole.

    Attributes:
        report: Id of its report.
        index: 0-based number in the report.
        section: Titles from the outermost section down.
        caption: Its caption, "" if none.
        subject: Caption or title without period and unit.
        period: The one period that caption or title names.
        fiscal: Whether its years are fiscal; None where nothing says so.
        columns: Left to right.
        roles: Number of cells by role ("fact", "header", "label", "nothing", "not_understood").
        rows: Number of data rows, totals included.
        not_understood: One sentence for each thing that was not understood.
        notes: Footnotes (mark, text).
    """

    report: str
    index: int
    section: tuple[str, ...]
    caption: str
    subject: str
    period: Period | None
    fiscal: bool | None
    columns: tuple[ColumnSummary, ...]
    roles: tuple[tuple[str, int], ...]
    rows: int
    not_understood: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
