"""Growth, differences and ratios: against an earlier period, between periods, names or metrics; stated or computed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.facts.calculate import PERCENT, Calculation, Figure, Op, UndefinedResultError, calculate
from cloudqa.quantities import Dimension, PeriodKind, Quantity, Relation, UnitMismatchError, convertible
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable, difference_unit, hedge, is_percent, item, same_measure
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.intent import Against, Operation
from cloudqa.questions.labels import period_label, subject
from cloudqa.questions.lookup import of_facts
from cloudqa.questions.operands import (
    base_period,
    choose_level,
    ends_only,
    figures_of,
    latest,
    merged,
    sibling,
)
from cloudqa.questions.scene import Scene, hard_words, is_level
from cloudqa.questions.selection import is_figure

_CHANGE_WORDS = (
    CueKind.YEAR_AGO,
    CueKind.PREVIOUS,
    CueKind.GROWTH,
    CueKind.UP,
    CueKind.DOWN,
    CueKind.CHANGE,
    CueKind.PERCENT,
    CueKind.POINTS,
    CueKind.CAGR,
)
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
    level = choose_level(scene, ignored=scene.question.places_of(*_CHANGE_WORDS))
    told = scene.choose(
        lambda f: f.measure is measure and f.comparison in (comparison, Comparison.BASE) and is_figure(f)
    )
    computed = (
        _computed(scene, level.members[0].fact) if level and level.members and not scene.hard_open(level) else None
    )
    stated = _stated(scene, told)
    if computed is not None and computed.kind is not FindingKind.MISSING:
        return _with_stated(computed, [f for f in stated if _same_subject(f, computed.evidence[0])])
    if stated:
        return of_facts(scene, latest(stated) if not scene.periods else stated)
    if computed is not None:
        return computed
    if level is None:
        return None
    return scene.refuse(level)


def _stated(scene: Scene, told: object) -> list[Fact]:
    from cloudqa.questions.scene import Choice

    if not isinstance(told, Choice) or scene.hard_open(told) or not told.members:
        return []
    return [m.fact for m in told.members if is_figure(m.fact)]


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


def computed(scene: Scene, op: Op, facts: Sequence[Fact], extra: Sequence[Figure] = ()) -> Finding:
    """The result of an operation on facts, in the order of its formula."""
    first = facts[0]
    try:
        operands = [*comparable(list(facts)), *extra]
        unit = _unit(op, first)
        done = calculate(op, operands, unit, decimals_shown=scene.question.digits)
    except UnitMismatchError:
        return missing(f"{facts[0].metric}：{facts[0].printed}、{facts[1].printed}")
    except UndefinedResultError:
        return _undefined(scene, facts)
    return finding_of(scene, done, facts)


def _unit(op: Op, fact: Fact) -> str:
    if op in (Op.GROWTH, Op.CAGR, Op.SHARE):
        return PERCENT
    if op is Op.RATIO:
        return "倍"
    return difference_unit(fact)


def _undefined(scene: Scene, facts: Sequence[Fact]) -> Finding:
    """A growth from a negative or zero base has no meaning: the two figures are given instead."""
    labels = scene.labels(facts)
    items = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    caveat = (
        "No meaningful growth rate: the base is not positive."
        if scene.question.english
        else "基数为负或为零，增长率没有意义，只列出两期数字。"
    )
    return Finding(FindingKind.SERIES, facts[0].metric, items, evidence=tuple(facts), caveats=(caveat,))


def finding_of(scene: Scene, done: Calculation, facts: Sequence[Fact]) -> Finding:
    """A computed figure with the facts it was computed from."""
    value = done.result.value
    notes = [n for f in facts if (n := hedge(f, english=scene.question.english))]
    labels = scene.labels(facts) if len(facts) > 1 else [period_label(facts[0])]
    operands = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    shown = done.formula.rsplit("=", 1)[1].strip()
    places = _places_shown(shown, done.result.unit)
    return Finding(
        FindingKind.FIGURE,
        subject(facts[0]),
        (Item("", value, done.result.unit, None, places, notes[0] if notes else ""), *operands),
        value,
        done.result.unit,
        places,
        (done,),
        tuple(facts),
    )


def _places_shown(shown: str, unit: str) -> int:
    digits = shown.removesuffix(unit)
    return len(digits.partition(".")[2])


def _with_stated(found: Finding, stated: Sequence[Fact]) -> Finding:
    from dataclasses import replace

    return replace(found, stated=tuple(stated), evidence=(*stated[:1], *found.evidence))


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
        return _stated_change(scene)
    if scene.hard_open(choice) or not choice.members:
        return (
            _two_things(scene)
            or _two_metrics(scene)
            or _between_years(scene)
            or _stated_change(scene)
            or scene.refuse(choice)
        )
    firsts = [g[0] for g in merged(figures_of(choice))]
    if len(firsts) == 2 and same_measure(*firsts):
        return _pair(scene, _ordered(scene, firsts))
    if len(firsts) < 2:
        return (
            _two_things(scene)
            or _two_metrics(scene)
            or _between_years(scene)
            or _stated_change(scene)
            or _lacking(scene, firsts)
        )
    return None


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
    from dataclasses import replace

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


def _ordered(scene: Scene, pair: Sequence[Fact]) -> list[Fact]:
    """The minuend first: the later period, or the name before 比; the larger where the question does not say."""
    one, other = pair
    if one.period is not None and other.period is not None and not one.period.matches(other.period):
        return sorted(pair, key=lambda f: f.period.span if f.period else ((0, 0, 0), (0, 0, 0)), reverse=True)
    order = sorted(pair, key=lambda f: scene.first_place(f))
    if scene.intent.operation is Operation.DIFFERENCE and scene.question.has(CueKind.DIFFERENCE):
        values = comparable(list(order))
        if values[0].value < values[1].value:
            order.reverse()
    return order


def _pair(scene: Scene, pair: Sequence[Fact]) -> Finding:
    operation = scene.intent.operation
    if operation is Operation.RATIO:
        return computed(scene, Op.RATIO, pair)
    wants_growth = operation is Operation.GROWTH and not is_percent(pair[0])
    same_thing_then = pair[0].period != pair[1].period
    if wants_growth and same_thing_then:
        return computed(scene, Op.GROWTH, pair)
    found = computed(scene, Op.DIFFERENCE, pair)
    if scene.intent.signed and found.value is not None and found.value < 0:
        return computed(scene, Op.DIFFERENCE, list(reversed(pair)))
    return found


def _two_things(scene: Scene) -> Finding | None:
    """The difference or ratio of two named things, of which one has 净营收 and the other 营收."""
    if len(scene.names) < 2:
        return None
    chosen: list[Fact] = []
    accounted = 0
    for number in range(len(scene.names)):
        choice = scene.choose(lambda f, n=number: _is_of(scene, f, n), fits=ends_only)  # type: ignore[misc]
        facts = [m for m in choice.members if is_figure(m.fact)] if choice is not None else []
        if not facts:
            continue
        accounted |= facts[0].support.together
        if facts[0].fact.id not in [f.id for f in chosen]:
            chosen.append(facts[0].fact)
    if len(chosen) != 2 or not same_measure(*chosen) or hard_words(scene.examiner.open_words(accounted)):
        return None
    return _pair(scene, _ordered(scene, chosen))


def _is_of(scene: Scene, fact: Fact, number: int) -> bool:
    """Whether a level figure is about one of the question's names in particular."""
    if not is_level(fact) or fact.absence is not None:
        return False
    support = scene.examiner.examine(fact, scene.pool.row_text(fact))
    own = scene.examiner.cover(f"{fact.entity} {' '.join(v for _, v in fact.keys)} {fact.metric}")[1]
    return bool(support.names >> number & 1 and own >> number & 1)


def _two_metrics(scene: Scene) -> Finding | None:
    """The difference or ratio of two metrics of one thing: 营收比预估值高多少."""
    found = [f for f in scene.families(is_level)[:12]]
    best: tuple[int, list[Fact]] | None = None
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            pair = _metric_pair(scene, one.members, other.members)
            if pair is not None and (best is None or pair[0] < best[0]):
                best = pair
    if best is None or best[0] > 0:
        return None
    return _pair(scene, _ordered(scene, best[1]))


def _metric_pair(scene: Scene, ones: Sequence[object], others: Sequence[object]) -> tuple[int, list[Fact]] | None:
    from cloudqa.questions.selection import Examined

    best: tuple[int, list[Fact]] | None = None
    for a in ones:
        for b in others:
            if not isinstance(a, Examined) or not isinstance(b, Examined):
                continue
            if not _both_named(scene, a, b):
                continue
            open_size = sum(
                len(w) for w in hard_words(scene.examiner.open_words(a.support.together | b.support.together))
            )
            if best is None or open_size < best[0]:
                best = (open_size, [a.fact, b.fact])
    return best


def _both_named(scene: Scene, a: object, b: object) -> bool:
    """Whether both metrics are named by different words, and both figures are of the same report's clause or row."""
    from cloudqa.questions.selection import Examined

    assert isinstance(a, Examined)
    assert isinstance(b, Examined)
    if not isinstance(a.fact.value, Quantity) or not isinstance(b.fact.value, Quantity):
        return False
    if scene.periods and not (a.periods or b.periods):
        return False
    mine, theirs = a.support.label & ~b.support.label, b.support.label & ~a.support.label
    if not mine or not theirs or not same_measure(a.fact, b.fact):
        return False
    same_row = a.fact.table is not None and (a.fact.report, a.fact.table, a.fact.row) == (
        b.fact.report,
        b.fact.table,
        b.fact.row,
    )
    same_sentence = a.fact.table is None and b.fact.table is None and a.fact.text == b.fact.text
    return same_row or same_sentence


def _stated_change(scene: Scene) -> Finding | None:
    """A change or growth that the text states without giving both figures."""
    told = scene.choose(lambda f: f.measure in _TOLD and is_figure(f) and _suits(scene, f), fits=ends_only)
    if told is None or scene.hard_open(told) or not told.members:
        return None
    facts = [m.fact for m in told.members]
    return of_facts(scene, facts) if facts else None


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
    pair = _ordered(scene, firsts)
    found = computed(scene, Op.DIFFERENCE, pair)
    if scene.intent.signed and found.value is not None and found.value < 0:
        return computed(scene, Op.DIFFERENCE, list(reversed(pair)))
    return found


def _compound(scene: Scene) -> Finding | None:
    """年复合增长率: stated, or computed from the two ends of a range."""
    told = scene.choose(lambda f: f.measure is Measure.CAGR and is_figure(f))
    choice = choose_level(scene, ends_only, ignored=scene.question.places_of(*_CHANGE_WORDS))
    firsts = [g[0] for g in merged(figures_of(choice))] if choice and not scene.hard_open(choice) else []
    dated = [f for f in firsts if f.period is not None]
    if len(dated) == 2 and same_measure(*dated):
        new, old = _ordered(scene, dated)
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
