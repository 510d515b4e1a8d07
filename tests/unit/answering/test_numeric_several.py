"""Several columns at once, sums and counts over a region's rows, regions ranked each by itself."""

import pytest

REPORT = """# 农业普查附录

## 青川市青山县2019年5月农场产销表

| 农场名称 | 县区 | 粮食单价（元/吨） | 粮食产量（吨） | 经营状态 | 是否国营 |
|---|---|---|---|---|---|
| 东岭农场 | 青川市青山县 | 2100 | 320 | 经营正常 | 是 |
| 西岭农场 | 青川市青山县 | 2250 | 180 | 经营正常 | 否 |
| 南坡农场 | 青川市青山县 | 1980 | 410 | 停业整顿 | 否 |
| 北坡农场 | 青川市青山县 | 2050 | 95 | 经营正常 | 是 |

## 青川市青山县鱼塘承包表

| 鱼塘名称 | 县区 | 水面面积（亩） | 承包总价（万元） |
|---|---|---|---|
| 一号塘 | 青川市青山县 | 12 | 30 |
| 二号塘 | 青川市青山县 | 25 | 48 |

## 青川市白水县鱼塘承包表

| 鱼塘名称 | 县区 | 水面面积（亩） | 承包总价（万元） |
|---|---|---|---|
| 三号塘 | 青川市白水县 | 18 | 41 |
"""


@pytest.fixture(scope="module")
def ask(facts_of):
    return facts_of(REPORT)


def values(answer):
    return [(v.label, str(v.value)) for v in answer.values]


def test_two_columns_of_one_row(ask):
    answer = ask("东岭农场2019年5月的粮食单价和粮食产量分别是多少？")
    assert values(answer) == [("粮食单价", "2100"), ("粮食产量", "320")]


def test_two_columns_of_two_rows_in_the_order_asked(ask):
    answer = ask("西岭农场和东岭农场的粮食单价、粮食产量各是多少？")
    assert [label for label, _ in values(answer)] == [
        "西岭农场 粮食单价",
        "西岭农场 粮食产量",
        "东岭农场 粮食单价",
        "东岭农场 粮食产量",
    ]
    assert [value for _, value in values(answer)] == ["2250", "180", "2100", "320"]


def test_a_noun_that_only_closes_the_question_chooses_no_column(ask):
    answer = ask("东岭农场的粮食产量情况如何？")
    assert str(answer.value) == "320"


def test_the_sum_over_a_region_is_a_figure_of_the_region(ask):
    answer = ask("2019年5月青川市青山县粮食产量合计是多少吨？")
    assert str(answer.value) == "1005"
    assert answer.answer.startswith("青川市青山县 粮食产量")


def test_prices_are_not_added_up(ask):
    answer = ask("2019年5月青川市青山县粮食单价合计是多少？")
    assert answer is None or answer.value is None


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("青川市青山县有多少个鱼塘？", "2"),
        ("青川市青山县有多少个农场？", "4"),
        ("青川市青山县的农场有几个？", "4"),
    ],
)
def test_only_rows_of_what_is_counted_are_counted(ask, question, number):
    assert str(ask(question).value) == number


def test_what_no_table_lists_is_not_counted(ask):
    answer = ask("青川市青山县有多少个学校？")
    assert answer is None or answer.value is None


def test_regions_are_ranked_each_by_itself(ask):
    answer = ask("青川市青山县和青川市白水县的鱼塘里，各自水面面积最小的是哪一个？")
    assert {label for label, _ in values(answer)} == {"一号塘", "三号塘"}


def test_a_metric_with_another_word_before_it_is_refused_with_the_nearest(ask):
    answer = ask("东岭农场的水果产量是多少？")
    assert answer is None or answer.value is None
