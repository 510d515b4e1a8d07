"""Money asked for in another currency: as the report restates it, else not at all."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.quantities import Dimension, Quantity, Unit, convert, convertible
from cloudqa.questions.finding import Finding, missing
from cloudqa.questions.labels import subject
from cloudqa.questions.scene import Scene


def in_asked_currency(scene: Scene, facts: Sequence[Fact]) -> list[Fact] | Finding:
    """The facts, each that is in another currency than the question wants as the report restates it.

    No rate is assumed: what the report does not restate (24.31亿元（3.59亿美元）) is missing.
    """
    wanted = scene.question.wanted
    if wanted is None or wanted.dimension is not Dimension.MONEY or not wanted.currency:
        return list(facts)
    found: list[Fact] = []
    for fact in facts:
        restated = fact if not _is_foreign(fact, wanted) else _restated(scene, fact, wanted)
        if restated is None:
            return missing(f"{subject(fact)} {wanted.symbol}", nearest=(f"{subject(fact)}：{_printed(fact)}",))
        found.append(restated)
    return found


def _is_foreign(fact: Fact, wanted: Unit) -> bool:
    if not isinstance(fact.value, Quantity) or fact.value.unit.dimension is not Dimension.MONEY:
        return False
    return bool(fact.value.unit.currency) and fact.value.unit.currency != wanted.currency


def _printed(fact: Fact) -> str:
    unit = fact.value.unit.symbol if isinstance(fact.value, Quantity) else ""
    return fact.printed if fact.printed.endswith(unit) else f"{fact.printed}{unit}"


def _restated(scene: Scene, fact: Fact, wanted: Unit) -> Fact | None:
    """The figure that stands in a sentence beside the same amount as the fact's, for the same metric and period."""
    beside = [f for f in scene.pool.facts if f.table is None and (f is fact or _is_same_amount(f, fact))]
    return next(
        (
            f
            for f in scene.pool.facts
            for same in beside
            if _are_twins(f, same) and isinstance(f.value, Quantity) and f.value.unit.currency == wanted.currency
        ),
        None,
    )


def _is_same_amount(one: Fact, other: Fact) -> bool:
    if not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return False
    if one.period is None or other.period is None or not one.period.matches(other.period):
        return False
    unit = other.value.unit
    return convertible(one.value.unit, unit) and convert(one.value.value, one.value.unit, unit) == other.value.value


def _are_twins(one: Fact, other: Fact) -> bool:
    """Whether two figures of one clause are of the same metric, thing and period."""
    clause = one.id.rpartition(":")[0] == other.id.rpartition(":")[0]
    same = (one.metric, one.entity, one.period, one.measure) == (
        other.metric,
        other.entity,
        other.period,
        other.measure,
    )
    return clause and same and one.id != other.id
