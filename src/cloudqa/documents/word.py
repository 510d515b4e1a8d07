"""DOCX reports: python-docx's paragraphs and tables to canonical text and blocks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role, trimmed
from cloudqa.documents.model import RawCell, Span
from cloudqa.documents.numbering import find_numbering
from cloudqa.documents.writing import CanonicalWriter
from cloudqa.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from docx.oxml.table import CT_Tc
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

    _GridCell = tuple[CT_Tc | None, int]  # a cell's element and the columns it covers

_BLANKS = re.compile(r"[\s\x00-\x08]+")
_HEADING_STYLE = re.compile(r"(?:heading|标题|見出し)\s*(\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|标题|文档标题", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|列表|项目", re.IGNORECASE)


def read_word(path: Path, shown: str) -> tuple[str, list[Block]]:
    """The canonical text of a DOCX file, and its blocks.

    One line a paragraph; a table row as one line with tabs between its cells.

    Args:
        path: The file.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is no DOCX file, or a damaged one.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDocumentError(
            f"{shown} is not a DOCX file or is damaged.", "Open and save it again as .docx, or save it as .md."
        ) from error
    writer = _WordWriter()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            writer.table(part)
        else:
            writer.paragraph(part)
    return writer.text(), writer.blocks


class _WordWriter(CanonicalWriter):
    """Writes paragraphs and tables, one after the other."""

    def paragraph(self, paragraph: Paragraph) -> None:
        """One line; a blank one where the paragraph holds no text (a picture, a page break)."""
        line = _BLANKS.sub(" ", paragraph.text)
        span = self._write(line)
        self._write("\n")
        if not line.strip():
            return
        inner = trimmed(line, 0, len(line))
        place = Span(span.start + inner.start, span.start + inner.end)
        self.blocks.append(_block(paragraph, line.strip(), place))

    def table(self, table: Table) -> None:
        """One line a row; a merged cell once, at its first row and column."""
        start = self._length
        rows = [list(_row_cells(row)) for row in table.rows]
        width = max((sum(span for _, span in row) for row in rows), default=0)
        cells = self._cells(rows, width)
        if not any(cell.text for row in cells for cell in row):
            return
        span = Span(start, self._length - 1)
        header_rows = _header_rows(table)
        self.blocks.append(Block(Role.GRID, (span,), "", grid=cells, header_rows=header_rows))

    def _cells(self, rows: list[list[_GridCell]], width: int) -> tuple[tuple[RawCell, ...], ...]:
        grid: list[list[RawCell]] = []
        origins: dict[int, tuple[int, int]] = {}  # column -> where the cell that is merged downwards began
        for row_number, row in enumerate(rows):
            line: list[RawCell] = []
            for element, column_span in row:
                column = len(line)
                merged_down = element is not None and element.vMerge == "continue" and column in origins
                text = "" if element is None or merged_down else _cell_text(element)
                line += self._merged(text, row_number, column, column_span, last=column + column_span >= width)
                if merged_down:
                    _lengthen(grid, origins[column])
                else:
                    origins[column] = (row_number, column)
            end = line[-1].span.end if line else self._length
            line += [RawCell("", Span(end, end), row_number, column) for column in range(len(line), width)]
            self._write("\n")
            grid.append(line)
        return tuple(map(tuple, grid))

    def _merged(self, text: str, row: int, column: int, column_span: int, last: bool) -> list[RawCell]:
        """The written cell and a blank one for each further column it covers."""
        cells = [RawCell(text, self._write(text), row, column, column_span=column_span)]
        for covered in range(1, column_span):
            self._write("\t")
            cells.append(RawCell("", Span(self._length, self._length), row, column + covered))
        if not last:
            self._write("\t")
        return cells


def _lengthen(grid: list[list[RawCell]], origin: tuple[int, int]) -> None:
    row, column = origin
    cell = grid[row][column]
    grid[row][column] = RawCell(
        cell.text, cell.span, cell.row, cell.column, cell.row_span + 1, column_span=cell.column_span
    )


def _row_cells(row: _Row) -> Iterator[_GridCell]:
    """The cell elements of a row as the file has them, each with the columns it covers; None for one left out."""
    for _ in range(row.grid_cols_before):
        yield None, 1
    for element in row._tr.tc_lst:
        yield element, element.grid_span
    for _ in range(row.grid_cols_after):
        yield None, 1


def _cell_text(element: CT_Tc) -> str:
    """A cell's paragraphs in one line, those of a table inside it too."""
    from docx.oxml.ns import qn

    lines = (paragraph.text for paragraph in element.iter(qn("w:p")))
    return _BLANKS.sub(" ", " ".join(lines)).strip()


def _header_rows(table: Table) -> int:
    """Leading rows that the file repeats as header on each page."""
    from docx.oxml.ns import qn

    count = 0
    for row in table.rows:
        properties = row._tr.trPr
        if properties is None or properties.find(qn("w:tblHeader")) is None:
            break
        count += 1
    return count


def _block(paragraph: Paragraph, line: str, place: Span) -> Block:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = _HEADING_STYLE.match(style)
    if heading:
        return Block(Role.HEADING, (place,), line, weight=int(heading.group(1)) or 1)
    if _TITLE_STYLE.fullmatch(style):
        return Block(Role.HEADING, (place,), line, weight=0)
    properties = paragraph._p.pPr
    listed = properties is not None and properties.numPr is not None
    if listed or _LIST_STYLE.match(style):
        return Block(Role.ITEM, (place,), line, bullet=True)
    strong = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    strong = strong or style.lower() == "caption"
    role = Role.ITEM if find_numbering(line) else Role.PROSE
    return Block(role, (place,), line, weight=BOLD_WEIGHT, strong=strong)
