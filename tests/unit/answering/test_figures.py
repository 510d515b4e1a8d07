"""Figures are read out of a sentence only where no other firm, year or sense of the figure is possible."""

from decimal import Decimal

import pytest

from cloudqa.answering.evidence import rank_evidence
from cloudqa.answering.figures import only_figure, read_figure
from cloudqa.answering.matching import Matcher
from cloudqa.documents import Span
from cloudqa.language import sentence_spans
from cloudqa.passages import Passage, PassageKind
from cloudqa.questions.asking import read_asking

TEXT = (
    "宏远钢铁2018年投资12亿元建设新高炉，比原计划节省了3亿元。安泰钢铁2018年的研发投入约为4.6亿元。"
    "安泰钢铁减少了1500人。焦炭价格每吨上涨了120元，至1980元。"
)


def evidence_for(question, text=TEXT):
    matcher = Matcher(read_asking(question), lambda term: 0.8 if term in text else None)
    spans = tuple(sentence_spans(text))
    passage = Passage("p", "r", PassageKind.PROSE, (), text, "", spans, ((0, len(text), Span(0, len(text))),), 0)
    return matcher, rank_evidence(matcher, [passage], [[0.5] * len(spans)], [1.0])


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("安泰钢铁2018年的研发投入是多少亿元？", "4.6"),
        ("宏远钢铁2018年投资多少亿元建设新高炉？", "12"),
        ("焦炭价格每吨上涨了多少元？", "120"),
    ],
)
def test_the_figure_asked_for(question, value):
    figure = read_figure(*evidence_for(question))
    assert figure is not None
    assert figure.quantity.value == Decimal(value)


@pytest.mark.parametrize(
    "question",
    [
        "宏远钢铁2018年的研发投入是多少亿元？",  # another firm's
        "安泰钢铁2017年的研发投入是多少亿元？",  # another year's
        "安泰钢铁有多少人？",  # a change, not a level
        "安泰钢铁2018年的研发投入是多少人？",  # another unit
    ],
)
def test_no_figure_is_better_than_a_wrong_one(question):
    matcher, ranked = evidence_for(question)
    assert read_figure(matcher, ranked) is None
    assert only_figure(matcher, ranked[0]) is None


def test_the_only_figure_of_its_unit_in_other_words():
    matcher, ranked = evidence_for("药房那次干了几天？", "药房那次在灾后赶到，连续工作十一天。")
    figure = only_figure(matcher, ranked[0])
    assert figure is not None
    assert (figure.quantity.value, figure.quantity.unit.symbol) == (Decimal(11), "天")


def test_two_figures_of_the_unit_leave_it_open():
    matcher, ranked = evidence_for("药房那次工作几天？", "药房那次赶路两天，连续工作十一天。")
    assert only_figure(matcher, ranked[0]) is None


def test_a_monstrous_sentence_is_looked_at_in_parts():
    text = "，".join(f"第{i}家工厂生产钢材" for i in range(2000)) + "，安泰钢铁减少了1500人。"
    _, ranked = evidence_for("安泰钢铁减少了多少人？", text)
    assert "1500人" in ranked[0].text
    assert max(len(e.text) for e in ranked) <= 300
    assert sum(len(e.text) for e in ranked) == len(text)
