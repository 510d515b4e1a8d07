"""The Ask screen: questions, cards, completion, history, suggestions, refusals, errors."""

from __future__ import annotations

import threading

import pytest
from textual import events

from cloudqa.errors import IndexCorruptError
from cloudqa.tui.ask.turn import Turn


async def ask(pilot, settled, question):
    pilot.app.screen.prompt.load_text(question)
    await pilot.press("enter")
    await settled(pilot)
    await settled(pilot)


async def test_an_answer_shows_figure_basis_working_caveat_and_citations(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "收入增长多少？")
        lines = [line.rstrip() for line in text_of(app).splitlines()]
        shown = "\n".join(lines)
        assert "▎ ╶─╮╶╮ ╭─╮" in shown  # 310, three lines high
        assert "▎ 甲公司 云收入：310%（41.00 ÷ 10.00 − 1 = 310%）。" in shown
        assert "▎ 数值 · 由表格和正文计算 · 《海川观察》 2017-08 第8期" in shown
        assert "▎ 计算    41.00  亿元  [1]\n ▎         10.00  亿元  [2]\n ▎         41.00 ÷ 10.00 − 1 = 310%" in shown
        assert "▎ 注意    只有一个季度。" in shown
        assert "▎ 出处    [1] 2017Q2 │ 41.00\n ▎             数据 › 甲公司财务分析 · 第16行" in shown
        assert "▎ 接着问  › 各季度收入？" in shown


async def test_values_are_a_table_with_aligned_decimals_and_carried_context_is_said(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "各季度收入？")
        lines = [line.rstrip() for line in text_of(app).splitlines()]
        assert " ▎   2016Q4           8.85  亿元" in lines
        assert " ▎   2017Q1          10.00  亿元" in lines
        assert " ▎   2017年第二季度  41.00  亿元" in lines
        assert " ▎ 承接    甲公司 · 云收入" in lines


async def test_a_refusal_says_what_is_missing_and_what_comes_closest(make_app, settled, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "乙公司收入？")
        assert "缺少    乙公司的收入" in text_of(app)
        assert "相近    甲公司 收入 2017Q2 41.00亿元" in text_of(app)


async def test_a_suggested_question_is_asked_by_key_and_by_click(make_app, settled, assistant, text_of):
    app = make_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "收入增长多少？")
        await pilot.press("escape", "shift+tab", "enter")
        await settled(pilot)
        assert assistant.asked[-1] == "各季度收入？"
        row = next(y for y, line in enumerate(text_of(app).splitlines()) if "› 收入增长多少？" in line)
        await pilot.click(offset=(10, row))
        await settled(pilot)
        assert assistant.asked[-1] == "收入增长多少？"


async def test_corpus_text_is_never_markup_and_never_steers_the_terminal(make_app, settled, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "hostile")
        shown = text_of(app)
        assert "a\ufffd[31mred\ufffd2J\ufffdb [/foo] [a=b]" in shown
        assert "[b]bold[/b]" in shown
        assert all(char.isprintable() or char == "\n" for char in shown)


async def test_typing_goes_on_while_an_answer_is_computed(make_app, settled, assistant, text_of):
    gate = threading.Event()
    answer = assistant.ask
    assistant.ask = lambda question: gate.wait(10) and answer(question)
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        app.screen.prompt.load_text("甲公司本季度收入是多少？")
        await pilot.press("enter")
        await pilot.pause()
        assert "正在查找…" in text_of(app)
        await pilot.press("环", "比")
        assert app.screen.prompt.text == "环比"
        assert "环比" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert text_of(app).count("正在查找…") == 2
        gate.set()
        await settled(pilot)
        await settled(pilot)
        assert "正在查找…" not in text_of(app)
        assert assistant.asked == ["甲公司本季度收入是多少？", "环比"]


async def test_a_question_before_the_archive_is_open_is_answered_when_it_is(make_app, settled, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        app.service.assistant, opened = None, app.service.assistant
        await settled(pilot)
        opened = app.service.assistant
        app.service.assistant = None
        await ask(pilot, settled, "甲公司本季度收入是多少？")
        assert "正在查找…" in text_of(app)
        app.service.assistant = opened
        app.service.status_changed.publish(app.service.status)
        await settled(pilot)
        await settled(pilot)
        assert "甲公司 收入：41.00亿元。" in text_of(app)


@pytest.mark.parametrize(
    "error", [IndexCorruptError("索引损坏。", "Run: cloudqa index --full"), ZeroDivisionError("x")]
)
async def test_an_error_is_a_card_with_the_next_step(make_app, settled, answers, text_of, error):
    answers["坏"] = error
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "坏")
        shown = text_of(app)
        assert "cloudqa index" in shown
        assert "Traceback" not in shown
        await ask(pilot, settled, "甲公司本季度收入是多少？")
        assert "41.00亿元" in text_of(app)


async def test_a_document_is_no_question(make_app, settled, assistant):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "长" * 2001)
        assert assistant.asked == []
        assert app.screen.prompt.text == "长" * 2001
        assert [n.message for n in app._notifications] == ["问题有 2,001 个字符，最多 2,000 个。请用一句话提问。"]


async def test_pasted_lines_stay_one_question(make_app, settled, assistant):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        app.screen.prompt.post_message(events.Paste("甲公司\r\n本季度\x1b[31m收入？\n"))
        await pilot.pause()
        assert app.screen.prompt.text == "甲公司\n本季度[31m收入？"
        await pilot.press("ctrl+j", "x", "enter")
        await settled(pilot)
        assert assistant.asked == ["甲公司\n本季度[31m收入？\nx"]


async def test_history_goes_back_and_forth_and_survives_the_session(make_app, settled):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await ask(pilot, settled, "一")
        await ask(pilot, settled, "二")
        await pilot.press("草", "up")
        assert app.screen.prompt.text == "二"
        await pilot.press("up", "up")
        assert app.screen.prompt.text == "一"
        await pilot.press("down", "down")
        assert app.screen.prompt.text == "草"
    again = make_app()
    async with again.run_test() as pilot:
        await settled(pilot)
        await pilot.press("up")
        assert again.screen.prompt.text == "二"


async def test_names_are_completed_with_tab_and_tab_again_takes_the_next(make_app, settled, completed, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("问", "甲")
        await completed(pilot)
        assert "Tab 甲公司   甲公司云收入" in text_of(app)
        assert app.screen.prompt.suggestion == "公司"
        await pilot.press("tab")
        assert app.screen.prompt.text == "问甲公司"
        await pilot.press("tab")
        assert app.screen.prompt.text == "问甲公司云收入"


async def test_the_right_key_accepts_the_completion(make_app, settled, completed):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("2")
        await completed(pilot)
        await pilot.press("right")
        assert app.screen.prompt.text == "2017Q2"


async def test_a_completion_is_taken_by_click(make_app, settled, completed, text_of):
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("甲")
        await completed(pilot)
        await pilot.click("#completions", offset=(20, 0))
        await pilot.pause()
        assert app.screen.prompt.text == "甲公司云收入"


async def test_the_language_of_the_cards_is_switched(make_app, settled, text_of):
    app = make_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "收入增长多少？")
        await pilot.press("f8")
        await pilot.pause()
        assert "Figure · calculated · 《海川观察》 2017-08 第8期" in text_of(app)
        assert "Sources" in text_of(app)


async def test_the_real_assistant_answers_a_follow_up(make_real_app, settled, text_of):
    app = make_real_app()
    async with app.run_test(size=(100, 60)) as pilot:
        await settled(pilot)
        await ask(pilot, settled, "亚马逊AWS第二季度净营收是多少？")
        assert "亚马逊AWS 净营收 2017Q2：41.00亿美元。" in text_of(app)
        turn = app.screen.conversation.turns[0]
        assert turn.answer.citations[0].quote == "亚马逊AWS第二季度净营收为41.00亿美元"


async def test_five_hundred_cards_are_one_view_and_the_last_is_in_sight(make_app, settled, answers, text_of):
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        conversation = app.screen.conversation
        turn = Turn("收入增长多少？", app.clock(), answers["收入增长多少？"])
        conversation.show_turns([turn] * 499 + [Turn("各季度收入？", app.clock(), answers["各季度收入？"])])
        await settled(pilot)
        assert "2017年第二季度  41.00  亿元" in text_of(app)
        assert len(list(app.screen.walk_children())) < 40
        await pilot.press("escape", "ctrl+up")
        assert conversation.chosen == 498
        await pilot.press("home")
        await pilot.pause()
        row = next(y for y, line in enumerate(text_of(app).splitlines()) if "▎ 收入增长多少？" in line)
        await pilot.click(offset=(40, row))
        assert conversation.chosen == 0
