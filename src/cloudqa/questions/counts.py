"""What is counted of one thing in several sentences in other words: 已覆盖46个县, later 覆盖县数增至58个."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.quantities import Dimension, Quantity
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import is_level
from cloudqa.questions.phrase import compact
from cloudqa.questions.scene import Scene

_COUNTED = (Dimension.COUNT, Dimension.PEOPLE)
_WHAT = lazily("(?:累计|已经?|共)*(?:覆盖|接入|服务|签约|入驻|惠及|涉及|拥有|现有|建成|开设)?了?的?(.+?)(?:总?数量?)?")


def with_newer_counts(scene: Scene, facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts; where no period is asked for, also what other sentences count of the same thing at other times."""
    if scene.periods or len(facts) != 1 or not _is_count(facts[0]):
        return facts
    return [facts[0], *(f for f in scene.pool.facts if _counts_again(facts[0], f))]


def _is_count(fact: Fact) -> bool:
    counted = isinstance(fact.value, Quantity) and fact.value.unit.dimension in _COUNTED
    return counted and fact.table is None and bool(fact.entity) and fact.period is not None and is_level(fact)


def _counts_again(fact: Fact, other: Fact) -> bool:
    """Whether another sentence counts the same of the same thing, as known and not as expected."""
    if other.id == fact.id or not _is_count(other) or other.forecast or compact(other.entity) != compact(fact.entity):
        return False
    assert isinstance(fact.value, Quantity)
    assert isinstance(other.value, Quantity)
    return fact.value.unit == other.value.unit and _what(fact) == _what(other)


def _what(fact: Fact) -> str:
    m = _WHAT().fullmatch(compact(fact.metric))
    return m[1] if m is not None else compact(fact.metric)
