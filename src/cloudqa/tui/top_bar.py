"""The bar above: the areas, and how the archive stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from cloudqa.tui.archive_status import ArchiveState, RebuildState
from cloudqa.tui.areas import AREAS

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp


class TopBar(Widget):
    """One line: the areas to click, and at its end how the archive stands."""

    auto_links = False
    DEFAULT_CSS = """
    TopBar {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $muted;
        .top-bar--name { color: $accent; text-style: bold; }
        .top-bar--area { color: $muted; }
        .top-bar--here { color: $foreground; background: $background; text-style: bold; }
        .top-bar--good { color: $success; }
        .top-bar--busy { color: $warning; }
        .top-bar--bad { color: $error; }
    }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012  # Textual's own declaration
        "top-bar--name",
        "top-bar--area",
        "top-bar--here",
        "top-bar--good",
        "top-bar--busy",
        "top-bar--bad",
    }

    def __init__(self, area: str) -> None:
        super().__init__()
        self._area = area

    def on_mount(self) -> None:
        """Follows the archive."""
        service = cast("CloudQAApp", self.app).service
        service.status_changed.subscribe(self, lambda _: self.refresh())
        service.rebuild_changed.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        """The areas at the left, the archive at the right where there is room."""
        left = Content(" ").join([self._styled("cloudqa", "name"), *map(self._tab, range(len(AREAS)))])
        text, kind = self._archive()
        right = self._styled(text, kind)
        gap = self.size.width - left.cell_length - right.cell_length
        return left + " " * gap + right if gap > 0 else left

    def _tab(self, number: int) -> Content:
        area = AREAS[number]
        words = cast("CloudQAApp", self.app).words
        kind = "here" if area.name == self._area else "area"
        style = self._style(kind) + Style.from_meta({"@click": f"app.area('{area.name}')"})
        return Content.styled(f" {words(f'area.{area.name}')} ", style)

    def _archive(self) -> tuple[str, str]:
        """What is said of the archive, and whether it is good news."""
        app = cast("CloudQAApp", self.app)
        service, words = app.service, app.words
        if service.rebuild_status.state is RebuildState.RUNNING:
            return words("archive.rebuilding"), "busy"
        state = service.status.state
        if state is ArchiveState.READY:
            kind = "busy" if service.status.outdated else "good"
            return words.counted("archive.ready", service.status.reports), kind
        return words(f"archive.{state}"), "bad" if state is ArchiveState.BROKEN else "busy"

    def _styled(self, text: str, kind: str) -> Content:
        return Content.styled(text, self._style(kind))

    def _style(self, kind: str) -> Style:
        return self.get_visual_style(f"top-bar--{kind}", partial=True)
