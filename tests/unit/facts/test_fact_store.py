"""Facts come back from the store as they were, and are found by what they say."""

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from cloudqa.documents import read_document
from cloudqa.facts import (
    Comparison,
    FactQuery,
    FactSource,
    FactStore,
    FactWriter,
    Measure,
    create,
    delete_report,
    facts_of,
)
from cloudqa.quantities import Period, PeriodKind, parse_period

ROOT = Path(__file__).parents[3]
FILES = [
    ROOT / "corpus" / "2017-08-issue-08.md",
    ROOT / "tests" / "data" / "samples" / "2017-10-issue-10.md",
    ROOT / "tests" / "data" / "samples" / "2017-12-issue-12.docx",
]


@pytest.fixture(scope="module")
def documents():
    return [read_document(path, path.parent) for path in FILES]


@pytest.fixture(scope="module")
def store(documents):
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    for document in documents:
        writer.add_document(document)
    return FactStore(connection)


def value(fact):
    return fact.value.value, fact.value.unit.symbol


def test_every_fact_comes_back_equal(store, documents):
    for document in documents:
        written = {fact.id: fact for fact in facts_of(document).facts}
        read = {fact.id: fact for fact in store.find(FactQuery(reports=(document.report,), nothing=True))}
        assert read == written
        for fact_id, fact in written.items():  # units that differ in their symbol alone are equal
            assert str(getattr(fact.value, "unit", "")) == str(getattr(read[fact_id].value, "unit", ""))


def test_places_and_quotes_are_verbatim(store, documents):
    texts = {document.report: document.text for document in documents}
    for fact in store.find(FactQuery()):
        assert all(0 < q.end - q.start for q in fact.quotes)
        first = fact.quotes[0]
        assert first.start <= fact.place.start < fact.place.end <= first.end or fact.place in fact.quotes
        if fact.source is FactSource.SENTENCE:
            assert texts[fact.report][fact.place.start : fact.place.end] == fact.printed


def test_a_cell_by_metric_and_period_is_fiscal_where_its_table_is(store, documents):
    facts = store.find(FactQuery(metrics=("云收入",), periods=(parse_period("2017Q3"),)))
    assert [(f.table, f.row, value(f), f.period.label, f.entity) for f in facts] == [
        (0, 10, (Decimal("17.64"), "亿元"), "FY2017Q3", "阿里云"),
        (1, 9, (Decimal("17.64"), "亿元"), "FY2017Q3", "阿里云"),
        (1, 9, (Decimal("115.38"), "%"), "FY2017Q3", "阿里云"),
    ]
    text = documents[0].text
    assert [text[q.start : q.end] for q in facts[0].quotes] == ["2017Q3\t17.64"]
    assert (facts[2].measure, facts[2].comparison, facts[2].of) == (Measure.GROWTH, Comparison.YEAR_AGO, "云收入")


def test_specifications(store):
    facts = store.find(FactQuery(metrics=("请求费用",)))
    assert [(f.entity, value(f)) for f in facts] == [
        ("COS标准存储(Standard)", (Decimal("0.01"), "元/万次")),
        ("COS低频存储(Infrequent Access)", (Decimal("0.05"), "元/万次")),
        ("COS近线存储(Nearline)", (Decimal("0.06"), "元/万次")),
    ]


def test_rows_by_a_class_and_facts_of_a_row(store):
    facts = store.find(FactQuery(keys=("AA+",), metrics=("综合得分",)))
    assert [(f.entity, f.value.value) for f in facts] == [("云岭科技", Decimal("88.3")), ("北辰云", Decimal("86.9"))]
    row = store.row(facts[0])
    assert [(f.metric, f.printed) for f in row] == [
        ("名次", "2"), ("总部", "贵阳"), ("成立时间", "2012年9月"), ("代表产品", "岭数湖仓"), ("信用等级", "AA+"),
        ("综合得分", "88.3"), ("上年名次", "4"),
    ]  # fmt: skip


def test_stated_nothings_are_found_on_request_only(store):
    query = {"entities": ("海岳云",), "metrics": ("付费用户",), "periods": (Period(2017, PeriodKind.QUARTER, 2),)}
    assert store.find(FactQuery(**query)) == []
    assert [f.printed for f in store.find(FactQuery(**query, nothing=True))] == ["N/A"]


def test_within_a_year_and_totals(store):
    year = Period(2017)
    facts = store.find(FactQuery(entities=("云岭科技",), metrics=("净利润",), within=year))
    assert [f.value.value for f in facts] == [Decimal(-960), Decimal(125), Decimal(1240)]
    totals = [f for f in store.find(FactQuery(keys=("合计",), tables=(("2017-12-issue-12", 0),)))]
    assert [f.value.value for f in totals] == [Decimal(n) for n in (269, 379, 571, 761, 856)]
    assert all(f.total and not f.entity for f in totals)


def test_footnotes_stay_with_their_cell(store):
    (fact,) = store.find(FactQuery(entities=("海岳云",), metrics=("净利润",), periods=(parse_period("2017Q1"),)))
    assert (fact.value.value, fact.notes[0][0]) == (Decimal(-1870), "② 当季计提机房搬迁一次性费用4,500万元。")


def test_tables_by_what_they_hold(store):
    assert [(t.report, t.index) for t in store.tables(terms=("海岳云",), metrics=("综合得分",))] == [
        ("2017-12-issue-12", 1)
    ]
    assert [(t.report, t.index) for t in store.tables(terms=("海岳云",), period=parse_period("2016Q3"))] == [
        ("2017-10-issue-10", 0), ("2017-10-issue-10", 1), ("2017-10-issue-10", 2), ("2017-12-issue-12", 0),
    ]  # fmt: skip
    table = store.table("2017-10-issue-10", 1)
    assert [c.metric for c in table.columns][4:] == ["投产日期", "机柜数", "PUE", "PUE", "设计PUE"]
    assert dict(table.roles) == {"header": 9, "label": 12, "fact": 40, "nothing": 2, "not_understood": 0}


def test_a_fact_by_id(store):
    fact = store.fact("2017-08-issue-08:t0:r10:c1:0")
    assert value(fact) == (Decimal("17.64"), "亿元")
    sentence = store.find(FactQuery(entities=("太一云",)))[0]
    assert store.fact(sentence.id) == sentence
    assert store.fact("2017-08-issue-08:t0:r99:c1:0") is None


def test_removing_a_report_leaves_nothing_of_it(documents):
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    for document in documents[1:]:
        writer.add_document(document)
    before = {
        name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in ("terms", "term_grams")
    }
    FactWriter(connection).add_document(documents[0])
    assert len(FactStore(connection).reports()) == 3
    delete_report(connection, documents[0].report)
    store = FactStore(connection)
    assert store.reports() == [d.report for d in documents[1:]]
    assert store.find(FactQuery(metrics=("云收入",))) == []
    assert store.vocabulary.known("阿里巴巴总营收") == ()
    for name, rows in before.items():
        assert connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() == rows


def test_adding_a_report_again_replaces_it(documents):
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    writer.add_document(documents[2])
    count = FactStore(connection).count()
    writer.add_document(documents[2])
    assert FactStore(connection).count() == count
