"""Exact arithmetic on reported figures, each operation with the formula that a reader can check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

PERCENT = "%"
POINTS = "百分点"
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP)
_KEPT_DIGITS = 12  # decimals kept of a quotient that does not end


class Op(StrEnum):
    """An operation on operands in the order given."""

    SUM = "sum"
    MEAN = "mean"
    DIFFERENCE = "difference"  # first - second
    RATIO = "ratio"  # first / second
    EXCESS = "excess"  # first / second - 1, in times
    SHARE = "share"  # first / second in percent
    GROWTH = "growth"  # new / old - 1 in percent
    CAGR = "cagr"  # (new / old) ** (1 / years) - 1 in percent; third operand: years
    PRODUCT = "product"
    QUOTIENT = "quotient"  # first / second, keeping the unit of what is left


@dataclass(frozen=True, slots=True)
class Figure:
    """An operand or result.

    Attributes:
        value: Exact, as printed or computed.
        unit: As said to the reader; "" where none is stated.
        source: Id of the fact it was read from, "" for a figure of the question or a computed one.
    """

    value: Decimal
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """One operation with its result.

    Attributes:
        op: The operation.
        operands: In the order of the formula.
        result: Exact where the arithmetic ends, else with 12 decimals.
        formula: ``24.31 ÷ 12.43 − 1 = 95.58%``: operands as printed, the result rounded for reading.
    """

    op: Op
    operands: tuple[Figure, ...]
    result: Figure
    formula: str


class UndefinedResultError(ArithmeticError):
    """The operation has no meaningful result (division by zero, growth from a negative base)."""


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    if denominator == 0:
        raise UndefinedResultError("division by zero")
    return numerator / denominator


def _growth(values: Sequence[Decimal]) -> Decimal:
    if values[1] <= 0:
        raise UndefinedResultError("growth needs a positive base")
    return (values[0] / values[1] - 1) * 100


def _cagr(values: Sequence[Decimal]) -> Decimal:
    new, old, years = values
    if old <= 0 or new <= 0 or years <= 0:
        raise UndefinedResultError("compound growth needs positive figures and a span of time")
    return ((new / old) ** (1 / years) - 1) * 100


def _product(values: Sequence[Decimal]) -> Decimal:
    product = Decimal(1)
    for value in values:
        product *= value
    return product


_RULES: dict[Op, Callable[[Sequence[Decimal]], Decimal]] = {
    Op.SUM: _sum,
    Op.MEAN: lambda v: _sum(v) / len(v),
    Op.DIFFERENCE: lambda v: v[0] - v[1],
    Op.RATIO: lambda v: _divide(v[0], v[1]),
    Op.EXCESS: lambda v: _divide(v[0], v[1]) - 1,
    Op.SHARE: lambda v: _divide(v[0], v[1]) * 100,
    Op.GROWTH: _growth,
    Op.CAGR: _cagr,
    Op.PRODUCT: _product,
    Op.QUOTIENT: lambda v: _divide(v[0], v[1]),
}


def recompute(op: Op, values: Sequence[Decimal]) -> Decimal:
    """The result of an operation on plain numbers: exact where it ends, else with 12 decimals, half up.

    Raises:
        UndefinedResultError: There is no meaningful result.
    """
    with localcontext(_CONTEXT):
        result = _RULES[op](values)
        exponent = result.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > _KEPT_DIGITS:
            result = result.quantize(Decimal(1).scaleb(-_KEPT_DIGITS))
    return _trim(result, values)


def _trim(result: Decimal, values: Sequence[Decimal]) -> Decimal:
    """The result without zeros beyond the decimals of the operands."""
    least = max((decimals(v) for v in values), default=0)
    while decimals(result) > least and result.as_tuple().digits[-1] == 0:
        result = result.quantize(Decimal(1).scaleb(1 - decimals(result)), context=_CONTEXT)
    return result


def calculate(op: Op, operands: Sequence[Figure], unit: str, *, decimals_shown: int | None = None) -> Calculation:
    """The operation carried out, with its formula.

    Args:
        op: What to do.
        operands: In the order of the formula.
        unit: Unit of the result.
        decimals_shown: Decimals of the result in the formula; by default those of the operands for sums and
            differences, two (without trailing zeros for a ratio) for quotients.

    Raises:
        UndefinedResultError: There is no meaningful result.
    """
    values = [o.value for o in operands]
    result = Figure(recompute(op, values), unit)
    shown = display(result.value, op, values, decimals_shown)
    return Calculation(op, tuple(operands), result, f"{_expression(op, operands)} = {shown}{unit}")


def display(value: Decimal, op: Op, operands: Sequence[Decimal], decimals_shown: int | None = None) -> str:
    """The result as it is said: in the operands' decimals for sums and differences, else with at most two more."""
    places = decimals_shown
    if places is None:
        finest = max((decimals(v) for v in operands), default=0)
        places = finest if op in (Op.SUM, Op.DIFFERENCE) else min(decimals(value), max(2, finest))
        if op in (Op.GROWTH, Op.SHARE, Op.CAGR, Op.RATIO, Op.EXCESS):
            places = 2
        if op is Op.PRODUCT:
            places = decimals(value)
    text = plain(round_half_up(value, places))
    if decimals_shown is None and op in (Op.RATIO, Op.EXCESS, Op.MEAN, Op.QUOTIENT, Op.PRODUCT) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value with so many decimals, half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_CONTEXT)


def decimals(value: Decimal) -> int:
    """How many decimals a figure is printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal) -> str:
    """A figure in digits, without exponent."""
    return format(value, "f")


def negated(figure: Figure) -> Figure:
    """The figure with the other sign."""
    return replace(figure, value=-figure.value)


def _expression(op: Op, operands: Sequence[Figure]) -> str:
    with_units = op in (Op.PRODUCT, Op.QUOTIENT)
    shown = [_shown(o, first=i == 0, with_unit=with_units) for i, o in enumerate(operands)]
    if op is Op.SUM:
        return " + ".join(shown)
    if op is Op.MEAN:
        return f"({' + '.join(shown)}) ÷ {len(shown)}"
    if op is Op.DIFFERENCE:
        return " − ".join(shown)
    if op in (Op.GROWTH, Op.EXCESS):
        return f"{shown[0]} ÷ {shown[1]} − 1"
    if op is Op.CAGR:
        return f"({shown[0]} ÷ {shown[1]})^(1/{plain(operands[2].value)}) − 1"
    return (" × " if op is Op.PRODUCT else " ÷ ").join(shown)


def _shown(figure: Figure, *, first: bool, with_unit: bool) -> str:
    """An operand of a formula; where all operands have one unit it is said once, with the result, but for %."""
    text = plain(figure.value) + (figure.unit if with_unit or figure.unit == PERCENT else "")
    return f"({text})" if figure.value < 0 and not first else text
