"""Bars as text: a figure becomes a length in cells, exactly as long as its value says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from rich.cells import cell_len, set_cell_size

from cloudqa.terminal_text import one_line

EIGHTHS = 8
"""Steps of a bar within one cell to the right; to the left there are only halves."""

_PARTS = "▏▎▍▌▋▊▉"
_FULL, _HALF_LEFT, _AXIS, _GAP_AXIS = "█", "▐", "│", "┊"
_SPACE = "  "
_MORE = "…"
_NARROWEST_BAR = 8
_LABEL_SHARE = 3
_CONTEXT = Context(prec=60)


class Part(StrEnum):
    """What a piece of a line is, for its style."""

    LABEL = "label"
    FIGURE = "figure"
    AXIS = "axis"
    RISE = "rise"  # bar of a positive figure
    FALL = "fall"  # bar of a negative figure
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart.

    Attributes:
        label: What it is, in any script.
        text: The figure as it is printed, "" for a gap.
        value: The figure in the unit of the chart, None for a gap.
    """

    label: str
    text: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line with one meaning."""

    part: Part
    text: str


def draw_bars(bars: Sequence[Bar], width: int) -> list[tuple[Piece, ...]]:
    """One line for each bar: label, figure, bar; every line takes exactly ``width`` cells.

    All bars have one scale. A bar is as many eighths of a cell long as its value's share of the longest one says,
    halves rounded up; a figure that is not zero has at least the smallest mark. Negative figures go to the left of the
    axis, in halves of a cell. A gap has a broken axis and no bar.

    Args:
        bars: Top to bottom.
        width: In terminal cells, at least 1.
    """
    labels = [one_line(bar.label) for bar in bars]
    texts = aligned_figures([bar.text for bar in bars])
    text_width = max(map(cell_len, texts), default=0)
    label_width = min(max(map(cell_len, labels), default=0), max(4, width // _LABEL_SHARE))
    fixed = label_width + text_width + 2 * len(_SPACE)
    if width - fixed < _NARROWEST_BAR:  # the figure matters more than the rest of the name
        label_width = max(2, width - text_width - 2 * len(_SPACE) - _NARROWEST_BAR)
        fixed = label_width + text_width + 2 * len(_SPACE)
    scale = _Scale.of((bar.value for bar in bars), width - fixed)
    lines = []
    for bar, label, text in zip(bars, labels, texts, strict=True):
        head = (Piece(Part.LABEL, cut(label, label_width) + _SPACE), Piece(Part.FIGURE, text + _SPACE))
        lines.append(_fitted((*head, *scale.pieces(bar.value)), width))
    return lines


@dataclass(frozen=True, slots=True)
class _Scale:
    """How long bars are: the axis stands after ``left`` cells, ``largest`` takes ``cells``."""

    left: int
    right: int
    cells: int
    largest: Decimal

    @classmethod
    def of(cls, values: Iterable[Decimal | None], width: int) -> _Scale:
        """The scale at which all values fit beside the axis into so many cells."""
        given = [value for value in values if value is not None]
        low, high = min([*given, Decimal(0)]), max([*given, Decimal(0)])
        room = max(width - 1, 0)
        if low == 0 or room < 2:
            return cls(0, room, room, max(high, -low))
        if high == 0:
            return cls(room, 0, room, -low)
        left = min(max(_rounded(_CONTEXT.divide(-low * room, high - low)), 1), room - 1)
        largest, cells = max((high, room - left), (-low, left), key=lambda side: _CONTEXT.divide(side[0], side[1]))
        return cls(left, room - left, cells, largest)

    def steps(self, value: Decimal, in_cell: int) -> int:
        """The length of a value in parts of a cell, at least one unless it is zero."""
        if not value or not self.largest:
            return 0
        share = _CONTEXT.divide(abs(value) * self.cells * in_cell, self.largest)
        return max(_rounded(share), 1)

    def pieces(self, value: Decimal | None) -> tuple[Piece, ...]:
        """Axis and bar of a value, as wide as the scale."""
        blank = Piece(Part.BLANK, " " * self.left)
        if value is None:
            return blank, Piece(Part.AXIS, _GAP_AXIS), Piece(Part.BLANK, " " * self.right)
        if value < 0:
            bar = _leftwards(min(self.steps(value, 2), self.left * 2))
            gap = Piece(Part.BLANK, " " * (self.left - len(bar)))
            return gap, Piece(Part.FALL, bar), Piece(Part.AXIS, _AXIS), Piece(Part.BLANK, " " * self.right)
        bar = _rightwards(min(self.steps(value, EIGHTHS), self.right * EIGHTHS))
        rest = Piece(Part.BLANK, " " * (self.right - len(bar)))
        return blank, Piece(Part.AXIS, _AXIS), Piece(Part.RISE, bar), rest


def _rightwards(eighths: int) -> str:
    full, rest = divmod(eighths, EIGHTHS)
    return _FULL * full + (_PARTS[rest - 1] if rest else "")


def _leftwards(halves: int) -> str:
    full, rest = divmod(halves, 2)
    return _HALF_LEFT * rest + _FULL * full


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_CONTEXT))


def _fitted(pieces: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """The pieces cut off after so many cells, a figure never in its middle; pieces of no width are left out."""
    kept: list[Piece] = []
    for piece in pieces:
        size = min(cell_len(piece.text), width)
        if size > 0:
            kept.append(_in_cells(piece, size))
        width -= size
    return (*kept, Piece(Part.BLANK, " " * width)) if width else tuple(kept)


def _in_cells(piece: Piece, size: int) -> Piece:
    """A piece in so many cells; a figure that does not fit is left out, since half of one is a wrong one."""
    if cell_len(piece.text) == size:
        return piece
    whole = piece.part is not Part.FIGURE or cell_len(piece.text.rstrip()) <= size
    return Piece(piece.part, set_cell_size(piece.text, size) if whole else cut(_MORE, size))


def cut(text: str, width: int) -> str:
    """A text in exactly so many cells: filled with blanks, or cut with an ellipsis."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + _MORE, width) if width > 0 else ""


def aligned_figures(texts: Sequence[str]) -> list[str]:
    """Figures as printed, all equally wide, their decimal points (or last digits) under each other."""
    cutting = [_point(text) for text in texts]
    left = max((cell_len(text[:at]) for text, at in zip(texts, cutting, strict=True)), default=0)
    right = max((cell_len(text[at:]) for text, at in zip(texts, cutting, strict=True)), default=0)
    lines = []
    for text, at in zip(texts, cutting, strict=True):
        head, tail = text[:at], text[at:]
        lines.append(" " * (left - cell_len(head)) + head + tail + " " * (right - cell_len(tail)))
    return lines


def _point(text: str) -> int:
    """Where the digits before the decimal point end: at the point, else after the last digit, else at the end."""
    digits = [at for at, char in enumerate(text) if char.isascii() and char.isdigit()]
    if not digits:
        return len(text)
    point = text.find(".", digits[0])
    if point >= 0:
        return point
    end = digits[0]
    while end < len(text) and (text[end] in "0123456789,"):
        end += 1
    return end
