"""Series that several issues give together: the missing periods filled from wherever they are stated."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.quantities import Period, PeriodKind
from cloudqa.questions.choice import in_year
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.figures import same_measure
from cloudqa.questions.labels import name_label
from cloudqa.questions.phrase import compact
from cloudqa.questions.sameness import is_forecast, says_alike
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure

_PARTED = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.RANGE)


def complete_series(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a series by period: only those of the length asked for, and what other places state of the rest.

    Args:
        scene: The question.
        facts: Facts of one thing and metric.
    """
    facts = with_parts_elsewhere(scene, facts)
    asked = next((p.period for p in scene.periods if p.period is not None and p.period.kind is PeriodKind.RANGE), None)
    if asked is None or asked.first is None or not facts:
        return list(facts)
    kind = asked.first.kind
    own = [f for f in facts if f.period is not None and f.period.kind is kind]
    if not own:
        return list(facts)
    for period in asked.members(kind):
        if not any(_is_of(f, period) for f in own):
            own.extend([f for f in scene.series_of(own[0]) if _is_of(f, period)][:1])
    return sorted(own, key=lambda f: f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0)))


def _is_of(fact: Fact, period: Period) -> bool:
    return fact.period is not None and fact.period.matches(period)


def with_parts_elsewhere(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """The cells of one thing's series with the periods that only sentences state, of those that the question asks for.

    The fourth quarter may stand in a sentence of a later issue than the table of the first three. What sentences state
    differently of one period is left out.
    """
    kinds = {f.period.kind for f in facts if f.period is not None}
    if len(kinds) != 1 or not facts[0].entity or facts[0].table is None or len({name_label(f) for f in facts}) > 1:
        return list(facts)
    if any(p.period is None or (p.period.kind not in _PARTED or p.period.kind in kinds) for p in scene.periods):
        return list(facts)
    stated: dict[Period, list[Fact]] = {}
    for fact in scene.pool.facts:
        if fact.period is not None and _continues(fact, facts) and _is_asked(scene, fact):
            stated.setdefault(fact.period, []).append(fact)
    agreed = [own[0] for own in stated.values() if all(says_alike(f, own[0]) for f in own)]
    return sorted([*facts, *agreed], key=lambda f: f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0)))


def _continues(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a sentence states the metric of a series for another period of the same length, not as an expectation."""
    first = facts[0]
    if fact.table is not None or fact.period is None or first.period is None or not is_figure(fact):
        return False
    same = normal_label(fact) == normal_label(first) and compact(fact.entity) == compact(first.entity)
    if not same or fact.measure is not first.measure or fact.of != first.of or fact.total or is_forecast(fact):
        return False
    if fact.period.kind is not first.period.kind or fact.relative or not same_measure(fact, first):
        return False
    return fact.period.compatible(first.period) and not any(
        f.period is not None and f.period.matches(fact.period) for f in facts
    )


def _is_asked(scene: Scene, fact: Fact) -> bool:
    return not scene.periods or any(in_year(p, fact) for p in scene.periods)
