"""Conversations kept, reopened, exported; answers copied; the palette; the first screen without an index."""

from __future__ import annotations

import json
import threading
from decimal import Decimal

import pytest
from textual.command import CommandPalette
from textual.widgets import Button, Input

from cloudqa.rebuild import Event, Stage
from cloudqa.settings import Settings
from cloudqa.tui.app import CloudQAApp
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened, RebuildState
from cloudqa.tui.ask.sessions import list_sessions, load_session
from cloudqa.tui.door import DiskDoor


async def ask(pilot, settled, question):
    pilot.app.screen.prompt.load_text(question)
    await pilot.press("enter")
    await settled(pilot)
    await settled(pilot)


async def test_a_conversation_is_kept_and_reopened_with_its_context(make_app, places, settled, assistant, text_of):
    app = make_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "收入增长多少？")
        await ask(pilot, settled, "乙公司收入？")
    again = make_app()
    async with again.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert "收入增长多少？" in text_of(again)
        assert "2017-09-01 09:30 · 2 个问题" in text_of(again)
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        turns = again.screen.conversation.turns
        assert [turn.answer for turn in turns] == [
            assistant.answers["收入增长多少？"],
            assistant.answers["乙公司收入？"],
        ]
        assert turns[0].suggestions == ("各季度收入？",)
        assert "缺少    乙公司的收入" in text_of(again)
        await ask(pilot, settled, "各季度收入？")
    (session,) = list_sessions(places.conversations)
    stored = load_session(session.path)
    assert len(stored.turns) == 3
    assert stored.context == {"asked": ["收入增长多少？", "乙公司收入？", "各季度收入？"]}
    assert stored.turns[2].answer.values[1].value == Decimal("10.00")
    assert str(stored.turns[2].answer.values[1].value) == "10.00"


async def test_the_real_conversation_comes_back_as_it_was(make_real_app, places, settled):
    app = make_real_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "2018财年第一季度阿里云收入同比增长多少？")
        before = app.screen.conversation.turns[0]
    (session,) = list_sessions(places.conversations)
    stored = load_session(session.path)
    assert stored.turns[0].answer == before.answer
    assert stored.turns[0].suggestions == before.suggestions


async def test_a_broken_file_is_no_conversation_and_a_torn_last_line_is_left_out(make_app, places, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "乙公司收入？")
    (session,) = list_sessions(places.conversations)
    with session.path.open("a") as file:
        file.write('{"question": "to')
    assert len(load_session(session.path).turns) == 1
    (places.conversations / "x.jsonl").write_text('{"no": 1}\n{"no": 2}\n')
    assert [s.path for s in list_sessions(places.conversations)] == [session.path]
    with pytest.raises(ValueError, match=r"x\.jsonl is not a conversation"):
        load_session(places.conversations / "x.jsonl")


async def test_a_new_conversation_begins_empty_and_the_context_can_be_forgotten(make_app, places, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "一")
        await pilot.press("ctrl+l")
        await ask(pilot, settled, "二")
        assert app.screen._thread.conversation.context.asked == ["二"]
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert app.screen.conversation.turns == []
        await ask(pilot, settled, "三")
    assert sorted(s.title for s in list_sessions(places.conversations)) == ["一", "三"]


async def test_an_answer_is_copied_with_its_citations_to_clipboard_and_file(make_app, places, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "收入增长多少？")
        await pilot.press("f5")
        await pilot.pause()
        (path,) = places.exports.glob("answer-*.md")
        text = path.read_text(encoding="utf-8")
        assert app.clipboard == text
        assert "**甲公司 云收入：310%（41.00 ÷ 10.00 − 1 = 310%）。**" in text
        assert "3. “甲公司本季度收入为41.00亿元”" in text
        assert "《海川观察》 2017-08 第8期 › 数据 › 甲公司财务分析 › 第9行 (made-up-08:" in text
        assert any(str(path) in n.message for n in app._notifications)


async def test_a_conversation_is_exported_as_markdown_in_which_nothing_is_markup(make_app, places, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "各季度收入？")
        await ask(pilot, settled, "hostile")
        await pilot.press("ctrl+s")
        await pilot.pause()
    (path,) = places.exports.glob("conversation-*.md")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# cloudqa 对话\n\n## 各季度收入？\n")
    assert "| 2017年第二季度 | 41.00 | 亿元 |" in text
    assert r"\[/foo\] \[a=b\]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


async def test_nothing_to_copy_is_said(make_app, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f5", "ctrl+s")
        await pilot.pause()
        assert [n.message for n in app._notifications] == ["还没有可以复制的回答", "还没有可以导出的回答"]


async def test_a_folder_that_cannot_be_written_is_a_notice(make_app, places, settled, assistant, text_of):
    places.home.parent.mkdir(parents=True, exist_ok=True)
    places.home.write_text("not a folder")
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "甲公司本季度收入是多少？")
        assert "41.00亿元" in text_of(app)
        assert any(n.message.startswith("未能保存：") for n in app._notifications)


async def test_the_palette_has_every_action_and_does_it(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        for title in ("新对话", "以往对话", "导出对话", "复制回答", "不再承接上文", "档案", "浅色 / 深色", "退出"):
            await shown(pilot, text_of, title)
        await pilot.press(*"English")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert app.words.language == "en"


async def test_without_an_index_the_first_screen_offers_to_build_it(
    make_app, scripted_door, settled, assistant, text_of
):
    door = scripted_door(
        Opened(ArchiveStatus(ArchiveState.UNBUILT, 3)),
        Opened(ArchiveStatus(ArchiveState.READY, 3), assistant),
        events=[Event(Stage.READING, 0, 3, "a.md")],
    )
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "有 3 份报告，还没有索引" in text_of(app)
        assert app.focused is app.screen.prompt
        await pilot.press("tab")
        assert isinstance(app.focused, Button)
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert "还没有索引" not in text_of(app)
        await ask(pilot, settled, "甲公司本季度收入是多少？")
        assert "41.00亿元" in text_of(app)


@pytest.fixture
def slow_build(scripted_door, assistant):
    """An archive without an index, whose build waits at its second step until the test lets it go on."""
    door = scripted_door(
        Opened(ArchiveStatus(ArchiveState.UNBUILT, 3)),
        Opened(ArchiveStatus(ArchiveState.READY, 3), assistant),
        events=[Event(Stage.READING, 1, 3, "a.md"), Event(Stage.WRITING)],
    )
    door.gate = threading.Event()
    door.before_event = {Stage.WRITING: lambda: door.gate.wait(10)}
    yield door
    door.gate.set()


async def shown(pilot, text_of, text):
    """Waits until a text is on the screen."""
    for _ in range(200):
        await pilot.pause(0.02)
        if text in text_of(pilot.app):
            return
    raise AssertionError(f"{text} is not shown in:\n{text_of(pilot.app)}")


async def test_a_question_without_an_index_builds_it_and_is_answered_then(
    make_app, slow_build, settled, assistant, text_of
):
    app = make_app(slow_build)
    async with app.run_test(size=(100, 40)) as pilot:
        await shown(pilot, text_of, "还没有索引")
        app.screen.prompt.load_text("甲公司本季度收入是多少？")
        await pilot.press("enter")
        await shown(pilot, text_of, "读取 1/3")
        await shown(pilot, text_of, "索引建好后回答：甲公司本季度收入是多少？")
        await pilot.press("乙", "enter")
        await shown(pilot, text_of, "索引建好后回答：乙")
        assert assistant.asked == []
        slow_build.gate.set()
        await settled(pilot)
        await settled(pilot)
        assert assistant.asked == ["甲公司本季度收入是多少？", "乙"]
        await pilot.press("escape", "ctrl+up")
        assert "41.00亿元" in text_of(app)


@pytest.mark.parametrize("key", ["ctrl+b", "enter"])
async def test_the_index_is_built_by_a_key_that_is_shown(make_app, slow_build, settled, text_of, key):
    app = make_app(slow_build)
    async with app.run_test(size=(100, 40)) as pilot:
        await shown(pilot, text_of, "还没有索引")
        assert "Ctrl+B 建立索引" in text_of(app)
        assert "^b 建立索引" in text_of(app).splitlines()[-1]
        await pilot.press(key)
        await shown(pilot, text_of, "读取 1/3")
        assert "^b 建立索引" not in text_of(app).splitlines()[-1]
        slow_build.gate.set()
        await settled(pilot)
        assert app.service.status.state is ArchiveState.READY
        assert "^b 建立索引" not in text_of(app).splitlines()[-1]


async def test_a_question_asked_while_a_build_fails_is_answered_by_the_next(
    make_app, scripted_door, settled, assistant, text_of
):
    ready = Opened(ArchiveStatus(ArchiveState.READY, 3), assistant)
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.UNBUILT, 3)), ready, outcome=ZeroDivisionError("x"))
    app = make_app(door)
    async with app.run_test() as pilot:
        await shown(pilot, text_of, "还没有索引")
        await pilot.press("乙", "enter")
        await shown(pilot, text_of, "ZeroDivisionError: x")
        await shown(pilot, text_of, "索引建好后回答：乙")
        door.outcome = None
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert assistant.asked == ["乙"]


async def test_an_empty_corpus_is_filled_by_path(tmp_path, places, settled, text_of, made_up_report, monkeypatch):
    reports = tmp_path / "elsewhere"
    reports.mkdir()
    (reports / "made-up-08.md").write_text(made_up_report.text, encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    door = DiskDoor(settings)
    monkeypatch.setattr(door, "warm", lambda opened: None)  # the question needs no encoder
    app = CloudQAApp(settings, door=door, places=places)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "还没有报告" in text_of(app)
        app.query_one("#offer-path", Input).value = str(tmp_path / "nowhere")
        await pilot.press("enter")
        await settled(pilot)
        assert any(f"There is no file {tmp_path / 'nowhere'}" in n.title + n.message for n in app._notifications)
        app.query_one("#offer-path", Input).value = f'"{reports}"'
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        await settled(pilot)
        assert app.service.rebuild_status.state is RebuildState.FINISHED
        assert app.service.status == ArchiveStatus(ArchiveState.READY, 1)
        await ask(pilot, settled, "甲公司2017Q2云收入是多少？")
        assert "41.00亿元" in text_of(app)


async def test_a_damaged_index_offers_to_build_anew_and_a_failure_is_a_notice(
    make_app, scripted_door, settled, text_of
):
    door = scripted_door(
        Opened(ArchiveStatus(ArchiveState.BROKEN, message="索引损坏。", hint="Run: cloudqa index --full")),
        outcome=ZeroDivisionError("x"),
    )
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "索引损坏。 Run: cloudqa index --full" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "ZeroDivisionError: x" in text_of(app)
        await ask(pilot, settled, "甲公司本季度收入是多少？")


async def test_changed_reports_are_indexed_while_questions_are_answered(make_app, scripted_door, settled, assistant):
    door = scripted_door(
        Opened(ArchiveStatus(ArchiveState.READY, 1, outdated=1), assistant),
        Opened(ArchiveStatus(ArchiveState.READY, 2), assistant),
    )
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        await settled(pilot)
        assert app.service.status.reports == 2
        assert next(n.message for n in app._notifications).startswith("1 份报告有变化")


def test_history_line_that_is_not_json_is_left_out(places):
    from cloudqa.tui.ask.history import History

    places.history.parent.mkdir(parents=True)
    places.history.write_text(json.dumps("一") + "\nnot json\n[1]\n", encoding="utf-8")
    assert History(places.history).before("") == "一"
