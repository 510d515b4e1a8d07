"""Facts as rows of the table: every cell a text that is safe on a terminal, figures split at their decimal point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cloudqa.answering.fact_catalogue import subject_of
from cloudqa.answering.fact_series import Against, Growth
from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.quantities import Qualifier, Quantity, RangePart, say_number, say_quantity
from cloudqa.terminal_text import one_line

_TO = "～"
_EXPECTED = Qualifier.EXPECTED.value


class Column(StrEnum):
    """A column of the table."""

    SUBJECT = "subject"
    METRIC = "metric"
    PERIOD = "period"
    VALUE = "value"
    UNIT = "unit"
    YEAR_AGO = "year_over_year"
    PREVIOUS = "period_over_period"
    REPORT = "report"


GROWTH_COLUMNS = {Column.YEAR_AGO: Against.YEAR_AGO, Column.PREVIOUS: Against.PREVIOUS}
"""The columns that are calculated, switched on and off together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is printed, in three parts: what stands before the decimal point, the rest, and the unit.

    Attributes:
        whole: Hedge, sign and digits before the point, grouped where the report groups them (预计-2,145).
        fraction: Point and digits after it (.50), "" where none are printed.
        unit: Unit, with what stands after it (元/GB 起).
    """

    whole: str
    fraction: str = ""
    unit: str = ""

    @property
    def number(self) -> str:
        """Hedge and digits."""
        return self.whole + self.fraction


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One fact in the table.

    Attributes:
        fact: The fact.
        subject: What it is about.
        metric: What is measured, with the measure that a growth or share belongs to.
        period: Label of the period, or the word for it that could not be resolved.
        figure: The figure; for a stated nothing its mark as printed; None for a text.
        text: The value where it is a text or a date, "" otherwise.
        growth: The calculated changes, where they are switched on and there are any.
    """

    fact: Fact
    subject: str
    metric: str
    period: str
    figure: Figure | None
    text: str
    growth: dict[Against, Growth] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The value on one line, unit left out."""
        return self.text if self.figure is None else self.figure.number

    @property
    def unit(self) -> str:
        """The unit of the figure, "" for anything else."""
        return "" if self.figure is None else self.figure.unit


def make_row(fact: Fact, measures: Mapping[str, str]) -> FigureRow:
    """The row of a fact, growth left out.

    Args:
        fact: Any fact.
        measures: The word for each :func:`measure_key` of a change or share.
    """
    return FigureRow(
        fact=fact,
        subject=one_line(subject_of(fact)),
        metric=_metric(fact, measures),
        period=fact.period.label if fact.period is not None else one_line(fact.relative),
        figure=_figure(fact),
        text=_text(fact),
    )


def measure_key(measure: Measure, comparison: Comparison) -> str:
    """What names a sort of change or share (growth.year_ago); "" for the level itself."""
    if measure is Measure.LEVEL:
        return ""
    against = comparison in (Comparison.YEAR_AGO, Comparison.PREVIOUS)
    return f"{measure.value}.{comparison.value}" if against else measure.value


def _metric(fact: Fact, measures: Mapping[str, str]) -> str:
    """The metric, before it what it belongs to, after it what sort of change it is unless that is said already."""
    parts = [fact.of, fact.metric] if fact.of else [fact.metric]
    word = measures.get(measure_key(fact.measure, fact.comparison), "")
    if word and not any(word in part for part in parts):
        parts.append(word)
    return one_line(" · ".join(parts))


def _figure(fact: Fact) -> Figure | None:
    if fact.absence is not None:
        return Figure(one_line(fact.printed))
    return figure_of(fact) if isinstance(fact.value, Quantity) else None


def figure_of(fact: Fact) -> Figure:
    """The figure of a fact in its printed decimals, thousands grouped where they are printed so; its hedges stay.

    Raises:
        TypeError: The fact states no figure.
    """
    value = fact.value
    if not isinstance(value, Quantity):
        raise TypeError(f"{fact.id} states no figure")
    before, _, after = say_quantity(value).partition(say_number(value.value, value.decimals))
    whole, point, decimals = say_number(value.value, value.decimals, grouped="," in fact.printed).partition(".")
    expected = _EXPECTED if fact.forecast and _EXPECTED not in before else ""
    to = _TO if value.part is RangePart.LAST else ""
    unit = f"{after.strip()} {_TO}" if value.part is RangePart.FIRST else after.strip()
    return Figure(one_line(expected + to + before + whole), point + decimals, one_line(unit))


def _text(fact: Fact) -> str:
    if fact.absence is not None or isinstance(fact.value, Quantity):
        return ""
    return one_line(fact.value if isinstance(fact.value, str) else fact.value.label)


def chosen_columns(*, growth: bool) -> Sequence[Column]:
    """The columns of the table from left to right."""
    return [column for column in Column if growth or column not in GROWTH_COLUMNS]
