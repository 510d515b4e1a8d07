"""The numbering of headings and items: its style shows a heading's level better than its marks do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudqa.language import small_numeral

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_UNIT_AFTER = r"(?![\d%％万亿千百倍元个年月日号点])"

COLUMN_RANK = 2
"""Rank of a heading set between ornaments (• 要闻 •): a column of the issue."""

# Outer styles first. A pattern is tried at the beginning of a line only.
_STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(rf"第([{_HAN}]{{1,3}}|\d{{1,2}})(?:部分|篇|编|单元)[\s:：、.．]*")),
    ("chapter", 1, re.compile(rf"第([{_HAN}]{{1,3}}|\d{{1,2}})章[\s:：、.．]*")),
    ("section", 3, re.compile(rf"第([{_HAN}]{{1,3}}|\d{{1,2}})[节讲][\s:：、.．]*")),
    ("han", 4, re.compile(rf"([{_HAN}]{{1,3}})\s*[、.．]\s*")),
    ("han-brackets", 5, re.compile(rf"[（(]\s*([{_HAN}]{{1,3}})\s*[）)]\s*[、.．]?\s*")),
    ("decimal-4", 10, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.(\d{1,2})[.．、]?(?:\s+|(?=[^\x00-\x7f]))")),
    ("decimal-3", 9, re.compile(r"\d{1,2}\.\d{1,2}\.(\d{1,2})[.．、]?(?:\s+|(?=[^\x00-\x7f]))")),
    ("decimal-2", 8, re.compile(rf"\d{{1,2}}\.(\d{{1,2}})(?:[.．、]\s*|\s+|(?=[^\x00-\x7f])){_UNIT_AFTER}")),
    ("digit", 6, re.compile(r"(\d{1,2})\s*[、.．](?!\d)\s*")),
    ("digit-brackets", 11, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*")),
    ("digit-bracket", 12, re.compile(r"(\d{1,2})\s*[）)]\s*")),
    ("circled", 13, re.compile(rf"([{_CIRCLED}])\s*")),
)
_BEGINS = re.compile(rf"[第（(\d{_HAN}{_CIRCLED}]")
_ORNAMENT = r"[•·●○◆◇■□★☆▪▌※§~～—\-|｜]"
_COLUMN = re.compile(rf"{_ORNAMENT}+\s*(?P<between>[^\s].*?)\s*{_ORNAMENT}+|[【〖](?P<inside>[^】〗]+)[】〗]")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number before a heading or an item.

    Attributes:
        style: Name of the style; ``1、`` and ``1.`` are one style.
        rank: Usual place of the style, outer styles lower.
        ordinal: The number's value.
        length: Characters of the number with the blanks after it.
    """

    style: str
    rank: int
    ordinal: int
    length: int


def find_numbering(text: str) -> Numbering | None:
    """The numbering that a line begins with, or None."""
    head = text[:16]
    if not _BEGINS.match(head):
        return None
    for style, rank, pattern in _STYLES:
        m = pattern.match(head)
        if m is not None:
            return Numbering(style, rank, _ordinal(m.group(1)), m.end())
    return None


def _ordinal(numeral: str) -> int:
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    return int(numeral) if numeral.isdecimal() else small_numeral(numeral) or 0


def find_column(text: str) -> tuple[int, int] | None:
    """Where the name of a column stands in a short line such as ``• 要闻 •`` or ``【要闻】``, or None."""
    if len(text) > 40:
        return None
    m = _COLUMN.fullmatch(text.strip())
    if m is None:
        return None
    group = "between" if m.group("between") else "inside"
    if not re.search(r"\w", m.group(group)):
        return None
    shift = len(text) - len(text.lstrip())
    return m.start(group) + shift, m.end(group) + shift
