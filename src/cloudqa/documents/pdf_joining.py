"""Paragraphs and tables that a page's or a column's end cut in two, made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cloudqa.documents.aligned import is_absent, is_figure, is_value
from cloudqa.documents.blocks import ends_sentence
from cloudqa.documents.layout_writer import PlacedCell
from cloudqa.documents.numbering import find_numbering
from cloudqa.documents.pdf_paragraphs import PagePart
from cloudqa.documents.pdf_tables import PageTable
from cloudqa.documents.pdf_text import glued
from cloudqa.documents.surroundings import is_continued_line, is_note

_SHIFT = 4.0  # points by which a column may stand elsewhere on the next page, beside the shift of the whole table
_UNRULED_SHIFT = 15.0


def join_parts(parts: Sequence[PagePart]) -> list[PagePart]:
    """The parts of all pages with cut paragraphs and tables joined.

    What is left of a table without its header, or a single row, is no table: its columns mean nothing.
    """
    whole: list[PagePart] = []
    for part in parts:
        last = whole[-1] if whole else None
        if last is not None and _is_continuation_line(last, part):
            continue
        if last is not None and last.table is not None and part.table is not None and _goes_on(last, part):
            whole[-1] = _joined_tables(last, part)
        elif last is not None and last.table is None and part.table is None and _is_cut(last, part):
            whole[-1] = _joined_paragraphs(last, part)
        elif last is not None and _has_lost_its_header(last, part):
            whole += _as_lines(part, unclear=True)
        else:
            whole.append(part)
    return [line for part in whole for line in _without_single_rows(part)]


def _without_single_rows(part: PagePart) -> list[PagePart]:
    return _as_lines(part, unclear=False) if _is_one_row(part) else [part]


def _is_one_row(part: PagePart) -> bool:
    return part.table is not None and max((cell.row for cell in part.table.cells), default=0) == 0


def _has_lost_its_header(last: PagePart, part: PagePart) -> bool:
    """Whether a table begins a page with figures: its header stands on the page before, and they did not fit."""
    if part.table is None or part.page != _last_page(last) + 1:
        return False
    return any(is_value(cell.text) for cell in part.table.cells if cell.row == 0 and cell.column)


def _as_lines(part: PagePart, *, unclear: bool) -> list[PagePart]:
    """A table's rows as lines of text."""
    rows = _rows(part.table) if part.table is not None else []
    texts = [" ".join(cell.text for cell in row if cell.text) for row in rows]
    return [PagePart(row[0].page, text, unclear=unclear) for row, text in zip(rows, texts, strict=True) if text]


def _is_continuation_line(last: PagePart, part: PagePart) -> bool:
    """Whether a line above the second part of a table only says that it is continued (续表)."""
    return last.table is not None and part.page > last.page and is_continued_line(part.text)


def _last_page(part: PagePart) -> int:
    if part.table is not None:
        return max((cell.page for cell in part.table.cells), default=part.page)
    return part.pages[-1][0] if part.pages else part.page


def _is_cut(last: PagePart, part: PagePart) -> bool:
    """Whether a paragraph that ends with its page or column goes on with the first one of the next."""
    if last.unclear or part.unclear or part.mark or not last.full or part.indented:
        return False
    if abs(last.size - part.size) > 0.08 * part.size or last.bold != part.bold or ends_sentence(last.text):
        return False
    return not (find_numbering(part.text) or is_note(part.text) or last.text[-1] in "：:")


def _joined_paragraphs(last: PagePart, part: PagePart) -> PagePart:
    text = glued(last.text, part.text)
    shift = len(text) - len(part.text)
    pages = [*last.pages]
    if part.page > _last_page(last):
        pages.append((part.page, shift))
    pages += [(page, offset + shift) for page, offset in part.pages]
    return replace(last, text=text, full=part.full, pages=tuple(pages))


def _goes_on(last: PagePart, part: PagePart) -> bool:
    """Whether a table is the rest of the one that ends the page before."""
    one, other = last.table, part.table
    if one is None or other is None or part.page != _last_page(last) + 1 or one.ruled != other.ruled:
        return False
    return _same_columns(one, other) and (_repeated_rows(one, other) > 0 or not _has_own_header(one, other))


def _same_columns(one: PageTable, other: PageTable) -> bool:
    if len(one.edges) != len(other.edges):
        return False
    shift = other.edges[0] - one.edges[0]
    near = _SHIFT if one.ruled else _UNRULED_SHIFT
    inner = (
        zip(one.edges[:-1], other.edges[:-1], strict=True)
        if not one.ruled
        else zip(one.edges, other.edges, strict=True)
    )
    return all(abs(b - a - shift) <= near for a, b in inner)


def _rows(table: PageTable) -> list[list[PlacedCell]]:
    height = max((cell.row for cell in table.cells), default=-1) + 1
    rows: list[list[PlacedCell]] = [[] for _ in range(height)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


def _texts(row: Sequence[PlacedCell]) -> list[tuple[int, str]]:
    return [(cell.column, re.sub(r"\s", "", cell.text)) for cell in row if cell.text]


def _repeated_rows(one: PageTable, other: PageTable) -> int:
    """How many leading rows the second part has from the first: its header, repeated."""
    count = 0
    for row, again in zip(_rows(one), _rows(other), strict=False):
        if _texts(row) != _texts(again) or not _texts(row):
            break
        count += 1
    return count if count < len(_rows(other)) else 0


def _has_own_header(one: PageTable, other: PageTable) -> bool:
    """Whether the second table begins with a row of names above figures, as a new table does."""
    rows = _rows(other)
    first = [cell for cell in rows[0] if cell.column and cell.text]
    if len(rows) < 2 or any(is_figure(cell.text) or is_absent(cell.text) for cell in first) or not first:
        return False
    columns = {cell.column for row in rows[1:] for cell in row if cell.column and is_figure(cell.text)}
    before = {cell.column for row in _rows(one)[1:] for cell in row if cell.column and is_figure(cell.text)}
    return bool(columns & before & {cell.column for cell in first})


def _joined_tables(last: PagePart, part: PagePart) -> PagePart:
    one, other = last.table, part.table
    if one is None or other is None:
        return last
    skipped = _repeated_rows(one, other)
    height = max((cell.row for cell in one.cells), default=-1) + 1
    added = [replace(cell, row=cell.row - skipped + height) for cell in other.cells if cell.row >= skipped]
    cells = _mended(list(one.cells), added, height)
    table = replace(one, cells=tuple(cells), edges=one.edges, bottom=other.bottom)
    return replace(last, table=table)


def _mended(cells: list[PlacedCell], added: list[PlacedCell], first: int) -> list[PlacedCell]:
    """The cells of both parts; what the break cut is whole again.

    A row whose key is blank at the top of the second part either goes on with the texts of the row before (it was cut
    within its lines), or belongs to the merged cell that stands before the break.
    """
    top = [cell for cell in added if cell.row == first]
    blank_key = any(cell.column == 0 and not cell.text for cell in top)
    if not blank_key:
        return cells + added
    above = [cell for cell in cells if cell.row + cell.row_span == first]
    merged = next((cell for cell in above if cell.column == 0), None)
    filled = [cell for cell in top if cell.text]
    texts_only = not any(is_figure(cell.text) or is_absent(cell.text) for cell in filled)
    if filled and texts_only and merged is not None and merged.row_span == 1 and _all_cut(above, filled):
        return _continued(cells, added, first)
    if merged is not None and merged.text:
        key = next(cell for cell in top if cell.column == 0)
        longer = replace(merged, row_span=merged.row_span + key.row_span)
        return [longer if cell is merged else cell for cell in cells] + [cell for cell in added if cell is not key]
    return cells + added


def _all_cut(above: Sequence[PlacedCell], filled: Sequence[PlacedCell]) -> bool:
    """Whether every text goes on with one in the row above that has no end."""
    over = {cell.column: cell.text for cell in above}
    return all(over.get(cell.column) and not ends_sentence(over[cell.column]) for cell in filled)


def _continued(cells: list[PlacedCell], added: list[PlacedCell], first: int) -> list[PlacedCell]:
    texts = {cell.column: cell.text for cell in added if cell.row == first}
    grown = [
        replace(cell, text=glued(cell.text, texts.get(cell.column, "")))
        if cell.row + cell.row_span == first
        else cell
        for cell in cells
    ]  # fmt: skip
    return grown + [replace(cell, row=cell.row - 1) for cell in added if cell.row > first]
