"""A passage: what is indexed, found and cited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudqa.documents import Span


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
        """The source spans of ``text[start:end]``, each verbatim; several where a page break cut it."""
        spans: list[Span] = []
        for low, high, span in self.pieces:
            first, last = max(start, low), min(end, high)
            if first < last:
                spans.append(Span(span.start + first - low, span.start + last - low))
        return tuple(spans)
