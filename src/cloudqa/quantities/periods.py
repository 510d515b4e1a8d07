"""Finding periods in a text, absolute and relative, in the usual Chinese and English forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from cloudqa.quantities.folding import fold
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Period, PeriodError, PeriodKind
from cloudqa.quantities.period_atoms import NO_YEAR, Atom
from cloudqa.quantities.period_forms import read_atom

_TRIGGER = lazily(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}(?=\s?[年月季财QqHh至到~—-]|(?:st|nd|rd|th)?\s?[A-Z-]|st|nd|rd|th))"
    r"|[一二三四五六七八九十](?=[十一二季月财年至到~—-])|第(?=[1-4一二三四])|[上下](?=[一半个季财年月])"
    r"|[前首头](?=[1-9一二三四五六七八九两十季财个年])|[去今明后](?=年)|[本当该这次同](?=[一个年季财月])|大前年|财(?=年[0-9])"
    r"|近(?=[0-9一二三四五六七八九十两])|过去|未来|今后|年(?=[初底末])"
    r"|(?<![A-Za-z])[FCQHJASONDMLPETYfchqlpetisnaoy](?=[A-Za-z0-9' ])"
)
_SPELLED_YEAR = lazily("(?:一九|二[〇零])[〇零一二三四五六七八九]{2}")
_SPELLED_CENTURIES = ("一九", "二〇", "二零")
_DAY_ALONE = lazily("(3[01]|[12][0-9]|0?[1-9])[日号]")
_CONNECTOR = lazily(r"\s?(?:-{1,2}|—{1,2}|~|至|到|to|and the|through)\s?")


class Relation(StrEnum):
    """How a period hangs on another one, its anchor."""

    WITHIN = "within"
    """Part of the anchor's year, or of a year so many later: 第三季度, 去年上半年, 今年."""
    SAME_LAST_YEAR = "same_last_year"
    """去年同期, 一年前."""
    STEP = "step"
    """So many periods of a kind later: 上季度 (-1), 本季度 (0), 下月 (1)."""
    LAST = "last"
    """The anchor and those before it, ``steps`` in all: 近三年."""
    NEXT = "next"
    """Those after the anchor, ``steps`` in all: 未来三年."""


class Bound(StrEnum):
    """Where a period is only one end of the time meant."""

    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Relative:
    """A period that needs an anchor.

    Attributes:
        relation: How it follows from the anchor.
        steps: Years later for WITHIN, periods later for STEP, how many periods for LAST and NEXT.
        kind: Of STEP, LAST and NEXT: how long the periods are.
        part: Of WITHIN: the part of the year; its own year means nothing.
    """

    relation: Relation
    steps: int = 0
    kind: PeriodKind | None = None
    part: Period | None = None


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period as a text says it.

    Attributes:
        text: ``source[start:end]``.
        start: Where it begins in the source, in code points.
        end: Where it ends, exclusive.
        period: What it is; None if it is relative and no anchor was given or none could be applied.
        relative: How it hangs on an anchor; None if it names its year itself.
        bound: Whether only one end of the time is named: 2012年以来 is SINCE 2012.
    """

    text: str
    start: int
    end: int
    period: Period | None
    relative: Relative | None = None
    bound: Bound | None = None

    def resolve(self, anchor: Period | None) -> Period | None:
        """The period meant, given what it is told relative to; None if that does not say which.

        上季度 of a month is the quarter before the month's; 上季度 of a year is not defined. 近三年 includes the
        anchor's year, 未来三年 does not.
        """
        if self.relative is None:
            return self.period
        if anchor is None:
            return None
        try:
            return _resolved(self.relative, anchor)
        except PeriodError:
            return None


def find_periods(text: str, *, anchor: Period | None = None) -> list[PeriodMention]:
    """Every period a text names, in order, not overlapping.

    A year must have four digits and begin with 19 or 20, or two digits and a quarter, half or month after it. A bare
    year that is followed by a counter or unit (2000家) or belongs to a name (ABC2017) is none.

    Args:
        text: Source text, of any width and script.
        anchor: What relative mentions are resolved against; without one their ``period`` is None.
    """
    folded = fold(text)
    mentions = (_mention(text, folded, atom) for atom in _atoms(folded))
    return [m if anchor is None else replace(m, period=m.resolve(anchor)) for m in mentions]


def parse_period(text: str) -> Period | None:
    """The period that a whole text is, or None: 2017Q3, FY2017, 2017年第三季度, any :attr:`Period.label`."""
    body = text.strip()
    found = find_periods(body)
    whole = len(found) == 1 and found[0].end - found[0].start == len(body) and found[0].bound is None
    return found[0].period if whole else None


def period_spans(folded: str) -> list[tuple[int, int]]:
    """Where a folded text names periods: half-open spans in order, the words of their bounds (以来) left out."""
    return [(atom.start, atom.end) for atom in _atoms(folded)]


def _atoms(folded: str) -> Iterator[Atom]:
    """The periods and ranges of a folded text, in order, not overlapping."""
    respelled = _respell_years(folded)
    at = 0
    while (trigger := _TRIGGER().search(respelled, at)) is not None:
        atom = read_atom(respelled, trigger.start())
        if atom is None:
            at = trigger.start() + 1
            continue
        atom = _with_range(respelled, atom)
        at = atom.end
        yield atom


def _respell_years(folded: str) -> str:
    """Years spelled digit by digit as digits (二〇一七 → 2017), at the same length."""
    digits = str.maketrans("〇零一二三四五六七八九", "00123456789")
    if not any(start in folded for start in _SPELLED_CENTURIES):
        return folded
    return _SPELLED_YEAR().sub(lambda m: m.group().translate(digits), folded)


def _with_range(folded: str, atom: Atom) -> Atom:
    """The atom, or the range it opens: 2015Q2-2018Q1, 从2016到2018财年, 8月16日至18日."""
    if atom.special or atom.part.kind is PeriodKind.RANGE:
        return atom
    connector = _CONNECTOR().match(folded, atom.end)
    if connector is None:
        return atom
    last = _range_end(folded, atom, connector.end())
    if last is None or last.special or last.part.kind is PeriodKind.RANGE:
        return atom
    return _joined(atom, last, latin=folded[atom.start].isascii()) or atom


def _range_end(folded: str, first: Atom, at: int) -> Atom | None:
    day = _DAY_ALONE().match(folded, at)
    if day is not None and first.part.kind is PeriodKind.DAY:
        try:
            return Atom(at, day.end(), replace(first.part, day=int(day[1])), first.dated, first.years)
        except PeriodError:
            return None
    return read_atom(folded, at, joined=True)


def _joined(first: Atom, last: Atom, *, latin: bool) -> Atom | None:
    """Both as one range; a year or 财年 said at one end holds for the other, before it only in English (Q1-Q3 2017)."""
    begin, end = first.part, last.part
    if last.dated and not first.dated and first.years == 0 and begin.kind is end.kind is PeriodKind.QUARTER and latin:
        begin = begin.year_shifted(end.year - NO_YEAR)
    elif first.dated and not last.dated and last.years == 0:
        end = end.year_shifted(begin.year - NO_YEAR)
    elif first.dated != last.dated or first.years != last.years:
        return None
    fiscal = begin.fiscal if begin.fiscal is not None else end.fiscal
    begin, end = replace(begin, fiscal=fiscal), replace(end, fiscal=fiscal)
    try:
        part = Period.between(begin, end)
    except PeriodError:
        return None
    return Atom(first.start, last.end, part, first.dated or last.dated, first.years)


_TAIL = lazily(
    r"(?P<since>以来|起(?!步)|开始|来(?=[，,。；]))|(?P<before>之前|以前|前(?![0-9一二三四五六七八九十后夕几]))"
    r"|(?P<after>之后|以后|后(?![0-9一二三四五六七八九十来]))"
)
_LEAD = lazily(
    r"(?:(?P<until>截至|截止到?|(?i:\bby |\buntil |\bas of ))|(?P<since>自从?|(?i:\bsince ))|(?P<before>(?i:\bbefore ))"
    r"|(?P<after>(?i:\bafter )))\s?$"
)
_LEAD_CHARS = 8


def _mention(text: str, folded: str, atom: Atom) -> PeriodMention:
    start, end, bound = atom.start, atom.end, ""
    if (tail := _TAIL().match(folded, end)) is not None:
        bound, end = tail.lastgroup or "", tail.end()
    if (lead := _LEAD().search(folded[max(0, start - _LEAD_CHARS) : start])) is not None:
        bound, start = bound or lead.lastgroup or "", start - len(lead.group())
    period, relative = (atom.part, None) if atom.dated else (None, _relative(atom))
    return PeriodMention(text[start:end], start, end, period, relative, Bound(bound) if bound else None)


def _relative(atom: Atom) -> Relative:
    if atom.special == Relation.SAME_LAST_YEAR:
        return Relative(Relation.SAME_LAST_YEAR)
    if atom.special:
        return Relative(Relation(atom.special), atom.steps, atom.part.kind)
    return Relative(Relation.WITHIN, atom.years, part=atom.part)


def _resolved(relative: Relative, anchor: Period) -> Period | None:
    if relative.relation is Relation.SAME_LAST_YEAR:
        return anchor.same_period_last_year()
    if relative.part is not None:
        return _within_year(relative.part, anchor, relative.steps)
    at = _of_kind(anchor, relative.kind)
    if at is None:
        return None
    if relative.relation is Relation.STEP:
        return at.shifted(relative.steps)
    if relative.relation is Relation.LAST:
        return Period.between(at.shifted(1 - relative.steps), at)
    return Period.between(at.successor(), at.shifted(relative.steps))


def _within_year(part: Period, anchor: Period, years: int) -> Period | None:
    """The part in the anchor's year; a month or day belongs to the calendar, so a fiscal year does not say of which."""
    if anchor.fiscal and part.fiscal is None and _is_dated(part):
        return None
    moved = part.year_shifted(anchor.year + years - NO_YEAR)
    return moved if moved.fiscal is not None else with_fiscal(moved, anchor.fiscal)


def _is_dated(part: Period) -> bool:
    inner = part.first if part.first is not None else part
    return inner.kind in (PeriodKind.MONTH, PeriodKind.DAY)


def with_fiscal(period: Period, fiscal: bool | None) -> Period:
    """The period as one of a fiscal year (True), of the calendar (False) or of either (None)."""
    if period.kind is PeriodKind.RANGE and period.first and period.last:
        return Period.between(replace(period.first, fiscal=fiscal), replace(period.last, fiscal=fiscal))
    return replace(period, fiscal=fiscal)


def _of_kind(anchor: Period, kind: PeriodKind | None) -> Period | None:
    """The anchor as a period of that kind: itself, or the one it lies in; a range counts by its last period."""
    if anchor.kind is PeriodKind.RANGE and anchor.last is not None:
        return _of_kind(anchor.last, kind)
    if anchor.kind is kind or kind is None:
        return replace(anchor, edge=None)
    return anchor.containing(kind)
