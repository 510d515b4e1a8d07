"""Lines of styled runs, and blocks of text made into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cloudqa.tui.page.cells import visible, visible_lines, width_of
from cloudqa.tui.page.wrapping import wrap

NOWHERE = -1
"""The offset of a run that stands in no source; the item of a run that is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style.

    Attributes:
        text: Visible characters.
        style: Name of a style of the page.
        offset: Where the first character stands in the source, the others following; :data:`NOWHERE` if nowhere.
        item: Number of the item that the run belongs to, :data:`NOWHERE` if none.
    """

    text: str
    style: str = "text"
    offset: int = NOWHERE
    item: int = NOWHERE

    def part(self, start: int, end: int) -> Run:
        """Some of its characters."""
        offset = self.offset + start if self.offset >= 0 else NOWHERE
        return replace(self, text=self.text[start:end], offset=offset)


Line = tuple[Run, ...]
"""One line of a page, from left to right."""


def run(text: str, style: str = "text", item: int = NOWHERE) -> Run:
    """A run of any text, made visible."""
    return Run(visible(text), style, item=item)


@dataclass(slots=True)
class Layout:
    """The lines of one part of a page, in the making or finished.

    Attributes:
        lines: From top to bottom.
    """

    lines: list[Line] = field(default_factory=list)

    def blank(self, count: int = 1) -> None:
        """Adds empty lines."""
        self.lines.extend([()] * count)

    def add(self, runs: Sequence[Run], width: int, lead: Sequence[Run] = (), indent: int | None = None) -> None:
        """Adds a block of text, wrapped.

        Args:
            runs: Its text.
            width: Cells of the page.
            lead: What stands before it in the first line (a label, a bullet).
            indent: Cells before the other lines; as wide as the lead if None.
        """
        self.lines.extend(wrap_runs(runs, width, lead, indent))

    def add_text(self, text: str, style: str, width: int, lead: Sequence[Run] = ()) -> None:
        """Adds a text of one style, its own lines kept."""
        for number, line in enumerate(visible_lines(text)):
            before = lead if number == 0 else (Run(" " * runs_width(lead)),)
            self.add([Run(line, style)], width, before if lead else ())


def runs_width(runs: Iterable[Run]) -> int:
    """How many cells some runs take."""
    return sum(width_of(r.text) for r in runs)


def wrap_runs(runs: Sequence[Run], width: int, lead: Sequence[Run] = (), indent: int | None = None) -> list[Line]:
    """A block of text as lines; see :meth:`Layout.add`."""
    taken = runs_width(lead)
    indent = taken if indent is None else indent
    text = "".join(r.text for r in runs)
    ranges = wrap(text, max(2, width - indent), taken - indent)
    lines: list[Line] = []
    for number, (start, end) in enumerate(ranges):
        before = tuple(lead) if number == 0 else ((Run(" " * indent),) if indent else ())
        lines.append((*before, *_between(runs, start, end)))
    return lines


def _between(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The parts of some runs that lie between two characters of their joined text."""
    parts: list[Run] = []
    at = 0
    for each in runs:
        low, high = max(start, at), min(end, at + len(each.text))
        if low < high:
            parts.append(each.part(low - at, high - at))
        at += len(each.text)
        if at >= end:
            break
    return parts
