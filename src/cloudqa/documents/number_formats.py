"""Values of spreadsheet cells as text: by their number format, but never with fewer digits than the value has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

CellValue = str | bool | int | float | Decimal | datetime | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<aside>\[[^\]]*\]|[_*].)|'
    r"(?P<digits>General|[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)(?P<scale>,*)|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_UNREADABLE = re.compile(r"[!@/]|E[+-]|\[[<>=]", re.IGNORECASE)  # a fraction, a power, a condition, a forced sign
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SIGNIFICANT = 15  # digits that a spreadsheet keeps
_LONGEST_LITERAL = 12


@dataclass(frozen=True, slots=True)
class _Format:
    """What a number format adds to a value.

    Attributes:
        prefix, suffix: Literal text around the number: a currency, a unit.
        decimals: Decimal places it prints, None where it does not say (General).
        digits: Digits before the point that it prints at least.
        grouped: Thousands are parted by commas.
        percent: It prints hundredths with a percent sign.
        thousands: How many times it prints thousandths.
    """

    prefix: str = ""
    suffix: str = ""
    decimals: int | None = None
    digits: int = 0
    grouped: bool = False
    percent: bool = False
    thousands: int = 0


def printed(value: CellValue, number_format: str) -> str:
    """A cell's value as text.

    Numbers keep all digits of the value, with the thousand separators, literal units and least decimals of the format;
    a percentage is rounded half-up as the format prints it. A negative number has a minus sign, whatever the format
    makes of it. Dates are ISO, to the month or year where the format shows no more.

    Args:
        value: As openpyxl gives it; None is a blank cell.
        number_format: Its number format in the spelling of the file (``0.0%``).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _date(value, _LITERALS.sub("", number_format).lower())
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return _duration(value)
    return value if isinstance(value, str) else _number(value, _read_format(number_format))


def _date(value: datetime | date, shown: str) -> str:
    if "y" in shown and "d" not in shown and "h" not in shown:
        return value.strftime("%Y-%m" if "m" in shown else "%Y")
    if isinstance(value, datetime) and "h" in shown and value.time() != time():
        return value.isoformat(" ", "seconds")
    return value.isoformat()[:10]


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@lru_cache(maxsize=512)
def _read_format(source: str) -> _Format:
    """The format of positive numbers; what cannot be printed as digits with something around them is General."""
    section = source.split(";")[0]
    if _UNREADABLE.search(_LITERALS.sub(lambda m: m.group() if m.group()[0] == "[" else "", section)):
        return _Format()
    literals = ["", ""]  # before and after the digits
    core: re.Match[str] | None = None
    percent = False
    for token in _TOKEN.finditer(section):
        if token.group("digits"):
            if core is not None:
                return _Format()
            core = token
        percent = percent or bool(token.group("percent"))
        literals[core is not None] += next((t for t in token.group("quoted", "escaped", "currency", "other") if t), "")
    prefix, suffix = (" ".join(literal.split()) for literal in literals)
    if core is None or len(prefix) > _LONGEST_LITERAL or len(suffix) > _LONGEST_LITERAL:
        return _Format()
    return _with_digits(core, prefix.strip("()"), suffix.strip("()"), percent)


def _with_digits(core: re.Match[str], prefix: str, suffix: str, percent: bool) -> _Format:
    digits = core.group("digits")
    if digits.lower() == "general":
        return _Format(prefix, suffix, percent=percent)
    whole, _, fraction = digits.partition(".")
    trailing = len(whole) - len(whole.rstrip(","))
    grouped = "," in whole.rstrip(",")
    scale = len(core.group("scale")) + trailing
    return _Format(prefix, suffix, len(fraction), whole.count("0"), grouped, percent, scale)


def _number(value: float | Decimal, form: _Format) -> str:
    number = Decimal(format(value, f".{_SIGNIFICANT}g")) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    if form.percent:
        number = _rounded(number.scaleb(2), form.decimals)
    number = number.scaleb(-3 * form.thousands)
    body = _digits(abs(number), form)
    sign = "-" if number < 0 else ""
    return f"{sign}{form.prefix}{body}{'%' if form.percent else ''}{form.suffix}"


def _rounded(number: Decimal, decimals: int | None) -> Decimal:
    return number if decimals is None else number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _digits(number: Decimal, form: _Format) -> str:
    whole, _, fraction = format(number, "f").partition(".")
    fraction = fraction.rstrip("0").ljust(form.decimals or 0, "0")
    whole = whole.zfill(form.digits)
    if form.grouped:
        whole = f"{int(whole):,}".rjust(form.digits, "0")
    return f"{whole}.{fraction}" if fraction else whole
