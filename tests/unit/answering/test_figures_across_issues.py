"""Figures that two made-up issues state in turns: counted again, in a table and a sentence, in either direction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cloudqa.answering import Assistant
from cloudqa.settings import Settings

FIRST = """# 水务研究

2018年1月第1期

## 一、要闻

会上，澄湖水务总经理何远山介绍了“一镇一厂”项目的进展，截至2017年底，该项目已覆盖湖东、湖西两省的46个镇，累计投资3.8亿元。

## 二、数据

澄湖水务的财年与自然年一致；岭泉科技的财年从每年4月1日开始，2018财年第一季度即2017年4月至6月。

表1 澄湖水务季度经营数据（单位：亿元）

| 季度 | 营业收入 | 其中：污水处理 | 净利润 |
|---|---|---|---|
| 2017Q1 | 2.10 | 1.26 | 0.15 |
| 2017Q2 | 2.46 | 1.40 | 0.16 |
| 2017Q3 | 2.95 | 1.62 | 0.08 |
| 2017Q4 | 3.54 | 1.86 | 0.21 |

表2 岭泉科技季度经营数据

| 财季 | 营业收入(万元) | 客户数(家) |
|---|---|---|
| FY2018Q1 | 18,200 | 412 |
| FY2018Q2 | 19,750 | 455 |
| FY2018Q3 | 22,400 | 503 |
"""

SECOND = """# 水务研究

2018年3月第3期

## 一、要闻

2018年3月2日，澄湖水务发布2017年度公报，公司2017年第四季度营业收入经审计调整为3.48亿元，全年营业收入为10.99亿元；净利润全年为0.60亿元。公司同时披露，2018年2月起“一镇一厂”项目新增湖北省，覆盖镇数增至58个。

岭泉科技公布2018财年第四季度业绩：营业收入为24,900万元，客户数达到548家。

## 二、数据：人员

表1 澄湖水务人员结构（人）

| 部门 | 2016年末 | 2017年末 |
|---|---|---|
| 研发 | 310 | 402 |
| 销售 | 150 | 168 |
| 运维 | 205 | 240 |
| 合计 | 665 | 810 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("issues")
    (folder / "corpus").mkdir()
    for name, text in (("2018-01.md", FIRST), ("2018-03.md", SECOND)):
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    return Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("一镇一厂项目目前覆盖多少个镇？", "58"),
        ("现在一镇一厂覆盖了几个镇？", "58"),
        ("截至2017年底一镇一厂覆盖了多少个镇？", "46"),
        ("一镇一厂项目累计投资多少？", "3.8"),
        ("澄湖水务2017年第四季度营业收入是多少？", "3.48"),
    ],
)
def test_the_newest_count_unless_another_time_is_asked(assistant, question, value):
    answer = assistant.ask(question)
    assert str(answer.value) == value
    assert "何远山" not in answer.answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("澄湖水务2017Q2比2017Q1营业收入增长多少？", "17.14"),
        ("与2017Q1相比，澄湖水务2017Q2营业收入增长多少？", "17.14"),
        ("澄湖水务2017Q1比2017Q2营业收入增长多少？", "-14.63"),
        ("澄湖水务2017Q1比2017Q2营业收入少多少？", "0.36"),
    ],
)
def test_a_change_goes_the_way_that_the_question_compares(assistant, question, value):
    assert round(assistant.ask(question).value, 2) == Decimal(value)


def test_growth_to_an_earlier_period_says_its_direction(assistant):
    caveats = assistant.ask("澄湖水务2017Q1比2017Q2营业收入增长多少？").caveats
    assert caveats[0].replace("FY", "") == "2017Q1早于2017Q2，按问题的说法以2017Q2为比较的基数。"


@pytest.mark.parametrize(
    "question", ["澄湖水务2017Q1比2017Q2营业收入高多少？", "澄湖水务2017Q2比2017Q1营业收入少多少？"]
)
def test_more_where_there_is_less_is_put_right(assistant, question):
    answer = assistant.ask(question)
    assert answer.value is None
    assert "并不比" in answer.answer
    assert "2.46 − 2.10 = 0.36亿元" in answer.answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("岭泉科技2018财年全年营业收入合计多少？", "85250"),
        ("岭泉科技2018财年下半年营业收入是多少？", "47300"),
        ("岭泉科技2018财年第四季度营业收入比第三季度增长多少？", "11.16"),
    ],
)
def test_cells_of_one_issue_and_sentences_of_another_make_one_series(assistant, question, value):
    answer = assistant.ask(question)
    assert round(answer.value, 2) == Decimal(value)
    assert {c.report for c in answer.citations} == {"2018-01", "2018-03"}


def test_the_highest_quarter_may_stand_in_a_sentence(assistant):
    answer = assistant.ask("岭泉科技2018财年哪个季度营业收入最高？")
    assert "FY2018Q4" in answer.answer
    assert str(answer.value) == "24900"


def test_a_series_goes_on_in_a_later_issue(assistant):
    answer = assistant.ask("岭泉科技2018财年各季度的客户数")
    assert [str(v.value) for v in answer.values] == ["412", "455", "503", "548"]


def test_stocks_of_a_year_are_not_added(assistant):
    assert assistant.ask("岭泉科技2018财年客户数合计是多少？").refused


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("澄湖水务2017年末人数比2016年末增加多少？", "145"),
        ("澄湖水务人数2017年末比2016年末增长百分之几？", "21.80"),
        ("澄湖水务2017年末销售人数比2016年末增加多少？", "18"),
    ],
)
def test_without_a_row_named_the_row_that_sums_up_is_meant(assistant, question, value):
    assert round(assistant.ask(question).value, 2) == Decimal(value)


@pytest.mark.parametrize("name", ["哈尔滨", "哈密", "地坪县"])
def test_the_whole_word_that_is_missing_is_named(assistant, name):
    answer = assistant.ask(f"{name}的营业收入是多少？")
    assert answer.refused
    assert name in answer.answer


def test_a_share_of_a_year_from_the_sums_of_its_quarters(assistant):
    answer = assistant.ask("澄湖水务2017年污水处理收入占营业收入的比重是多少？")
    assert round(answer.value, 2) == Decimal("55.87")


@pytest.mark.parametrize("name", ["大同", "文一"])
def test_a_name_of_common_characters_before_a_year_is_not_passed_over(assistant, name):
    assert assistant.ask(f"{name}2017Q3净利润是多少？").refused
