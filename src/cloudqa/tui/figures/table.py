"""The table of figures: any number of rows, of which only those in sight are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cloudqa.tui.figures.layout import TableLayout, heading_cells, lay_out, row_cells
from cloudqa.tui.figures.rows import Column, FigureRow

if TYPE_CHECKING:
    from cloudqa.tui.figures.listing import Listing

_UP, _DOWN = " ▲", " ▼"


class FigureTable(ScrollView, can_focus=True):
    """Rows of figures below a heading that stays, with a cursor."""

    DEFAULT_CSS = """
    FigureTable {
        height: 1fr;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        background: $background;
        color: $foreground;
        .figure-table--heading { background: $panel; color: $muted; text-style: bold; }
        .figure-table--subject { color: $foreground; }
        .figure-table--name { color: $muted; }
        .figure-table--value { color: $foreground; text-style: bold; }
        .figure-table--nothing { color: $faint; }
        .figure-table--growth { color: $primary; }
        .figure-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        .figure-table--resting { background: $header-background; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"figure-table--{name}"
        for name in ("heading", "subject", "name", "value", "nothing", "growth", "cursor", "resting")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "figures.key.open"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("left", "scroll_left", show=False),
        Binding("right", "scroll_right", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or on none."""

        row: FigureRow | None

    @dataclass
    class Opened(Message):
        """The source of a row is asked for."""

        row: FigureRow

    @dataclass
    class HeadingClicked(Message):
        """The heading of a column was clicked."""

        column: Column

    def __init__(self, headings: Mapping[Column, str]) -> None:
        """An empty table with the heading of each column."""
        super().__init__()
        self._headings = dict(headings)
        self._listing: Listing | None = None
        self._layout = TableLayout(())

    @property
    def row(self) -> FigureRow | None:
        """The row under the cursor."""
        rows = self._listing.rows if self._listing is not None else ()
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    @property
    def layout_of_columns(self) -> TableLayout:
        """Where the columns stand."""
        return self._layout

    def show(self, listing: Listing) -> None:
        """Shows other rows; the cursor stays on its fact where that is still among them."""
        before = self.row
        self._listing = listing
        at = 0 if before is None else listing.positions.get(before.fact.id, 0)
        self._arrange()
        self.set_reactive(FigureTable.cursor, at)
        self._reveal()
        self.post_message(self.Moved(self.row))

    def set_headings(self, headings: Mapping[Column, str]) -> None:
        """Other words for the headings."""
        self._headings = dict(headings)
        self._arrange()

    def _arrange(self) -> None:
        if self._listing is None:
            return
        self._layout = lay_out(
            self._listing, self._marked_headings(self._listing), self.scrollable_content_region.width
        )
        self.virtual_size = Size(self._layout.width, len(self._listing.rows) + 1)
        self.refresh()

    def _marked_headings(self, listing: Listing) -> dict[Column, str]:
        """The headings, that of the column sorted by with an arrow."""
        mark = _DOWN if listing.wish.descending else _UP
        return {c: text + (mark if c is listing.wish.sort else "") for c, text in self._headings.items()}

    def on_resize(self) -> None:
        """Lays the columns out anew."""
        self._arrange()
        self._reveal()

    def watch_cursor(self) -> None:
        """Keeps the cursor in sight."""
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.row))

    def validate_cursor(self, cursor: int) -> int:
        """A row that there is."""
        count = len(self._listing.rows) if self._listing is not None else 0
        return max(0, min(cursor, count - 1))

    def _reveal(self) -> None:
        """Scrolls so far that the cursor's row stands below the heading and above the end."""
        height = self._page()
        top = round(self.scroll_target_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def _page(self) -> int:
        return max(self.scrollable_content_region.height - 1, 1)

    def action_move(self, rows: int) -> None:
        """Moves the cursor."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Moves the cursor by pages."""
        self.cursor += pages * self._page()

    def action_to(self, row: int) -> None:
        """Moves the cursor to a row, -1 for the last."""
        self.cursor = row if row >= 0 else self.virtual_size.height

    def action_open(self) -> None:
        """Asks for the source of the row."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, a row takes the cursor, the row with the cursor opens its source."""
        if event.y == 0:
            column = self._layout.column_at(event.x + round(self.scroll_x))
            if column is not None:
                self.post_message(self.HeadingClicked(column))
            return
        row = event.y - 1 + round(self.scroll_y)
        if self._listing is None or row >= len(self._listing.rows):
            return
        if row == self.cursor:
            self.action_open()
        else:
            self.cursor = row

    def render_line(self, y: int) -> Strip:
        """The heading, or a row."""
        if self._listing is None:
            return self._in_sight([], self.rich_style)
        if y == 0:
            return self._heading_strip(self._listing)
        row = y - 1 + round(self.scroll_y)
        if row >= len(self._listing.rows):
            return self._in_sight([], self.rich_style)
        return self._row_strip(self._listing.rows[row], at_cursor=row == self.cursor)

    def _heading_strip(self, listing: Listing) -> Strip:
        style = self.get_component_rich_style("figure-table--heading")
        cells = heading_cells(self._layout, self._marked_headings(listing))
        return self._in_sight([Segment(text, style) for _, text in cells], style)

    def _row_strip(self, row: FigureRow, *, at_cursor: bool) -> Strip:
        over = self._cursor_style() if at_cursor else Style()
        cells = row_cells(row, self._layout)
        segments = [Segment(text, self._cell_style(row, column) + over) for column, text in cells]
        return self._in_sight(segments, self.rich_style + over)

    def _in_sight(self, segments: list[Segment], style: Style) -> Strip:
        """The part of a line that is not scrolled away, filled up to the width."""
        width, scrolled = self.scrollable_content_region.width, round(self.scroll_x)
        return Strip(segments).crop_extend(scrolled, scrolled + width, style)

    def _cursor_style(self) -> Style:
        """The style of the row with the cursor: bright while keys go here, else only a shade."""
        if self.has_focus:
            return self.get_component_rich_style("figure-table--cursor")
        return Style(bgcolor=self.get_component_rich_style("figure-table--resting").bgcolor)

    def _cell_style(self, row: FigureRow, column: Column) -> Style:
        match column:
            case Column.SUBJECT:
                name = "subject"
            case Column.VALUE:
                name = "nothing" if row.fact.absence is not None else "value"
            case Column.YEAR_AGO | Column.PREVIOUS:
                name = "growth"
            case _:
                name = "name"
        return self.get_component_rich_style(f"figure-table--{name}")
