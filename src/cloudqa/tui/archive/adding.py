"""Reports added from the interface: copied unless something speaks against it, which is said."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.answering.incoming import Effect, Incoming, look_at, take_in
from cloudqa.errors import CloudQAError
from cloudqa.terminal_text import one_line
from cloudqa.tui.choice_screen import ChoiceScreen

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp

_KEEP, _TAKE = "keep", "take"


async def add_reports(app: CloudQAApp, place: Path) -> None:
    """Adds a report, or the reports of a folder, and brings the index up to date where any was added.

    Asks before one is replaced, so it has to run in a worker.

    Args:
        app: The application; notices say what was added and what was not.
        place: A file or folder.
    """
    try:
        looked_at = await asyncio.to_thread(look_at, [place], app.settings.corpus)
        taken = [incoming.file.name for incoming in looked_at if await _take(app, incoming)]
    except CloudQAError as error:
        app.warn(app.words("add.failed", reason=one_line(error.message)), one_line(error.hint))
        return
    if taken:
        app.say(app.words("add.done", path=one_line(", ".join(taken))))
        app.service.start_rebuild()


async def _take(app: CloudQAApp, incoming: Incoming) -> bool:
    """Whether a file was copied."""
    name = one_line(incoming.file.name)
    if incoming.effect is Effect.PRESENT:
        app.say(app.words("add.present", path=name))
        return False
    if incoming.effect is Effect.UNREADABLE:
        app.warn(app.words("rebuild.unreadable", path=name, reason=one_line(incoming.reason)))
        return False
    if incoming.replaced is not None:
        choices = [(_KEEP, app.words("add.keep")), (_TAKE, app.words("add.take"))]
        title = app.words("add.replace", path=one_line(incoming.replaced.name))
        if await app.push_screen_wait(ChoiceScreen(title, choices)) != _TAKE:
            return False
    await asyncio.to_thread(take_in, incoming)
    return True
