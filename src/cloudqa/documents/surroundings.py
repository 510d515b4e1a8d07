"""What stands around tables and figures: captions above, notes below; tables parted by a page break made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cloudqa.documents.blocks import Block, Role, ends_sentence
from cloudqa.documents.grids import goes_on, whole_grid
from cloudqa.documents.model import Span
from cloudqa.documents.numbering import find_column
from cloudqa.language import sentence_spans

_NUMBER = r"\s*[\dA-Z一二三四五六七八九十]+(?:[-–.．]\d+)*"
_SAID_OF_IT = r"(?![^\s：:．.、|]{0,3}(?:示|显|见|出|可知))"  # 表1显示 begins a sentence
_TABLE_CAPTION = re.compile(rf"(?:附?表格?|图表|[Tt]able|TABLE){_NUMBER}{_SAID_OF_IT}")
_FIGURE_CAPTION = re.compile(rf"(?:附?图|图片|[Ff]ig(?:ure|\.)?){_NUMBER}{_SAID_OF_IT}")
_CONTINUED = re.compile(r"[（(]?(?:续表|续上表|表\s*\d+\s*[（(]?续)")
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量|货币|金额)?单位\s*[：:][^。]{1,30}[）)]?")
_NOTE = re.compile(
    r"(?:[（(]?(?:[附备脚]?注(?:释|解)?|说明|(?:资料|数据|信息)来源|来源|出处|Note|Source)s?\s*\d*\s*[：:]"
    r"|[①-⑳]|[*＊※†]\s*\S|\[\d{1,2}\])"
)
_INTRODUCES = re.compile(r"如下|下表|见表|以下")
_INTRODUCTION_CHARS = 120


def attach_surroundings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with tables whole, their captions and notes attached and marked, figure captions marked."""
    whole = _join_grids(blocks)
    below = _captions_stand_below(whole)
    for i, block in enumerate(whole):
        if block.role is Role.GRID:
            _attach_caption(whole, i, below=below)
            _attach_notes(whole, i)
    return [_figure_caption(block) for block in whole]


def _join_grids(blocks: Sequence[Block]) -> list[Block]:
    whole: list[Block] = []
    run: list[Block] = []  # parts of the table after which nothing but gaps came
    place = -1
    for block in blocks:
        if block.role is Role.GRID:
            if run and goes_on(run, block):
                run.append(block)
                continue
            _close_grid(whole, place, run)
            run, place = [block], len(whole)
        elif _CONTINUED.match(block.text):
            block = replace(block, role=Role.CAPTION)
        elif block.role is not Role.GAP:
            _close_grid(whole, place, run)
            run = []
        whole.append(block)
    _close_grid(whole, place, run)
    return whole


def _close_grid(whole: list[Block], place: int, run: Sequence[Block]) -> None:
    if len(run) > 1:
        whole[place] = whole_grid(run)


def _neighbour(blocks: Sequence[Block], at: int, step: int) -> int:
    """The next block in a direction that is no gap, -1 if there is none."""
    at += step
    while 0 <= at < len(blocks) and blocks[at].role is Role.GAP:
        at += step
    return at if 0 <= at < len(blocks) else -1


def _captions_stand_below(blocks: Sequence[Block]) -> bool:
    """Whether numbered captions stand below their tables: the last table has one there, the first none above."""
    grids = [i for i, block in enumerate(blocks) if block.role is Role.GRID]
    if not grids:
        return False
    above, below = _neighbour(blocks, grids[0], -1), _neighbour(blocks, grids[-1], 1)
    if above >= 0 and is_unit_line(blocks[above].text):
        above = _neighbour(blocks, above, -1)
    return _is_numbered_caption(blocks, below) and not _is_numbered_caption(blocks, above)


def _is_numbered_caption(blocks: Sequence[Block], at: int) -> bool:
    return at >= 0 and blocks[at].short and _TABLE_CAPTION.match(blocks[at].text) is not None


def _attach_caption(blocks: list[Block], at: int, *, below: bool) -> None:
    under = _neighbour(blocks, at, 1)
    if below and _is_numbered_caption(blocks, under):
        _set_caption(blocks, at, [under])
        return
    above = _neighbour(blocks, at, -1)
    lines: list[int] = []
    if above >= 0 and is_unit_line(blocks[above].text):
        lines.append(above)
        above = _neighbour(blocks, above, -1)
    if above >= 0 and _is_caption(blocks[above], alone=not lines):
        lines.append(above)
        further = _neighbour(blocks, above, -1)
        if len(lines) == 1 and further >= 0 and is_unit_line(blocks[further].text):
            lines.append(further)
    elif above >= 0 and not lines and _attach_introduction(blocks, at, above):
        return
    else:
        lines += _caption_below(blocks, at) if not lines else []
    if lines:
        _set_caption(blocks, at, sorted(lines))


def _set_caption(blocks: list[Block], at: int, lines: Sequence[int]) -> None:
    caption = " ".join(blocks[i].text for i in lines)
    span = Span(blocks[lines[0]].span.start, blocks[lines[-1]].span.end)
    blocks[at] = replace(blocks[at], caption=caption, caption_span=span)
    for i in lines:
        blocks[i] = replace(blocks[i], role=Role.CAPTION)


def _is_caption(block: Block, alone: bool) -> bool:
    """Whether the block right above a table is its caption.

    A numbered caption, a bold line, a line or heading that ends with a colon; any other short line that is no heading.
    """
    if block.role not in (Role.PROSE, Role.ITEM, Role.HEADING) or not block.short or find_column(block.text):
        return False
    if _TABLE_CAPTION.match(block.text) or block.text.endswith(("：", ":")):
        return True
    return block.role is Role.PROSE and not _FIGURE_CAPTION.match(block.text) and (block.strong or alone)


def _attach_introduction(blocks: list[Block], at: int, above: int) -> bool:
    """Take the last sentence above as caption where it announces the table; the paragraph stays prose."""
    block = blocks[above]
    if block.role not in (Role.PROSE, Role.ITEM):
        return False
    tail = block.pieces[-1]
    source = block.text[-min(len(block.text), tail.end - tail.start, 2000) :]
    sentences = sentence_spans(source)
    low, high = sentences[-1] if sentences else (0, 0)
    sentence = source[low:high]
    announces = sentence.endswith(("：", ":")) or _INTRODUCES.search(sentence) is not None
    if not announces or not sentence or len(sentence) > _INTRODUCTION_CHARS:
        return False
    end = tail.end - (len(source) - high)
    blocks[at] = replace(blocks[at], caption=sentence, caption_span=Span(end - len(sentence), end))
    return True


def _caption_below(blocks: Sequence[Block], at: int) -> list[int]:
    below = _neighbour(blocks, at, 1)
    if below < 0 or not blocks[below].short or not _TABLE_CAPTION.match(blocks[below].text):
        return []
    after = _neighbour(blocks, below, 1)
    return [] if after >= 0 and blocks[after].role is Role.GRID else [below]


def _attach_notes(blocks: list[Block], at: int) -> None:
    notes: list[tuple[str, Span]] = []
    i = at + 1
    while i < len(blocks) and (blocks[i].role in (Role.CAPTION, Role.GAP) or _is_note(blocks[i])):
        if blocks[i].role not in (Role.CAPTION, Role.GAP):
            notes.append((blocks[i].text, blocks[i].span))
            blocks[i] = replace(blocks[i], role=Role.NOTE)
        i += 1
    if notes:
        blocks[at] = replace(blocks[at], notes=tuple(notes))


def _is_note(block: Block) -> bool:
    return block.role in (Role.PROSE, Role.ITEM) and is_note(block.text)


def is_note(text: str) -> bool:
    """Whether a line below a table reads as its footnote or source."""
    return _NOTE.match(text[:40]) is not None


def is_continued_line(text: str) -> bool:
    """Whether a line says that the table below it goes on from the page before (续表)."""
    return _CONTINUED.match(text) is not None


def is_unit_line(text: str) -> bool:
    """Whether a line above a table says nothing but the unit of its figures."""
    return _UNIT_LINE.fullmatch(text[:60]) is not None


def _figure_caption(block: Block) -> Block:
    captioned = block.role in (Role.PROSE, Role.HEADING) and block.short
    if captioned and not ends_sentence(block.text) and _FIGURE_CAPTION.match(block.text):
        return replace(block, role=Role.CAPTION)
    return block
