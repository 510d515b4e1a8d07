"""What the table shows as the text of a file: CSV, JSON or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from cloudqa.answering.answer import exact_json
from cloudqa.answering.citing import Sources
from cloudqa.answering.fact_export import CSV_COLUMNS, csv_cell, csv_cells, csv_record, fact_citations, fact_fields
from cloudqa.answering.fact_series import Against
from cloudqa.terminal_text import escaped_json, one_line
from cloudqa.tui.figures.listing import Listing
from cloudqa.tui.figures.rows import GROWTH_COLUMNS, Column, FigureRow

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_FIGURES = frozenset({Column.VALUE, *GROWTH_COLUMNS})


class Format(StrEnum):
    """A sort of file; its value is the suffix."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"


def export_text(listing: Listing, format_: Format, headings: Mapping[Column, str], sources: Sources) -> str:
    """The whole file.

    CSV and JSON have the fields of ``cloudqa facts``, with the growth where it is switched on; Markdown has the table
    as it is shown, with the place of every figure.

    Args:
        listing: What is shown.
        format_: The sort of file.
        headings: The headings of the columns, for Markdown.
        sources: Where quotes are cut from.
    """
    match format_:
        case Format.CSV:
            return "".join(_csv(listing, sources))
        case Format.JSON:
            rows = ",\n".join(escaped_json(exact_json(_fields(row, listing, sources))) for row in listing.rows)
            return f"[\n{rows}\n]\n" if rows else "[]\n"
        case Format.MARKDOWN:
            return "".join(f"{line}\n" for line in _markdown(listing, headings, sources))


def _csv(listing: Listing, sources: Sources) -> Iterator[str]:
    """RFC 4180, texts that a spreadsheet would run as formulas guarded."""
    growth = tuple(Against) if listing.wish.growth else ()
    yield csv_record([*CSV_COLUMNS, *(name for against in growth for name in (against, f"{against}_unit"))])
    for row in listing.rows:
        cells = csv_cells(row.fact, sources)
        for against in growth:
            change = row.growth.get(against)
            cells += ["", ""] if change is None else [csv_cell(change.value), csv_cell(change.unit)]
        yield csv_record(cells)


def _fields(row: FigureRow, listing: Listing, sources: Sources) -> dict[str, Any]:
    fields = fact_fields(row.fact, sources)
    for against in Against if listing.wish.growth else ():
        change = row.growth.get(against)
        fields[against] = change and {
            "value": change.value,
            "unit": change.unit,
            "approximate": change.approximate,
            "base": change.base.id,
        }
    return fields


def _markdown(listing: Listing, headings: Mapping[Column, str], sources: Sources) -> Iterator[str]:
    yield _line([headings[column] for column in listing.columns])
    yield "|" + "|".join("---:" if column in _FIGURES else "---" for column in listing.columns) + "|"
    for row in listing.rows:
        yield _line([_markdown_text(row, column, sources) for column in listing.columns])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", one_line(text))


def _markdown_text(row: FigureRow, column: Column, sources: Sources) -> str:
    match column:
        case Column.SUBJECT:
            return row.subject
        case Column.METRIC:
            return row.metric
        case Column.PERIOD:
            return row.period
        case Column.VALUE:
            return row.number
        case Column.UNIT:
            return row.unit
        case Column.REPORT:
            return place_of(row, sources)
        case _:
            growth = row.growth.get(GROWTH_COLUMNS[column])
            return "" if growth is None else growth.text


def place_of(row: FigureRow, sources: Sources) -> str:
    """The place that proves a figure as ``cloudqa show`` takes it, "report:start-end"."""
    first = next(iter(fact_citations(row.fact, sources)), None)
    return row.fact.report if first is None else f"{first.report}:{first.start}-{first.end}"
