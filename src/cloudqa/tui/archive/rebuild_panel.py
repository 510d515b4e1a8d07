"""How far a rebuild is, stage by stage, or how the last one ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from cloudqa.rebuild import Stage
from cloudqa.terminal_text import one_line
from cloudqa.tui.archive_status import RebuildState, RebuildStatus

if TYPE_CHECKING:
    from cloudqa.rebuild import Event, Summary
    from cloudqa.tui.app import CloudQAApp
    from cloudqa.tui.wording import Words

_BAR_CELLS = 20
_DONE, _OPEN = "█", "░"
_MOST_FAILURES = 5

_Line = tuple[str, str]


class RebuildPanel(Widget):
    """One line for each stage that has begun, then what came of it; nothing before the first rebuild."""

    DEFAULT_CSS = """
    RebuildPanel {
        height: auto;
        max-height: 12;
        margin: 0 1;
        padding: 0 1;
        background: $surface;
        border: round $rule;
        display: none;
        &.-shown { display: block; }
        .rebuild-panel--head { color: $foreground; text-style: bold; }
        .rebuild-panel--stage { color: $muted; }
        .rebuild-panel--good { color: $success; }
        .rebuild-panel--bad { color: $error; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rebuild-panel--{name}" for name in ("head", "stage", "good", "bad")}

    def on_mount(self) -> None:
        """Follows the rebuild."""
        service = cast("CloudQAApp", self.app).service
        service.rebuild_changed.subscribe(self, self._changed)
        self._changed(service.rebuild_status)

    def _changed(self, status: RebuildStatus) -> None:
        self.set_class(status.state is not RebuildState.IDLE, "-shown")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The lines."""
        app = cast("CloudQAApp", self.app)
        lines = panel_lines(app.service.rebuild_status, app.words)
        return Content("\n").join(
            Content.styled(text, self.get_visual_style(f"rebuild-panel--{style}", partial=True))
            for style, text in lines
        )


def panel_lines(status: RebuildStatus, words: Words) -> Iterator[_Line]:
    """What is said of a rebuild: name of a style and text, safe on a terminal."""
    match status.state:
        case RebuildState.RUNNING:
            yield "head", words("rebuild.running")
            width = max((cell_len(words(f"rebuild.{event.stage}")) for event in status.events), default=0)
            for event in status.events:
                yield "stage", _stage_line(event, words, width, is_last=event is status.events[-1])
        case RebuildState.CANCELLED:
            yield "head", words("rebuild.cancelled")
        case RebuildState.FAILED:
            yield "bad", words("rebuild.failed", message=one_line(status.message))
            if status.hint:
                yield "stage", one_line(status.hint)
        case RebuildState.FINISHED if status.summary is not None:
            yield from _summary_lines(status.summary, words)


def _stage_line(event: Event, words: Words, width: int, *, is_last: bool) -> str:
    """For example "读取报告  ██████████░░░░░░░░░░  2/4  2017-10.md"; a stage that another has followed is full."""
    name = words(f"rebuild.{event.stage}")
    parts = [name + " " * (width - cell_len(name))]
    if event.total or (not is_last and event.stage is not Stage.WAITING):
        done = event.done if is_last else event.total
        full = _BAR_CELLS * done // event.total if event.total else _BAR_CELLS
        parts.append(_DONE * full + _OPEN * (_BAR_CELLS - full))
        if event.total:
            parts.append(f"{done}/{event.total}")
    if is_last and event.detail and event.stage is not Stage.FINISHED:
        parts.append(one_line(event.detail))
    return "  ".join(parts)


def _summary_lines(summary: Summary, words: Words) -> Iterator[_Line]:
    if summary.built:
        changes = [
            words(f"rebuild.{name}", count=len(paths))
            for name in ("added", "changed", "removed")
            if (paths := getattr(summary.changes, name))
        ]
        said = "、".join(changes) if words.language == "zh" else ", ".join(changes)
        numbers = {"reports": f"{summary.reports:,}", "passages": f"{summary.passages:,}"}
        yield "good", words("rebuild.done", changes=said or words("rebuild.nothing"), **numbers)
    else:
        yield "good", words("rebuild.current")
    for failure in summary.failed[:_MOST_FAILURES]:
        yield "bad", words("rebuild.unreadable", path=one_line(failure.path), reason=one_line(failure.reason))
