"""Sums, shares, costs and refusals over made-up reports of a port, a hospital and schools, each with its value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cloudqa.answering import Assistant
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings


@pytest.fixture(scope="module")
def archive(tmp_path_factory, repository):
    """An assistant over the three issues."""
    corpus = repository / "tests" / "data" / "made_up_figures"
    settings = Settings(corpus=corpus, index=tmp_path_factory.mktemp("figures") / "index")
    rebuild(settings)
    return Assistant.open(settings)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("海澜港、望角港、北屿港合计新增几条航线", "19", "条"),
        ("海澜港和望角港一季度一共新增多少条航线？", "15", "条"),
        ("望角港新增航线占全国的百分之几？", "12", "%"),
        ("外科和妇产科的床位数一共多少张？", "286", "张"),
        ("近三年投诉件数合计多少件？", "312", None),
        ("2017到2021年表扬件数的中位数", "402", None),
        ("2016到2020年高考报名人数合计多少万人？", "16.31", "万人"),
    ],
)
def test_what_is_listed_is_taken_together(archive, question, value, unit):
    answer = archive.ask(question)
    assert answer.value == Decimal(value), answer.answer
    assert unit is None or answer.unit == unit
    assert answer.working is None or answer.citations


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("集装箱吞吐量环比增长最快的是哪个季度？", "2020Q3"),
        ("投诉件数同比下降最多的是哪一年", "2020"),
        ("报名人数同比增长最快的是哪一年？", "2019"),
    ],
)
def test_growth_that_no_table_states_is_ranked(archive, question, period):
    answer = archive.ask(question)
    assert period in answer.answer.split("（")[0]
    assert answer.working is not None


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("远帆轮船2020年净利率是多少", "3.2"),
        ("2020年高考录取率是多少", "3.03"),
        ("冷藏仓的最长存期是多少天？", "15"),
        ("100吨放冷藏仓两个月，再加装卸费一共多少钱？", "4000"),
        ("海澜港、东礁港的新增航线一共多少条", "9"),
    ],
)
def test_what_is_something_else_is_refused(archive, question, never):
    answer = archive.ask(question)
    assert answer.refused, answer.answer
    assert answer.value is None
    assert never not in answer.answer


def test_the_smaller_one_is_not_called_the_greater(archive):
    answer = archive.ask("妇产科的床位数比外科多多少张？")
    assert answer.kind == "correction"
    assert "190" in answer.answer
    assert "94" in answer.answer
