"""A scrolling view of pages: only the lines on the screen are drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from cloudqa.tui.page.lines import NOWHERE, Layout, Line, Run

_KEPT_STRIPS = 512
_STYLES = (
    "text muted faint strong answer figure question heading label link active quote header match matchhere "
    "rule caution problem good edge chosen cell"
).split()


class Part(Protocol):
    """One part of a page."""

    def layout(self, width: int) -> Layout:
        """Its lines for a page of so many cells; kept by the part for as long as the width is the same."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source that is shown in another style: half-open offsets into it."""

    start: int
    end: int
    style: str


class PageView(ScrollView, can_focus=True):
    """Parts below each other, drawn by line; their items can be clicked.

    Lines, not widgets: a report of a million characters or a conversation of hundreds of answers scrolls like a short
    one.
    """

    DEFAULT_CSS = """
    PageView {
        background: $background;
        color: $foreground;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        overflow-y: auto;
        .page--text { color: $foreground; }
        .page--muted { color: $muted; }
        .page--faint { color: $faint; }
        .page--strong { color: $foreground; text-style: bold; }
        .page--answer { color: $foreground; text-style: bold; }
        .page--figure { color: $accent; text-style: bold; }
        .page--question { color: $primary; text-style: bold; }
        .page--heading { color: $primary; text-style: bold; }
        .page--label { color: $secondary; }
        .page--link { color: $primary; }
        .page--active { color: $block-cursor-foreground; background: $block-cursor-background; }
        .page--quote { color: $quote-foreground; background: $quote-background; text-style: bold; }
        .page--cell { color: $quote-foreground; background: $quote-background; text-style: bold underline; }
        .page--header { color: $foreground; background: $header-background; }
        .page--match { color: $foreground; background: $match-background; }
        .page--matchhere { color: $block-cursor-foreground; background: $success; }
        .page--rule { color: $rule; }
        .page--caution { color: $warning; }
        .page--problem { color: $error; }
        .page--good { color: $success; }
        .page--edge { color: $rule; }
        .page--chosen { color: $accent; }
    }
    """
    COMPONENT_CLASSES = {f"page--{style}" for style in _STYLES}  # noqa: RUF012  # Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("pageup,b", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]

    class ItemChosen(Message):
        """An item was clicked.

        Attributes:
            part: Number of its part.
            item: Its number within the part.
        """

        def __init__(self, view: PageView, part: int, item: int) -> None:
            super().__init__()
            self.view = view
            self.part = part
            self.item = item

        @property
        def control(self) -> PageView:
            """The view."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # Textual's own name
        super().__init__(id=id, classes=classes)
        self._parts: list[Part] = []
        self._layouts: list[Layout] = []
        self._tops: list[int] = [0]
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        self._marks: tuple[Mark, ...] = ()
        self._active: tuple[int, int] | None = None
        self._place: tuple[int, int, int] | None = None  # what :meth:`show_offset` keeps in sight

    @property
    def parts(self) -> Sequence[Part]:
        """What is shown."""
        return self._parts

    @property
    def part_width(self) -> int:
        """For how many cells parts are laid out; 0 before the view has a size."""
        return self._width

    def set_parts(self, parts: Iterable[Part]) -> None:
        """Shows other parts."""
        self._parts = list(parts)
        self._lay_out(0)

    def add_part(self, part: Part) -> None:
        """Adds a part below the others."""
        self._parts.append(part)
        self._lay_out(len(self._parts) - 1)

    def part_changed(self, number: int) -> None:
        """Shows a part anew, and moves those below it."""
        self._lay_out(number)

    def _lay_out(self, first: int) -> None:
        """Lays out the parts from one on."""
        width = self._width
        if width <= 0:
            return
        del self._layouts[first:], self._tops[first + 1 :]
        for part in self._parts[first:]:
            layout = part.layout(width)
            self._layouts.append(layout)
            self._tops.append(self._tops[-1] + len(layout.lines))
        self._strips.clear()
        self.virtual_size = Size(width, self._tops[-1])
        self._scroll_update(self.virtual_size)  # now, so that a scroll before the next frame moves the scrollbar, too
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Lays everything out for the new width; what was to be shown stays in sight."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._lay_out(0)
        if self._place is not None:
            self.call_after_refresh(self._go_to_place)

    def show_offset(self, offset: int, above: int = 0, since: int | None = None) -> None:
        """Scrolls to a place of the source and keeps it in sight when the size changes, until the user scrolls.

        Args:
            offset: The place.
            above: Lines above it that are shown, too.
            since: An earlier place to begin with, where both fit into the window.
        """
        self._place = (offset, above, offset if since is None else since)
        if self._width > 0:
            self._go_to_place()

    def _go_to_place(self) -> None:
        if self._place is None:
            return
        offset, above, since = self._place
        line, first = self.line_of_offset(offset), self.line_of_offset(since)
        if line is not None and first is not None:
            fits = 0 <= line - first < self.window().height - 2 * above
            self.scroll_to(y=max(0, (first if fits else line) - above), animate=False, force=True)

    def on_mouse_scroll_down(self) -> None:
        """The user scrolls."""
        self._place = None

    def on_mouse_scroll_up(self) -> None:
        """The user scrolls."""
        self._place = None

    def on_key(self) -> None:
        """The user may scroll."""
        self._place = None

    def notify_style_update(self) -> None:
        """Forgets what was drawn in the colours of before."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Shows stretches of the source in other styles; where they overlap, the first counts."""
        self._marks = tuple(marks)
        self.redraw()

    @property
    def active(self) -> tuple[int, int] | None:
        """The item (part, number) that a key would choose."""
        return self._active

    def redraw(self) -> None:
        """Draws every line anew."""
        self._strips.clear()
        self.refresh()

    def style_for(self, part: int, piece: Run) -> str:
        """The style in which a run of a part is shown; its own, unless a view decides otherwise."""
        return piece.style

    def set_active(self, active: tuple[int, int] | None) -> None:
        """Shows an item (part, number) as the one that a key would choose."""
        if active != self._active:
            self._active = active
            self.redraw()

    def part_top(self, number: int) -> int:
        """The first line of a part."""
        return self._tops[min(number, len(self._tops) - 1)]

    def layout_of(self, number: int) -> Layout | None:
        """The lines of a part, None before the view has a size."""
        return self._layouts[number] if number < len(self._layouts) else None

    def line_at(self, y: int) -> tuple[int, Line]:
        """The part that a line belongs to, and the line; an empty one below the end."""
        number = bisect_right(self._tops, y) - 1
        if not 0 <= number < len(self._layouts):
            return NOWHERE, ()
        return number, self._layouts[number].lines[y - self._tops[number]]

    def line_of_offset(self, offset: int) -> int | None:
        """The line on which a place of the source is shown, the last one that begins before it."""
        found: int | None = None
        for top, layout in zip(self._tops, self._layouts, strict=False):
            for y, line in enumerate(layout.lines):
                for part in line:
                    if 0 <= part.offset <= offset:
                        if offset < part.offset + len(part.text):
                            return top + y
                        found = top + y
        return found

    def show_line(self, y: int, above: int = 0) -> None:
        """Scrolls until a line is in sight, so many lines below the upper edge where it was not."""
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if not top <= y < top + height:
            self.scroll_to(y=max(0, y - above), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """The line ``y`` of the window."""
        at = y + self.scroll_offset.y
        strip = self._strips.get(at)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[at] = self._draw(at)
        if self.text_selection is not None:
            return self._selected(strip, at)
        return strip.apply_offsets(0, at)

    def _draw(self, y: int) -> Strip:
        part, line = self.line_at(y)
        base = self.rich_style
        segments = [
            Segment(piece.text, base + self._style_of(part, piece)) for each in line for piece in self._marked(each)
        ]
        return Strip(segments).adjust_cell_length(self._width, base)

    def _style_of(self, part: int, piece: Run) -> Style:
        style = self.style_for(part, piece)
        if piece.item == NOWHERE:
            return self._named(style)
        active = self._active == (part, piece.item)
        return self._named("active" if active else style) + Style(meta={"part": part, "item": piece.item})

    def _named(self, style: str) -> Style:
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = self.get_component_rich_style(f"page--{style}", partial=True)
        return found

    def _marked(self, whole: Run) -> list[Run]:
        """A run cut where marks begin and end."""
        if whole.offset < 0 or not self._marks:
            return [whole]
        low, high = whole.offset, whole.offset + len(whole.text)
        near = [m for m in self._marks if m.start < high and m.end > low]
        if not near:
            return [whole]
        edges = sorted({low, high, *(e for m in near for e in (m.start, m.end) if low < e < high)})
        pieces: list[Run] = []
        for start, end in pairwise(edges):
            mark = next((m for m in near if m.start <= start < m.end), None)
            piece = whole.part(start - low, end - low)
            style = mark.style if mark else piece.style
            pieces.append(Run(piece.text, style, piece.offset, piece.item))
        return pieces

    def _selected(self, strip: Strip, y: int) -> Strip:
        """A line with what the mouse has selected of it shown as selected."""
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is not None:
            start, end = span
            text = strip.text
            cells = [_cells_before(text, start), strip.cell_length if end == -1 else _cells_before(text, end)]
            style = self.screen.get_component_rich_style("screen--selection")
            pieces = [strip.crop(0, cells[0]), strip.crop(*cells).apply_style(style), strip.crop(cells[1])]
            strip = Strip.join(pieces)
        return strip.apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        lines = ["".join(r.text for r in line) for layout in self._layouts for line in layout.lines]
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draws the selection."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Chooses the item under the pointer."""
        meta = event.style.meta
        if "item" in meta:
            event.stop()
            self.post_message(self.ItemChosen(self, meta["part"], meta["item"]))

    def window(self) -> Region:
        """The lines and cells in sight."""
        offset = self.scroll_offset
        size = self.scrollable_content_region.size
        return Region(offset.x, offset.y, size.width, size.height)


def _cells_before(text: str, characters: int) -> int:
    from cloudqa.tui.page.cells import width_of

    return width_of(text[:characters])
