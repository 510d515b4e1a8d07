"""Series that several issues give together: the missing periods filled from wherever they are stated."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.quantities import Period, PeriodKind
from cloudqa.questions.scene import Scene


def complete_series(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a series by period: only those of the length asked for, and what other places state of the rest.

    Args:
        scene: The question.
        facts: Facts of one thing and metric.
    """
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
