"""Paragraphs that a page break cut in two, made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cloudqa.documents.blocks import Block, Role, ends_sentence, joined
from cloudqa.documents.numbering import find_numbering

_INNER_MARK = re.compile(r"[，,、；;：:。]")
_FINAL_MARK = re.compile(r"[。！？!?；;]")
_OPEN_END = ("，", ",", "、", "—")
_CLOSERS = "”’」』）)】》\"'*_"
_FULL_LINE_CHARS = 20
_TAIL_CHARS = 400


def join_paragraphs(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with cut paragraphs joined; the joined one stands where its first part stood.

    A paragraph is cut where it breaks off in mid sentence and the next one goes on as a sentence does. Gaps (page
    numbers, rules, images) and figure captions may stand between.
    """
    out: list[Block] = []
    parts: list[Block] = []  # the paragraph that may go on, part by part
    place = -1
    for block in blocks:
        if parts and block.role is Role.PROSE and _is_cut(parts[-1], block):
            parts.append(block)
            continue
        if block.role in (Role.GAP, Role.CAPTION) and parts:
            out.append(block)
            continue
        _settle(text, out, place, parts)
        before = out[-1] if out else None
        parts, place = ([block] if _may_go_on(block, before) else []), len(out)
        out.append(block)
    _settle(text, out, place, parts)
    return [block for block in out if block.role is not Role.GAP]


def _may_go_on(block: Block, before: Block | None) -> bool:
    """Whether a block breaks off; the last of a list whose items have no full stop does not."""
    if block.role is Role.PROSE:
        return not block.strong and not ends_sentence(block.text)
    if block.role is not Role.ITEM or ends_sentence(block.text):
        return False
    if block.bullet:
        return _unclosed(block.text[-_TAIL_CHARS:]) or block.text.endswith(_OPEN_END)
    return before is None or before.role is not Role.ITEM or ends_sentence(before.text)


def _settle(text: str, out: list[Block], place: int, parts: list[Block]) -> None:
    if len(parts) > 1:
        pieces = tuple(piece for part in parts for piece in part.pieces)
        out[place] = replace(parts[0], pieces=pieces, text=joined(text, pieces))


def _is_cut(block: Block, following: Block) -> bool:
    """Whether a paragraph breaks off at its end and the following one goes on with it."""
    tail = block.text[-_TAIL_CHARS:].rstrip()
    bare = tail.rstrip(_CLOSERS)
    if not bare or ends_sentence(tail) or bare[-1] in "：:" or following.strong:
        return False
    if find_numbering(following.text) or following.text.startswith(("**", "（本", "【")):
        return False
    if _unclosed(tail) or bare.endswith(_OPEN_END):
        return True
    prose = len(block.text) >= _FULL_LINE_CHARS or _INNER_MARK.search(tail) is not None
    return prose and _FINAL_MARK.search(following.text) is not None


def _unclosed(tail: str) -> bool:
    return any(tail.count(opening) > tail.count(closing) for opening, closing in ("“”", "（）", "《》"))
