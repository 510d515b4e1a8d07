"""Normalising keeps a map to its source and brings both sides to one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudqa.language import normal_text, normalise, simplify, small_numeral


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("２０１７Ｑ３", "2017q3"),
        ("二〇一七年第三季度", "2017年第3季度"),
        ("二零一七财年", "2017财年"),
        ("一七年", "17年"),
        ("第二十期", "第20期"),
        ("第十二届", "第12届"),
        ("一二线城市", "一二线城市"),
        ("三五家", "三五家"),
        ("一二十万", "一二十万"),
        ("標準存儲", "标准存储"),
        ("（ＡＢＣ）", "(abc)"),
        ("−4%", "-4%"),
    ],
)
def test_one_spelling(text, normal):
    assert normal_text(text) == normal


@given(st.text(alphabet="二〇一七年第三季度ＡＢ１２㈱①ﬁ云計算 ，。x", max_size=40))
def test_offsets_cover_the_source_in_order(text):
    normal = normalise(text)
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(normal.offsets)
    assert normal.offsets[-1] == len(text)


def test_a_normalised_span_maps_back_to_its_source():
    source = "截至二〇一七年，ＡＷＳ增长"
    normal = normalise(source)
    at = normal.text.index("2017年")
    start, end = normal.source_span(at, at + 5)
    assert source[start:end] == "二〇一七年"
    at = normal.text.index("aws")
    start, end = normal.source_span(at, at + 3)
    assert source[start:end] == "ＡＷＳ"


def test_one_source_character_that_becomes_several_maps_back_whole():
    normal = normalise("a㈱b")
    assert normal.text == "a(株)b"
    assert normal.source_span(1, 4) == (1, 2)


def test_simplifying_keeps_the_length():
    assert simplify("雲計算後來居上") == "云计算后来居上"
    assert simplify("plain") == "plain"


@pytest.mark.parametrize(("numeral", "value"), [("十", 10), ("三", 3), ("十二", 12), ("二十", 20), ("九十九", 99)])
def test_small_numerals(numeral, value):
    assert small_numeral(numeral) == value


@pytest.mark.parametrize("numeral", ["百", "十十", "甲"])
def test_what_is_no_small_numeral(numeral):
    assert small_numeral(numeral) is None
