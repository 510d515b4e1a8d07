"""A report's canonical text as blocks for reading: headings, paragraphs, list items, tables, each with its place.

Every character that is shown knows its offset, so that whatever is marked in the text is marked on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents import Section, Span
from cloudqa.tui.page.cells import visible
from cloudqa.tui.page.lines import Run

_MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
_ITEM_MARK = re.compile(r"(?P<indent>\s*)(?:[-*+•·]|(?P<number>\d{1,3}[.)]))\s+")
_PIPE = re.compile(r"(?<!\\)\|")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_RULE = re.compile(r"\s*(?:-\s*){3,}|\s*(?:\*\s*){3,}|\s*(?:_\s*){3,}")
_FIGURE = re.compile(r"[-+−(（]?[¥$￥€£]?\s?[\d,.]+\s?[%％‰)）万亿]*")
_MOST_HEADERS = 3
_PROSE_CHARS = 30  # a shorter line without a final mark is no paragraph of prose


class BlockStyle(StrEnum):
    """How a block is set."""

    HEADING = "heading"
    PROSE = "prose"  # its first line indented
    LINE = "line"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a report.

    Attributes:
        style: How it is set.
        start: Offset of its first character.
        end: Offset after its last one.
        runs: Its text; () for a table.
        rows: The cells of a table, rectangular.
        headers: How many leading rows of a table are headers.
        level: Of a heading, 1 for the outermost.
    """

    style: BlockStyle
    start: int
    end: int
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[Run, ...], ...] = ()
    headers: int = 1
    level: int = 0


def read_blocks(text: str, sections: Sequence[Section], joins: Mapping[int, int]) -> list[Block]:
    """The blocks of a report.

    Args:
        text: Its canonical text.
        sections: Its headings.
        joins: Where a page break cut a paragraph: the offset after the part before, and that of the part after.
    """
    headings = {s.heading.start: s for s in sections if s.heading.end > s.heading.start}
    return list(_Reading(text, headings, joins).blocks())


class _Reading:
    """Goes through the lines of a text."""

    def __init__(self, text: str, headings: Mapping[int, Section], joins: Mapping[int, int]) -> None:
        self._text = text
        self._headings = headings
        self._joins = joins
        self._lines = _line_spans(text)

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self._lines):
            end = self._table_end(at)
            if end > at:
                yield self._table(self._lines[at:end])
                at = end
            elif not self._text[self._lines[at].start : self._lines[at].end].strip():
                at += 1
            else:
                block, at = self._block(at)
                if block is not None:
                    yield block

    def _table_end(self, at: int) -> int:
        """The line after the table that begins here; ``at`` itself where none does."""
        end = at
        while end < len(self._lines) and "\t" in self._of(end).rstrip("\n"):
            end += 1
        if end > at:
            return end
        while end < len(self._lines) and self._of(end).lstrip().startswith("|"):
            end += 1
        return end if end - at > 1 else at

    def _of(self, line: int) -> str:
        span = self._lines[line]
        return self._text[span.start : span.end]

    def _table(self, lines: Sequence[Span]) -> Block:
        piped = "\t" not in self._text[lines[0].start : lines[0].end]
        kept = [s for s in lines if not (piped and _PIPE_RULE.fullmatch(self._text[s.start : s.end]))]
        cells = [self._cells(span, piped) for span in kept]
        widest = max(map(len, cells))
        rows = tuple((*row, *[Run("")] * (widest - len(row))) for row in cells)
        return Block(BlockStyle.TABLE, lines[0].start, lines[-1].end, rows=rows, headers=_header_rows(rows))

    def _cells(self, line: Span, piped: bool) -> list[Run]:
        """The cells of a row, blanks at their ends left out."""
        source = self._text[line.start : line.end]
        edges = [m.start() for m in (_PIPE.finditer(source) if piped else re.finditer("\t", source))]
        starts, ends = [0, *(e + 1 for e in edges)], [*edges, len(source)]
        spans = list(zip(starts, ends, strict=True))
        if piped:
            spans = spans[1:-1] if source.rstrip().endswith("|") else spans[1:]
        return [self._run(line.start + a, line.start + b) for a, b in spans]

    def _run(self, start: int, end: int) -> Run:
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return Run(visible(self._text[start:end]), "text", start)

    def _block(self, at: int) -> tuple[Block | None, int]:
        """The block that begins with a line, and the line after it."""
        line = self._lines[at]
        source = self._of(at)
        if _RULE.fullmatch(source):
            return None, at + 1
        section = next((self._headings[o] for o in range(line.start, line.end) if o in self._headings), None)
        if section is not None:
            title = (self._run(section.heading.start, section.heading.end),)
            return Block(BlockStyle.HEADING, line.start, line.end, title, level=section.level), at + 1
        pieces, after = self._joined(at)
        start = pieces[0].start
        mark = _HEADING_MARK.match(source) or _ITEM_MARK.match(source)
        item = mark is not None and mark.re is _ITEM_MARK
        lead: tuple[Run, ...] = ()
        if mark is not None:
            number = mark["number"] if item else None
            lead = (Run(f"{number or '•'} ", "muted"),) if item else ()
            pieces = [Span(line.start + mark.end(), pieces[0].end), *pieces[1:]]
        runs = (*lead, *(run for piece in pieces for run in self._unmarked(piece)))
        style = BlockStyle.ITEM if item else self._style(runs)
        return Block(style, start, pieces[-1].end, runs), after

    def _joined(self, at: int) -> tuple[list[Span], int]:
        """A line with those that a page break cut off from it, and the line after them."""
        pieces = [self._trimmed(self._lines[at])]
        following = at + 1
        while pieces[-1].end in self._joins:
            start = self._joins[pieces[-1].end]
            number = next((n for n in range(following, len(self._lines)) if self._lines[n].end > start), None)
            if number is None:
                break
            piece = self._trimmed(self._lines[number])
            pieces.append(Span(max(start, piece.start), piece.end))
            following = number + 1
        return pieces, following

    def _trimmed(self, line: Span) -> Span:
        source = self._text[line.start : line.end]
        return Span(line.start + len(source) - len(source.lstrip()), line.start + len(source.rstrip()))

    def _unmarked(self, piece: Span) -> Iterator[Run]:
        """The text of a piece without the marks of bold type."""
        at = piece.start
        for mark in _MARKS.finditer(self._text, piece.start, piece.end):
            if mark.start() > at:
                yield Run(visible(self._text[at : mark.start()]), "text", at)
            at = mark.end()
        if at < piece.end:
            yield Run(visible(self._text[at : piece.end]), "text", at)

    @staticmethod
    def _style(runs: Sequence[Run]) -> BlockStyle:
        text = "".join(run.text for run in runs)
        prose = len(text) > _PROSE_CHARS or text.endswith(("。", "！", "？", "；", "."))
        return BlockStyle.PROSE if prose else BlockStyle.LINE


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _header_rows(rows: Sequence[Sequence[Run]]) -> int:
    """How many leading rows have no figure beside their first cell; at least one, unless it is the only one."""
    count = 0
    for row in rows[:_MOST_HEADERS]:
        if any(_FIGURE.fullmatch(cell.text.strip()) for cell in row[1:] if cell.text.strip()):
            break
        count += 1
    return min(max(1, count), len(rows) - 1)
