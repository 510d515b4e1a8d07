"""Whether citations say what their source says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloudqa.answering.answer import Citation


def unresolved(citations: Iterable[Citation], source_text: Callable[[str], str]) -> list[Citation]:
    """The citations whose place does not hold their quote, or whose line is not the one the quote begins on.

    Args:
        citations: What an answer cites.
        source_text: The canonical text of a report, by its id.
    """
    return [c for c in citations if not _resolves(c, source_text(c.report))]


def _resolves(citation: Citation, source: str) -> bool:
    if not citation.quote or not 0 <= citation.start < citation.end <= len(source):
        return False
    line = source.count("\n", 0, citation.start) + 1
    return source[citation.start : citation.end] == citation.quote and line == citation.line
