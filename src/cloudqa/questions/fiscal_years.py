"""When the fiscal years of a company begin, as the reports say it, and the fiscal quarter of given months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cloudqa.facts import Fact
from cloudqa.language import normalise
from cloudqa.quantities import Period, PeriodKind, PeriodMention
from cloudqa.questions.names import Name
from cloudqa.questions.phrase import compact
from cloudqa.questions.pool import Pool
from cloudqa.questions.reading import Question

_Q = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(
    r"(?P<fy>(?:19|20)\d\d)财年(?:第?(?P<q>[1-4一二三四])(?:季度|财季|季)|q(?P<latin>[1-4]))[^。；;\d]{0,6}?"
    r"(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|[1-9])月(?:1日)?(?:至|到|-|—|~)"
)
_YEAR = re.compile(
    r"(?P<fy>(?:19|20)\d\d)财年[^。；;\d]{0,6}?(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|[1-9])月(?:1日)?(?:至|到|-|—|~|起|开始)"
)
_BEGINS = re.compile(
    r"财年[^。；;\d]{0,6}?(?P<rel>上一?年|前一年|当年)度?的?(?P<m>1[0-2]|[1-9])月(?:1日)?(?:起|开始|至|到)"
)
_AS_CALENDAR = re.compile(r"财年[^。；;]{0,8}(?:自然年|日历年|公历年)[^。；;]{0,4}(?:一致|相同|同步|重合)")
_REACH = 24
_MONTHS = 3


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """How somebody's fiscal years lie.

    Attributes:
        month: Month in which they begin.
        offset: Calendar year in which they begin less their own number.
    """

    month: int
    offset: int

    def quarter_of(self, months: Period) -> Period | None:
        """The fiscal quarter that three months of the calendar are, None if they are none."""
        first, last = months.first, months.last
        if first is None or last is None or first.kind is not PeriodKind.MONTH or last.kind is not PeriodKind.MONTH:
            return None
        begin, end = first.year * 12 + first.number - 1, last.year * 12 + last.number - 1
        since = begin - (self.month - 1)
        if end - begin != _MONTHS - 1 or since % _MONTHS:
            return None
        return Period(since // 12 - self.offset, PeriodKind.QUARTER, since % 12 // _MONTHS + 1, fiscal=True)


def statements(passages: Iterable[str]) -> tuple[str, ...]:
    """The parts of passages that say how somebody's fiscal years lie, normalised, each once."""
    parts = (part for passage in passages for part in re.split("[。；;]", normalise(passage).text))
    patterns = (_QUARTER, _YEAR, _BEGINS, _AS_CALENDAR)
    return tuple(dict.fromkeys(part for part in parts if any(pattern.search(part) for pattern in patterns)))


def fiscal_year_of(name: str, sentences: Iterable[str]) -> FiscalYear | None:
    """How the fiscal years of somebody lie, None where no sentence says so or they disagree."""
    found = {year for sentence in sentences for year in _said(name, normalise(sentence).text)}
    return found.pop() if len(found) == 1 else None


def _said(name: str, text: str) -> Iterator[FiscalYear]:
    for part in re.split("[。；;]", text):
        at = part.find(name)
        if at < 0:
            continue
        rest = part[at + len(name) :]
        for m in (*_QUARTER.finditer(rest), *_YEAR.finditer(rest)):
            if m.start() <= _REACH:
                yield _from_dates(m)
        begins = _BEGINS.search(rest)
        if begins is not None and begins.start() <= _REACH:
            yield FiscalYear(int(begins["m"]), 0 if begins["rel"] == "当年" else -1)
        alike = _AS_CALENDAR.search(rest)
        if alike is not None and alike.start() <= _REACH:
            yield FiscalYear(1, 0)


def _from_dates(m: re.Match[str]) -> FiscalYear:
    groups = m.groupdict()
    quarter = _Q.get(groups.get("q") or groups.get("latin") or "1", 1)
    begin = int(m["y"]) * 12 + int(m["m"]) - 1 - _MONTHS * (quarter - 1)
    return FiscalYear(begin % 12 + 1, begin // 12 - int(m["fy"]))


def in_fiscal_quarters(
    question: Question, names: Iterable[Name], pool: Pool, sentences: Iterable[str]
) -> tuple[Question, tuple[str, ...]]:
    """The question with months that are a fiscal quarter as that quarter, and what is said of it.

    Only where no fact is of those months themselves and the reports say when the fiscal years of who is named begin.

    Args:
        question: The question.
        names: The names it mentions.
        pool: The facts.
        sentences: Sentences of the reports that speak of fiscal years; looked at only where needed.
    """
    asked = [p for p in question.periods if p.period is not None and p.period.kind is PeriodKind.RANGE]
    if not asked:
        return question, ()
    said = list(sentences)
    for name in names:
        if any(_states(f, name, p.period) for p in asked if p.period is not None for f in pool.facts):
            continue
        year = next((y for s in name.spellings if (y := fiscal_year_of(s, said)) is not None), None)
        if year is not None and year != FiscalYear(1, 0):
            return _converted(question, asked, year, name.text)
    return question, ()


def _states(fact: Fact, name: Name, period: Period) -> bool:
    """Whether a fact about somebody is of that very period."""
    if fact.period is None or not period.matches(fact.period):
        return False
    return any(compact(value) in name.spellings for value in (fact.entity, *(v for _, v in fact.keys)))


def _converted(
    question: Question, asked: list[PeriodMention], year: FiscalYear, who: str
) -> tuple[Question, tuple[str, ...]]:
    notes = []
    periods = []
    for mention in question.periods:
        quarter = year.quarter_of(mention.period) if mention in asked and mention.period is not None else None
        periods.append(mention if quarter is None else replace(mention, period=quarter))
        if quarter is not None:
            notes.append(_note(question, mention, quarter, year, who))
    return replace(question, periods=tuple(periods)), tuple(notes)


def _note(question: Question, mention: PeriodMention, quarter: Period, year: FiscalYear, who: str) -> str:
    said = question.asked_text(mention.start, mention.end)
    if question.english:
        return f"Fiscal years of {who} begin in month {year.month}: {said} is {quarter.label}."
    return f"{who}的财年自{year.month}月起，{said}即{quarter.chinese}。"
