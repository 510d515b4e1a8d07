"""Lists: the headings under a heading, the items of an enumeration, one sentence for each thing asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

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
_ANNOUNCES = re.compile(
    "(?:[几两二三四五六七八九十2-9]|多)(?:个|种|项|条|点|方面|类|大|步)|如下|以下|下列|分为|包括|[:：]$|一是|首先"
)
_ITEM = re.compile(
    r"[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．)）](?!\d)|[①-⑳•·-]"
    "|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、是]|首先|其次|再次|再者|最后|此外|另外"
)
_MOST_ITEMS, _ITEMS_CHARS = 10, 300
_NUMBERED = re.compile(
    r"^[#\s•·*]*(?:第?[一二三四五六七八九十\d]+[、.．)）章节]"
    r"|[(（][一二三四五六七八九十\d]+[)）])\s*"
)


Items = tuple[tuple[str, int, int], ...]
"""The items of a list, each with its half-open place in a passage's text."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Items that answer a question for a list.

    Attributes:
        passage: Where they stand.
        items: Each with its half-open place in ``passage.text``.
        share: How much of the question the list's title covers.
    """

    passage: Passage
    items: Items
    share: float


def find_listing(matcher: Matcher, passages: Sequence[Passage]) -> Listing | None:
    """The subheadings that a question asks for: their title covers it, and their number is the one asked for."""
    best: Listing | None = None
    enough = _TITLE_COVERS if matcher.asking.count is None else _COUNTED_COVERS
    for passage in passages:
        if passage.kind is not PassageKind.HEADING:
            continue
        for path, items in _groups(passage):
            if len(items) < 2 or (matcher.asking.count is not None and len(items) != matcher.asking.count):
                continue
            share = _title_share(matcher, path)
            if share >= enough and (best is None or share > best.share):
                best = Listing(passage, items, share)
    return best


def _title_share(matcher: Matcher, path: Sequence[str]) -> float:
    title = matcher.cover(normal_text(path[-1] if path else ""))
    above = matcher.cover(normal_text(" ".join(path[:-1])))
    return matcher.together(title, above, 0.8).share


def _groups(passage: Passage) -> list[tuple[tuple[str, ...], Items]]:
    """The lists that a heading passage holds, each under the headings above it.

    All lines below the heading are one, its numbered ones alone where there are several (an unnumbered one beside them
    is an editor's note). An unnumbered line with numbered ones behind it heads a list of its own: reports number the
    parts of a section at the level of its title.
    """
    heading = "".join(normal_text(passage.section[-1]).split()) if passage.section else ""
    lines = [(passage.text[a:b], a, b) for a, b in passage.sentences]
    lines = [line for line in lines if "".join(normal_text(line[0]).split()) != heading]
    numbered = [line for line in lines if _NUMBERED.match(line[0])]
    groups = [(passage.section, _items(numbered if len(numbered) > 1 else lines))]
    heads = [i for i, line in enumerate(lines) if not _NUMBERED.match(line[0])]
    for i, following in pairwise((*heads, len(lines))):
        if following - i > 2:
            groups.append(((*passage.section, lines[i][0]), _items(lines[i + 1 : following])))
    return groups


def _items(lines: Sequence[tuple[str, int, int]]) -> Items:
    return tuple((_NUMBERED.sub("", _MARKS.sub("", line)).strip().rstrip(":："), a, b) for line, a, b in lines)


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


def enumeration(matcher: Matcher, ranked: Sequence[Evidence], passages: Sequence[Passage]) -> list[Evidence]:
    """What the best sentence announces (有以下三点) with the items behind it; [] where it announces none.

    Items may go on in the next passages; each is cut to its first clauses where all of them would be too long.
    """
    first = ranked[0]
    if matcher.asking.brief or not _ANNOUNCES.search(normal_text(first.text)):
        return []
    items: list[Evidence] = []
    follow = {(p.report, p.order): p for p in passages}
    passage: Passage | None = first.passage
    after = first.end
    while passage is not None and len(items) < _MOST_ITEMS:
        left = [span for span in passage.sentences if span[0] >= after]
        mine = list(takewhile(lambda span, p=passage: _ITEM.match(p.text[span[0] :]) is not None, left))  # type: ignore[misc]
        items.extend(replace(first, passage=passage, start=a, end=b) for a, b in mine)
        goes_on = len(mine) == len(left)
        passage, after = follow.get((passage.report, passage.order + 1)) if goes_on else None, 0
    if len(items) < 2:
        return []
    fits = sum(len(e.text) for e in items) <= _ITEMS_CHARS
    return [first, *(items if fits else map(_opening, items))]


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
