"""Writes the pictures of the terminal interface for the README: docs/images/*.svg, from the real report."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from cloudqa.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
IMAGES = REPOSITORY / "docs" / "images"
SIZE = (118, 36)
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"
QUESTION = "2018财年第一季度阿里云收入同比增长多少？"
METRIC = "云收入"
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;]+;")

Steps = Callable[["Pilot[Any]"], Awaitable[None]]


async def settle(pilot: Pilot[Any]) -> None:
    """Waits until everything that was started has ended."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.2)


async def ask(pilot: Pilot[Any]) -> None:
    """A question with its answer."""
    from textual.widgets import TextArea

    pilot.app.screen.query_one(TextArea).insert(QUESTION)
    await press(pilot, "enter")


async def check(pilot: Pilot[Any]) -> None:
    """The answer's second source beside it."""
    await ask(pilot)
    await press(pilot, "escape", "2")


async def figures(pilot: Pilot[Any]) -> None:
    """The figures of one metric, drawn as a chart."""
    await press(pilot, "f3", *METRIC, "enter", "down")


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Presses keys, one after the other."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


PICTURES: dict[str, tuple[str, Steps]] = {
    "ask": ("cloudqa-dark", ask),
    "check": ("cloudqa-light", check),
    "figures": ("cloudqa-light", figures),
}


async def picture(settings: Settings, home: Path, theme: str, steps: Steps) -> str:
    """The interface after some steps, as SVG that names no font to be fetched."""
    from cloudqa.tui.app import CloudQAApp
    from cloudqa.tui.places import Places
    from cloudqa.tui.preferences import Preferences, save_preferences
    from cloudqa.tui.wording import Language

    places = Places(home)
    save_preferences(places.preferences, Preferences(Language.CHINESE, theme))
    app = CloudQAApp(settings, places=places, clock=lambda: datetime(2017, 9, 1, 9, 30, tzinfo=UTC))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await steps(pilot)
        app.clear_notifications()
        await pilot.pause(0.2)
        drawn = app.export_screenshot(title="cloudqa")
    return _FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", drawn))


def main() -> None:
    """Writes all pictures."""
    from cloudqa.rebuild import rebuild
    from cloudqa.settings import Settings

    os.environ |= {"COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(REPOSITORY / "corpus", home / "corpus")
        settings = Settings(corpus=home / "corpus", index=home / "index")
        rebuild(settings)
        for name, (theme, steps) in PICTURES.items():
            drawn = asyncio.run(picture(settings, home / name, theme, steps))
            (IMAGES / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
