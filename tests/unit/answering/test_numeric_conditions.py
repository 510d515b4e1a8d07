"""Columns of yes and no, places in a ranking, things that moved, rates of the text, and what is refused beside them."""

import pytest

from cloudqa.answering.answer import AnswerKind

REPORT = """# 航运观察

2021年3月第3期

## 港口排名

**表1　2020年度港口综合排名**

| 名次 | 港口 | 所在省 | 综合得分 | 是否保税 | 上年名次 |
|---|---|---|---|---|---|
| 1 | 东礁港 | 甲省 | 93.5 | 是 | 2 |
| 2 | 西湾港 | 乙省 | 90.1 | 否 | 1 |
| 3 | 南屿港 | 甲省 | 88.4 | 是 | 新上榜 |
| 4 | 北浦港 | 丙省 | 80.2 | 否 | 6 |

## 船公司

**表2　两家船公司季度数据**

| 公司 | 指标 | 2020Q1 | 2020Q4 | 2021Q1 |
|---|---|---:|---:|---:|
| 远帆航运 | 营业收入（亿元） | 4.0 | 5.0 | 6.2 |
| 远帆航运 | 净利润（万元） | 320 | (150) | 410 |
| 远帆航运 | 境外收入（百万美元） | 3.0 | 4.0 | 5.0 |
| 近岸航运 | 营业收入（亿元） | 7.0 | 6.6 | 6.5 |
| 近岸航运 | 净利润（万元） | 900 | 700 | 655 |

折算境外收入时统一采用1美元兑6.50元人民币。

远帆航运仓储及拖轮服务收入为2.4亿元。海星集团云计算板块2020年营收为7.5亿元。
"""


@pytest.fixture(scope="module")
def ask(facts_of):
    return facts_of(REPORT)


def labels(answer):
    return [v.label for v in answer.values]


def refused(answer):
    return answer is None or answer.refused or answer.value is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("保税的港口里综合得分最低的是哪个？", "南屿港"),
        ("非保税的港口里综合得分最高的是哪个？", "西湾港"),
        ("不是保税的港口中哪个综合得分最低？", "北浦港"),
    ],
)
def test_a_column_of_yes_and_no_is_a_condition(ask, question, name):
    assert name in ask(question).answer


@pytest.mark.parametrize(("question", "number"), [("保税的港口有几个？", "2"), ("有多少个非保税的港口？", "2")])
def test_rows_are_counted_by_yes_and_no(ask, question, number):
    assert str(ask(question).value) == number


def test_the_difference_between_two_places(ask):
    answer = ask("2020年度港口综合排名第一名与第四名的综合得分相差多少？")
    assert str(answer.value) == "13.3"


def test_a_place_that_is_not_there_is_refused(ask):
    assert refused(ask("综合排名第一名与第九名的综合得分相差多少？"))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2020年度综合排名中，名次比上年上升的港口有哪些？", ["东礁港", "北浦港"]),
        ("2021Q1净利润比上季度下降的公司有哪些？", ["近岸航运"]),
        ("2021Q1营业收入同比增加的公司有哪些？", ["远帆航运"]),
    ],
)
def test_things_that_moved(ask, question, names):
    answer = ask(question)
    assert answer.kind is AnswerKind.LIST
    for name in ("东礁港", "西湾港", "南屿港", "北浦港", "远帆航运", "近岸航运"):
        assert (name in answer.answer) == (name in names)


def test_a_quarter_compared_with_the_year_before_is_compared_with_its_own_quarter(ask):
    assert str(ask("远帆航运2021Q1营业收入比上年增长多少？").value) == "55.0"


def test_a_year_compared_with_the_one_before_is_the_later_of_the_two(facts_of):
    table = "| 指标 | 2019年 | 2020年 | 2021年 |\n|---|---|---|---|\n| 水稻产量（万吨） | 310 | 308 | 315 |\n"
    ask = facts_of(f"# 农业统计\n\n2022年6月第6期\n\n## 农作物\n\n{table}")
    assert str(ask("2021年水稻产量比上年增加多少万吨？").value) == "7"


def test_a_rate_of_the_text_is_applied_with_its_working(ask):
    answer = ask("按文中汇率，远帆航运2021Q1境外收入折合人民币多少万元？")
    assert (str(answer.value), answer.unit) == ("3250", "万元")
    assert [str(o.value) for o in answer.working.steps[0].operands] == ["5.0", "6.50"]
    assert all(o.citation is not None for o in answer.working.steps[0].operands)


def test_a_converted_part_of_a_whole(ask):
    answer = ask("按文中汇率，远帆航运2021Q1境外收入折合人民币占其当季营业收入的百分之几？（保留两位小数）")
    assert round(float(answer.value), 2) == 5.24


def test_less_is_not_said_to_be_more(ask):
    answer = ask("远帆航运2021Q1净利润比近岸航运多多少？")
    assert answer.kind is AnswerKind.CORRECTION
    assert answer.value is None
    assert "245" in answer.answer


def test_more_is_the_difference(ask):
    assert str(ask("近岸航运2021Q1净利润比远帆航运多多少？").value) == "245"


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("远帆集团2021Q1净利润是多少？", "远帆航运"),
        ("远帆航运2021Q1营业利润是多少？", "净利润"),
        ("远帆航运拖轮服务收入是多少？", "仓储及拖轮服务"),
        ("海星集团2020年营收是多少？", "海星集团云计算板块"),
    ],
)
def test_what_is_only_like_it_is_offered_not_given(ask, question, nearest):
    answer = ask(question)
    assert answer.refused
    assert nearest in answer.answer
