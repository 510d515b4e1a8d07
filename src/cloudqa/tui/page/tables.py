"""Tables as lines: columns begin at the same cell, figures stand with their decimal points below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.tui.page.cells import width_of
from cloudqa.tui.page.lines import Line, Run, wrap_runs

_GAP = 2
_NARROWEST = 6
_FIGURE = re.compile(r"[-+−–(（]?[¥$￥€£]?\s?\d[\d,，]*(?:\.(?P<decimals>\d+))?\s?(?P<after>[%％‰)）*万亿元]*)")
_NOTHING = {"", "-", "—", "–", "N/A", "n/a", "无", "None", "/"}


def table_lines(rows: Sequence[Sequence[Run]], width: int, headers: int = 1, indent: int = 0) -> list[Line]:
    """A table as lines, cells wrapped where it is wider than the page.

    Args:
        rows: Rows of equal length, a run a cell.
        width: Cells of the page.
        headers: How many leading rows are headers; a rule is drawn below them.
        indent: Cells before each line.
    """
    if not rows or not rows[0]:
        return []
    figures = [_is_figures([row[i].text for row in rows[headers:]]) for i in range(len(rows[0]))]
    shown = [
        [_decimals_aligned(rows, i, n, headers, figures[i]) for i in range(len(row))] for n, row in enumerate(rows)
    ]
    widths = _fitted([max(_cell_width(row[i]) for row in shown) for i in range(len(rows[0]))], width - indent)
    lines: list[Line] = []
    for number, row in enumerate(shown):
        if number == headers and headers:
            lines.append((Run(" " * indent + "─" * (sum(widths) + _GAP * (len(widths) - 1)), "rule"),))
        lines.extend(_row_lines(row, widths, figures, indent))
    return lines


def _cell_width(cell: Sequence[Run]) -> int:
    return sum(width_of(part.text) for part in cell)


def _is_figures(texts: Sequence[str]) -> bool:
    """Whether a column holds figures, cells without a value aside."""
    filled = [text.strip() for text in texts if text.strip() not in _NOTHING]
    return bool(filled) and all(_FIGURE.fullmatch(text) for text in filled)


def _decimals_aligned(
    rows: Sequence[Sequence[Run]], column: int, number: int, headers: int, figures: bool
) -> tuple[Run, ...]:
    """A cell with blanks after it, so that the decimal points of its column stand below each other."""
    cell = rows[number][column]
    if not figures or number < headers:
        return (cell,)
    longest = max(_tail(row[column].text) for row in rows[headers:])
    return (cell, Run(" " * (longest - _tail(cell.text)), cell.style))


def _tail(text: str) -> int:
    """How many cells a figure takes from its decimal point on."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return 0
    decimals = match["decimals"]
    return (1 + len(decimals) if decimals else 0) + width_of(match["after"])


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widths of columns, the widest made narrower until the table fits or nothing can be taken away."""
    widths = [max(1, width) for width in widths]
    gaps = _GAP * (len(widths) - 1)
    narrowest = max(2, min(_NARROWEST, (room - gaps) // len(widths)))
    excess = sum(widths) + gaps - room
    while excess > 0:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= narrowest:
            break
        second = max([narrowest, *(w for w in widths if w < widths[widest])])
        taken = min(excess, max(1, widths[widest] - second))
        widths[widest] -= taken
        excess -= taken
    return widths


def _row_lines(
    row: Sequence[tuple[Run, ...]], widths: Sequence[int], figures: Sequence[bool], indent: int
) -> list[Line]:
    columns = [
        [tuple(cell)] if _cell_width(cell) <= widths[i] else wrap_runs(cell[:1], widths[i])
        for i, cell in enumerate(row)
    ]
    lines: list[Line] = []
    for number in range(max(map(len, columns))):
        parts: list[Run] = [Run(" " * indent)] if indent else []
        for i, column in enumerate(columns):
            content = column[number] if number < len(column) else ()
            blanks = Run(" " * max(0, widths[i] - _cell_width(content)))
            gap = [Run(" " * _GAP)] if i else []
            parts.extend([*gap, blanks, *content] if figures[i] else [*gap, *content, blanks])
        lines.append(tuple(part for part in parts if part.text))
    return lines
