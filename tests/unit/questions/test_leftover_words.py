"""What is left of a question as whole words, words for limits, and what goes as one sum."""

from __future__ import annotations

import pytest

from cloudqa.questions.intent import find_comparing
from cloudqa.questions.leftover import unknown_subject, whole_word
from cloudqa.questions.limits import opposed
from cloudqa.questions.reading import read_question


@pytest.mark.parametrize(
    ("asked", "label", "word"),
    [
        ("冷藏仓的最长存期是多少天", "最短存期", ("最长",)),
        ("最小单仓容量", "最大单仓容量", ("最小",)),
        ("最短存期最长的是哪种仓", "最短存期", ()),
        ("冷藏仓的最短存期", "最短存期", ()),
        ("存期是多少天", "最短存期", ()),
    ],
)
def test_a_figure_for_the_other_end_is_opposed(asked, label, word):
    assert opposed(asked, label) == word


def test_a_lone_character_at_the_beginning_is_left_of_a_name():
    text = "中山有多少家港口企业"
    assert whole_word(text, 1, 2, 0, ()) == "中山"
    assert whole_word(text, 1, 2, 1, ()) == "山"


def test_a_lone_character_after_an_unknown_name_makes_it_another():
    assert whole_word("海澜丰2017年", 2, 3, 0b11, {2}) == "海澜丰"


@pytest.mark.parametrize(
    ("asked", "subject"), [("大同有几家船厂", ("大同",)), ("报告有多少页", ()), ("共有几家船厂", ())]
)
def test_a_subject_of_common_characters_is_one(asked, subject):
    assert unknown_subject(read_question(asked), 0) == subject


@pytest.mark.parametrize(
    ("text", "at"), [("甲占比比乙高吗", 3), ("同比增长", None), ("甲是否超过乙", 3), ("占比是多少", None)]
)
def test_the_comparing_word_is_found(text, at):
    assert find_comparing(text) == at
