"""The application itself: areas, language, themes, the archive opened behind the first frame."""

from __future__ import annotations

import json

import pytest

from cloudqa.errors import IndexCorruptError
from cloudqa.rebuild import Event, Stage
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened, RebuildState
from cloudqa.tui.wording import Language, Words, locale_language


async def test_the_first_screen_is_ask_and_the_archive_opens_behind_it(make_app, settled, assistant, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.current_mode == "ask"
        assert app.service.status == ArchiveStatus(ArchiveState.READY, 1)
        assert app.service.assistant is assistant
        assert "1 期报告" in text_of(app).splitlines()[0]


@pytest.mark.parametrize(("key", "mode"), [("f3", "figures"), ("f4", "archive"), ("f2", "ask")])
async def test_every_area_has_a_key(make_app, settled, key, mode):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f4", key)
        assert app.current_mode == mode
        assert app.screen.AREA == mode


async def test_an_area_opens_by_click(make_app, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.click("TopBar", offset=(16, 0))
        await pilot.pause()
        assert app.current_mode == "figures"


async def test_the_language_is_switched_and_remembered(make_app, places, settled, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "问答" in text_of(app)
        await pilot.press("f8")
        await pilot.pause()
        first = text_of(app).splitlines()[0]
        assert "Ask" in first
        assert "1 issue" in first
    assert json.loads(places.preferences.read_text())["language"] == "en"
    again = make_app()
    assert again.words.language is Language.ENGLISH


async def test_the_theme_is_switched_and_remembered(make_app, places, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.theme == "cloudqa-dark"
        await pilot.press("f9")
        assert app.theme == "cloudqa-light"
    assert make_app().theme == "cloudqa-light"


async def test_help_lists_the_keys_of_the_area(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert "帮助 · 问答" in text_of(app)
        assert "浅色 / 深色" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "帮助 · 问答" not in text_of(app)


def test_the_locale_chooses_the_language():
    assert locale_language({"LANG": "zh_TW.UTF-8"}) is Language.CHINESE
    assert locale_language({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}) is Language.ENGLISH
    assert locale_language({}) is Language.ENGLISH


def test_every_text_takes_the_same_values_in_both_languages():
    import string

    zh, en = Words(Language.CHINESE), Words(Language.ENGLISH)
    for key in zh._texts:
        names = [{name for _, name, _, _ in string.Formatter().parse(words(key)) if name} for words in (zh, en)]
        if not key.endswith(".one"):
            assert names[0] == names[1], key


async def test_a_notice_never_hides_what_is_written(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.screen.prompt.load_text("写" * 36)
        app.say("通知 " * 12)
        for _ in range(100):
            await pilot.pause(0.02)
            if "通知" in text_of(app):
                break
        lines = text_of(app).splitlines()
        assert "通知" in "".join(lines[1:8])
        assert any("写" * 36 in line for line in lines)
        assert "问答" in lines[0]


async def test_an_archive_that_cannot_be_opened_is_named(make_app, scripted_door, settled, text_of):
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.BROKEN, message="坏了", hint="Run: cloudqa index --full")))
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.service.assistant is None
        assert "档案不可用" in text_of(app)


async def test_a_rebuild_exchanges_the_assistant_when_it_is_ready(make_app, scripted_door, settled, assistant):
    newer = object()
    first = Opened(ArchiveStatus(ArchiveState.READY, 1), assistant)
    door = scripted_door(
        first,
        Opened(ArchiveStatus(ArchiveState.READY, 2), newer),
        events=[Event(Stage.READING, 0, 1, "a.md"), Event(Stage.WRITING), Event(Stage.FINISHED)],
        outcome="summary",
    )
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.service.assistant is assistant
        assert app.service.start_rebuild()
        await settled(pilot)
        assert app.service.assistant is newer
        status = app.service.rebuild_status
        assert (status.state, status.summary) == (RebuildState.FINISHED, "summary")
        assert [event.stage for event in status.events] == [Stage.READING, Stage.WRITING, Stage.FINISHED]


async def test_a_rebuild_that_is_stopped_leaves_the_assistant(make_app, scripted_door, settled, assistant):
    first = Opened(ArchiveStatus(ArchiveState.READY, 1), assistant)
    door = scripted_door(first, events=[Event(Stage.READING, 0, 1, "a.md"), Event(Stage.WRITING)])
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        door.before_event = {Stage.WRITING: app.service.cancel_rebuild}
        app.service.start_rebuild()
        await settled(pilot)
        assert app.service.rebuild_status.state is RebuildState.CANCELLED
        assert app.service.assistant is assistant


@pytest.mark.parametrize("error", [IndexCorruptError("damaged", "Run: cloudqa index --full"), ZeroDivisionError("x")])
async def test_a_rebuild_that_fails_is_named_with_the_next_step(make_app, scripted_door, settled, assistant, error):
    door = scripted_door(Opened(ArchiveStatus(ArchiveState.READY, 1), assistant), outcome=error)
    app = make_app(door)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.service.start_rebuild()
        await settled(pilot)
        status = app.service.rebuild_status
        assert status.state is RebuildState.FAILED
        assert status.message
        assert status.hint
        assert app.service.assistant is assistant
