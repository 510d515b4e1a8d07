"""Text as lines of cells: what is visible, where it breaks, how columns stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudqa.tui.page.big_figures import big_figure
from cloudqa.tui.page.cells import cut, visible, width_of
from cloudqa.tui.page.lines import Run, wrap_runs
from cloudqa.tui.page.tables import table_lines
from cloudqa.tui.page.wrapping import wrap


def broken(text: str, width: int, first: int = 0) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, first)]


def shown(lines) -> list[str]:
    return ["".join(run.text for run in line) for line in lines]


def test_nothing_that_steers_the_terminal_is_visible():
    hostile = "a\x1b[31m\x07\x9b2J\u202eb\u2066\ud800\tc\r\n\u2028d\ufeff"
    assert visible(hostile) == "a\ufffd[31m\ufffd\ufffd2J\ufffdb\ufffd\ufffd c   d\ufffd"
    assert len(visible(hostile)) == len(hostile)


def test_widths_count_cells():
    assert width_of("收入24.31亿元") == 13
    assert cut("收入24.31亿元", 8) == "收入24.…"
    assert cut("收入24.31亿元", 4) == "收…"
    assert cut("收入", 4) == "收入"


def test_chinese_breaks_anywhere_but_never_inside_a_word_or_figure():
    assert broken("腾讯云收入为96.54亿元，同比增长177%。", 14) == ["腾讯云收入为", "96.54亿元，同", "比增长177%。"]
    assert broken("the Public Cloud Storage服务商", 12) == ["the Public", "Cloud", "Storage服务", "商"]


def test_no_line_begins_with_closing_or_ends_with_opening_punctuation():
    assert broken("一二三四五，六七", 10) == ["一二三四", "五，六七"]
    assert broken("一二三四“五六”", 10) == ["一二三四", "“五六”"]


def test_a_word_longer_than_a_line_is_cut_between_characters():
    assert broken("abcdefghij中", 4) == ["abcd", "efgh", "ij中"]
    assert broken("中中中中中", 3) == ["中", "中", "中", "中", "中"]


def test_the_first_line_may_be_taken_in_part():
    assert broken("一二三四五", 6, first=4) == ["一", "二三四", "五"]


@given(st.text(alphabet="中文，。“”（）ab1.% -", max_size=60), st.integers(4, 20))
@settings(max_examples=150, deadline=None)
def test_lines_fit_and_lose_nothing_but_blanks(text, width):
    lines = broken(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_runs_keep_style_offset_and_item_over_a_break():
    lines = wrap_runs([Run("收入为", "text", 100), Run("41.00亿元", "strong", 103, 2)], 8, [Run("· ")])
    assert shown(lines) == ["· 收入为", "  41.00", "  亿元"]
    assert lines[2][1] == Run("亿元", "strong", 108, 2)


def test_decimal_points_stand_below_each_other():
    rows = [["季度", "收入"], ["2016Q4", "8.85"], ["2017Q1", "10.5"], ["第二季", "101"], ["Q3", "—"]]
    lines = shown(table_lines([[Run(cell) for cell in row] for row in rows], 40))
    assert lines[0] == "季度      收入"
    assert set(lines[1].strip()) == {"─"}
    assert [line.rstrip() for line in lines[2:]] == ["2016Q4    8.85", "2017Q1   10.5", "第二季  101", "Q3        —"]
    assert len({width_of(line) for line in lines}) == 1


def test_a_table_wider_than_the_page_wraps_its_widest_cells():
    rows = [["名称", "说明"], ["甲", "一二三四五六七八九十"]]
    lines = shown(table_lines([[Run(cell) for cell in row] for row in rows], 18, indent=2))
    assert [line.rstrip() for line in lines[2:]] == ["  甲    一二三四五", "        六七八九十"]
    assert all(width_of(line) <= 18 for line in lines)


@pytest.mark.parametrize("figure", ["95.58", "-1,024", "+3.0"])
def test_a_big_figure_has_three_lines_of_one_width(figure):
    lines = big_figure(figure)
    assert len({width_of(line) for line in lines}) == 1
    assert len(lines) == 3


def test_what_has_no_glyph_is_not_drawn_big():
    assert big_figure("12亿") is None
    assert big_figure("") is None
