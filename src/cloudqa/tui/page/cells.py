"""Text as terminal cells: a Chinese character takes two, a combining mark none; nothing in it steers the terminal."""

from __future__ import annotations

import re

from rich.cells import cell_len

# C0 and C1 and DEL, line and paragraph separators, marks that reverse or isolate the direction, lone surrogates,
# invisible marks without width that would hide or join what stands beside them.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_BLANKS = "\t\n\r\x0b\x0c\x85\u2028\u2029"
_REPLACEMENT = "\ufffd"
_MORE = "…"


def visible(text: str) -> str:
    """The text with as many characters, every blank as a space and every character that cannot be shown as �."""
    return _UNSHOWABLE.sub(lambda m: " " if m.group() in _BLANKS else _REPLACEMENT, text)


def visible_lines(text: str) -> list[str]:
    """The lines of a text, each as :func:`visible` shows it."""
    return [visible(line) for line in text.replace("\r\n", "\n").split("\n")]


def width_of(text: str) -> int:
    """How many cells a visible text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, cells: int) -> str:
    """The text, or as much of its beginning as fits into so many cells with an ellipsis after it."""
    if width_of(text) <= cells:
        return text
    room, kept = cells - 1, 0
    for char in text:
        room -= width_of(char)
        if room < 0:
            break
        kept += 1
    return text[:kept] + _MORE if cells > 0 else ""


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """The text with blanks to so many cells, before it where it is aligned at its right end."""
    blanks = " " * (cells - width_of(text))
    return blanks + text if right else text + blanks
