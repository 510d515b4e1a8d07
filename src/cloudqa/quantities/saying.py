"""Saying figures: rounding, grouping, units."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from cloudqa.quantities.quantity import Qualifier, Quantity
from cloudqa.quantities.unit import Unit, convert, plain

_WIDE = Context(prec=130, rounding=ROUND_HALF_UP)
_BEFORE = {
    Qualifier.ABOUT: "约", Qualifier.NEAR: "近", Qualifier.OVER: "超过", Qualifier.AT_LEAST: "至少",
    Qualifier.UNDER: "不足", Qualifier.AT_MOST: "不超过", Qualifier.EXPECTED: "预计",
}  # fmt: skip


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, halves away from zero: 0.125 to 2 is 0.13, 41 to 2 is 41.00.

    Args:
        value: Any finite figure.
        decimals: Digits after the point, 0 or more.
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)
    return rounded if rounded else abs(rounded)


def say_number(value: Decimal, decimals: int | None = None, *, grouped: bool = False) -> str:
    """The digits of a value, never with an exponent, -0 as 0.

    Args:
        value: Any finite figure.
        decimals: Round half-up to so many; None keeps what the Decimal has (41.00 stays 41.00).
        grouped: Whether to separate thousands with commas.
    """
    shown = value if decimals is None else round_half_up(value, decimals)
    shown = shown if shown else abs(shown)
    return f"{shown:,f}" if grouped else f"{shown:f}"


def say(value: Decimal, unit: Unit, decimals: int | None = None, *, grouped: bool = False) -> str:
    """The figure with its unit as printed: 24.31亿元, 96%, 4个百分点, 3.20 billion USD, 0.13元/GB.

    Args:
        value: The figure in that unit.
        unit: The unit, whose symbol is written after the digits.
        decimals: As for :func:`say_number`.
        grouped: As for :func:`say_number`.
    """
    number = say_number(value, decimals, grouped=grouped)
    gap = (
        " "
        if len(unit.symbol) > 1 and unit.symbol[0].isascii() and unit.symbol[0].isalpha() and " " in unit.symbol
        else ""
    )
    return f"{number}{gap}{unit.symbol}"


def say_quantity(quantity: Quantity) -> str:
    """The figure in its printed decimals and unit, with its hedge: 超过10%, 0.13元/GB 起, 约2.7亿元."""
    body = say(quantity.value, quantity.unit, quantity.decimals)
    if quantity.qualifier is Qualifier.FROM:
        return f"{body} 起"
    hedge = _BEFORE.get(quantity.qualifier, "") if quantity.qualifier else ""
    expected = "预计" if quantity.expected and quantity.qualifier is not Qualifier.EXPECTED else ""
    return f"{expected}{hedge}{body}"


def say_converted(value: Decimal, source: Unit, target: Unit, decimals: int | None = None) -> str:
    """The figure converted and said in another unit, without trailing zeros unless decimals are asked for.

    Raises:
        UnitMismatchError: The units do not convert.
    """
    return say(plain(convert(value, source, target)), target, decimals)
