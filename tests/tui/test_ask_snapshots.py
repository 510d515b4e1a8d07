"""How Ask and Check look: sizes, languages, themes.

After a change of looks: ``pytest tests/tui --snapshot-update``, then view the pictures before they are taken.
"""

from __future__ import annotations

import pytest

from cloudqa.answering.answer import Citation
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened
from cloudqa.tui.places import Places
from cloudqa.tui.preferences import Preferences, save_preferences
from cloudqa.tui.wording import Language

SMALL, LARGE, NARROW = (80, 24), (120, 40), (60, 24)


@pytest.fixture
def looks(make_app, make_real_app, places, settled, snap_compare, monkeypatch):
    """Compares the application after some steps with the picture kept of it."""
    # Paths of the test's own folder would differ from run to run.
    monkeypatch.setattr(Places, "exports", places.home.parent)

    def compare(size, look="zh dark", steps=None, *, door=None, real=False):
        language, theme = look.split()
        save_preferences(places.preferences, Preferences(Language(language), f"cloudqa-{theme}"))

        async def run_before(pilot):
            pilot.app.screen.prompt.cursor_blink = False
            await settled(pilot)
            if steps is not None:
                await steps(pilot)
            await settled(pilot)
            await settled(pilot)

        return snap_compare(make_real_app() if real else make_app(door), terminal_size=size, run_before=run_before)

    return compare


@pytest.fixture
def ask(settled):
    """Asks a question, then presses keys."""

    def asking(question, *keys):
        async def steps(pilot):
            pilot.app.screen.prompt.load_text(question)
            await pilot.press("enter")
            await settled(pilot)
            await settled(pilot)
            for key in keys:
                await pilot.press(key)
                await settled(pilot)

        return steps

    return asking


def test_first_screen(looks):
    assert looks(SMALL)


def test_first_screen_in_english_on_paper(looks):
    assert looks(SMALL, "en light")


def test_answer_with_working(looks, ask):
    assert looks(LARGE, "zh light", ask("收入增长多少？"))


def test_answer_on_a_narrow_terminal(looks, ask):
    assert looks(NARROW, "en dark", ask("收入增长多少？"))


def test_values_as_a_table(looks, ask):
    assert looks(SMALL, "zh dark", ask("各季度收入？"))


def test_refusal(looks, ask):
    assert looks(SMALL, "en light", ask("乙公司收入？"))


def test_source_beside_the_conversation(looks, ask):
    assert looks(LARGE, "zh dark", ask("收入增长多少？", "escape", "1"))


def test_source_alone_on_a_narrow_terminal(looks, ask):
    assert looks(NARROW, "zh light", ask("收入增长多少？", "escape", "1"))


def test_section_tree_and_search(looks, ask):
    assert looks(
        LARGE, "en light", ask("收入增长多少？", "escape", "1", "t", "escape", "slash", "收", "入", "enter", "t")
    )


def test_real_report_at_a_quote(looks, report_text):
    async def steps(pilot):
        start = report_text.index("2018Q1\t24.31")
        place = {"table": 0, "row": 12, "column": 1, "line": 103}
        quote = report_text[start : start + 12]
        citation = Citation(
            report="2017-08-issue-08", quote=quote, start=start, end=start + 12, section=("云数据",), **place
        )
        pilot.app.screen.add_class("-checking")
        pilot.app.screen.source.open((citation,), 0)

    assert looks(NARROW, "zh dark", steps, real=True)


def test_completion_while_typing(looks, completed):
    async def steps(pilot):
        await pilot.press("甲")
        await completed(pilot)

    assert looks(SMALL, "zh dark", steps)


def test_offer_to_build_an_index(looks, scripted_door):
    assert looks(SMALL, "zh dark", door=scripted_door(Opened(ArchiveStatus(ArchiveState.UNBUILT, 3, message="待建。"))))


def test_list_of_conversations(looks, ask):
    assert looks(SMALL, "en dark", ask("收入增长多少？", "ctrl+n", "ctrl+o"))


def test_help(looks):
    async def steps(pilot):
        await pilot.press("f1")

    assert looks(LARGE, "zh light", steps)
