"""What a question asks of the form of its answer: in which unit, to how many decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudqa.quantities.folding import fold
from cloudqa.quantities.numerals import parse_numeral
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.unit import PERCENT, Dimension, Unit
from cloudqa.quantities.unit_words import match_unit

_CONVERT = r"(?:折合|折算[成为]?|换算[成为]?|合计?|相当于|转换[成为]|转[成为])(?:成|为)?(?:是)?(?:多少|几)?\s?"
_IN_UNIT = r"(?:以|用(?!户)|按照?|in\s)\s?"
_HOW_MANY = r"(?<![第哪])(?:多少|几多|几)(?:个(?=百分点|基点))?\s?"
_PERCENT = lazily("百分之(?:几|多少)|(?i:what percent(?:age)?|how many percent(?! points))")
_MONEY = lazily("多少(?:人民币)?钱|几(?:多)?钱|什么价|啥价|how much (?:money|does|is the price)")
_DECIMALS = lazily(
    r"(?:保留|精确到|取|四舍五入到|精确至)\s?(?:小数点?后?(?:面)?的?第?)?\s?(?P<n>[0-9]|[零一二两三四五六七八九])\s?位(?P<kind>小数|有效数字)?"
    r"|(?i:(?:to|with|rounded to)\s(?P<n2>[0-9]|no|zero|one|two|three|four|five|six)\sdecimals?(?:\splaces?)?)"
    r"|(?P<none>取整|保留整数|精确到个位|不要小数|整数即可|to the nearest (?:whole number|integer))"
)
_ENGLISH = {"no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """The unit a question wants.

    Attributes:
        unit: The unit; money without a currency for 多少钱.
        text: ``source[start:end]``: the words that ask.
        start: Where they begin in the question, in code points.
        end: Where they end, exclusive.
        converts: Whether conversion is asked for expressly (折合, 换算成, 以…计, in USD).
    """

    unit: Unit
    text: str
    start: int
    end: int
    converts: bool


@dataclass(frozen=True, slots=True)
class AskedDecimals:
    """How many decimals a question wants, and where it says so (half-open offsets into the question)."""

    decimals: int
    text: str
    start: int
    end: int


def find_asked_units(text: str) -> list[AskedUnit]:
    """The units a question asks for, in order: 多少万元, 折合元, 百分之几, 几倍, 多少个百分点, in USD."""
    folded = fold(text)
    found: list[AskedUnit] = []
    for lead, converts in ((_CONVERT, True), (_IN_UNIT, True), (_HOW_MANY, False)):
        for m in re.finditer(lead, folded):
            mention = match_unit(folded, m.end())
            if (
                mention is not None
                and _is_asked(mention.unit, lead)
                and not any(a.start < mention.end and m.start() < a.end for a in found)
            ):
                found.append(AskedUnit(mention.unit, text[m.start() : mention.end], m.start(), mention.end, converts))
    found.extend(_worded(text, folded, _PERCENT(), PERCENT))
    found.extend(_worded(text, folded, _MONEY(), Unit(Dimension.MONEY, symbol="钱")))
    return sorted(found, key=lambda asked: asked.start)


def _is_asked(unit: Unit, lead: str) -> bool:
    """Whether a unit after such words is asked for; 用 and 按 before a bare counter or time are other words."""
    return lead != _IN_UNIT or unit.scale != 1 or unit.dimension in (Dimension.MONEY, Dimension.PERCENT)


def _worded(text: str, folded: str, pattern: re.Pattern[str], unit: Unit) -> list[AskedUnit]:
    return [AskedUnit(unit, text[m.start() : m.end()], m.start(), m.end(), False) for m in pattern.finditer(folded)]


def find_asked_decimals(text: str) -> AskedDecimals | None:
    """How many decimals a question asks for (保留两位小数, 取整, to two decimals), or None.

    有效数字 is not understood.
    """
    m = _DECIMALS().search(fold(text))
    if m is None or m["kind"] == "有效数字":
        return None
    if m["none"]:
        decimals = 0
    elif m["n2"]:
        decimals = _ENGLISH[m["n2"].lower()] if not m["n2"].isdigit() else int(m["n2"])
    else:
        decimals = int(parse_numeral(m["n"]) or 0)
    return AskedDecimals(decimals, text[m.start() : m.end()], m.start(), m.end())
