"""Finding figures in a text: numbers with their units, currencies and qualifiers, at offsets of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cloudqa.quantities.folding import fold
from cloudqa.quantities.number_forms import Number, read_number
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.periods import find_periods
from cloudqa.quantities.qualifiers import Hedge, read_hedge
from cloudqa.quantities.quantity import Qualifier, Quantity, RangePart
from cloudqa.quantities.unit import UNSTATED, Dimension, Unit
from cloudqa.quantities.unit_words import PREFIXES, match_unit, prefix_before, prefixed

_TRIGGER = lazily("[0-9零一二三四五六七八九十百千万亿两几数半翻壹贰叁肆伍陆柒捌玖拾]")
_BLOCKED = lazily(
    r"(?:https?://|www\.)[!-~]+|[!-~]+@[!-~]+|<[^<>\n]*>"
    r"|第\s?[0-9零〇一二三四五六七八九十百千]+"
    r"|(?:图|表|附录|附件|[Ff]ig(?:ure)?\.?|[Tt]able|[Nn]o\.)\s?[0-9一二三四五六七八九十]+(?:[-.][0-9]+)*"
    r"|(?m:^)[#*>\s·•-]*[(（]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）、](?![0-9])"
    r"|(?m:^)[#*>\s·•-]*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\.(?![0-9])"
    r"|[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|\[[0-9]{1,3}\]|【[0-9]{1,3}】"
    r"|(?<![(（0-9.])[0-9]{1,2}[)）](?=[^\s,，。；、)）])"
    r"|[A-Za-z_][A-Za-z_]*[-.]?[0-9]+(?:[.-][0-9]+)*[A-Za-z]*[0-9]*|[0-9]+(?:\.[0-9]+){2,}"
    r"|(?<![0-9])0?[0-9]{2,4}-[0-9]{7,8}(?![0-9])|(?<![0-9])[0-9]{3}-[0-9]{3,4}-[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])|[0-9]+\s?[×xX*]\s?[0-9]+(?=小时|\s?hours)"
    r"|[0-9]+(?:\.[0-9]+)?\s?(?:号楼?|楼|室|路|街|版|时代|点钟|点半?(?=[^0-9]))"
    r"|[0-9]+[Gg](?![A-Za-z])(?=[^0-9])|[0-9]+[DKkPVv](?![A-Za-z])"
)
_RANGE_LINK = lazily(r"\s?(?:-{1,2}|—{1,2}|~|至|到|\bto\b)\s?")
_ARTICLE_UNITS = frozenset({Dimension.COUNT, Dimension.PEOPLE, Dimension.UNSTATED})


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a text that speaks of an amount but states no figure this package can hold exactly.

    Attributes:
        text: ``source[start:end]``.
        start: Where it begins in the source, in code points.
        end: Where it ends, exclusive.
        reason: Why it is not a figure, one clause in Chinese.
    """

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of the amounts in a text, and what was not; both in order of the text."""

    quantities: tuple[Quantity, ...]
    unread: tuple[Unread, ...]


def find_quantities(text: str) -> list[Quantity]:
    """Every figure a text states, in order, not overlapping.

    Numbers that are part of a name, date, period, ordinal, list mark, reference, address, web address or clock time
    are none. 一 with a counter (一家, 一种) is an article, unless hedged. In a range without a unit at its first end
    (10-20亿元) the first figure takes the unit of the last.

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
    return Reading(tuple(_with_ranges(folded, quantities)), tuple(unread))


def _scan(text: str, folded: str) -> Iterator[Quantity | Unread]:
    blocked = _blocked_spans(text, folded)
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


def _blocked_spans(text: str, folded: str) -> list[tuple[int, int]]:
    """Where no figure is looked for, in order, not overlapping."""
    spans = [(m.start, m.end) for m in find_periods(text)]
    for m in _BLOCKED().finditer(folded):
        letters = re.match("[A-Za-z]*", m.group())
        if letters is None or letters.group() not in PREFIXES:
            spans.append(m.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _read_at(text: str, folded: str, at: int) -> tuple[Quantity | Unread | None, int]:
    """The figure or unread amount at a trigger, and where to go on."""
    vague = _VAGUE().match(folded, at)
    if vague is not None:
        reason = next(reason for name, reason in _VAGUE_REASONS.items() if vague[name])
        return Unread(text[at : vague.end()], at, vague.end(), reason), vague.end()
    number = _read_half(folded, at) or read_number(folded, at)
    if number is None:
        return None, at + 1
    if number.unclear:
        return Unread(text[at : number.end], at, number.end, number.unclear), number.end
    return _figure(text, folded, at, number)


_VAGUE = lazily(
    r"(?P<many>(?:好?几|数|无数)[十百千万亿]+)(?:[万亿])*|(?P<many2>[一二三四五六七八九十]+几[万亿]?)(?=[个家件人款年天元户台次])"
    r"|(?P<some>几|数)(?=[个家件款户场届座套台项次万亿倍年天月周])"
    r"|(?P<pair>(?:一两|两三|三四|三五|四五|五六|六七|七八|八九)[十百千万亿]*)(?=[个家件款户人场届座套台项次年天倍元成万亿])"
    r"|(?P<nines>(?:[0-9]+|[一二三四五六七八九十]+)个[9九](?![0-9]))"
)
_VAGUE_REASONS = {
    "many": "只说了量级", "many2": "只说了量级", "some": "没有说出确数", "pair": "是概数", "nines": "数的是“9”的个数",
}  # fmt: skip
_HALF = lazily("半(?=(?:年(?!报|度)|天|小时|个月|个小时|个世纪|倍))")


def _read_half(folded: str, at: int) -> Number | None:
    """半年, 一半, 半数."""
    if (m := re.compile("一半|半数").match(folded, at)) is not None:
        return Number(Decimal("0.5"), m.end(), unit=Unit(Dimension.FRACTION), spelled=True)
    if (m := _HALF().match(folded, at)) is not None and folded[at - 1 : at] not in ("上", "下", "前", "后", "大", "小"):
        return Number(Decimal("0.5"), m.end(), spelled=True)
    return None


def _figure(text: str, folded: str, at: int, number: Number) -> tuple[Quantity | Unread | None, int]:
    unit, end = _unit_after(folded, number)
    start, sign = _sign_before(folded, at)
    start, prefix = prefix_before(folded, start)
    value = number.value * sign
    if prefix:
        money, end = _money(number, unit, end, prefix)
        if money is None:
            return None, at + 1
        unit = money
    unit, end, value, decimals = _half_more(folded, unit, end, value, number.decimals)
    if folded[end : end + 1].isascii() and folded[end : end + 1].isalpha() and not unit.stated:
        return _with_letters(text, folded, at, end)
    hedge = read_hedge(folded, start, end)
    if number.spelled and not _is_spelled_figure(folded, at, number, unit, hedge):
        return None, number.end
    if number.more:
        hedge = Hedge(Qualifier.OVER, folded[number.end - 1], hedge.expected)
    figure = Quantity(value, unit, hedge.qualifier, decimals, text[start:end], start, end, hedge.text, hedge.expected)
    return figure, end


def _with_letters(text: str, folded: str, at: int, end: int) -> tuple[Unread | None, int]:
    """Digits with Latin letters after them: the name of a thing or a unit this package does not know."""
    m = re.compile("[A-Za-z0-9]+").match(folded, end)
    stop = m.end() if m else end
    return Unread(text[at:stop], at, stop, "不认识的单位或名称的一部分"), stop


def _unit_after(folded: str, number: Number) -> tuple[Unit, int]:
    """The unit after a number, its scale included, and where it ends."""
    if number.unit is not None:
        return number.unit, number.end
    gap = number.end + 1 if folded[number.end : number.end + 1] in (" ", "\t") else number.end
    mention = match_unit(folded, gap)
    scaled = number.scale_word
    if mention is None or (mention.unit == UNSTATED):
        return replace(UNSTATED, scale=number.scale, symbol=scaled), number.end
    symbol = scaled + mention.unit.symbol
    return replace(mention.unit, scale=mention.unit.scale * number.scale, symbol=symbol), mention.end


def _money(number: Number, unit: Unit, end: int, prefix: str) -> tuple[Unit | None, int]:
    """The unit after a currency mark; a counter after the number ($5 每件) is not part of it."""
    money = prefixed(unit, prefix)
    if money is not None:
        return money, end
    return prefixed(replace(UNSTATED, scale=number.scale, symbol=number.scale_word), prefix), number.end


def _half_more(folded: str, unit: Unit, end: int, value: Decimal, decimals: int) -> tuple[Unit, int, Decimal, int]:
    """一年半, 两倍半: half of the unit more."""
    half = folded[end : end + 1] == "半" and folded[end + 1 : end + 2] not in ("导", "径", "数", "年")
    if half and value == int(value) and unit.dimension in (Dimension.CALENDAR, Dimension.DURATION, Dimension.TIMES):
        return unit, end + 1, value + Decimal("0.5"), 1
    return unit, end, value, decimals


def _sign_before(folded: str, at: int) -> tuple[int, int]:
    """Where the figure begins with its sign, and the sign. A dash after a figure or a name is none."""
    mark = folded[at - 1 : at]
    before = folded[at - 2 : at - 1] if at > 1 else ""
    if mark == "负":
        return at - 1, -1
    if mark not in ("-", "+") or (
        before.isascii() and before and not before.isspace() and before not in "(:|,=<>\"'~/"
    ):
        return at, 1
    return at - 1, -1 if mark == "-" else 1


def _is_spelled_figure(folded: str, at: int, number: Number, unit: Unit, hedge: Hedge) -> bool:
    """Whether Chinese numerals state an amount: they need a unit, and 一 with a counter needs a hedge.

    百 and 万 alone are amounts only when hedged (近百家); 万一, 千万 and 一一 are words.
    """
    if number.unit is not None:
        return True
    bare_scale = number.value == 1 and folded[at] in "百千万亿"
    if bare_scale:
        return hedge.qualifier is not None
    if not unit.stated:
        return bool(number.scale_word) or (hedge.qualifier is not None and number.value > 10)
    article = number.value == 1 and not number.scale_word and unit.dimension in _ARTICLE_UNITS
    return not article or hedge.qualifier is not None


def _with_ranges(folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The figures with the two ends of each range marked, and the unit of its last end given to a bare first one."""
    index = 0
    while index < len(found):
        first = found[index]
        last = found[index + 1] if index + 1 < len(found) else None
        if last is None or not _links(folded, first, last):
            yield first
            index += 1
            continue
        yield replace(first, unit=_shared_unit(first.unit, last.unit), part=RangePart.FIRST)
        yield replace(_without_dash(last) if _dash_was_link(folded, first, last) else last, part=RangePart.LAST)
        index += 2


def _links(folded: str, first: Quantity, last: Quantity) -> bool:
    link = _RANGE_LINK().fullmatch(folded, first.end, last.start)
    if link is None and not _dash_was_link(folded, first, last):
        return False
    shared = _shared_unit(first.unit, last.unit)
    return shared.dimension is last.unit.dimension and shared.currency == last.unit.currency


def _dash_was_link(folded: str, first: Quantity, last: Quantity) -> bool:
    """Whether the sign of the last figure is the dash of the range: 5亿元-10亿元."""
    return first.end == last.start and folded[last.start] == "-"


def _without_dash(last: Quantity) -> Quantity:
    return replace(last, value=-last.value, text=last.text[1:], start=last.start + 1)


def _shared_unit(first: Unit, last: Unit) -> Unit:
    if first.stated or not last.stated:
        return first
    if first.scale == 1:
        return last
    own = last.scale / first.scale
    symbol = last.symbol.lstrip("十百千万亿")
    return replace(last, scale=last.scale / own, symbol=first.symbol + symbol) if first.scale <= last.scale else first
