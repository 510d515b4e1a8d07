"""A report to its passages."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cloudqa.documents import BlockKind, Document, Paragraph, Section
from cloudqa.passages.model import Passage, PassageKind
from cloudqa.passages.pieces import Composition, Part, SplitParagraph, source_part
from cloudqa.passages.rows import row_passages

MIN_CHARS = 120
"""A passage of prose is packed with its neighbours until it is this long."""

MAX_CHARS = 300
"""No sentence is added beyond; a longer one makes a passage of its own."""

_AIM_CHARS = 220
_LIST_CHARS = 420
_REST_CHARS = 60
_ANNOUNCES = re.compile("如下|以下|下列|包括|分为")
_PACKED = (BlockKind.PROSE, BlockKind.CAPTION)
_LISTED = (BlockKind.LIST_ITEM, BlockKind.CONTENTS, BlockKind.TITLE, BlockKind.IMPRINT)


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: PassageKind
    section: int
    part: Part
    context: str = ""


def make_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a report in reading order.

    Prose is cut between sentences into passages of about 120 to 300 characters, short neighbours of one section
    packed; items of one enumeration stand together with the line that introduces them as context; a table gives one
    passage a row; a heading one with the headings right below it. Every character of the report that is no mark of
    its format is in some passage's text or context or section path.
    """
    drafts = sorted(_drafts(document), key=lambda draft: draft.part.pieces[0][2].start)
    return tuple(_passage(document, draft, order) for order, draft in enumerate(drafts))


def _drafts(document: Document) -> Iterator[_Draft]:
    captions = _table_captions(document)
    run: list[Paragraph] = []
    introduction = ""
    for paragraph in document.paragraphs:
        if run and not _same_run(run[-1], paragraph):
            yield from _run_drafts(run, introduction, captions)
            introduction = _introduction(run)
            run = []
        if paragraph.kind is not BlockKind.CAPTION or paragraph.pieces[0].start not in captions:
            run.append(paragraph)
    if run:
        yield from _run_drafts(run, introduction, captions)
    for table in document.tables:
        for row in row_passages(document, table):
            yield _Draft(PassageKind.TABLE_ROW, table.section, row.part, row.context)
    yield from _heading_drafts(document)


def _table_captions(document: Document) -> dict[int, str]:
    """The table caption that belongs to the caption lines and notes that begin at an offset."""
    captions: dict[int, str] = {}
    starts = [p.pieces[0].start for p in document.paragraphs if p.kind is BlockKind.CAPTION]
    for table in document.tables:
        if table.caption_span is not None:
            low = bisect_left(starts, table.caption_span.start)
            high = bisect_left(starts, table.caption_span.end)
            captions |= dict.fromkeys(starts[low:high], table.caption)
        captions |= {span.start: table.caption for _, span in table.notes}
    return captions


def _same_run(before: Paragraph, after: Paragraph) -> bool:
    """Whether two paragraphs may share a passage: same section, same kind."""
    packed = before.kind in _PACKED and after.kind in _PACKED
    return before.section == after.section and (before.kind is after.kind or packed)


def _introduction(run: Sequence[Paragraph]) -> str:
    """The last sentence of a run, where it announces what follows: context of the list below it."""
    last = SplitParagraph(run[-1])
    if run[-1].kind is not BlockKind.PROSE or not last.sentences:
        return ""
    start, end = last.sentences[-1]
    sentence = last.text[start:end]
    announces = sentence.endswith(("：", ":")) or _ANNOUNCES.search(sentence) is not None
    return sentence if announces and len(sentence) <= MAX_CHARS else ""


def _run_drafts(run: Sequence[Paragraph], introduction: str, captions: Mapping[int, str]) -> Iterator[_Draft]:
    kind, section = run[0].kind, run[0].section
    if kind in _PACKED:
        for part in _packed_prose(run):
            yield _Draft(PassageKind.PROSE, section, part)
    elif kind in _LISTED:
        context = introduction if kind is BlockKind.LIST_ITEM else ""
        for part in _packed_items(run):
            yield _Draft(PassageKind.LIST, section, part, context)
    else:
        for paragraph in run:
            context = captions.get(paragraph.pieces[0].start, "")
            yield _Draft(PassageKind.PROSE, section, SplitParagraph(paragraph).whole(), context)


def _packed_prose(run: Sequence[Paragraph]) -> Iterator[Part]:
    composed = Composition()
    for paragraph in run:
        for part in _paragraph_parts(SplitParagraph(paragraph)):
            if composed.chars and (composed.chars >= MIN_CHARS or composed.chars + len(part.text) > MAX_CHARS):
                yield composed.part()
                composed = Composition()
            composed.add(part)
    if composed.chars:
        yield composed.part()


def _paragraph_parts(split: SplitParagraph) -> Iterator[Part]:
    """A paragraph in parts of about equal length, cut between sentences."""
    total = len(split.text)
    aim = total / max(1, round(total / _AIM_CHARS))
    first = 0
    for i, (_, end) in enumerate(split.sentences[:-1]):
        start, following = split.sentences[first][0], split.sentences[i + 1][1]
        rest_fits = total - end < _REST_CHARS and total - start <= MAX_CHARS
        if following - start > MAX_CHARS or ((end + following) / 2 - start > aim and not rest_fits):
            yield split.part(first, i)
            first = i + 1
    if split.sentences:
        yield split.part(first, len(split.sentences) - 1)


def _packed_items(run: Sequence[Paragraph]) -> Iterator[Part]:
    composed = Composition()
    for paragraph in run:
        split = SplitParagraph(paragraph)
        parts = [split.whole()] if len(split.text) <= _LIST_CHARS else list(_paragraph_parts(split))
        for part in parts:
            if composed.chars and composed.chars + len(part.text) > _LIST_CHARS:
                yield composed.part()
                composed = Composition()
            composed.add(part)
    if composed.chars:
        yield composed.part()


def _heading_drafts(document: Document) -> Iterator[_Draft]:
    """For every section with sections in it, its heading and theirs; for the report its outermost headings."""
    children: dict[int, list[Section]] = {}
    for section in document.sections[1:]:
        children.setdefault(section.parent or 0, []).append(section)
    for index, below in sorted(children.items()):
        headings = [document.sections[index].heading] if index else []
        composed = Composition()
        for span in [*headings, *(section.heading for section in below)]:
            part = source_part(document.text, span)
            if composed.chars and composed.chars + len(part.text) > _LIST_CHARS:
                yield _Draft(PassageKind.HEADING, index, composed.part())
                composed = Composition()
            composed.add(part)
        yield _Draft(PassageKind.HEADING, index, composed.part())


def _passage(document: Document, draft: _Draft, order: int) -> Passage:
    section = document.section_path(draft.section)
    return Passage(
        id=_content_id(document.report, draft),
        report=document.report,
        kind=draft.kind,
        section=section,
        text=draft.part.text,
        context=draft.context,
        sentences=draft.part.sentences,
        pieces=draft.part.pieces,
        order=order,
    )


def _content_id(report: str, draft: _Draft) -> str:
    """16 hexadecimal digits from report, kind, spans and text."""
    spans = ",".join(f"{span.start}-{span.end}" for _, _, span in draft.part.pieces)
    content = "\0".join((report, draft.kind.value, spans, draft.part.text))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
