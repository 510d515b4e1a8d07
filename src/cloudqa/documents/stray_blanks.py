"""Blanks that a recognition program put between Chinese characters: not read, but kept in what is quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cloudqa.documents.blocks import Block, Role, joined
from cloudqa.documents.model import Metadata, Span

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff"
_STRAY = re.compile(
    rf"(?<=[{_WIDE}])[ \t]{{1,2}}(?=[{_WIDE}\d，。、；：！？（）《》“”%])"
    rf"|(?<=[\d%，。、；：！？（）《》“”])[ \t]{{1,2}}(?=[{_WIDE}，。、；：！？）])"
    rf"|(?<=[，。、；：！？（《“])[ \t]{{1,2}}(?=\d)"
)
_BETWEEN = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_PAIR = re.compile(rf"[{_WIDE}](?=[{_WIDE}])")
_CLOSED = frozenset({Role.PROSE, Role.ITEM, Role.NOTE, Role.HEADING, Role.CAPTION, Role.CONTENTS})
_LEAST_SHARE = 0.004
_LEAST = 4


def has_stray_blanks(blocks: Sequence[Block]) -> bool:
    """Whether a report has so many blanks between Chinese characters that they are no parting of names."""
    prose = [block.text for block in blocks if block.role in (Role.PROSE, Role.ITEM)]
    stray = sum(len(_BETWEEN.findall(part)) for part in prose)
    pairs = sum(len(_PAIR.findall(part)) for part in prose)
    return stray >= _LEAST and stray >= _LEAST_SHARE * (stray + pairs)


def close_blanks(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without stray blanks.

    Args:
        text: The canonical text; it stays as it is.
        blocks: With their final roles; names in bylines, imprint and title page keep the blanks between them.
    """
    return [_of_grid(block) if block.role is Role.GRID else _closed(text, block) for block in blocks]


def close_metadata(metadata: Metadata) -> Metadata:
    """What the issue says of itself with title and contents read without stray blanks; their places stay."""
    contents = tuple((depth, _STRAY.sub("", entry), span) for depth, entry, span in metadata.contents)
    return replace(metadata, title=_STRAY.sub("", metadata.title), contents=contents)


def _of_grid(block: Block) -> Block:
    """A table whose caption and notes are read without stray blanks; its cells are closed where they are read."""
    notes = tuple((_STRAY.sub("", note), span) for note, span in block.notes)
    return replace(block, caption=_STRAY.sub("", block.caption), notes=notes)


def _closed(text: str, block: Block) -> Block:
    if block.role not in _CLOSED:
        return block
    pieces: list[Span] = []
    for piece in block.pieces:
        at = piece.start
        for m in _STRAY.finditer(text, piece.start, piece.end):
            if m.start() > at:
                pieces.append(Span(at, m.start()))
            at = m.end()
        pieces.append(Span(at, piece.end))
    if len(pieces) == len(block.pieces):
        return block
    return replace(block, pieces=tuple(pieces), text=joined(text, tuple(pieces)))
