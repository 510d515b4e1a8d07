"""Where many issues state the same, only the newest are found; what only an old one states is found all the same."""

import sqlite3
from decimal import Decimal

import pytest

from cloudqa.documents import read_document
from cloudqa.facts import FactQuery, FactStore, FactWriter, create
from cloudqa.facts import prose as module
from cloudqa.facts.prose import newest, newest_first

COUNT = 12


@pytest.fixture
def store(archive):
    """A store that has read nothing yet, since it keeps what it reads."""
    return FactStore(archive)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Twelve issues, i0 the newest: each states the sales of 2016, each has the same table; only i11 has 2009."""
    folder = tmp_path_factory.mktemp("corpus")
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    for number in range(COUNT):
        old = "2009年甲公司营收为7亿元。" if number == COUNT - 1 else ""
        path = folder / f"i{number:02}.md"
        path.write_text(
            f"# 月刊\n\n2016年甲公司营收为{number + 20}亿元。{old}\n\n## 2016年产量表\n\n"
            f"| 名称 | 产量（吨） |\n|---|---|\n| 甲公司 | {number + 100} |\n"
        )
        writer.add_document(read_document(path, folder))
    return connection


AGES = {f"i{number:02}": COUNT - number for number in range(COUNT)}


def stated(facts):
    return sorted((fact.report, fact.value.value) for fact in facts)


def test_few_facts_are_all_found(store):
    assert len(store.prose(["甲公司"], (), AGES)) == COUNT + 1


def test_of_many_the_newest_that_state_the_same_for_the_same_period(store, monkeypatch):
    monkeypatch.setattr(module, "_FEW", 3)
    found = stated(store.prose(["甲公司"], (), AGES))
    assert found == [("i00", Decimal(20)), ("i01", Decimal(21)), ("i11", Decimal(7))]
    assert stated(store.prose_of(["营收"], (), AGES)) == found


def test_reports_that_are_asked_count_alone(store, monkeypatch):
    monkeypatch.setattr(module, "_FEW", 0)
    assert stated(store.prose(["甲公司"], ("i05",), AGES)) == [("i05", Decimal(25))]


def test_what_is_found_is_the_fact_as_it_is_found_otherwise(store):
    found = store.prose(["甲公司"], ("i03",), AGES)
    assert found == [f for f in store.find(FactQuery(reports=("i03",))) if f.table is None]


def test_tables_of_one_shape_are_those_of_the_newest_reports(store):
    assert len(store.tables(terms=("甲公司",))) == COUNT
    assert [t.report for t in store.tables(terms=("甲公司",), ages=AGES)] == ["i00", "i01"]
    assert [t.report for t in store.tables(metrics=("产量",), ages=AGES, reports=("i07", "i08"))] == ["i07", "i08"]


def test_the_newest_of_reports():
    assert newest_first(["a", "b", "c"], {"a": 2, "b": 1}) == ["a", "b", "c"]
    assert newest("abcdefgh", dict.fromkeys("abcdefgh", 0)) == ["h", "g", "f", "e"]
    assert newest("abcdefghi", dict(zip("abcdefghi", range(9), strict=True))) == ["i", "h"]


def test_facts_read_before_are_those_of_the_same_ages_and_reports_only(store, monkeypatch):
    monkeypatch.setattr(module, "_FEW", 3)
    first = store.prose(["甲公司"], (), AGES)
    first.clear()  # a caller may do with its list what it likes
    assert [f.report for f in store.prose(["甲公司"], (), AGES)] == ["i00", "i01", "i11"]
    turned = {report: -age for report, age in AGES.items()}
    assert [f.report for f in store.prose(["甲公司"], (), turned)] == ["i10", "i11", "i11"]
    assert [f.report for f in store.prose(["甲公司"], ("i05",), AGES)] == ["i05"]


def test_only_so_many_facts_are_kept(store, monkeypatch):
    monkeypatch.setattr(module, "_MOST_KEPT", COUNT)
    for report in ("i01", "i02", "i03"):
        assert stated(store.prose(["甲公司"], (report,), AGES)) == [(report, Decimal(20 + int(report[1:])))]
    assert len(store.prose(["甲公司"], (), AGES)) == COUNT + 1
    assert len(store._prose._kept) == 1
