"""Lists: the headings under a heading, the items of an enumeration, one sentence for each thing asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.answering.evidence import Evidence, narrow
from cloudqa.answering.matching import Matcher
from cloudqa.documents import Span
from cloudqa.language import normal_text
from cloudqa.passages import Passage, PassageKind

_TITLE_COVERS = 0.72  # of the question, for its subheadings to be what was asked for
_NUMBERING = re.compile(
    r"^[#\s•·*]*(?:第?[一二三四五六七八九十\d]+[、.．)）章节]|[(（][一二三四五六七八九十\d]+[)）])?\s*"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items that answer a question for a list.

    Attributes:
        passage: Where they stand.
        items: Each with its half-open place in ``passage.text``.
        share: How much of the question the list's title covers.
    """

    passage: Passage
    items: tuple[tuple[str, int, int], ...]
    share: float


def find_listing(matcher: Matcher, passages: Sequence[Passage]) -> Listing | None:
    """The subheadings that a question asks for: their title covers it, and their number is the one asked for."""
    best: Listing | None = None
    for passage in passages:
        if passage.kind is not PassageKind.HEADING:
            continue
        items = _subheadings(passage)
        if len(items) < 2 or (matcher.asking.count is not None and len(items) != matcher.asking.count):
            continue
        share = _title_share(matcher, passage)
        if share >= _TITLE_COVERS and (best is None or share > best.share):
            best = Listing(passage, items, share)
    return best


def _title_share(matcher: Matcher, passage: Passage) -> float:
    title = matcher.cover(normal_text(passage.section[-1] if passage.section else ""))
    path = matcher.cover(normal_text(" ".join(passage.section[:-1])))
    return matcher.together(title, path, 0.8).share


def _subheadings(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    """The lines of a heading passage after the heading itself, numbering left out."""
    items: list[tuple[str, int, int]] = []
    heading = normal_text(passage.section[-1]) if passage.section else ""
    for start, end in passage.sentences:
        line = passage.text[start:end]
        if normal_text(line).strip() == heading.strip():
            continue
        items.append((_NUMBERING.sub("", line).strip(), start, end))
    return tuple(items)


def evidence_for_items(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """For each thing asked about one by one, the best sentence that names it; one sentence may serve several."""
    chosen: list[Evidence] = []
    for item in matcher.asking.items:
        name = normal_text(item)
        named = [e for e in ranked if name in normal_text(e.text)]
        if not named:
            named = [e for e in ranked if _ending(name) in normal_text(e.text)]
        if named and not any(_ending(name) in normal_text(c.text) and c is named[0] for c in chosen):
            chosen.append(narrow(matcher, named[0]) if len(named[0].text) > 300 else named[0])
    return list(dict.fromkeys(chosen))


def _ending(name: str) -> str:
    """The last part of a compound name: 某公司安全的天御 → 天御."""
    return name.rsplit("的", 1)[-1]


def source_spans(listing: Listing) -> list[Span]:
    """Where the items stand in the report."""
    return [s for _, start, end in listing.items for s in listing.passage.source_spans(start, end)]
