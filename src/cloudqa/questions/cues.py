"""The grammar words of numeric questions: what is to be done, what is asked, which way to compare.

Words naming a metric are no cues; a cue that turns out to be part of the metric's own name (最低存储时间) is dropped by
the planner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from cloudqa.language import small_numeral
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.cue_patterns import PATTERNS
from cloudqa.questions.leads import leading_characters


class CueKind(StrEnum):
    """What a grammar word asks for."""

    YEAR_AGO = "year_ago"  # compared with the same period a year before
    PREVIOUS = "previous"  # compared with the period before
    SAME_PERIOD = "same_period"  # the same period of the year before, as a period: 去年同期的…
    PREVIOUS_PERIOD = "previous_period"  # the period before, as a period: 上一季度的…
    GROWTH = "growth"  # a relative change
    UP = "up"
    DOWN = "down"
    PERCENT = "percent"  # the answer is to be in percent
    POINTS = "points"  # the answer is to be in percentage points
    DIFFERENCE = "difference"
    TIMES = "times"
    CAGR = "cagr"
    SHARE = "share"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    COUNT = "count"
    MAX = "max"
    MIN = "min"
    FIRST = "first"
    LAST = "last"
    HIGHER = "higher"  # which of several is more
    LOWER = "lower"
    RANK = "rank"  # at which place
    ORDER = "order"  # how they are ordered
    TOP = "top"  # the first n
    ORDINAL = "ordinal"  # the one at place n
    SERIES = "series"
    EACH = "each"
    ALL = "all"
    WHICH_PERIOD = "which_period"
    WHICH = "which"
    WHO = "who"
    YES_NO = "yes_no"
    WHY = "why"
    HOW = "how"
    COMPARE = "compare"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    EXACTLY = "exactly"
    COST = "cost"
    BUDGET = "budget"
    FORECAST = "forecast"
    WITHOUT = "without"  # an adjustment: 剔除…
    BY_RATE = "by_rate"  # converted at a rate of the text
    IN_UNIT = "in_unit"  # the unit asked for: 折合多少元
    HOW_MUCH = "how_much"
    DIGITS = "digits"
    AFTER = "after"
    BEFORE = "before"
    SINCE = "since"
    UNTIL = "until"
    WHERE = "where"
    CHANGE = "change"
    REACHED = "reached"  # the level that a change leads to: 降到多少
    INSTRUCTION = "instruction"  # words that try to steer the answer


@dataclass(frozen=True, slots=True)
class Cue:
    """A grammar word found in the question.

    Attributes:
        kind: What it asks for.
        start: First offset in the normalised question.
        end: Offset after it.
        text: The words.
        number: The n of 前三名 or 保留两位, else None.
    """

    kind: CueKind
    start: int
    end: int
    text: str
    number: int | None = None


_ENGLISH_NUMBERS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind's pattern, compiled when a text first has a character that a match can begin with."""

    kind: CueKind
    leads: frozenset[str] | None
    pattern: Callable[[], re.Pattern[str]]

    def may_match(self, characters: set[str]) -> bool:
        return self.leads is None or not self.leads.isdisjoint(characters)


@cache
def _forms() -> tuple[_Form, ...]:
    """The patterns, with group names made unique and the lookahead of 最高的三… filled in."""
    forms = []
    tail = "[个家名位座项款条块种只小地季城公企月年楼厂省市]|$"
    for kind, pattern in PATTERNS:
        counter = iter(range(20))
        unique = re.sub(r"\(\?P<n>", lambda _: f"(?P<n{next(counter)}>", pattern.replace("{tail}", tail))  # noqa: B023
        forms.append(_Form(CueKind(kind), leading_characters(unique), lazily(unique)))
    return tuple(forms)


_ENGLISH_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


@lru_cache(maxsize=4096)
def find_cues(text: str) -> tuple[Cue, ...]:
    """The grammar words of a normalised question, left to right, the longest where several begin or overlap."""
    characters = set(text)
    found = [
        Cue(form.kind, m.start(), m.end(), m.group(), _number(m))
        for form in _forms()
        if form.may_match(characters)
        for m in form.pattern().finditer(text)
        if m.end() > m.start()
    ]
    found.sort(key=lambda c: (c.start - c.end, c.start))
    kept: list[Cue] = []
    for cue in found:
        if not any(cue.start < k.end and k.start < cue.end for k in kept):
            kept.append(cue)
    return tuple(sorted(kept, key=lambda c: c.start))


def _number(m: re.Match[str]) -> int | None:
    for name, value in m.groupdict().items():
        if value is None:
            continue
        if name == "en":
            return _ENGLISH_ORDINALS[value]
        return parse_count(value)
    return None


def parse_count(text: str) -> int | None:
    """A small number in digits, Chinese or English words; None if it is none."""
    if text.isdigit():
        return int(text)
    if text in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[text]
    return small_numeral(text.replace("两", "二"))
