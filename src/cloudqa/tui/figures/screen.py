"""The area of figures: what the archive holds in numbers, to filter, sort, chart, check and export."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.worker import Worker, WorkerState

from cloudqa.answering.fact_export import fact_citations
from cloudqa.facts import Comparison, Measure
from cloudqa.tui.archive_status import ArchiveState
from cloudqa.tui.area_screen import AreaScreen
from cloudqa.tui.check.source_pane import SourcePane
from cloudqa.tui.choice_screen import ChoiceScreen
from cloudqa.tui.figures.chart_view import ChartView
from cloudqa.tui.figures.charting import make_chart
from cloudqa.tui.figures.export import Format, export_text
from cloudqa.tui.figures.filter_bar import FilterBar, FilterInput
from cloudqa.tui.figures.hint_line import HintLine
from cloudqa.tui.figures.listing import Book, Cancelled, Listing, Wish
from cloudqa.tui.figures.rows import Column, FigureRow, measure_key
from cloudqa.tui.figures.table import FigureTable
from cloudqa.tui.places import write_text

if TYPE_CHECKING:
    from cloudqa.answering import Assistant
    from cloudqa.answering.fact_catalogue import FactCatalogue

_PAUSE_S = 0.12
"""How long typing must pause before rows are looked for."""


class FiguresScreen(AreaScreen):
    """Filters, table and chart over the facts of the present generation."""

    AREA = "figures"
    DEFAULT_CSS = """
    FiguresScreen {
        #panes { height: 1fr; }
        #figures { width: 1fr; }
        SourcePane { display: none; width: 1fr; border-left: solid $rule; }
        &.-checking SourcePane { display: block; }
        &.-checking.-narrow #figures { display: none; }
        &.-checking.-narrow SourcePane { border-left: none; }
        FigureTable { margin: 0 1; }
        ChartView { height: 40%; min-height: 5; margin: 0 1; display: none; }
        &.-chart ChartView { display: block; }
        &.-chart.-narrow ChartView { height: 1fr; }
        &.-chart.-narrow FigureTable { display: none; }
    }
    """
    CSS_PATH: ClassVar = ["../check/source_pane.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "filter", "figures.key.filter"),
        Binding("ctrl+g,g", "growth", "figures.key.growth"),
        Binding("ctrl+t,t", "chart", "figures.key.chart"),
        Binding("ctrl+s,s", "sort", "figures.key.sort"),
        Binding("ctrl+r,r", "reverse", "figures.key.reverse"),
        Binding("ctrl+o,o", "export", "figures.key.export"),
        Binding("escape", "leave", "figures.key.clear", show=False),
    ]

    wish: reactive[Wish] = reactive(Wish, init=False)
    charted: reactive[bool] = reactive(False, init=False, toggle_class="-chart")

    def __init__(self) -> None:
        super().__init__()
        self._assistant: Assistant | None = None
        self._book: Book | None = None
        self._listing: Listing | None = None
        self._request = 0

    def compose_body(self) -> ComposeResult:
        """Filters, what they leave, table, chart; beside them the source."""
        with Horizontal(id="panes"):
            with Vertical(id="figures"):
                yield FilterBar(self.words, lambda: self.catalogue)
                yield HintLine()
                yield FigureTable(self._headings())
                yield ChartView()
            yield SourcePane()

    def on_mount(self) -> None:
        """Follows the archive."""
        self.service.status_changed.subscribe(self, lambda _: self._follow())
        self.charted = self.app.size.width >= 100 and self.app.size.height >= 30
        self._follow()

    def on_screen_resume(self) -> None:
        """Catches up with an archive that was exchanged while another area was shown."""
        self._follow()

    @property
    def catalogue(self) -> FactCatalogue | None:
        """All facts, once they are read."""
        return None if self._book is None else self._book.catalogue

    @property
    def listing(self) -> Listing | None:
        """What the table shows."""
        return self._listing

    @property
    def table(self) -> FigureTable:
        """The table."""
        return self.query_one(FigureTable)

    @property
    def source(self) -> SourcePane:
        """The source beside the figures."""
        return self.query_one(SourcePane)

    def _follow(self) -> None:
        """Reads the facts of another generation, if there is one and this area is being looked at."""
        if self.service.assistant is None:
            self._say_state()
        elif self.service.assistant is not self._assistant and self.is_current:
            self._assistant = self.service.assistant
            self._say_state()
            self._load(self._assistant)

    def _say_state(self) -> None:
        """What stands in place of the rows."""
        opening = self.service.assistant is not None or self.service.status.state is ArchiveState.OPENING
        if self._listing is None:
            self.query_one(HintLine).say(self.words("figures.loading" if opening else "figures.unready"))

    @work(exclusive=True, group="figures-load", exit_on_error=False)
    async def _load(self, assistant: Assistant) -> None:
        catalogue = await asyncio.to_thread(assistant.fact_catalogue)
        if assistant is self._assistant:
            self._book = Book(catalogue, self._measures())
            self._list(pause_s=0)

    def watch_wish(self) -> None:
        """Looks for the rows."""
        self._list()

    @work(exclusive=True, group="figures-list", exit_on_error=False)
    async def _list(self, pause_s: float = _PAUSE_S) -> None:
        self._request += 1
        request, book, wish = self._request, self._book, self.wish
        await asyncio.sleep(pause_s)
        if book is None:
            return
        try:
            listing = await asyncio.to_thread(book.listing, wish, lambda: request != self._request)
        except Cancelled:
            return
        self._listing = listing
        self.table.show(listing)
        await self._hint(listing, book.catalogue)

    async def _hint(self, listing: Listing, catalogue: FactCatalogue) -> None:
        """Says how many rows there are, and names that complete what is being typed."""
        field = self.query_one(FilterBar).focused_field
        typed = getattr(listing.wish.filter, field) if field else ""
        names = await asyncio.to_thread(catalogue.suggest, field, typed) if typed else []
        self.query_one(HintLine).count(self.words, len(listing.rows), len(catalogue.facts), field, names)

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        self.wish = replace(self.wish, filter=event.filter)

    @on(FilterInput.Left)
    def _to_table(self) -> None:
        (self.query_one(ChartView) if not self.table.display else self.table).focus()

    @on(HintLine.Chosen)
    def _complete(self, event: HintLine.Chosen) -> None:
        field = self.query_one(FilterBar).input_of(event.field)
        field.value = event.name
        field.cursor_position = len(event.name)
        field.focus()

    @on(FigureTable.HeadingClicked)
    def _heading_clicked(self, event: FigureTable.HeadingClicked) -> None:
        again = self.wish.sort is event.column
        self.wish = replace(self.wish, sort=event.column, descending=again and not self.wish.descending)

    @on(FigureTable.Moved)
    def _moved(self) -> None:
        self._draw()

    @on(FigureTable.Opened)
    def _open(self, event: FigureTable.Opened) -> None:
        self.open_source(event.row)

    def open_source(self, row: FigureRow) -> None:
        """Shows the report at the place that proves a figure."""
        if self._book is None:
            return
        citations = tuple(fact_citations(row.fact, self._book.catalogue.sources))
        if not citations:
            self.cloudqa.warn(self.words("figures.source.none"))
            return
        self.add_class("-checking")
        self.source.open(citations, 0)

    @on(SourcePane.Closed)
    def _source_closed(self) -> None:
        self.remove_class("-checking")
        self.table.focus()

    def watch_charted(self) -> None:
        """Draws the chart when it comes into sight."""
        if self.charted and not self.has_class("-wide") and self.is_mounted:
            self.query_one(ChartView).focus()
        elif not self.charted and self.is_mounted and self.focused is None:
            self.table.focus()
        self._draw()

    @work(exclusive=True, group="figures-chart", exit_on_error=False)
    async def _draw(self) -> None:
        row, listing, book = self.table.row, self._listing, self._book
        if not self.charted or listing is None or book is None:
            return
        chart = None
        if row is not None:
            chart = await asyncio.to_thread(lambda: make_chart(row, listing.rows, book.series))
        view = self.query_one(ChartView)
        if chart is None:
            view.show(None, self.words("figures.chart.none"), "")
            return
        title = self.words("figures.chart.title", title=chart.title, unit=chart.unit) if chart.unit else chart.title
        more = self.words("figures.chart.left_out", count=f"{chart.left_out:,}") if chart.left_out else ""
        view.show(chart, title, more)

    def action_filter(self) -> None:
        """Goes to the first filter, from there to the next."""
        bar = self.query_one(FilterBar)
        bar.input_of(bar.focused_field or "metric").focus()

    def action_growth(self) -> None:
        """Switches the calculated columns on or off."""
        sort = self.wish.sort if self.wish.sort not in (Column.YEAR_AGO, Column.PREVIOUS) else None
        self.wish = replace(self.wish, growth=not self.wish.growth, sort=sort)

    def action_chart(self) -> None:
        """Shows or hides the chart."""
        self.charted = not self.charted

    def action_sort(self) -> None:
        """Sorts by the next column, after the last in the order of the reports again."""
        columns: list[Column | None] = [None, *(self._listing.columns if self._listing is not None else ())]
        at = columns.index(self.wish.sort) if self.wish.sort in columns else 0
        self.wish = replace(self.wish, sort=columns[(at + 1) % len(columns)], descending=False)

    def action_reverse(self) -> None:
        """Turns the order round; of the order of the reports, the latest period first."""
        self.wish = replace(self.wish, sort=self.wish.sort or Column.PERIOD, descending=not self.wish.descending)

    def action_leave(self) -> None:
        """Closes the chart where it covers the table, else goes from the filters to the table, else clears these."""
        bar = self.query_one(FilterBar)
        if self.charted and not self.table.display:
            self.charted = False
        elif bar.focused_field:
            self._to_table()
        else:
            bar.clear()

    def action_export(self) -> None:
        """Asks for the sort of file and writes it."""
        if self._listing is not None and self._book is not None:
            count = self.words.counted("figures.export.title", len(self._listing.rows))
            formats = [(f.value, self.words(f"figures.export.{f.value}")) for f in Format]
            self.app.push_screen(ChoiceScreen(count, formats), self._export_as)

    def _export_as(self, name: str | None) -> None:
        if name is not None:
            self._export(Format(name))

    @work(exclusive=True, group="figures-export", exit_on_error=False)
    async def _export(self, format_: Format) -> None:
        if self._listing is None or self._book is None:
            return
        listing, sources, headings = self._listing, self._book.catalogue.sources, self._headings()
        stamp = self.cloudqa.clock().strftime("%Y%m%d-%H%M%S")
        path = self.cloudqa.places.exports / f"figures-{stamp}.{format_.value}"
        try:
            text = await asyncio.to_thread(export_text, listing, format_, headings, sources)
            await asyncio.to_thread(write_text, path, text)
        except OSError as error:
            self.cloudqa.warn(self.words("figures.export.failed", reason=error.strerror or str(error)))
            return
        self.cloudqa.say(self.words("figures.export.done", path=path))

    def _headings(self) -> dict[Column, str]:
        return {column: self.words(f"figures.column.{column.value}") for column in Column}

    def _measures(self) -> dict[str, str]:
        """The words for changes and shares."""
        keys = {measure_key(measure, comparison) for measure in Measure for comparison in Comparison} - {""}
        return {key: self.words(f"figures.measure.{key}") for key in keys if f"figures.measure.{key}" in self.words}

    def relabel(self) -> None:
        """Shows everything in the present language and keeps what the user has typed."""
        for bar in self.query("TopBar, KeyBar"):
            bar.refresh()
        self.query_one(FilterBar).relabel(self.words)
        self.source.relabel()
        self.table.set_headings(self._headings())
        if self._book is not None:
            self._book = Book(self._book.catalogue, self._measures())
            self._list(pause_s=0)
        else:
            self._say_state()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Says what went wrong in a worker."""
        if event.state is WorkerState.ERROR:
            self.cloudqa.warn(self.words("figures.failed", reason=str(event.worker.error)))
