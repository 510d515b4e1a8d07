"""The chart of the figure under the cursor, drawn to the width that there is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cloudqa.tui.figures.bars import Part, Piece, draw_bars
from cloudqa.tui.figures.charting import Chart


class ChartView(ScrollView, can_focus=True):
    """Bars below each other; scrolls where there are more than lines."""

    DEFAULT_CSS = """
    ChartView {
        background: $surface;
        border: round $rule;
        border-title-color: $accent;
        border-subtitle-color: $muted;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        .chart-view--label { color: $foreground; }
        .chart-view--figure { color: $muted; }
        .chart-view--axis { color: $faint; }
        .chart-view--rise { color: $primary; }
        .chart-view--fall { color: $error; }
        .chart-view--marked { color: $accent; text-style: bold; }
        &:focus { border: round $primary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"chart-view--{name}" for name in ("label", "figure", "axis", "rise", "fall", "marked")
    }

    def __init__(self) -> None:
        super().__init__()
        self._chart: Chart | None = None
        self._lines: list[tuple[Piece, ...]] = []

    @property
    def chart(self) -> Chart | None:
        """What is drawn."""
        return self._chart

    def show(self, chart: Chart | None, title: str, subtitle: str) -> None:
        """Draws another chart; nothing for None.

        Args:
            chart: What to draw.
            title: Written into the border; never taken as markup.
            subtitle: Written into the border below.
        """
        self._chart = chart
        self.border_title = Content(title)
        self.border_subtitle = Content(subtitle)
        self._draw()
        if chart is not None:
            self.scroll_to(y=max(0, chart.marked - self.scrollable_content_region.height + 1), animate=False)

    def _draw(self) -> None:
        width = max(self.scrollable_content_region.width, 1)
        self._lines = draw_bars(self._chart.bars, width) if self._chart is not None else []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Draws to the new width."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """One bar."""
        width = self.scrollable_content_region.width
        number = y + round(self.scroll_y)
        if self._chart is None or number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        marked = number == self._chart.marked
        segments = [Segment(piece.text, self._style(piece.part, marked=marked)) for piece in self._lines[number]]
        return Strip(segments).crop_extend(0, width, self.rich_style)

    def _style(self, part: Part, *, marked: bool) -> Style:
        if part is Part.BLANK:
            return self.rich_style
        name = "marked" if marked and part in (Part.LABEL, Part.FIGURE) else part.value
        return self.get_component_rich_style(f"chart-view--{name}")
