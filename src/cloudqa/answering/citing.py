"""Citations: verbatim quotes with their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from cloudqa.answering.answer import Citation
from cloudqa.documents import Span
from cloudqa.passages import Passage

_MAX_CITATIONS = 5
_MAX_QUOTE_CHARS = 300


class Sources(Protocol):
    """Where quotes are cut from."""

    def text_of(self, report: str) -> str:
        """The report's canonical text."""

    def issue_of(self, report: str) -> str:
        """Title, number and date of the issue, for reading."""

    def section_at(self, report: str, offset: int) -> tuple[str, ...]:
        """The headings above a place, outermost first."""

    def page_at(self, report: str, offset: int) -> int | None:
        """The 1-based page of a place, None where the report's format has no pages."""


def cite_span(
    sources: Sources,
    report: str,
    span: Span,
    section: Sequence[str] | None = None,
    *,
    cell: tuple[int, int, int] | None = None,
) -> Citation:
    """The citation of one stretch of a report, blanks at its ends left out.

    Args:
        sources: Where the text is.
        report: Id of the report.
        span: Half-open offsets into its canonical text.
        section: Headings above it; looked up if None.
        cell: Table, row and column (0-based) of a cell.
    """
    text = sources.text_of(report)
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    table, row, column = cell or (None, None, None)
    return Citation(
        report=report,
        issue=sources.issue_of(report),
        section=tuple(section if section is not None else sources.section_at(report, start)),
        quote=text[start:end],
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        page=sources.page_at(report, start),
        table=table,
        row=row,
        column=column,
    )


def cite_passage(sources: Sources, passage: Passage, start: int, end: int) -> list[Citation]:
    """Citations of ``passage.text[start:end]``: two where a page break cut it."""
    return [
        cite_span(sources, passage.report, Span(s.start, min(s.end, s.start + _MAX_QUOTE_CHARS)), passage.section)
        for s in passage.source_spans(start, end)
    ]


def limited(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The first five different citations, in order; one that lies inside another is left out."""
    kept: list[Citation] = []
    for citation in citations:
        if not citation.quote or any(_inside(citation, other) for other in kept):
            continue
        kept = [other for other in kept if not _inside(other, citation)] + [citation]
    return tuple(kept[:_MAX_CITATIONS])


def _inside(inner: Citation, outer: Citation) -> bool:
    return inner.report == outer.report and outer.start <= inner.start and inner.end <= outer.end
