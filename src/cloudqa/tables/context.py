"""What a table inherits from caption, headings and the text beside it."""

from __future__ import annotations

import re

from cloudqa.documents import Document, RawTable
from cloudqa.tables.headers import Header, caption_words, parse_header
from cloudqa.tables.model import Context

_FISCAL = re.compile(r"财年|财季|财政年度|fiscal|(?<![A-Za-z])FY\s?'?\d", re.IGNORECASE)
_CALENDAR = re.compile(
    r"财(?:年|政年度)[^。；\n]{0,12}(?:自然年|日历年|公历年)[^。；\n]{0,6}(?:一致|相同|同步|重合)|自然年度?口径|"
    r"按自然年"
)

_SENTENCE = re.compile(r"[^。；！？\n]+")
_WHOSE = re.compile(
    r"^[\s#>*\d、.（(]*(?P<name>[^\W\d_的在按以，,]{2,12}?)的?(?:本|上|下|其)?(?=(?:19|20)?\d*(?:年|$))"
)
_LEAST_NAME = 3


def table_context(document: Document, raw: RawTable) -> tuple[Context, Header]:
    """What the table inherits, and what its caption (the innermost heading where it has none) says as a header."""
    path = document.section_path(raw.section)
    titles = [document.sections[i].title for i in _ancestors(document, raw.section)]
    texts = tuple(t for t in dict.fromkeys([raw.caption, *titles, document.metadata.title]) if t)
    own = parse_header(caption_words(raw.caption)) if raw.caption else None
    heads = [parse_header(caption_words(title)) for title in titles]
    caption = own or (heads[0] if heads and path else Header(""))
    period = next((h.period for h in (own, *heads) if h is not None and h.period is not None), None)
    context = Context(texts, period, caption.words, fiscal_convention(document, raw))
    return context, caption


def _ancestors(document: Document, section: int) -> list[int]:
    """The section and those around it, innermost first, the root left out."""
    found: list[int] = []
    index: int | None = section
    while index:
        found.append(index)
        index = document.sections[index].parent
    return found


def fiscal_convention(document: Document, raw: RawTable) -> bool | None:
    """Whether the years of a table are fiscal ones.

    What the table, its caption or its notes say decides; then the text of its own section. A text that says that
    fiscal and calendar years are the same makes them calendar years. None where nothing is said.
    """
    span = document.sections[raw.section].span if raw.section < len(document.sections) else raw.span
    around = document.text[span.start : span.end]
    if _CALENDAR.search(around):
        return False
    own = " ".join([raw.caption, *(text for text, _ in raw.notes), document.text[raw.span.start : raw.span.end]])
    return True if _FISCAL.search(own) or _speaks_of_it(around, own) else None


def _speaks_of_it(around: str, own: str) -> bool:
    """Whether the text of a section speaks of fiscal years, and not of those of somebody else than the table."""
    for sentence in _SENTENCE.findall(around):
        m = _FISCAL.search(sentence)
        if m is None:
            continue
        who = _WHOSE.search(sentence[: m.start()])
        if who is None or who["name"] in own or not _is_elsewhere(who["name"], around, own):
            return True
    return False


def _is_elsewhere(name: str, around: str, own: str) -> bool:
    """Whether a name is one that the section speaks of outside of the table, so that its fiscal year is its own."""
    return around.count(name) > own.count(name) and len(name) >= _LEAST_NAME
