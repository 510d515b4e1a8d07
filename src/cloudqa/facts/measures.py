"""What sort of figure a metric's wording announces: a level, a growth, a share, and against what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cloudqa.facts.model import Comparison, Measure

_YEAR_AGO = re.compile(
    r"同比|同季度|同期|较上年|比上年|较去年|比去年|year[- ]on[- ]year|year[- ]over[- ]year|"
    r"(?<![a-z])yoy(?![a-z])",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(r"环比|quarter[- ]on[- ]quarter|(?<![a-z])(?:qoq|mom)(?![a-z])|sequential", re.IGNORECASE)
_CAGR = re.compile(
    r"复合(?:年)?(?:增长率|增速|增长)|年均(?:复合)?增长率|(?<![a-z])cagr(?![a-z])|"
    r"compound",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"(?:增长|增加|上升|下降|减少|变动|变化)?(?:百分比|比例|幅度)|增长率|增速|增幅|涨幅|降幅|跌幅|变动率|变化率|"
    r"growth(?: rate)?|同比(?:增长|增减|变动)?|"
    r"环比(?:增长|增减|变动)?|(?:增长|增减)$",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"增(?:长|加|减)(?:额|量|数|值)|净增|新增量|变动额|变化量", re.IGNORECASE)
_SHARE = re.compile(
    r"占比|占.{0,16}(?:百分比|比重|比例|份额)|比重|份额|占有率|市占率|share(?! price)|"
    r"proportion",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"同季度|同期|同比|环比|较上年|比上年|较去年|比去年|year[- ]on[- ]year|yoy|qoq|的|"
    r"[,，、\s]",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"增|涨|升|降|减|跌|变|growth", re.IGNORECASE)


_SIDE = re.compile(
    r"(?:调整|调价|变更|变动|修订|更新|改革|提价|涨价|降价|优惠)?之?(?:(?P<before>前)|(?P<after>后))"
    r"|(?P<old>原|旧)(?:价格?|标准|资费|费率)|(?P<new>现行?|新)(?:价格?|标准|资费|费率)"
)


class Side(StrEnum):
    """On which side of a change the values of a column stand."""

    BEFORE = "before"
    AFTER = "after"


def side_of(header: str) -> Side | None:
    """The side of a change that a whole header names (调整前, 调整后, 原价, 新价); None where it names none."""
    m = _SIDE.fullmatch("".join(header.split()))
    return None if m is None else Side.BEFORE if m["before"] or m["old"] else Side.AFTER


@dataclass(frozen=True, slots=True)
class Announced:
    """What a wording announces.

    Attributes:
        measure: What sort of figure.
        comparison: Against what.
        of: The wording without the words of growth ("云收入" of "云收入同比增长率"), "" if nothing is left.
    """

    measure: Measure
    comparison: Comparison = Comparison.NONE
    of: str = ""


@lru_cache(maxsize=8192)
def announced(words: str) -> Announced:
    """What the wording of a metric announces; a wording that announces nothing is a level."""
    comparison = comparison_of(words)
    if _CAGR.search(words):
        return Announced(Measure.CAGR, Comparison.NONE, _rest(_CAGR, words))
    if _CHANGE.search(words):
        return Announced(Measure.CHANGE, comparison, _rest(_CHANGE, words))
    if _SHARE.search(words):
        return Announced(Measure.SHARE)
    growing = comparison is not Comparison.NONE or _CHANGING.search(words) is not None
    if growing and _GROWTH.search(words):
        return Announced(Measure.GROWTH, comparison, _rest(_GROWTH, words))
    return Announced(Measure.LEVEL)


def comparison_of(words: str) -> Comparison:
    """What a change is measured against by its wording: 同比, 环比, or nothing said."""
    if _YEAR_AGO.search(words):
        return Comparison.YEAR_AGO
    return Comparison.PREVIOUS if _PREVIOUS.search(words) else Comparison.NONE


def _rest(pattern: re.Pattern[str], words: str) -> str:
    return _LEFT_OVER.sub("", pattern.sub("", words))
