"""A report as it was understood: metadata, section tree, paragraphs, raw tables, each with its place.

All offsets are half-open, counted in code points, into :attr:`Document.text`, the report's canonical text. For Markdown
and text files the canonical text is the decoded file itself (each line end one line feed); for other formats the reader
writes it, a table row as one line with tabs between its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of offsets into the canonical text."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a paragraph is to its reader."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    NOTE = "note"  # a table's footnote or source line
    BYLINE = "byline"  # （本节负责人：…）
    IMPRINT = "imprint"  # publisher, editors, address at the end
    CONTENTS = "contents"  # a line of the table of contents
    TITLE = "title"  # title page


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, joined where a page break cut it.

    Attributes:
        section: Index of its section in ``Document.sections``.
        kind: What it is to the reader.
        pieces: One span, or several where a page break or a line's end cut the paragraph; in order, not overlapping,
            none begins or ends with a blank.
        text: The source of the pieces joined for reading, markup (``**``, ``<a href>``) left in place, since offsets
            into it are mapped piece by piece. Pieces follow each other directly, with one blank between Latin words.
    """

    section: int
    kind: BlockKind
    pieces: tuple[Span, ...]
    text: str

    def source_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The canonical-text spans that ``text[start:end]`` came from: more than one where a cut lies inside."""
        return whole_spans(self._cut_spans(start, end))

    def _cut_spans(self, start: int, end: int) -> list[Span]:
        spans: list[Span] = []
        at = 0
        for piece in self.pieces:
            length = piece.end - piece.start
            low, high = max(start, at), min(end, at + length)
            if low < high:
                spans.append(Span(piece.start + low - at, piece.start + high - at))
            at += length
            if self.text[at : at + 1] == " ":
                at += 1
        return spans


def whole_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those with at most one character (a line's end, a stray blank) between them as one."""
    whole: list[Span] = []
    for span in spans:
        if whole and 0 <= span.start - whole[-1].end <= 1:
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return tuple(whole)


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of a table as it stands in the report.

    Attributes:
        text: The cell's text, blanks at its ends left out, wrapped lines joined.
        span: Where that text stands; empty (start == end) for a blank cell.
        row: 0-based row in the grid, header rows included.
        column: 0-based column.
        row_span: Rows that a merged cell covers, 1 for an ordinary cell.
        column_span: Columns that a merged cell covers.
    """

    text: str
    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid of cells with what stands around it; nothing is interpreted yet.

    Attributes:
        section: Index of its section.
        index: 0-based number of the table in the report.
        span: The whole grid.
        rows: Rectangular: every row has as many cells as the widest (blank cells added with an empty span).
        caption: The table's caption or introducing line, "" if none.
        caption_span: Where it stands, None if none.
        notes: Footnotes and source lines below the table, with their spans.
        header_rows: How many leading rows the format itself marks as header (Markdown and HTML), 0 where unknown.
    """

    section: int
    index: int
    span: Span
    rows: tuple[tuple[RawCell, ...], ...]
    caption: str = ""
    caption_span: Span | None = None
    notes: tuple[tuple[str, Span], ...] = ()
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it.

    Attributes:
        index: Its place in ``Document.sections``; 0 is the front matter before the first heading.
        title: The heading without marks and numbering ("行情回顾").
        number: The numbering as printed ("四、", "（1）", "2."), "" if none.
        level: 1 for the columns of the issue, one more for each step down; 0 for the root.
        parent: Index of the section around it, None for the root.
        heading: Where the heading's text stands (numbering included, ``#`` left out); empty for the root.
        span: From the heading to the next section of its level or above; where the heading follows its text (a title
            below its paragraph), from that text to the end of the heading.
        authors: Who is responsible for it, from a byline such as （本节负责人：…), with the places of the names.
    """

    index: int
    title: str
    number: str
    level: int
    parent: int | None
    heading: Span
    span: Span
    authors: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of metadata with the place that states it (None where only the file name does)."""

    label: str
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the issue says of itself.

    Attributes:
        title: The periodical's title.
        issue: The issue's number within the year ("8"), "" if unknown.
        total_issue: The running number ("28"), "" if unknown.
        date: ISO year, month or day ("2017-08"), "" if unknown.
        audience, classification: Lines of the title page such as 政府领导及企业高管参阅, 内部资料 妥善保管.
        fields: Every labelled line of title page and imprint in order (期号, 日期, 主编, 编辑责任人, 地址, 网址,
            主办单位 …), and the derived ones above, each with its place.
        contents: The table of contents: (depth from 0, entry, place).
    """

    title: str = ""
    issue: str = ""
    total_issue: str = ""
    date: str = ""
    audience: str = ""
    classification: str = ""
    fields: tuple[Field, ...] = ()
    contents: tuple[tuple[int, str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        report: The report's id: its file name without suffix ("2017-08-issue-08").
        path: The file, relative to the corpus folder, with forward slashes.
        text: The canonical text.
        metadata: What the issue says of itself.
        sections: In reading order; ``sections[0]`` is the root.
        paragraphs: In reading order.
        tables: In reading order.
        pages: Start offset of each page, () where the format has none.
        not_understood: What could not be read, each as one sentence naming the place.
    """

    report: str
    path: str
    text: str
    metadata: Metadata
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[RawTable, ...]
    pages: tuple[int, ...] = ()
    not_understood: tuple[str, ...] = field(default=())

    def section_path(self, section: int) -> tuple[str, ...]:
        """Titles from the outermost section to this one, numbering included, the root left out."""
        return section_path(self.sections, section)


def section_path(sections: Sequence[Section], section: int) -> tuple[str, ...]:
    """Titles from the outermost of some sections to this one, numbering included, the root left out."""
    path: list[str] = []
    index: int | None = section
    while index is not None and index != 0:
        path.append(sections[index].number + sections[index].title)
        index = sections[index].parent
    return tuple(reversed(path))
