"""What a turn says of its leaning on earlier ones."""

import pytest

from cloudqa.answering.conversation.leaning import About, Pointer, is_english, read_turn


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("那2018Q1呢？", "2018Q1"),
        ("环比呢？", "环比"),
        ("换成2017Q1", "2017Q1"),
        ("那最低的呢", "最低"),
        ("2016Q2的呢？", "2016Q2"),
        ("What about 2018Q1?", "2018Q1"),
        ("And QoQ?", "QoQ"),
    ],
)
def test_marks_of_a_follow_up_are_taken_off(asked, text):
    turn = read_turn(asked)
    assert (turn.text, turn.leans, turn.corrects) == (text, True, False)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("不是，我问的是环比", "环比"),
        ("我是说2017年", "2017年"),
        ("不对，是2017Q2", "2017Q2"),
        ("我问的不是同比，是环比", "环比"),
        ("no, I mean 2017Q1", "2017Q1"),
    ],
)
def test_a_correction_leaves_what_was_meant(asked, text):
    turn = read_turn(asked)
    assert (turn.text, turn.corrects) == (text, True)


@pytest.mark.parametrize(
    "asked", ["本期主编是谁？", "不是每个季度都增长吗？", "换算成人民币是多少？", "再加100万次请求多少钱？"]
)
def test_a_question_of_its_own_keeps_its_words(asked):
    turn = read_turn(asked)
    assert turn.text == asked.rstrip("？")
    assert not turn.leans


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("来源在哪？", About.SOURCE),
        ("出处呢？", About.SOURCE),
        ("第几页？", About.SOURCE),
        ("source?", About.SOURCE),
        ("Where does that come from?", About.SOURCE),
        ("为什么？", About.REASON),
        ("why?", About.REASON),
        ("这个数字是怎么算出来的？", About.WORKING),
        ("资金来源是什么？", About.MATTER),
        ("为什么亏损？", About.MATTER),
    ],
)
def test_what_a_turn_is_about(asked, about):
    assert read_turn(asked).about is about


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("它的可用性是多少？", [(Pointer.THING, "它")]),
        ("该公司的净利润呢", [(Pointer.THING, "该公司")]),
        ("上面那个的环比", [(Pointer.THING, "上面那个")]),
        ("后者比前者多多少？", [(Pointer.LATTER, "后者"), (Pointer.FORMER, "前者")]),
        ("这两家差多少", [(Pointer.BOTH, "这两家")]),
        ("那个季度的付费用户数是多少？", [(Pointer.PERIOD, "那个季度")]),
        ("这个指标同比呢", [(Pointer.SAME, "这个指标")]),
        ("Its margin?", [(Pointer.THING, "Its")]),
        ("其中研发有多少人？", []),
    ],
)
def test_referring_words(asked, words):
    turn = read_turn(asked)
    assert [(r.pointer, turn.text[r.start : r.end]) for r in turn.references] == words


def test_a_period_said_in_another_way_is_spelled_as_periods_are_read():
    assert read_turn("前一年呢").text == "上一年"
    assert read_turn("再往前一个季度呢？").text == "上一季度"


def test_the_language_of_a_turn_is_that_of_its_grammar():
    assert is_english("how about 西岭市场?")
    assert is_english("2018Q1?")
    assert not is_english("AWS呢？")
