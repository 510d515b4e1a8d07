"""Labelled lines: the imprint (主编：…　地址：…) and bylines (（本节负责人：…）)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.documents.blocks import Block, Role, trimmed
from cloudqa.documents.model import Field, Span

_IMPRINT_WORD = re.compile(
    r"编|审|校对|顾问|主办|承办|协办|主管|出版|发行|印刷|印制|印数|地址|网址|网站|官网|邮箱|邮件|邮政|电话|热线|传真|"
    r"联系|刊号|准印|资料整理|撰稿|作者|执笔|供稿|负责人|版权|公众号|定价|[Ee]-?[Mm]ail|ISSN|CN|QQ|Tel|Fax"
)
_AUTHOR_WORD = re.compile(r"负责人?$|作者$|撰稿人?$|撰文$|执笔人?$|供稿人?$|编写人?$|记者$|^文$|报道$")
_WHOLE_ISSUE = re.compile(r"本期|本刊|全刊|全期|总编|主编")
_THIS_SECTION = re.compile(r"本[节栏篇章文]|本栏目|本部分")
_LABELLED = re.compile(
    r"(?:^|(?<=[\s；;，,|｜]))(?P<label>[^\s：:；;，,。|｜（）()<>]{1,12}|[^\s\d][ \u3000]{1,4}[^\s\d])"
    r"[ \u3000]*[：:/／|｜](?!//)"
)
_NAME_BREAK = re.compile(r"[、，,；;/\s]+")
_IMPRINT_CHARS = 240
_TAIL_BLOCKS = 25


@dataclass(frozen=True, slots=True)
class Labelled:
    """A ``label：value`` pair; offsets are into the text it was found in."""

    label: str
    start: int
    end: int


def find_labelled(text: str) -> list[Labelled]:
    """The ``label：value`` pairs that a line consists of, [] where it begins otherwise or is too long.

    Brackets around the whole line are left out. Several pairs in one line are parted by blanks.
    """
    low, high = _inside_brackets(text)
    inner = text[low:high]
    found = [m for m in _LABELLED.finditer(inner) if _is_label(re.sub(r"\s", "", m.group("label")))]
    if not found or found[0].start() != 0 or len(inner) > _IMPRINT_CHARS:
        return []
    ends = [m.start() for m in found[1:]] + [len(inner)]
    pairs = []
    for m, end in zip(found, ends, strict=True):
        value = trimmed(inner, m.end(), end)
        while value.end > value.start and inner[value.end - 1] in "；;，,|｜>":
            value = Span(value.start, value.end - 1)
        if inner[value.start : value.start + 1] == "<":
            value = Span(value.start + 1, value.end)
        pairs.append(Labelled(re.sub(r"\s", "", m.group("label")), low + value.start, low + value.end))
    return pairs


def _is_label(label: str) -> bool:
    return _IMPRINT_WORD.search(label) is not None or _AUTHOR_WORD.search(label) is not None


def _inside_brackets(text: str) -> tuple[int, int]:
    span = trimmed(text, 0, len(text))
    bare = text[span.start : span.end]
    if len(bare) > 2 and bare[0] in "（([【" and bare[-1] in "）)]】":
        return _pair(trimmed(text, span.start + 1, span.end - 1))
    return span.start, span.end


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def split_names(text: str) -> list[tuple[str, int, int]]:
    """The people named in a value, each with its half-open span; a name of two spaced characters is one."""
    parts: list[tuple[str, int, int]] = []
    at = 0
    for m in [*_NAME_BREAK.finditer(text), None]:
        end = len(text) if m is None else m.start()
        if end > at:
            parts.append((text[at:end], at, end))
        at = end if m is None else m.end()
    if len(parts) == 2 and all(len(name) == 1 for name, _, _ in parts):
        return [(parts[0][0] + parts[1][0], parts[0][1], parts[1][2])]
    return parts


def is_author_label(label: str) -> bool:
    """Whether a label names who wrote a section."""
    if _WHOLE_ISSUE.search(label):
        return False
    return _AUTHOR_WORD.search(label) is not None or _THIS_SECTION.search(label) is not None


def mark_labelled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with bylines and the lines of the imprint marked.

    A byline may stand anywhere. Other labelled lines are the issue's imprint only before the first heading, near the
    end, or where their label says so (本期责任编辑).
    """
    marked: list[Block] = []
    first_heading = next((i for i, b in enumerate(blocks) if b.role is Role.HEADING and b.weight > 1), len(blocks))
    for i, block in enumerate(blocks):
        role = None
        if block.role in (Role.PROSE, Role.ITEM) and len(block.text) <= _IMPRINT_CHARS:
            edge = i < first_heading or i >= len(blocks) - _TAIL_BLOCKS
            role = _labelled_role(find_labelled(block.text), edge)
        marked.append(block if role is None else replace(block, role=role))
    return marked


def _labelled_role(pairs: Sequence[Labelled], edge: bool) -> Role | None:
    if not pairs:
        return None
    if is_author_label(pairs[0].label):
        return Role.BYLINE
    return Role.IMPRINT if edge or _WHOLE_ISSUE.search(pairs[0].label) else None


def imprint_fields(block: Block) -> list[Field]:
    """The labelled values of a block, each with its place."""
    fields = []
    for pair in find_labelled(block.text):
        value = block.text[pair.start : pair.end]
        if value:
            fields.append(Field(pair.label, value, block.place(pair.start, pair.end)))
    return fields


def byline_authors(block: Block) -> tuple[tuple[str, Span], ...]:
    """The people whom a byline, or the bracketed byline at a paragraph's end, names as authors."""
    low = 0
    if block.role is not Role.BYLINE:
        low = max(block.text.rfind("（"), block.text.rfind("("))
        if low < 0 or len(block.text) - low > 80 or block.text[-1] not in "）)":
            return ()
    authors: list[tuple[str, Span]] = []
    for pair in find_labelled(block.text[low:]):
        if is_author_label(pair.label):
            value = block.text[low + pair.start : low + pair.end]
            at = low + pair.start
            authors += [(name, block.place(at + s, at + e)) for name, s, e in split_names(value)]
    return tuple(authors)
