"""A figure with its unit, its qualifier and its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from cloudqa.quantities.unit import Dimension, Unit, base_value, convert


class Qualifier(StrEnum):
    """How a figure is to be understood when it is not said flatly."""

    ABOUT = "约"
    NEAR = "近"
    OVER = "超过"
    AT_LEAST = "至少"
    FROM = "起"
    """A floor price: 0.13元/GB 起."""
    UNDER = "不足"
    AT_MOST = "至多"
    EXPECTED = "预计"


class RangePart(StrEnum):
    """Which end of a range a figure is: 60%-70%, 0.05至0.10."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as a text states it.

    Attributes:
        value: The exact value in the printed unit: 2.7 for 2.7亿元, 48 for 48%.
        unit: The printed unit; ``Dimension.UNSTATED`` where none is printed.
        qualifier: How it is hedged, None if flatly said. EXPECTED only if nothing else hedges it.
        decimals: How many digits are printed after the decimal point.
        text: The figure with its unit and currency, ``source[start:end]``; the qualifier is outside.
        start: Where it begins in the source, in code points.
        end: Where it ends, exclusive.
        qualifier_text: The qualifier as printed (超, 以上), empty if none.
        expected: Whether it is announced as an expectation right before it (预计达2亿元).
        part: Which end of a range it is, None if it stands alone.
    """

    value: Decimal
    unit: Unit
    qualifier: Qualifier | None = None
    decimals: int = 0
    text: str = ""
    start: int = 0
    end: int = 0
    qualifier_text: str = ""
    expected: bool = False
    part: RangePart | None = None

    def base(self) -> Decimal:
        """The value in base units of its dimension: 270000000 for 2.7亿元, 0.48 for 48%, bytes for GB."""
        return base_value(self.value, self.unit)

    def to(self, unit: Unit) -> Decimal:
        """The value in another unit.

        Raises:
            UnitMismatchError: The units do not convert.
        """
        return convert(self.value, self.unit, unit)

    def with_unit(self, unit: Unit) -> Quantity:
        """The figure read in a unit its header states; a scale printed beside the number (万) stays.

        A figure that prints its own unit keeps it.
        """
        if self.unit.dimension is not Dimension.UNSTATED:
            return self
        if self.unit.scale == 1:
            return replace(self, unit=unit)
        if unit.scale in (1, self.unit.scale):
            return replace(
                self, unit=replace(unit, scale=self.unit.scale, symbol=_merge(self.unit.symbol, unit.symbol))
            )
        return self


def _merge(scale: str, symbol: str) -> str:
    return symbol if symbol.startswith(scale) else scale + symbol
