"""A figure read out of a sentence, where the sentence leaves no doubt which one is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.answering.evidence import Evidence
from cloudqa.answering.matching import Coverage, Matcher
from cloudqa.language import clause_spans, normal_text
from cloudqa.quantities import Dimension, Quantity, Unit, find_asked_units, find_quantities

_RATE = re.compile(
    r"增速|增幅|涨幅|增长率|比例|比率|占比|利润率|毛利率|百分|几成|同比|环比|份额|[^效频]率(?:是|为|有|$)|growth|margin|percent|share|rate"
)
_RATES = (Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.TIMES, Dimension.FRACTION)
_PLAIN = (Dimension.COUNT, Dimension.PEOPLE, Dimension.UNSTATED)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHANGE = re.compile(
    "(?:增[加长]?|减[少]?|上[涨升调]|下[降跌滑调]|提[高升]|降低|节[省约]|[涨跌升降缩超高低]|多|少)了?(?:约|近|超)?$"
)
_ASKS_CHANGE = re.compile("[增减涨跌升降超]|节省|提高|变化|高出|高多少|低多少|多多少|少多少|便宜")
_HOW_LONG = re.compile("多久|多长时间|how long")
_TIMES = (Dimension.DURATION, Dimension.CALENDAR)
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
    """The unit that a question names (多少亿美元, 几家, 百分之几), None if it names none or several."""
    units = [asked.unit for asked in find_asked_units(text)]
    return units[0] if len(units) == 1 else None


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


def only_figure(matcher: Matcher, evidence: Evidence) -> Figure | None:
    """The one figure of the unit asked for in a sentence that, with its headings, lacks nothing asked.

    The wording may be far from the question's; a second figure of that unit makes it doubtful and gives None.
    """
    text = matcher.asking.text
    unit, lasting = asked_unit(text), _HOW_LONG.search(text) is not None
    met = matcher.together(evidence.coverage, _above(matcher, evidence), 0.5)
    if (unit is None and not lasting) or matcher.missing(met) or not _names_met(matcher, met):
        return None
    said = find_quantities(evidence.text)
    suiting = [q for q in said if (q.unit.dimension in _TIMES if lasting else _suits(q, unit, False))]
    if len(suiting) != 1 or _misread(matcher, evidence.text, suiting[0]):
        return None
    spans = clause_spans(evidence.text)
    start, end = next(s for s in spans if s[0] <= suiting[0].start < s[1])
    return Figure(suiting[0], evidence, evidence.start + start, evidence.start + end, evidence.wide.share)


def _above(matcher: Matcher, evidence: Evidence) -> Coverage:
    return matcher.cover(normal_text(" ".join((*evidence.passage.section, evidence.passage.context))))


def _misread(matcher: Matcher, text: str, quantity: Quantity) -> bool:
    return _other_year(matcher, text, quantity) or _other_sense(matcher, text, quantity)


def _figures_of(matcher: Matcher, evidence: Evidence) -> list[Figure]:
    text = evidence.text
    spans = clause_spans(text)
    starts = _segment_starts(text, spans)
    covers = [matcher.cover(normal_text(text[a:b])) for a, b in spans]
    above = _above(matcher, evidence)
    figures: list[Figure] = []
    for quantity in find_quantities(text):
        at = next((i for i, (a, b) in enumerate(spans) if a <= quantity.start < b), None)
        if at is None:
            continue
        together, first = _support(matcher, covers, above, starts[at], at)
        if not _names_met(matcher, matcher.together(together, evidence.wide)) or matcher.missing(together):
            continue
        if _misread(matcher, text, quantity):
            continue
        start = evidence.start + spans[first][0]
        figures.append(Figure(quantity, evidence, start, evidence.start + spans[at][1], together.share))
    return figures


def _segment_starts(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each clause the first one of its segment: after a semicolon another subject begins."""
    starts: list[int] = []
    for i, (_, _) in enumerate(spans):
        new = i == 0 or text[spans[i - 1][1] - 1] in "；;。"
        starts.append(i if new else starts[-1])
    return starts


def _support(matcher: Matcher, covers: Sequence[Coverage], above: Coverage, low: int, at: int) -> tuple[Coverage, int]:
    """What the clause covers with those of its segment before it, and the first clause that is needed."""
    together = matcher.together(covers[at], above, 0.5)
    first = at
    for i in range(at - 1, low - 1, -1):
        wider = matcher.together(together, covers[i], _EARLIER)
        if wider.share > together.share + 0.04:
            together, first = wider, i
    return together, first


def _names_met(matcher: Matcher, coverage: Coverage) -> bool:
    """Whether every Latin word and number of the question is met: a figure of another name or year is a wrong one."""
    return all(
        credit >= 0.5
        for token, credit in zip(matcher.tokens, coverage.credits, strict=True)
        if not token.pairs and matcher.asking.weights[token.start] >= 1.0
    )


def _other_sense(matcher: Matcher, text: str, quantity: Quantity) -> bool:
    """Whether the figure is a change (减少了1500人) and the question asks for a level."""
    return bool(_CHANGE.search(text[: quantity.start])) and not _ASKS_CHANGE.search(matcher.asking.text)


def _other_year(matcher: Matcher, text: str, quantity: Quantity) -> bool:
    """Whether the last year said before the figure is another one than the question's."""
    asked = _YEAR.findall(matcher.asking.text)
    said = _YEAR.findall(normal_text(text[: quantity.start]))
    return bool(asked and said) and said[-1] not in asked


def _suits(quantity: Quantity, unit: Unit | None, wants_rate: bool) -> bool:
    """Whether a figure is of the kind asked for; a plain number is when nothing is said of its kind."""
    found = quantity.unit
    if unit is None:
        return (found.dimension in _RATES) == wants_rate
    if unit.dimension in _RATES or found.dimension in _RATES:
        return unit.dimension in _RATES and found.dimension in _RATES
    if unit.dimension is not found.dimension:
        return unit.dimension in _PLAIN and found.dimension in _PLAIN
    return not (unit.currency and found.currency) or unit.currency == found.currency


def _same(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value and a.unit == b.unit
