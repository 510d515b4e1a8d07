"""Tables of plain text without tabs and Markdown bars: aligned by blanks, drawn with box characters, flattened."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cloudqa.documents.aligned import Placing, Strip, is_absent, is_figure, looks_tabular, place_strips
from cloudqa.documents.blocks import ends_sentence, trimmed
from cloudqa.documents.drawn_tables import find_drawn, is_border
from cloudqa.documents.found_tables import FoundTable, found_grid, unclear_lines
from cloudqa.documents.grids import Cells, cell_text, make_grid
from cloudqa.documents.model import Span
from cloudqa.documents.numbering import find_numbering

_PARTED = re.compile(r"[^\S\n]{2,}|\u3000+|\t+")
_TOKEN = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENING = "（([【"
_CLOSING = "）)]】"
_LEAST_ROWS = 3
_LEAST_WORDS = 3
_CELL_CHARS = 24
_LEAST_FLAT_CELLS = 9
_MOST_COLUMNS = 12
_MOST_FLAT_CELLS = 600
_MOST_LINES_ABOVE = 4
_SOON = 30  # cells among which the first figure stands
_CAPTION = re.compile(r"(?:附?表|图表|[Tt]able)\s*[\dA-Z一二三四五六七八九十]|[（(]?单位\s*[：:]")


def find_plain_table(text: str, lines: Sequence[Span], at: int) -> FoundTable | None:
    """The table that begins at a line, None where none does.

    Args:
        text: The canonical text.
        lines: Spans of all lines, line ends left out.
        at: Number of the line.
    """
    first = text[lines[at].start : lines[at].end]
    if len(first) > 2000:
        return None
    if is_border(first):
        return find_drawn(text, lines, at)
    if _CAPTION.match(first.lstrip()):
        return None
    if _PARTED.search(first.strip()):
        return _aligned(text, lines, at)
    return _spaced(text, lines, at) or _flattened(text, lines, at)


# Aligned by runs of blanks.


def _strips(text: str, line: Span) -> tuple[list[Strip], list[Span]]:
    """The pieces of a line between runs of blanks, with the columns they take up on a screen."""
    strips: list[Strip] = []
    spans: list[Span] = []
    at, width = line.start, 0
    for m in [*_PARTED.finditer(text, line.start, line.end), None]:
        stop = line.end if m is None else m.start()
        span = trimmed(text, at, stop)
        if span.end > span.start:
            left = width + _width(text[at : span.start])
            piece = text[span.start : span.end]
            strips.append(Strip(cell_text(piece), left, left + _width(piece)))
            spans.append(span)
        end = line.end if m is None else m.end()
        width += _width(text[at:end])
        at = end
    return strips, spans


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _aligned(text: str, lines: Sequence[Span], at: int) -> FoundTable | None:
    rows, end = _aligned_rows(text, lines, at)
    whole = [strips for strips, _ in rows if len(strips) > 1]
    if len(whole) < _LEAST_ROWS or not (looks_tabular(whole) or _is_of_words(whole)) or _is_contents(whole):
        return None
    placed = place_strips([strips for strips, _ in rows])
    if placed is None:
        return unclear_lines(text, lines, at, end)
    width = max(place.column + place.span for row in placed for place in row)
    block = make_grid(text, [_aligned_row(*row, places, width) for row, places in zip(rows, placed, strict=True)])
    if block is None:
        return None
    wide = {(r, p.column): p.span for r, row in enumerate(placed) for p in row if p.span > 1}
    grid = tuple(
        tuple(replace(cell, column_span=wide.get((cell.row, cell.column), 1)) for cell in row) for row in block.grid
    )
    return FoundTable((replace(block, grid=grid, aligned=True),), end)


def _aligned_rows(text: str, lines: Sequence[Span], at: int) -> tuple[list[tuple[list[Strip], list[Span]]], int]:
    """Lines of several pieces from here on, with those that may head a group, and the number of the line after them."""
    rows: list[tuple[list[Strip], list[Span]]] = []
    end = number = at
    while number < len(lines) and number - end < 2:
        if len(rows) > 1 and number > end and end - at == len(rows):
            break  # rows stood right below each other so far
        strips, spans = _strips(text, lines[number])
        if strips and _CAPTION.match(strips[0].text):  # of the next table
            break
        if len(strips) > 1:
            end = number + 1
        elif strips and (number > end or not _may_be_group(text, lines, number)):
            break
        if strips:
            rows.append((strips, spans))
        number += 1
    while rows and len(rows[-1][0]) < 2:
        rows.pop()
    return rows, end


def _aligned_row(strips: Sequence[Strip], spans: Sequence[Span], places: Sequence[Placing], width: int) -> Cells:
    row: Cells = []
    last = spans[0].start
    for column in range(width):
        which = next((i for i, place in enumerate(places) if place.column == column), None)
        row.append(("", Span(last, last)) if which is None else (strips[which].text, spans[which]))
        last = row[-1][1].end
    return row


def _may_be_group(text: str, lines: Sequence[Span], number: int) -> bool:
    """Whether a line of one piece may stand within a table, over a group of its rows: rows follow right below it."""
    line = text[lines[number].start : lines[number].end].strip()
    if len(line) > _CELL_CHARS or ends_sentence(line) or number + 1 >= len(lines):
        return False
    return len(_strips(text, lines[number + 1])[0]) > 1


def _is_of_words(rows: Sequence[Sequence[Strip]]) -> bool:
    """Whether rows of short words, as many in each and set under each other, are a table without figures."""
    width = len(rows[0])
    words = [strip.text for row in rows for strip in row]
    if width < _LEAST_WORDS or any(len(row) != width for row in rows):
        return False
    if any(len(word) > _CELL_CHARS or ends_sentence(word) or "：" in word or ":" in word for word in words):
        return False
    reaches = [(min(s.left for s in column), max(s.right for s in column)) for column in zip(*rows, strict=True)]
    return all(one[1] < other[0] for one, other in pairwise(reaches))


def _is_contents(rows: Sequence[Sequence[Strip]]) -> bool:
    """Whether rows are entries of a table of contents with their page numbers."""
    if any(len(row) != 2 or not row[1].text.isdecimal() for row in rows):
        return False
    pages = [int(row[1].text) for row in rows]
    return pages == sorted(pages) or all(find_numbering(row[0].text) for row in rows)


# Parted by single blanks.


def _spaced(text: str, lines: Sequence[Span], at: int) -> FoundTable | None:
    """Rows of as many words each, figures behind names; blanks that a recognition program put into a name are told."""
    rows: list[list[Span]] = []
    end = at
    while end < len(lines) and len(tokens := _tokens(text, lines[end])) > 2:
        rows.append(tokens)
        end += 1
    texts = [[text[s.start : s.end] for s in row] for row in rows]
    if len(rows) < _LEAST_ROWS or not all(_is_data(row) for row in texts[1:]):
        return None
    counts = Counter(map(len, rows))
    width = max(counts, key=lambda count: (counts[count], -count))
    whole = [_fitted(text, row, width) for row in rows]
    if _has_value(texts[0]) or any(row is None for row in whole):
        return unclear_lines(text, lines, at, end)
    cells = [[(cell_text(text[s.start : s.end]), s) for s in row] for row in whole if row is not None]
    if not _columns_agree([[cell for cell, _ in row] for row in cells[1:]]):
        return unclear_lines(text, lines, at, end)
    return found_grid(make_grid(text, cells), end)


def _is_data(row: Sequence[str]) -> bool:
    figures = _figures(row)
    return figures > 1 and figures * 2 >= len(row) - 1


def _has_value(header: Sequence[str]) -> bool:
    return any(is_figure(word) and not _YEAR.fullmatch(word) for word in header)


def _tokens(text: str, line: Span) -> list[Span]:
    """The words of a line; a word in brackets goes with the one before it."""
    spans: list[Span] = []
    for m in _TOKEN.finditer(text, line.start, line.end):
        before = text[spans[-1].start : spans[-1].end] if spans else ""
        opened = sum(map(before.count, _OPENING)) > sum(map(before.count, _CLOSING))
        if spans and (opened or (m.group()[0] in _OPENING and not is_figure(m.group()))):
            spans[-1] = Span(spans[-1].start, m.end())
        else:
            spans.append(Span(m.start(), m.end()))
    return spans


def _figures(row: Sequence[str]) -> int:
    return sum(is_figure(t) or is_absent(t) for t in row[1:])


def _fitted(text: str, row: Sequence[Span], width: int) -> list[Span] | None:
    """A row of as many words as the others, None where it cannot be told which of its words are one.

    Words are one where all that follows them are figures for the other columns, or where the report has them elsewhere
    without the blank, or where they are single characters.
    """
    fitted = list(row)
    while len(fitted) > width:
        names = _leading_names(text, fitted)
        if len(fitted) - len(names) == width - 1:
            return [Span(fitted[0].start, fitted[len(names) - 1].end), *fitted[len(names) :]]
        one = [i for i in range(len(names) - 1) if _is_one_word(text, fitted[i], fitted[i + 1])]
        if len(one) != 1:
            return None
        at = one[0]
        fitted[at : at + 2] = [Span(fitted[at].start, fitted[at + 1].end)]
    return fitted if len(fitted) == width else None


def _leading_names(text: str, row: Sequence[Span]) -> list[Span]:
    names: list[Span] = []
    for span in row:
        word = text[span.start : span.end]
        if _is_value(word):
            break
        names.append(span)
    return names


def _is_one_word(text: str, one: Span, other: Span) -> bool:
    first, second = text[one.start : one.end], text[other.start : other.end]
    return len(first) == len(second) == 1 or first + second in text


def _columns_agree(rows: Sequence[Sequence[str]]) -> bool:
    """Whether each column holds figures only, or texts only."""
    return all(len({is_figure(t) for t in column if not is_absent(t)}) < 2 for column in zip(*rows, strict=True))


# One cell a line.


def _flattened(text: str, lines: Sequence[Span], at: int) -> FoundTable | None:
    """A table of which every cell stands in a line of its own: told by the regular return of names before figures."""
    cells, end = _flat_cells(text, lines, at)
    texts = [text[span.start : span.end] for span in cells]
    figures = sum(map(_is_value, texts))
    if len(texts) < _LEAST_FLAT_CELLS or figures * 3 < len(texts) or _heads_something(texts[0]):
        return None
    width = _flat_width(texts)
    if width == 0 and any(_flat_width(texts[skipped:]) for skipped in range(1, _MOST_LINES_ABOVE)):
        return None  # the table begins a few lines below: what is above is its caption
    if width == 0:
        return unclear_lines(text, lines, at, end)
    parts = [(cell_text(word), span) for word, span in zip(texts, cells, strict=True)]
    return found_grid(make_grid(text, [parts[i : i + width] for i in range(0, len(parts), width)]), end)


def _flat_cells(text: str, lines: Sequence[Span], at: int) -> tuple[list[Span], int]:
    """Short lines from here on, up to the last figure among them, and the number of the line after that."""
    cells: list[Span] = []
    number, blanks, kept, end = at, 0, 0, at
    while number < len(lines) and blanks < 2 and len(cells) < _MOST_FLAT_CELLS:
        span = trimmed(text, lines[number].start, lines[number].end)
        word = text[span.start : span.end]
        if (
            len(word) > _CELL_CHARS
            or ends_sentence(word)
            or word.startswith(("#", ">", "```"))
            or "\t" in word
            or (len(cells) > _SOON and not kept)
        ):
            break
        number += 1
        blanks = 0 if word else blanks + 1
        if word:
            cells.append(span)
        if _is_value(word):
            kept, end = len(cells), number
    return cells[:kept], end


def _heads_something(word: str) -> bool:
    return find_numbering(word) is not None or _CAPTION.match(word) is not None


def _flat_width(texts: Sequence[str]) -> int:
    """How many columns the cells have, 0 where that cannot be told."""
    widths = [width for width in range(2, min(_MOST_COLUMNS, len(texts) // _LEAST_ROWS) + 1) if _returns(texts, width)]
    return widths[0] if len(widths) == 1 else 0


def _is_value(text: str) -> bool:
    return (is_figure(text) and not _YEAR.fullmatch(text)) or is_absent(text)


def _returns(texts: Sequence[str], width: int) -> bool:
    """Whether rows of a width have a header of names and then figures in the same columns, at least twice.

    The first column holds names, or the numbers of the rows.
    """
    if len(texts) % width or len(texts) // width < _LEAST_ROWS or any(map(_is_value, texts[:width])):
        return False
    rows = [texts[i : i + width] for i in range(width, len(texts), width)]
    kinds = {tuple(map(_is_value, row)) for row in rows}
    numbered = [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    return len(kinds) == 1 and (numbered or not next(iter(kinds))[0]) and any(next(iter(kinds))[1:])
