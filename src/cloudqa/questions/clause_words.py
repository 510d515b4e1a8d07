"""What figures have in common with those beside them: enumerated in a sentence, told by a row's key."""

from __future__ import annotations

from cloudqa.facts import Fact
from cloudqa.quantities import Quantity
from cloudqa.questions.phrase import compact


def enumeration(fact: Fact) -> tuple[str, ...]:
    """What figures have in common that a sentence enumerates."""
    unit = fact.value.unit.symbol if isinstance(fact.value, Quantity) else ""
    return fact.report, fact.text, compact(fact.metric), fact.measure, unit


def names_metric(key: str, fact: Fact) -> bool:
    """Whether a row's key is the name of the metric, in a table with metrics in the rows."""
    return bool(fact.metric) and compact(key).startswith(compact(fact.metric))
