"""Lists: the headings under a heading, the items of an enumeration, one sentence for each thing asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.answering.evidence import Evidence, narrow
from cloudqa.answering.matching import Matcher
from cloudqa.documents import Span
from cloudqa.language import clause_spans, normal_text
from cloudqa.passages import Passage, PassageKind

_TITLE_COVERS = 0.72  # of the question, for its subheadings to be what was asked for
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEWEST_YEARS, _MOST_YEARS, _STEP_CHARS = 3, 6, 80
_REST_SLACK = 0.1
_LONG_ITEM = 220
_COUNTED_COVERS = 0.45  # the same where the number asked for is the number of subheadings
_MARKS = re.compile(r"^[#\s•·*]+")
_NUMBERED = re.compile(
    r"^[#\s•·*]*(?:第?[一二三四五六七八九十\d]+[、.．)）章节]"
    r"|[(（][一二三四五六七八九十\d]+[)）])\s*"
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
        enough = _TITLE_COVERS if matcher.asking.count is None else _COUNTED_COVERS
        if share >= enough and (best is None or share > best.share):
            best = Listing(passage, items, share)
    return best


def _title_share(matcher: Matcher, passage: Passage) -> float:
    title = matcher.cover(normal_text(passage.section[-1] if passage.section else ""))
    path = matcher.cover(normal_text(" ".join(passage.section[:-1])))
    return matcher.together(title, path, 0.8).share


def _subheadings(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    """The lines of a heading passage after the heading itself, numbering left out.

    Beside two or more numbered ones an unnumbered one (an editor's note) is not of the list.
    """
    heading = normal_text(passage.section[-1]).strip() if passage.section else ""
    lines = [(passage.text[a:b], a, b) for a, b in passage.sentences]
    lines = [line for line in lines if normal_text(line[0]).strip() != heading]
    numbered = [line for line in lines if _NUMBERED.match(line[0])]
    kept = numbered if len(numbered) > 1 else lines
    return tuple((_NUMBERED.sub("", _MARKS.sub("", line)).strip().rstrip(":："), a, b) for line, a, b in kept)


def evidence_for_items(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """For things asked about one by one: one sentence that says it of all, or the best sentence for each.

    What decides is how much of the rest of the question (适合什么数据) a sentence covers.
    """
    names = [_ending(normal_text(item)) for item in matcher.asking.items]
    texts = {id(e): normal_text(e.text) for e in ranked}

    def rest(evidence: Evidence) -> float:
        return matcher.without(evidence.coverage, names)

    def best(wanted: Sequence[str]) -> Evidence | None:
        named = [e for e in ranked if all(name in texts[id(e)] for name in wanted)]
        return max(named, key=lambda e: (round(rest(e), 2), e.score), default=None)

    together = best(names) if names else None
    apart = [found for name in names if (found := best([name])) is not None]
    if together is not None and rest(together) >= min(map(rest, apart)) - _REST_SLACK:
        return [narrow(matcher, together) if len(together.text) > _LONG_ITEM else together]
    return [narrow(matcher, e) if len(e.text) > _LONG_ITEM else e for e in dict.fromkeys(apart)]


def _ending(name: str) -> str:
    """The last part of a compound name: 某公司安全的天御 → 天御."""
    return name.rsplit("的", 1)[-1]


def source_spans(listing: Listing) -> list[Span]:
    """Where the items stand in the report."""
    return [s for _, start, end in listing.items for s in listing.passage.source_spans(start, end)]


def timeline(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """For a stretch of years (从2006年到2017年): what one section says of each year in it, in reading order.

    Empty where the question names no such stretch or no section says something of three of its years.
    """
    years = sorted({int(y) for y in _YEAR.findall(matcher.asking.text)})
    if len(years) < 2 or matcher.asking.brief:
        return []
    sections: dict[tuple[str, tuple[str, ...]], dict[int, Evidence]] = {}
    for evidence in ranked:
        said = [int(y) for y in _YEAR.findall(normal_text(evidence.text))]
        if said and years[0] <= said[0] <= years[-1]:
            sections.setdefault((evidence.passage.report, evidence.passage.section), {}).setdefault(said[0], evidence)
    best = max(sections.values(), key=len, default={})
    if len(best) < _FEWEST_YEARS:
        return []
    steps = sorted(list(best.values())[:_MOST_YEARS], key=lambda e: (e.passage.order, e.start))
    return [_opening(e) for e in steps]


def _opening(evidence: Evidence) -> Evidence:
    """The first clauses of a sentence, as many as fit."""
    ends = [end for _, end in clause_spans(evidence.text) if end <= _STEP_CHARS]
    end = ends[-1] if ends else min(len(evidence.text), _STEP_CHARS)
    return replace(evidence, end=evidence.start + end)
