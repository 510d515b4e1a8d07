"""Units of figures: what is counted or measured, in which currency, per what, and how units convert."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum

from cloudqa.errors import CloudQAError, ExitCode

# Wide enough that every conversion between powers of 10, 1024, 60 and 7 comes back to the digits it left with.
_WORKING = Context(prec=130, rounding=ROUND_HALF_EVEN)
_RESULT = Context(prec=110, rounding=ROUND_HALF_EVEN)


class QuantityError(CloudQAError):
    """A figure, unit or period cannot be read or used as asked."""

    exit_code = ExitCode.REFUSED


class UnknownUnitError(QuantityError):
    """The text is not a unit this package knows."""


class UnitMismatchError(QuantityError):
    """Two units measure different things, or are different currencies."""


class Dimension(StrEnum):
    """What a unit measures. Only figures of one dimension can be compared or converted, with the exceptions named."""

    MONEY = "money"
    PERCENT = "percent"
    """Shares and rates: %, ‰, 成. Converts to TIMES and FRACTION."""
    PERCENTAGE_POINT = "percentage_point"
    """Differences of percentages: 个百分点, 基点. Converts to nothing else."""
    TIMES = "times"
    FRACTION = "fraction"
    COUNT = "count"
    PEOPLE = "people"
    DATA_SIZE = "data_size"
    """Base: byte; KB, MB, GB, TB, PB, EB are powers of 1024."""
    DATA_RATE = "data_rate"
    """Base: bit per second; Mbps and Gbps are powers of 1000."""
    DURATION = "duration"
    """Base: second."""
    CALENDAR = "calendar"
    """Months, quarters and years. Base: month; not convertible to days."""
    AREA = "area"
    """Base: square metre."""
    LENGTH = "length"
    """Base: metre."""
    VOLUME = "volume"
    """Base: litre."""
    WEIGHT = "weight"
    """Base: kilogram."""
    ENERGY = "energy"
    """Base: kilowatt-hour."""
    POWER = "power"
    """Base: watt."""
    FREQUENCY = "frequency"
    """Base: hertz."""
    TEMPERATURE = "temperature"
    UNSTATED = "unstated"
    """No unit is printed; a scale (万) may be."""


_RATIOS = frozenset({Dimension.PERCENT, Dimension.TIMES, Dimension.FRACTION})
_COUNTED = frozenset({Dimension.COUNT, Dimension.PEOPLE})
_GENERIC_COUNTERS = frozenset({"", "个"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed beside a figure.

    Two units are equal when they measure the same on the same scale, however they are written.

    Attributes:
        dimension: What it measures.
        currency: ISO 4217 code for money ("CNY"), empty for money of no stated currency and for everything else.
        scale: How many base units one of it is: 亿元 10**8, GB 1024**3, % 0.01.
        noun: The counter for counted things (家, 件, 户), else empty.
        denominator: What it is per: 元/GB; the denominator's own denominator divides further (元/GB/月).
        symbol: How it is written, in half-width simplified characters without blanks and brackets; ``""`` if nothing is
            printed. A currency mark before the number (¥, US$) is said after it: 亿元, billion USD.
    """

    dimension: Dimension
    currency: str = ""
    scale: Decimal = Decimal(1)
    noun: str = ""
    denominator: Unit | None = None
    symbol: str = field(default="", compare=False)

    @property
    def stated(self) -> bool:
        """Whether the text says what is measured; a bare number or a bare 万 does not."""
        return self.dimension is not Dimension.UNSTATED

    @property
    def numerator(self) -> Unit:
        """The unit without what it is per."""
        return replace(self, denominator=None, symbol=self.symbol.partition("/")[0]) if self.denominator else self

    def __str__(self) -> str:
        return self.symbol


UNSTATED = Unit(Dimension.UNSTATED)
PERCENT = Unit(Dimension.PERCENT, scale=Decimal("0.01"), symbol="%")
PERCENTAGE_POINT = Unit(Dimension.PERCENTAGE_POINT, scale=Decimal("0.01"), symbol="个百分点")
TIMES = Unit(Dimension.TIMES, symbol="倍")


def convertible(one: Unit, other: Unit) -> bool:
    """Whether a figure in one unit can be said in the other without knowing anything more.

    Currencies never mix. A percentage, a multiple and a fraction convert; percentage points convert only among
    themselves. Counted things convert when they have the same counter or one has none or 个. A figure whose unit is
    not stated converts only to another such.
    """
    if (one.denominator is None) != (other.denominator is None):
        return False
    if one.denominator is not None and other.denominator is not None:
        return _same_measure(one, other) and convertible(one.denominator, other.denominator)
    return _same_measure(one, other)


def _same_measure(one: Unit, other: Unit) -> bool:
    if one.dimension in _COUNTED and other.dimension in _COUNTED:
        return one.noun == other.noun or bool(_GENERIC_COUNTERS & {one.noun, other.noun})
    if one.dimension in _RATIOS and other.dimension in _RATIOS:
        return True
    return one.dimension is other.dimension and one.currency == other.currency


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal:
    """The value in the target unit, exact wherever it has an end, else to 110 significant digits.

    Args:
        value: A figure in the source unit.
        source: The unit it is in.
        target: The unit to say it in.

    Raises:
        UnitMismatchError: The units measure different things or are different currencies.
    """
    if not convertible(source, target):
        raise UnitMismatchError(f"{source.symbol or '单位未注明'} 不能换算为 {target.symbol or '单位未注明'}。")
    (up, down), (target_up, target_down) = _ratio(source), _ratio(target)
    return _quotient(_WORKING.multiply(value, Decimal(up * target_down)), Decimal(down * target_up))


def base_value(value: Decimal, unit: Unit) -> Decimal:
    """The value in base units of its dimension; 0.01元/万次 is 0.000001 元 per 次."""
    up, down = _ratio(unit)
    return _quotient(_WORKING.multiply(value, Decimal(up)), Decimal(down))


def _ratio(unit: Unit) -> tuple[int, int]:
    """How many base units one unit is, what it is per included, as a fraction of integers."""
    up, down = unit.scale.as_integer_ratio()
    if unit.denominator is None:
        return up, down
    below_up, below_down = _ratio(unit.denominator)
    return up * below_down, down * below_up


def _quotient(value: Decimal, divisor: Decimal) -> Decimal:
    return plain(_RESULT.plus(_WORKING.divide(value, divisor)))


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent."""
    if value == value.to_integral_value(context=_WORKING):
        return value.quantize(Decimal(1), context=_WORKING)
    return value.normalize(_WORKING)
