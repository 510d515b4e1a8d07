"""Blocks: what a format's reader finds, before anything of the report's structure is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents.model import BlockKind, Paragraph, RawCell, Span

BOLD_WEIGHT = 7
"""Weight of a heading that no mark shows, only bold type or its numbering: below the six Markdown levels."""

SHORT_CHARS = 60
"""No heading, caption or line of a title page is longer."""

_FINAL = re.compile(r"[。！？!?；;…][”’」』）)】》\"'*_]*\s*$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD_EDGE = re.compile(r"[A-Za-z0-9]")


class Role(StrEnum):
    """What a block is in the report; readers set the first five, later steps refine PROSE, ITEM and HEADING."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"
    GRID = "grid"
    GAP = "gap"  # rule, image, page number: nothing to read
    CAPTION = "caption"
    NOTE = "note"
    BYLINE = "byline"
    IMPRINT = "imprint"
    CONTENTS = "contents"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, item, table or gap.

    Attributes:
        role: What it is, as far as known.
        pieces: Where its text stands, marks (``#``, ``- ``, ``> ``) left out; one span a line, none empty.
        text: The pieces joined for reading.
        weight: Of a heading: 1 to 6 by its marks or style, 0 for a title style, 7 without either.
        indent: Of an item: blanks before its mark.
        bullet: An item set off by a mark or style of the format, not by a number in its text.
        strong: The whole block is in bold type.
        grid: Of a GRID: its cells, rectangular.
        header_rows: Of a GRID: leading rows that the format marks as header.
        unclear: It begins lines that look like a table whose columns cannot be told.
        aligned: Of a GRID: its cells were told by their alignment, so that a row may end before the last column.
        caption, caption_span, notes: Of a GRID: what stands around it, see :class:`RawTable`.
    """

    role: Role
    pieces: tuple[Span, ...]
    text: str
    weight: int = BOLD_WEIGHT
    indent: int = 0
    bullet: bool = False
    strong: bool = False
    grid: tuple[tuple[RawCell, ...], ...] = ()
    header_rows: int = 0
    unclear: bool = False
    aligned: bool = False
    caption: str = ""
    caption_span: Span | None = None
    notes: tuple[tuple[str, Span], ...] = ()

    @property
    def span(self) -> Span:
        """From the first piece's start to the last one's end."""
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def place(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands, from its first piece to its last; empty at the start if it is empty."""
        spans = Paragraph(0, BlockKind.PROSE, self.pieces, self.text).source_spans(start, end)
        return Span(spans[0].start, spans[-1].end) if spans else Span(self.span.start, self.span.start)

    @property
    def short(self) -> bool:
        """Whether it could be a heading, a caption or a title line: one short line, and no finished sentence."""
        return len(self.pieces) == 1 and 0 < len(self.text) <= SHORT_CHARS and not ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or a part of an enumeration does, closing quotes and brackets aside."""
    return _FINAL.search(text[-12:]) is not None


def joined(text: str, pieces: tuple[Span, ...]) -> str:
    """The pieces of a text for reading: directly after each other, one blank between Latin words.

    A figure that the end of a Chinese line cuts has no blank in it; blanks part no two figures there.
    """
    parts: list[str] = []
    for piece in pieces:
        part = text[piece.start : piece.end]
        if parts and _WORD_EDGE.match(parts[-1][-1:]) and _WORD_EDGE.match(part[:1]):
            cut_figure = parts[-1][-1].isdecimal() and part[0].isdecimal()
            if not (cut_figure and _CHINESE.search(parts[-1]) and _CHINESE.search(part)):
                parts.append(" ")
        parts.append(part)
    return "".join(parts)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks at its ends; empty at ``start`` where nothing else is in it."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    if left == len(part):
        return Span(start, start)
    return Span(start + left, start + len(part.rstrip()))
