"""The columns of a grid: what their headers say, what they hold, and which of them identify a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cloudqa.language import normal_text
from cloudqa.quantities import find_unit
from cloudqa.tables.cells import ContentKind, parse_year
from cloudqa.tables.grid import Grid, GridCell, column_kind, header_paths
from cloudqa.tables.headers import Header, parse_header
from cloudqa.tables.model import ColumnKind, ColumnRole

_NUMBERING = frozenset({"序号", "编号", "序", "no", "no.", "#", "行号"})
_RANKS = frozenset({"名次", "排名", "位次", "排序", "rank", "ranking"})
_YEAR_WORDS = frozenset({"年份", "年度", "年", "财年", "year", "fiscal year"})
_TIME = re.compile(
    r"(?:数据|统计|报告|所属|会计)?(?:年份|年度|年月|年|月份|月|季度|季|财年|财季|时间|日期|期间|时期|报告期|周期|"
    r"year|month|quarter|date|period|time|fiscal year)"
)
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column before it is decided what its values measure.

    Attributes:
        index: 0-based.
        cells: Its header cells from top to bottom.
        header: What the joined header says.
        parts: What each header cell says.
        kind: What most of its data cells are.
        title: The header as printed, its levels joined by a blank.
        role: Key, ordinal or value.
    """

    index: int
    cells: tuple[GridCell, ...]
    header: Header
    parts: tuple[Header, ...]
    kind: ColumnKind
    title: str
    role: ColumnRole = ColumnRole.VALUE


def read_columns(grid: Grid, header_rows: int, members: Sequence[int]) -> tuple[ReadColumn, ...]:
    """The columns with their roles.

    Args:
        grid: The whole grid.
        header_rows: How many leading rows are header.
        members: Row numbers of the ordinary data rows, totals and group titles left out.
    """
    columns = []
    for index, cells in enumerate(header_paths(grid, header_rows)):
        data = [grid[row][index] for row in members]
        title = " ".join(_level(cell.text, number) for number, cell in enumerate(cells))
        header = parse_header(title)
        parts = tuple(parse_header(_level(cell.text, number)) for number, cell in enumerate(cells))
        kind = ColumnKind.DATE if _holds_years(header, data) else column_kind(data)
        columns.append(ReadColumn(index, tuple(cells), header, parts, kind, title))
    return _with_roles(columns, grid, members)


def _level(text: str, number: int) -> str:
    """A level of a header; a unit alone below another level is put in brackets, as where it stands beside it."""
    unit = find_unit(text) if number else None
    return f"（{text}）" if unit is not None and unit.stated and not text.startswith(("(", "（")) else text


def _holds_years(header: Header, data: Sequence[GridCell]) -> bool:
    """Whether bare four-digit numbers below a header such as 年份, or below none, are years."""
    stated = [cell.text for cell in data if cell.content.kind is not ContentKind.NOTHING]
    wording = normal_text(header.words)
    if not stated or not all(parse_year(text) for text in stated):
        return False
    return wording in _YEAR_WORDS or (not wording and len(set(stated)) == len(stated))


@lru_cache(maxsize=4096)
def is_time_header(words: str) -> bool:
    """Whether a header names nothing but when: 年月, 时间（月份）; 成立时间 and 投产日期 are events and do not."""
    return _TIME.fullmatch(_BRACKETED.sub("", normal_text(words)).strip()) is not None


def _with_roles(columns: list[ReadColumn], grid: Grid, members: Sequence[int]) -> tuple[ReadColumn, ...]:
    roles: dict[int, ColumnRole] = {}
    at = 0
    while at < len(columns) - 1 and _is_ordinal(columns[at], grid, members):
        roles[at] = ColumnRole.ORDINAL
        at += 1
    leading = []
    while at < len(columns) and columns[at].kind in (ColumnKind.TEXT, ColumnKind.DATE):
        leading.append(at)
        at += 1
    if len(leading) == len(columns) - len(roles) and len(leading) > 1:
        leading.pop()
    keys = _identifying(leading or [min(at, len(columns) - 1)], grid, members) if columns else []
    roles.update(dict.fromkeys(keys, ColumnRole.KEY))
    return tuple(replace(column, role=roles.get(column.index, ColumnRole.VALUE)) for column in columns)


def _is_ordinal(column: ReadColumn, grid: Grid, members: Sequence[int]) -> bool:
    words = normal_text(column.header.words)
    if words in _NUMBERING or words in _RANKS:
        return True
    texts = [grid[row][column.index].text for row in members]
    return not words and len(texts) > 1 and texts == [str(i + 1) for i in range(len(texts))]


def is_numbering(words: str) -> bool:
    """Whether a header says that its column only numbers the rows (序号); a rank is a value."""
    return normal_text(words) in _NUMBERING or not words


def _identifying(leading: Sequence[int], grid: Grid, members: Sequence[int]) -> list[int]:
    """The fewest of the leading columns, from the left, that tell the rows apart; those that tell more, if none do."""
    keys = [leading[0]]
    distinct = len({grid[row][leading[0]].text for row in members})
    for column in leading[1:]:
        if distinct == len(members):
            break
        more = len({tuple(grid[row][k].text for k in [*keys, column]) for row in members})
        if more > distinct:
            keys.append(column)
            distinct = more
    return keys
