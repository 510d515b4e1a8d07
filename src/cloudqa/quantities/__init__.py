"""Figures with units and qualifiers, and periods: read, convert, compare, say. All exact, at offsets of the source."""

from cloudqa.quantities.asking import AskedDecimals, AskedUnit, find_asked_decimals, find_asked_units
from cloudqa.quantities.cells import Cell, CellKind, parse_cell
from cloudqa.quantities.exclusions import Unread
from cloudqa.quantities.numerals import parse_numeral
from cloudqa.quantities.period import Edge, Period, PeriodError, PeriodKind
from cloudqa.quantities.periods import (
    Bound,
    PeriodMention,
    Relation,
    Relative,
    find_periods,
    parse_period,
    with_fiscal,
)
from cloudqa.quantities.quantity import Qualifier, Quantity, RangePart
from cloudqa.quantities.reading import Reading, find_quantities, read_quantities
from cloudqa.quantities.saying import round_half_up, say, say_converted, say_number, say_quantity
from cloudqa.quantities.unit import (
    PERCENT,
    PERCENTAGE_POINT,
    TIMES,
    UNSTATED,
    Dimension,
    QuantityError,
    Unit,
    UnitMismatchError,
    UnknownUnitError,
    convert,
    convertible,
)
from cloudqa.quantities.unit_words import UnitMention, find_unit, header_units, parse_unit

__all__ = [
    "PERCENT",
    "PERCENTAGE_POINT",
    "TIMES",
    "UNSTATED",
    "AskedDecimals",
    "AskedUnit",
    "Bound",
    "Cell",
    "CellKind",
    "Dimension",
    "Edge",
    "Period",
    "PeriodError",
    "PeriodKind",
    "PeriodMention",
    "Qualifier",
    "Quantity",
    "QuantityError",
    "RangePart",
    "Reading",
    "Relation",
    "Relative",
    "Unit",
    "UnitMention",
    "UnitMismatchError",
    "UnknownUnitError",
    "Unread",
    "convert",
    "convertible",
    "find_asked_decimals",
    "find_asked_units",
    "find_periods",
    "find_quantities",
    "find_unit",
    "header_units",
    "parse_cell",
    "parse_numeral",
    "parse_period",
    "parse_unit",
    "read_quantities",
    "round_half_up",
    "say",
    "say_converted",
    "say_number",
    "say_quantity",
    "with_fiscal",
]
