"""PDF reports with a text layer to canonical text and blocks, page by page, paragraphs and tables joined over pages."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role, ends_sentence
from cloudqa.documents.layout_writer import LayoutWriter, Line
from cloudqa.documents.numbering import find_numbering
from cloudqa.documents.pdf_joining import join_parts
from cloudqa.documents.pdf_order import Region, regions_of
from cloudqa.documents.pdf_page import PdfPage, drop_furniture, furniture_hints, read_page
from cloudqa.documents.pdf_paragraphs import PagePart, likely_edges, parts_of, text_edges, usual_pitch
from cloudqa.documents.pdf_text import TextLine
from cloudqa.documents.pdf_unruled import find_unruled
from cloudqa.documents.titlepage import is_masthead_line
from cloudqa.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_HEADING_SIZE = 1.07  # of the usual type size
_HEADING_CHARS = 80
_MOST_NAMED = 40
_UNCLEAR = "lines that look like a table whose columns cannot be told"


@dataclass(frozen=True, slots=True)
class PdfReport:
    """A PDF as it was read.

    Attributes:
        text: The canonical text.
        blocks: In reading order.
        pages: Offset in the text at which each page begins.
        problems: What cannot be read, each as one sentence naming the page.
        hints: Running lines with numbers of the issue, the file's own title and subject.
    """

    text: str
    blocks: list[Block]
    pages: tuple[int, ...]
    problems: tuple[str, ...]
    hints: tuple[str, ...]


def read_pdf(path: Path, shown: str) -> PdfReport:
    """The report in a PDF file.

    Args:
        path: The file.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is damaged, encrypted with a password, or holds no text (a scan).
    """
    pages, hints, failed = _pages(path, shown)
    if not any(page.lines or page.tables for page in pages):
        raise _without_text(pages, shown)
    lines = drop_furniture(pages)
    body_size, bold = _usual_type(lines)
    parts = join_parts(_all_parts(pages, lines, body_size))
    writer = _PdfWriter(body_size, _heading_sizes(parts, body_size), bold)
    for part in parts:
        writer.part(part)
    writer.turn_to(max((page.number for page in pages), default=0))
    return PdfReport(
        writer.text(),
        writer.blocks,
        tuple(writer.pages),
        _problems(pages, parts, failed),
        (*furniture_hints(pages, lines), *hints),
    )


def _pages(path: Path, shown: str) -> tuple[list[PdfPage], tuple[str, ...], list[int]]:
    """The pages, what the file says of itself, and the numbers of pages that are damaged."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    damage = (
        PSException,
        PdfminerException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    )
    try:
        with warnings.catch_warnings(), pdfplumber.open(path) as pdf:
            warnings.simplefilter("ignore")
            pages, failed = _read_pages(pdf, damage)
            return pages, _hints(pdf), failed
    except damage as error:
        if isinstance(error, PDFPasswordIncorrect) or isinstance(
            error.args[0] if error.args else None, PDFPasswordIncorrect
        ):
            raise UnreadableDocumentError(
                f"{shown} is encrypted with a password.", "Save it without a password and add it again."
            ) from error
        raise UnreadableDocumentError(
            f"{shown} is not a PDF file or is damaged.", "Print or export it to PDF again."
        ) from error


def _read_pages(pdf: PDF, damage: tuple[type[Exception], ...]) -> tuple[list[PdfPage], list[int]]:
    pages: list[PdfPage] = []
    failed: list[int] = []
    for page in pdf.pages:
        try:
            pages.append(read_page(page))
        except damage:
            failed.append(page.page_number)
            pages.append(PdfPage(page.page_number, 0.0, 0.0, (), (), (), (), ()))
        page.close()
    return pages, failed


def _hints(pdf: PDF) -> tuple[str, ...]:
    values = (pdf.metadata.get(name) for name in ("Title", "Subject"))
    return tuple(value.strip() for value in values if isinstance(value, str) and value.strip())


def _without_text(pages: Sequence[PdfPage], shown: str) -> UnreadableDocumentError:
    scanned = [page.number for page in pages if page.pictures]
    if scanned:
        count = f"its {len(pages)} pages hold" if len(pages) > 1 else "its page holds"
        return UnreadableDocumentError(
            f"{shown} is a scanned PDF: {count} pictures and no text.",
            "Run it through a text recognition program (OCR) and add the result.",
        )
    return UnreadableDocumentError(f"{shown} holds no text that can be read.", "Print or export it to PDF again.")


def _usual_type(pages: Sequence[Sequence[TextLine]]) -> tuple[float, bool]:
    """The type size that most characters have, in points, and whether most are bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold[line.bold] += len(line.text)
    return (max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.5), bold[True] > bold[False]


def _all_parts(pages: Sequence[PdfPage], lines: Sequence[Sequence[TextLine]], body_size: float) -> list[PagePart]:
    """The parts of all pages in reading order, cut where pages and columns end."""
    regions = [
        (page, region) for page, kept in zip(pages, lines, strict=True) for region in regions_of(kept, page.tables)
    ]
    shown = [text_edges(_flowing(region), region.left, region.right) for _, region in regions]
    usual = max((edges for edges in shown if edges is not None), key=lambda e: e[1] - e[0], default=None)
    parts: list[PagePart] = []
    for (page, region), edges in zip(regions, shown, strict=True):
        inner = [rule for rule in page.rules if rule.low < region.right and region.left < rule.high]
        items = find_unruled(region.items, inner, page.drawings, page.number)
        pitch = usual_pitch(_flowing(region), body_size)
        known = edges or likely_edges(region.left, region.right, usual, page.width)
        parts += parts_of(items, known, pitch, page.number)
    return parts


def _flowing(region: Region) -> list[TextLine]:
    return [item for item in region.items if isinstance(item, TextLine)]


def _heading_sizes(parts: Sequence[PagePart], body_size: float) -> list[float]:
    """Type sizes of headings, the largest first."""
    sizes = {round(part.size * 2) / 2 for part in parts if _is_large(part, body_size)}
    return sorted(sizes, reverse=True)


def _is_large(part: PagePart, body_size: float) -> bool:
    return bool(part.text) and part.size >= _HEADING_SIZE * body_size and len(part.text) <= _HEADING_CHARS


def _problems(pages: Sequence[PdfPage], parts: Sequence[PagePart], failed: Sequence[int]) -> tuple[str, ...]:
    """What cannot be read, page by page; what stands on most pages alike (a mark behind the text) once."""
    found: list[tuple[int, str]] = [(number, "damaged, cannot be read") for number in failed]
    common = Counter(problem for page in pages for problem in page.problems if problem.startswith("text set"))
    for page in pages:
        usual = {p for p in page.problems if len(pages) > 2 and common[p] > 0.5 * len(pages)}
        found += [(page.number, problem) for problem in page.problems if problem not in usual]
    unclear = {part.page for part in parts if part.unclear}
    found += [(number, _UNCLEAR) for number in sorted(unclear)]
    lines = [f"Page {number}: {problem}." for number, problem in sorted(found)]
    more = len(lines) - _MOST_NAMED
    return (*lines[:_MOST_NAMED], *([f"{more} more places that cannot be read."] if more > 0 else []))


class _PdfWriter(LayoutWriter):
    """Writes parts and keeps where each page begins."""

    def __init__(self, body_size: float, sizes: Sequence[float], mostly_bold: bool) -> None:
        super().__init__()
        self.pages: list[int] = []
        self._body_size = body_size
        self._weights = {size: min(6, rank) for rank, size in enumerate(sizes, start=1)}
        self._mostly_bold = mostly_bold

    def turn_to(self, page: int) -> None:
        """Everything from here on stands on this page, or on one after it."""
        self.pages += [self._length] * (page - len(self.pages))

    def part(self, part: PagePart) -> None:
        """A paragraph, heading or table."""
        self.turn_to(part.page)
        if part.table is not None:
            self.grid(part.table.cells)
            return
        start = self._length
        self.line(self._formed(part))
        place = self.blocks[-1].span.start if self._length > start else start
        for page, offset in part.pages:
            self.pages += [place + offset] * (page - len(self.pages))

    def _begin_row(self, page: int) -> None:
        self.turn_to(page)

    def _formed(self, part: PagePart) -> Line:
        if part.unclear:
            return Line(part.text, Role.CAPTION)
        if part.mark:
            return Line(part.text, Role.ITEM, bullet=True, mark=part.mark + " ")
        if _is_large(part, self._body_size) and not is_masthead_line(part.text) and not ends_sentence(part.text):
            return Line(part.text, Role.HEADING, self._weights[round(part.size * 2) / 2])
        strong = part.bold and not self._mostly_bold
        role = Role.ITEM if find_numbering(part.text) else Role.PROSE
        return Line(part.text, role, BOLD_WEIGHT, strong)
