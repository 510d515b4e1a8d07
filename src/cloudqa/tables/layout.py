"""Which way a table is to be read: what its columns mean, and what its rows mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.language import normal_text
from cloudqa.quantities import Quantity
from cloudqa.tables.cells import ContentKind
from cloudqa.tables.columns import ReadColumn
from cloudqa.tables.grid import Grid, GridCell
from cloudqa.tables.headers import Header, parse_header
from cloudqa.tables.model import ColumnKind, ColumnRole

_METRIC_HEADERS = frozenset(
    "指标 指标名称 项目 科目 参数 属性 内容 维度 条目 特性 规格 "
    "对比项 比较项 类目 item items metric metrics indicator".split()
)
_ENTITY_HEADERS = tuple(
    "公司 企业 厂商 机构 名称 城市 地区 区域 省份 省 市 国家 产品 品牌 部门 学校 行业 单位 客户 供应商 服务商 运营商 "
    "平台 股东 姓名 company city country region vendor product".split()
)


class Layout(StrEnum):
    """What the value columns are."""

    METRICS = "metrics"  # one metric per column: the ordinary table
    PERIODS = "periods"  # one period per column: metrics or members in the rows
    ENTITIES = "entities"  # one thing per column, its attributes in the rows
    MEMBERS = "members"  # one thing, or thing and period, per column; the caption says what is measured


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read.

    Attributes:
        layout: What the value columns are.
        metric_key: The key column whose cells are the metric, None if the metric is in the header or the caption.
    """

    layout: Layout
    metric_key: int | None = None


def choose_reading(columns: Sequence[ReadColumn], grid: Grid, members: Sequence[int], caption: Header) -> Reading:
    """How to read the table, by what its headers are and by what its rows and columns have in common."""
    if len(columns) == 2 and not any(c.title for c in columns):
        return Reading(Layout.ENTITIES, 0)
    values = [c for c in columns if c.role is ColumnRole.VALUE]
    keys = [c for c in columns if c.role is ColumnRole.KEY]
    dated = [c for c in values if c.header.period is not None]
    pure = [c for c in dated if not c.header.words]
    if len(pure) >= 2 or (pure and len(pure) == len(values)):
        return Reading(Layout.PERIODS, _metric_key(keys, grid, members, caption))
    if len(dated) == len(values) and values and caption.unit is not None and all(c.header.unit is None for c in values):
        return Reading(Layout.MEMBERS)
    metric_key = _named_metric_key(keys)
    if len(values) > 1 and keys and not any(c.kind is ColumnKind.DATE for c in keys):
        if metric_key is not None or _rows_agree(values, grid, members):
            return Reading(Layout.ENTITIES, keys[-1].index if metric_key is None else metric_key)
    elif metric_key is not None:
        return Reading(Layout.ENTITIES, metric_key)
    return Reading(Layout.METRICS)


def _named_metric_key(keys: Sequence[ReadColumn]) -> int | None:
    return next((c.index for c in keys if _heads_metrics(normal_text(c.header.words))), None)


def _heads_metrics(words: str) -> bool:
    """Whether a header says that metrics stand below it: 指标, 产品对比."""
    return words in _METRIC_HEADERS or words.endswith(("对比", "比较"))


def _metric_key(keys: Sequence[ReadColumn], grid: Grid, members: Sequence[int], caption: Header) -> int | None:
    """The key column that holds metrics in a table with a period per column."""
    named = _named_metric_key(keys)
    if named is not None or not keys:
        return named
    for key in keys:
        if any(parse_header(grid[row][key.index].text).unit is not None for row in members):
            return key.index
    if len(keys) > 1:
        return keys[-1].index
    words = normal_text(keys[0].header.words)
    if caption.unit is not None or (words and words.endswith(_ENTITY_HEADERS)):
        return None
    return keys[0].index


def _rows_agree(values: Sequence[ReadColumn], grid: Grid, members: Sequence[int]) -> bool:
    """Whether each row holds one sort of value while columns mix several."""
    if len(members) < 2:
        return False
    table = [[_sort(grid[row][c.index]) for c in values] for row in members]
    rows_mixed = sum(_mixed(row) for row in table)
    columns_mixed = sum(_mixed([row[i] for row in table]) for i in range(len(values)))
    return columns_mixed > len(values) / 2 and rows_mixed == 0


def _mixed(sorts: Sequence[str]) -> bool:
    return len({sort for sort in sorts if sort}) > 1


def _sort(cell: GridCell) -> str:
    """What sort of value a cell holds: its kind, unit and keys; "" for nothing."""
    if cell.content.kind is ContentKind.NOTHING:
        return ""
    if cell.content.kind is ContentKind.PAIRS:
        return "pairs " + " ".join(piece.key for piece in cell.content.pieces)
    value = cell.content.pieces[0].value
    return f"{cell.content.kind} {value.unit.dimension}" if isinstance(value, Quantity) else cell.content.kind
