"""What the values of each column measure, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.quantities import Unit
from cloudqa.tables.columns import ReadColumn
from cloudqa.tables.headers import Header
from cloudqa.tables.layout import Layout, Reading
from cloudqa.tables.model import Column, ColumnKind, ColumnRole

_RATIO = re.compile(
    r"(?:率|比|比例|比重|百分比|增速|增幅|涨幅|倍数|同比|环比|同比增长|环比增长|同比增减|增长|增减|"
    r"排名|名次|位次|得分|评分|指数)$"
)
_JOINING = re.compile(r"^[与和及、,，的之·\s]+|[与和及、,，的之·\s]+$")
_BY = "分按各"


def stated_columns(columns: Sequence[ReadColumn], reading: Reading, caption: Header) -> tuple[Column, ...]:
    """The columns with metric, entity and unit.

    Args:
        columns: Left to right.
        reading: How the table is to be read.
        caption: What the caption says.
    """
    common = member_metric(caption, columns)
    return tuple(_stated(column, reading, caption, common, columns) for column in columns)


def _stated(
    column: ReadColumn, reading: Reading, caption: Header, common: str, columns: Sequence[ReadColumn]
) -> Column:
    header = column.header
    metric, entity = header.words, ""
    if column.role is ColumnRole.VALUE:
        metric, entity = _metric_and_entity(column, reading, common, columns)
    return Column(
        column.index, tuple(cell.text for cell in column.cells), metric, _unit(column, caption), header.period, entity,
        column.role, column.kind, tuple(cell.raw.span for cell in column.cells if cell.raw.text),
    )  # fmt: skip


def _metric_and_entity(
    column: ReadColumn, reading: Reading, common: str, columns: Sequence[ReadColumn]
) -> tuple[str, str]:
    words = column.header.words
    if reading.layout is Layout.ENTITIES:
        return "", words
    if reading.layout is Layout.MEMBERS:
        return common, words
    if reading.layout is Layout.PERIODS and column.header.period is not None:
        return (words if reading.metric_key is not None else words or common), ""
    return _levels(column, columns)


def _levels(column: ReadColumn, columns: Sequence[ReadColumn]) -> tuple[str, str]:
    """Metric and entity of a header of two levels: the level with the unit, or the one that repeats, is the metric."""
    parts = [part for part in column.parts if part.words]
    if len(parts) != 2:
        return column.header.words, ""
    upper, lower = parts
    if upper.unit is not None and lower.unit is None:
        return upper.words, lower.words
    repeated = sum(bool(c.parts) and c.parts[-1].words == lower.words for c in columns) > 1
    if repeated or (lower.unit is not None and upper.unit is None and _shared(upper, columns)):
        return lower.words, upper.words
    return column.header.words, ""


def _shared(upper: Header, columns: Sequence[ReadColumn]) -> bool:
    return sum(bool(c.parts) and c.parts[0].words == upper.words for c in columns) > 1


def _unit(column: ReadColumn, caption: Header) -> Unit | None:
    """The header's unit, else the caption's for figures that are not ratios."""
    if column.header.unit is not None:
        return column.header.unit
    ratio = _RATIO.search(column.header.words) is not None
    if column.role is not ColumnRole.VALUE or column.kind is not ColumnKind.NUMBER or ratio:
        return None
    return caption.unit


def member_metric(caption: Header, columns: Sequence[ReadColumn]) -> str:
    """What a caption measures, for tables whose headers name members or periods.

    Names of the columns are taken off, and "by department" (分部门) where 部门 heads the rows:
    甲公司与乙公司分部门人数 is 人数.
    """
    words = caption.words
    for name in sorted({c.header.words for c in columns if c.role is ColumnRole.VALUE and c.header.words}, key=len):
        words = words.replace(name, "")
    for key in (c.header.words for c in columns if c.role is ColumnRole.KEY and c.header.words):
        words = re.sub(f"[{_BY}]{{1,2}}{re.escape(key)}(?:的)?", "", words)
    return _JOINING.sub("", words) or caption.words
