"""Periods: a year, half, quarter, month, day or a range of them, fiscal or calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import total_ordering

from cloudqa.quantities.unit import QuantityError


class PeriodError(QuantityError):
    """A period that does not exist, or a step that it does not have."""


class PeriodKind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    RANGE = "range"


class Edge(StrEnum):
    """A moment at one end of a period: 2016年末, 7月初."""

    START = "start"
    END = "end"


_PER_YEAR = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
_FINER = (PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)


def days_in_month(year: int, month: int) -> int:
    """How many days a month (1-12) of the Gregorian calendar has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, or with ``edge`` a moment at one end of it.

    Periods are ordered by where they begin, then by where they end; whether they are fiscal plays no part in it.

    Attributes:
        year: The year printed; of a range the year it begins in.
        kind: How long it is.
        number: Which half (1-2), quarter (1-4) or month (1-12) of the year; of a day its month; 0 otherwise.
        day: Day of the month, 0 unless a day.
        fiscal: True for a fiscal year's (FY2017Q3, 2017财年), False for the calendar's, None if the text does not say.
        edge: START or END for the moment (2016年末), None for the whole stretch.
        first: The first period of a range, else None.
        last: The last period of a range, inclusive, at least as late as ``first``; else None.

    Raises:
        PeriodError: There is no such period: quarter 5, 30 February, a range that ends before it begins.
    """

    year: int
    kind: PeriodKind = PeriodKind.YEAR
    number: int = 0
    day: int = 0
    fiscal: bool | None = None
    edge: Edge | None = None
    first: Period | None = None
    last: Period | None = None

    def __post_init__(self) -> None:
        if self.kind is PeriodKind.RANGE:
            self._check_range()
            return
        limit = {PeriodKind.YEAR: 0, PeriodKind.DAY: 12}.get(self.kind, _PER_YEAR.get(self.kind, 0))
        if not 1 <= self.year <= 9999 or not min(limit, 1) <= self.number <= limit:
            raise PeriodError(f"没有这样的期间：{self.year} {self.kind} {self.number}。")
        is_day = self.kind is PeriodKind.DAY
        if is_day != bool(self.day) or (is_day and self.day > days_in_month(self.year, self.number)):
            raise PeriodError(f"没有这样的日期：{self.year}-{self.number}-{self.day}。")

    def _check_range(self) -> None:
        if self.first is None or self.last is None or PeriodKind.RANGE in (self.first.kind, self.last.kind):
            raise PeriodError("区间需要起止两个期间。")
        if self.last.span[1] < self.first.span[0]:
            raise PeriodError(f"区间的终点早于起点：{self.first.label}、{self.last.label}。")

    @classmethod
    def between(cls, first: Period, last: Period) -> Period:
        """The range from one period to another, both included; a period itself if both are the same.

        Raises:
            PeriodError: The last ends before the first begins.
        """
        if first == last:
            return first
        fiscal = first.fiscal if first.fiscal is not None else last.fiscal
        return cls(first.year, PeriodKind.RANGE, fiscal=fiscal, first=first, last=last)

    @property
    def span(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """First and last day as (year, month, day), months counted from the start of the printed year.

        Of a fiscal period these are months of its fiscal year, not of the calendar.
        """
        if self.kind is PeriodKind.RANGE and self.first and self.last:
            return self.first.span[0], self.last.span[1]
        begin, end = self._own_span()
        if self.edge is Edge.END:
            return end, end
        return (begin, begin) if self.edge is Edge.START else (begin, end)

    def _own_span(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        if self.kind is PeriodKind.DAY:
            return (self.year, self.number, self.day), (self.year, self.number, self.day)
        months = 12 // _PER_YEAR[self.kind]
        last_month = months * max(self.number, 1)
        last_day = days_in_month(self.year, last_month)
        return (self.year, last_month - months + 1, 1), (self.year, last_month, last_day)

    @property
    def label(self) -> str:
        """The one canonical name: 2017, FY2017, 2017H1, 2017Q3, 2017-08, 2017-08-16, 2015Q2-2018Q1, 2017-01~2017-09.

        ``CY`` before the year where the text says it is the calendar's; 初 or 末 after it for a moment.
        """
        if self.kind is PeriodKind.RANGE and self.first and self.last:
            dates = {self.first.kind, self.last.kind} & {PeriodKind.MONTH, PeriodKind.DAY}
            return f"{self.first.label}{'~' if dates else '-'}{self.last.label}"
        calendar_mark = {True: "FY", False: "CY", None: ""}[self.fiscal]
        edge = {Edge.START: "初", Edge.END: "末", None: ""}[self.edge]
        return f"{calendar_mark}{self.year:04d}{self._within_year()}{edge}"

    def _within_year(self) -> str:
        if self.kind is PeriodKind.DAY:
            return f"-{self.number:02d}-{self.day:02d}"
        if self.kind is PeriodKind.MONTH:
            return f"-{self.number:02d}"
        return {PeriodKind.HALF: f"H{self.number}", PeriodKind.QUARTER: f"Q{self.number}"}.get(self.kind, "")

    @property
    def chinese(self) -> str:
        """As one says it: 2017财年第三季度, 2017年上半年, 2016年末."""
        if self.kind is PeriodKind.RANGE and self.first and self.last:
            return f"{self.first.chinese}至{self.last.chinese}"
        within = {
            PeriodKind.YEAR: "",
            PeriodKind.HALF: "上半年" if self.number == 1 else "下半年",
            PeriodKind.QUARTER: f"第{'〇一二三四'[min(self.number, 4)]}季度",
            PeriodKind.MONTH: f"{self.number}月",
            PeriodKind.DAY: f"{self.number}月{self.day}日",
        }[self.kind]
        edge = {Edge.START: "初", Edge.END: "末", None: ""}[self.edge]
        return f"{self.year}{'财年' if self.fiscal else '年'}{within}{edge}"

    def __str__(self) -> str:
        return self.label

    def __lt__(self, other: Period) -> bool:
        return (self.span, self.label) < (other.span, other.label)

    def shifted(self, steps: int) -> Period:
        """The period of the same kind so many of its kind later; earlier if negative. A range moves by its length.

        Raises:
            PeriodError: It would leave the years 1 to 9999.
        """
        if self.kind is PeriodKind.RANGE and self.first and self.last:
            length = self.count(self.first.kind) if self.first.kind is self.last.kind else 0
            if not length:
                raise PeriodError(f"{self.label} 没有相邻的期间。")
            return self.between(self.first.shifted(steps * length), self.last.shifted(steps * length))
        if self.kind is PeriodKind.DAY:
            moved = self._moved(steps)
            return replace(self, year=moved.year, number=moved.month, day=moved.day)
        per_year = _PER_YEAR[self.kind]
        index = self.year * per_year + max(self.number, 1) - 1 + steps
        number = index % per_year + 1 if per_year > 1 else 0
        return replace(self, year=index // per_year, number=number)

    def _moved(self, days: int) -> date:
        try:
            return date.fromordinal(date(self.year, self.number, self.day).toordinal() + days)
        except (ValueError, OverflowError) as error:
            raise PeriodError(f"{self.label} 之后 {days} 天不在公元 1 至 9999 年内。") from error

    def successor(self) -> Period:
        """The next period of the same kind."""
        return self.shifted(1)

    def predecessor(self) -> Period:
        """The period of the same kind before it."""
        return self.shifted(-1)

    def year_shifted(self, years: int) -> Period:
        """The same period so many years later; 29 February becomes 28 February where there is none."""
        if self.kind is PeriodKind.RANGE and self.first and self.last:
            return self.between(self.first.year_shifted(years), self.last.year_shifted(years))
        day = self.day
        if self.kind is PeriodKind.DAY:
            day = min(day, days_in_month(self.year + years, self.number))
        return replace(self, year=self.year + years, day=day)

    def same_period_last_year(self) -> Period:
        """What 同比 compares it with."""
        return self.year_shifted(-1)

    def containing(self, kind: PeriodKind) -> Period | None:
        """The period of a longer kind that it lies in: the quarter of a month, the year of a quarter; None if none."""
        if self.kind is PeriodKind.RANGE or kind is PeriodKind.RANGE or kind is PeriodKind.DAY:
            return None
        (year, month, _), (_, last_month, _) = self._own_span()
        months = 12 // _PER_YEAR[kind]
        if (month - 1) // months != (last_month - 1) // months:
            return None
        number = 0 if kind is PeriodKind.YEAR else (month - 1) // months + 1
        return Period(year, kind, number, fiscal=self.fiscal)

    def members(self, kind: PeriodKind | None = None) -> tuple[Period, ...]:
        """The periods it consists of, in order.

        Args:
            kind: How long the members are; if None those of a range's first period, or of the next shorter kind the
                quarters of a year or half, the months of a quarter.

        Returns:
            Empty if it does not divide into such.
        """
        return tuple(self._members(kind or self._natural_kind()))

    def _natural_kind(self) -> PeriodKind:
        if self.kind is PeriodKind.RANGE and self.first:
            return self.first.kind
        if self.kind in (PeriodKind.YEAR, PeriodKind.HALF):
            return PeriodKind.QUARTER
        return PeriodKind.MONTH if self.kind is PeriodKind.QUARTER else self.kind

    def _members(self, kind: PeriodKind) -> Iterator[Period]:
        if self.kind is kind:
            yield self
            return
        begin, end = self.span
        if kind in (PeriodKind.RANGE, PeriodKind.DAY) or self.edge is not None or not self._divides(kind):
            return
        per_year = _PER_YEAR[kind]
        months = 12 // per_year
        at = Period(begin[0], kind, 0 if per_year == 1 else (begin[1] - 1) // months + 1, fiscal=self.fiscal)
        while at.span[0] <= end:
            yield at
            at = at.successor()

    def _divides(self, kind: PeriodKind) -> bool:
        """Whether both ends fall on ends of periods of that kind."""
        begin, end = self.span
        months = 12 // _PER_YEAR[kind]
        whole_month = begin[2] == 1 and end[2] == days_in_month(end[0], end[1])
        return whole_month and (begin[1] - 1) % months == 0 and end[1] % months == 0

    def count(self, kind: PeriodKind) -> int:
        """How many periods of a kind it consists of, 0 if it does not divide into such."""
        return len(self.members(kind))

    def compatible(self, other: Period) -> bool:
        """Whether both can be of one calendar: not one said to be fiscal and the other the calendar's.

        Months and days of which nothing is said are the calendar's.
        """
        mine, theirs = self._calendar, other._calendar
        return mine is None or theirs is None or mine == theirs

    @property
    def _calendar(self) -> bool | None:
        """Whether it is fiscal, where that is said or follows from what it is made of."""
        if self.fiscal is not None:
            return self.fiscal
        parts = (self.first, self.last) if self.kind is PeriodKind.RANGE and self.first and self.last else (self,)
        return False if any(p.kind is PeriodKind.MONTH or p.kind is PeriodKind.DAY for p in parts) else None

    def contains(self, other: Period) -> bool:
        """Whether the other lies within it (or is it), both being of one calendar; a moment contains only itself."""
        if not self.compatible(other):
            return False
        (begin, end), (other_begin, other_end) = self.span, other.span
        return begin <= other_begin and other_end <= end

    def matches(self, other: Period) -> bool:
        """Whether both are the same stretch, however written (上半年, Q1-Q2, 1-6月), and may be of one calendar."""
        if self is other:
            return True
        if (self.edge is None) != (other.edge is None) or not self.compatible(other):
            return False
        if self.kind is other.kind is not PeriodKind.RANGE and self.edge is other.edge:  # what most pairs are
            return (self.year, self.number, self.day) == (other.year, other.number, other.day)
        return self.span == other.span
