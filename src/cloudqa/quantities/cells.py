"""Reading one table cell: a figure, a date, words, or one of the kinds of nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from cloudqa.quantities.folding import fold
from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Period
from cloudqa.quantities.periods import parse_period
from cloudqa.quantities.qualifiers import is_hedge
from cloudqa.quantities.quantity import Quantity, RangePart
from cloudqa.quantities.reading import read_quantities
from cloudqa.quantities.unit import UNSTATED, Unit


class CellKind(StrEnum):
    """What a cell holds. Blank, dash and not-available are three different things, and none of them is 0."""

    NUMBER = "number"
    RANGE = "range"
    PERIOD = "period"
    TEXT = "text"
    BLANK = "blank"
    DASH = "dash"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as understood.

    Attributes:
        kind: What it holds.
        text: The cell without footnote marks and outer blanks.
        quantity: The figure of a NUMBER (a percentage is one), the lower end of a RANGE, else None.
        last: The upper end of a RANGE, else None.
        period: What a PERIOD cell names (2015-06-18, 2017年). Four digits that could be a year (2016) have both a
            quantity and a period, and are a NUMBER if the header states a unit, else a PERIOD.
        notes: Footnote marks taken off, as printed: ①, [1], *.
    """

    kind: CellKind
    text: str
    quantity: Quantity | None = None
    last: Quantity | None = None
    period: Period | None = None
    notes: tuple[str, ...] = ()


_NOTE = lazily(
    r"\s*([①-⑳❶-❿⑴-⒇]|[¹²³⁴-⁹⁰]+|\*{1,3}|[†‡§※]|\[\s?(?:注\s?)?[0-9]{1,2}\s?\]|[(（]注\s?[0-9一二三四五六七八九十]*[)）]|注[0-9]{1,2})\s*$"
)
_DASHES = lazily(r"[-—–−―─－ー]{1,3}|/|／|\\")
_NOT_AVAILABLE = lazily(
    r"(?i:n\s?/\s?a|n\.a\.?|na|nm|n\.m\.|not available|not applicable|not disclosed|undisclosed|unknown)"
    r"|(?:暂?未|尚未|没有|不)(?:披露|公布|公开|提供|统计|获得|详|明|适用|可得)(?:数据)?|暂?无数据|不详|暂无|暂缺|缺失|待定"
)
_NEGATIVE = lazily(r"\((?P<body>[^()]*[0-9][^()]*)\)(?P<after>[%‰]?)")


def parse_cell(text: str, unit: Unit | None = None) -> Cell:
    """What a table cell holds.

    Args:
        text: The cell as printed. Offsets of its figure are into it.
        unit: The unit its header states, given to a figure that prints none of its own.

    Returns:
        A NUMBER only if the whole cell is one figure with nothing but its unit and hedge; parentheses around a number
        make it negative. Anything else that is not nothing, a range or a period is TEXT: nothing is guessed from it.
    """
    body, notes = _without_notes(text)
    start = text.index(body) if body else 0
    nothing = _kind_of_nothing(fold(body))
    if nothing is not None:
        return Cell(nothing, body, notes=notes)
    cell = _figure_cell(body, start, unit) or Cell(CellKind.TEXT, body)
    period = parse_period(body) if cell.kind is CellKind.TEXT else None
    if period is None:
        return replace(cell, notes=notes)
    if not fold(body).isdigit():
        return Cell(CellKind.PERIOD, body, period=period, notes=notes)
    number = Quantity(Decimal(fold(body)), unit or UNSTATED, text=body, start=start, end=start + len(body))
    return Cell(CellKind.NUMBER if unit else CellKind.PERIOD, body, number, period=period, notes=notes)


def _without_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """The cell without blanks and footnote marks, and the marks in order; a cell that is only a mark keeps it."""
    body = text.strip()
    notes: list[str] = []
    while (m := _NOTE().search(body)) is not None and m.start() > 0 and not _is_unit_power(body, m):
        notes.insert(0, m.group(1))
        body = body[: m.start()].rstrip()
    return body, tuple(notes)


def _is_unit_power(body: str, m: re.Match[str]) -> bool:
    """The ² of m² and km³ is no footnote."""
    return m.group(1) in ("²", "³") and body[: m.start()].endswith("m")


def _kind_of_nothing(folded: str) -> CellKind | None:
    if not folded:
        return CellKind.BLANK
    if _DASHES().fullmatch(folded):
        return CellKind.DASH
    return CellKind.NOT_AVAILABLE if _NOT_AVAILABLE().fullmatch(folded) else None


def _figure_cell(body: str, offset: int, unit: Unit | None) -> Cell | None:
    """The cell as a figure or a range, or None if it is more or other than that."""
    folded = fold(body)
    bracketed = _NEGATIVE().fullmatch(folded)
    inner = folded if bracketed is None else bracketed["body"] + bracketed["after"]
    found = _read_alone(inner)
    if len(found) == 1 and _only_hedged(inner, found[0], found[0]):
        figure = _placed(found[0], body, offset) if bracketed is None else _negated(found[0], body, offset)
        return None if figure is None else Cell(CellKind.NUMBER, body, _in_unit(figure, unit))
    if len(found) == 2 and bracketed is None and found[0].part is RangePart.FIRST and _only_hedged(inner, *found):
        first, last = (_in_unit(_placed(q, body, offset), unit) for q in found)
        return Cell(CellKind.RANGE, body, first, last)
    return None


def _read_alone(folded: str) -> tuple[Quantity, ...]:
    """The figures of a cell; the blank before it keeps a leading number from being read as a list mark."""
    found = read_quantities("|" + folded).quantities
    return tuple(replace(q, start=q.start - 1, end=q.end - 1) for q in found)


def _only_hedged(folded: str, first: Quantity, last: Quantity) -> bool:
    """Whether nothing but hedges stands around the figures."""
    return is_hedge(folded[: first.start]) and is_hedge(folded[last.end :])


def _placed(figure: Quantity, body: str, offset: int) -> Quantity:
    text = body[figure.start : figure.end]
    return replace(figure, text=text, start=figure.start + offset, end=figure.end + offset)


def _negated(figure: Quantity, body: str, offset: int) -> Quantity | None:
    """The figure in parentheses, the whole cell being its text; None if it is negative already."""
    if figure.value < 0:
        return None
    return replace(figure, value=-figure.value, text=body, start=offset, end=offset + len(body))


def _in_unit(figure: Quantity, unit: Unit | None) -> Quantity:
    return figure if unit is None else figure.with_unit(unit)
