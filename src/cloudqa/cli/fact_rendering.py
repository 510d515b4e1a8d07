"""Facts with their sources as an aligned table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cloudqa.answering.citing import Sources
from cloudqa.answering.fact_export import fact_citations, period_label
from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.quantities import Period, Quantity, say_quantity
from cloudqa.terminal_text import aligned_lines, cut_to_width, one_line, visible

_HEADINGS = ("entity", "metric", "measure", "period", "value", "place", "quote")
_NAME_CELLS, _VALUE_CELLS, _QUOTE_CELLS = 28, 36, 60


def fact_table(facts: Iterable[Fact], sources: Sources) -> Iterator[str]:
    """A heading and one line for each fact, columns aligned by terminal cells; long texts are cut with "…"."""
    return aligned_lines([_HEADINGS, *(_line(fact, sources) for fact in facts)], right=frozenset({4}))


def _line(fact: Fact, sources: Sources) -> tuple[str, ...]:
    first = next(iter(fact_citations(fact, sources)), None)
    place = "" if first is None else f"{first.report}:{first.start}-{first.end}"
    return (
        cut_to_width(one_line(fact.entity), _NAME_CELLS),
        cut_to_width(one_line(fact.metric), _NAME_CELLS),
        _measure(fact),
        period_label(fact.period) or one_line(fact.relative),
        cut_to_width(one_line(_said(fact.value)), _VALUE_CELLS),
        visible(place),
        cut_to_width(one_line("" if first is None else first.quote), _QUOTE_CELLS),
    )


def _measure(fact: Fact) -> str:
    """What a figure says beside the level itself, as one short word or two."""
    measure = "" if fact.measure is Measure.LEVEL else fact.measure.value
    against = "" if fact.comparison is Comparison.NONE else fact.comparison.value
    return " ".join(filter(None, [measure, against]))


def _said(value: Quantity | Period | str) -> str:
    if isinstance(value, Quantity):
        return say_quantity(value)
    return value.label if isinstance(value, Period) else value
