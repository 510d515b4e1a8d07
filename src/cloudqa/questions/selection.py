"""Which facts a question is about: the metric it names, for the names and periods it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cloudqa.facts import Fact, Measure
from cloudqa.quantities import Bound, Period, PeriodKind, PeriodMention, Quantity, Relation
from cloudqa.questions.evidence import Examiner, normal_label
from cloudqa.questions.limits import opposed
from cloudqa.questions.phrase import bits
from cloudqa.questions.pool import Pool
from cloudqa.questions.support import Support

_BEYOND_QUESTION = 4096  # more places than a question has
_LEAST_LABEL = 0.34  # of a metric's name the question must say


@dataclass(frozen=True, slots=True)
class Examined:
    """A fact with what it accounts for.

    Attributes:
        fact: The fact.
        support: What of the question it accounts for.
        periods: Numbers of the question's periods that it fits, as a bit set.
        places: All places of the question it accounts for, those of fitting periods included.
    """

    fact: Fact
    support: Support
    periods: int
    places: int


@dataclass(frozen=True, slots=True)
class LabelKey:
    """What facts must share to be values of one metric."""

    label: str
    of: str
    measure: Measure
    from_table: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The facts of one metric, best first.

    Attributes:
        key: The metric.
        members: All of them with a place in the pool, in its order.
        score: Of the best member.
        sole: It is the only metric of its table, so that a question need not name it.
    """

    key: LabelKey
    members: tuple[Examined, ...]
    score: float
    sole: bool = False


def families(
    examiner: Examiner,
    pool: Pool,
    period_fits: Callable[[PeriodMention, Fact], bool],
    accept: Callable[[Fact], bool],
    ignored: int = 0,
) -> list[Family]:
    """The metrics that the question may mean, the likeliest first.

    Args:
        examiner: Of the question.
        pool: Facts to look through.
        period_fits: Whether a fact belongs to a period of the question.
        accept: Whether a fact can be an operand at all (its measure, its unit).
        ignored: Places of the question that are no words for the metric.
    """
    grouped: dict[LabelKey, list[Examined]] = {}
    for fact in pool.facts:
        if not accept(fact) or opposed(examiner.question.text, fact.metric):
            continue
        support = examiner.examine(fact, pool.row_text(fact), ignored)
        if not support.together:
            continue
        key = LabelKey(normal_label(fact), fact.of, fact.measure, fact.table is not None)
        grouped.setdefault(key, []).append(_examined(examiner, fact, support, period_fits))
    metrics: dict[tuple[str, int], set[str]] = {}
    for fact in pool.facts:
        if fact.table is not None and is_figure(fact):
            metrics.setdefault((fact.report, fact.table), set()).add(normal_label(fact))
    found = []
    for key, members in grouped.items():
        best = max(members, key=lambda m: m.support.score)
        place = (best.fact.report, best.fact.table if best.fact.table is not None else -1)
        sole = len(metrics.get(place, ())) == 1
        found.append(Family(key, tuple(members), best.support.score, sole))
    return sorted(found, key=lambda f: (-f.score, not f.key.from_table, f.key.label))


def _examined(
    examiner: Examiner, fact: Fact, support: Support, period_fits: Callable[[PeriodMention, Fact], bool]
) -> Examined:
    fitting, where = 0, 0
    for number, mention in enumerate(examiner.question.facts_periods):
        if period_fits(mention, fact):
            fitting |= 1 << number
            where |= bits(mention.start, mention.end)
    return Examined(fact, support, fitting, support.together & examiner.content | where)


def named(family: Family, examiner: Examiner) -> bool:
    """Whether the question names the metric: by a word for metrics if it has any, else by any word of its name.

    Of a figure in a sentence its clause may name it instead.
    """
    best = max(family.members, key=lambda m: m.support.score)
    support = best.support
    own = support.metric if family.key.from_table else support.metric | support.near & ~examiner.name_places
    if examiner.metric_words:
        own &= examiner.metric_words
    if family.sole and support.identity and not examiner.metric_words:
        return True
    if family.key.from_table:
        return bool(own) and support.label_share >= _LEAST_LABEL
    return bool(own)


def closest(members: Sequence[Examined]) -> list[Examined]:
    """The members that no other one beats: none accounts for the same places of the question and more.

    A cell that is empty beats none that is not.
    """
    stated = {_decisive(m) for m in members if m.fact.absence is None}
    empty = {_decisive(m) for m in members if m.fact.absence is not None}
    beaten = {mask for mask in stated if _is_exceeded(mask, stated)}
    beaten_empty = {mask for mask in empty if _is_exceeded(mask, stated | empty)}
    return [m for m in members if _decisive(m) not in (beaten if m.fact.absence is None else beaten_empty)]


def _is_exceeded(mask: int, others: set[int]) -> bool:
    return any(mask != other and mask & ~other == 0 for other in others)


def _decisive(examined: Examined) -> int:
    """Places and names accounted for, as one bit set."""
    return examined.places | examined.support.names << _BEYOND_QUESTION


def matches_period(mention: PeriodMention, fact: Fact) -> bool:
    """Whether a fact belongs to a period as the question names it: the same, or within what 以来 or 之后 opens.

    A part of a year without its year (二季度) is that part of any year.
    """
    period = fact.period
    if period is None:
        return mention.bound is Bound.UNTIL
    if mention.relative is not None:
        part = mention.relative.part
        return mention.relative.relation is Relation.WITHIN and part is not None and _same_part(part, period)
    if mention.period is None:
        return False
    return in_bounds(mention.period, mention.bound, period)


def _same_part(part: Period, period: Period) -> bool:
    return part.kind is period.kind and part.number == period.number and part.kind is not PeriodKind.YEAR


def in_bounds(asked: Period, bound: Bound | None, period: Period) -> bool:
    """Whether a period is the one asked for, lies in the range asked for, or beyond an open end."""
    if not asked.compatible(period):
        return False
    if bound is Bound.SINCE:
        return period.span[0] >= asked.span[0]
    if bound is Bound.AFTER:
        return period.span[0] > asked.span[1]
    if bound is Bound.UNTIL and period.edge is None and asked.kind is PeriodKind.DAY:
        return period.span[1] <= asked.span[1] and period.year == asked.year
    if bound is Bound.BEFORE:
        return period.span[1] < asked.span[0]
    if asked.kind is PeriodKind.RANGE:
        return asked.contains(period)
    return period.matches(asked) or ((asked.edge is None) != (period.edge is None) and _moment_of(asked, period))


def _moment_of(one: Period, other: Period) -> bool:
    """Whether one is the end of the other: a stock figure of 2016 is that of the end of 2016."""
    moment, stretch = (one, other) if one.edge is not None else (other, one)
    return moment.year == stretch.year and moment.kind is stretch.kind and moment.number == stretch.number


def is_figure(fact: Fact) -> bool:
    """Whether the fact states a figure."""
    return isinstance(fact.value, Quantity)


def without_older(members: Sequence[Examined], mentions: Sequence[PeriodMention]) -> list[Examined]:
    """Where a part of an unnamed year is asked for (二季度), of each thing only the latest."""
    if not any(p.relative is not None for p in mentions):
        return list(members)
    latest: dict[tuple[str, str, Measure], Period] = {}
    for m in members:
        if m.fact.period is not None:
            key = (m.fact.entity, m.fact.metric, m.fact.measure)
            latest[key] = max(latest.get(key, m.fact.period), m.fact.period)
    return [m for m in members if m.fact.period in (None, latest.get((m.fact.entity, m.fact.metric, m.fact.measure)))]
