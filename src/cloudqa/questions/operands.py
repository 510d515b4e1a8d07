"""Choosing the operands of an operation: which facts, for which periods and names, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from cloudqa.facts import Fact, FactSource
from cloudqa.language import normal_text
from cloudqa.quantities import (
    Dimension,
    Period,
    PeriodError,
    PeriodKind,
    PeriodMention,
    Quantity,
    Relation,
    convertible,
)
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import Choice, hard_words, is_level, same_identity
from cloudqa.questions.cues import CueKind
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.intent import Against, Operation
from cloudqa.questions.phrase import compact
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import matches_period

_PER_THING = lazily(
    "每(?:1|一)?[万千百亿]?(?:个|名|位|户|家)?(?!季|年|月|周|天|日|财|期|一|个)"
    "|(?<![a-z])per (?!cent|quarter|year|month)"
)
_RELATIVE = (Operation.GROWTH, Operation.CAGR, Operation.SHARE)
Accept = Callable[[Fact], bool]


def in_wanted_unit(scene: Scene, accept: Accept) -> Accept:
    """Facts that are accepted and can be said in the unit that the question wants.

    Where money is to be converted its own currency is another one.
    """
    wanted = scene.question.wanted
    if wanted is not None and wanted.dimension is Dimension.MONEY and scene.question.has(CueKind.IN_UNIT):
        return lambda fact: accept(fact) and isinstance(fact.value, Quantity) and _is_money(fact.value)
    if wanted is None or not wanted.stated or wanted.dimension in (Dimension.PERCENTAGE_POINT, Dimension.TIMES):
        return accept
    if wanted.dimension is Dimension.PERCENT and scene.intent.operation in _RELATIVE:
        return accept
    numerator = replace(wanted, denominator=None)

    def fits(fact: Fact) -> bool:
        if not isinstance(fact.value, Quantity):
            return False
        own = replace(fact.value.unit, denominator=None)
        return accept(fact) and (convertible(own, numerator) or not own.stated)

    return fits


def _is_money(value: Quantity) -> bool:
    return value.unit.dimension is Dimension.MONEY or not value.unit.stated


def choose_level(
    scene: Scene, fits: Callable[[PeriodMention, Fact], bool] = matches_period, *, narrow: bool = True, ignored: int = 0
) -> Choice | None:
    """The metric that the question means as a level, in the unit it wants if there is one."""
    accept = in_wanted_unit(scene, is_level)
    if _PER_THING().search(scene.question.text):
        rate = scene.choose(lambda f: accept(f) and _is_rate(f), fits=fits, narrow=narrow, ignored=ignored)
        if rate is not None and rate.members and not hard_words(rate.open):
            return rate
    choice = scene.choose(accept, fits=fits, narrow=narrow, ignored=ignored)
    if accept is not is_level and (choice is None or choice.open or not choice.members):
        other = scene.choose(is_level, fits=fits, narrow=narrow, ignored=ignored)
        if other is not None and (choice is None or len(other.open) < len(choice.open) or other.members):
            return other
    return choice


def _is_rate(fact: Fact) -> bool:
    """Whether the figure is per something."""
    return isinstance(fact.value, Quantity) and (fact.value.unit.denominator is not None or "每" in fact.metric)


def choose_several(
    scene: Scene, fits: Callable[[PeriodMention, Fact], bool], *, narrow: bool = False, ignored: int = 0
) -> Choice | None:
    """The metric that the question means, where several figures are needed: of a table, else of an enumeration."""
    if _PER_THING().search(scene.question.text):
        rate = scene.choose(lambda f: is_level(f) and _is_rate(f), fits=fits, narrow=narrow, ignored=ignored)
        if rate is not None and rate.members and not hard_words(rate.open):
            return rate
    for source in (_in_table, _in_list, _anywhere):
        accept = in_wanted_unit(scene, lambda f, s=source: is_level(f) and s(f))  # type: ignore[misc]
        choice = scene.choose(accept, fits=fits, narrow=narrow, ignored=ignored)
        if choice is None:
            choice = scene.choose(lambda f, s=source: is_level(f) and s(f), fits=fits, narrow=narrow, ignored=ignored)  # type: ignore[misc]
        if choice is not None and choice.members and not hard_words(choice.open):
            return choice
    return choose_level(scene, fits, narrow=narrow, ignored=ignored)


def _in_table(fact: Fact) -> bool:
    return fact.table is not None


def _in_list(fact: Fact) -> bool:
    return fact.source is FactSource.LIST


def _anywhere(fact: Fact) -> bool:
    return True


def merged(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts grouped by what they are of: the same period and the same thing; the first of a group speaks for it."""
    groups: list[list[Fact]] = []
    by_entity: dict[str, list[int]] = {"": []}
    for fact in facts:
        entity = compact(fact.entity)
        near = sorted([*by_entity.get(entity, ()), *by_entity[""]]) if entity else range(len(groups))
        number = next((n for n in near if same_thing(groups[n][0], fact)), None)
        if number is not None:
            groups[number].append(fact)
            continue
        by_entity.setdefault(entity, []).append(len(groups))
        groups.append([fact])
    return groups


def same_thing(one: Fact, other: Fact) -> bool:
    """Whether two facts of one metric are of the same period and the same thing, as far as both say."""
    if (one.period is None) != (other.period is None):
        return False
    if one.period is not None and other.period is not None and not one.period.matches(other.period):
        return False
    return one.relative == other.relative and same_identity(one, other)


def sibling(scene: Scene, fact: Fact, period: Period) -> Fact | None:
    """The fact of the same metric and thing for another period, from the same table where there is one."""
    label = normal_label(fact)
    found = [
        f
        for f in scene.pool.facts
        if f.absence is None
        and f.period is not None
        and f.measure is fact.measure
        and f.period.matches(period)
        and normal_label(f) == label
        and isinstance(f.value, Quantity)
        and same_identity(f, fact)
    ]
    found.sort(key=lambda f: (f.report != fact.report, f.table != fact.table, f.table is None, f.entity != fact.entity))
    return found[0] if found else None


def base_period(period: Period, against: Against) -> Period | None:
    """The period that a change is measured against; None where there is none."""
    try:
        return period.same_period_last_year() if against is Against.YEAR_AGO else period.predecessor()
    except PeriodError:
        return None


def ends_only(mention: PeriodMention, fact: Fact) -> bool:
    """Whether a fact is of the first or last period of a range, of all of it, or of the period asked for."""
    asked = mention.period
    if asked is not None and asked.kind is PeriodKind.RANGE and fact.period is not None and asked.first and asked.last:
        ends = asked.first.matches(fact.period) or asked.last.matches(fact.period)
        return ends or (fact.period.kind is PeriodKind.RANGE and asked.matches(fact.period))
    return matches_period(mention, fact)


def latest(facts: Sequence[Fact]) -> list[Fact]:
    """Of facts that differ only in their period, those of the last one."""
    dated = [f for f in facts if f.period is not None and not f.relative]
    if not dated:
        return list(facts)
    last = max(f.period for f in dated if f.period is not None)
    return [f for f in dated if f.period == last]


def of_last(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """Where the last so many periods are asked for (近四个季度), the facts of these; [] where there are fewer.

    A figure that the text itself gives for such a stretch (近三年累计) stays.
    """
    mention = next((p for p in scene.question.periods if p.relative and p.relative.relation is Relation.LAST), None)
    if mention is None or mention.relative is None:
        return list(facts)
    kind, count = mention.relative.kind, abs(mention.relative.steps)
    dated = {f.period: f for f in facts if f.period is not None and f.period.kind is kind}
    if not dated:
        return [f for f in facts if normal_text(mention.text) in normal_text(f.text)]
    last = sorted(dated)[-count:]
    whole = len(last) == count and all(a.successor().matches(b) for a, b in pairwise(last))
    return [dated[p] for p in last] if whole else []


def earliest(facts: Sequence[Fact]) -> list[Fact]:
    """Of facts that differ only in their period, those of the first one."""
    dated = [f for f in facts if f.period is not None and not f.relative]
    if not dated:
        return list(facts)
    first = min(f.period for f in dated if f.period is not None)
    return [f for f in dated if f.period == first]


def figures_of(choice: Choice) -> list[Fact]:
    """The facts chosen that state a figure."""
    return [m.fact for m in choice.members if isinstance(m.fact.value, Quantity)]
