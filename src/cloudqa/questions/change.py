"""Growth, differences and ratios: against an earlier period, between periods, names or metrics; stated or computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.facts.calculate import PERCENT, Figure, Op, calculate
from cloudqa.quantities import Dimension, PeriodKind, Quantity, Relation, convertible
from cloudqa.questions.choice import Choice, is_level
from cloudqa.questions.computing import computed, finding_of
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import is_percent, quantity, same_measure
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.intent import Against, Operation
from cloudqa.questions.labels import period_label, subject
from cloudqa.questions.lookup import of_facts, totals_of
from cloudqa.questions.operands import (
    base_period,
    choose_level,
    ends_only,
    figures_of,
    latest,
    merged,
    sibling,
)
from cloudqa.questions.pairs import ordered, pair_finding, two_metrics, two_prices, two_things
from cloudqa.questions.rates import CHANGES, choose_rated
from cloudqa.questions.sameness import is_forecast
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure, matches_period

_CHANGE_WORDS = (*CHANGES, CueKind.CAGR)
_PAIR = 2
_TOLD = (Measure.CHANGE, Measure.GROWTH, Measure.REVISION)
_COMPARISONS = {Against.YEAR_AGO: Comparison.YEAR_AGO, Against.PREVIOUS: Comparison.PREVIOUS}


def change_words() -> tuple[CueKind, ...]:
    """Grammar words of a change, which are no words for a metric."""
    return _CHANGE_WORDS


def change(scene: Scene) -> Finding | None:
    """The growth, difference or ratio that the question asks for."""
    if scene.intent.against in _COMPARISONS:
        return _against_earlier(scene)
    if scene.intent.operation is Operation.CAGR:
        return _compound(scene)
    return _between(scene)


def _against_earlier(scene: Scene) -> Finding | None:
    """同比 and 环比: computed from the levels where both are there, and as the report states it."""
    comparison = _COMPARISONS[scene.intent.against]
    wants_rate = scene.intent.operation is Operation.GROWTH
    measure = Measure.GROWTH if wants_rate else Measure.CHANGE
    level = choose_rated(scene, matches_period, narrow=True)
    told = scene.choose(
        lambda f: f.measure is measure and f.comparison in (comparison, Comparison.BASE) and is_figure(f)
    )
    computed = (
        _computed(scene, level.members[0].fact) if level and level.members and not scene.hard_open(level) else None
    )
    stated = _stated(scene, told)
    if computed is not None and computed.kind is not FindingKind.MISSING:
        return _with_stated(computed, _told_of(scene, computed.evidence[0], measure, stated))
    if stated:
        return of_facts(scene, latest(stated) if not scene.periods else stated)
    if computed is not None:
        return computed
    if level is None:
        return None
    return scene.refuse(level)


def _stated(scene: Scene, told: Choice | None) -> list[Fact]:
    if told is None or scene.hard_open(told) or not told.members:
        return []
    return [m.fact for m in told.members if is_figure(m.fact)]


def _told_of(scene: Scene, level: Fact, measure: Measure, stated: Sequence[Fact]) -> list[Fact]:
    """The changes that the report states of a level: the chosen ones and those elsewhere, each value once."""
    own = [f for f in stated if _same_subject(f, level)]
    comparison = _COMPARISONS[scene.intent.against]
    elsewhere = [
        f
        for f in scene.pool.facts
        if f.measure is measure and f.comparison is comparison and is_figure(f) and f.table is None
        if f.entity == level.entity and f.report == level.report and _same_subject(f, level)
        if scene.examiner.cover(f"{f.metric} {f.of}")[0] & scene.examiner.metric_words
    ]
    found = {quantity(f).value: f for f in reversed([*own, *elsewhere])}
    return sorted(found.values(), key=lambda f: f.table is not None)


def _same_subject(stated: Fact, level: Fact) -> bool:
    """Whether a stated change is of the level's period and thing."""
    if stated.period is None or level.period is None or not stated.period.matches(level.period):
        return False
    return not stated.entity or not level.entity or stated.entity == level.entity


def _computed(scene: Scene, fact: Fact) -> Finding | None:
    if fact.period is None or not isinstance(fact.value, Quantity):
        return None
    if not scene.periods:
        siblings = [m for m in _series(scene, fact) if m.period is not None]
        fact = latest(siblings)[0] if siblings else fact
    if fact.period is None:
        return None
    earlier = base_period(fact.period, scene.intent.against)
    base = sibling(scene, fact, earlier) if earlier is not None else None
    if base is None:
        named = earlier.label if earlier is not None else period_label(fact)
        have = scene.available(fact)
        return missing(f"{subject(fact)} {named}", nearest=(have,) if have else ())
    if scene.intent.operation is Operation.GROWTH and not is_percent(fact):
        return computed(scene, Op.GROWTH, [fact, base])
    return computed(scene, Op.DIFFERENCE, [fact, base])


def _series(scene: Scene, fact: Fact) -> list[Fact]:
    return scene.series_of(fact)


def _with_stated(found: Finding, stated: Sequence[Fact]) -> Finding:
    return replace(found, stated=tuple(stated), evidence=(*stated[:2], *found.evidence))


def _between(scene: Scene) -> Finding | None:
    """Between two periods, two names, or two metrics of the question."""
    if scene.intent.rates is not Comparison.NONE:
        return _between_rates(scene)
    relative = [
        p
        for p in scene.question.periods
        if p.relative and p.relative.relation in (Relation.SAME_LAST_YEAR, Relation.STEP)
    ]
    if relative and len([p for p in scene.periods]) == 1:
        return None
    choice = choose_level(scene, ends_only, ignored=scene.question.places_of(*_CHANGE_WORDS))
    if choice is None:
        return two_prices(scene) or _stated_change(scene)
    if scene.hard_open(choice) or not choice.members:
        return (
            two_things(scene)
            or two_metrics(scene)
            or _between_years(scene)
            or _stated_change(scene)
            or scene.refuse(choice)
        )
    firsts = [g[0] for g in merged(figures_of(choice))]
    if len(firsts) > _PAIR:
        firsts = list(totals_of(scene, firsts))
    if len(firsts) == 1:
        firsts = _with_other_period(scene, firsts[0])
    if len(firsts) == 2 and same_measure(*firsts):
        return pair_finding(scene, ordered(scene, firsts))
    if len(firsts) < 2:
        return (
            two_things(scene)
            or two_metrics(scene)
            or _between_years(scene)
            or _stated_change(scene)
            or _lacking(scene, firsts)
        )
    return None


def _with_other_period(scene: Scene, fact: Fact) -> list[Fact]:
    """A figure of one of two periods that the question names, with that of the other where it stands elsewhere."""
    asked = [p.period for p in scene.periods if p.period is not None]
    others = [p for p in asked if fact.period is not None and not fact.period.matches(p)]
    if len(asked) != _PAIR or len(others) != 1 or not fact.entity:
        return [fact]
    other = sibling(scene, fact, others[0])
    same = other is not None and other.entity == fact.entity and not is_forecast(other)
    return [fact, other] if same and other is not None else [fact]


def _between_years(scene: Scene) -> Finding | None:
    """The growth or difference between two years (or halves) of which the report gives the parts."""
    from cloudqa.questions.totals import yearly_sums

    sums = yearly_sums(scene, scene.question.places_of(*_CHANGE_WORDS))
    if sums is None or isinstance(sums, Finding):
        return sums
    if len(sums) != 2:
        return None
    later, earlier = sums[1], sums[0]
    relative = scene.intent.operation is Operation.GROWTH
    op = {Operation.GROWTH: Op.GROWTH, Operation.RATIO: Op.RATIO}.get(scene.intent.operation, Op.DIFFERENCE)
    unit = PERCENT if relative else ("倍" if op is Op.RATIO else later.done.result.unit)
    done = calculate(op, [later.done.result, earlier.done.result], unit, decimals_shown=scene.question.digits)
    found = finding_of(scene, done, [later.facts[0]])
    items = (found.items[0], *(Item(s.label, s.done.result.value, s.done.result.unit) for s in (later, earlier)))
    return replace(
        found,
        items=items,
        calculations=(earlier.done, later.done, done),
        evidence=(*later.facts, *earlier.facts),
    )


def _lacking(scene: Scene, firsts: Sequence[Fact]) -> Finding | None:
    """That one of the two periods asked for has no figure."""
    if not firsts:
        return None
    wanted = [
        q
        for p in scene.periods
        if p.period
        for q in ((p.period.first, p.period.last) if p.period.kind is PeriodKind.RANGE else (p.period,))
        if q
    ]
    absent = [q.label for q in wanted if not any(f.period is not None and f.period.matches(q) for f in firsts)]
    have = scene.available(firsts[0])
    return missing(*(f"{subject(firsts[0])} {a}" for a in absent), nearest=(have,) if have else ()) if absent else None


def _stated_change(scene: Scene) -> Finding | None:
    """A change or growth that the text states without giving both figures."""
    told = scene.choose(lambda f: f.measure in _TOLD and is_figure(f) and _suits(scene, f), fits=ends_only)
    if told is None or scene.hard_open(told) or not told.members:
        return None
    facts = [m.fact for m in told.members if _is_between_all(scene, m.fact)]
    return of_facts(scene, facts) if facts else None


def _is_between_all(scene: Scene, fact: Fact) -> bool:
    """Whether a stated change is from one to the other of the periods named, where two single ones are."""
    named = [p.period for p in scene.periods if p.period is not None and p.period.kind is not PeriodKind.RANGE]
    own = [p for p in (fact.period, fact.base) if p is not None]
    return len(named) < 2 or all(any(p.matches(o) for o in own) for p in named)


def stated_change(scene: Scene) -> Finding | None:
    """A change that the text states, for a question that asks for one without naming two periods."""
    if not scene.question.has(CueKind.UP, CueKind.DOWN, CueKind.GROWTH, CueKind.POINTS):
        return None
    return _stated_change(scene)


def _suits(scene: Scene, fact: Fact) -> bool:
    """Whether a stated change is in the sort of unit asked for."""
    dimension = fact.value.unit.dimension if isinstance(fact.value, Quantity) else None
    if scene.intent.in_percent is True:
        return dimension is Dimension.PERCENT
    if scene.question.has(CueKind.POINTS):
        return dimension in (Dimension.PERCENTAGE_POINT, Dimension.PERCENT)
    wanted = scene.question.wanted
    if wanted is None or not wanted.stated:
        return True
    return isinstance(fact.value, Quantity) and convertible(fact.value.unit, wanted)


def _between_rates(scene: Scene) -> Finding | None:
    """The difference of two growth rates, in percentage points."""
    comparison = scene.intent.rates
    told = scene.choose(lambda f: f.measure is Measure.GROWTH and f.comparison is comparison and is_figure(f))
    if told is None or scene.hard_open(told):
        return None
    firsts = [g[0] for g in merged(figures_of(told))]
    if len(firsts) != 2:
        return None
    pair = ordered(scene, firsts)
    found = computed(scene, Op.DIFFERENCE, pair)
    if scene.intent.signed and found.value is not None and found.value < 0:
        return computed(scene, Op.DIFFERENCE, list(reversed(pair)))
    return found


def _compound(scene: Scene) -> Finding | None:
    """年复合增长率: stated, or computed from the two ends of a range."""
    told = scene.choose(lambda f: f.measure is Measure.CAGR and is_figure(f))
    ignored = scene.question.places_of(*_CHANGE_WORDS)
    choice = choose_level(scene, ends_only, ignored=ignored) or scene.choose(
        is_level, fits=ends_only, ignored=ignored, named_only=False, narrow=False
    )
    firsts = [g[0] for g in merged(figures_of(choice))] if choice and not scene.hard_open(choice) else []
    dated = [f for f in firsts if f.period is not None]
    if len(dated) == 2 and same_measure(*dated):
        new, old = ordered(scene, dated)
        years = years_between(old, new)
        return computed(scene, Op.CAGR, [new, old], [Figure(years, "年")])
    if told is not None and not scene.hard_open(told) and told.members:
        return of_facts(scene, [m.fact for m in told.members])
    return scene.refuse(choice) if choice is not None else None


def years_between(old: Fact, new: Fact) -> Decimal:
    """How many years lie between two periods, counted in whole months."""
    assert old.period is not None
    assert new.period is not None
    (y1, m1, _), (y2, m2, _) = old.period.span[0], new.period.span[0]
    months = (y2 - y1) * 12 + m2 - m1
    years = Decimal(months) / 12
    return years.quantize(Decimal(1)) if months % 12 == 0 else years
