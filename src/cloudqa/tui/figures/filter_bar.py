"""The four filters above the table, with completion from the names of the facts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from cloudqa.answering.fact_selection import FactFilter

if TYPE_CHECKING:
    from cloudqa.answering.fact_catalogue import FactCatalogue
    from cloudqa.tui.wording import Words

FIELDS = ("metric", "entity", "period", "report")
"""The filters from left to right: fields of :class:`~cloudqa.answering.fact_selection.FactFilter`."""

_LONGEST = 200


class FilterInput(Input):
    """One filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "leave", "figures.key.table", show=False),
    ]

    @dataclass
    class Left(Message):
        """The user goes on to the table."""

    def action_leave(self) -> None:
        """Goes on to the table."""
        self.post_message(self.Left())


class FilterBar(Horizontal):
    """One line of filters; says what they are whenever one changes."""

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        FilterInput {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0 1;
            margin: 0 1 0 0;
            background: $surface;
            color: $foreground;
            &:focus { border: none; background: $panel; }
            &:last-of-type { margin: 0; }
        }
    }
    """

    @dataclass
    class Changed(Message):
        """The filters are others now."""

        filter: FactFilter

    def __init__(self, words: Words, catalogue: Callable[[], FactCatalogue | None]) -> None:
        """Empty filters.

        Args:
            words: The texts of the present language.
            catalogue: Gives the facts whose names complete what is typed.
        """
        super().__init__()
        self._words = words
        self._catalogue = catalogue

    def compose(self) -> ComposeResult:
        """The inputs."""
        for field in FIELDS:
            yield FilterInput(
                id=field,
                placeholder=self._words(f"figures.filter.{field}"),
                max_length=_LONGEST,
                select_on_focus=False,
                suggester=NameSuggester(field, self._catalogue),
            )

    @property
    def filter(self) -> FactFilter:
        """What the inputs hold."""
        return FactFilter(**{field: self.input_of(field).value.strip() for field in FIELDS})

    @property
    def focused_field(self) -> str:
        """The filter that is being typed, "" for none."""
        return next((field for field in FIELDS if self.input_of(field).has_focus), "")

    def input_of(self, field: str) -> FilterInput:
        """The input of a filter."""
        return self.query_one(f"#{field}", FilterInput)

    def clear(self) -> None:
        """Empties all filters."""
        for field in FIELDS:
            self.input_of(field).value = ""

    def relabel(self, words: Words) -> None:
        """Shows other words."""
        self._words = words
        for field in FIELDS:
            self.input_of(field).placeholder = words(f"figures.filter.{field}")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.filter))


class NameSuggester(Suggester):
    """Completes the beginning of a name with the most frequent one.

    Args:
        field: The filter.
        catalogue: Gives the facts.
    """

    def __init__(self, field: str, catalogue: Callable[[], FactCatalogue | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._field = field
        self._catalogue = catalogue

    async def get_suggestion(self, value: str) -> str | None:
        """The name that begins exactly with what has been typed; None if there is none."""
        catalogue = self._catalogue()
        if catalogue is None:
            return None
        found = await asyncio.to_thread(catalogue.suggest, self._field, value)
        return next((name for name in found if name.startswith(value) and name.isprintable()), None)
