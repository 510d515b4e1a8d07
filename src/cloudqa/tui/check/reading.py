"""A report opened for reading, and what a citation marks in it; what takes time is done in a thread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Citation
from cloudqa.tui.check.blocks import Block, read_blocks
from cloudqa.tui.page.view import Mark

if TYPE_CHECKING:
    from cloudqa.answering import Assistant
    from cloudqa.documents import Section
    from cloudqa.passages import Passage

_MOST_FOUND = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A report for reading.

    Attributes:
        report: Its id.
        issue: Its title, date and number.
        text: Its canonical text.
        sections: Its headings; the first is the root.
        blocks: Its text in blocks.
    """

    report: str
    issue: str
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]


def open_reading(assistant: Assistant, report: str) -> Reading:
    """A report of the archive.

    Raises:
        UsageError: The archive has no such report.
    """
    stored = assistant.sources.report(report)
    joins = page_break_joins(stored.text, assistant.generation.iter_passages(report))
    blocks = read_blocks(stored.text, stored.sections, joins)
    return Reading(report, assistant.sources.issue_of(report), stored.text, stored.sections, tuple(blocks))


def page_break_joins(text: str, passages: Iterable[Passage]) -> dict[int, int]:
    """Where page breaks cut sentences: the offset after the part before, and that of the part after."""
    joins: dict[int, int] = {}
    for passage in passages:
        for (_, end, span), (start, _, after) in zip(passage.pieces, passage.pieces[1:], strict=False):
            cut = passage.text[end:start] in ("", " ") and "\n" in text[span.end : after.start]
            if cut and not text[span.end : after.start].strip():
                joins[span.end] = after.start
    return joins


def marks_of(assistant: Assistant, citation: Citation) -> tuple[Mark, ...]:
    """What a citation marks: for a figure of a table its cell and the headers of row and column, then the quote."""
    marks: list[Mark] = []
    if citation.table is not None:
        for fact in assistant.facts.table_facts(citation.report, citation.table):
            if (fact.row, fact.column) == (citation.row, citation.column):
                marks.append(Mark(fact.place.start, fact.place.end, "cell"))
                marks.extend(Mark(span.start, span.end, "header") for span in (*fact.headers, *fact.labels))
    return (*marks, Mark(citation.start, citation.end, "quote"))


def place_now(text: str, citation: Citation) -> Citation | None:
    """Where the quote of a citation stands in a text that may have changed: the nearest place, None if nowhere."""
    if text[citation.start : citation.end] == citation.quote:
        return citation
    places = [m.start() for m in re.finditer(re.escape(citation.quote), text)]
    if not places or not citation.quote:
        return None
    start = min(places, key=lambda place: abs(place - citation.start))
    line = text.count("\n", 0, start) + 1
    return replace(citation, start=start, end=start + len(citation.quote), line=line, table=None, row=None, column=None)


def find_in(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where a text has some words, without regard to case: half-open offsets, at most two thousand."""
    wanted, text = wanted.strip().lower(), _lowered(text)
    found: list[tuple[int, int]] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0 and len(found) < _MOST_FOUND:
        found.append((at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))
    return found


def _lowered(text: str) -> str:
    """The text in lower case, character by character, so that offsets stay."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
