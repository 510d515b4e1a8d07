"""One page of a PDF: its lines, rules, ruled tables and pictures, and what of it cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.documents.issue_numbers import find_issue_numbers
from cloudqa.documents.pdf_tables import PageTable, Rule, find_tables, rules_of
from cloudqa.documents.pdf_text import TextLine, glyphs_of, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_PICTURE_SHARE = 0.06  # of the page's area: a smaller picture is an ornament
_MOST_UNMAPPED = 0.02
_LEAST_ROTATED = 8
_NO_RULE = 4.0  # points: what is wider and higher is no rule
_BAR_HEIGHTS = 3


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page holds.

    Attributes:
        number: 1-based.
        width, height: In points.
        lines: Those outside of tables, from top to bottom.
        tables: Ruled ones.
        rules: All straight lines.
        drawings: Top and bottom of each chart or sketch, in points.
        pictures: Reach of each larger picture: left, top, right, bottom.
        problems: What cannot be read, as sentences without the page.
    """

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[PageTable, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[tuple[float, float, float, float], ...]
    problems: tuple[str, ...]
    drawings: tuple[tuple[float, float], ...] = ()


def read_page(page: Page) -> PdfPage:
    """What stands on a page."""
    width, height = float(page.width), float(page.height)
    shown = [c for c in page.chars if c["x1"] > 0 and c["x0"] < width and c["bottom"] > 0 and c["top"] < height]
    unmapped = sum(_UNMAPPED.fullmatch(str(c["text"])) is not None for c in shown)
    glyphs = glyphs_of(c for c in shown if _UNMAPPED.fullmatch(str(c["text"])) is None)
    rules = rules_of(page.lines, page.rects)
    tables, rest = find_tables(rules, glyphs, page.page_number)
    pictures = _pictures(page, width * height)
    problems = _problems(shown, unmapped, pictures, bool(glyphs))
    problems += [f"a table with {table.problem}" for table in tables if table.problem]
    return PdfPage(
        page.page_number, width, height, tuple(lines_of(rest)), tuple(tables), tuple(rules), pictures, tuple(problems),
        _drawings(page),
    )  # fmt: skip


def _drawings(page: Page) -> tuple[tuple[float, float], ...]:
    """Where curves, slanting lines or bars of several heights are drawn: charts, whose labels are no table."""
    bars = [r for r in page.rects if r["bottom"] - r["top"] > _NO_RULE and r["x1"] - r["x0"] < 0.5 * float(page.width)]
    if len({round((bar["bottom"] - bar["top"]) / 2) for bar in bars}) < _BAR_HEIGHTS:
        bars = []
    slanting = [s for s in page.lines if s["bottom"] - s["top"] > _NO_RULE and s["x1"] - s["x0"] > _NO_RULE]
    return tuple((float(d["top"]), float(d["bottom"])) for d in [*bars, *slanting, *page.curves])


def _pictures(page: Page, area: float) -> tuple[tuple[float, float, float, float], ...]:
    found = [(float(i["x0"]), float(i["top"]), float(i["x1"]), float(i["bottom"])) for i in page.images]
    return tuple(box for box in found if (box[2] - box[0]) * (box[3] - box[1]) >= _PICTURE_SHARE * area)


def _problems(
    shown: Sequence[dict[str, object]], unmapped: int, pictures: Sequence[tuple[float, ...]], has_text: bool
) -> list[str]:
    problems: list[str] = []
    if unmapped > _MOST_UNMAPPED * max(1, len(shown)):
        problems.append(f"{unmapped} characters whose font does not say what they are")
    if pictures and not has_text:
        problems.append("only a picture, without text")
    elif pictures:
        problems.append("a picture" if len(pictures) == 1 else f"{len(pictures)} pictures")
    rotated = "".join(str(c["text"]) for c in shown if not c["upright"]).strip()
    if len(rotated) >= _LEAST_ROTATED:
        problems.append("text set sideways or aslant")
    return problems


def drop_furniture(pages: Sequence[PdfPage]) -> list[tuple[TextLine, ...]]:
    """The lines of each page without running headers, footers and page numbers.

    A line of the margins is one where lines that differ only in their digits stand at the same height of other pages;
    so is one anywhere that stands unchanged at the same place of most pages (a watermark).
    """
    edges: Counter[tuple[str, int]] = Counter()
    exact: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        edges.update({key for line in _outer_lines(page) for key in _edge_keys(line)})
        exact.update({(line.text, round(line.top), round(line.x0)) for line in page.lines})
    return [tuple(line for line in page.lines if not _is_furniture(line, page, pages, edges, exact)) for page in pages]


_OUTER_LINES = 3
_MARGIN = 0.14  # of the page's height
_PAGE_NUMBER = re.compile(
    r"[-—–·•\s]*\d{1,4}[-—–·•\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s+\d+.*"
)


def furniture_hints(pages: Sequence[PdfPage], kept: Sequence[Sequence[TextLine]]) -> tuple[str, ...]:
    """Running lines that state a date or number of the issue, each once."""
    dropped = [line.text for page, lines in zip(pages, kept, strict=True) for line in page.lines if line not in lines]
    return tuple(dict.fromkeys(text for text in dropped if find_issue_numbers(text).mentions))


def _outer_lines(page: PdfPage) -> list[TextLine]:
    low = [line for line in page.lines if line.bottom < _MARGIN * page.height][:_OUTER_LINES]
    high = [line for line in page.lines if line.top > (1 - _MARGIN) * page.height][-_OUTER_LINES:]
    return low + high


def _edge_keys(line: TextLine) -> list[tuple[str, int]]:
    """What a line is known by on other pages, at heights rounded down and up."""
    wording = re.sub(r"\d+|[一二三四五六七八九十]+(?=页)", "#", re.sub(r"\s", "", line.text))
    return [(wording, int(line.top // 3)), (wording, int((line.top + 1.5) // 3) + 100_000)]


def _is_furniture(
    line: TextLine,
    page: PdfPage,
    pages: Sequence[PdfPage],
    edges: Counter[tuple[str, int]],
    exact: Counter[tuple[str, int, int]],
) -> bool:
    if exact[(line.text, round(line.top), round(line.x0))] >= max(3, 0.5 * len(pages)):
        return True
    if line not in _outer_lines(page):
        return False
    if any(edges[key] >= max(2, 0.2 * len(pages)) for key in _edge_keys(line)):
        return True
    return _PAGE_NUMBER.fullmatch(line.text) is not None and _stands_apart(line, page)


def _stands_apart(line: TextLine, page: PdfPage) -> bool:
    """Whether nothing but other margin lines stands beyond a line, and a wide gap before it."""
    gaps = [abs(other.top - line.bottom) for other in page.lines if other.top > line.bottom]
    gaps += [abs(line.top - other.bottom) for other in page.lines if other.bottom < line.top]
    return not gaps or min(gaps) > 1.5 * line.size
