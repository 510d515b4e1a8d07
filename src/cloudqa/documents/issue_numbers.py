"""Date and numbers of an issue as title pages and file names write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudqa.documents.model import Span
from cloudqa.language import normalise, small_numeral

_HAN = "一二三四五六七八九十"
_DATE = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)\s*(?:年\s*(?:第\s*\d+\s*[卷辑]\s*)?"
    rf"(?:[(（]?\s*(\d{{1,2}}|[{_HAN}]{{1,2}})\s*月(?:\s*(\d{{1,2}}|[{_HAN}]{{1,3}})\s*[日号])?)?"
    r"|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d))"
)
_COUNT = rf"(\d[\doil]{{0,3}}|[oil]\d{{1,3}}|[{_HAN}]{{1,3}})"  # a recognition program may take 0 for o, 1 for i or l
_TOTAL = re.compile(rf"(?:总\s*第?|(?:累计|合订)\s*第)\s*{_COUNT}\s*[期号]")
_ISSUE = re.compile(
    rf"(?<!总)(?<!总\s)第\s*{_COUNT}\s*[期号]|(?:\bno\.?|\bissue|(?<!\d)期号[:：]?)\s*(\d{{1,4}})\b(?![-./年])"
)
_MISTAKEN = str.maketrans("oil", "011")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(?:\d{{1,2}},?\s+)?((?:19|20)\d\d)(?!\d)")
_LONE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d.])")
_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.年 ]?(0[1-9]|1[0-2]|[1-9](?=月|[-_. ]|$)))?")
_NAME_ISSUE = re.compile(r"(?:issue|no|第|iss|期)[-_ .]?(\d{1,4})|(?<![\d总])(\d{1,3})期")
_NAME_TOTAL = re.compile(r"(?:总第?|total)[-_ ]?(\d{1,5})")
_REST = re.compile(
    r"[\s()（）\[\]【】·・•,，;；:：|｜/—–\-_.]*"
    rf"(?:[双半]?[月季周]?刊|号|年度?|度|第\s*(?:\d+|[{_HAN}]+)\s*[卷辑]|[Vv][Oo][Ll](?:ume)?\.?\s*\d+)?[\s,，·.]*"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One number or date: its label, its value (ISO for a date), its place in the text."""

    label: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class IssueNumbers:
    """What a text says of an issue's date and numbers, in order of place, at most one of each kind."""

    mentions: tuple[Mention, ...]

    def _value(self, label: str) -> str:
        return next((m.value for m in self.mentions if m.label == label), "")

    @property
    def issue(self) -> str:
        """The number within the year, "" if unknown."""
        return self._value("期号")

    @property
    def total_issue(self) -> str:
        """The running number, "" if unknown."""
        return self._value("总期号")

    @property
    def date(self) -> str:
        """ISO year, month or day, "" if unknown."""
        return self._value("日期")


def find_issue_numbers(text: str) -> IssueNumbers:
    """Date, number and running number in a short text such as ``二〇一七年八月第8期（总第28期）``."""
    if len(text) > 400:
        return IssueNumbers(())
    normal = normalise(text)
    found: list[tuple[str, str, int, int]] = []
    total = _TOTAL.search(normal.text)
    if total:
        found.append(("总期号", _count(total.group(1)), total.start(), total.end()))
    issue = _ISSUE.search(normal.text)
    if issue:
        found.append(("期号", _count(issue.group(1) or issue.group(2)), issue.start(), issue.end()))
    found += _find_date(normal.text, numbered=bool(total or issue))
    mentions = []
    for label, value, start, end in found:
        low, high = normal.source_span(start, end)
        if value:
            mentions.append(Mention(label, value, Span(low, low + len(text[low:high].rstrip()))))
    return IssueNumbers(tuple(sorted(mentions, key=lambda m: m.span)))


def _find_date(text: str, *, numbered: bool) -> list[tuple[str, str, int, int]]:
    """The first date; a bare year is one only beside a number of the issue."""
    for m in _DATE.finditer(text):
        date = _iso(m)
        if date:
            return [("日期", date, m.start(), m.end())]
    english = _ENGLISH_DATE.search(text)
    if english:
        month = _MONTHS.index(english.group(1)) + 1
        return [("日期", f"{english.group(2)}-{month:02}", english.start(), english.end())]
    year = _LONE_YEAR.search(text) if numbered else None
    return [("日期", year.group(1), year.start(), year.end())] if year else []


def _count(numeral: str) -> str:
    """A number of an issue in digits; letters that a recognition program took for digits are digits."""
    if numeral[0] in _HAN:
        return str(small_numeral(numeral) or "")
    return str(int(numeral.translate(_MISTAKEN)))


def _iso(m: re.Match[str]) -> str:
    year, month, day = m.group(1), m.group(2) or m.group(4), m.group(3) or m.group(5)
    numbers = [_number(part) for part in (month, day) if part]
    if any(n is None or not 1 <= n <= limit for n, limit in zip(numbers, (12, 31), strict=False)):
        return ""
    return "-".join([year, *(f"{n:02}" for n in numbers)])


def _number(numeral: str) -> int | None:
    return int(numeral) if numeral.isdecimal() else small_numeral(numeral)


def is_only_numbers(text: str) -> bool:
    """Whether a text holds a date or a number of an issue, and nothing else that says anything."""
    mentions = find_issue_numbers(text).mentions
    if not mentions:
        return False
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.span.start] + " " + rest[mention.span.end :]
    return _REST.fullmatch(" ".join(rest.split())) is not None


def numbers_of_name(name: str) -> IssueNumbers:
    """Date and numbers in a file's name such as ``2017-10-issue-10`` or ``2017年第10期``; the spans mean nothing."""
    normal = normalise(name).text
    found: list[Mention] = []
    date = _NAME_DATE.search(normal)
    if date:
        value = date.group(1) + (f"-{int(date.group(2)):02}" if date.group(2) else "")
        found.append(Mention("日期", value, Span(0, 0)))
    issue = _NAME_ISSUE.search(normal)
    if issue:
        found.append(Mention("期号", str(int(issue.group(1) or issue.group(2))), Span(0, 0)))
    total = _NAME_TOTAL.search(normal)
    if total:
        found.append(Mention("总期号", str(int(total.group(1))), Span(0, 0)))
    return IssueNumbers(tuple(found))
