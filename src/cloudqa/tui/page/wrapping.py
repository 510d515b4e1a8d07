"""Breaking mixed Chinese and Latin text into lines.

A line breaks between Chinese characters and at blanks, never inside a Latin word or figure that fits into a line; no
line begins with closing punctuation or ends with opening punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudqa.tui.page.cells import width_of

_OPEN = "（《“‘「『【〈〔([{<￥¥$#"
_CLOSE = "，。、；：？！）》”’」』】〉〕…—～·,.;:?!)]}>%％‰℃°"
_WORD = r"[A-Za-z0-9À-ɏ]+(?:[-.,:/_'’+&@=][A-Za-z0-9À-ɏ]+)*"
_UNIT = re.compile(
    rf"(?P<blank> +)|[{re.escape(_OPEN)}]*(?:{_WORD}|[^ {re.escape(_OPEN)}])?[{re.escape(_CLOSE)}]*", re.DOTALL
)


def wrap(text: str, width: int, first: int = 0) -> list[tuple[int, int]]:
    """The lines of a text as half-open ranges of its characters, blanks at line ends left out.

    Args:
        text: One visible line without line feeds.
        width: Cells of a line, at least 2.
        first: Cells that are taken already in the first line.

    Returns:
        At least one range, each of at most ``width`` cells.
    """
    if text.isascii() and len(text) + first <= width:
        return [(0, len(text))]
    lines: list[tuple[int, int]] = []
    start = end = 0
    used = first
    for left, right, cells, blank in _units(text, width):
        if used + cells > width and not blank:
            if end > start or used:
                lines.append((start, end))
            start, used = left, 0
        if not blank:
            end = right
        elif start == left:
            start = end = right  # no line begins with a blank
            continue
        used += cells
    if end > start or not lines:
        lines.append((start, end))
    return lines


def _units(text: str, width: int) -> Iterator[tuple[int, int, int, bool]]:
    """What may not be broken: start, end, cells, and whether it is blank; longer ones than a line are cut."""
    for match in _UNIT.finditer(text):
        at, end = match.span()
        if end - at == 1 and "一" <= text[at] <= "鿿":  # most of a Chinese text
            yield at, end, 2, False
            continue
        blank = match["blank"] is not None
        cells = width_of(text[at:end])
        if cells > width and not blank:
            yield from _pieces(text, at, end, width)
        elif end > at:
            yield at, end, cells, blank


def _pieces(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int, int, bool]]:
    """Parts of a long word, each as wide as a line at most."""
    at, used = start, 0
    for i in range(start, end):
        cells = width_of(text[i])
        if used + cells > width and i > at:
            yield at, i, used, False
            at, used = i, 0
        used += cells
    yield at, end, used, False
