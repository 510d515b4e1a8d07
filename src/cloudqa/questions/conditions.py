"""Conditions on figures: more than, less than, between, negative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.quantities import Dimension, Quantity, UnitMismatchError, convert
from cloudqa.questions.cues import Cue, CueKind
from cloudqa.questions.reading import Question

_NEAR = 6  # characters between the grammar word and its figure
_INCLUSIVE = (
    "至少",
    "不低于",
    "不少于",
    "不小于",
    "以上",
    "达到",
    "at least",
    ">=",
    "≥",
    "不超过",
    "at most",
    "no more than",
    "<=",
    "≤",
    "以下",
)
_NOT_ABOVE = ("不超过", "未超过", "没有超过", "at most", "no more than", "≤", "<=")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that a figure fulfils or not.

    Attributes:
        holds: Whether a fact fulfils it; None where its unit cannot be compared.
        text: As the question says it.
        limit: The figure it compares with, None for a sign.
    """

    holds: Callable[[Fact], bool | None]
    text: str
    limit: Quantity | None


def find_condition(question: Question) -> Condition | None:
    """The condition of a question, None if it has none."""
    if question.has(CueKind.NEGATIVE):
        return Condition(lambda f: _sign(f) < 0, "< 0", None)
    if question.has(CueKind.POSITIVE):
        return Condition(lambda f: _sign(f) > 0, "> 0", None)
    amounts = question.amounts
    if len(amounts) >= 2 and (question.has(CueKind.BETWEEN) or amounts[0].part is not None):
        low, high = amounts[0], amounts[1]
        return Condition(lambda f: _between(f, low, high), f"{low.text}-{high.text}", low)
    for cue in question.cues:
        if cue.kind in (CueKind.ABOVE, CueKind.BELOW):
            amount = _beside(question, cue)
            if amount is not None:
                return _comparing(cue, amount)
    return None


def _beside(question: Question, cue: Cue) -> Quantity | None:
    """The figure after the grammar word, or just before it (10亿元以上)."""
    after = [q for q in question.amounts if 0 <= q.start - cue.end <= _NEAR]
    before = [q for q in question.amounts if 0 <= cue.start - q.end <= 1]
    beside = after or before
    return beside[0] if beside else None


def _comparing(cue: Cue, amount: Quantity) -> Condition:
    above = cue.kind is CueKind.ABOVE
    inclusive = cue.text in _INCLUSIVE

    def holds(fact: Fact) -> bool | None:
        value, limit = _pair(fact, amount)
        if value is None or limit is None:
            return None
        if value == limit:
            return inclusive
        return value > limit if above else value < limit

    return Condition(holds, f"{cue.text}{amount.text}", amount)


def _between(fact: Fact, low: Quantity, high: Quantity) -> bool | None:
    value, least = _pair(fact, low)
    _, most = _pair(fact, high)
    if value is None or least is None or most is None:
        return None
    return least <= value <= most


def _pair(fact: Fact, amount: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The fact's value and the figure compared with, in the fact's unit; None where they do not compare."""
    if not isinstance(fact.value, Quantity):
        return None, None
    own = fact.value.unit
    plain = amount.unit.dimension is Dimension.UNSTATED and amount.unit.scale == 1
    if plain and own.scale > 1 and amount.value < own.scale:
        return None, None  # 超过10 of figures in 亿元: in which unit is not said
    if amount.unit.dimension is Dimension.UNSTATED or own.dimension is Dimension.UNSTATED:
        return fact.value.value * own.scale, amount.value * amount.unit.scale
    try:
        return fact.value.value, convert(amount.value, amount.unit, own)
    except UnitMismatchError:
        return _without_denominator(fact.value, amount)


def _without_denominator(own: Quantity, amount: Quantity) -> tuple[Decimal | None, Decimal | None]:
    try:
        return own.value, convert(amount.value, amount.unit.numerator, own.unit.numerator)
    except UnitMismatchError:
        return None, None


def _sign(fact: Fact) -> int:
    if not isinstance(fact.value, Quantity):
        return 0
    return (fact.value.value > 0) - (fact.value.value < 0)
