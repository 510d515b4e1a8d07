"""Bars as text: widths, lengths, gaps, signs."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cloudqa.tui.figures.bars import EIGHTHS, Bar, Part, aligned_figures, cut, draw_bars

PARTS = " ▏▎▍▌▋▊▉█"

few = settings(max_examples=25, deadline=None)
labels = st.text(
    st.one_of(st.sampled_from("云收入净利润全角ＡＢab 12é\x1b\x00\n[/]"), st.characters(codec="utf-8")), max_size=20
)
figures = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
positive = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**9)


def bar_of(value: Decimal | None, label: str = "") -> Bar:
    return Bar(label, "" if value is None else f"{value:,f}", value)


def text(line) -> str:
    return "".join(piece.text for piece in line)


def drawn(line, part: Part) -> str:
    return "".join(piece.text for piece in line if piece.part is part)


@few
@given(st.lists(st.tuples(labels, st.none() | figures), max_size=8), st.integers(1, 130))
def test_every_line_takes_exactly_the_width(rows, width):
    lines = draw_bars([bar_of(value, label) for label, value in rows], width)
    assert len(lines) == len(rows)
    for line in lines:
        assert cell_len(text(line)) == width
        assert not any(unicodedata.category(char) == "Cc" for char in text(line))


@few
@given(st.lists(positive, min_size=1, max_size=8))
def test_a_bar_is_as_long_as_its_value_says(values):
    lines = draw_bars([bar_of(value) for value in values], 100)
    longest = max(values)
    room = max(map(cell_len, (drawn(line, Part.RISE) for line in lines)))
    for value, line in zip(values, lines, strict=True):
        bar = drawn(line, Part.RISE)
        eighths = sum(EIGHTHS if char == "█" else PARTS.index(char) for char in bar)
        exact = value * room * EIGHTHS / longest if longest else Decimal(0)
        wanted = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        assert eighths == (max(wanted, 1) if value else 0)
        assert set(bar[:-1]) <= {"█"}


@few
@given(st.lists(figures, min_size=2, max_size=8), st.integers(40, 130))
def test_losses_go_to_the_left_of_one_axis(values, width):
    lines = draw_bars([bar_of(value) for value in values], width)
    axes = {cell_len(text(line).partition("│")[0]) for line in lines}
    assert len(axes) == 1
    for value, line in zip(values, lines, strict=True):
        assert bool(drawn(line, Part.FALL)) == (value < 0)
        assert bool(drawn(line, Part.RISE)) == (value > 0)


@few
@given(st.lists(figures, min_size=1, max_size=8), st.integers(1, 60))
def test_a_figure_is_whole_or_not_there(values, width):
    bars = [bar_of(value, "很长的名称") for value in values]
    for bar, line in zip(bars, draw_bars(bars, width), strict=True):
        assert drawn(line, Part.FIGURE).strip() in (bar.text, "…", "")


def test_bars_by_hand():
    bars = [
        Bar("甲", "80.0", Decimal(80)),
        Bar("乙公司", "9.25", Decimal("9.25")),
        Bar("丙"),
        Bar("丁", "0", Decimal(0)),
    ]
    assert [text(line) for line in draw_bars(bars, 26)] == [
        "甲      80.0   │██████████",
        "乙公司   9.25  │█▏        ",
        "丙             ┊          ",
        "丁       0     │          ",
    ]


def test_signs_by_hand():
    bars = [Bar("一", "-30", Decimal(-30)), Bar("二", "45", Decimal(45)), Bar("三", "-3", Decimal(-3))]
    assert [text(line) for line in draw_bars(bars, 25)] == [
        "一  -30  ██████│         ",
        "二   45        │█████████",
        "三   -3       ▐│         ",
    ]


def test_only_losses_stand_left_of_the_axis():
    bars = [Bar("一", "-4", Decimal(-4)), Bar("二", "-1", Decimal(-1))]
    assert [text(line) for line in draw_bars(bars, 17)] == ["一  -4  ████████│", "二  -1        ██│"]


def test_a_long_label_gives_way_to_the_bar():
    line = draw_bars([Bar("一个非常非常非常非常长的名称", "12.5", Decimal("12.5"))], 40)[0]
    assert cell_len(text(line)) == 40
    assert drawn(line, Part.FIGURE).strip() == "12.5"
    assert drawn(line, Part.LABEL).rstrip().endswith("…")


@pytest.mark.parametrize(
    ("texts", "aligned"),
    [
        (["1,240", "-2.5", "约41.05", "—", ""], ["1,240", "   -2.5", " 约41.05", "    —", ""]),
        (["12 万元", "3.5"], ["12 万元", " 3.5"]),
        (["N/A", "7"], ["N/A", "  7"]),
        ([], []),
    ],
)
def test_decimal_points_stand_under_each_other(texts, aligned):
    shown = aligned_figures(texts)
    assert len({cell_len(text) for text in shown}) <= 1
    assert [text.rstrip() for text in shown] == aligned


@few
@given(labels, st.integers(0, 30))
def test_a_text_is_cut_to_its_cells(label, width):
    shown = cut(label, width)
    assert cell_len(shown) == width
