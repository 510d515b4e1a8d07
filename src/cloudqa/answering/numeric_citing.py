"""Citing facts: the shortest quotes that prove them, neighbouring rows of a table in one quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.answering.answer import Citation
from cloudqa.answering.citing import Sources, cite_span
from cloudqa.documents import Span
from cloudqa.facts import Fact
from cloudqa.quantities import find_periods

_MOST_CITATIONS = 5
_LONGEST_QUOTE = 300
_LONGEST_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """Citations and which of them proves which fact.

    Attributes:
        citations: At most five, the most telling first.
        proving: Fact id to the number of its citation.
    """

    citations: tuple[Citation, ...]
    proving: dict[str, int]

    def number_of(self, fact_id: str) -> int | None:
        """The number of the citation that proves a fact, None for a figure of the question."""
        return self.proving.get(fact_id)


@dataclass(slots=True)
class _Quote:
    """A stretch of a report that proves some facts."""

    report: str
    span: Span
    facts: list[Fact]
    order: int


def cite_facts(facts: Sequence[Fact], sources: Sources) -> Evidence:
    """Citations of facts, the first ones first; rows that follow each other in one quote where five do not do."""
    quotes = [
        _Quote(f.report, _with_period(span, f, sources), [f], i)
        for i, f in enumerate(facts)
        for span in f.quotes
        if span.end > span.start
    ]
    quotes = _without_doubles(quotes)
    if len(quotes) > _MOST_CITATIONS:
        quotes = _joined(quotes, sources)
    quotes = quotes[:_MOST_CITATIONS]
    citations = tuple(cite_span(sources, q.report, q.span, q.facts[0].section, cell=_cell(q.facts[0])) for q in quotes)
    proving: dict[str, int] = {}
    for number, quote in enumerate(quotes):
        for fact in quote.facts:
            if _within(fact.place, quote.span) and fact.report == quote.report:
                proving.setdefault(fact.id, number)
    return Evidence(citations, proving)


def _with_period(span: Span, fact: Fact, sources: Sources) -> Span:
    """The quote of a sentence with the clause before it, where only that says of which period the figure is."""
    if fact.table is not None or fact.period is None or not span.start <= fact.place.start < span.end:
        return span
    text = sources.text_of(fact.report)
    before = text[max(0, span.start - _LONGEST_CLAUSE) : span.start]
    clause = re.search(r"[^，,。；;！？!?\n]+[，,]\s*$", before)
    if clause is None or find_periods(text[span.start : span.end]) or not find_periods(clause.group()):
        return span
    return Span(span.start - len(clause.group()), span.end)


def _cell(fact: Fact) -> tuple[int, int, int] | None:
    if fact.table is None or fact.row is None or fact.column is None:
        return None
    return fact.table, fact.row, fact.column


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_doubles(quotes: Sequence[_Quote]) -> list[_Quote]:
    """Each stretch once, and none that lies within another one."""
    kept: list[_Quote] = []
    for quote in quotes:
        holder = next((k for k in kept if k.report == quote.report and _within(quote.span, k.span)), None)
        if holder is not None:
            holder.facts.extend(quote.facts)
            continue
        inside = [k for k in kept if k.report == quote.report and _within(k.span, quote.span)]
        for k in inside:
            quote.facts = [*k.facts, *quote.facts]
            quote.order = min(quote.order, k.order)
            kept.remove(k)
        kept.append(quote)
    return sorted(kept, key=lambda q: q.order)


def _joined(quotes: Sequence[_Quote], sources: Sources) -> list[_Quote]:
    """Quotes of rows that follow each other as one, as long as it is not too long."""
    by_place = sorted(quotes, key=lambda q: (q.report, q.span))
    joined: list[_Quote] = []
    for quote in by_place:
        last = joined[-1] if joined else None
        if last is not None and _adjoins(last, quote, sources):
            last.span = Span(last.span.start, quote.span.end)
            last.facts.extend(quote.facts)
            last.order = min(last.order, quote.order)
        else:
            joined.append(quote)
    return sorted(joined, key=lambda q: q.order)


def _adjoins(one: _Quote, other: _Quote, sources: Sources) -> bool:
    """Whether they are rows of one table with no further row between them."""
    if one.report != other.report or other.span.end - one.span.start > _LONGEST_QUOTE:
        return False
    last, first = one.facts[-1], other.facts[0]
    if last.table is None or last.table != first.table or last.row is None or first.row is None:
        return False
    return first.row - last.row <= 1
