"""What a single cell says: a figure, a date, specifications, text, or one of the kinds of nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from cloudqa.quantities import UNSTATED, CellKind, Period, Quantity, find_quantities, parse_cell, parse_period
from cloudqa.tables.model import Absence
from cloudqa.tables.text import blank_markup

_PLAIN = re.compile(r"-?\d{1,15}(?:\.(\d{1,12}))?")
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_DASHES = frozenset({"-", "--", "—", "——", "–", "−", "－", "―", "/", "\\", "…", "……", "···", "*", "~"})
_UNAVAILABLE = frozenset(
    "n/a na n.a. n.a #n/a 不适用 未披露 未公布 未公开 未提供 暂无 暂无数据 无数据 数据缺失 缺失 不详".split()
)
_NONE_WORDS = frozenset({"none", "null", "nan", "nil"})
_PAIR_KEY = re.compile(r"(?:(?<=\s)|(?<=[;；,，。])|^)([^\s:：;；,，。\d]{1}[^\s:：;；,，。]{0,15})\s?[:：](?!//)\s*")
_PRICE = re.compile(r"([^\s\d,，;；:：。]{2,16})\s+(?=[约近超]?[¥$￥€£]?\d)")
_TAIL = re.compile(r"\s*(?:起|以上|以下|左右|以内)")


class ContentKind(StrEnum):
    """What a cell holds, seen by itself."""

    NOTHING = "nothing"
    NUMBER = "number"
    DATE = "date"
    PAIRS = "pairs"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a cell: offsets are half-open and relative to the cell's source.

    Attributes:
        key: What is specified, "" for a plain value.
        value: A figure, a date, or text.
        start: Where key and value begin.
        value_start: Where the value begins.
        end: Where the value ends.
    """

    key: str
    value: Quantity | Period | str
    start: int
    value_start: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: its kind, its values, and for nothing which nothing."""

    kind: ContentKind
    pieces: tuple[Piece, ...] = ()
    absence: Absence | None = None


@lru_cache(maxsize=65536)
def read_cell(source: str) -> Content:
    """What a cell holds.

    Args:
        source: The cell's source without footnote marks; blanks at its ends and markup may be there.
    """
    if (m := _PLAIN.fullmatch(source)) is not None:
        return Content(ContentKind.NUMBER, (Piece("", _plain_quantity(source, m.group(1)), 0, 0, len(source)),))
    clean = blank_markup(source)
    start = len(clean) - len(clean.lstrip())
    body = clean.strip()
    if (absence := absence_of(body)) is not None:
        return Content(ContentKind.NOTHING, absence=absence)
    return _stated(body, start)


def _stated(body: str, start: int) -> Content:
    end = start + len(body)
    if (quantity := figure_of(body)) is not None:
        return Content(ContentKind.NUMBER, (Piece("", quantity, start, start, end),))
    if (period := parse_date(body)) is not None:
        return Content(ContentKind.DATE, (Piece("", period, start, start, end),))
    pairs = _pairs(body, start) or _prices(body, start)
    if pairs:
        return Content(ContentKind.PAIRS, pairs)
    return Content(ContentKind.TEXT, (Piece("", body, start, start, end),))


def _plain_quantity(text: str, fraction: str | None) -> Quantity:
    return Quantity(Decimal(text), UNSTATED, None, len(fraction or ""), text, 0, len(text))


def absence_of(text: str) -> Absence | None:
    """Which nothing a cell's text is, None if it is something; 0 is something."""
    if not text:
        return Absence.BLANK
    if text in _DASHES:
        return Absence.DASH
    folded = text.lower()
    if folded in _UNAVAILABLE:
        return Absence.NOT_AVAILABLE
    return Absence.NONE_WORD if folded in _NONE_WORDS else None


@lru_cache(maxsize=16384)
def parse_date(text: str) -> Period | None:
    """The period a whole cell is, a time of day left out; a bare four-digit number is none."""
    body = _TIME_OF_DAY.sub("", text)
    return None if body.isdigit() and len(body) <= 4 else parse_period(body)


@lru_cache(maxsize=16384)
def parse_year(text: str) -> Period | None:
    """The year that four bare digits are, or what :func:`parse_date` says: for columns whose header says 年份."""
    if text.isdigit() and len(text) == 4 and text[:2] in ("19", "20"):
        return Period(int(text))
    return parse_date(text)


def _pairs(body: str, start: int) -> tuple[Piece, ...]:
    """``key: value`` pairs that fill the cell: two or more, or one of a figure; () if it is none of that."""
    keys = list(_PAIR_KEY.finditer(body))
    if not keys or keys[0].start() != 0:
        return ()
    pieces: list[Piece] = []
    for m, after in zip(keys, [*keys[1:], None], strict=True):
        stop = after.start() if after else len(body)
        text = body[m.end() : stop].rstrip(" \t\n;；,，")
        if text:
            value_start = start + m.end()
            pieces.append(Piece(m.group(1), _value(text), start + m.start(1), value_start, value_start + len(text)))
    plain_text = len(pieces) < 2 and not any(isinstance(p.value, Quantity) for p in pieces)
    return () if plain_text else tuple(pieces)


def _prices(body: str, start: int) -> tuple[Piece, ...]:
    """``存储费用 0.13元/GB 起 请求费用 …``: names before figures that state a unit; () if anything else is there."""
    pieces: list[Piece] = []
    at = 0
    while (m := _PRICE.match(body, at)) is not None:
        found = [q for q in find_quantities(body[m.end() :]) if q.start <= 1]
        if not found or not found[0].unit.stated:
            return ()
        end = m.end() + found[0].end
        if (tail := _TAIL.match(body, end)) is not None:
            end = tail.end()
        text = body[m.end() : end]
        pieces.append(Piece(m.group(1), _value(text), start + m.start(1), start + m.end(), start + end))
        rest = body[end:]
        at = end + len(rest) - len(rest.lstrip(" \t\n,，;；、"))
    return tuple(pieces) if pieces and not body[at:].strip() else ()


def _value(text: str) -> Quantity | Period | str:
    """A specification's value: a figure or a date if it is one as a whole, else the text."""
    return figure_of(text) or parse_date(text) or text


def figure_of(text: str) -> Quantity | None:
    """The figure that a whole text is, None if it is more, other, a range, or a date (2017年, 6月)."""
    if text[-1:] in "年月日" and parse_period(text) is not None:
        return None
    cell = parse_cell(text)
    return cell.quantity if cell.kind is CellKind.NUMBER else None
