"""Markdown and plain text, as people and OCR programs write them, to blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role, ends_sentence, joined, trimmed
from cloudqa.documents.grids import is_delimiter, is_pipe_row, pipe_grid, tab_grid
from cloudqa.documents.issue_numbers import is_only_numbers
from cloudqa.documents.model import Span
from cloudqa.documents.numbering import find_column, find_numbering
from cloudqa.documents.plain_tables import find_plain_table
from cloudqa.documents.surroundings import is_unit_line

_HASHES = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\x00-\x7f]|\d))")
_RULE = re.compile(r"\s*(?:(?:[-—_*=~]\s?){3,300})")
_IMAGE = re.compile(r"\s*(?:!\[[^\]]{0,500}\]\([^)]{0,2000}\)|<img\s[^<>]{0,2000}>|<!--.{0,2000}-->)\s*")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–·]\s*\d{1,4}\s*[-—–·]|\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|[Pp]age\s+\d+)\s*"
)
_BULLET = re.compile(r"(\s*)(?:[-*+•·●◦▪■◆➢✓]|[oO](?=\s{2}))\s+")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_UNIT_BEHIND = re.compile(
    r"(?:[^\S\n]{2,}|\u3000|\t)([（(]?\s*(?:计量|货币|金额)?单位\s*[：:][^\n]{1,30})$", re.MULTILINE
)
_LABEL = re.compile(r"[^\s，。：:]{2,8}[：:]")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
_INDENT_CHARS = 2
_WRAPPED_CHARS = 15
_WRAPPED_SHARE = 0.7  # a line that was wrapped is not much shorter than the one below it


def scan(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """The blocks of a Markdown or plain text from an offset on, up to another, in order.

    Never fails: what is neither heading, item, table nor gap is prose.
    """
    return _Scanner(text, start, len(text) if end is None else end).blocks()


class _Scanner:
    """Goes through the lines once; every line is looked at a bounded number of times."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._lines = _line_spans(text, start, end)
        self._at = 0
        self._adjacent = False  # the line before belongs to the block before, with no blank line between
        self._blocks: list[Block] = []
        self._more: list[Span] = []  # further lines of the last block
        self._no_table_before = 0  # lines below this number were tried as a table already

    def blocks(self) -> list[Block]:
        """Everything found."""
        while self._at < len(self._lines):
            line = self._line(self._at)
            if not line.strip():
                self._adjacent = False
                self._at += 1
            else:
                self._block(line)
        self._close()
        return self._blocks

    def _append(self, block: Block) -> None:
        self._close()
        self._blocks.append(block)

    def _close(self) -> None:
        """Give the last block the lines that were found to go on with it."""
        if self._more:
            pieces = (*self._blocks[-1].pieces, *self._more)
            self._blocks[-1] = replace(self._blocks[-1], pieces=pieces, text=joined(self._text, pieces))
            self._more = []

    def _line(self, number: int) -> str:
        if number >= len(self._lines):
            return ""
        span = self._lines[number]
        return self._text[span.start : span.end]

    def _block(self, line: str) -> None:
        if _FENCE.match(line):
            self._fenced()
        elif self._at < self._no_table_before or not (self._table(line) or self._plain_table()):
            self._text_line(line)

    def _plain_table(self) -> bool:
        """A table that only its alignment, its frame or the return of its cells shows."""
        if self._caption_with_unit():
            return True
        found = find_plain_table(self._text, self._lines, self._at)
        if found is None:
            return False
        for block in found.blocks:
            self._append(block)
        self._at = found.end
        self._adjacent = False
        return True

    def _fenced(self) -> None:
        """Lines between fences: prose, one paragraph a line, no mark in them means anything."""
        self._at += 1
        self._adjacent = False
        while self._at < len(self._lines) and not _FENCE.match(self._line(self._at)):
            self._add(Role.PROSE, self._lines[self._at])
            self._at += 1
        self._at += 1

    def _table(self, line: str) -> bool:
        pipes = "|" in line and (
            is_delimiter(self._line(self._at + 1)) or (is_pipe_row(line) and is_pipe_row(self._line(self._at + 1)))
        )
        if not pipes and "\t" not in line:
            return False
        end = self._pipe_end() if pipes else self._tab_end()
        rows = self._lines[self._at : end]
        grid = pipe_grid(self._text, rows) if pipes else tab_grid(self._text, rows)
        if grid is None:
            self._no_table_before = end
            return False
        self._append(grid)
        self._at = end
        self._adjacent = False
        return True

    def _pipe_end(self) -> int:
        end = self._at + 1
        while "|" in self._line(end):
            end += 1
        return end

    def _tab_end(self) -> int:
        """After the last line with a tab before the next blank line (a line of tabs alone is a row of blank cells)."""
        end = at = self._at + 1
        while self._line(at).strip() or "\t" in self._line(at):
            if "\t" in self._line(at):
                end = at + 1
            elif at - end >= 2:
                break
            at += 1
        return end

    def _caption_with_unit(self) -> bool:
        """A caption and, behind a wide gap in the same line, the unit of the table's figures: two lines."""
        span = self._lines[self._at]
        m = _UNIT_BEHIND.search(self._text, span.start, min(span.end, span.start + 300))
        if m is None or m.end() < span.end or not self._text[span.start : m.start()].strip():
            return False
        if not is_unit_line(m.group(1)) or "\t" in self._text[span.start : m.start()]:
            return False
        self._add(Role.PROSE, Span(span.start, m.start()))
        self._add(Role.PROSE, Span(*m.span(1)))
        self._at += 1
        self._adjacent = False
        return True

    def _text_line(self, line: str) -> None:
        span = self._lines[self._at]
        self._at += 1
        if self._is_gap(line):
            self._append(Block(Role.GAP, (span,), ""))
            self._adjacent = False
            return
        quote = _QUOTE.match(line)
        if quote:
            span = Span(span.start + quote.end(), span.end)
            line = self._text[span.start : span.end]
        if not line.strip():
            self._adjacent = False
        elif not self._heading(line, span):
            self._prose(line, span)

    def _is_gap(self, line: str) -> bool:
        if len(line) > 4000:
            return False
        if _PAGE_NUMBER.fullmatch(line):
            return not self._adjacent and not self._line(self._at).strip()
        return bool(_RULE.fullmatch(line) or _IMAGE.fullmatch(line))

    def _heading(self, line: str, span: Span) -> bool:
        m = _HASHES.match(line[:64])
        if m is not None:
            content = trimmed(self._text, span.start + m.end(), span.end)
            closing = self._text[content.start : content.end].rstrip("#").rstrip()
            self._add(Role.HEADING, Span(content.start, content.start + len(closing)), weight=len(m.group(1)))
            self._adjacent = False
            return True
        under = _UNDERLINE.fullmatch(self._line(self._at)[:100])
        if under and not self._adjacent and len(line) <= 60 and not ends_sentence(line) and not _BULLET.match(line):
            self._add(Role.HEADING, span, weight=1 if under.group(1)[0] == "=" else 2)
            self._at += 1
            self._adjacent = False
            return True
        return False

    def _prose(self, line: str, span: Span) -> None:
        bullet = None if find_column(line.strip()) else _BULLET.match(line[:200])
        if bullet:
            indent = len(bullet.group(1).expandtabs(4))
            self._add(Role.ITEM, Span(span.start + bullet.end(), span.end), indent=indent, bullet=True)
        elif self._adjacent and self._goes_on(line):
            self._more.append(trimmed(self._text, span.start, span.end))
        else:
            numbered = find_numbering(line.lstrip()) is not None
            indent = len(line) - len(line.lstrip()) if numbered else 0
            self._add(Role.ITEM if numbered else Role.PROSE, span, indent=indent)
        self._adjacent = True

    def _goes_on(self, line: str) -> bool:
        """Whether a line goes on with the paragraph of the line just above it."""
        above = self._blocks[-1]
        if above.role not in (Role.PROSE, Role.ITEM) or above.strong:
            return False
        if line.startswith(("\u3000", "    ", "\t")) and not above.bullet:
            return False
        bare = line.strip()
        indented = self._begins_indented(above)
        if find_numbering(bare) or bare.startswith(("**", "【")):
            return False
        if not indented and (_LABEL.match(bare) or bare.startswith("（")):
            return False
        last = self._more[-1] if self._more else above.pieces[-1]
        if is_only_numbers(self._text[last.start : last.end][:60]) or is_only_numbers(bare[:60]):
            return False  # lines of a title page
        tail = self._text[max(last.start, last.end - 12) : last.end]
        full = last.end - last.start >= max(_WRAPPED_CHARS, _WRAPPED_SHARE * len(bare))
        return full and (indented or not ends_sentence(tail)) and tail[-1] not in "：:"

    def _begins_indented(self, block: Block) -> bool:
        """Whether a paragraph's first line stands in, so that a line that does not goes on with it."""
        start = block.pieces[0].start
        before = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        return block.role is Role.PROSE and not before.strip() and ("\u3000" in before or len(before) >= _INDENT_CHARS)

    def _add(self, role: Role, span: Span, *, weight: int = BOLD_WEIGHT, indent: int = 0, bullet: bool = False) -> None:
        span = trimmed(self._text, span.start, span.end)
        source = self._text[span.start : span.end]
        strong = _is_bold(source)
        if strong:
            span = trimmed(self._text, span.start + 2, span.end - 2)
            source = self._text[span.start : span.end]
        if source:
            self._append(Block(role, (span,), source, weight=weight, indent=indent, bullet=bullet, strong=strong))


def _is_bold(source: str) -> bool:
    """Whether the whole of it stands between one pair of bold marks."""
    return (
        4 < len(source) <= 200
        and source[:2] in ("**", "__")
        and source.endswith(source[:2])
        and source.count(source[:2]) == 2
    )


def _line_spans(text: str, start: int, stop: int) -> list[Span]:
    """Spans of the lines, line ends left out."""
    spans: list[Span] = []
    while start <= stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        spans.append(Span(start, end))
        start = end + 1
    return spans
