"""HTML tables to grids: spans expanded, sections in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudqa.documents.layout_writer import PlacedCell
from cloudqa.documents.web_text import Inline, is_bold
from cloudqa.documents.web_visible import holds

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WIDEST_SPAN = 1000
_TALLEST_SPAN = 65534
_SECTIONS = ("thead", "tbody", "tfoot")
_LONG_CELL_CHARS = 200


def captions_of(table: LexborNode) -> list[LexborNode]:
    """The table's own captions."""
    return [child for child in table.iter() if child.tag == "caption"]


def is_layout_table(table: LexborNode) -> bool:
    """Whether a table only arranges parts of a page: one column, headings inside, or tables beside long texts."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    rows = [cells for _, section in _sections(table) for cells in section]
    if all(len(cells) <= 1 for cells in rows):
        return True
    if captions_of(table) or any(cell.tag == "th" for cells in rows for cell in cells):
        return False
    if any(cell.css_first("h1, h2, h3, h4") is not None for cells in rows for cell in cells):
        return True
    nested = any(holds(cell, "table") for cells in rows for cell in cells)
    texts = (len(cell.text() or "") for cells in rows for cell in cells if cell.css_first("p") is not None)
    return nested and max(texts, default=0) > _LONG_CELL_CHARS


def nested_tables(table: LexborNode) -> list[LexborNode]:
    """The outermost tables inside the cells of a table."""
    return [t for t in table.css("table") if t.mem_id != table.mem_id and table_around(t) == table.mem_id]


def table_around(node: LexborNode) -> int:
    """The id of the innermost table around an element, 0 for none."""
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent.mem_id if parent is not None else 0


def read_table(table: LexborNode) -> tuple[list[PlacedCell], int]:
    """The cells of a table, and how many leading rows it marks as header.

    Tables inside its cells are left out.
    """
    cells: list[PlacedCell] = []
    header_rows, row = 0, 0
    leading = True
    for name, section in _sections(table):
        taken: dict[int, int] = {}  # column -> row up to which a cell above covers it, not included
        end = row + len(section)
        for nodes in section:
            cells += _placed(nodes, row, end, taken)
            row += 1
            is_header = name == "thead" or (bool(nodes) and all(cell.tag == "th" for cell in nodes))
            leading = leading and is_header
            header_rows += leading
    return cells, header_rows if header_rows < row else 0


def _sections(table: LexborNode) -> Iterator[tuple[str, list[list[LexborNode]]]]:
    """The rows of each section as lists of cells, header first and footer last."""
    found: dict[str, list[list[list[LexborNode]]]] = {name: [] for name in _SECTIONS}
    for child in table.iter():
        if child.tag in _SECTIONS:
            rows = [row for row in child.iter() if row.tag == "tr"]
            found[child.tag].append([[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows])
    for name in _SECTIONS:
        for section in found[name]:
            yield name, section


def _placed(nodes: list[LexborNode], row: int, end: int, taken: dict[int, int]) -> Iterator[PlacedCell]:
    column = 0
    for node in nodes:
        while taken.get(column, 0) > row:
            column += 1
        across = _span(node, "colspan", _WIDEST_SPAN) or 1
        down = _span(node, "rowspan", _TALLEST_SPAN)
        down = end - row if down == 0 else min(down, end - row)
        yield PlacedCell(_cell_text(node), row, column, down, across)
        if down > 1:
            taken.update(dict.fromkeys(range(column, column + across), row + down))
        column += across


def _span(node: LexborNode, name: str, most: int) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(int(value), most) if value.isdecimal() else 1


def _cell_text(node: LexborNode) -> str:
    """A cell in one line, a blank where it breaks."""
    inline = Inline()
    _add_cell(inline, node, is_bold(node, False), 0)
    return " ".join(line.text for line in inline.lines())


def _add_cell(inline: Inline, node: LexborNode, bold: bool, depth: int) -> None:
    for child in node.iter(include_text=True):
        if child.tag == "table":
            continue
        if child.tag in ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"):
            inline.text(" ")
            if depth < 100:
                _add_cell(inline, child, bold, depth + 1)
            inline.text(" ")
        else:
            inline.add(child, bold)
