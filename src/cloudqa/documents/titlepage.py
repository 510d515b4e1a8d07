"""The title page: title, readers, classification, date and numbers of an issue; the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cloudqa.documents.blocks import Block, Role
from cloudqa.documents.headings import is_editors_note, is_guide
from cloudqa.documents.imprint import imprint_fields
from cloudqa.documents.issue_numbers import IssueNumbers, Mention, find_issue_numbers, is_only_numbers, numbers_of_name
from cloudqa.documents.model import Field, Metadata, Span
from cloudqa.documents.numbering import find_column, find_numbering

_CONTENTS = re.compile(
    r"目\s*录|目\s*次|(?:本期|本刊|内容)?(?:要目|目录|目次)|本期(?:内容|栏目|要点|看点|导览|提要)|[Cc]ontents|CONTENTS"
)
_AUDIENCE = re.compile(
    r"(?<![^\s｜|，。；;()（）])(?!内部)[^\s｜|，。；;()（）]{2,30}(?:参阅|参考|阅示|传阅|阅读|阅知)"
)
_PUBLISHER = re.compile(r"(?:主管|主办|承办|协办|编印|出版|印发|编)\s*$")
_CLASSIFICATION = re.compile(
    "(?:内部(?:资料|刊物|文件|参考|使用|发行)?|绝密|机密|秘密|仅供内部|不得外传|请勿外传|妥善保管)"
    r"[^\u3000｜|()（）\n]{0,30}"
)
_PAGE_TAIL = re.compile(r"[\s.．…·—\-]{2,}\d{1,4}\s*$")
_LIST_MARK = re.compile(r"\d{1,3}[.．、)）]\s*")
_NO_TITLE = re.compile(
    r"(?:$|[\d\W]+$|untitled|anonymous|unspecified|document\d*$|microsoft|无标题|未命名|文档\s*\d*$|新建|首页|index$)",
    re.IGNORECASE,
)
_HINT_CHARS = 40
_MASTHEAD_LINES = 3
_TITLE_LINES = 14


def mark_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the entries below a heading such as 目录 marked as CONTENTS, the label as a heading."""
    marked = list(blocks)
    at = next((i for i, b in enumerate(marked) if _is_contents_label(b)), None)
    if at is None:
        return marked
    seen: set[str] = set()
    end = at + 1
    columns = find_column(marked[end].text) is not None if end < len(marked) else False
    while end < len(marked) and _is_entry(marked[end], seen):
        if (find_column(marked[end].text) and not columns) or _begins_report(marked[end], marked[at + 1 : end]):
            break  # the first column or section of the report itself
        seen.add(_entry_key(marked[end].text))
        if marked[end].role is not Role.GAP:
            marked[end] = replace(marked[end], role=Role.CONTENTS)
        end += 1
    if seen:
        marked[at] = replace(marked[at], role=Role.HEADING)
    return marked


def _begins_report(block: Block, entries: Sequence[Block]) -> bool:
    """Whether a line has the title of an entry, or its beginning, under a number of another style."""
    number = find_numbering(block.text)
    title = _entry_key(block.text[number.length :]) if number else ""
    if number is None or len(title) < 2:
        return False
    styles = {found.style for entry in entries if (found := find_numbering(entry.text))}
    titles = [_entry_key(_LIST_MARK.sub("", entry.text, count=1)) for entry in entries]
    return number.style not in styles and any(other.startswith(title) for other in titles)


def _is_contents_label(block: Block) -> bool:
    label = block.text.strip("*#：:【】[] 　")
    return block.role in (Role.HEADING, Role.PROSE) and len(label) < 12 and _CONTENTS.fullmatch(label) is not None


def _is_entry(block: Block, seen: set[str]) -> bool:
    if block.role is Role.GAP:
        return not seen
    return block.role in (Role.ITEM, Role.PROSE) and block.short and _entry_key(block.text) not in seen


def _entry_key(text: str) -> str:
    return re.sub(r"\s", "", _PAGE_TAIL.sub("", text[:200]))


def contents_entries(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, str, Span], ...]:
    """The entries of the table of contents: (depth from 0, entry without page number, place)."""
    entries: list[tuple[int, str, Span]] = []
    outer: list[tuple[int, int]] = []  # indent and numbering rank of the entries around
    for block in blocks:
        if block.role is Role.CONTENTS:
            number = find_numbering(block.text)
            rank = number.rank if number is not None else -1 if find_column(block.text) else 0
            key = (block.indent, rank)
            while outer and outer[-1] > key:
                outer.pop()
            if not outer or outer[-1] != key:
                outer.append(key)
            entries += [(len(outer) - 1, *_entry(text, piece)) for piece in block.pieces]
    return tuple(entries)


def _entry(text: str, piece: Span) -> tuple[str, Span]:
    source = text[piece.start : piece.end]
    mark = _LIST_MARK.match(source)
    start = mark.end() if mark else 0
    end = len(_PAGE_TAIL.sub("", source).rstrip())
    return source[start:end], Span(piece.start + start, piece.start + end)


def mark_title(blocks: Sequence[Block]) -> tuple[list[Block], int | None]:
    """The blocks with the lines of the title page marked TITLE, and the place of the title among them or None."""
    marked = list(blocks)
    title = _title_heading(marked)
    front_end = next((i for i, b in enumerate(marked) if b.role is Role.HEADING and i != title), len(marked))
    for i in range(min(front_end, _TITLE_LINES)):
        block = marked[i]
        if i == title or (block.role in (Role.PROSE, Role.ITEM) and not block.bullet and block.short):
            marked[i] = replace(block, role=Role.TITLE)
        elif block.role in (Role.PROSE, Role.GRID, Role.CAPTION):
            break
    if title is not None:
        marked[title] = replace(marked[title], role=Role.TITLE)
        return marked, title
    return marked, _title_line(marked)


def _title_heading(blocks: Sequence[Block]) -> int | None:
    """The first heading, where it names the issue: of the highest weight, not numbered, no preface or contents."""
    headings = [i for i, b in enumerate(blocks) if b.role is Role.HEADING]
    if not headings:
        return None
    first = headings[0]
    block = blocks[first]
    weights = [blocks[i].weight for i in headings[1:]]
    named = not (
        find_numbering(block.text)
        or find_column(block.text)
        or is_guide(block.text)
        or is_editors_note(block.text)
        or _is_contents_label(block)
    )
    masthead = any(is_only_numbers(b.text) for b in blocks[first + 1 : first + 1 + _MASTHEAD_LINES])
    outer = block.weight <= 2 and all(weight >= block.weight for weight in weights)
    if not named or not (outer or masthead):
        return None
    if any(b.role is Role.GRID or not b.short for b in blocks[:first] if b.role is not Role.GAP):
        return None
    after = blocks[first + 1 : headings[1] if len(headings) > 1 else len(blocks)]
    dated = any(find_issue_numbers(b.text).mentions for b in (block, *after, *blocks[:first]) if b.short)
    alone = block.weight not in weights
    bare = not any(b.role in (Role.PROSE, Role.GRID) and not b.short for b in after)
    return first if alone or dated or (bare and block.weight == 1 and not after) else None


def _title_line(blocks: Sequence[Block]) -> int | None:
    """The first line of the title page that says nothing else (no date, reader, classification, label)."""
    for i, block in enumerate(blocks):
        if block.role is Role.TITLE and not _is_other_line(block.text):
            return i
    return None


def is_masthead_line(text: str) -> bool:
    """Whether a line of a title page holds dates and numbers only, or names readers, classification or publisher."""
    return bool(
        is_only_numbers(text) or _PUBLISHER.search(text) or _AUDIENCE.search(text) or _CLASSIFICATION.match(text)
    )


def _is_other_line(text: str) -> bool:
    return bool(
        is_only_numbers(text)
        or _PUBLISHER.search(text)
        or _AUDIENCE.search(text)
        or _CLASSIFICATION.search(text)
        or find_numbering(text)
    )


def build_metadata(
    text: str, blocks: Sequence[Block], title_at: int | None, name: str, hints: Sequence[str] = ()
) -> Metadata:
    """What title page, imprint and contents say of the issue; where they say nothing, other texts do.

    Args:
        text: The canonical text.
        blocks: All blocks, those of the title page marked.
        title_at: Place of the title among them, None if there is none.
        name: The file's name without suffix, asked last.
        hints: What the file's own properties say (its title), asked before the name.
    """
    title = None if title_at is None else blocks[title_at]
    front = [block for block in blocks if block.role is Role.TITLE]
    numbers, number_fields = _front_numbers(front)
    fields = [] if title is None else [_title_field(title)]
    fields += number_fields
    fields += _first_match("读者对象", _AUDIENCE, [block for block in front if block is not title])
    fields += _first_match("密级", _CLASSIFICATION, front)
    stated = {field.label: field.value for field in fields}
    fields += [field for block in blocks if block.role is Role.IMPRINT for field in imprint_fields(block)]
    others = [numbers, *map(find_issue_numbers, hints), numbers_of_name(name)]
    metadata = Metadata(
        title=stated.get("刊名", "") or next(filter(None, map(_title_of_hint, hints)), ""),
        issue=_first_stated(found.issue for found in others),
        total_issue=_first_stated(found.total_issue for found in others),
        date=_first_stated(found.date for found in others),
        audience=stated.get("读者对象", ""),
        classification=stated.get("密级", ""),
        fields=tuple(fields),
        contents=contents_entries(text, blocks),
    )
    return replace(metadata, fields=metadata.fields + _named_fields(metadata))


def _first_stated(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _title_of_hint(hint: str) -> str:
    """The title in a file's property, without date and numbers at its end; "" where it says nothing."""
    mentions = find_issue_numbers(hint).mentions
    title = hint[: mentions[0].span.start] if mentions else hint
    title = title.strip(" \u3000（([【·・•-—–_|,，:：《》")
    return "" if _NO_TITLE.match(title) or len(title) > _HINT_CHARS else title


def _named_fields(metadata: Metadata) -> tuple[Field, ...]:
    """Fields for what only the file's name or its properties state."""
    stated = {field.label for field in metadata.fields}
    known = (
        ("刊名", metadata.title),
        ("期号", metadata.issue),
        ("总期号", metadata.total_issue),
        ("日期", metadata.date),
    )
    return tuple(Field(label, value) for label, value in known if value and label not in stated)


def _front_numbers(front: Sequence[Block]) -> tuple[IssueNumbers, list[Field]]:
    """What the lines of the title page say together: the first of each kind, the most exact date."""
    found: dict[str, tuple[Mention, Field]] = {}
    for block in front:
        for m in find_issue_numbers(block.text).mentions:
            field = _field(m.label, block, m.span.start, m.span.end)
            held = found.get(m.label)
            if held is None or (m.label == "日期" and len(m.value) > len(held[0].value)):
                found[m.label] = m, field
    fields = sorted((field for _, field in found.values()), key=lambda field: field.span or Span(0, 0))
    return IssueNumbers(tuple(mention for mention, _ in found.values())), fields


def _field(label: str, block: Block, start: int, end: int) -> Field:
    return Field(label, block.text[start:end], block.place(start, end))


def _title_field(block: Block) -> Field:
    """The title, without 《》 and without date and numbers at its end."""
    source = block.text
    end = len(source)
    mentions = find_issue_numbers(source).mentions
    first = mentions[0].span.start if mentions else 0
    if first > 1 and is_only_numbers(source[first:]):
        end = len(source[:first].rstrip("（([【·・—-–,，:： \u3000"))
    start = 0
    if source[:1] == "《" and "》" in source[:end]:
        start, end = 1, source.index("》")
    return _field("刊名", block, start, end)


def _first_match(label: str, pattern: re.Pattern[str], front: Sequence[Block]) -> list[Field]:
    for block in front:
        m = pattern.search(block.text)
        if m is not None:
            return [_field(label, block, m.start(), len(block.text[: m.end()].rstrip()))]
    return []
