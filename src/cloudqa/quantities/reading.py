"""Finding figures in a text: numbers with their units, currencies and qualifiers, at offsets of the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from cloudqa.quantities.exclusions import Unread, blocked_spans, read_vague
from cloudqa.quantities.folding import fold
from cloudqa.quantities.number_forms import Number, read_number
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.qualifiers import Hedge, read_hedge
from cloudqa.quantities.quantity import Qualifier, Quantity
from cloudqa.quantities.ranges import with_ranges
from cloudqa.quantities.unit import UNSTATED, Dimension, Unit
from cloudqa.quantities.unit_words import letter_scale, match_unit, prefix_before, prefixed

_TRIGGER = lazily("[0-9零一二三四五六七八九十百千万亿两几数半翻壹贰叁肆伍陆柒捌玖拾]")
_LATIN_TAIL = lazily("[A-Za-z0-9]+")
_SCALES = "百千万亿"
_ARTICLE_UNITS = frozenset({Dimension.COUNT, Dimension.PEOPLE, Dimension.UNSTATED})
_SIGNED = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.TIMES,
                     Dimension.UNSTATED, Dimension.TEMPERATURE})  # fmt: skip
_WITH_HALF = frozenset({Dimension.CALENDAR, Dimension.DURATION, Dimension.TIMES})
_NEVER_SPELLED = frozenset("块季处对站班列片根队封股")
_MORE = {"余": Qualifier.OVER, "多": Qualifier.OVER, "+": Qualifier.OVER, "来": Qualifier.ABOUT}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of the amounts in a text, and what was not; both in order of the text."""

    quantities: tuple[Quantity, ...]
    unread: tuple[Unread, ...]


def find_quantities(text: str) -> list[Quantity]:
    """Every figure a text states, in order, not overlapping.

    Numbers that are part of a name, date, period, ordinal, rank, list mark, reference, address, web address or clock
    time are none, nor is what something is counted per (每万户). 一 with a counter (一家, 一种) is an article, unless
    hedged. In a range without a unit at its first end (10-20亿元) the first figure takes the unit of the last.

    Args:
        text: Source text, of any width and script; offsets of the result are into it.
    """
    return list(read_quantities(text).quantities)


def read_quantities(text: str) -> Reading:
    """What :func:`find_quantities` finds, together with amounts that are not understood (数十亿, 三五家, 11个9)."""
    folded = fold(text)
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    for found in _scan(text, folded):
        if isinstance(found, Unread):
            unread.append(found)
        else:
            quantities.append(found)
    return Reading(tuple(with_ranges(folded, quantities)), tuple(unread))


def _scan(text: str, folded: str) -> Iterator[Quantity | Unread]:
    blocked = blocked_spans(folded)
    starts = [start for start, _ in blocked]
    at = 0
    while (trigger := _TRIGGER().search(folded, at)) is not None:
        at = trigger.start()
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < blocked[index][1]:
            at = blocked[index][1]
            continue
        found, at = _read_at(text, folded, at)
        if found is not None:
            yield found


def _read_at(text: str, folded: str, at: int) -> tuple[Quantity | Unread | None, int]:
    """The figure or unread amount at a trigger, and where to go on."""
    vague = read_vague(text, folded, at)
    if vague is not None:
        return vague, vague.end
    number = read_number(folded, at)
    if number is None:
        return None, at + 1
    if number.unclear:
        return Unread(text[at : number.end], at, number.end, number.unclear), number.end
    unit, end = _unit_after(folded, number)
    start, sign = _sign_before(folded, at, unit)
    start, mark = prefix_before(folded, start)
    if mark:
        unit, end = _money(folded, number, unit, end, mark)
    if not unit.stated and folded[end : end + 1].isascii() and folded[end : end + 1].isalpha():
        return _with_letters(text, folded, at, end)
    figure = _figure(text, folded, number, Quantity(number.value * sign, unit, start=start, end=end))
    return (figure, figure.end) if figure is not None else (None, number.end)


def _figure(text: str, folded: str, number: Number, bare: Quantity) -> Quantity | None:
    """The figure with its hedge and text, or None if numerals are only part of words."""
    value, end, decimals = bare.value, bare.end, number.decimals
    if _has_half(folded, bare):
        value, end, decimals = value + Decimal("0.5"), end + 1, 1
    hedge = read_hedge(folded, bare.start, end, money=bare.unit.dimension is Dimension.MONEY)
    if number.spelled and not _is_spelled_figure(folded[bare.start : number.end], number, bare.unit, hedge):
        return None
    if number.more:
        hedge = Hedge(_MORE[number.more], number.more, hedge.expected)
    return Quantity(
        value, bare.unit, hedge.qualifier, decimals, text[bare.start : end], bare.start, end, hedge.text, hedge.expected
    )


def _with_letters(text: str, folded: str, at: int, end: int) -> tuple[Unread, int]:
    """Digits with Latin letters after them: the name of a thing or a unit this package does not know."""
    m = _LATIN_TAIL().match(folded, end)
    stop = m.end() if m else end
    return Unread(text[at:stop], at, stop, "不认识的单位，或是名称的一部分"), stop


def _unit_after(folded: str, number: Number) -> tuple[Unit, int]:
    """The unit after a number, its scale included, and where it ends."""
    if number.unit is not None:
        return number.unit, number.end
    gap = number.end + 1 if folded[number.end : number.end + 1] in (" ", "\t") else number.end
    mention = match_unit(folded, gap)
    bare = _bare_unit(number.scale_word, number.scale)
    if mention is None:
        return bare, number.end
    unit = mention.unit
    if number.spelled and not number.scale_word and unit.symbol in _NEVER_SPELLED:
        return bare, number.end
    if not number.scale_word:
        return unit, mention.end
    return replace(unit, scale=unit.scale * number.scale, symbol=number.scale_word + unit.symbol), mention.end


@lru_cache(maxsize=64)
def _bare_unit(scale_word: str, scale: Decimal) -> Unit:
    return replace(UNSTATED, scale=scale, symbol=scale_word)


def _money(folded: str, number: Number, unit: Unit, end: int, mark: str) -> tuple[Unit, int]:
    """The unit after a currency mark: what follows the number if it is a scale or the same money, else the bare mark.

    A counter after the number ($5 每件) is no part of it; a different currency ($5 元) is left as printed.
    """
    money = prefixed(unit, mark)
    if money is not None and money.scale == 1 and (scale := letter_scale(folded, end)) is not None:
        return replace(money, scale=scale.unit.scale, symbol=f"{scale.unit.symbol} {money.currency}"), scale.end
    if money is not None:
        return money, end
    if unit.dimension is Dimension.MONEY:
        return unit, end
    bare = prefixed(_bare_unit(number.scale_word, number.scale), mark)
    return (bare, number.end) if bare is not None else (unit, end)


def _has_half(folded: str, figure: Quantity) -> bool:
    """一年半, 两倍半: half of the unit more."""
    half = folded[figure.end : figure.end + 1] == "半" and folded[figure.end + 1 : figure.end + 2] not in tuple(
        "导径数年"
    )
    return half and figure.value % 1 == 0 and figure.unit.dimension in _WITH_HALF


def _sign_before(folded: str, at: int, unit: Unit) -> tuple[int, int]:
    """Where the figure begins with its sign, and the sign.

    A dash after a figure or a Latin name is none; after Chinese it is one only before what can be negative.
    """
    mark = folded[at - 1 : at]
    before = folded[at - 2 : at - 1] if at > 1 else ""
    if mark == "负":
        return at - 1, -1
    if mark not in ("-", "+") or (before.isascii() and before and before not in " \t\n(:|,=<>\"'~/"):
        return at, 1
    if before and not before.isascii() and unit.dimension not in _SIGNED:
        return at, 1
    return at - 1, -1 if mark == "-" else 1


def _is_spelled_figure(printed: str, number: Number, unit: Unit, hedge: Hedge) -> bool:
    """Whether Chinese numerals state an amount: they need a unit, and 一 with a counter needs a hedge.

    百 and 万亿 alone are amounts only when hedged (近百家); 万一, 千万 and 百花 are words.
    """
    if number.unit is not None:
        return True
    if not printed.strip(_SCALES):
        return hedge.qualifier is not None
    if not unit.stated:
        return bool(number.scale_word) or (hedge.qualifier is not None and number.value > 10)
    article = number.value == 1 and not number.scale_word and unit.dimension in _ARTICLE_UNITS
    return not article or hedge.qualifier is not None
