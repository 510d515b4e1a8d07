"""HTML pages to canonical text and blocks: what a reader sees of the report, and nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role
from cloudqa.documents.decoding import decode_as
from cloudqa.documents.layout_writer import LayoutWriter, Line
from cloudqa.documents.model import Field
from cloudqa.documents.numbering import find_numbering
from cloudqa.documents.plain import scan
from cloudqa.documents.surroundings import is_note
from cloudqa.documents.web_tables import captions_of, is_layout_table, nested_tables, read_table, table_around
from cloudqa.documents.web_text import Inline, TextLine, is_bold, tidy
from cloudqa.documents.web_visible import is_contents, remove_chrome, remove_hidden

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|encoding=[\"']([\w.:-]{2,40})", re.I)
_HEAD_BYTES = 4096
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul tr td th tbody thead "
    "tfoot caption".split()
)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])")
_MOST_NESTED = 150
_OVERRIDING = frozenset("issue total_issue 期号 总期号 期 总期 刊名 刊期 出版日期 日期".split())
_HINTS = ("title", "og:title", "dc.title", "citation_title", "description", "date", "dc.date", "article:published_time")


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page as it was read.

    Attributes:
        text: The canonical text.
        blocks: In reading order.
        given: Metadata that the page states under names made for it (``<meta name="期号">``).
        hints: Texts that may state title, date and number where the title page does not.
    """

    text: str
    blocks: list[Block]
    given: tuple[Field, ...]
    hints: tuple[str, ...]


def read_web(content: bytes, shown: str) -> WebPage:
    """The page in the bytes of an HTML file.

    Args:
        content: The file.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is text in no encoding that is known.
    """
    from selectolax.lexbor import LexborHTMLParser

    declared = _CHARSET.search(content[:_HEAD_BYTES])
    named = (declared.group(1) or declared.group(2)).decode("ascii") if declared else ""
    page = LexborHTMLParser(decode_as(content, named, shown))
    given, hints = _metadata(page)
    remove_hidden(page)
    remove_chrome(page)
    writer = _WebWriter()
    if page.body is not None:
        for part in _report_parts(page.body):
            writer.element(part)
        writer.flush()
    text = writer.text()
    return WebPage(text, _scanned(text, writer), given, hints)


def _metadata(page: LexborHTMLParser) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    given: list[Field] = []
    hints = [tidy(node.text() or "") for node in page.css("head title")]
    for node in page.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").strip().lower()
        value = tidy(node.attributes.get("content") or "")
        if value and name in _OVERRIDING:
            given.append(Field(name, value))
        elif value and name in _HINTS:
            hints.append(value)
    return tuple(given), tuple(hint for hint in hints if hint)


def _report_parts(body: LexborNode) -> list[LexborNode]:
    """The elements that hold the report: its main part with the page's header and footer, or the whole body."""
    main = body.css_first("main, [role=main]")
    if main is None:
        articles = body.css("article")
        if len(articles) != 1:
            return [body]
        main = articles[0]
    parts = [node for node in body.css("header, footer") if not _overlap(node, main)]
    parts += [node for node in body.css("nav, ul, ol") if not _overlap(node, main) and is_contents(node)]
    order = {node.mem_id: number for number, node in enumerate(body.traverse())}
    outermost = [node for node in parts if not any(_inside(node, other) for other in parts)]
    return sorted({n.mem_id: n for n in [*outermost, main]}.values(), key=lambda node: order[node.mem_id])


def _overlap(one: LexborNode, other: LexborNode) -> bool:
    return one.mem_id == other.mem_id or _inside(one, other) or _inside(other, one)


def _inside(node: LexborNode, outer: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id == outer.mem_id:
            return True
        parent = parent.parent
    return False


_PLAIN = Line("")


class _WebWriter(LayoutWriter):
    """Goes through the elements; inline content between two block elements is a paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: list[tuple[int, int, int]] = []  # start and end of preformatted text, blocks before it
        self._inner: list[LexborNode] = []  # tables inside the last one: they come after its notes

    def line(self, line: Line) -> None:
        """One line; tables inside the table above come before it unless it is a note to that table."""
        if self._inner and not is_note(line.text):
            self.flush()
        super().line(line)

    def flush(self) -> None:
        """Writes the tables that were kept back."""
        inner, self._inner = self._inner, []
        for table in inner:
            self._table(table, _MOST_NESTED // 2)

    def container(self, node: LexborNode, depth: int = 0, line: Line | None = None) -> None:
        """Everything in an element; ``line`` is what its own text is written as."""
        form = line or Line("")
        inline = Inline()
        bold = is_bold(node, False)
        for child in node.iter(include_text=True):
            if _is_inline(child) or depth > _MOST_NESTED:
                inline.add(child, bold)
                continue
            form = self._text(inline, form)
            inline = Inline()
            self.element(child, depth + 1, form)
        self._text(inline, form)

    def _text(self, inline: Inline, form: Line) -> Line:
        """Writes a paragraph; only the first one of an item has its mark."""
        for line in inline.lines():
            self.line(_formed(line, form))
            if form.mark:
                form = Line("", indent=form.indent + 2)
        return form

    def element(self, node: LexborNode, depth: int = 0, form: Line = _PLAIN) -> None:
        """One block element."""
        tag = node.tag or ""
        if tag == "table":
            self._table(node, depth)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(node, depth, form.indent)
        elif tag == "hr":
            self._gap()
        elif tag == "pre":
            self._preformatted(node)
        elif tag == "figure":
            self._figure(node, depth)
        elif (weight := _heading_weight(node)) is not None:
            self._heading(node, weight)
        else:
            self.container(node, depth, form)

    def _gap(self) -> None:
        place = self._write("\n")
        self.blocks.append(Block(Role.GAP, (place,), ""))

    def _heading(self, node: LexborNode, weight: int) -> None:
        lines = [line for line in _inline_of(node).lines() if line.text]
        for line in lines:
            numbers_only = len(lines) > 1 and line is not lines[0]
            role = Role.PROSE if numbers_only else Role.HEADING
            self.line(Line(line.text, role, weight))

    def _list(self, node: LexborNode, depth: int, indent: int) -> None:
        number = _start(node)
        role = Role.CONTENTS if is_contents(node) else Role.ITEM
        for child in node.iter():
            if child.tag in ("ul", "ol"):
                self._list(child, depth + 1, indent + 2)
            elif child.tag == "li":
                mark = f"{number}. " if node.tag == "ol" and number is not None else "- "
                number = None if number is None else number + 1
                self.container(child, depth + 1, Line("", role, bullet=True, indent=indent, mark=mark))
            else:
                self.element(child, depth + 1, Line("", indent=indent))

    def _figure(self, node: LexborNode, depth: int) -> None:
        """A figure's caption stands above its table."""
        caption = node.css_first("figcaption") if node.css_first("table") is not None else None
        if caption is not None:
            for line in _inline_of(caption).lines():
                self.line(Line(line.text, strong=True))
        for child in node.iter():
            if child.tag != "figcaption" or caption is None:
                self.element(child, depth + 1)

    def _preformatted(self, node: LexborNode) -> None:
        start = self._length
        self._write((node.text() or "").strip("\n") + "\n")
        self.plain.append((start, self._length, len(self.blocks)))

    def _table(self, node: LexborNode, depth: int) -> None:
        self.flush()
        if is_layout_table(node):
            for cell in node.css("td, th"):
                if table_around(cell) == node.mem_id:
                    self.container(cell, depth + 1)
            return
        for caption in captions_of(node):
            for line in _inline_of(caption).lines():
                self.line(Line(line.text, strong=True))
        cells, header_rows = read_table(node)
        self.grid(cells, header_rows)
        self._inner += nested_tables(node)


def _scanned(text: str, writer: _WebWriter) -> list[Block]:
    """The blocks with those of preformatted text, which is read as plain text is, at their places."""
    blocks = list(writer.blocks)
    for start, end, place in reversed(writer.plain):
        blocks[place:place] = scan(text, start, end)
    return blocks


def _formed(line: TextLine, form: Line) -> Line:
    numbered = form.role is Role.PROSE and find_numbering(line.text) is not None
    role = Role.ITEM if numbered else form.role
    mark = "" if form.mark[:1].isdigit() and find_numbering(line.text) else form.mark
    return Line(line.text, role, BOLD_WEIGHT, line.strong, form.bullet, form.indent, mark)


def _inline_of(node: LexborNode) -> Inline:
    inline = Inline()
    for child in node.iter(include_text=True):
        inline.add(child, is_bold(node, False))
    return inline


def _is_inline(node: LexborNode) -> bool:
    if node.is_comment_node or node.tag in ("-text", "br"):
        return True
    return node.tag not in _BLOCK_TAGS and not any(inner.tag in _BLOCK_TAGS for inner in node.traverse())


def _heading_weight(node: LexborNode) -> int | None:
    tag = node.tag or ""
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return int(tag[1])
    if node.attributes.get("role") == "heading":
        level = node.attributes.get("aria-level") or "2"
        return min(6, int(level)) if level.isdecimal() else 2
    outline = _OUTLINE.search(node.attributes.get("style") or "") if tag in ("p", "div") else None
    return min(6, int(outline.group(1))) if outline else None


def _start(node: LexborNode) -> int | None:
    """The number of a list's first item, None where its items are not counted in digits."""
    if node.attributes.get("type") not in (None, "", "1") or "list-style" in (node.attributes.get("style") or ""):
        return None
    start = node.attributes.get("start") or "1"
    return int(start) if start.isdecimal() else 1
