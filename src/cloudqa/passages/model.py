"""A passage: what is indexed, found and cited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents import Span
from cloudqa.documents.model import whole_spans


class PassageKind(StrEnum):
    """What a passage was made of."""

    PROSE = "prose"
    TABLE_ROW = "table_row"
    LIST = "list"  # consecutive items of one enumeration
    HEADING = "heading"  # a heading with the titles of its subsections, so that "which six" finds them


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report, bounded by sentences, that can be found and cited.

    Attributes:
        id: 16 hexadecimal digits from report, spans and text: the same content gives the same id.
        report: Id of its report.
        kind: What it was made of.
        section: Titles from the outermost section down.
        text: The text for reading, page breaks joined.
        context: Text that is indexed with it but is not quoted: caption, header and unit of a table row,
            the introducing line of a list; "" if none. (The section path is indexed too.)
        sentences: Half-open spans of its sentences within ``text``, in order.
        pieces: ``(start in text, end in text, source span)`` in order and without gaps in ``text`` but for joining
            characters: ``document.text[span.start:span.end] == text[start:end]``.
        order: 0-based place among the passages of its report.
    """

    id: str
    report: str
    kind: PassageKind
    section: tuple[str, ...]
    text: str
    context: str
    sentences: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, int, Span], ...]
    order: int

    def source_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source spans of ``text[start:end]``, each verbatim; several where a page break cut it.

        Pieces with one character between them in the source, a line's end or a stray blank, are one span.
        """
        spans: list[Span] = []
        end_before = -1
        for low, high, span in self.pieces:
            first, last = max(start, low), min(end, high)
            if first < last:
                found = Span(span.start + first - low, span.start + last - low)
                one_text = spans and "\n" not in self.text[end_before:low]
                spans = [*spans[:-1], *whole_spans([spans[-1], found])] if one_text else [*spans, found]
            end_before = high
        return tuple(spans)
