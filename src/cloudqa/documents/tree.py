"""Blocks of a report to its sections, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cloudqa.documents.blocks import Block, Role
from cloudqa.documents.imprint import byline_authors
from cloudqa.documents.model import BlockKind, Paragraph, RawTable, Section, Span
from cloudqa.documents.outline import Heading, place_headings, read_heading

_KINDS = {
    Role.PROSE: BlockKind.PROSE,
    Role.ITEM: BlockKind.LIST_ITEM,
    Role.CAPTION: BlockKind.CAPTION,
    Role.NOTE: BlockKind.NOTE,
    Role.BYLINE: BlockKind.BYLINE,
    Role.IMPRINT: BlockKind.IMPRINT,
    Role.CONTENTS: BlockKind.CONTENTS,
    Role.TITLE: BlockKind.TITLE,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """Sections, paragraphs and tables in reading order."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[RawTable, ...]


def build_tree(text: str, blocks: Sequence[Block]) -> Tree:
    """The report's sections with what stands in each.

    Args:
        text: The canonical text.
        blocks: In reading order, no gaps among them, roles final.
    """
    headings = [read_heading(blocks, i) for i, block in enumerate(blocks) if block.role is Role.HEADING]
    place_headings(headings)
    homes = _homes(blocks)
    sections = _sections(text, headings)
    sections = _trailing_titles(sections, blocks, homes)
    sections = _with_authors(sections, blocks, homes)
    return Tree(tuple(sections), _paragraphs(blocks, homes), _tables(blocks, homes))


def _homes(blocks: Sequence[Block]) -> list[int]:
    """The section of each block; a heading's own is the one it opens."""
    homes: list[int] = []
    current = 0
    for block in blocks:
        current += block.role is Role.HEADING
        homes.append(current)
    return homes


def _sections(text: str, headings: Sequence[Heading]) -> list[Section]:
    sections = [Section(0, "", "", 0, None, Span(0, 0), Span(0, len(text)))]
    ends = _section_ends(headings, len(text))
    for index, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1):
        parent = 0 if heading.parent is None else heading.parent + 1
        span = Span(heading.span.start, end)
        sections.append(Section(index, heading.title, heading.number, heading.level, parent, heading.span, span))
    return sections


def _section_ends(headings: Sequence[Heading], length: int) -> list[int]:
    """Where each heading's section ends: at the next heading of its level or above."""
    ends = [length] * len(headings)
    opened: list[int] = []
    for index, heading in enumerate(headings):
        while opened and headings[opened[-1]].level >= heading.level:
            ends[opened.pop()] = heading.span.start
        opened.append(index)
    return ends


def _trailing_titles(sections: list[Section], blocks: Sequence[Block], homes: list[int]) -> list[Section]:
    """Sections whose titles stand below their text, as in some previews, with that text moved to them.

    They show by a paragraph before the first title and none below the last: then every title closes what is above it.
    ``homes`` is changed in place.
    """
    children: dict[int, list[int]] = {}
    for section in sections[1:]:
        children.setdefault(section.parent or 0, []).append(section.index)
    held: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        if blocks[i].role is not Role.HEADING:
            held.setdefault(home, []).append(i)
    for parent, titles in children.items():
        if parent and len(titles) > 1 and _are_trailing(sections, blocks, held, parent, titles, children):
            _move_up(sections, blocks, homes, held, [parent, *titles])
    return sections


def _are_trailing(
    sections: Sequence[Section],
    blocks: Sequence[Block],
    held: dict[int, list[int]],
    parent: int,
    titles: Sequence[int],
    children: dict[int, list[int]],
) -> bool:
    if any(sections[t].number or t in children for t in titles) or held.get(titles[-1]):
        return False
    owners = [parent, *titles[:-1]]
    return all(held.get(o) and all(blocks[i].role is Role.PROSE for i in held[o]) for o in owners)


def _move_up(
    sections: list[Section],
    blocks: Sequence[Block],
    homes: list[int],
    held: dict[int, list[int]],
    owners: Sequence[int],
) -> None:
    """Give each title the paragraphs of the owner before it; of the introduction only as many as the others have."""
    usual = max((len(held[o]) for o in owners[1:-1]), default=1)
    starts = []
    for owner, title in pairwise(owners):
        moved = held[owner][-usual:] if owner == owners[0] else held[owner]
        starts.append(blocks[moved[0]].span.start)
        for i in moved:
            homes[i] = title
    ends = [*starts[1:], sections[owners[-1]].span.end]
    for title, start, end in zip(owners[1:], starts, ends, strict=True):
        sections[title] = replace(sections[title], span=Span(start, end))


def _with_authors(sections: list[Section], blocks: Sequence[Block], homes: Sequence[int]) -> list[Section]:
    """Sections with the authors that bylines name.

    A byline right below a heading is of that section; one before the next heading, or at the end, of the outermost
    section that ends there; any other of the section it stands in.
    """
    for i, block in enumerate(blocks):
        if block.role not in (Role.BYLINE, Role.PROSE):
            continue
        authors = byline_authors(block)
        if authors and homes[i]:
            section = _closed_section(sections, blocks, homes, i)
            known = {name for name, _ in sections[section].authors}
            new = tuple(author for author in authors if author[0] not in known)
            sections[section] = replace(sections[section], authors=sections[section].authors + new)
    return sections


def _closed_section(sections: Sequence[Section], blocks: Sequence[Block], homes: Sequence[int], at: int) -> int:
    below_heading = blocks[at - 1].role is Role.HEADING and blocks[at].role is Role.BYLINE
    following = at + 1
    while following < len(blocks) and blocks[following].role in (Role.BYLINE, Role.NOTE, Role.IMPRINT):
        following += 1
    at_end = following == len(blocks) or blocks[following].role is Role.HEADING
    section = homes[at]
    if below_heading or not at_end:
        return section
    next_level = 1 if following == len(blocks) else sections[homes[following]].level
    while sections[section].level > next_level:
        section = sections[section].parent or 0
    return section


def _paragraphs(blocks: Sequence[Block], homes: Sequence[int]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(home, _KINDS[block.role], block.pieces, block.text)
        for block, home in zip(blocks, homes, strict=True)
        if block.role in _KINDS
    )


def _tables(blocks: Sequence[Block], homes: Sequence[int]) -> tuple[RawTable, ...]:
    grids = [(block, home) for block, home in zip(blocks, homes, strict=True) if block.role is Role.GRID]
    return tuple(
        RawTable(home, index, block.span, block.grid, block.caption, block.caption_span, block.notes, block.header_rows)
        for index, (block, home) in enumerate(grids)
    )
