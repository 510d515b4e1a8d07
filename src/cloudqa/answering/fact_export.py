"""Facts with their sources as plain data and as CSV, for every front end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cloudqa.answering.citing import Sources, cite_span
from cloudqa.facts import Fact
from cloudqa.quantities import Period, Quantity, say_number
from cloudqa.terminal_text import visible

if TYPE_CHECKING:
    from cloudqa.answering.answer import Citation

_FORMULA_SIGNS = "=+-@＝＋－＠"

CSV_COLUMNS = (
    "id", "report", "section", "entity", "metric", "of", "measure", "comparison", "period", "value", "unit",
    "qualifier", "forecast", "printed", "keys", "speaker", "source", "table", "row", "column", "start", "end", "line",
    "quote",
)  # fmt: skip
"""The header of the CSV, one name for each column."""


def fact_csv(facts: Iterable[Fact], sources: Sources) -> Iterator[str]:
    """The header and one record for each fact as RFC 4180 has it, each ending in CRLF.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe; control characters are left out.
    """
    yield csv_record(CSV_COLUMNS)
    for fact in facts:
        yield csv_record(csv_cells(fact, sources))


def csv_cells(fact: Fact, sources: Sources) -> list[str]:
    """The cells of a fact's record, one for each of :data:`CSV_COLUMNS`."""
    fields = fact_fields(fact, sources)
    first = next(iter(fields["citations"]), None)
    fields.update({name: first and first[name] for name in ("start", "end", "line", "quote")})
    fields.update({name: getattr(fact, name) for name in ("table", "row", "column")})
    fields["section"] = " › ".join(fact.section)
    fields["keys"] = "; ".join(": ".join(filter(None, (key["header"], key["value"]))) for key in fields["keys"])
    return [csv_cell(fields[name]) for name in CSV_COLUMNS]


def csv_record(cells: Iterable[str]) -> str:
    """One record as RFC 4180 has it, ending in CRLF."""
    record = io.StringIO()
    csv.writer(record, lineterminator="\r\n").writerow(cells)
    return record.getvalue()


def csv_cell(value: Any) -> str:
    """A cell; only texts are guarded, so that a negative figure stays a figure."""
    if isinstance(value, str):
        text = visible(value)
        return f"'{text}" if text.lstrip().startswith(tuple(_FORMULA_SIGNS)) else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return say_number(value)
    return "" if value is None else str(value)


def fact_fields(fact: Fact, sources: Sources) -> dict[str, Any]:
    """One fact as ``docs/json.md`` describes it."""
    figure = fact.value if isinstance(fact.value, Quantity) else None
    return {
        "id": fact.id,
        "report": fact.report,
        "section": fact.section,
        "source": fact.source.value,
        "entity": fact.entity,
        "metric": fact.metric,
        "of": fact.of,
        "measure": fact.measure.value,
        "comparison": fact.comparison.value,
        "period": period_label(fact.period),
        "relative": fact.relative,
        "base": period_label(fact.base),
        "value": _plain_value(fact.value),
        "unit": figure.unit.symbol if figure else "",
        "qualifier": figure.qualifier.value if figure and figure.qualifier else "",
        "forecast": fact.forecast,
        "total": fact.total,
        "printed": fact.printed,
        "keys": [{"header": header, "value": value} for header, value in fact.keys],
        "speaker": fact.speaker,
        "notes": [text for text, _ in fact.notes],
        "citations": [asdict(citation) for citation in fact_citations(fact, sources)],
    }


def period_label(period: Period | None) -> str:
    """The label of a period, "" for none."""
    return "" if period is None else period.label


def _plain_value(value: Quantity | Period | str) -> Decimal | str:
    if isinstance(value, Quantity):
        return value.value
    return value.label if isinstance(value, Period) else value


def fact_citations(fact: Fact, sources: Sources) -> list[Citation]:
    """The quotes that prove a fact; the first holds its value."""
    cell = None
    if fact.table is not None and fact.row is not None and fact.column is not None:
        cell = (fact.table, fact.row, fact.column)
    spans = [span for span in fact.quotes if span.end > span.start]
    return [cite_span(sources, fact.report, span, fact.section, cell=cell) for span in spans]
