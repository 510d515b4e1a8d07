"""The area of the archive in use: the list, the details, the rebuild, adding a file."""

from __future__ import annotations

import threading

import pytest
from rich.cells import cell_len
from textual.widgets import Input, Static

from cloudqa.answering.issues import IssueSummary, UnreadableFile
from cloudqa.answering.sources import ArchiveSources
from cloudqa.index.freshness import Changes
from cloudqa.rebuild import Event, Failure, Stage, Summary
from cloudqa.settings import Settings
from cloudqa.tui.app import CloudQAApp
from cloudqa.tui.archive.add_screen import complete_path, typed_path
from cloudqa.tui.archive.detail_pane import DetailPane
from cloudqa.tui.archive.issue_table import IssueTable
from cloudqa.tui.archive.rebuild_panel import RebuildPanel, panel_lines
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened, RebuildState, RebuildStatus
from cloudqa.tui.check.source_pane import SourcePane
from cloudqa.tui.choice_screen import ChoiceScreen
from cloudqa.tui.door import DiskDoor
from cloudqa.tui.wording import Language, Words

ISSUES = (
    IssueSummary(
        report="made-up-08",
        path="2017/made-up-08.md",
        title="海川观察",
        number="8",
        total_number="28",
        date="2017-08",
        format="md",
        sections=4,
        passages=1234,
        tables=1,
        facts=9,
        not_understood=("表1第2行第3列：“约莫”不是数。", "[/x] \x1b[31m红"),
    ),
    IssueSummary(
        report="made-up-09",
        path="2017/made-up-09.docx",
        title="[b]海川\x1b[31m观察[/c]",
        number="9",
        total_number="",
        date="2017-09",
        format="docx",
        sections=0,
        passages=2,
        tables=0,
        facts=0,
        not_understood=(),
    ),
)
SUMMARY = Summary(
    generation="0123456789abcdef",
    built=True,
    reports=2,
    passages=1236,
    changes=Changes(("a.md", "b.md"), ("c.md",), (), ()),
    failed=(Failure("坏[/x].pdf", "不是PDF"),),
    not_understood=(),
)


class QuickDoor(DiskDoor):
    """The archive without the encoder."""

    def warm(self, opened):
        pass


@pytest.fixture
def issue_assistant(assistant):
    """The scripted assistant with two issues and a file that cannot be read."""
    stored = assistant.report
    assistant.issues = lambda: ISSUES
    assistant.unreadable = lambda: (UnreadableFile(path="坏.pdf", reason="不是PDF"),)
    assistant.sources = ArchiveSources([issue.report for issue in ISSUES], lambda report: stored)
    assistant.tables = lambda report: []
    return assistant


class ArchiveApp(CloudQAApp):
    """The application, opened where these tests look."""

    DEFAULT_MODE = "archive"


@pytest.fixture
def make_app(places, tmp_path):
    """Makes the application over a door."""
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    return lambda door: ArchiveApp(settings, door=door, places=places)


@pytest.fixture
def make_archive_app(make_app, scripted_door, issue_assistant):
    """Makes the application over the two issues; the door may rebuild."""

    def make(before_event=None, **settings) -> CloudQAApp:
        opened = Opened(ArchiveStatus(ArchiveState.READY, 2), issue_assistant)
        door = scripted_door(opened, **settings)
        door.before_event = before_event or {}
        return make_app(door)

    return make


async def opened(pilot, settled):
    await settled(pilot)
    await settled(pilot)
    return pilot.app.screen


def detail_text(screen) -> str:
    return screen.query_one(DetailPane).query_one(Static).render().plain


async def test_every_issue_has_a_row_with_its_counts(make_archive_app, settled, text_of):
    async with make_archive_app().run_test(size=(120, 40)) as pilot:
        await opened(pilot, settled)
        lines = text_of(pilot.app).splitlines()
        row = next(line for line in lines if "8 (28)" in line)
        assert row.split("╭")[0].split("│")[0].split() == [
            "8",
            "(28)",
            "2017-08",
            "海川观察",
            "4",
            "1,234",
            "1",
            "9",
            "2",
        ]
        assert any("坏.pdf · 无法读取" in line for line in lines)
        assert not {"\x1b", "\x9b"} & set(text_of(pilot.app))
        assert any("[b]海川[31m观察[/c]" in line for line in lines)


async def test_the_details_follow_the_cursor(make_archive_app, settled, text_of):
    async with make_archive_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, settled)
        shown = detail_text(screen)
        assert "期号  8 · 总第28期" in shown
        assert "4个章节，1,234个段落，1个表格，9条数据" in shown
        assert "表1第2行第3列：“约莫”不是数。" in shown
        assert "[/x] [31m红" in shown
        assert "  一、其他公司" in shown
        await pilot.press("down")
        await settled(pilot)
        assert "全部读懂。" in detail_text(screen)
        await pilot.click(IssueTable, offset=(3, 3))
        await settled(pilot)
        assert detail_text(screen) == "坏.pdf\n无法读取: 不是PDF"


async def test_a_narrow_terminal_shows_one_pane_at_a_time(make_archive_app, settled, text_of):
    async with make_archive_app().run_test(size=(60, 24)) as pilot:
        screen = await opened(pilot, settled)
        table, detail = screen.query_one(IssueTable), screen.query_one(DetailPane)
        assert (table.display, detail.display) == (True, False)
        assert "章节" not in text_of(pilot.app)
        await pilot.press("enter")
        await settled(pilot)
        assert (table.display, detail.display) == (False, True)
        assert "总第28期" in text_of(pilot.app)
        assert max(cell_len(line) for line in text_of(pilot.app).splitlines()) == 60
        await pilot.press("escape")
        await settled(pilot)
        assert (table.display, detail.display) == (True, False)
        assert table.has_focus


async def test_a_rebuild_shows_its_stages_and_ends_with_what_it_did(make_archive_app, settled, text_of):
    reached, go_on = threading.Event(), threading.Event()

    def wait():
        reached.set()
        go_on.wait(20)

    events = [Event(Stage.READING, 1, 4, "b.md"), Event(Stage.READING, 3, 4, "d.md"), Event(Stage.WRITING)]
    app = make_archive_app({Stage.WRITING: wait}, events=events, outcome=SUMMARY)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, settled)

        await pilot.press("ctrl+b")
        while not reached.is_set():
            await pilot.pause()
        await pilot.pause()
        shown = text_of(app)
        assert "正在更新索引，其间照常可以提问" in shown
        assert "读取报告  ███████████████░░░░░  3/4  d.md" in shown
        assert "^k 停止更新" in shown
        assert "^b 更新索引" not in shown
        assert app.service.assistant.ask("x").refused, "questions are answered meanwhile"
        go_on.set()
        await settled(pilot)
        shown = text_of(app)
        assert "新索引已启用：2期报告，1,236个段落（新增2、更改1）" in shown
        assert "坏[/x].pdf 无法读取：不是PDF" in shown
        assert "^b 更新索引" in shown


async def test_a_rebuild_is_stopped_by_key(make_archive_app, settled, text_of):
    reached, go_on = threading.Event(), threading.Event()

    def wait():
        reached.set()
        go_on.wait(20)

    app = make_archive_app(
        {Stage.WRITING: wait}, events=[Event(Stage.READING, 0, 9, "a.md"), Event(Stage.WRITING)], outcome=SUMMARY
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, settled)

        await pilot.press("u")
        while not reached.is_set():
            await pilot.pause()
        await pilot.press("c")
        go_on.set()
        await settled(pilot)
        assert app.service.rebuild_status.state is RebuildState.CANCELLED
        assert "已停止，原来的索引没有改变" in text_of(app)


def test_every_state_of_a_rebuild_is_said():
    zh, en = Words(Language.CHINESE), Words(Language.ENGLISH)
    assert list(panel_lines(RebuildStatus(), zh)) == []
    waiting = RebuildStatus(RebuildState.RUNNING, (Event(Stage.WAITING, detail="77"),))
    assert list(panel_lines(waiting, zh))[1:] == [("stage", "等待另一进程  77")]
    running = RebuildStatus(RebuildState.RUNNING, (Event(Stage.READING, 3, 4, "d\x1b.md"), Event(Stage.WRITING)))
    assert list(panel_lines(running, en))[1:] == [
        ("stage", "reading reports  ████████████████████  4/4"),
        ("stage", "indexing       "),
    ]
    failed = RebuildStatus(RebuildState.FAILED, message="damaged [/x]", hint="Run: x")
    assert list(panel_lines(failed, en)) == [("bad", "The update failed: damaged [/x]"), ("stage", "Run: x")]
    current = RebuildStatus(RebuildState.FINISHED, summary=Summary("x", False, 1, 2, Changes((), (), (), ()), (), ()))
    assert list(panel_lines(current, en)) == [("good", "The index is up to date")]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (ArchiveStatus(ArchiveState.UNBUILT, 3), "3个文件还没有索引。按 ^b 建立索引。"),
        (ArchiveStatus(ArchiveState.EMPTY), "报告文件夹里没有报告。按 ^a 添加文件。"),
        (ArchiveStatus(ArchiveState.BROKEN, message="坏了 [/x]", hint="Run: y"), "坏了 [/x] Run: y"),
    ],
)
async def test_without_an_archive_the_next_step_is_said(make_app, scripted_door, settled, text_of, status, text):
    async with make_app(scripted_door(Opened(status))).run_test(size=(80, 24)) as pilot:
        await opened(pilot, settled)
        assert text in text_of(pilot.app)


async def test_a_changed_corpus_is_said(make_app, scripted_door, issue_assistant, settled, text_of):
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.READY, 2, outdated=1), issue_assistant))
    async with make_app(door).run_test(size=(100, 24)) as pilot:
        await opened(pilot, settled)
        assert "有1个文件变动，按 ^b 更新" in text_of(pilot.app).replace("\n", "")


async def test_the_language_changes(make_archive_app, settled, text_of):
    async with make_archive_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, settled)
        await pilot.press("down", "f8")
        await settled(pilot)
        assert "Passages" in text_of(pilot.app)
        assert "Everything was understood." in detail_text(screen)
        assert screen.query_one(IssueTable).cursor_row == 1


@pytest.mark.parametrize(
    ("typed", "path"),
    [(" /a/b c.md ", "/a/b c.md"), ("'/a/b.md'", "/a/b.md"), ("file:///a/%E7%94%B2.md", "/a/甲.md"), ("x.md", "x.md")],
)
def test_a_path_is_taken_as_typed_pasted_or_dropped(typed, path):
    assert str(typed_path(typed)) == path


def test_a_path_is_completed(tmp_path):
    (tmp_path / "报告 甲").mkdir()
    (tmp_path / "报告 乙.md").touch()
    assert complete_path(f"{tmp_path}/报") == f"{tmp_path}/报告 乙.md"
    assert complete_path(f"{tmp_path}/报告 甲") == f"{tmp_path}/报告 甲/"
    assert complete_path(f"{tmp_path}/报告 甲/x") is None
    assert complete_path(f"{tmp_path}/none/x") is None
    assert complete_path(f"{tmp_path}/") is None
    assert complete_path("\x00/x") is None


@pytest.fixture
def disk(tmp_path, places):
    """An archive of one report on disk that has no index yet."""
    settings = Settings(corpus=tmp_path / "disk" / "corpus", index=tmp_path / "disk" / "index")
    settings.corpus.mkdir(parents=True)
    (settings.corpus / "试刊-01.md").write_text("# 试刊\n\n2017年第1期\n\n甲公司收入为41.00亿元。\n", encoding="utf-8")
    return ArchiveApp(settings, door=QuickDoor(settings), places=places)


async def test_the_first_index_is_built_and_a_file_added_from_here(disk, tmp_path, settled, text_of):
    async with disk.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, settled)
        assert "1个文件还没有索引" in text_of(disk)
        await pilot.press("ctrl+b")
        for _ in range(3):
            await settled(pilot)
        assert [issue.report for issue in screen.issues] == ["试刊-01"]
        assert "新索引已启用：1期报告" in text_of(disk)
        old = disk.service.assistant
        file = tmp_path / "试刊-02.md"
        file.write_text("# 试刊\n\n2017年第2期\n\n甲公司收入为42.00亿元。\n", encoding="utf-8")
        await pilot.press("a")
        disk.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        for _ in range(3):
            await settled(pilot)
        assert [issue.report for issue in screen.issues] == ["试刊-01", "试刊-02"]
        assert disk.service.assistant is not old
        assert "42.00" in disk.service.assistant.sources.text_of("试刊-02")


async def test_a_file_replaces_another_only_when_the_user_says_so(disk, tmp_path, settled):
    there = disk.settings.corpus / "试刊-01.md"
    old = there.read_bytes()
    file = tmp_path / "试刊-01.md"
    file.write_text("# 试刊\n\n2017年第1期\n\n甲公司收入为43.00亿元。\n", encoding="utf-8")

    async def add(*keys):
        await pilot.press("ctrl+a")
        disk.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        while not isinstance(disk.screen, ChoiceScreen):
            await pilot.pause()
        await pilot.press(*keys)
        await settled(pilot)

    async with disk.run_test(size=(80, 24)) as pilot:
        await opened(pilot, settled)
        await add("escape")
        await add("enter")
        assert there.read_bytes() == old
        await add("down", "enter")
        assert there.read_bytes() == file.read_bytes()
        await settled(pilot)
        assert disk.service.rebuild_status.state is RebuildState.FINISHED


async def test_a_file_that_is_there_or_cannot_be_read_is_said(disk, tmp_path, settled):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"no archive")
    async with disk.run_test(size=(80, 24)) as pilot:
        await opened(pilot, settled)
        for file in (broken, disk.settings.corpus / "试刊-01.md"):
            await pilot.press("ctrl+a")
            disk.screen.query_one(Input).value = str(file)
            await pilot.press("enter")
            await settled(pilot)
        said = [n.message for n in disk._notifications]
        assert any("坏.docx 无法读取" in message for message in said)
        assert "试刊-01.md 已在档案中" in said
        assert disk.service.rebuild_status.state is RebuildState.IDLE


async def test_the_chosen_issue_can_be_read(make_archive_app, settled, text_of):
    async with make_archive_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, settled)
        await pilot.press("o")
        await settled(pilot)
        await settled(pilot)
        source = screen.query_one(SourcePane)
        assert source.display
        assert not screen.query_one(DetailPane).display
        assert source._citations[0].quote == "# 海川观察"
        assert "甲公司本季度收入为41.00亿元" in text_of(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert not source.display
        assert screen.query_one(DetailPane).display


async def test_a_file_that_cannot_be_added_is_named(make_archive_app, settled, tmp_path):
    async with make_archive_app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, settled)
        await pilot.press("ctrl+a")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "[/x]none.md")
        await pilot.press("enter")
        await settled(pilot)
        assert any("none.md" in n.title for n in pilot.app._notifications)
        assert pilot.app.service.rebuild_status.state is RebuildState.IDLE
        await pilot.press("ctrl+a", "escape")
        await settled(pilot)
        assert pilot.app.screen.AREA == "archive"


async def test_the_panel_is_hidden_until_there_is_a_rebuild(make_archive_app, settled):
    async with make_archive_app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, settled)
        assert not screen.query_one(RebuildPanel).display
