"""DOCX reports: what a reader sees of a Word document as canonical text and blocks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role
from cloudqa.documents.layout_writer import LayoutWriter, Line, PlacedCell
from cloudqa.documents.numbering import find_numbering
from cloudqa.documents.word_numbering import Numbering, read_numbering
from cloudqa.documents.word_styles import ParagraphStyle, Styles, list_of, outline_level
from cloudqa.documents.word_text import ParagraphText, paragraph_text
from cloudqa.errors import UnreadableDocumentError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")  # the container of encrypted files, and of .doc
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WRAPPERS = frozenset(_W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MOST_NESTED = 40
_MOST_NAMED = 20
_PAGE_TAIL = re.compile(r"\s+\d{1,4}$")


@dataclass(frozen=True, slots=True)
class WordReport:
    """A document as it was read.

    Attributes:
        text: The canonical text: one line a paragraph, a table row as one line with tabs between its cells.
        blocks: In reading order.
        problems: What cannot be read, each as one sentence naming the line.
        hints: The document's own title and subject.
    """

    text: str
    blocks: list[Block]
    problems: tuple[str, ...]
    hints: tuple[str, ...]


def read_word(path: Path, shown: str) -> WordReport:
    """The report in a DOCX file. Headers, footers, comments and deleted or hidden text are no part of it.

    Args:
        path: The file.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is no DOCX file, damaged, or encrypted with a password.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    _refuse_compound(path, shown)
    try:
        document = docx.Document(str(path))
        writer = _WordWriter(document)
        writer.body(document.element.body)
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDocumentError(
            f"{shown} is not a DOCX file or is damaged.", "Open and save it again as .docx, or save it as .md."
        ) from error
    properties = document.core_properties
    hints = tuple(text.strip() for text in (properties.title, properties.subject) if text and text.strip())
    return WordReport(writer.text(), writer.blocks, writer.problems(), hints)


def _refuse_compound(path: Path, shown: str) -> None:
    with path.open("rb") as stream:
        if stream.read(len(_COMPOUND)) != _COMPOUND:
            return
        encrypted = _ENCRYPTED in stream.read()
    if encrypted:
        raise UnreadableDocumentError(f"{shown} is encrypted with a password.", "Save it without one and add it again.")
    raise UnreadableDocumentError(f"{shown} is a document of the old DOC format.", "Open and save it as .docx.")


class _WordWriter(LayoutWriter):
    """Writes paragraphs, tables, text boxes and notes, one below the other."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        parts = _parts(document)
        self._styles = Styles(parts.get("styles"))
        self._numbering: Numbering = read_numbering(parts.get("numbering"))
        self._note_parts = {kind: _notes(parts.get(kind + "s"), kind) for kind in ("footnote", "endnote")}
        self._marks = {
            (kind, note_id): f"[{number}]"
            for kind, notes in self._note_parts.items()
            for number, note_id in enumerate(notes, start=1)
        }
        self._endnotes: list[tuple[str, str]] = []
        self._problems: list[tuple[int, str]] = []

    def problems(self) -> tuple[str, ...]:
        """What cannot be read, named a limited number of times."""
        lines = [f"Line {line}: {problem}." for line, problem in self._problems]
        more = len(lines) - _MOST_NAMED
        return (*lines[:_MOST_NAMED], *([f"{more} more pictures or objects."] if more > 0 else []))

    def body(self, body: Any) -> None:
        """Everything, the endnotes last."""
        self._blocks(body, 0)
        self._write_notes(self._endnotes)

    def _blocks(self, parent: Any, depth: int, *, contents: bool = False) -> None:
        for node in _unwrapped(parent):
            if node.tag == _W + "p":
                self._paragraph(node, depth, contents=contents or _in_contents(node))
            elif node.tag == _W + "tbl" and depth < _MOST_NESTED:
                self._table(node, depth)
            elif node.tag == _W + "altChunk":
                self._name("an embedded document that is not read")

    def _name(self, problem: str) -> None:
        line = sum(part.count("\n") for part in self._parts) + 1
        self._problems.append((line, problem))

    def _paragraph(self, node: Any, depth: int, *, contents: bool) -> None:
        properties = node.find(_W + "pPr")
        style = self._style(properties)
        text = paragraph_text(node, self._marks, bold=style.bold, hidden=style.hidden)
        lines = text.lines
        number = self._number(properties, style) if lines else None
        for at, line in enumerate(lines):
            self.line(_formed(line, style, properties, text, number if at == 0 else None, contents=contents))
        self._beside(text, depth)
        self._write_notes([note for note in text.notes if note[0] == "footnote"])
        self._endnotes += [note for note in text.notes if note[0] == "endnote"]

    def _beside(self, text: ParagraphText, depth: int) -> None:
        """What hangs on a paragraph: its text boxes are read after it, its pictures named."""
        if text.pictures:
            self._name("a picture" if text.pictures == 1 else f"{text.pictures} pictures")
        if text.objects:
            self._name("an embedded object")
        for box in text.boxes if depth < _MOST_NESTED else ():
            self._blocks(box, depth + 1)

    def _style(self, properties: Any) -> ParagraphStyle:
        node = properties.find(_W + "pStyle") if properties is not None else None
        return self._styles.style((node.get(_W + "val") or "") if node is not None else "")

    def _number(self, properties: Any, style: ParagraphStyle) -> str | None:
        """The number that Word prints before a paragraph, "" for a bullet, None for neither."""
        found = list_of(properties) or style.numbering
        return self._numbering.number(*found) if found is not None else None

    def _write_notes(self, notes: list[tuple[str, str]]) -> None:
        for kind, note_id in notes:
            lines: list[str] = []
            for node in self._note_parts[kind][note_id].iter(_W + "p"):
                lines += paragraph_text(node, self._marks, bold=False, hidden=False).lines
            self.line(Line(f"{self._marks[kind, note_id]} {' '.join(lines)}"))

    def _table(self, table: Any, depth: int) -> None:
        """A table; one of a single column is a frame around paragraphs. Tables inside its cells come after it."""
        rows = [row for row in _unwrapped(table) if row.tag == _W + "tr" and not _is_deleted(row)]
        grid = [list(_row_cells(row)) for row in rows]
        if max((sum(span for _, span in row) for row in grid), default=0) < 2:
            for element in (element for row in grid for element, _ in row if element is not None):
                self._blocks(element, depth + 1)
            return
        texts = _CellTexts(self)
        self.grid(_placed(grid, texts), _header_rows(rows))
        self._write_notes(texts.notes)
        for inner in texts.tables:
            self._table(inner, depth + 1)
        if texts.pictures:
            self._name("pictures in a table")

    def cell_lines(self, cell: Any, texts: _CellTexts) -> list[str]:
        """The lines of a cell; its notes, pictures and inner tables are put aside."""
        lines: list[str] = []
        for node in _unwrapped(cell):
            if node.tag == _W + "tbl":
                texts.tables.append(node)
            elif node.tag == _W + "p":
                properties = node.find(_W + "pPr")
                style = self._style(properties)
                text = paragraph_text(node, self._marks, bold=False, hidden=style.hidden)
                number = self._number(properties, style) if text.lines else None
                texts.notes += text.notes
                texts.pictures += text.pictures + text.objects
                lines += [(number or "") + line if at == 0 else line for at, line in enumerate(text.lines)]
                for box in text.boxes:
                    lines += self.cell_lines(box, texts)
        return lines


class _CellTexts:
    """The texts of cells, with what their paragraphs refer to."""

    def __init__(self, writer: _WordWriter) -> None:
        self._writer = writer
        self.notes: list[tuple[str, str]] = []
        self.tables: list[Any] = []
        self.pictures = 0

    def text(self, cell: Any) -> str:
        """A cell in one line."""
        return " ".join(self._writer.cell_lines(cell, self))


def _formed(
    line: str, style: ParagraphStyle, properties: Any, text: ParagraphText, number: str | None, *, contents: bool
) -> Line:
    if contents or style.contents:
        return Line(_PAGE_TAIL.sub("", line), Role.CONTENTS)
    printed = (
        f"{number}{'' if number[-1:] in '、.．）)' and not number[-1:].isascii() else ' '}{line}" if number else line
    )
    level = outline_level(properties)
    weight = style.heading if style.heading is not None else level
    if weight is not None:
        return Line(printed, Role.HEADING, min(weight, 6))
    if number == "" or (style.listed and number is None):
        return Line(line, Role.ITEM, bullet=True)
    role = Role.ITEM if number or find_numbering(line) else Role.PROSE
    return Line(printed, role, BOLD_WEIGHT, text.bold or style.caption)


def _parts(document: Any) -> dict[str, Any]:
    """Roots of the parts that a document relates to, by the last word of the relation's kind."""
    from docx.oxml.parser import parse_xml

    wanted = ("styles", "numbering", "footnotes", "endnotes")
    found: dict[str, Any] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in wanted and not relation.is_external:
            part = relation.target_part
            found[kind] = part.element if hasattr(part, "element") else parse_xml(part.blob)
    return found


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """The notes of a part by id, separators left out."""
    nodes = root.iterchildren(_W + kind) if root is not None else ()
    return {node.get(_W + "id") or "": node for node in nodes if node.get(_W + "type") in (None, "normal")}


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children of an element, those inside content controls and insertions among them."""
    for node in parent:
        if node.tag in _WRAPPERS:
            yield from _unwrapped(node)
        else:
            yield node


def _in_contents(node: Any) -> bool:
    """Whether a paragraph belongs to a table of contents that Word made."""
    holder = node.getparent()
    while holder is not None and holder.tag in _WRAPPERS:
        gallery = next(holder.iter(_W + "docPartGallery"), None) if holder.tag == _W + "sdt" else None
        if gallery is not None and gallery.get(_W + "val") == "Table of Contents":
            style = node.find(f"{_W}pPr/{_W}pStyle")
            return style is None or "heading" not in (style.get(_W + "val") or "").lower()
        holder = holder.getparent()
    return False


def _is_deleted(row: Any) -> bool:
    properties = row.find(_W + "trPr")
    return properties is not None and properties.find(_W + "del") is not None


def _row_cells(row: Any) -> Iterator[tuple[Any, int]]:
    """The cell elements of a row, each with the columns it covers; None for columns that it leaves out."""
    properties = row.find(_W + "trPr")
    for _ in range(_count(properties, "gridBefore")):
        yield None, 1
    for cell in _unwrapped(row):
        if cell.tag == _W + "tc":
            yield cell, _count(cell.find(_W + "tcPr"), "gridSpan") or 1
    for _ in range(_count(properties, "gridAfter")):
        yield None, 1


def _count(properties: Any, tag: str) -> int:
    node = properties.find(_W + tag) if properties is not None else None
    value = node.get(_W + "val") if node is not None else None
    return min(int(value), 200) if value is not None and value.isdecimal() else 0


def _placed(grid: list[list[tuple[Any, int]]], texts: _CellTexts) -> list[PlacedCell]:
    cells: list[PlacedCell] = []
    origins: dict[int, int] = {}  # column -> place in cells of the cell that is merged downwards
    for row, line in enumerate(grid):
        column = 0
        for element, across in line:
            merged = _merge(element)
            if merged == "continue" and column in origins:
                above = cells[origins[column]]
                down = row - above.row + 1
                cells[origins[column]] = PlacedCell(above.text, above.row, above.column, down, above.column_span)
            elif element is not None:
                origins[column] = len(cells)
                cells.append(PlacedCell(texts.text(element), row, column, 1, across))
            column += across
    return cells


def _merge(cell: Any) -> str:
    """``restart`` or ``continue`` for a cell merged downwards, "" for another."""
    node = cell.find(f"{_W}tcPr/{_W}vMerge") if cell is not None else None
    return (node.get(_W + "val") or "continue") if node is not None else ""


def _header_rows(rows: list[Any]) -> int:
    """Leading rows that the file repeats as header on each page."""
    count = 0
    for row in rows:
        if row.find(f"{_W}trPr/{_W}tblHeader") is None:
            break
        count += 1
    return count
