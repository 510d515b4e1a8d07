"""Sums, averages and shares over the periods of a year or range, or over the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation, Op, calculate
from cloudqa.quantities import Dimension, PeriodKind, Quantity, UnitMismatchError
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import in_year
from cloudqa.questions.computing import finding_of
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable, quantity
from cloudqa.questions.finding import Finding, missing
from cloudqa.questions.intent import Operation
from cloudqa.questions.labels import subject
from cloudqa.questions.lookup import of_facts
from cloudqa.questions.operands import choose_level, choose_several, figures_of, merged, of_last
from cloudqa.questions.scene import Scene
from cloudqa.questions.spanning import with_parts_elsewhere

_SUMMED = (PeriodKind.YEAR, PeriodKind.HALF)
_RATES = (Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.TIMES, Dimension.TEMPERATURE)
_RATIO = lazily("价(?!值)|率|指数|得分|评分|排名|名次|price|rate|index|score|rank")
_STOCK = lazily(
    "用户|客户|(?<!报名)(?<!录取)(?<!出院)(?<!入院)(?<!就诊)(?<!参观)(?<!毕业)(?<!招生)(?<!接待)(?<!参加)人数|人员|员工|职工|余额|资产|负债|存量|库存|保有|床位|人口|价|率|指数|得分|排名|名次|users|customers|employees|"
    "assets|liabilities|balance|headcount|stock|price|rate|index|population|beds"
)


def total(scene: Scene) -> Finding | None:
    """The sum or average that the question asks for: as the report states it, or computed."""
    stated = _stated(scene)
    if stated is not None:
        return stated
    choice = choose_several(scene, in_year)
    if choice is None:
        return None
    refusal = scene.refuse(choice)
    if refusal is not None or scene.hard_open(choice):
        return refusal
    facts = [
        m.fact
        for m in choice.members
        if m.fact.absence is None and not m.fact.total and isinstance(m.fact.value, Quantity)
    ]
    facts = of_last(scene, scene.one_thing([g[0] for g in merged(facts)]))
    facts = with_parts_elsewhere(scene, facts)
    gap = missing_parts(scene, facts)
    if gap is not None or not facts:
        return gap
    if len(facts) == 1:
        return of_facts(scene, facts)
    return aggregate(scene, facts)


def _stated(scene: Scene) -> Finding | None:
    """The figure for the whole year or range, where the report gives it."""
    if scene.intent.operation is Operation.MEAN or not scene.periods:
        return None
    choice = choose_level(scene)
    if choice is None or scene.hard_open(choice) or not choice.members:
        return None
    facts = [m.fact for m in choice.members if m.fact.absence is None]
    asked = [p.period for p in scene.periods if p.period is not None]
    whole = [
        f
        for f in facts
        if f.period is not None and any(a.kind is not PeriodKind.RANGE and f.period.matches(a) for a in asked)
    ]
    whole = [f for f in whole if f.total] or whole
    return of_facts(scene, whole) if len(merged(whole)) == 1 else None


def missing_parts(scene: Scene, facts: Sequence[Fact]) -> Finding | None:
    """That a year or range is not complete, and which parts are there."""
    for mention in scene.periods:
        asked = mention.period
        if asked is None or asked.kind not in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.RANGE) or not facts:
            continue
        parts = [f for f in facts if f.period is not None and asked.contains(f.period)]
        kinds = {f.period.kind for f in parts if f.period is not None}
        if len(kinds) != 1:
            continue
        expected = asked.members(kinds.pop())
        absent = [p.label for p in expected if not any(f.period is not None and f.period.matches(p) for f in parts)]
        if absent:
            have = ", ".join(p.label for p in expected if p.label not in absent)
            return missing(*(f"{subject(facts[0])} {a}" for a in absent), nearest=(have,))
    return None


@dataclass(frozen=True, slots=True)
class YearSum:
    """A year's total from its parts."""

    label: str
    facts: tuple[Fact, ...]
    done: Calculation


def yearly_sums(scene: Scene, ignored: int) -> list[YearSum] | Finding | None:
    """For each year or half asked for the sum of its parts, earliest first; a refusal where parts are missing."""
    asked = sorted({p.period for p in scene.periods if p.period is not None and p.period.kind in _SUMMED})
    choice = choose_several(scene, in_year, ignored=ignored)
    if not asked or choice is None or scene.hard_open(choice):
        return None
    facts = scene.one_thing([g[0] for g in merged(figures_of(choice))])
    facts = [f for f in facts if not f.total]
    if not facts or not is_summable(facts[0]):
        return None
    facts = with_parts_elsewhere(scene, facts)
    gap = missing_parts(scene, facts)
    if gap is not None:
        return gap
    sums = []
    for period in asked:
        parts = [f for f in facts if f.period is not None and period.contains(f.period)]
        if not parts:
            return None
        operands = comparable(parts)
        sums.append(YearSum(period.label, tuple(parts), calculate(Op.SUM, operands, operands[0].unit)))
    return sums


def is_summable(fact: Fact) -> bool:
    """Whether figures of several periods add up: no rates, no prices, no head counts or balances."""
    unit = quantity(fact).unit
    if unit.dimension in _RATES or unit.denominator is not None:
        return False
    return not _STOCK().search(fact.metric)


def is_ratio(fact: Fact) -> bool:
    """Whether figures of several things do not add up either: rates, prices, scores."""
    unit = quantity(fact).unit
    return unit.dimension in _RATES or unit.denominator is not None or _RATIO().search(fact.metric) is not None


def aggregate(scene: Scene, facts: Sequence[Fact]) -> Finding | None:
    """The sum or average of figures that can be added."""
    op = Op.MEAN if scene.intent.operation is Operation.MEAN else Op.SUM
    over_time = len({f.period for f in facts}) > 1
    if op is Op.SUM and (is_ratio(facts[0]) or (over_time and not is_summable(facts[0]))):
        return None
    if not scene.pool.complete and not all(map(scene.is_named, facts)):
        return None  # rows of tables that were not looked through would be left out
    try:
        if scene.question.has(CueKind.MEDIAN):
            return _median(scene, facts)
        operands = comparable(list(facts))
    except UnitMismatchError:
        return missing(facts[0].metric)
    done = calculate(op, operands, operands[0].unit, decimals_shown=scene.question.digits)
    return finding_of(scene, done, facts)


def _median(scene: Scene, facts: Sequence[Fact]) -> Finding:
    """The middle figure, or the mean of the two in the middle."""
    values = comparable(list(facts))
    order = sorted(zip(values, facts, strict=True), key=lambda pair: pair[0].value)
    middle = order[(len(order) - 1) // 2 : len(order) // 2 + 1]
    done = calculate(Op.MEAN, [v for v, _ in middle], values[0].unit, decimals_shown=scene.question.digits)
    found = finding_of(scene, done, [f for _, f in middle])
    said = (
        f"The median of {len(facts)} figures." if scene.question.english else f"{len(facts)}个数由小到大排列的中位数。"
    )
    return replace(found, evidence=tuple(f for _, f in order), caveats=(*found.caveats, said))
