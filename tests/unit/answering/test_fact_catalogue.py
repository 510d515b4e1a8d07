"""Facts narrowed while a filter is typed."""

from __future__ import annotations

import pytest
from figures_archive import open_archive, the_fact

from cloudqa.answering.fact_catalogue import subject_of
from cloudqa.answering.fact_selection import FactFilter


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return open_archive(tmp_path_factory.mktemp("catalogue")).fact_catalogue()


def chosen(catalogue, **filters) -> list[str]:
    return [fact.id for fact in catalogue.choose(FactFilter(**filters))]


def test_without_a_filter_every_fact_is_there_in_reading_order(catalogue):
    found = chosen(catalogue)
    assert found == [fact.id for fact in catalogue.facts]
    assert found[:3] == ["songbai-03:s27:0", "songbai-03:s52:0", "songbai-03:t0:r1:c2:0"]
    assert "songbai-03:t0:r1:c4:0" in found, "a stated nothing is a fact, too"


@pytest.mark.parametrize("typed", ["净", "净利", "淨利潤", "净 利 润"])
def test_the_beginning_of_a_metric_finds_it(catalogue, typed):
    assert {fact.metric for fact in catalogue.choose(FactFilter(metric=typed))} == {"净利润"}


def test_typing_on_never_finds_more(catalogue):
    sizes = [len(chosen(catalogue, entity=text)) for text in ("松", "松田", "松田云", "松田云x")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 0


def test_a_general_synonym_is_a_name_for_a_metric(catalogue):
    assert {fact.metric for fact in catalogue.choose(FactFilter(metric="营收"))} == {"收入"}


def test_an_entity_is_found_by_the_keys_of_its_row(catalogue):
    assert chosen(catalogue, entity="桦城") == ["songbai-03:t1:r3:c1:0", "songbai-03:t1:r3:c2:0"]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("2017", {"2017Q1", "2017Q2", "2017Q3"}),
        ("2017Q", {"2017Q1", "2017Q2", "2017Q3"}),
        ("2017Q1", {"2017Q1"}),
        ("2017年第一季度", {"2017Q1"}),
        ("2016H1", {"2016Q1", "2016Q2"}),
        ("Q4", {"2016Q4"}),
        ("2031", set()),
    ],
)
def test_a_period_is_found_while_it_is_typed(catalogue, typed, labels):
    assert {fact.period.label for fact in catalogue.choose(FactFilter(period=typed))} == labels


@pytest.mark.parametrize("typed", ["4", "songbai-04", "2017 第4期", "第4期"])
def test_an_issue_is_found_by_number_name_or_title(catalogue, typed):
    assert {fact.report for fact in catalogue.choose(FactFilter(report=typed))} == {"songbai-04"}


def test_all_filters_hold_together(catalogue):
    found = chosen(catalogue, metric="净利", entity="松田", period="2017Q2", report="4")
    assert found == ["songbai-04:t0:r1:c2:0"]


@pytest.mark.parametrize("typed", ["[/b]", "(", "\\", "%", "*", "\x00", "' OR 1=1", "𠮷" * 100])
def test_any_text_is_a_usable_filter(catalogue, typed):
    for field in ("metric", "entity", "period", "report"):
        assert isinstance(catalogue.choose(FactFilter(**{field: typed})), list)
        assert isinstance(catalogue.suggest(field, typed), list)


def test_suggestions_begin_with_what_was_typed_before_others(catalogue):
    assert catalogue.suggest("metric", "利") == ["净利润", "毛利率"]
    assert catalogue.suggest("metric", "毛")[0] == "毛利率"
    assert catalogue.suggest("period", "2017Q") == ["2017Q2", "2017Q1", "2017Q3"]
    assert catalogue.suggest("report", "songbai", 1) == ["songbai-03"]
    assert catalogue.suggest("entity", "") == []


def test_the_subject_says_what_tells_a_row_from_others_once(catalogue):
    assert subject_of(the_fact(catalogue.facts, "松田云", "净利润", "2017Q1")) == "松田云"
