"""Chinese numerals: 两千三百万, 一万五千亿, 2.7亿, 1亿3000万, 三点五, 二〇一七."""

from __future__ import annotations

import re
from decimal import Decimal

from cloudqa.quantities.patterns import lazily

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_WAN, _YI = Decimal(10**4), Decimal(10**8)
_SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": _WAN, "亿": _YI}

_ARABIC = lazily(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SECTION = lazily(
    "(?:(?P<k>[一二三四五六七八九两]|[1-9])千)?(?P<z1>[零〇]?)"
    "(?:(?P<h>[一二三四五六七八九两]|[1-9])百)?(?P<z2>[零〇]?)"
    "(?:(?P<t>[一二三四五六七八九]|[1-9])?(?P<ten>十))?(?P<z3>[零〇]?)"
    "(?P<u>[一二三四五六七八九两]|[1-9])?"
)
_SPELLED = lazily("[零〇一二三四五六七八九]{2,}")
_ELLIPTIC = lazily("(.*)([百千万亿])([一二三四五六七八九])")
_SCALED_ARABIC = lazily(r"(\d+(?:\.\d+)?)([十百千]?)")


def parse_arabic(text: str) -> Decimal | None:
    """The value of digits with or without thousand separators and decimal point, or None."""
    return Decimal(text.replace(",", "").replace("，", "")) if _ARABIC().fullmatch(text) else None


def parse_numeral(text: str) -> Decimal | None:
    """The exact value of a numeral in Chinese or mixed writing, or None if it is not a well-formed one.

    Understood: Arabic digits, digit-by-digit spelling (二〇一七), positional numerals with 零, decimals with 点, a last
    digit that stands for the next place (一万五 is 15000), formal numerals (壹佰), Arabic coefficients (2.7亿).
    A leading 负 makes it negative. 兆 is not understood: it is 10**6 to some and 10**12 to others.

    Args:
        text: Folded text (see :func:`cloudqa.quantities.folding.fold`) without blanks.
    """
    text = text.translate(_FORMAL)
    if text.startswith("负"):
        value = parse_numeral(text[1:]) if len(text) > 1 and text[1] != "负" else None
        return None if value is None else -value
    if (arabic := parse_arabic(text)) is not None:
        return arabic
    if _SPELLED().fullmatch(text):
        return Decimal(int("".join(str(DIGITS[c]) for c in text)))
    if "点" in text:
        return _pointed(text)
    return _elliptic(text) if _ELLIPTIC().fullmatch(text) else _positional(text)


def _pointed(text: str) -> Decimal | None:
    """三点五, 三点五亿."""
    m = re.fullmatch("(.+)点([零〇一二三四五六七八九]+)([万亿]*)", text)
    whole = parse_numeral(m.group(1)) if m and not re.search("[万亿]", m.group(1)) else None
    if m is None or whole is None or m.group(3) not in ("", "万", "亿", "万亿"):
        return None
    fraction = Decimal("0." + "".join(str(DIGITS[c]) for c in m.group(2)))
    return (whole + fraction) * scale_of(m.group(3))


def scale_of(characters: str) -> Decimal:
    """What a run of scale characters multiplies by: 万 10000, 百万 10**6, 万亿 10**12, nothing 1."""
    scale = Decimal(1)
    for char in characters:
        scale *= _SCALES[char]
    return scale


def _elliptic(text: str) -> Decimal | None:
    """一万五, 三千五: the last digit counts the next lower place. 一百零五 and 十五 are not such."""
    m = _ELLIPTIC().fullmatch(text)
    if m is None:
        return None
    head = _positional(m.group(1) + m.group(2))
    return None if head is None else head + DIGITS[m.group(3)] * scale_of(m.group(2)) / 10


def _positional(text: str) -> Decimal | None:
    """A numeral as hundreds of millions, ten thousands and the rest, each coefficient smaller than the place before."""
    *heads, tail = text.split("亿")
    if not heads:
        return _below_yi(text)
    total, room = Decimal(0), Decimal("Infinity")
    for head in heads:
        value = _below_yi(head)
        if value is None or value <= 0 or value >= room:
            return None
        total += value * _YI
        room = _lowest_place(head, value)
    if not tail:
        return total
    rest = _below_yi(tail.lstrip("零〇")) if heads else None
    return None if rest is None or rest <= 0 or rest >= _YI or total % _YI else total + rest


def _lowest_place(numeral: str, value: Decimal) -> Decimal:
    """The place of the last digit of a numeral that is not zero; a coefficient after it must stay below."""
    if numeral.endswith("万"):
        return _WAN
    return Decimal(10) ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))


def _below_yi(text: str) -> Decimal | None:
    head, wan, tail = text.partition("万")
    if not wan:
        return _section(text)
    high = _section(head)
    if high is None or high <= 0:
        return None
    low = _section(tail.removeprefix("零").removeprefix("〇")) if tail else Decimal(0)
    if low is None or low >= _WAN or (tail and high % 1):
        return None
    return high * _WAN + low


def _section(text: str) -> Decimal | None:
    """A numeral without 万 or 亿: an Arabic number, perhaps with 十, 百 or 千 after it, or up to 九千九百九十九."""
    if (m := _SCALED_ARABIC().fullmatch(text)) is not None:
        return Decimal(m.group(1)) * scale_of(m.group(2))
    if text in ("零", "〇"):
        return Decimal(0)
    m = _SECTION().fullmatch(text)
    if not text or m is None or not _zeros_fit(m, text):
        return None
    tens = (_digit(m["t"]) if m["t"] else 1) * 10 if m["ten"] else 0
    return Decimal(_digit(m["k"]) * 1000 + _digit(m["h"]) * 100 + tens + _digit(m["u"]))


def _digit(char: str | None) -> int:
    return 0 if not char else DIGITS[char] if char in DIGITS else int(char)


def _zeros_fit(m: re.Match[str], text: str) -> bool:
    """Whether every 零 stands between two places it connects, and a unit digit has one where a place is skipped."""
    if text[-1] in "零〇" or text[0] in "零〇" or re.search("[零〇]{2}", text):
        return False
    gap = bool(m["z1"] or m["z2"] or m["z3"])
    if m["u"] and (m["k"] or m["h"]) and not m["ten"]:
        return gap
    return not (m["z1"] and m["h"]) and not (m["z3"] and m["ten"])
