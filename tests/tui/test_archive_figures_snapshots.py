"""How figures and archive look; after a wanted change: ``--snapshot-update``, and look at each picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures_archive import make_archive
from test_archive_screen import ISSUES, SUMMARY
from textual.widgets import Input

from cloudqa.answering.issues import UnreadableFile
from cloudqa.answering.sources import ArchiveSources
from cloudqa.rebuild import Event, Stage
from cloudqa.settings import Settings
from cloudqa.tui.app import CloudQAApp
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened, RebuildState, RebuildStatus
from cloudqa.tui.door import DiskDoor
from cloudqa.tui.figures.table import FigureTable
from cloudqa.tui.preferences import Preferences, save_preferences
from cloudqa.tui.themes import DARK, LIGHT
from cloudqa.tui.wording import Language

ZH, EN = Language.CHINESE, Language.ENGLISH


class QuickDoor(DiskDoor):
    """The archive without the encoder."""

    def warm(self, opened):
        pass


class FiguresApp(CloudQAApp):
    """Opened in the area of figures."""

    DEFAULT_MODE = "figures"


class ArchiveApp(CloudQAApp):
    """Opened in the area of the archive."""

    DEFAULT_MODE = "archive"


@pytest.fixture(scope="module")
def archive_settings(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("looks"))


@pytest.fixture
def looks(snap_compare, places, settled):
    """Compares an application, brought into a state, with its picture."""

    def compare(app_class, settings, door, language, theme, size, use):
        save_preferences(places.preferences, Preferences(language, theme.name))
        app = app_class(settings, door=door, places=places)

        async def run_before(pilot):
            await settled(pilot)
            await settled(pilot)
            await use(pilot)
            await settled(pilot)
            await settled(pilot)

        return snap_compare(app, terminal_size=size, run_before=run_before)

    return compare


def filtered(settled, *keys, **filters):
    """Types filters, goes to the table, presses keys."""

    async def use(pilot):
        for field, text in filters.items():
            pilot.app.screen.query_one(f"#{field}", Input).value = text
        pilot.app.screen.query_one(FigureTable).focus()
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return use


@pytest.mark.parametrize(
    ("language", "theme", "size", "keys", "filters"),
    [
        pytest.param(ZH, DARK, (120, 40), ("ctrl+g", "down", "down"), {"metric": "净利润"}, id="growth-zh-dark"),
        pytest.param(EN, LIGHT, (80, 24), ("ctrl+s",) * 4, {"entity": "云"}, id="sorted-80-en-light"),
        pytest.param(ZH, LIGHT, (60, 24), ("ctrl+t",), {"metric": "净利"}, id="chart-60-zh-light"),
        pytest.param(EN, DARK, (120, 40), ("down", "enter"), {"metric": "净利"}, id="source-en-dark"),
    ],
)
def test_figures(looks, archive_settings, settled, language, theme, size, keys, filters):
    use = filtered(settled, *keys, **filters)
    assert looks(FiguresApp, archive_settings, QuickDoor(archive_settings), language, theme, size, use)


def test_figures_of_the_real_report(looks, real_settings, settled):
    use = filtered(settled, "ctrl+g", "end", "up", metric="云收入", entity="阿里云", period="2016-2018")
    assert looks(FiguresApp, real_settings, QuickDoor(real_settings), ZH, LIGHT, (120, 40), use)


@pytest.fixture
def door(scripted_door, assistant):
    """Two issues and a file that cannot be read."""
    stored = assistant.report
    assistant.issues = lambda: ISSUES
    assistant.unreadable = lambda: (UnreadableFile(path="坏.pdf", reason="不是PDF"),)
    assistant.sources = ArchiveSources([issue.report for issue in ISSUES], lambda report: stored)
    assistant.tables = lambda report: []
    return scripted_door(Opened(ArchiveStatus(ArchiveState.READY, 2, outdated=3), assistant))


RUNNING = RebuildStatus(
    RebuildState.RUNNING, (Event(Stage.WAITING, detail="4711"), Event(Stage.READING, 3, 8, "2017-11-issue-11.docx"))
)
FINISHED = RebuildStatus(RebuildState.FINISHED, summary=SUMMARY)


@pytest.mark.parametrize(
    ("language", "theme", "size", "status", "keys"),
    [
        pytest.param(ZH, LIGHT, (120, 40), RebuildStatus(), (), id="issues-zh-light"),
        pytest.param(EN, DARK, (60, 24), RebuildStatus(), ("enter",), id="details-60-en-dark"),
        pytest.param(ZH, DARK, (80, 24), RUNNING, ("down",), id="rebuild-80-zh-dark"),
        pytest.param(EN, LIGHT, (80, 24), FINISHED, (), id="rebuilt-80-en-light"),
    ],
)
def test_archive(looks, door, language, theme, size, status, keys):
    async def use(pilot):
        pilot.app.service._set_rebuild(status)
        await pilot.press(*keys)

    settings = Settings(corpus=Path("archive/corpus"), index=Path("archive/index"))
    assert looks(ArchiveApp, settings, door, language, theme, size, use)
