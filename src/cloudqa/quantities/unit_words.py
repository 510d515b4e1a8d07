"""Reading a unit: in a header, after a number, before one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from cloudqa.quantities.folding import fold
from cloudqa.quantities.numerals import parse_numeral, scale_of
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.unit import UNSTATED, Dimension, Unit, UnknownUnitError
from cloudqa.quantities.unit_table import CURRENCY_NAMES, PREFIXES, words

_ENGLISH_SCALES = {
    "hundred": "1E2", "thousand": "1E3", "million": "1E6", "mln": "1E6", "mn": "1E6", "billion": "1E9", "bn": "1E9",
    "trillion": "1E12", "tn": "1E12",
}  # fmt: skip
_LETTER_SCALE = lazily(r"\s?([KkMmBbTt])(?![A-Za-z0-9])")
_LETTER_SCALES = {"k": (10**3, "thousand"), "m": (10**6, "million"), "b": (10**9, "billion"), "t": (10**12, "trillion")}
_PER = lazily(r"\s?(?:/|每|\bper\b)\s?")
_COUNT = lazily(r"[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit in a text.

    Attributes:
        unit: What it is.
        start: Where it begins in the text searched, in code points.
        end: Where it ends, exclusive.
    """

    unit: Unit
    start: int
    end: int


@cache
def _by_first_character() -> dict[str, tuple[str, ...]]:
    """Unit words by their first character in lower case, the longest first."""
    index: dict[str, list[str]] = {}
    for word in sorted(words(), key=len, reverse=True):
        index.setdefault(word[0].lower(), []).append(word)
    return {first: tuple(found) for first, found in index.items()}


def _word_at(text: str, at: int) -> str:
    """The longest unit word at a place, as the table has it; empty if there is none.

    A Latin word ends where letters and digits do. Words of four letters and more and the sizes in bytes ignore case,
    but Gb and Mb are left alone: they may mean bits.
    """
    for word in _by_first_character().get(text[at : at + 1].lower(), ()):
        end = at + len(word)
        printed = text[at:end]
        if printed != word and not _same_but_case(printed, word):
            continue
        after = text[end : end + 1]
        if not (_is_latin(word[-1]) and _is_latin(after)):
            return word
    return ""


def _same_but_case(printed: str, word: str) -> bool:
    if printed.lower() != word.lower():
        return False
    is_size = len(word) == 2 and word[1] == "B" and printed.isascii()
    return not (printed[0].isupper() and printed[1] == "b") if is_size else len(word) > 3


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


_CHINESE_SCALES = tuple("百万亿 十万亿 万亿 百亿 十亿 千亿 千万 百万 十万 亿 万 千 百 十".split())


def _scale_at(text: str, at: int) -> str:
    """The scale word at a place, as printed; empty if there is none."""
    if text[at : at + 1].isascii():
        end = at
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
        return text[at:end] if text[at:end].lower() in _ENGLISH_SCALES else ""
    return next((scale for scale in _CHINESE_SCALES if text.startswith(scale, at)), "")


@cache
def _marks() -> tuple[str, ...]:
    return tuple(sorted(PREFIXES, key=len, reverse=True))


@cache
def _mark_ends() -> frozenset[str]:
    return frozenset(mark[-1] for mark in PREFIXES)


def prefix_before(text: str, end: int) -> tuple[int, str]:
    """Where a currency mark that ends at ``end`` (a blank may follow it) begins, and the mark, empty if none does."""
    stop = end - 1 if text[end - 1 : end] == " " else end
    if text[stop - 1 : stop] not in _mark_ends():
        return end, ""
    for mark in _marks():
        start = stop - len(mark)
        if start >= 0 and text.startswith(mark, start):
            joined = _is_latin(mark[0]) and _is_latin(text[start - 1 : start])
            if not joined:
                return start, mark
    return end, ""


def letter_scale(text: str, at: int) -> UnitMention | None:
    """The scale a letter stands for right after an amount of money ($3.2B, $5m, $40k), or None."""
    m = _LETTER_SCALE().match(text, at)
    if m is None:
        return None
    scale, name = _LETTER_SCALES[m.group(1).lower()]
    return UnitMention(replace(UNSTATED, scale=Decimal(scale), symbol=name), at, m.end())


def _scale_value(word: str) -> Decimal:
    english = _ENGLISH_SCALES.get(word.lower())
    return scale_of(word) if english is None else Decimal(int(Decimal(english)))


def match_unit(text: str, start: int) -> UnitMention | None:
    """The unit that begins at ``start`` of a folded text: scale, word, what it is per; None if none does.

    The longest that is well formed is taken: 亿元/万户, 百万美元, 元每GB, million users.
    """
    head = _match_word(text, start)
    if head is not None:
        return _with_denominators(text, head)
    scale_word = _scale_at(text, start)
    if not scale_word:
        return None
    scale, at = _scale_value(scale_word), start + len(scale_word)
    gap = at + 4 if text.startswith(" of ", at) else _skip_blank(text, at)
    head = _match_word(text, gap)
    if head is None:
        return UnitMention(_scaled(UNSTATED, scale, scale_word, ""), start, at)
    unit = _scaled(head.unit, scale, scale_word, text[gap : head.end])
    return _with_denominators(text, UnitMention(unit, start, head.end))


def _skip_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "\t") else at


def _match_word(text: str, at: int) -> UnitMention | None:
    word = _word_at(text, at)
    if not word:
        return None
    unit, end = words()[word], at + len(word)
    if unit.currency == "CNY" and text.startswith("人民币", end):
        end += len("人民币")
    printed = text[at:end]
    return UnitMention(unit if printed == word else replace(unit, symbol=printed), at, end)


def _scaled(unit: Unit, scale: Decimal, scale_word: str, word: str) -> Unit:
    blank = " " if scale_word.isascii() and scale_word and word else ""
    return replace(unit, scale=unit.scale * scale, symbol=scale_word + blank + word)


def _with_denominators(text: str, mention: UnitMention) -> UnitMention:
    """The mention with what follows a slash, 每 or per; a slash before no unit stays outside."""
    per = _PER().match(text, mention.end)
    if per is None:
        return mention
    below = _denominator(text, per.end())
    if below is None:
        return mention
    symbol = f"{mention.unit.symbol}/{below.unit.symbol}"
    return UnitMention(replace(mention.unit, denominator=below.unit, symbol=symbol), mention.start, below.end)


def _denominator(text: str, at: int) -> UnitMention | None:
    """A unit after a slash, perhaps with a number before it (元/100万次)."""
    number = _COUNT().match(text, at)
    mention = match_unit(text, number.end() if number else at)
    if mention is None or not mention.unit.stated or number is None:
        return mention if mention is not None and mention.unit.stated else None
    count = parse_numeral(number.group())
    if count is None or count == 0:
        return None
    symbol = ("" if count == 1 else number.group()) + mention.unit.symbol
    return UnitMention(replace(mention.unit, scale=mention.unit.scale * count, symbol=symbol), at, mention.end)


def parse_unit(text: str) -> Unit:
    """The unit a whole text states: 亿元, （万户）, 百万美元, %, 元/GB, 单位：亿元, RMB million.

    Brackets, blanks and a leading 单位 are not part of it. The empty text is the unit not stated.

    Raises:
        UnknownUnitError: The text is no unit known here; the message has it.
    """
    unit = find_unit(text)
    if unit is None:
        raise UnknownUnitError(f"不认识的单位：“{text.strip()}”。")
    return unit


def find_unit(text: str) -> Unit | None:
    """What :func:`parse_unit` returns, or None where it raises."""
    body = re.sub(r"\s+(?=[^A-Za-z])|(?<=[^A-Za-z])\s+", "", fold(text).strip())
    body = re.sub(r"^[(（\[【]+|[)）\]】]+$", "", body)
    body = re.sub(r"^(?:计量)?单位[:：]?", "", body).strip()
    if not body:
        return UNSTATED
    mention = match_unit(body, 0)
    if mention is not None and mention.end == len(body):
        return mention.unit
    return _currency_first(body)


def _currency_first(body: str) -> Unit | None:
    """人民币亿元, 人民币百万, US$ million, RMB mn, $bn; 亿元(人民币)."""
    tail = re.fullmatch(r"(.+?)[(（]人民币[)）]?", body)
    if tail is not None:
        unit = find_unit(tail.group(1))
        return unit if unit is not None and unit.currency == "CNY" else None
    mark = next((mark for mark in _marks() if body.startswith(mark)), "")
    rest = match_unit(body, _skip_blank(body, len(mark))) if mark else None
    return prefixed(rest.unit, mark) if rest is not None and rest.end == len(body) else None


def prefixed(unit: Unit, prefix: str) -> Unit | None:
    """The unit after a currency prefix: a scale becomes money, money must be of the same currency."""
    code = PREFIXES[prefix]
    if unit.dimension is Dimension.MONEY:
        return unit if unit.currency == code else None
    if unit.dimension is not Dimension.UNSTATED or unit.denominator is not None:
        return None
    blank = " " if unit.symbol.isascii() and unit.symbol else ""
    name = code if blank else CURRENCY_NAMES[code]
    return Unit(Dimension.MONEY, code, unit.scale, symbol=f"{unit.symbol}{blank}{name}")


def header_units(text: str) -> Iterator[UnitMention]:
    """The units a header states in brackets or after 单位, in order: 营业收入（亿元）, 单位：万元.

    Offsets are into the text given and cover the bracketed unit without its brackets.
    """
    folded = fold(text)
    for m in re.finditer(
        r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]|单位\s*[:：]\s*([^\s,，;；)）]+(?: [^\s,，;；)）]+)?)", folded
    ):
        group = 1 if m.group(1) is not None else 2
        body = re.sub(r"^\s*(?:(?:计量)?单位\s*[:：]?\s*)?", "", m.group(group))
        unit = find_unit(body) if body.strip() else None
        if unit is not None:
            start = m.end(group) - len(body)
            yield UnitMention(unit, start, m.end(group))
