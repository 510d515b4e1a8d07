"""A figure read out of a sentence, where the sentence leaves no doubt which one is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.answering.evidence import Evidence
from cloudqa.answering.matching import Coverage, Matcher
from cloudqa.language import clause_spans, normal_text
from cloudqa.quantities import Quantity, Unit, find_quantities

_ASKED_UNIT = re.compile(r"多少|几(?=[^乎])")
_RATE = re.compile(r"增速|增幅|涨幅|增长率|比例|比率|占比|利润率|毛利率|百分|几成|同比|环比|份额|[^效频]率(?:是|为|有|$)|growth|margin|percent|share|rate")
_EARLIER = 0.75  # what the clauses before the figure's own count
_ENOUGH = 0.8  # of the question must be covered by the clause, the ones before it and the headings
_MARGIN = 0.06  # by which the best figure must lead another one


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the clauses that prove it.

    Attributes:
        quantity: The figure.
        evidence: The sentence it stands in.
        start, end: Half-open place of the proving clauses in ``evidence.passage.text``.
        share: How much of the question they cover.
    """

    quantity: Quantity
    evidence: Evidence
    start: int
    end: int
    share: float


def asked_unit(text: str) -> Unit | None:
    """The unit that a normalised question names after 多少 or 几 (多少亿美元, 几家), None if none."""
    for m in _ASKED_UNIT.finditer(text):
        tried = text[: m.start()] + "3" + text[m.end() :]
        for quantity in find_quantities(tried):
            if quantity.start <= m.start() < quantity.end and quantity.unit.symbol:
                return quantity.unit
    return None


def read_figure(matcher: Matcher, ranked: Sequence[Evidence]) -> Figure | None:
    """The one figure that the question asks for, None where there is none or more than one candidate."""
    unit = asked_unit(matcher.asking.text)
    wants_rate = unit is None and bool(_RATE.search(matcher.asking.text))
    figures = [f for e in ranked for f in _figures_of(matcher, e) if _suits(f.quantity, unit, wants_rate)]
    figures.sort(key=lambda f: -f.share)
    if not figures or figures[0].share < _ENOUGH:
        return None
    best = figures[0]
    rivals = [f for f in figures[1:] if f.share > best.share - _MARGIN and not _same(f.quantity, best.quantity)]
    return None if rivals else best


def _figures_of(matcher: Matcher, evidence: Evidence) -> list[Figure]:
    text = evidence.text
    spans = clause_spans(text)
    covers = [matcher.cover(normal_text(text[a:b])) for a, b in spans]
    above = matcher.cover(normal_text(" ".join((*evidence.passage.section, evidence.passage.context))))
    figures: list[Figure] = []
    for quantity in find_quantities(text):
        at = next((i for i, (a, b) in enumerate(spans) if a <= quantity.start < b), None)
        if at is None:
            continue
        share, first = _support(matcher, covers, above, at)
        start = evidence.start + spans[first][0]
        figures.append(Figure(quantity, evidence, start, evidence.start + spans[at][1], share))
    return figures


def _support(matcher: Matcher, covers: Sequence[Coverage], above: Coverage, at: int) -> tuple[float, int]:
    """How much of the question the clause covers with those before it, and the first clause that is needed."""
    together = matcher.together(covers[at], above, 0.5)
    first = at
    for i in range(at - 1, -1, -1):
        wider = matcher.together(together, covers[i], _EARLIER)
        if wider.share > together.share + 0.04:
            together, first = wider, i
    return together.share, first


def _suits(quantity: Quantity, unit: Unit | None, wants_rate: bool) -> bool:
    dimension = quantity.unit.dimension
    if unit is None:
        return not wants_rate or dimension in ("percent", "percentage_point", "times")
    if unit.dimension != dimension:
        return unit.dimension in ("percent", "percentage_point") and dimension in ("percent", "percentage_point")
    return not (unit.currency and quantity.unit.currency) or unit.currency == quantity.unit.currency


def _same(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value and a.unit == b.unit
