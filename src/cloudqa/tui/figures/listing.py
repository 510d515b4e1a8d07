"""What the table shows: the facts that pass the filter, as rows, sorted, with the widths of their columns."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import Any

from rich.cells import cell_len

from cloudqa.answering.fact_catalogue import FactCatalogue
from cloudqa.answering.fact_selection import FactFilter
from cloudqa.answering.fact_series import Against, FactSeries
from cloudqa.facts import Fact, spelling
from cloudqa.quantities import Quantity, Unit
from cloudqa.tui.figures.rows import GROWTH_COLUMNS, Column, FigureRow, chosen_columns, make_row

_UNASKED = 512
_KEPT = 6
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants to see.

    Attributes:
        filter: Which facts.
        growth: Whether growth is calculated.
        sort: By which column, None for the order of the reports.
        descending: Largest or latest first.
    """

    filter: FactFilter = field(default_factory=FactFilter)
    growth: bool = False
    sort: Column | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """Cells that the widest texts of a column take.

    Attributes:
        whole: Before the decimal point of a figure, or in all.
        fraction: From the point on.
        text: What stands in the place of a figure and has no point.
    """

    whole: int
    fraction: int = 0
    text: int = 0

    @property
    def cells(self) -> int:
        """A figure with its points under those of the others."""
        return self.whole + self.fraction


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows to show.

    Attributes:
        wish: What was asked for.
        rows: In order.
        extents: How wide the texts of each column are.
        positions: Number of the row of each fact, by its id.
    """

    wish: Wish
    rows: Sequence[FigureRow]
    extents: dict[Column, Extent]
    positions: dict[str, int]

    @property
    def columns(self) -> Sequence[Column]:
        """Left to right."""
        return chosen_columns(growth=self.wish.growth)


class Cancelled(Exception):
    """The listing is no longer wanted."""


class Book:
    """The facts of an archive as rows, each made when it is first shown and then kept.

    Usable from several threads: one listing waits for the other.

    Args:
        catalogue: All facts.
        measures: The words for changes and shares, see :func:`~cloudqa.tui.figures.rows.measure_key`.
    """

    def __init__(self, catalogue: FactCatalogue, measures: Mapping[str, str]) -> None:
        self.catalogue = catalogue
        self._measures = measures
        self._lock = Lock()
        self._listings: dict[Wish, Listing] = {}
        self._settled = 0
        self._rows: dict[str, FigureRow] = {}
        self._grown: dict[str, FigureRow] = {}

    @cached_property
    def series(self) -> FactSeries:
        """The facts by series."""
        return FactSeries(self.catalogue.facts)

    def listing(self, wish: Wish, cancelled: Callable[[], bool]) -> Listing:
        """The rows for a wish.

        Args:
            wish: What to show.
            cancelled: Asked now and then whether to stop.

        Raises:
            Cancelled: It said so.
        """
        with self._lock:
            if wish not in self._listings:
                self._keep(self._make(wish, cancelled))
            return self._listings[wish]

    def _keep(self, listing: Listing) -> None:
        """Keeps the latest listings: what was typed is often taken back."""
        self._listings[listing.wish] = listing
        while len(self._listings) > _KEPT:
            del self._listings[next(iter(self._listings))]

    def _make(self, wish: Wish, cancelled: Callable[[], bool]) -> Listing:
        rows = self._listed(wish, cancelled)
        if wish.sort is not None:
            rows = sort_rows(rows, wish.sort, descending=wish.descending)
        self._settle()
        return Listing(wish, rows, measure_columns(rows), {row.fact.id: n for n, row in enumerate(rows)})

    def _settle(self) -> None:
        """Takes the facts and rows out of the search for garbage.

        They stay as long as the archive does; looking through all of them would stop the typing for a tenth of a
        second every now and then.
        """
        made = len(self._rows) + len(self._grown)
        if made - self._settled >= _MANY:
            self._settled = made
            gc.freeze()

    def _listed(self, wish: Wish, cancelled: Callable[[], bool]) -> list[FigureRow]:
        make = self._grown_row if wish.growth else self._row
        rows: list[FigureRow] = []
        for number, fact in enumerate(self.catalogue.choose(wish.filter)):
            if number % _UNASKED == 0 and cancelled():
                raise Cancelled
            rows.append(make(fact))
        return rows

    def _row(self, fact: Fact) -> FigureRow:
        found = self._rows.get(fact.id)
        if found is None:
            found = self._rows[fact.id] = make_row(fact, self._measures)
        return found

    def _grown_row(self, fact: Fact) -> FigureRow:
        found = self._grown.get(fact.id)
        if found is None:
            changes = {against: self.series.growth(fact, against) for against in Against}
            growth = {against: change for against, change in changes.items() if change is not None}
            found = self._grown[fact.id] = replace(self._row(fact), growth=growth) if growth else self._row(fact)
        return found


def sort_rows(rows: Sequence[FigureRow], column: Column, *, descending: bool) -> list[FigureRow]:
    """The rows by a column; those that have nothing there come last, whichever the order; ties keep their order.

    Figures are compared in base units; those of different dimensions, which cannot be, are kept apart.
    """
    known: list[tuple[tuple[Any, ...], FigureRow]] = []
    unknown: list[FigureRow] = []
    for row in rows:
        key = _sort_key(row, column)
        if key is None:
            unknown.append(row)
        else:
            known.append((key, row))
    known.sort(key=itemgetter(0), reverse=descending)
    return [*(row for _, row in known), *unknown]


def _sort_key(row: FigureRow, column: Column) -> tuple[Any, ...] | None:
    match column:
        case Column.SUBJECT | Column.METRIC | Column.UNIT:
            text = {Column.SUBJECT: row.subject, Column.METRIC: row.metric, Column.UNIT: row.unit}[column]
            return (spelling(text),) if text else None
        case Column.PERIOD:
            return None if row.fact.period is None else (row.fact.period,)
        case Column.VALUE:
            return _value_key(row.fact)
        case Column.REPORT:
            return (row.fact.report,)
        case _:
            growth = row.growth.get(GROWTH_COLUMNS[column])
            return None if growth is None else (growth.unit, growth.value)


def _value_key(fact: Fact) -> tuple[str, Decimal] | None:
    if not isinstance(fact.value, Quantity):
        return None
    return _family(fact.value.unit), fact.value.base()


def _family(unit: Unit) -> str:
    """What figures must share to be compared."""
    below = f"/{_family(unit.denominator)}" if unit.denominator is not None else ""
    return f"{unit.dimension.value} {unit.currency} {unit.noun}{below}"


def measure_columns(rows: Sequence[FigureRow]) -> dict[Column, Extent]:
    """How wide the texts of each column are; figures before the point and from it on apart."""
    figures = [row.figure for row in rows if row.figure is not None]
    extents = {
        Column.SUBJECT: Extent(_widest(row.subject for row in rows)),
        Column.METRIC: Extent(_widest(row.metric for row in rows)),
        Column.PERIOD: Extent(_widest(row.period for row in rows)),
        Column.VALUE: Extent(
            _widest(f.whole for f in figures), _widest(f.fraction for f in figures), _widest(row.text for row in rows)
        ),
        Column.UNIT: Extent(_widest(f.unit for f in figures)),
        Column.REPORT: Extent(_widest(row.fact.report for row in rows)),
    }
    for column, against in GROWTH_COLUMNS.items():
        texts = [row.growth[against].text.partition(".") for row in rows if against in row.growth]
        extents[column] = Extent(_widest(t[0] for t in texts), _widest(t[1] + t[2] for t in texts))
    return extents


def _widest(texts: Iterable[str]) -> int:
    return max(map(cell_len, set(texts)), default=0)
