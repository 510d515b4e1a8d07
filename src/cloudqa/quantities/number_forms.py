"""The forms one number is written in: digits, numerals, scales, fractions, 百分之, 半, 翻番."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cloudqa.quantities.numerals import parse_arabic, parse_numeral, scale_of
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.unit import PERCENT, Dimension, Unit

_D = "[零〇一二三四五六七八九两]"
_SCALE = "(?:百万亿|十万亿|万亿|百亿|十亿|千亿|亿|千万|百万|十万|万|千|百)"
_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_NUMBER = lazily(
    rf"(?P<first>{_ARABIC})(?:(?P<more>[余多])?\s?(?P<scale>{_SCALE}))?"
    rf"(?P<rest>(?:(?<=[十百千万亿])[0-9]+(?:\.[0-9]+)?{_SCALE})*)"
)
_NUMERAL = lazily(
    "(?:[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}|[零〇一二三四五六七八九十百千万亿两]+)(?:点[零〇一二三四五六七八九]+[万亿]*)?"
)
_PARTS = lazily(
    rf"(?P<base>百|千|万)分之(?P<n>{_ARABIC}|[零〇一二三四五六七八九十百两]+(?:点[零〇一二三四五六七八九]+)?)"
)
_FRACTION = lazily(r"(?P<whole>[一二三四五六七八九十百]+|[0-9]+)分之(?P<n>[一二三四五六七八九十百]+|[0-9]+)")
_DOUBLED = lazily("翻了?(?P<n>[一两二三四1-4])[番倍]|翻番")
_BASES = {"百": ("0.01", "%"), "千": ("0.001", "‰"), "万": ("0.0001", "万分之一")}
_MORE = lazily(r"[余多]|来(?=[个家件款户人名场座套台项次年天万亿])|\+(?![0-9])")
_BIG_SCALE = lazily("万亿|亿|万")
_SCALES = "百千万亿"
_DIGITS = "一二三四五六七八九两"
_HALF = lazily("半(?=(?:年(?!报|度)|天|小时|个月|个小时|个世纪|倍))|半数")
_TRAILING_SCALE = lazily("(?:万亿|亿|万)$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number before its unit is read.

    Attributes:
        value: The coefficient of the scale, or the whole value if no scale ends it.
        scale: What it is still to be multiplied by: 10**8 for 2.7亿.
        scale_word: The scale as printed, empty if none.
        decimals: Digits printed after the decimal point.
        end: Where it ends in the folded text, exclusive; before the unit.
        more: 余, 多, 来 or + where it stands in or after the number (十余万, 30多, 100+), else empty.
        unit: The unit its own form carries (百分之三十, 三分之一, 翻番), else None.
        spelled: Whether it is written in Chinese numerals.
        unclear: Why it states no exact figure, empty if it does.
    """

    value: Decimal
    end: int
    scale: Decimal = Decimal(1)
    scale_word: str = ""
    decimals: int = 0
    more: str = ""
    unit: Unit | None = None
    spelled: bool = False
    unclear: str = ""


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at ``at`` of a folded text; None if none does."""
    if text[at].isascii():
        return _read_arabic(text, at)
    char = text[at]
    if char == "半":
        return _read_half(text, at)
    if char == "翻":
        return _read_doubled(text, at)
    return _read_parts(text, at) or _read_numeral(text, at)


def _read_arabic(text: str, at: int) -> Number | None:
    m = _NUMBER().match(text, at)
    value = parse_arabic(m["first"]) if m else None
    if m is None or value is None:
        return None
    if m["rest"]:
        return _compound(m.group(), m.end())
    decimals = len(m["first"].partition(".")[2])
    scale_word = m["scale"] or ""
    if scale_word in ("百", "千", "万") and text.startswith("分", m.end()):
        return Number(value, m.end("first"), decimals=decimals)
    end, more = _more_after(text, m.end())
    return Number(value, end, scale_of(scale_word), scale_word, decimals, more or m["more"] or "")


def _more_after(text: str, end: int) -> tuple[int, str]:
    """Where the number ends with 余, 多, 来 or + after it, and that character, empty if there is none."""
    m = _MORE().match(text, end) if text.startswith(("余", "多", "来", "+"), end) else None
    return (m.end(), m.group()) if m else (end, "")


def _compound(body: str, end: int) -> Number | None:
    """1亿3000万: the value in its last scale."""
    value = parse_numeral(body.replace(" ", ""))
    if value is None:
        return Number(Decimal(0), end, unclear="数词写法有歧义")
    return _scaled(value, body, end, spelled=False)


def _scaled(value: Decimal, body: str, end: int, *, spelled: bool, more: str = "") -> Number:
    """The number with the scale that ends its wording taken out: 两千三百万 is 2300 万."""
    m = _TRAILING_SCALE().search(body)
    scale_word = m.group() if m else ""
    scale = scale_of(scale_word)
    coefficient = value / scale
    decimals = max(0, -int(coefficient.as_tuple().exponent)) if coefficient % 1 else 0
    return Number(coefficient, end, scale, scale_word, decimals, more, spelled=spelled)


def _read_numeral(text: str, at: int) -> Number | None:
    m = _NUMERAL().match(text, at)
    if m is None:
        return _read_one_half(text, at)
    body = m.group()
    value = _bare_scale(body) if not body.strip(_SCALES) else parse_numeral(body)
    if value is None or (len(body) > 1 and not body.strip(_DIGITS)):
        return _unclear_numeral(m)
    end, more = _more_after(text, m.end())
    if more and (tail := _BIG_SCALE().match(text, end)) is not None:
        return Number(value, tail.end(), scale_of(tail.group()), tail.group(), more=more, spelled=True)
    half = _read_one_half(text, at) if value == 1 else None
    return half or _scaled(value, body, end, spelled=True, more=more)


def _unclear_numeral(m: re.Match[str]) -> Number | None:
    """Numerals that are no number: unclear where a big scale shows that an amount is meant, else part of a word."""
    if len(m.group()) < 3 or not _BIG_SCALE().search(m.group()):
        return None
    return Number(Decimal(0), m.end(), spelled=True, unclear="数词写法有歧义")


def _read_half(text: str, at: int) -> Number | None:
    """半数; 半 of 半年 and 半个月, not of 上半年 and 半年报."""
    m = _HALF().match(text, at)
    if m is None or text[at - 1 : at] in ("上", "下", "前", "后", "大", "小"):
        return None
    unit = Unit(Dimension.FRACTION) if m.group() == "半数" else None
    return Number(Decimal("0.5"), m.end(), unit=unit, spelled=True)


def _read_one_half(text: str, at: int) -> Number | None:
    """一半."""
    if not text.startswith("一半", at):
        return None
    return Number(Decimal("0.5"), at + 2, unit=Unit(Dimension.FRACTION), spelled=True)


def _bare_scale(body: str) -> Decimal | None:
    """百 of 近百家, 万亿 of 上万亿: one of it."""
    return scale_of(body) if body in ("百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿") else None


def _read_parts(text: str, at: int) -> Number | None:
    """百分之三十, 千分之五; 三分之一."""
    if "分之" not in text:
        return None
    m = _PARTS().match(text, at)
    if m is not None:
        value = parse_numeral(m["n"])
        scale, symbol = _BASES[m["base"]]
        unit = PERCENT if symbol == "%" else Unit(Dimension.PERCENT, scale=Decimal(scale), symbol=symbol)
        decimals = len(re.split("[.点]", m["n"])[1]) if re.search("[.点]", m["n"]) else 0
        return None if value is None else Number(value, m.end(), decimals=decimals, unit=unit, spelled=True)
    f = _FRACTION().match(text, at)
    whole, part = (parse_numeral(f["whole"]), parse_numeral(f["n"])) if f else (None, None)
    if f is None or not whole or part is None:
        return None
    return Number(part / whole, f.end(), unit=Unit(Dimension.FRACTION, symbol=""), spelled=True)


def _read_doubled(text: str, at: int) -> Number | None:
    """翻了一番 is twice, 翻两番 four times as much."""
    m = _DOUBLED().match(text, at)
    if m is None:
        return None
    if m.group().endswith("倍"):
        return Number(Decimal(0), m.end(), unclear="“翻倍”的倍数说法有歧义")
    count = int(parse_numeral(m["n"]) or 1) if m["n"] else 1
    return Number(Decimal(2**count), m.end(), unit=Unit(Dimension.TIMES, noun="番", symbol="倍"), spelled=True)
