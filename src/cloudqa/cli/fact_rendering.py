"""Facts with their sources as an aligned table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cloudqa.answering.citing import Sources, cite_span
from cloudqa.cli.cell_width import aligned_lines, cut_to_width
from cloudqa.cli.console import one_line, visible
from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.quantities import Period, Quantity, say_number, say_quantity

if TYPE_CHECKING:
    from cloudqa.answering.answer import Citation

_HEADINGS = ("entity", "metric", "measure", "period", "value", "place", "quote")
_NAME_CELLS, _VALUE_CELLS, _QUOTE_CELLS = 28, 36, 60
_FORMULA_SIGNS = "=+-@＝＋－＠"

CSV_COLUMNS = (
    "id", "report", "section", "entity", "metric", "of", "measure", "comparison", "period", "value", "unit",
    "qualifier", "forecast", "printed", "keys", "speaker", "source", "table", "row", "column", "start", "end", "line",
    "quote",
)  # fmt: skip
"""The header of the CSV, one name for each column."""


def fact_table(facts: Iterable[Fact], sources: Sources) -> Iterator[str]:
    """A heading and one line for each fact, columns aligned by terminal cells; long texts are cut with "…"."""
    return aligned_lines([_HEADINGS, *(_line(fact, sources) for fact in facts)], right=frozenset({4}))


def _line(fact: Fact, sources: Sources) -> tuple[str, ...]:
    first = next(iter(_citations(fact, sources)), None)
    place = "" if first is None else f"{first.report}:{first.start}-{first.end}"
    return (
        cut_to_width(one_line(fact.entity), _NAME_CELLS),
        cut_to_width(one_line(fact.metric), _NAME_CELLS),
        _measure(fact),
        _period(fact.period) or one_line(fact.relative),
        cut_to_width(one_line(_said(fact.value)), _VALUE_CELLS),
        visible(place),
        cut_to_width(one_line("" if first is None else first.quote), _QUOTE_CELLS),
    )


def _measure(fact: Fact) -> str:
    """What a figure says beside the level itself, as one short word or two."""
    measure = "" if fact.measure is Measure.LEVEL else fact.measure.value
    against = "" if fact.comparison is Comparison.NONE else fact.comparison.value
    return " ".join(filter(None, [measure, against]))


def _period(period: Period | None) -> str:
    return "" if period is None else period.label


def _said(value: Quantity | Period | str) -> str:
    if isinstance(value, Quantity):
        return say_quantity(value)
    return value.label if isinstance(value, Period) else value


def fact_csv(facts: Iterable[Fact], sources: Sources) -> Iterator[str]:
    """The header and one record for each fact as RFC 4180 has it, each ending in CRLF.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe; control characters are left out.
    """
    yield _record(CSV_COLUMNS)
    for fact in facts:
        fields = fact_fields(fact, sources)
        first = next(iter(fields["citations"]), None)
        fields.update({name: first and first[name] for name in ("start", "end", "line", "quote")})
        fields.update({name: getattr(fact, name) for name in ("table", "row", "column")})
        fields["section"] = " › ".join(fact.section)
        fields["keys"] = "; ".join(": ".join(filter(None, (key["header"], key["value"]))) for key in fields["keys"])
        yield _record([_csv_cell(fields[name]) for name in CSV_COLUMNS])


def _record(cells: Iterable[str]) -> str:
    record = io.StringIO()
    csv.writer(record, lineterminator="\r\n").writerow(cells)
    return record.getvalue()


def _csv_cell(value: Any) -> str:
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
        "period": _period(fact.period),
        "relative": fact.relative,
        "base": _period(fact.base),
        "value": _plain_value(fact.value),
        "unit": figure.unit.symbol if figure else "",
        "qualifier": figure.qualifier.value if figure and figure.qualifier else "",
        "forecast": fact.forecast,
        "total": fact.total,
        "printed": fact.printed,
        "keys": [{"header": header, "value": value} for header, value in fact.keys],
        "speaker": fact.speaker,
        "notes": [text for text, _ in fact.notes],
        "citations": [asdict(citation) for citation in _citations(fact, sources)],
    }


def _plain_value(value: Quantity | Period | str) -> Decimal | str:
    if isinstance(value, Quantity):
        return value.value
    return value.label if isinstance(value, Period) else value


def _citations(fact: Fact, sources: Sources) -> list[Citation]:
    """The quotes that prove a fact; the first holds its value."""
    cell = None
    if fact.table is not None and fact.row is not None and fact.column is not None:
        cell = (fact.table, fact.row, fact.column)
    spans = [span for span in fact.quotes if span.end > span.start]
    return [cite_span(sources, fact.report, span, fact.section, cell=cell) for span in spans]
