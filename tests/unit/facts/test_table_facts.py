"""What facts of made-up tables say: metric, measure, entity, period."""

from decimal import Decimal

import pytest

from cloudqa.documents import read_document
from cloudqa.facts import Comparison, Measure, facts_of
from cloudqa.quantities import Quantity


@pytest.fixture
def facts_in(tmp_path):
    def facts(text):
        path = tmp_path / "2020-05-test.md"
        path.write_text(f"# 月报（2020年5月）\n\n## 数据\n\n{text}\n", encoding="utf-8")
        return [f for f in facts_of(read_document(path, tmp_path)).facts if f.table is not None]

    return facts


def brief(facts):
    return [
        (f.entity, f.metric, f.value.value, f.value.unit.symbol, f.period.label if f.period else "")
        for f in facts
        if isinstance(f.value, Quantity)
    ]


def test_a_growth_column_among_columns_of_periods_is_no_level(facts_in):
    facts = facts_in(
        "表1 各省产值（单位：亿元）\n\n| 指标 | 2018 | 2019 | 2019年同比增长 |\n|---|---|---|---|\n"
        "| 总产值 | 1,200.5 | 1,350.2 | 12.5% |\n"
    )
    assert brief(facts) == [
        ("", "总产值", Decimal("1200.5"), "亿元", "2018"),
        ("", "总产值", Decimal("1350.2"), "亿元", "2019"),
        ("", "总产值同比增长", Decimal("12.5"), "%", "2019"),
    ]
    assert (facts[2].measure, facts[2].comparison, facts[2].of) == (Measure.GROWTH, Comparison.YEAR_AGO, "总产值")


def test_growth_columns_name_the_level_on_their_left(facts_in):
    facts = facts_in(
        "| 月份 | 订单（万单） | 同比 | 环比 |\n|---|---|---|---|\n"
        "| 2020年1月 | 12.5 | 10.2% | -5.1% |\n"
        "| 2020年2月 | 8.3 | -30.1% | -33.6% |\n"
    )
    assert [(f.metric, f.measure, f.comparison, f.of) for f in facts[:3]] == [
        ("订单", Measure.LEVEL, Comparison.NONE, ""),
        ("同比", Measure.GROWTH, Comparison.YEAR_AGO, "订单"),
        ("环比", Measure.GROWTH, Comparison.PREVIOUS, "订单"),
    ]
    assert brief(facts)[5] == ("", "环比", Decimal("-33.6"), "%", "2020-02")


def test_a_row_of_units_below_the_header(facts_in):
    facts = facts_in(
        "| 城市 | 工业 | 合计 |\n|---|---|---|\n| | 亿元 | 亿元 |\n| 东城 | 1.1 | 3.3 |\n| 合计 | 5.5 | 13.2 |\n"
    )
    assert brief(facts) == [
        ("东城", "工业", Decimal("1.1"), "亿元", ""), ("东城", "合计", Decimal("3.3"), "亿元", ""),
        ("", "工业", Decimal("5.5"), "亿元", ""), ("", "合计", Decimal("13.2"), "亿元", ""),
    ]  # fmt: skip
    assert [f.total for f in facts] == [False, True, True, True]


def test_a_card_of_names_and_values_has_no_header(facts_in):
    facts = facts_in("| 注册资本 | 5000万元 |\n|---|---|\n| 员工人数 | 320人 |\n| 成立日期 | 2012-03-01 |\n")
    assert [(f.metric, f.printed) for f in facts] == [
        ("注册资本", "5000万元"), ("员工人数", "320人"), ("成立日期", "2012-03-01"),
    ]  # fmt: skip


def test_things_in_columns_by_their_attributes(facts_in):
    facts = facts_in(
        "| 参数 | 型号A | 型号B |\n|---|---|---|\n"
        "| 重量（kg） | 1.2 | 1.5 |\n| 续航 | 10小时 | 12小时 |\n| 颜色 | 黑 | 白 |\n"
    )
    assert brief(facts) == [
        ("型号A", "重量", Decimal("1.2"), "kg", ""), ("型号B", "重量", Decimal("1.5"), "kg", ""),
        ("型号A", "续航", Decimal("10"), "小时", ""), ("型号B", "续航", Decimal("12"), "小时", ""),
    ]  # fmt: skip
    assert [(f.entity, f.value) for f in facts[4:]] == [("型号A", "黑"), ("型号B", "白")]


def test_the_sort_of_text_that_a_heading_names_is_no_part_of_the_subject(tmp_path):
    path = tmp_path / "2020-05-test.md"
    path.write_text(
        "# 月报（2020年5月）\n\n## 二、数据：松原重工2020年第一季度\n\n"
        "| 季度 | 营业收入（亿元） |\n|---|---|\n| 2019Q1 | 2.10 |\n| 2020Q1 | 2.50 |\n",
        encoding="utf-8",
    )
    facts = facts_of(read_document(path, tmp_path)).facts
    assert {f.entity for f in facts if f.table is not None} == {"松原重工"}


def test_a_table_is_about_the_one_known_name_in_the_line_above_it(facts_in):
    rows = "| 月份 | 产量（吨） |\n|---|---|\n| 2020年3月 | 12 |\n| 2020年4月 | 10 |\n"
    told = "松原重工2020年4月的营业收入为3.2亿元。白城铸造2020年4月的营业收入为1.1亿元。\n\n"
    one = facts_in(f"{told}下表为本刊所了解的松原重工铸件产量：\n\n{rows}")
    assert {f.entity for f in one} == {"松原重工"}
    both = facts_in(f"{told}下表为松原重工与白城铸造的铸件产量：\n\n{rows}")
    assert not {f.entity for f in both} & {"松原重工", "白城铸造"}
