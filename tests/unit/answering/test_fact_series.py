"""Series of figures and their growth, recomputed by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from figures_archive import open_archive, the_fact

from cloudqa.answering.fact_series import Against, FactSeries, alongside
from cloudqa.facts import Comparison, Measure
from cloudqa.quantities import PeriodKind, Qualifier, RangePart


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return open_archive(tmp_path_factory.mktemp("series")).fact_catalogue().facts


@pytest.fixture(scope="module")
def series(facts):
    return FactSeries(facts)


@pytest.mark.parametrize(
    ("entity", "metric", "period", "against", "text"),
    [
        ("松田云", "净利润", "2017Q1", Against.YEAR_AGO, "+55.00%"),  # 1240 / 800
        ("松田云", "净利润", "2017Q2", Against.PREVIOUS, "-89.88%"),  # 125.5 / 1240, -89.879...
        ("柏川云", "净利润", "2016Q2", Against.PREVIOUS, "+20.33%"),  # 3610 / 3000, 20.333...
        ("柏川云", "净利润", "2017Q1", Against.PREVIOUS, "-24.10%"),  # 3055 / 4025, -24.099...
        ("松田云", "毛利率", "2017Q1", Against.YEAR_AGO, "+3.55百分点"),
        ("松田云", "毛利率", "2017Q2", Against.YEAR_AGO, "-0.40百分点"),
    ],
)
def test_growth_is_exact(facts, series, entity, metric, period, against, text):
    assert series.growth(the_fact(facts, entity, metric, period), against).text == text


def test_growth_keeps_its_digits_and_its_base(facts, series):
    growth = series.growth(the_fact(facts, "柏川云", "净利润", "2016Q2"), Against.PREVIOUS)
    assert growth.value == Decimal("20.333333333333")
    assert growth.base.id == the_fact(facts, "柏川云", "净利润", "2016Q1").id


def test_growth_across_units_is_converted(facts, series):
    fact = the_fact(facts, "柏川云", "净利润", "2017Q3", "songbai-04")  # 0.4亿元 after 3,666万元
    assert series.growth(fact, Against.PREVIOUS).text == "+9.11%"


@pytest.mark.parametrize(
    ("entity", "metric", "period", "against", "why"),
    [
        ("松田云", "净利润", "2016Q1", Against.YEAR_AGO, "no base"),
        ("松田云", "净利润", "2017Q2", Against.YEAR_AGO, "the base is a loss"),
        ("松田云", "净利润", "2016Q2", Against.PREVIOUS, "a loss has not grown"),
        ("松田云", "净利润", "2017Q1", Against.PREVIOUS, "the base says nothing"),
        ("柏川云", "净利润", "2017Q2", Against.PREVIOUS, "it says nothing itself"),
        ("柏川云", "备注", "2016Q2", Against.PREVIOUS, "a text"),
    ],
)
def test_growth_is_left_out(facts, series, entity, metric, period, against, why):
    assert series.growth(the_fact(facts, entity, metric, period), against) is None, why


def test_of_two_figures_for_the_base_that_of_the_same_table_counts_and_otherwise_none(facts, series):
    fact = the_fact(facts, "松田云", "净利润", "2017Q3", "songbai-04")
    assert series.growth(fact, Against.PREVIOUS).text == "+100.00%"  # 130, not the 125.5 of the issue before
    assert series.growth(replace(fact, table=7), Against.PREVIOUS) is None


def test_a_hedged_figure_gives_an_approximate_growth_and_a_bound_none(facts, series):
    fact = the_fact(facts, "松田云", "净利润", "2017Q1")
    about = replace(fact, value=replace(fact.value, qualifier=Qualifier.ABOUT))
    assert series.growth(about, Against.YEAR_AGO).text == "约+55.00%"
    for value in (
        replace(fact.value, qualifier=Qualifier.OVER),
        replace(fact.value, qualifier=Qualifier.FROM),
        replace(fact.value, part=RangePart.FIRST),
    ):
        assert series.growth(replace(fact, value=value), Against.YEAR_AGO) is None


def test_a_growth_has_no_growth_and_an_expectation_is_no_series_with_statements(facts, series):
    fact = the_fact(facts, "松田云", "净利润", "2017Q1")
    assert series.growth(replace(fact, measure=Measure.GROWTH), Against.YEAR_AGO) is None
    assert series.growth(replace(fact, comparison=Comparison.YEAR_AGO), Against.YEAR_AGO) is None
    assert series.growth(replace(fact, forecast=True), Against.YEAR_AGO) is None


def test_a_year_has_no_previous_period_of_its_own(facts):
    old, new = (the_fact(facts, "松田云", "净利润", p) for p in ("2016Q1", "2017Q1"))
    years = [
        replace(fact, id=str(year), period=replace(fact.period, year=year, kind=PeriodKind.YEAR, number=0))
        for fact, year in ((old, 2016), (new, 2017))
    ]
    series = FactSeries(years)
    assert series.growth(years[1], Against.YEAR_AGO).text == "+55.00%"
    assert series.growth(years[1], Against.PREVIOUS) is None


def test_a_series_shows_its_gaps_and_its_contradictions(facts, series):
    points = series.over_time(the_fact(facts, "松田云", "净利润", "2017Q1"))
    said = [(p.label, [f.printed for f in p.facts]) for p in points]
    assert said == [
        ("2016Q1", ["800"]),
        ("2016Q2", ["(2,145)"]),
        ("2016Q3", []),
        ("2016Q4", ["—"]),
        ("2017Q1", ["1,240"]),
        ("2017Q2", ["125.5", "130"]),
        ("2017Q3", ["260"]),
    ]


def test_the_same_figure_of_two_issues_is_one(facts, series):
    points = {p.label: p for p in series.over_time(the_fact(facts, "松田云", "毛利率", "2017Q1"))}
    assert [f.printed for f in points["2017Q2"].facts] == ["21.0%"]


def test_alongside_stand_the_same_figures_of_other_things(facts):
    rooms = the_fact([f for f in facts if f.table == 1 and f.entity == "松城"], "松城", "机房数", None)
    assert [f.entity for f in alongside(rooms, facts)] == ["松城", "柏城", "桦城"]
    price = next(f for f in facts if f.entity == "松城" and f.metric == "单价")
    assert [f.printed for f in alongside(price, facts)] == ["1,999.50", "无", "20.25"]
