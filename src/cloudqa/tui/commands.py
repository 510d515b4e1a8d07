"""The command palette: every described key of where the user is, as a command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp


@dataclass(frozen=True, slots=True)
class Command:
    """One entry: what it does, its key, and the action with the node that has it."""

    title: str
    key: str
    action: str
    namespace: object


class Commands(Provider):
    """The actions that are possible now, in the language of the interface."""

    async def discover(self) -> Hits:
        """All of them."""
        for command in self._commands():
            yield DiscoveryHit(command.title, partial(self._run, command), help=command.key)

    async def search(self, query: str) -> Hits:
        """Those that the user's words fit."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                title = Content(command.title) if not query.isascii() else matcher.highlight(command.title)
                yield Hit(score, title, partial(self._run, command), help=command.key, text=command.title)

    def _commands(self) -> Iterator[Command]:
        app = cast("CloudQAApp", self.app)
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.description in app.words and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                key = app.get_key_display(binding)
                yield Command(app.words(binding.description), key, binding.action, active.node)

    async def _run(self, command: Command) -> None:
        await self.app.run_action(command.action, command.namespace)  # type: ignore[arg-type]
