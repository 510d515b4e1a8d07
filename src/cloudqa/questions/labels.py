"""How facts are named to the reader: period, name and metric."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact, FactSource
from cloudqa.quantities import Period, PeriodKind, Quantity, parse_period
from cloudqa.questions.names import Name
from cloudqa.questions.phrase import compact, is_period


def period_label(fact: Fact) -> str:
    """The period of a fact as its table prints it, else in its canonical form; "" if it has none."""
    if fact.period is None:
        return fact.relative
    printed = next((v for _, v in fact.keys if _is(fact.period, v)), "")
    if printed and len(printed) <= 14:
        return printed
    if fact.period.kind in (PeriodKind.MONTH, PeriodKind.DAY):
        return fact.period.chinese
    return fact.period.label.removeprefix("CY")


def _is(period: Period, printed: str) -> bool:
    """Whether a label is the period's; a table of fiscal quarters may print them without saying so."""
    said = parse_period(printed)
    return said is not None and said.matches(period)


def printed_with_unit(fact: Fact) -> str:
    """The value as printed, with its unit where that stands elsewhere (in a header)."""
    printed = fact.printed.strip()
    unit = fact.value.unit.symbol if isinstance(fact.value, Quantity) else ""
    return printed if not unit or unit in printed or fact.absence is not None else f"{printed}{unit}"


def name_label(fact: Fact) -> str:
    """Who or what a fact is about: the first key of its row that is no period, else its entity.

    Of a pair inside a cell (可用性: 99%) the row's key only says what sort of pairs they are.
    """
    if fact.source is FactSource.SPECIFICATION and fact.entity:
        return fact.entity
    keys = [v for _, v in fact.keys if not is_period(v) and not compact(v).startswith(compact(fact.metric))]
    if fact.entity and fact.entity not in keys and not keys:
        return fact.entity
    return keys[0] if keys else fact.entity


def asked_label(fact: Fact, names: Sequence[Name]) -> str:
    """The name of the question that a row is about, as the row spells it; else as :func:`name_label`."""
    for value in [fact.entity, *(v for _, v in fact.keys)]:
        if value and any(s == compact(value) for n in names for s in n.spellings):
            return value
    return name_label(fact)


def subject(fact: Fact) -> str:
    """Whose metric it is: 甲公司 收入; a key that names the metric is left out."""
    parts: list[str] = []
    for part in (fact.entity, *(v for _, v in fact.keys if not is_period(v)), fact.metric):
        known = compact(part)
        if part != fact.metric and known.startswith(compact(fact.metric)):
            continue
        if known and not any(known in compact(p) for p in parts):
            parts = [p for p in parts if compact(p) not in known] if part == fact.metric else parts
            parts.append(part)
    return " ".join(parts)


def distinct_labels(facts: Sequence[Fact], names: Sequence[Name]) -> list[str]:
    """A label for each fact that tells it from the others: by name, by period, by both, or by metric as well."""
    by_name = [asked_label(f, names) for f in facts]
    if len(set(by_name)) < len(by_name):
        by_name = _by_telling_key(facts) or by_name
    by_period = [period_label(f) for f in facts]
    by_metric = [f.metric for f in facts]
    for parts in (
        (by_name,),
        (by_period,),
        (by_metric,),
        (by_name, by_period),
        (by_name, by_metric),
        (by_period, by_metric),
    ):
        labels = [" ".join(dict.fromkeys(p for p in row if p)) for row in zip(*parts, strict=True)]
        if len(set(labels)) == len(labels) and all(labels):
            return labels
    return [" ".join(dict.fromkeys(p for p in row if p)) for row in zip(by_name, by_period, by_metric, strict=True)]


def _by_telling_key(facts: Sequence[Fact]) -> list[str]:
    """The values of the first key column that differ from row to row (甲厂 一号, 甲厂 二号); [] where none do."""
    keys = [[v for _, v in f.keys if v and not is_period(v)] for f in facts]
    for column in zip(*keys, strict=False):
        if len(set(column)) == len(column):
            return list(column)
    return []
