"""The area of figures in use: by keys and by mouse, over a made-up archive and the real one."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from figures_archive import make_archive
from rich.cells import cell_len
from textual.widgets import Input, OptionList

from cloudqa.tui.app import CloudQAApp
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened
from cloudqa.tui.door import DiskDoor
from cloudqa.tui.figures.chart_view import ChartView
from cloudqa.tui.figures.filter_bar import FilterBar
from cloudqa.tui.figures.hint_line import HintLine
from cloudqa.tui.figures.rows import Column
from cloudqa.tui.figures.table import FigureTable


@pytest.fixture(scope="session")
def archive_settings(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("figures"))


class QuickDoor(DiskDoor):
    """The archive without the encoder, which no figure needs."""

    def warm(self, opened):
        pass


class FiguresApp(CloudQAApp):
    """The application, opened where these tests look."""

    DEFAULT_MODE = "figures"


@pytest.fixture
def make_figures(archive_settings, places):
    """Makes the application over the made-up archive."""
    return lambda door=None: FiguresApp(archive_settings, door=door or QuickDoor(archive_settings), places=places)


class Figures:
    """The screen as a test sees it."""

    def __init__(self, pilot, settled):
        self.pilot, self._settled = pilot, settled

    @property
    def screen(self):
        return self.pilot.app.screen

    @property
    def table(self) -> FigureTable:
        return self.screen.query_one(FigureTable)

    @property
    def rows(self) -> list[str]:
        return [
            " ".join((row.subject, row.metric, row.period, row.number + row.unit)) for row in self.screen.listing.rows
        ]

    async def settle(self):
        for _ in range(2):
            await self._settled(self.pilot)

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, field, text):
        filter_input = self.screen.query_one(f"#{field}", Input)
        filter_input.focus()
        filter_input.value += text[:-1]
        filter_input.cursor_position = len(filter_input.value)
        await self.press(text[-1])

    async def click(self, widget, x, y):
        await self.pilot.click(widget, offset=(x, y))
        await self.settle()


@pytest.fixture
def opened(settled):
    """Opens the area."""

    async def open_area(pilot) -> Figures:
        figures = Figures(pilot, settled)
        await figures.settle()
        return figures

    return open_area


async def test_all_figures_are_listed(make_figures, opened, text_of):
    app = make_figures()
    async with app.run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        assert len(figures.rows) == len(figures.screen.catalogue.facts) == 36
        shown = text_of(app)
        assert "36条数据" in shown
        assert "松田云  收入" in shown
        assert "-2,145" in shown


async def test_filters_narrow_while_they_are_typed(make_figures, opened, text_of):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利")
        assert {row.split()[1] for row in figures.rows} == {"净利润"}
        await figures.type("entity", "松田")
        await figures.type("period", "2017Q2")
        await figures.type("report", "4")
        assert figures.rows == ["松田云 净利润 2017Q2 130万元"]
        assert "1条数据，共36条" in text_of(pilot.app)
        await figures.type("report", "9")
        assert figures.rows == []
        assert "没有符合全部条件的数据" in text_of(pilot.app)
        await figures.press("escape")
        assert figures.table.has_focus
        await figures.press("escape")
        assert len(figures.rows) == 36


async def test_a_name_is_completed_by_key_and_by_click(make_figures, opened):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净")
        await figures.press("right")
        assert figures.screen.query_one(FilterBar).filter.metric == "净利润"
        await figures.type("entity", "云")
        hint = figures.screen.query_one(HintLine)
        shown = hint.render().plain
        assert "补全：松田云" in shown
        await figures.click(HintLine, 2 + cell_len(shown[: shown.index("柏川云")]), 0)
        assert figures.screen.query_one(FilterBar).filter.entity == "柏川云"
        assert {row.split()[0] for row in figures.rows} == {"柏川云"}


async def test_the_cursor_moves_by_key_and_by_mouse(make_figures, opened):
    async with make_figures().run_test(size=(120, 24)) as pilot:
        figures = await opened(pilot)
        await figures.press("down")
        table = figures.table
        assert table.has_focus
        await figures.press("down", "j", "down", "k", "up")
        assert table.cursor == 1
        await figures.press("end")
        assert table.cursor == 35
        assert table.scroll_y > 0
        await figures.press("pageup")
        assert 0 < table.cursor < 35
        await figures.press("home")
        assert (table.cursor, table.scroll_y) == (0, 0)
        await figures.click(FigureTable, 3, 4)
        assert table.cursor == 3


async def test_a_row_opens_its_source_by_key_and_by_click(make_figures, opened, text_of):
    async with make_figures().run_test(size=(140, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        await figures.press("down", "down", "enter")
        source = figures.screen.source
        assert source.display
        (citation,) = source._citations
        assert (citation.report, citation.table, citation.row, citation.column) == ("songbai-03", 0, 1, 3)
        assert source.reading.text[citation.start : citation.end] == citation.quote
        assert "(2,145)" in citation.quote
        assert "表 1 季度经营数据" in text_of(pilot.app)
        await figures.press("escape")
        assert not source.display
        assert figures.table.has_focus
        await figures.click(FigureTable, 3, 3)
        assert not source.display
        await figures.click(FigureTable, 3, 3)
        assert source.display
        assert source._citations[0].column == 4


async def test_on_a_narrow_terminal_the_source_takes_the_place_of_the_table(make_figures, opened, text_of):
    async with make_figures().run_test(size=(60, 24)) as pilot:
        figures = await opened(pilot)
        await figures.press("down", "enter")
        assert figures.screen.source.display
        assert figures.table.size.width == 0
        assert "松田云2017年第一季度收入约为41.5亿元" in text_of(pilot.app)
        await figures.press("escape")
        assert figures.table.size.width > 50


async def test_growth_is_switched_on_and_off(make_figures, opened, text_of):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        assert "同比" not in text_of(pilot.app).splitlines()[3]
        await figures.press("ctrl+g")
        lines = text_of(pilot.app).splitlines()
        assert "同比" in lines[3]
        assert "+55.00%" in next(line for line in lines if "1,240" in line)
        await figures.press("ctrl+g")
        assert "+55.00%" not in text_of(pilot.app)


async def test_columns_sort_by_key_and_by_click(make_figures, opened, text_of):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        await figures.press("ctrl+s", "ctrl+s", "ctrl+s", "ctrl+s")
        assert figures.screen.wish.sort is Column.VALUE
        assert figures.rows[0].endswith("-2,145万元")
        assert "数值 ▲" in text_of(pilot.app)
        await figures.press("ctrl+r")
        assert figures.rows[0].endswith("4,025万元")
        assert "数值 ▼" in text_of(pilot.app)
        slot = next(s for s in figures.table.layout_of_columns.slots if s.column is Column.PERIOD)
        await figures.click(FigureTable, slot.start + 1, 0)
        assert figures.rows[0].split()[2] == "2016Q1"
        await figures.click(FigureTable, slot.start + 1, 0)
        assert figures.rows[0].split()[2] == "2017Q3"


async def test_the_cursor_stays_on_its_figure_when_the_rows_change(make_figures, opened):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        await figures.press("down", "down", "down")
        chosen = figures.table.row.fact.id
        await figures.press("ctrl+r")
        assert figures.table.row.fact.id == chosen
        assert figures.table.cursor != 2


async def test_the_chart_follows_the_cursor(make_figures, opened, text_of):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        await figures.press("down")
        lines = [line for line in text_of(pilot.app).splitlines() if "│ 20" in line]
        assert [line.split()[1] for line in lines] == [
            "2016Q1", "2016Q2", "2016Q3", "2016Q4", "2017Q1", "2017Q2", "2017Q2", "2017Q3",
        ]  # fmt: skip
        assert "松田云 · 净利润（万元）" in text_of(pilot.app)
        assert "┊" in lines[2]
        await figures.type("metric", "x")
        assert "这一行没有可以比较的数据" in text_of(pilot.app)
        await figures.press("ctrl+t")
        assert not figures.screen.query_one(ChartView).display


async def test_a_narrow_terminal_shows_one_pane(make_figures, opened, text_of):
    async with make_figures().run_test(size=(60, 24)) as pilot:
        figures = await opened(pilot)
        chart = figures.screen.query_one(ChartView)
        assert (figures.table.display, chart.display) == (True, False)
        await figures.type("metric", "净利润")
        await figures.press("ctrl+t")
        assert (figures.table.display, chart.display) == (False, True)
        assert chart.has_focus
        assert max(cell_len(line) for line in text_of(pilot.app).splitlines()) == 60
        await figures.press("escape")
        assert (figures.table.display, chart.display) == (True, False)


@pytest.mark.parametrize(("choice", "suffix"), [(0, "csv"), (1, "json"), (2, "md")])
async def test_what_is_shown_is_exported_and_the_file_told(make_figures, opened, places, text_of, choice, suffix):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("entity", "桦城")
        await figures.press("ctrl+o", *["down"] * choice, "enter")
        (path,) = places.exports.iterdir()
        assert path.suffix == f".{suffix}"
        assert any(path.name in n.message for n in pilot.app._notifications)
        text = path.read_bytes().decode("utf-8")
        if suffix == "csv":
            assert [r["value"] for r in csv.DictReader(io.StringIO(text, newline=""))] == ["30", "20.25"]
            assert text.endswith("\r\n")
        elif suffix == "json":
            assert [entry["value"] for entry in json.loads(text)] == [30, 20.25]
        else:
            assert text.count("\n") == 4


async def test_the_export_can_be_left_and_a_full_disk_is_named(make_figures, opened, places):
    places.exports.parent.mkdir(parents=True)
    places.exports.write_text("a file where the folder should be")
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.press("ctrl+o", "escape")
        assert pilot.app.screen is figures.screen
        await figures.press("ctrl+o")
        await figures.click(OptionList, 4, 1)
        assert any("未能导出" in n.message for n in pilot.app._notifications)


async def test_the_language_changes_and_the_filter_stays(make_figures, opened, text_of):
    async with make_figures().run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("metric", "净利润")
        await figures.press("f8")
        shown = text_of(pilot.app)
        assert "14 figures of 36" in shown
        assert "Subject" in shown
        assert "净利润" in shown.splitlines()[1]


async def test_without_an_archive_the_next_step_is_said(make_figures, opened, scripted_door, text_of):
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.UNBUILT, 2)))
    async with make_figures(door).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "档案可用后，这里列出全部数据" in text_of(pilot.app)


async def test_facts_that_cannot_be_read_are_a_notice(make_figures, opened, scripted_door):
    def fail():
        raise RuntimeError("[/b] kaputt")

    broken = SimpleNamespace(fact_catalogue=fail, generation=None)
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.READY, 1), broken))
    async with make_figures(door).run_test(size=(80, 24)) as pilot:
        figures = Figures(pilot, None)
        for _ in range(20):
            await pilot.pause()
        assert any("kaputt" in n.message for n in pilot.app._notifications)
        assert figures.table.row is None


async def test_another_generation_is_read_when_it_is_ready(make_figures, opened, scripted_door, archive_settings):
    old, new = (DiskDoor(archive_settings).open() for _ in range(2))
    whole = new.assistant.fact_catalogue

    def half():
        catalogue = whole()
        return type(catalogue)(catalogue.facts[:5], catalogue.sources)

    new.assistant.fact_catalogue = half
    async with make_figures(scripted_door(old, new)).run_test(size=(80, 24)) as pilot:
        figures = await opened(pilot)
        assert len(figures.rows) == 36
        await figures.press("f2")
        pilot.app.service.start_rebuild()
        await figures.settle()
        await figures.press("f3")
        assert len(figures.rows) == 5


async def test_control_characters_and_markup_of_the_corpus_are_shown_as_text(
    make_figures, opened, scripted_door, archive_settings, text_of
):
    ready = DiskDoor(archive_settings).open()
    whole = ready.assistant.fact_catalogue

    def hostile():
        catalogue = whole()
        facts = [
            replace(
                fact,
                entity=f"[/x]\x1b[31m甲{n}",
                metric="[b]收入\u202e\x9b2J",
                printed="[red]\x07无",
                value="[red]\x07无",
            )
            for n, fact in enumerate(catalogue.facts[:3])
        ]
        return type(catalogue)(facts, catalogue.sources)

    ready.assistant.fact_catalogue = hostile
    async with make_figures(scripted_door(ready)).run_test(size=(120, 40)) as pilot:
        figures = await opened(pilot)
        await figures.type("entity", "甲")
        shown = text_of(pilot.app)
        assert "[/x][31m甲0" in shown
        assert "[b]收入2J" in shown
        assert "[red]无" in shown
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)


async def test_the_real_report(make_real_app, opened, text_of):
    async with make_real_app().run_test(size=(120, 40)) as pilot:
        await pilot.press("f3")
        figures = await opened(pilot)
        await figures.type("metric", "云收入")
        await figures.type("period", "FY2018Q1")
        await figures.press("ctrl+g", "down", "end", "up")
        line = next(line for line in text_of(pilot.app).splitlines() if " 云收入 " in line and "24.31" in line)
        assert "+95.58%" in line
        assert "+12.39%" in line
        assert "FY2015Q2" in text_of(pilot.app), "the chart shows the series from its beginning"
