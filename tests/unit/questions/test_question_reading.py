"""Grammar words, periods, figures and wanted units of a question."""

from __future__ import annotations

import pytest

from cloudqa.language import normal_text
from cloudqa.questions.cues import CueKind, find_cues
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.intent import Against, Operation, read_intent
from cloudqa.questions.phrase import bits, covered, normal_phrase, phrase_of, places
from cloudqa.questions.reading import read_question


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("增长多少", [CueKind.GROWTH, CueKind.HOW_MUCH]),
        ("比上年同期多了多少", [CueKind.YEAR_AGO, CueKind.DIFFERENCE]),
        ("环比涨幅", [CueKind.PREVIOUS, CueKind.GROWTH]),
        ("首次超过10", [CueKind.FIRST, CueKind.ABOVE]),
        ("系边个季度", [CueKind.WHICH_PERIOD]),
        ("which quarter was the highest", [CueKind.WHICH_PERIOD, CueKind.MAX]),
    ],
)
def test_cues(text, kinds):
    assert [c.kind for c in find_cues(normal_text(text))] == kinds


def test_top_n():
    (cue,) = find_cues("前三名")
    assert (cue.kind, cue.number) == (CueKind.TOP, 3)


@pytest.mark.parametrize(
    ("question", "operation", "against"),
    [
        ("甲公司2017Q3收入是多少", Operation.LOOKUP, Against.NOTHING),
        ("甲公司2017Q3收入同比增长多少", Operation.GROWTH, Against.YEAR_AGO),
        ("甲公司2017Q3收入比上年同期多了多少亿元", Operation.DIFFERENCE, Against.YEAR_AGO),
        ("甲公司2017Q1到2017Q4收入增长了百分之几", Operation.GROWTH, Against.NOTHING),
        ("甲公司收入最高的是哪个季度", Operation.EXTREME, Against.NOTHING),
        ("甲公司收入是乙公司的几倍", Operation.RATIO, Against.NOTHING),
        ("甲公司收入第一次超过10亿元是什么时候", Operation.CROSSING, Against.NOTHING),
        ("列出甲公司各季度收入", Operation.SERIES, Against.NOTHING),
    ],
)
def test_intent(question, operation, against):
    intent = read_intent(read_question(question), 0)
    assert (intent.operation, intent.against) == (operation, against)


def test_period_counted_from_another_one():
    question = read_question("2016财年四季度比三季度增长了百分之几")
    assert [p.period.label for p in question.facts_periods] == ["FY2016Q4", "FY2016Q3"]


def test_same_period_of_the_year_before_is_the_period_asked_for():
    assert [p.period.label for p in read_question("2017Q2的去年同期收入").facts_periods] == ["2016Q2"]


def test_question_word_is_no_period():
    assert read_question("最高的是哪一季度？").periods == ()


def test_three_quarters_are_a_period_not_a_ranking():
    question = read_question("2017年前三季度净利润合计")
    assert question.number_of(CueKind.TOP) is None
    assert question.facts_periods[0].period.label == "2017Q1-2017Q3"


def test_covering_by_synonym_pair_and_word():
    question = normal_phrase("甲医院门诊营收")
    mask = covered(question, phrase_of("门诊收入"))
    assert [question.text[a:b] for a, b in places(mask)] == ["门诊营收"]


def test_silent_places_leave_content():
    text = "请问床位是多少呢"
    left = bits(0, len(text)) & ~silent_places(text, bits(0, len(text)))
    assert [text[a:b] for a, b in places(left)] == ["床位"]
