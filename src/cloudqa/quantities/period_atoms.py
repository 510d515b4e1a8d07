"""One period as written, and the parts of a year it can name in Chinese or compact form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from cloudqa.quantities.numerals import parse_numeral
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Edge, Period, PeriodKind

NO_YEAR = 2000
"""The year of a part whose year is not said; a leap year, so that every day of a year can be written in it."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One period as written.

    Attributes:
        start: Where it begins in the folded text.
        end: Where it ends, exclusive.
        part: The period; its year means nothing unless ``dated``.
        dated: Whether it names its year.
        years: Years from the anchor's year, -1 for 去年上半年; 0 where none is said.
        special: "same_last_year", "step", "last" or "next" for a period that is no part of a year; else empty.
        steps: How many for "step", "last" and "next".
    """

    start: int
    end: int
    part: Period
    dated: bool
    years: int = 0
    special: str = ""
    steps: int = 0


NUMBER = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九两])"
_Q = "[1-4一二三四]"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s?(?:-|—{1,2}|~|至|到)\s?"
_EDGE = "(?P<edge>年?[末底终]|年?初(?![步期次创衷级中]))"
_PART = (
    rf"(?:[前头首](?P<fronts>[1-4一二两三四])个?(?P<frontsf>财)?季度?"
    rf"|[前头首](?P<frontm>{NUMBER})个?月"
    rf"|第?(?P<qa>{_Q})(?P<qaf>财)?季?度?{_TO}第?(?P<qb>{_Q})(?P<qbf>财)?季度?"
    rf"|第?(?P<q>{_Q})(?P<qf>财)?季度?"
    rf"|(?P<firstq>首)个?(?P<firstqf>财)?季度?"
    rf"|[Qq](?P<q2>[1-4])(?![0-9A-Za-z])(?P<q2f>财季)?(?:季度?)?"
    rf"|(?P<q3>[1-4])[Qq](?![0-9A-Za-z])"
    rf"|(?P<half>[上下])半(?P<halff>财)?年度?"
    rf"|[Hh](?P<h2>[12])(?![0-9A-Za-z])|(?P<h3>[12])[Hh](?![0-9A-Za-z])"
    rf"|(?P<ma>{_MONTH})月?份?{_TO}(?P<mb>{_MONTH})月份?"
    rf"|(?P<m>{_MONTH})\s?月份?(?:\s?(?P<d>{_DAY})\s?[日号])?)"
)
_PART_PATTERN = lazily(rf"(?P<gap>\s?-?\s?){_PART}(?:{_EDGE})?")
EDGE_PATTERN = lazily(_EDGE)


def part_at(text: str, at: int, *, joined: bool = True) -> re.Match[str] | None:
    """A part of a year at a place, perhaps with a blank or dash before it where it is joined to a year."""
    m = _PART_PATTERN().match(text, at)
    return m if m is None or joined or not m["gap"] else None


def group(m: re.Match[str], *names: str) -> str:
    """The first of these groups that matched something, or the empty text."""
    return next((m[name] for name in names if m[name]), "")


def count_of(text: str) -> int:
    """The value of a short numeral, 0 if it is none."""
    value = parse_numeral(text)
    return 0 if value is None else int(value)


def make_part(m: re.Match[str], year: int, fiscal: bool | None) -> Period:
    """The part of a year that a match of :func:`part_at` names.

    Raises:
        PeriodError: There is no such part (2月30日, 9-1月).
    """
    if group(m, "qaf", "qbf", "qf", "frontsf", "firstqf", "q2f", "halff"):
        fiscal = True
    return with_edge(_stretch(m, _maker(year, fiscal)) or _single(m, _maker(year, fiscal)), m)


def _maker(year: int, fiscal: bool | None) -> Callable[..., Period]:
    def make(kind: PeriodKind, number: int = 0, day: int = 0) -> Period:
        return Period(year, kind, number, day, fiscal=fiscal)

    return make


def _stretch(m: re.Match[str], make: Callable[..., Period]) -> Period | None:
    """前三季度, 1-9月, 一至三季度."""
    for kind, one, other in (
        (PeriodKind.QUARTER, "qa", "qb"),
        (PeriodKind.MONTH, "ma", "mb"),
        (PeriodKind.QUARTER, "", "fronts"),
        (PeriodKind.MONTH, "", "frontm"),
    ):
        if m[other]:
            first = count_of(m[one]) if one else 1
            return Period.between(make(kind, first), make(kind, count_of(m[other])))
    return None


def _single(m: re.Match[str], make: Callable[..., Period]) -> Period:
    if quarter := group(m, "q", "q2", "q3") or ("1" if m["firstq"] else ""):
        return make(PeriodKind.QUARTER, count_of(quarter))
    if half := group(m, "half", "h2", "h3"):
        return make(PeriodKind.HALF, {"上": 1, "下": 2}.get(half) or int(half))
    month, day = count_of(m["m"]), m["d"]
    return make(PeriodKind.DAY, month, count_of(day)) if day else make(PeriodKind.MONTH, month)


def with_edge(part: Period, m: re.Match[str]) -> Period:
    """The part, or with 末, 底, 终 or 初 in the group ``edge`` the moment at its end or start."""
    word = m["edge"] or ""
    if not word or part.kind is PeriodKind.RANGE:
        return part
    return replace(part, edge=Edge.START if "初" in word else Edge.END)
