"""Lines of a region to paragraphs: by indents, gaps, lines that end early, changes of type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cloudqa.documents.blocks import ends_sentence
from cloudqa.documents.numbering import find_column, find_numbering
from cloudqa.documents.pdf_tables import PageTable
from cloudqa.documents.pdf_text import TextLine, wrapped
from cloudqa.documents.pdf_unruled import Item, Unclear
from cloudqa.documents.surroundings import is_note, is_unit_line

_LEADER = re.compile(r"[.．…·]{3,}\s*\d{1,4}\s*$")
_BULLET = re.compile(r"([•·●○◦▪■□◆◇➢►✓])\s*(?=\S)")
_LONG_LINE_CHARS = 15


@dataclass(slots=True)
class PagePart:
    """A paragraph, table or unclear stretch of a page.

    Attributes:
        page: 1-based page on which it begins.
        text: Of a paragraph.
        size: Type size of a paragraph.
        bold: All of a paragraph is bold.
        mark: The bullet before a paragraph, "" for none.
        table: Of a table.
        unclear: Whether its columns cannot be told.
        full: The last line of a paragraph reaches the right edge, so that it may go on.
        indented: The first line of a paragraph stands in from the left edge, so that it begins one.
        pages: Further pages that a paragraph goes on to: (page, offset in text).
    """

    page: int
    text: str = ""
    size: float = 0.0
    bold: bool = False
    mark: str = ""
    table: PageTable | None = None
    unclear: bool = False
    full: bool = False
    indented: bool = False
    pages: tuple[tuple[int, int], ...] = ()


def parts_of(items: Sequence[Item], edges: tuple[float, float], pitch: float, page: int) -> list[PagePart]:
    """The parts of a region.

    Args:
        items: Its lines, tables and unclear stretches in reading order.
        edges: Left and right edge of its text.
        pitch: Usual distance from one line of a paragraph to the next, in points.
        page: 1-based.
    """
    parts: list[PagePart] = []
    run: list[TextLine] = []
    for item in items:
        if isinstance(item, TextLine):
            for line in _unit_apart(item):
                if run and _begins(run, line, edges, pitch):
                    parts.append(_paragraph(run, edges, page))
                    run = []
                run.append(line)
            continue
        if run:
            parts.append(_paragraph(run, edges, page))
            run = []
        if isinstance(item, Unclear):
            parts += [PagePart(page, line.text, line.size, unclear=True) for line in item.lines]
        else:
            parts.append(PagePart(page, table=item))
    if run:
        parts.append(_paragraph(run, edges, page))
    return parts


def _unit_apart(line: TextLine) -> list[TextLine]:
    """A caption with the unit at the line's end as two lines."""
    if len(line.strips) < 2 or not is_unit_line(line.strips[-1].text):
        return [line]
    return [replace(line, strips=strips) for strips in (line.strips[:-1], line.strips[-1:])]


def _begins(run: Sequence[TextLine], line: TextLine, edges: tuple[float, float], pitch: float) -> bool:
    """Whether a line begins a new paragraph below those of the run."""
    above = run[-1]
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.08 * size or above.bold != line.bold or line.top < above.top:
        return True
    if line.top - above.top > 1.35 * max(pitch, 1.2 * size) or _LEADER.search(above.text) or _BULLET.match(line.text):
        return True
    if is_note(line.text) or (find_numbering(line.text) and (not _is_full(above, edges) or ends_sentence(above.text))):
        return True
    left = min(other.x0 for other in run) if len(run) > 1 else edges[0]
    if line.x0 > left + 1.2 * size and not _is_centred(line, edges):
        return True
    return not _is_full(above, edges) and not _goes_on_centred(above, line, edges)


def _is_full(line: TextLine, edges: tuple[float, float]) -> bool:
    """Whether a line reaches the right edge; words in Latin letters leave more space than Chinese characters."""
    ragged = 0.12 * (edges[1] - edges[0]) if re.search(r"[A-Za-z0-9,.]{4}\W?$", line.text) else 0.0
    return line.x1 >= edges[1] - max(1.7 * line.size, ragged)


def _is_centred(line: TextLine, edges: tuple[float, float]) -> bool:
    inset_left, inset_right = line.x0 - edges[0], edges[1] - line.x1
    return inset_left > 2 * line.size and abs(inset_left - inset_right) < 1.5 * line.size


def _goes_on_centred(above: TextLine, line: TextLine, edges: tuple[float, float]) -> bool:
    """Whether both are lines of one centred heading; the first is longer than the one below it."""
    centred = _is_centred(above, edges) and _is_centred(line, edges)
    return centred and above.x1 - above.x0 > 0.6 * (edges[1] - edges[0]) and not ends_sentence(above.text)


def _paragraph(run: Sequence[TextLine], edges: tuple[float, float], page: int) -> PagePart:
    text = run[0].text
    for above, line in pairwise(run):
        text = wrapped(text, above, line, edges[1])
    bullet = None if find_column(text) else _BULLET.match(text)
    mark = bullet.group(1) if bullet else ""
    first, last = run[0], run[-1]
    return PagePart(
        page,
        text[bullet.end() :] if bullet else text,
        first.size,
        all(line.bold for line in run),
        mark,
        full=_is_full(last, edges),
        indented=first.x0 > edges[0] + 0.8 * first.size,
    )


def text_edges(lines: Sequence[TextLine], left: float, right: float) -> tuple[float, float] | None:
    """The edges that most lines of a region keep to, None where it has few lines or only short ones.

    Punctuation may hang over the right edge; a bullet or a heading may stand out over the left one.

    Args:
        lines: The region's.
        left: Its outermost left end.
        right: Its outermost right end.
    """
    long = [line for line in lines if line.x1 - line.x0 > 0.6 * (right - left)]
    if len(long) < 3 or not any(len(line.text) > _LONG_LINE_CHARS for line in long):
        return None
    starts = Counter(round(line.x0) for line in lines)
    usual = max(starts, key=lambda x: (starts[x], -x))
    first = next(line.x0 for line in lines if round(line.x0) == usual)
    ends = sorted(line.x1 for line in long)
    return first, ends[(3 * len(ends)) // 4]


def likely_edges(
    left: float, right: float, usual: tuple[float, float] | None, page_width: float
) -> tuple[float, float]:
    """The edges of a region whose own lines do not show them.

    Args:
        left: Its outermost left end.
        right: Its outermost right end.
        usual: Edges of the report's other pages, None where none shows any.
        page_width: Without other pages a text is taken to reach as near to the right as to the left of its page.
    """
    if usual is not None and abs(usual[0] - left) < 0.1 * page_width:
        return min(usual[0], left), max(usual[1], right)
    narrow = right - left < 0.6 * (page_width - 2 * left) and left < 0.3 * page_width
    return left, page_width - left if narrow else right


def usual_pitch(lines: Sequence[TextLine], size: float) -> float:
    """The most common distance between neighbouring lines of the usual size, 1.5 times the size if there is none."""
    counts: dict[int, int] = {}
    for above, line in pairwise(lines):
        if abs(above.size - size) < 0.6 and abs(line.size - size) < 0.6 and 0 < line.top - above.top < 3 * size:
            key = round((line.top - above.top) * 2)
            counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda key: (counts[key], -key)) / 2 if counts else 1.5 * size
