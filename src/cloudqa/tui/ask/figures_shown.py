"""How the figures of an answer are printed on its card: as its own sentence prints them, never rounded anew."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_FIGURE = re.compile(r"(?<![\d.])[-−]?\d[\d,]*(?:\.\d+)?(?![\d.]*\d)")
_MOST_DECIMALS = 6


def printed_in(text: str, value: Decimal) -> str | None:
    """A figure as a text prints it, None where the text does not print it.

    A printed figure is the value's where the value, rounded half-up to the printed decimals, is the printed one.
    """
    for match in _FIGURE.finditer(text):
        printed = Decimal(match.group().replace(",", "").replace("−", "-"))
        step = Decimal(1).scaleb(min(0, int(printed.as_tuple().exponent)))
        if value.quantize(step, ROUND_HALF_UP) == printed and not _is_year(match.group(), value):
            return match.group()
    return None


def _is_year(printed: str, value: Decimal) -> bool:
    """Whether a figure could be a year that only happens to be near the value."""
    return len(printed) == 4 and printed.isdigit() and Decimal(printed) != value


def shown_value(value: Decimal | str, text: str) -> str:
    """A value of a list as its answer prints it; one that it does not print with all its digits, or marked as rounded.

    Args:
        value: The value.
        text: The sentence of the answer.
    """
    if isinstance(value, str):
        return value
    printed = printed_in(text, value)
    if printed is not None:
        return printed
    exponent = int(value.as_tuple().exponent)
    if -exponent <= _MOST_DECIMALS:
        return format(value, "f")
    return f"≈{format(value.quantize(Decimal('0.01'), ROUND_HALF_UP), 'f')}"
