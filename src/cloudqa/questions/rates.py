"""Growth from each period of a series to the next, or to the same period a year later, where no table states it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.facts.calculate import PERCENT, POINTS, Calculation, Figure, Op, UndefinedResultError, calculate
from cloudqa.quantities import PeriodMention, UnitMismatchError
from cloudqa.questions.choice import Choice, in_year, is_level
from cloudqa.questions.conditions import find_condition
from cloudqa.questions.cues import CueKind
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.figures import comparable, is_percent, item
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.intent import Against, Operation
from cloudqa.questions.labels import name_label, period_label, subject
from cloudqa.questions.operands import base_period, choose_level
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure

CHANGES = (
    CueKind.YEAR_AGO,
    CueKind.PREVIOUS,
    CueKind.GROWTH,
    CueKind.UP,
    CueKind.DOWN,
    CueKind.CHANGE,
    CueKind.PERCENT,
    CueKind.POINTS,
)
"""Grammar words of a change from one period to another, which are no words for a metric."""

_WORDS = {
    Comparison.YEAR_AGO: ("同比增长率", "year-on-year growth"),
    Comparison.PREVIOUS: ("环比增长率", "growth on the period before"),
}
_RANKED = (Operation.EXTREME, Operation.PLACE, Operation.ORDER)
_PLACES = 2
Fits = Callable[[PeriodMention, Fact], bool]


@dataclass(frozen=True, slots=True)
class Rate:
    """The growth of one period.

    Attributes:
        fact: The figure of the period.
        base: The one it is measured against.
        done: The growth, in percent; of figures in percent the difference in percentage points.
    """

    fact: Fact
    base: Fact
    done: Calculation

    @property
    def value(self) -> Decimal:
        """How much it grew."""
        return self.done.result.value


def choose_rated(scene: Scene, fits: Fits = in_year, *, narrow: bool = False) -> Choice | None:
    """The metric whose growth is asked for: the one named; where none is, the one whose growth the report tabulates."""
    ignored = scene.question.places_of(*CHANGES)
    tabulated = "" if scene.examiner.open_words(scene.examiner.name_places | ignored) else _tabulated(scene)
    if tabulated:
        return scene.choose(
            lambda f: is_level(f) and normal_label(f) == tabulated and f.table is not None,
            fits=fits,
            narrow=narrow,
            ignored=ignored,
            named_only=False,
        )
    return choose_level(scene, fits, narrow=narrow, ignored=ignored)


def _tabulated(scene: Scene) -> str:
    """The one metric of which a table states growth for what the question names; "" if there are none or several."""
    grown = {
        f.of
        for f in scene.pool.facts
        if f.measure is Measure.GROWTH and f.table is not None and is_figure(f)
        if not scene.names or scene.examiner.about(f, scene.pool.row_text(f)) == (1 << len(scene.names)) - 1
    }
    labels = {normal_label(f) for f in scene.pool.facts if f.metric in grown and f.table is not None}
    return labels.pop() if len(labels) == 1 else ""


def rank_rates(scene: Scene) -> Finding | None:
    """The periods by their growth: the fastest, the first n, those above a limit, or all; None if none can be had."""
    choice = choose_rated(scene)
    if choice is None:
        return None
    refusal = scene.refuse(choice)
    if refusal is not None or scene.hard_open(choice):
        return refusal
    rates = rates_of(scene, [m.fact for m in choice.members if is_figure(m.fact) and m.fact.period is not None])
    return _answer(scene, rates) if rates else None


def rates_of(scene: Scene, facts: Sequence[Fact]) -> list[Rate]:
    """The growth of each of the facts that has a figure to be measured against, earliest first; of one thing only."""
    if not facts or len({name_label(f) for f in facts}) > 1:
        return []
    series = scene.series_of(facts[0])
    asked = {f.period for f in facts}
    found: dict[str, Rate] = {}
    for fact in series:
        if fact.period in asked and fact.period is not None and fact.period.label not in found:
            rate = _rate(scene, fact, series)
            if rate is not None:
                found[fact.period.label] = rate
    return list(found.values())


def _rate(scene: Scene, fact: Fact, series: Sequence[Fact]) -> Rate | None:
    assert fact.period is not None
    against = Against.YEAR_AGO if scene.intent.rates is Comparison.YEAR_AGO else Against.PREVIOUS
    earlier = base_period(fact.period, against)
    base = next((f for f in series if earlier is not None and f.period is not None and f.period.matches(earlier)), None)
    if base is None:
        return None
    op, unit = (Op.DIFFERENCE, POINTS) if is_percent(fact) else (Op.GROWTH, PERCENT)
    try:
        return Rate(fact, base, calculate(op, comparable([fact, base]), unit, decimals_shown=scene.question.digits))
    except (UnitMismatchError, UndefinedResultError):
        return None


def _answer(scene: Scene, rates: list[Rate]) -> Finding | None:
    operation = scene.intent.operation
    if operation in _RANKED:
        return _ranked(scene, rates)
    if operation is Operation.MEAN:
        return _mean(scene, rates)
    if operation in (Operation.FILTER, Operation.COUNT, Operation.CROSSING):
        return _conditioned(scene, rates)
    if operation is Operation.VERDICT:
        return _verdict(scene, rates)
    return _listed(scene, rates, FindingKind.SERIES) if len(rates) > 1 else None


def _ranked(scene: Scene, rates: list[Rate]) -> Finding | None:
    intent = scene.intent
    falls = scene.question.has(CueKind.DOWN) and not scene.question.has(CueKind.UP)
    if falls:
        rates = [r for r in rates if r.value < 0]
    order = sorted(rates, key=lambda r: -r.value if intent.descending is not falls else r.value)
    if not order:
        return missing(scene.topic)
    if intent.operation is Operation.PLACE:
        if intent.place is None or intent.place > len(order):
            return None
        value = order[intent.place - 1].value
        return _listed(scene, [r for r in order if r.value == value], FindingKind.RANKING)
    limit = len(order) if intent.operation is Operation.ORDER else min(intent.limit or 1, len(order))
    last = order[limit - 1].value
    return _listed(scene, [r for i, r in enumerate(order) if i < limit or r.value == last], FindingKind.RANKING)


def _mean(scene: Scene, rates: list[Rate]) -> Finding | None:
    operands = [Figure(r.value, r.done.result.unit) for r in rates]
    done = calculate(Op.MEAN, operands, rates[0].done.result.unit, decimals_shown=scene.question.digits or _PLACES)
    return Finding(
        FindingKind.FIGURE,
        _subject(scene, rates[0]),
        (Item("", done.result.value, done.result.unit, None, _PLACES),),
        done.result.value,
        done.result.unit,
        _PLACES,
        (*(r.done for r in rates), done),
        _evidence(rates),
    )


def _conditioned(scene: Scene, rates: list[Rate]) -> Finding | None:
    condition = find_condition(scene.question)
    if condition is None:
        return None
    held = [(r, condition.holds(_as_fact(r))) for r in rates]
    if any(h is None for _, h in held):
        return missing(condition.text)
    fulfilling = [r for r, h in held if h]
    if scene.intent.operation is Operation.COUNT:
        found = _listed(scene, fulfilling, FindingKind.COUNT)
        unit = "" if scene.question.english else "个"
        return replace(found, value=Decimal(len(fulfilling)), unit=unit, places=None, lead="", calculations=())
    if not fulfilling:
        return Finding(FindingKind.LIST, _subject(scene, rates[0]), (), evidence=_evidence(rates), lead=condition.text)
    if scene.intent.operation is Operation.CROSSING:
        fulfilling = [fulfilling[-1] if scene.question.has(CueKind.LAST) else fulfilling[0]]
    return _listed(scene, fulfilling, FindingKind.RANKING)


def _verdict(scene: Scene, rates: list[Rate]) -> Finding | None:
    """Whether each period fulfils the condition; without one, whether each was above what it is measured against."""
    condition = find_condition(scene.question)
    down = scene.question.has(CueKind.DOWN, CueKind.LOWER)
    if condition is not None and any(condition.holds(_as_fact(r)) is None for r in rates):
        return missing(condition.text)
    exceptions = [
        r
        for r in rates
        if not (condition.holds(_as_fact(r)) if condition is not None else (r.value < 0 if down else r.value > 0))
    ]
    told = (exceptions or rates)[:_PLACES]
    word = ("No" if exceptions else "Yes") if scene.question.english else ("不是" if exceptions else "是")
    said = "; ".join(f"{period_label(r.fact)}: {r.done.formula}" for r in told)
    count = f"{len(rates) - len(exceptions)}/{len(rates)}"
    lead = (
        f"{word} ({count}): {said}."
        if scene.question.english
        else f"{word}（{len(rates)}个中{len(rates) - len(exceptions)}个符合）：{said}。"
    )
    items = tuple(item(r.fact, scene.question, period_label(r.fact)) for r in told)
    return Finding(
        FindingKind.VERDICT,
        _subject(scene, rates[0]),
        items,
        calculations=tuple(r.done for r in told),
        evidence=_evidence(told),
        verdict=not exceptions,
        lead=lead,
    )


def _as_fact(rate: Rate) -> Fact:
    """The rate where a figure is expected: as one in percent of its period."""
    from cloudqa.facts.model import FactSource
    from cloudqa.quantities import Quantity, find_unit

    unit = find_unit(rate.done.result.unit)
    assert unit is not None
    value = rate.fact.value
    assert isinstance(value, Quantity)
    return replace(rate.fact, value=replace(value, value=rate.value, unit=unit), source=FactSource.CELL)


def _subject(scene: Scene, rate: Rate) -> str:
    chinese, english = _WORDS[scene.intent.rates]
    return f"{subject(rate.fact)} {english if scene.question.english else chinese}"


def _evidence(rates: Sequence[Rate]) -> tuple[Fact, ...]:
    return tuple({f.id: f for r in rates for f in (r.fact, r.base)}.values())


def _listed(scene: Scene, rates: Sequence[Rate], kind: FindingKind) -> Finding:
    """The rates as items; a single one with its working."""
    named = _subject(scene, rates[0]) if rates else ""
    if len(rates) != 1:
        items = tuple(Item(period_label(r.fact), r.value, r.done.result.unit, None, _PLACES) for r in rates)
        return Finding(kind, named, items, calculations=tuple(r.done for r in rates), evidence=_evidence(rates))
    rate = rates[0]
    operands = tuple(item(f, scene.question, period_label(f)) for f in (rate.fact, rate.base))
    return Finding(
        kind,
        named,
        (Item("", rate.value, rate.done.result.unit, None, _PLACES), *operands),
        rate.value,
        rate.done.result.unit,
        _PLACES,
        (rate.done,),
        (rate.fact, rate.base),
        lead=f"{period_label(rate.fact)}（{named}）",
    )
