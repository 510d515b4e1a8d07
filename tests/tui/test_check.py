"""Check: the source beside the conversation."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from cloudqa.tui.check.section_tree import SectionTree


@pytest.fixture
async def asked(make_app, settled):
    """Opens the application and asks for the growth, which has two cells and a sentence as sources."""

    async def opened(pilot):
        await settled(pilot)
        pilot.app.screen.prompt.load_text("收入增长多少？")
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)

    return opened


def marked(app, style):
    """The text that is shown in a style of the source."""
    page = app.screen.source.page
    runs = [piece for layout in page._layouts for line in layout.lines for run in line for piece in page._marked(run)]
    return [run.text for run in runs if run.style == style]


async def test_a_number_opens_the_source_with_cell_and_headers_marked(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        assert marked(app, "cell") == ["41.00"]
        assert marked(app, "header") == ["云收入(亿元)", "2017Q2"]
        shown = text_of(app)
        assert "《海川观察》 2017-08 第8期" in shown.splitlines()[1]
        assert "出处 1/3" in shown
        assert "2017Q1         10.00        261.79  3.82%" in shown


async def test_next_and_previous_citation(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("alt+1")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert marked(app, "cell") == ["10.00"]
        await pilot.press("p", "p")
        await settled(pilot)
        assert "".join(marked(app, "quote")) == "甲公司本季度收入为41.00亿元"
        assert "出处 3/3" in text_of(app)


async def test_alt_and_a_digit_as_most_terminals_send_them(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        app.screen.prompt.post_message(events.Key("pound_sign", "£"))
        await settled(pilot)
        assert "出处 3/3" in text_of(app)
        await pilot.press("f6", "x")
        app.screen.prompt.post_message(events.Key("pound_sign", "£"))
        await pilot.pause()
        assert app.screen.prompt.text == "x£"


async def test_a_citation_opens_by_click_and_escape_closes(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await asked(pilot)
        row = next(y for y, line in enumerate(text_of(app).splitlines()) if "[3] 甲公司本季度" in line)
        await pilot.click(offset=(12, row))
        await settled(pilot)
        assert "出处 3/3" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.screen.has_class("-checking")
        assert app.screen.conversation.has_focus


async def test_search_goes_through_the_matches(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        await pilot.press("slash", "甲", "公", "司")
        await pilot.pause()
        assert "第 4 处，共 4 处" in text_of(app)  # the first one from the quote on
        await pilot.press("enter", "n")
        await pilot.pause()
        assert "第 1 处，共 4 处" in text_of(app)
        assert marked(app, "matchhere") == ["甲公司"]
        await pilot.press("N")
        await pilot.pause()
        assert "第 4 处，共 4 处" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one("#source-search", Input).value == ""
        assert "出处 1/3" in text_of(app)
        assert app.screen.has_class("-checking")


async def test_the_section_tree_goes_to_a_heading(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.focused, SectionTree)
        assert "甲公司财务分析" in text_of(app)
        tree = app.focused
        tree.cursor_line = next(
            n for n in range(20) if tree.get_node_at_line(n) and "其他公司" in str(tree.get_node_at_line(n).label)
        )
        await pilot.press("enter")
        await settled(pilot)
        assert "乙公司没有公布数据。" in text_of(app)
        assert not app.screen.query(SectionTree)
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert not app.screen.query(SectionTree)
        assert app.screen.source.page.has_focus


async def test_control_characters_of_the_report_are_not_shown(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "3")
        await settled(pilot)
        assert "控制符\ufffd[31m在此，[/foo] [a=b]" in text_of(app).replace("\n", "")
        assert "\x1b" not in text_of(app)


async def test_sixty_columns_show_one_pane(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(60, 24)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        assert not app.screen.conversation.is_on_screen
        assert "▎" not in text_of(app)
        assert marked(app, "cell") == ["41.00"]
        await pilot.press("escape")
        await pilot.pause()
        assert "▎" in text_of(app)


async def test_wide_enough_shows_both_panes_and_f6_goes_between(make_app, asked, settled, text_of):
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "1")
        await settled(pilot)
        assert "▎" in text_of(app)
        await pilot.press("f6")
        assert app.screen.prompt.has_focus
        await pilot.press("f6")
        await pilot.pause()
        assert app.screen.source.page.has_focus


async def test_a_quote_of_the_real_report_is_in_sight(make_real_app, settled, text_of):
    app = make_real_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.screen.prompt.load_text("2018财年第一季度阿里云收入同比增长多少？")
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        citations = app.screen.conversation.turns[0].answer.citations
        number = next(n for n, c in enumerate(citations) if c.table is not None)
        await pilot.press("escape", str(number + 1))
        await settled(pilot)
        cell = marked(app, "cell")
        assert len(cell) == 1
        assert cell[0] in citations[number].quote
        assert len(marked(app, "header")) >= 2
        assert any(cell[0] in line[60:] for line in text_of(app).splitlines())
