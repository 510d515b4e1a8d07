"""Which figures a chart shows beside the one under the cursor: its own series, or those that stand alongside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cloudqa.answering.fact_series import FactSeries, Point, alongside
from cloudqa.facts import Fact
from cloudqa.quantities import Quantity, Unit, convert
from cloudqa.terminal_text import one_line
from cloudqa.tui.figures.bars import Bar, cut
from cloudqa.tui.figures.rows import FigureRow, figure_of

MOST_BARS = 200
"""No chart shows more; what is left out is said."""


_MOST_WORD_CELLS = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw.

    Attributes:
        title: What all bars have in common.
        unit: The unit of the chart; a figure in another one says its own.
        bars: Top to bottom.
        marked: Number of the bar of the chosen figure.
        left_out: How many figures there would be more.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    marked: int
    left_out: int = 0


def make_chart(row: FigureRow, shown: Sequence[FigureRow], series: FactSeries) -> Chart | None:
    """The chart for a row; None where its figure has nothing to be compared with.

    A series over at least two periods goes before figures of other things.

    Args:
        row: The chosen row.
        shown: All rows of the table.
        series: All facts by series.
    """
    fact = row.fact
    points = series.over_time(fact)
    figures = [figure for point in points for figure in _figures(point)]
    unit = _unit(fact) or next(filter(None, map(_unit, figures)), None)
    if unit is None:
        return None
    if sum(1 for point in points if _figures(point)) >= 2:
        return _over_time(row, points, unit)
    if _unit(fact) is None:
        return None
    near = [other for other in shown if other.fact.table == fact.table and other.fact.report == fact.report]
    chosen = {other.id for other in alongside(fact, (other.fact for other in near))}
    rows = [other for other in near if other.fact.id in chosen]
    return _of_others(row, rows, unit) if sum(1 for other in rows if _unit(other.fact)) >= 2 else None


def _unit(fact: Fact) -> Unit | None:
    """The unit of a figure, None for anything else."""
    return fact.value.unit if isinstance(fact.value, Quantity) else None


def _figures(point: Point) -> list[Fact]:
    return [fact for fact in point.facts if isinstance(fact.value, Quantity)]


def _over_time(row: FigureRow, points: Sequence[Point], unit: Unit) -> Chart:
    bars: list[Bar] = []
    marked = 0
    for point in points:
        for fact in point.facts or (None,):
            if fact is not None and point.label == row.period and _same_figure(fact, row.fact):
                marked = len(bars)
            bars.append(_bar(point.label, fact, unit))
    title = " · ".join(filter(None, [row.subject, row.metric]))
    return _limited(title, unit, bars, marked)


def _same_figure(one: Fact, other: Fact) -> bool:
    return one.id == other.id or (
        isinstance(one.value, Quantity)
        and isinstance(other.value, Quantity)
        and convert(one.value.value, one.value.unit, other.value.unit) == other.value.value
    )


def _of_others(row: FigureRow, rows: Sequence[FigureRow], unit: Unit) -> Chart:
    bars = [_bar(other.subject, other.fact, unit) for other in rows]
    marked = next(number for number, other in enumerate(rows) if other.fact.id == row.fact.id)
    title = " · ".join(filter(None, [row.metric, row.period]))
    return _limited(title, unit, bars, marked)


def _limited(title: str, unit: Unit, bars: Sequence[Bar], marked: int) -> Chart:
    """At most :data:`MOST_BARS`, the marked one among them."""
    first = max(0, min(marked - MOST_BARS // 2, len(bars) - MOST_BARS))
    kept = tuple(bars[first : first + MOST_BARS])
    return Chart(title, one_line(unit.symbol), kept, marked - first, len(bars) - len(kept))


def _bar(label: str, fact: Fact | None, unit: Unit) -> Bar:
    """The bar of a figure in the unit of the chart; what stands in its place otherwise is a gap."""
    if fact is None:
        return Bar(label)
    if not isinstance(fact.value, Quantity):
        return Bar(label, cut(one_line(fact.printed), _MOST_WORD_CELLS).rstrip())
    figure = figure_of(fact)
    value: Decimal = convert(fact.value.value, fact.value.unit, unit)
    return Bar(label, figure.number + ("" if figure.unit == one_line(unit.symbol) else f" {figure.unit}"), value)
