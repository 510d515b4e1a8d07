"""What a header, a row label or a caption says: its wording without unit and period, its unit, its period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cloudqa.quantities import Period, Unit, find_periods, find_unit, header_units, parse_unit
from cloudqa.tables.cells import parse_year
from cloudqa.tables.text import close_blanks

_NUMBERING = re.compile(
    r"^(?:(?:附?[表图]|Table|Figure)\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)*|"
    r"续表)[\s:：.、]*",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:如下(?:表|图)?(?:所示)?|见下[表图]|如[表图]\s*\d*\s*所示|(?:的)?(?:对比|比较|统计|一览|信息|数据|"
    r"情况)?表)?(?:所示)?[\s:：。]*$"
)
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s*(?:单位)?[\s:：,，;；]*[)）\]】]")
_PER = re.compile(r"(?:平均)?每(.{1,8})")
_TRAILING_UNIT = re.compile(r"[,，/\s]\s*([^\s,，/()（）]{1,8})$")
_GLUE = " \t-—~·:：,，、的_/"


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says.

    Attributes:
        words: Its wording without unit and period.
        unit: The unit it states, None if none.
        period: The period it names, None if none or several.
        before: The wording before the period ("甲公司" of "甲公司 2015年末"), "" if no period is named.
        after: The wording after the period.
    """

    words: str
    unit: Unit | None = None
    period: Period | None = None
    before: str = ""
    after: str = ""


@lru_cache(maxsize=4096)
def parse_header(text: str) -> Header:
    """What a header or label says; a unit must stand in brackets, after 单位 or after a comma or slash at its end."""
    unit, body = _unit_and_rest(text)
    period, before, after = _period_and_rest(body)
    words = close_blanks(f"{before} {after}").strip() if period else body.strip(_GLUE)
    if period is None:
        before = ""
    return Header(words, _per_unit(unit, words), period, before, after)


def _unit_and_rest(text: str) -> tuple[Unit | None, str]:
    mentions = list(header_units(text))
    if mentions:
        mention = mentions[-1]
        rest = text[: mention.start] + text[mention.end :]
        rest = re.sub(r"(?:计量)?单位\s*[:：]\s*(?=[)）\]】]|$)", "", rest)
        return mention.unit, _EMPTY_BRACKETS.sub("", rest).strip()
    if (m := _TRAILING_UNIT.search(text)) is not None and (unit := find_unit(m.group(1))) is not None and unit.stated:
        return unit, text[: m.start()].strip()
    return None, text


def _period_and_rest(text: str) -> tuple[Period | None, str, str]:
    """The one period a header names, and the wording before and after it."""
    whole = parse_year(text.strip())
    if whole is not None:
        return whole, "", ""
    found = [m for m in find_periods(text) if m.period is not None and m.bound is None]
    if len(found) != 1:
        return None, text, ""
    before, after = text[: found[0].start].strip(_GLUE), text[found[0].end :].strip(_GLUE)
    if before.endswith(("(", "（")) and after.startswith((")", "）")):
        before, after = before[:-1].strip(_GLUE), after[1:].strip(_GLUE)
    return found[0].period, before, after


def _per_unit(unit: Unit | None, words: str) -> Unit | None:
    """The unit with what the wording says it is per: 平均每万用户营收 in 亿元 is 亿元/万用户."""
    if unit is None or unit.denominator is not None or not unit.stated or (m := _PER.search(words)) is None:
        return unit
    for length in range(len(m.group(1)), 0, -1):
        below = m.group(1)[:length]
        if (per := find_unit(below)) is not None and per.stated:
            return parse_unit(f"{unit.symbol}/{below}")
    return unit


def caption_words(text: str) -> str:
    """A caption or heading without its number and without words that only introduce the table (如下, 表)."""
    return _INTRODUCTION.sub("", _NUMBERING.sub("", text.strip())).strip(_GLUE)
