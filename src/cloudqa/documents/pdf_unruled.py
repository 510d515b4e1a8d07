"""Tables of a PDF page without lines between their columns: found by rules above and below them, or by alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.documents.aligned import Placing, Strip, is_absent, is_figure, is_value, looks_tabular, place_strips
from cloudqa.documents.layout_writer import PlacedCell
from cloudqa.documents.pdf_tables import PageTable, Rule
from cloudqa.documents.pdf_text import TextLine, glued

_LEAST_ROWS = 3
_LABELS = 20.0  # points beyond a chart in which its labels stand
_MOST_BETWEEN = 3  # lines of one strip between two of several
_CLEARLY_NEARER = 0.8


@dataclass(frozen=True, slots=True)
class Unclear:
    """Lines that look like a table whose columns cannot be told."""

    lines: tuple[TextLine, ...]


Item = TextLine | PageTable | Unclear


def find_unruled(
    items: Sequence[TextLine | PageTable], rules: Sequence[Rule], drawings: Sequence[tuple[float, float]], page: int
) -> list[Item]:
    """The items of a region with runs of lines that are tables as tables, and those that seem to be as unclear.

    Args:
        items: In reading order.
        rules: Lines drawn in the region.
        drawings: Top and bottom of each chart: what stands beside one is never a table.
        page: 1-based.
    """
    found: list[Item] = []
    at = 0
    marks = sorted(rule.at for rule in rules if not rule.vertical)
    while at < len(items):
        end = _end_of_run(items, at)
        run = [item for item in items[at:end] if isinstance(item, TextLine)]
        table = _table(run, marks, page) if len(run) > 1 else None
        if isinstance(table, PageTable) and any(
            top - _LABELS < run[-1].bottom and run[0].top < low + _LABELS for top, low in drawings
        ):
            table = Unclear(tuple(run))
        if table is None:
            found.append(items[at])
            at += 1
        else:
            found.append(table)
            at = end
    return found


def _end_of_run(items: Sequence[TextLine | PageTable], at: int) -> int:
    """After the last line of a run of lines with several strips.

    Lines of one strip belong to it where they stand beside such a line (a cell's wrapped text) or between two of them.
    """
    end = at
    for number in range(at, len(items)):
        item = items[number]
        if not isinstance(item, TextLine) or (number > at and _is_far(items[number - 1], item)):
            break
        if len(item.strips) > 1 or (end > at and _beside(items[end - 1], item)):
            end = number + 1
        elif number - end >= _MOST_BETWEEN or (number == at and not _wraps_into(items, at)):
            break
    return end


def _wraps_into(items: Sequence[TextLine | PageTable], at: int) -> bool:
    """Whether the line stands beside the first line of several strips after it."""
    line = items[at]
    following = next(
        (i for i in items[at + 1 : at + 1 + _MOST_BETWEEN] if isinstance(i, TextLine) and len(i.strips) > 1), None
    )
    return following is not None and _beside(line, following)


def _beside(one: TextLine | PageTable, other: TextLine | PageTable) -> bool:
    """Whether two lines overlap in height: parts of wrapped cells do, lines of prose do not."""
    if not isinstance(one, TextLine) or not isinstance(other, TextLine):
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.15 * min(one.size, other.size)


def _is_far(before: TextLine | PageTable, line: TextLine) -> bool:
    return line.top - before.bottom > 2.2 * line.size


def _table(run: Sequence[TextLine], marks: Sequence[float], page: int) -> PageTable | Unclear | None:
    run = _parted(run)
    ruled = sum(run[0].top - 2 * run[0].size < mark < run[-1].bottom + 2 * run[-1].size for mark in marks) > 1
    printed = [[Strip(s.text, s.x0, s.x1) for s in line.strips] for line in run]
    whole = [strips for strips in printed if len(strips) > 1]
    if not looks_tabular(whole) or not (ruled or len(whole) >= _LEAST_ROWS):
        return Unclear(tuple(run)) if _is_of_words(whole, run) else None
    strips = _rows(run, marks)
    if strips and any(is_value(strip.text) for strip in strips[0][1:]):
        return Unclear(tuple(run))  # its header is elsewhere
    placed = place_strips(strips) if strips else None
    return Unclear(tuple(run)) if placed is None or not strips else _as_table(strips, placed, run, page)


def _parted(run: Sequence[TextLine]) -> list[TextLine]:
    """The lines with strips that hold two cells parted where the full rows have the beginning of a column."""
    usual = max(len(line.strips) for line in run)
    full = [line for line in run if len(line.strips) == usual]
    starts = [
        x for x, *others in zip(*([s.x0 for s in line.strips] for line in full), strict=True) if _all_near(x, others)
    ]
    return [
        replace(line, strips=tuple(part for strip in line.strips for part in strip.parted(starts)))
        if len(line.strips) < usual
        else line
        for line in run
    ]


def _all_near(x: float, others: Sequence[float]) -> bool:
    return bool(others) and all(abs(x - other) <= 1.0 for other in others)


def _is_of_words(whole: Sequence[Sequence[Strip]], run: Sequence[TextLine]) -> bool:
    """Whether lines of several strips stand in columns of words: no entries with page numbers, no labelled lines."""
    if len(whole) < _LEAST_ROWS or len(whole) < 0.6 * len(run):
        return False
    contents = all(len(row) == 2 and row[1].text.isdecimal() for row in whole)
    labelled = sum("：" in strip.text or ":" in strip.text for row in whole for strip in row)
    return not contents and labelled < 0.5 * sum(map(len, whole))


def _rows(run: Sequence[TextLine], marks: Sequence[float]) -> list[list[Strip]]:
    """The rows of a run, wrapped cells whole; none where a line could belong to either of two rows.

    The lines that hold figures, or as many strips as the header, each begin a row; lines of nothing but texts go with
    the nearest of them on the same side of every rule.
    """
    anchors = [i for i, line in enumerate(run) if _is_anchor(line, run)]
    if not anchors:
        return []
    groups: dict[int, list[TextLine]] = {anchor: [] for anchor in anchors}
    for number, line in enumerate(run):
        owner = number if number in groups else _owner(line, number, anchors, run, marks)
        if owner is None:
            return []
        groups[owner].append(line)
    return [_folded(group) for group in groups.values()]


def _is_anchor(line: TextLine, run: Sequence[TextLine]) -> bool:
    usual = max(len(other.strips) for other in run)
    figures = any(is_figure(s.text) or is_absent(s.text) for s in line.strips[1:])
    first = next(other for other in run if len(other.strips) > 1)
    return figures or len(line.strips) == usual or line is first


def _owner(
    line: TextLine, number: int, anchors: Sequence[int], run: Sequence[TextLine], marks: Sequence[float]
) -> int | None:  # fmt: skip
    """The anchor whose row a line belongs to, None where two are about as near."""
    reachable = [a for a in anchors if not any(_between(mark, line, run[a]) for mark in marks)] or list(anchors)
    near = sorted(reachable, key=lambda a: abs(_middle(run[a]) - _middle(line)))
    if len(near) == 1:
        return near[0]
    first, second = (abs(_middle(run[a]) - _middle(line)) for a in near[:2])
    return near[0] if first <= _CLEARLY_NEARER * second else None


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def _between(mark: float, one: TextLine, other: TextLine) -> bool:
    low, high = sorted((_middle(one), _middle(other)))
    return low < mark < high


def _folded(group: Sequence[TextLine]) -> list[Strip]:
    """The lines of a row as one: strips over each other as one."""
    cells: list[Strip] = []
    for line in sorted(group, key=lambda line: line.top):
        for strip in line.strips:
            over = [i for i, cell in enumerate(cells) if strip.x0 < cell.right and cell.left < strip.x1]
            if len(over) == 1 and not _is_second_figure(cells[over[0]], strip.text):
                cell = cells[over[0]]
                cells[over[0]] = Strip(
                    glued(cell.text, strip.text), min(cell.left, strip.x0), max(cell.right, strip.x1)
                )
            else:
                cells.append(Strip(strip.text, strip.x0, strip.x1))
    return sorted(cells, key=lambda cell: cell.left)


def _is_second_figure(cell: Strip, text: str) -> bool:
    return is_figure(cell.text) and is_figure(text)


def _as_table(
    strips: Sequence[Sequence[Strip]], placed: Sequence[Sequence[Placing]], run: Sequence[TextLine], page: int
) -> PageTable:
    cells = [
        PlacedCell(strip.text, row, place.column, 1, place.span, page)
        for row, (line, places) in enumerate(zip(strips, placed, strict=True))
        for strip, place in zip(line, places, strict=True)
    ]
    width = max(place.column + place.span for places in placed for place in places)
    edges = []
    for column in range(width):
        inside = [
            strip
            for line, places in zip(strips, placed, strict=True)
            for strip, place in zip(line, places, strict=True)
            if place == Placing(column)
        ]
        edges.append(min(strip.left for strip in inside))
    right = max(line.x1 for line in run)
    left = min(line.x0 for line in run)
    return PageTable(tuple(cells), (*edges, right), run[0].top, run[-1].bottom, left, right, ruled=False)
