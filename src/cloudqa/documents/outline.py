"""The section tree: levels of headings from their numbering first, from their marks where nothing else tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.documents.blocks import Block, Role
from cloudqa.documents.headings import is_editors_note
from cloudqa.documents.model import Span
from cloudqa.documents.numbering import COLUMN_RANK, find_column, find_numbering

_COLUMN = "column"


@dataclass(slots=True)
class Heading:
    """A heading with its place in the tree.

    Attributes:
        at: Place of its block.
        title: Without number, ornaments and closing colon.
        number: The number as printed, "" if none.
        style: Style of the number, ``column`` between ornaments, "" for neither.
        rank: Of the style, None for none.
        ordinal: Value of the number, 0 for none.
        weight: By its marks; within a numbered run that of the run's first.
        span: Where it stands.
        has_text: Something other than a heading follows it.
        leaf: No section can be inside it: a table of contents.
        parent: Place of the heading around it in the outline, None at the outermost level.
        level: 1 for the outermost.
    """

    at: int
    title: str
    number: str
    style: str
    rank: int | None
    ordinal: int
    weight: int
    span: Span
    has_text: bool
    leaf: bool = False
    parent: int | None = None
    level: int = 1


def read_heading(blocks: Sequence[Block], at: int) -> Heading:
    """What a heading block says of itself."""
    block = blocks[at]
    following = blocks[at + 1].role if at + 1 < len(blocks) else Role.HEADING
    has_text, leaf = following is not Role.HEADING, following is Role.CONTENTS
    text = block.text
    column = find_column(text)
    number = None if column else find_numbering(text)
    if column:
        title, style, rank, ordinal = text[column[0] : column[1]], _COLUMN, COLUMN_RANK, 0
    elif number is not None:
        title, style, rank, ordinal = text[number.length :], number.style, number.rank, number.ordinal
    else:
        return Heading(at, _bare(text), "", "", None, 0, block.weight, block.span, has_text, leaf)
    printed = text[: number.length].strip() if number else ""
    return Heading(at, _bare(title), printed, style, rank, ordinal, block.weight, block.span, has_text, leaf)


def _bare(title: str) -> str:
    return title.replace("**", "").strip().rstrip("：: 　") or title.strip()


def place_headings(headings: Sequence[Heading]) -> None:
    """Set parent, level and run weight of every heading, in order.

    A number goes on with the run of its style wherever that is still open. A new style opens below what is open, save
    below finer styles and below unnumbered headings that their marks set as low or lower. An unnumbered heading goes
    by its marks, but stays within its column. The editors' closing words belong to the article they close.
    """
    opened: list[int] = []
    for index, heading in enumerate(headings):
        if opened and headings[opened[-1]].leaf:
            opened.pop()
        around = [headings[i] for i in opened]
        keep = _kept(heading, around)
        if keep < len(around) and heading.style and around[keep].style == heading.style:
            heading.weight = around[keep].weight
        del opened[keep:]
        heading.parent = opened[-1] if opened else None
        heading.level = len(opened) + 1
        opened.append(index)


def _kept(heading: Heading, around: Sequence[Heading]) -> int:
    """How many of the open headings stay open around a new one."""
    if is_editors_note(heading.title) and around:
        return _kept_for_note(heading, around)
    if heading.rank is None:
        return _kept_for_unnumbered(heading, around)
    same = next((i for i in reversed(range(len(around))) if around[i].style == heading.style), None)
    if same is not None and not _restarts_inside(heading, around[same + 1 :]):
        return same
    keep = len(around)
    while keep and _closes(heading, around[keep - 1]):
        keep -= 1
    return keep


def _restarts_inside(heading: Heading, inner: Sequence[Heading]) -> bool:
    """Whether a run begins anew inside an unnumbered heading that stands deeper than the run of the same style."""
    return heading.ordinal == 1 and any(h.rank is None and h.weight < heading.weight for h in inner)


def _closes(heading: Heading, top: Heading) -> bool:
    """Whether a numbered heading or a column of a new style closes the innermost open heading."""
    if top.rank is not None and heading.rank is not None:
        return top.rank >= heading.rank and not (heading.ordinal == 1 and heading.weight > top.weight)
    if heading.style == _COLUMN:
        return top.has_text or heading.weight <= top.weight
    unmarked = heading.weight == top.weight and not top.has_text
    return heading.weight <= top.weight and not unmarked


def _kept_for_unnumbered(heading: Heading, around: Sequence[Heading]) -> int:
    keep = len(around)
    while keep:
        top = around[keep - 1]
        deeper = heading.weight > top.weight
        if deeper or (top.style == _COLUMN and heading.weight == top.weight):
            break
        keep -= 1
    return keep


def _kept_for_note(heading: Heading, around: Sequence[Heading]) -> int:
    """The column stays open around its editors' note, with the article in it that the note closes."""
    keep = next((i + 1 for i, h in enumerate(around) if h.style == _COLUMN), 0)
    if keep == 0:
        return 0 if heading.weight <= around[0].weight else 1
    return keep + 1 if keep < len(around) and around[keep].rank is None else keep
