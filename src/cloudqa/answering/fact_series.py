"""Figures that belong to one series, and their growth against an earlier period: exact, or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cloudqa.answering.fact_catalogue import names_period
from cloudqa.facts import Comparison, Fact, Measure, spelling
from cloudqa.facts.calculate import POINTS, Op, UndefinedResultError, recompute
from cloudqa.quantities import (
    PERCENT,
    Dimension,
    Period,
    PeriodError,
    PeriodKind,
    Qualifier,
    Quantity,
    convert,
    convertible,
    round_half_up,
    say_number,
)

_STEPPED = frozenset({PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH})
_LEVELS = frozenset({Measure.LEVEL, Measure.SHARE})
_APPROXIMATE = frozenset({Qualifier.ABOUT, Qualifier.NEAR, Qualifier.EXPECTED})
_WITHOUT_GROWTH = frozenset({Dimension.PERCENTAGE_POINT, Dimension.TEMPERATURE})
_DECIMALS = 2
_MOST_GAPS = 400

_Key = tuple[object, ...]


class Against(StrEnum):
    """What a figure is compared with."""

    YEAR_AGO = "year_over_year"  # 同比: the same period of the year before
    PREVIOUS = "period_over_period"  # 环比: the period before; a year has only the other


@dataclass(frozen=True, slots=True)
class Growth:
    """A calculated change.

    Attributes:
        value: Exact where the division ends, else with 12 decimals: in percent, or in points for shares and rates.
        unit: "%" or "百分点".
        approximate: One of the two figures is hedged or expected.
        base: The figure it is compared with.
    """

    value: Decimal
    unit: str
    approximate: bool
    base: Fact

    @property
    def number(self) -> str:
        """The change in two decimals, rounded half up, with its sign: +95.58."""
        rounded = round_half_up(self.value, _DECIMALS)
        return f"+{say_number(rounded)}" if rounded > 0 else say_number(rounded)

    @property
    def text(self) -> str:
        """The change for reading: +95.58%, 约-3.20%, +1.30百分点."""
        return f"{'约' if self.approximate else ''}{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series.

    Attributes:
        label: The period.
        facts: What is said of it; several where reports differ, none where nothing is said.
    """

    label: str
    facts: tuple[Fact, ...] = ()


class FactSeries:
    """The facts of an archive by series.

    Two facts are of one series when they measure the same of the same thing in units that convert; what stands in the
    keys of their table rows counts, periods left out, and an expectation is no series with statements.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_series: dict[_Key, dict[Period, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if fact.period is not None and (isinstance(fact.value, Quantity) or fact.absence is not None):
                self._by_series[_series_key(fact)][fact.period].append(fact)

    def growth(self, fact: Fact, against: Against) -> Growth | None:
        """The change against an earlier period; None where the archive has no base, or no base without doubt.

        A base of the same table goes before others. Where several figures are given for the earlier period, there is
        no telling which is meant, and nothing is calculated; nor from a base that is not positive, nor to a loss, nor
        from bounds.
        """
        if not _can_grow(fact) or fact.period is None or not isinstance(fact.value, Quantity):
            return None
        earlier = _earlier(fact.period, against)
        base = None if earlier is None else self._only_figure(fact, earlier)
        if base is None or not isinstance(base.value, Quantity):
            return None
        return _change(fact.value, base, base.value)

    def _only_figure(self, fact: Fact, period: Period) -> Fact | None:
        """The one figure of a period in the series of a fact."""
        found = [f for f in self._by_series[_series_key(fact)].get(period, ()) if _comparable(fact, f)]
        same_table = [f for f in found if _table(f) == _table(fact)]
        candidates = same_table or found
        figures = {_in_unit_of(fact, f) for f in candidates}
        return candidates[0] if len(figures) == 1 and _can_grow(candidates[0]) else None

    def over_time(self, fact: Fact) -> list[Point]:
        """The series of a fact in order of time; periods without a figure between the first and the last are points.

        Empty where the fact has no period, or its series no figure.
        """
        by_period = self._by_series[_series_key(fact)] if fact.period is not None else {}
        figure = self._figure_for(fact, by_period)
        if figure is None or fact.period is None:
            return []
        sort = _sort(fact.period)
        own = {period: _distinct(figure, found) for period, found in by_period.items() if _sort(period) == sort}
        said = sorted(period for period, found in own.items() if found)
        return [Point(period.label, own.get(period, ())) for period in _with_gaps(said)]

    @staticmethod
    def _figure_for(fact: Fact, by_period: dict[Period, list[Fact]]) -> Fact | None:
        """The fact, or where it states that there is no figure, another one of its series."""
        if fact.absence is None:
            return fact if isinstance(fact.value, Quantity) else None
        others = (other for found in by_period.values() for other in found)
        return next((other for other in others if isinstance(other.value, Quantity)), None)


def alongside(fact: Fact, shown: Iterable[Fact]) -> list[Fact]:
    """What is said of other things in the place of a figure: of one table and period, in units that convert.

    Stated nothings and words in place of a figure (无) are among them; totals are left out, unless the figure is one.

    Args:
        fact: One of them.
        shown: Where the others are looked for, in order.
    """
    return [
        f
        for f in shown
        if _measures_same(fact, f) and f.total == fact.total and (isinstance(f.value, str) or _comparable(fact, f))
    ]


def _measures_same(one: Fact, other: Fact) -> bool:
    return _table(one) == _table(other) and one.period == other.period and _measured(one) == _measured(other)


def _measured(fact: Fact) -> _Key:
    return spelling(fact.metric), spelling(fact.of), fact.measure, fact.comparison


def _table(fact: Fact) -> tuple[str, int] | None:
    return None if fact.table is None else (fact.report, fact.table)


def _series_key(fact: Fact) -> _Key:
    keys = frozenset(
        spelling(value) for _, value in fact.keys if not names_period(value) and not _is_metric(value, fact)
    )
    return spelling(fact.entity), _measured(fact), keys - {spelling(fact.entity)}, fact.forecast, fact.total


def _is_metric(value: str, fact: Fact) -> bool:
    """Whether the key of a row is the metric with its unit (收入（亿元）)."""
    return bool(fact.metric) and spelling(value).startswith(spelling(fact.metric))


def _sort(period: Period) -> tuple[object, ...]:
    """What the periods of one series share: length, calendar, and whether they are moments."""
    return period.kind, period.fiscal, period.edge


def _can_grow(fact: Fact) -> bool:
    """Whether a change from or to a fact is meaningful: a level, said exactly, about so, or as an expectation."""
    value = fact.value
    if not isinstance(value, Quantity) or fact.measure not in _LEVELS or fact.comparison is not Comparison.NONE:
        return False
    return value.part is None and (value.qualifier is None or value.qualifier in _APPROXIMATE)


def _earlier(period: Period, against: Against) -> Period | None:
    if period.kind not in _STEPPED or (against is Against.PREVIOUS and period.kind is PeriodKind.YEAR):
        return None
    try:
        return period.same_period_last_year() if against is Against.YEAR_AGO else period.predecessor()
    except PeriodError:
        return None


def _comparable(one: Fact, other: Fact) -> bool:
    return (
        isinstance(one.value, Quantity)
        and isinstance(other.value, Quantity)
        and convertible(one.value.unit, other.value.unit)
    )


def _in_unit_of(fact: Fact, other: Fact) -> Decimal:
    assert isinstance(fact.value, Quantity)
    assert isinstance(other.value, Quantity)
    return convert(other.value.value, other.value.unit, fact.value.unit)


def _change(new: Quantity, base: Fact, old: Quantity) -> Growth | None:
    """From one figure to another: points between rates, percent otherwise; None where neither means anything."""
    if new.unit.dimension in _WITHOUT_GROWTH:
        return None
    rate = new.unit.dimension is Dimension.PERCENT
    unit = PERCENT if rate else new.unit
    if new.value < 0 and not rate:
        return None  # a profit that has become a loss has not grown by any percentage
    try:
        value = recompute(Op.DIFFERENCE if rate else Op.GROWTH, [new.to(unit), old.to(unit)])
    except UndefinedResultError:
        return None
    approximate = any(q.qualifier is not None or q.expected for q in (new, old))
    return Growth(value, POINTS if rate else "%", approximate, base)


def _distinct(fact: Fact, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with different figures, in the unit of one of them; stated nothings where there is no figure."""
    kept: dict[Decimal, Fact] = {}
    for other in found:
        if _comparable(fact, other):
            kept.setdefault(_in_unit_of(fact, other), other)
    return tuple(kept.values()) or tuple(other for other in found if other.absence is not None)[:1]


def _with_gaps(periods: Sequence[Period]) -> list[Period]:
    """The periods with those between the first and the last that nothing is said of."""
    if len(periods) < 2 or periods[0].kind not in _STEPPED:
        return list(periods)
    filled = [periods[0]]
    while filled[-1] < periods[-1] and len(filled) < _MOST_GAPS:
        filled.append(filled[-1].successor())
    return filled if filled[-1] == periods[-1] else list(periods)
