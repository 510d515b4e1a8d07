"""Text on a terminal: nothing that could steer it, and widths in cells.

A Chinese character takes two cells, a combining mark none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

# C0 but newline and tab, DEL, C1, and the marks that reverse or isolate the direction of what follows.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = {"Mn", "Me", "Cf"}
_GAP = "  "
_MORE = "…"


def visible(text: str) -> str:
    """The text without control characters other than newline and tab, and without direction overrides."""
    return _STEERING.sub("", text)


def escaped_json(json_text: str) -> str:
    r"""JSON text with DEL, C1 and direction overrides written as ``\uXXXX``: the same data, harmless on a terminal."""
    return _STEERING.sub(lambda m: f"\\u{ord(m.group()):04x}", json_text)


def one_line(text: str) -> str:
    """The visible text with every run of blanks and line ends as one blank."""
    return " ".join(visible(text).split())


def cell_width(text: str) -> int:
    """How many terminal cells a line of text takes."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut_to_width(text: str, cells: int) -> str:
    """The text, or as much of its beginning as fits into so many cells with an ellipsis after it."""
    if cell_width(text) <= cells:
        return text
    room, kept = cells - cell_width(_MORE), ""
    for char in text:
        room -= _char_width(char)
        if room < 0:
            break
        kept += char
    return kept + _MORE


def aligned_lines(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows of equal length as lines whose columns begin at the same cell.

    Args:
        rows: One-line texts.
        right: Columns that are aligned at their right end.
    """
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _GAP.join(_padded(text, widths[i], i in right) for i, text in enumerate(row)).rstrip()


def _padded(text: str, width: int, at_right: bool) -> str:
    blanks = " " * (width - cell_width(text))
    return blanks + text if at_right else text + blanks
