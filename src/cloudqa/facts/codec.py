"""Values, units and periods as text of the store, and back: what is read is equal to what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from cloudqa.documents import Span
from cloudqa.facts.model import Fact
from cloudqa.facts.quick import maker
from cloudqa.quantities import Dimension, Edge, Period, PeriodKind, Qualifier, Quantity, RangePart, Unit

QUANTITY, PERIOD, TEXT = range(3)
_SEPARATOR = "\x1f"
_quantity = maker(Quantity)


def encode_unit(unit: Unit) -> str:
    """A unit as text; what it is per follows it. Not cached: units that differ only in their symbol are equal."""
    own = [unit.dimension.value, unit.currency, str(unit.scale), unit.noun, unit.symbol]
    below = [] if unit.denominator is None else [encode_unit(unit.denominator)]
    return _SEPARATOR.join(own + below)


@lru_cache(maxsize=4096)
def decode_unit(text: str) -> Unit:
    """The unit that :func:`encode_unit` wrote."""
    dimension, currency, scale, noun, symbol, *below = text.split(_SEPARATOR, 5)
    denominator = decode_unit(below[0]) if below else None
    return Unit(Dimension(dimension), currency, Decimal(scale), noun, denominator, symbol)


@lru_cache(maxsize=8192)
def encode_period(period: Period | None) -> str:
    """A period as text, "" for None."""
    if period is None:
        return ""
    if period.first is not None and period.last is not None:
        return f"{encode_period(period.first)}~{encode_period(period.last)}~{_flag(period.fiscal)}"
    edge = period.edge.value if period.edge is not None else ""
    return f"{period.year} {period.kind.value} {period.number} {period.day} {_flag(period.fiscal)} {edge}"


@lru_cache(maxsize=8192)
def decode_period(text: str) -> Period | None:
    """The period that :func:`encode_period` wrote."""
    if not text:
        return None
    if "~" in text:
        first, last, flag = text.split("~")
        start, end = decode_period(first), decode_period(last)
        year = start.year if start is not None else 0
        return Period(year, PeriodKind.RANGE, fiscal=_unflag(flag), first=start, last=end)
    year_text, kind, number, day, flag, edge = text.split(" ")
    return Period(
        int(year_text), PeriodKind(kind), int(number), int(day), _unflag(flag), Edge(edge) if edge else None
    )  # fmt: skip


def _flag(fiscal: bool | None) -> str:
    return {True: "f", False: "c", None: "-"}[fiscal]


def _unflag(flag: str) -> bool | None:
    return {"f": True, "c": False, "-": None}[flag]


@lru_cache(maxsize=8192)
def day_numbers(period: Period | None) -> tuple[int | None, int | None]:
    """First and last day of a period as yyyymmdd, for comparing; (None, None) for None."""
    if period is None:
        return None, None
    (y1, m1, d1), (y2, m2, d2) = period.span
    return y1 * 10000 + m1 * 100 + d1, y2 * 10000 + m2 * 100 + d2


def encode_value(fact: Fact) -> tuple[int, str]:
    """The kind of a fact's value and its text."""
    value = fact.value
    if isinstance(value, Period):
        return PERIOD, encode_period(value)
    if isinstance(value, str):
        return TEXT, "" if value == fact.printed else value
    return QUANTITY, _encode_quantity(value, fact)


def _encode_quantity(value: Quantity, fact: Fact) -> str:
    number = str(value.value)
    if _plain(number, value.unit, fact.printed, fact.place) == value:
        return number
    return json.dumps(
        [
            number, value.qualifier.value if value.qualifier else None, value.decimals, value.text, value.start,
            value.end, value.qualifier_text, value.expected, value.part.value if value.part else None,
        ],
        ensure_ascii=False,
    )  # fmt: skip


def _plain(number: str, unit: Unit, printed: str, place: Span) -> Quantity:
    decimals = len(number.partition(".")[2])
    return _quantity(Decimal(number), unit, None, decimals, printed, place.start, place.end, "", False, None)


def decode_value(kind: int, text: str, unit: Unit | None, printed: str, place: Span) -> Quantity | Period | str:
    """The value that :func:`encode_value` wrote.

    Args:
        kind: Its kind.
        text: Its text.
        unit: Its unit; needed for a quantity.
        printed: The value as printed, which a text may be left out for.
        place: The value's place.
    """
    if kind == TEXT:
        return text or printed
    if kind == PERIOD:
        return decode_period(text) or text
    if unit is None:
        raise ValueError(f"the figure {text} is stored without a unit")
    if not text.startswith("["):
        return _plain(text, unit, printed, place)
    number, qualifier, decimals, own, start, end, hedge, expected, part = json.loads(text)
    return Quantity(
        Decimal(number), unit, Qualifier(qualifier) if qualifier else None, decimals, own, start, end, hedge,
        expected, RangePart(part) if part else None,
    )  # fmt: skip


def encode_spans(spans: Iterable[Span]) -> str:
    """Spans as text: "12-20 31-35"."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


@lru_cache(maxsize=8192)
def decode_spans(text: str) -> tuple[Span, ...]:
    """The spans that :func:`encode_spans` wrote."""
    pairs = (part.split("-") for part in text.split())
    return tuple(Span(int(start), int(end)) for start, end in pairs)
