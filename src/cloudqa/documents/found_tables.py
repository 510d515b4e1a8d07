"""What a search for tables in plain text gives: a table, or lines that look like one and are not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.documents.blocks import Block, Role, trimmed
from cloudqa.documents.model import Span


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, or lines that look like one whose columns cannot be told, with the number of the line after it.

    Attributes:
        blocks: One GRID, or a CAPTION for each line that is not understood.
        end: Number of the first line after it.
    """

    blocks: tuple[Block, ...]
    end: int


def unclear_lines(text: str, lines: Sequence[Span], at: int, end: int) -> FoundTable:
    """The lines from one number up to another as lines that are not understood."""
    blocks: list[Block] = []
    for line in lines[at:end]:
        span = trimmed(text, line.start, line.end)
        if span.end > span.start:
            blocks.append(Block(Role.CAPTION, (span,), text[span.start : span.end], unclear=not blocks))
    return FoundTable(tuple(blocks), end)


def found_grid(block: Block | None, end: int) -> FoundTable | None:
    """A table that ends before a line, None for none."""
    return None if block is None else FoundTable((block,), end)
