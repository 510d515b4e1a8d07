from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudqa.quantities import Edge, Period, PeriodError, PeriodKind, find_periods, find_quantities, parse_period

ABSOLUTE = [
    ("2017Q3", "2017Q3"),
    ("17q4", "2017Q4"),
    ("FY2017Q3", "FY2017Q3"),
    ("FY2018 Q1", "FY2018Q1"),
    ("Q3 2017", "2017Q3"),
    ("2017-Q3", "2017Q3"),
    ("1Q18", "2018Q1"),
    ("FY17", "FY2017"),
    ("18财年", "FY2018"),
    ("CY2017Q3", "CY2017Q3"),
    ("2017年第三季度", "2017Q3"),
    ("2017三季度", "2017Q3"),
    ("2017年3季度", "2017Q3"),
    ("17年三季度", "2017Q3"),
    ("2017财年Q1", "FY2017Q1"),
    ("2018财年第一季度", "FY2018Q1"),
    ("2016年财年第4季度", "FY2016Q4"),
    ("2017财年上半年", "FY2017H1"),
    ("二〇一七年三季度", "2017Q3"),
    ("二零一七财年第四季度", "FY2017Q4"),
    ("２０１７年", "2017"),
    ("２０１７Ｑ３", "2017Q3"),
    ("2017年上半年", "2017H1"),
    ("H1 2017", "2017H1"),
    ("2017年前三季度", "2017Q1-2017Q3"),
    ("2018财年前三季度", "FY2018Q1-FY2018Q3"),
    ("2017年前9个月", "2017-01~2017-09"),
    ("2017年1-11月", "2017-01~2017-11"),
    ("2017年1—9月", "2017-01~2017-09"),
    ("2018年4-6月", "2018-04~2018-06"),
    ("2017年9月末", "2017-09末"),
    ("2016年末", "2016末"),
    ("2016年底", "2016末"),
    ("2016年初", "2016初"),
    ("2017年5月初", "2017-05初"),
    ("2017年8月16日", "2017-08-16"),
    ("2017-08-16", "2017-08-16"),
    ("2017/8/16", "2017-08-16"),
    ("2017-08", "2017-08"),
    ("2017年8月16日至18日", "2017-08-16~2017-08-18"),
    ("2015Q2-2018Q1", "2015Q2-2018Q1"),
    ("2015Q2到2018Q1", "2015Q2-2018Q1"),
    ("2017Q2-Q4", "2017Q2-2017Q4"),
    ("2015年第2季度到2018第1季度", "2015Q2-2018Q1"),
    ("2016到2018财年", "FY2016-FY2018"),
    ("2016-2018年", "2016-2018"),
    ("2014到2015年", "2014-2015"),
    ("2017年11月-2018年1月", "2017-11~2018-01"),
    ("2015年一季度至三季度", "2015Q1-2015Q3"),
    ("first quarter of fiscal 2018", "FY2018Q1"),
    ("the first nine months of 2017", "2017-01~2017-09"),
    ("Q1-Q3 2017", "2017Q1-2017Q3"),
    ("fiscal 2018 first quarter", "FY2018Q1"),
    ("fiscal year 2018", "FY2018"),
    ("end of September 2017", "2017-09末"),
    ("September 30, 2017", "2017-09-30"),
    ("Sept 2017", "2017-09"),
    ("2017年度", "2017"),
    ("2016全年", "2016"),
    ("2017", "2017"),
    ("2016財年第二季", "FY2016Q2"),
]
BOUNDED = [
    ("自2012年以来", "2012", "since"),
    ("2016年以来", "2016", "since"),
    ("2006年起", "2006", "since"),
    ("since 2012", "2012", "since"),
    ("截至2017年11月30日", "2017-11-30", "until"),
    ("截至2016年底", "2016末", "until"),
    ("by 2020", "2020", "until"),
    ("2016Q4之后", "2016Q4", "after"),
    ("2016Q4以前", "2016Q4", "before"),
]
FISCAL_QUARTER = Period(2018, PeriodKind.QUARTER, 1, fiscal=True)
AUGUST = Period(2017, PeriodKind.MONTH, 8)
RELATIVE = [
    ("去年同期", FISCAL_QUARTER, "FY2017Q1"),
    ("上年同期", FISCAL_QUARTER, "FY2017Q1"),
    ("一年前", FISCAL_QUARTER, "FY2017Q1"),
    ("a year ago", FISCAL_QUARTER, "FY2017Q1"),
    ("上季度", FISCAL_QUARTER, "FY2017Q4"),
    ("前一季", FISCAL_QUARTER, "FY2017Q4"),
    ("上一季度", AUGUST, "2017Q2"),
    ("last quarter", FISCAL_QUARTER, "FY2017Q4"),
    ("本季度", AUGUST, "2017Q3"),
    ("上个月", AUGUST, "2017-07"),
    ("第三季度", AUGUST, "2017Q3"),
    ("2季度", AUGUST, "2017Q2"),
    ("一季度", AUGUST, "2017Q1"),
    ("第一财季", FISCAL_QUARTER, "FY2018Q1"),
    ("前三季度", AUGUST, "2017Q1-2017Q3"),
    ("1—9月", AUGUST, "2017-01~2017-09"),
    ("今年上半年", AUGUST, "2017H1"),
    ("去年", AUGUST, "2016"),
    ("去年第三季度", AUGUST, "2016Q3"),
    ("去年底", AUGUST, "2016末"),
    ("年初", AUGUST, "2017初"),
    ("次年", AUGUST, "2018"),
    ("7月底", AUGUST, "2017-07末"),
    ("8月17日", AUGUST, "2017-08-17"),
    ("近三年", AUGUST, "2015-2017"),
    ("未来三年", AUGUST, "2018-2020"),
    ("近四个季度", FISCAL_QUARTER, "FY2017Q2-FY2018Q1"),
    ("the past three years", AUGUST, "2015-2017"),
    ("8月17日", FISCAL_QUARTER, None),
    ("上月", FISCAL_QUARTER, None),
    ("上季度", Period(2017), None),
]
NO_PERIOD = [
    "2000家",
    "2000万",
    "$2017",
    "CSS2017",
    "四个季度",
    "三个月",
    "2017%",
    "GPT-2017",
    "2017.5",
    "哪一季度",
    "每季度",
    "2016/17",
    "2017-18财年",
    "13月",
    "30次月均",
    "四季如春",
    "1899",
    "5年",
    "2017元",
    "过去两个月后",
]


def periods() -> st.SearchStrategy[Period]:
    year, fiscal = st.integers(1950, 2049), st.sampled_from([None, True, False])
    edge = st.sampled_from([None, Edge.START, Edge.END])
    numbered = [(PeriodKind.HALF, 2), (PeriodKind.QUARTER, 4), (PeriodKind.MONTH, 12)]
    single = [
        st.builds(Period, year, st.just(kind), st.integers(1, most), fiscal=fiscal, edge=edge)
        for kind, most in numbered
    ]
    day = st.dates().map(lambda d: Period(1950 + d.year % 90, PeriodKind.DAY, d.month, min(d.day, 28)))
    return st.one_of(st.builds(Period, year, fiscal=fiscal, edge=edge), day, *single)


@pytest.mark.parametrize(("text", "label"), ABSOLUTE)
def test_forms_that_name_their_year(text: str, label: str) -> None:
    around = f"甲公司（{text}）"
    (mention,) = find_periods(around)
    assert (mention.text, around[mention.start : mention.end]) == (text, text)
    assert mention.period is not None
    assert (mention.period.label, mention.relative, mention.bound) == (label, None, None)


@pytest.mark.parametrize(("text", "label", "bound"), BOUNDED)
def test_one_end_of_a_time(text: str, label: str, bound: str) -> None:
    (mention,) = find_periods(f"，{text}")
    assert mention.period is not None
    assert (mention.text, mention.period.label, mention.bound) == (text, label, bound)


@pytest.mark.parametrize(("text", "anchor", "label"), RELATIVE)
def test_relative_forms(text: str, anchor: Period, label: str | None) -> None:
    (mention,) = find_periods(f"比{text}，")
    assert (mention.text, mention.period) == (text, None)
    resolved = mention.resolve(anchor)
    assert (resolved and resolved.label) == label
    assert find_periods(f"比{text}，", anchor=anchor)[0].period == resolved


@pytest.mark.parametrize("text", NO_PERIOD)
def test_what_is_no_period(text: str) -> None:
    assert find_periods(text) == []


@given(periods())
def test_a_label_reads_back(period: Period) -> None:
    assert parse_period(period.label) == period


@given(periods(), periods())
def test_a_range_label_reads_back(one: Period, other: Period) -> None:
    if one.kind is not other.kind or one.edge or other.edge or one.fiscal != other.fiscal:
        return
    span = Period.between(min(one, other), max(one, other))
    assert parse_period(span.label) == span


@given(periods())
def test_chinese_names_read_back(period: Period) -> None:
    read = parse_period(period.chinese)
    assert read is not None
    assert read.span == period.span


@given(periods(), st.integers(-40, 40))
def test_steps_come_back_and_keep_order(period: Period, steps: int) -> None:
    moved = period.shifted(steps)
    assert moved.shifted(-steps) == period
    assert (moved > period) == (steps > 0)


@given(periods())
def test_the_year_contains_its_parts(period: Period) -> None:
    year = Period(period.year, fiscal=period.fiscal)
    assert year.contains(period)
    assert not year.predecessor().contains(period)
    assert year.members(PeriodKind.QUARTER) == tuple(
        Period(period.year, PeriodKind.QUARTER, n, fiscal=period.fiscal) for n in (1, 2, 3, 4)
    )


@pytest.mark.parametrize("text", ["自2017年至", "2017年-", "从2017年第1季度到", "2017年1月~"])
def test_a_text_that_ends_in_the_middle_of_a_range_has_the_period_before_it(text: str) -> None:
    found = find_periods(text)
    assert [str(p.period)[:4] for p in found] == ["2017"]


def test_members_of_a_range() -> None:
    span = parse_period("2015Q2-2018Q1")
    assert span is not None
    assert span.count(PeriodKind.QUARTER) == 12
    assert [p.label for p in span.members()][:3] == ["2015Q2", "2015Q3", "2015Q4"]
    assert span.members(PeriodKind.YEAR) == ()


def test_one_stretch_written_three_ways() -> None:
    half, quarters, months = (parse_period(t) for t in ("2017年上半年", "2017Q1-Q2", "2017年1-6月"))
    assert half
    assert quarters
    assert months
    assert half.matches(quarters)
    assert quarters.matches(months)
    assert half != quarters


def test_fiscal_and_calendar_are_kept_apart_where_both_are_said() -> None:
    fiscal, calendar, unsaid = (parse_period(t) for t in ("FY2017Q3", "CY2017Q3", "2017Q3"))
    assert fiscal
    assert calendar
    assert unsaid
    assert (fiscal.matches(unsaid), calendar.matches(unsaid), fiscal.matches(calendar)) == (True, True, False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period(2017, PeriodKind.QUARTER, 5),
        lambda: Period(2017, PeriodKind.DAY, 2, 30),
        lambda: Period(2017, PeriodKind.MONTH),
        lambda: Period.between(Period(2018), Period(2017)),
    ],
)
def test_periods_that_do_not_exist(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PeriodError):
        make()


def test_a_period_is_no_figure() -> None:
    assert [q.text for q in find_quantities("2017年1—9月收入3亿元，二〇一六年为2亿元")] == ["3亿元", "2亿元"]
