"""Which blocks are headings, and which marked headings are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cloudqa.documents.blocks import SHORT_CHARS, Block, Role, ends_sentence
from cloudqa.documents.numbering import Numbering, find_column, find_numbering

_GUIDE = re.compile(r"(?:本期)?(?:导读|导语|摘要|提要|概要|要点)|卷首语|刊首语|前言|引言|序言|[Aa]bstract")
_EDITORS_NOTE = re.compile("编者(?:的话|按语?|语|注|点评)|编后(?:语|记)?|编辑(?:点评|手记|观点|的话|寄语)|本[节章]小结")
_ITEM_HEADING_CHARS = 40
_LONE_HEADING_CHARS = 30
_ALONE_CHARS = 25
_LONG_CHARS = 50
_PUNCTUATION = re.compile(r"[，。：；！？、,;:!?]")


def is_guide(title: str) -> bool:
    """Whether a heading is a preface's (导读, 摘要, 前言): never the title of the issue."""
    return _GUIDE.fullmatch(title.strip("：: 　")) is not None


def is_editors_note(title: str) -> bool:
    """Whether a heading is that of the editors' closing words (编者的话), which belong to the section they close."""
    return _EDITORS_NOTE.fullmatch(title.strip("：: 　")) is not None


def mark_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with unmarked headings marked, and sentences that carry a heading's mark as what they are."""
    marked = [_demoted(block) for block in blocks]
    numberings = [_item_numbering(block) for block in marked]
    lists = _list_items(marked, numberings)
    bare = not any(block.role is Role.HEADING or block.strong for block in marked)
    for i, block in enumerate(marked):
        if block.role in (Role.PROSE, Role.ITEM) and not block.bullet and block.short:
            weight = _unmarked_weight(marked, i, numberings, lists)
            if weight is None and bare and _stands_alone(marked, i):
                weight = block.weight
            if weight is not None:
                marked[i] = replace(block, role=Role.HEADING, weight=weight)
    return marked


def _stands_alone(blocks: Sequence[Block], at: int) -> bool:
    """Whether a short line of a text without any marks is the title of the paragraph below it.

    Only below another heading: above the first one stand the lines of the title page.
    """
    text = blocks[at].text
    before, after = _beside(blocks, at, -1), _beside(blocks, at, 1)
    if blocks[at].role is not Role.PROSE or not 4 <= len(text) <= _ALONE_CHARS or _PUNCTUATION.search(text):
        return False
    if before < 0 or after < 0 or blocks[after].role is not Role.PROSE or len(blocks[after].text) < _LONG_CHARS:
        return False
    ended = blocks[before].role is not Role.PROSE or ends_sentence(blocks[before].text)
    return ended and any(block.role is Role.HEADING for block in blocks[:at])


def _demoted(block: Block) -> Block:
    """A heading that is a whole sentence as prose, or as an item where it is numbered."""
    if block.role is not Role.HEADING:
        return block
    sentence = len(block.text) > SHORT_CHARS and ends_sentence(block.text)
    if not sentence and len(block.text) <= 2 * SHORT_CHARS:
        return block
    return replace(block, role=Role.ITEM if find_numbering(block.text) else Role.PROSE)


def _item_numbering(block: Block) -> Numbering | None:
    return find_numbering(block.text) if block.role is Role.ITEM and not block.bullet else None


def _list_items(blocks: Sequence[Block], numberings: Sequence[Numbering | None]) -> set[int]:
    """Places of numbered lines that belong to an enumeration of which some member is a whole sentence."""
    lists: set[int] = set()
    runs: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        number = numberings[i]
        if block.role is Role.HEADING:
            _close_runs(blocks, runs, lists)
        elif number is not None:
            run = runs.setdefault(number.style, [])
            last = numberings[run[-1]] if run else None
            if last is not None and number.ordinal != last.ordinal + 1:
                _close_runs(blocks, {number.style: run}, lists)
                run.clear()
            run.append(i)
    _close_runs(blocks, runs, lists)
    return lists


def _close_runs(blocks: Sequence[Block], runs: dict[str, list[int]], lists: set[int]) -> None:
    for run in runs.values():
        if not all(_could_be_heading(blocks[i].text) for i in run):
            lists.update(run)
    runs.clear()


def _could_be_heading(text: str) -> bool:
    return len(text) <= _ITEM_HEADING_CHARS and not ends_sentence(text) and text[-1] not in "，,、"


def _unmarked_weight(
    blocks: Sequence[Block], at: int, numberings: Sequence[Numbering | None], lists: set[int]
) -> int | None:
    """The weight of an unmarked heading, None where the block is no heading."""
    block = blocks[at]
    following = _next_role(blocks, at)
    if find_column(block.text):
        return 1
    if (is_guide(block.text) and following is not None) or is_editors_note(block.text):
        return block.weight
    if following not in (Role.PROSE, Role.ITEM, Role.GRID, Role.HEADING, Role.CAPTION):
        return None
    number = numberings[at]
    if number is None:
        named = block.strong and block.role is Role.PROSE and len(block.text) <= _ITEM_HEADING_CHARS
        return block.weight if named and following is not Role.HEADING else None
    if block.strong:
        return block.weight
    return block.weight if _numbered_heading(blocks, at, numberings, lists) else None


def _numbered_heading(
    blocks: Sequence[Block], at: int, numberings: Sequence[Numbering | None], lists: set[int]
) -> bool:
    """Whether an unmarked numbered line heads what follows: no sentence, none of its kind right beside it."""
    text, number = blocks[at].text, numberings[at]
    if number is None or at in lists or not _could_be_heading(text):
        return False
    if number.rank >= 4 and re.match(r"[一二三四五六七八九十]{1,2}\s*[、.．]", text[number.length : number.length + 4]):
        return False
    beside = [numberings[i] for i in (_beside(blocks, at, -1), _beside(blocks, at, 1)) if i >= 0]
    if any(other is not None and other.style == number.style for other in beside):
        return False
    return len(text) <= _LONE_HEADING_CHARS or number.rank <= 6


def _beside(blocks: Sequence[Block], at: int, step: int) -> int:
    at += step
    while 0 <= at < len(blocks) and blocks[at].role is Role.GAP:
        at += step
    return at if 0 <= at < len(blocks) else -1


def _next_role(blocks: Sequence[Block], at: int) -> Role | None:
    following = _beside(blocks, at, 1)
    return blocks[following].role if following >= 0 else None
