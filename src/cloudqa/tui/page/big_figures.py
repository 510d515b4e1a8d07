"""Figures three lines high."""

from __future__ import annotations

from collections.abc import Sequence

_HEIGHT = 3
_GLYPHS: dict[str, Sequence[str]] = {
    "0": ("╭─╮", "│ │", "╰─╯"),
    "1": ("╶╮ ", " │ ", "╶┴╴"),
    "2": ("╶─╮", "╭─╯", "╰─╴"),
    "3": ("╶─╮", " ─┤", "╶─╯"),
    "4": ("╷ ╷", "╰─┤", "  ╵"),
    "5": ("╭─╴", "╰─╮", "╶─╯"),
    "6": ("╭─╴", "├─╮", "╰─╯"),
    "7": ("╶─╮", "  │", "  ╵"),
    "8": ("╭─╮", "├─┤", "╰─╯"),
    "9": ("╭─╮", "╰─┤", "╶─╯"),
    ".": (" ", " ", "."),
    ",": (" ", " ", ","),
    "-": ("   ", "╶─╴", "   "),
    "−": ("   ", "╶─╴", "   "),
    "+": (" ╷ ", "╶┼╴", " ╵ "),
}


def big_figure(text: str) -> list[str] | None:
    """A figure as three lines of box-drawing characters, None where it has a character without a glyph."""
    if not text or any(char not in _GLYPHS for char in text):
        return None
    return ["".join(_GLYPHS[char][line] for char in text) for line in range(_HEIGHT)]
