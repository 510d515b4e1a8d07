"""Rows of the table: their texts, order, columns and files, over a made-up archive."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from figures_archive import open_archive
from rich.cells import cell_len

from cloudqa.answering.fact_selection import FactFilter
from cloudqa.tui.figures.bars import Bar
from cloudqa.tui.figures.charting import MOST_BARS, make_chart
from cloudqa.tui.figures.export import Format, export_text
from cloudqa.tui.figures.layout import heading_cells, lay_out, row_cells
from cloudqa.tui.figures.listing import Book, Cancelled, Wish
from cloudqa.tui.figures.rows import Column

HEADINGS = dict(zip(Column, ("主体", "指标", "期间", "数值", "单位", "同比", "环比", "期号"), strict=True))


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    catalogue = open_archive(tmp_path_factory.mktemp("listing")).fact_catalogue()
    return Book(catalogue, {"growth.year_ago": "同比"})


def never() -> bool:
    return False


def listed(book, *, metric="", entity="", period="", report="", **wish):
    return book.listing(Wish(FactFilter(metric, entity, period, report), **wish), never)


def numbers(listing) -> list[str]:
    return [f"{row.number}{row.unit}" for row in listing.rows]


def test_figures_stand_as_they_are_printed(book):
    assert numbers(listed(book, entity="松田", report="3"))[:7] == [
        "约41.5亿元", "800万元", "-2,145万元", "—", "1,240万元", "125.5万元", "20.0%",
    ]  # fmt: skip
    assert numbers(listed(book, entity="柏川", metric="净利", period="2017Q2")) == ["N/A", "3,666万元"]
    assert numbers(listed(book, metric="备注")) == ["平稳", "=1+1", "平稳", "", "@x"]


def test_an_expectation_is_marked(book):
    assert numbers(listed(book, period="2018")) == ["预计1,200万元"]


def test_figures_are_sorted_in_base_units_and_nothings_come_last(book):
    up = listed(book, metric="净利润", sort=Column.VALUE)
    assert numbers(up)[:3] == ["-2,145万元", "125.5万元", "130万元"]
    assert numbers(up)[-4:] == ["0.4亿元", "4,025万元", "—", "N/A"]
    down = listed(book, metric="净利润", sort=Column.VALUE, descending=True)
    assert numbers(down)[:3] == ["4,025万元", "0.4亿元", "3,666万元"]
    assert numbers(down)[-2:] == ["—", "N/A"]


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (Column.PERIOD, "2016Q1"),
        (Column.SUBJECT, "2017Q1"),
        (Column.REPORT, "2017Q1"),
        (Column.YEAR_AGO, "2017Q1"),
        (Column.PREVIOUS, "2017Q2"),
    ],
)
def test_every_column_sorts(book, column, first):
    listing = listed(book, entity="松田", growth=True, sort=column)
    assert listing.rows[0].period == first
    keyed = {
        Column.PERIOD: lambda row: row.fact.period,
        Column.SUBJECT: lambda row: row.subject,
        Column.REPORT: lambda row: row.fact.report,
    }.get(column)
    if keyed is not None:
        assert list(map(keyed, listing.rows)) == sorted(map(keyed, listing.rows))


def test_a_listing_that_is_no_longer_wanted_stops(book):
    with pytest.raises(Cancelled):
        book.listing(Wish(), lambda: True)


def test_decimal_points_and_units_stand_under_each_other(book):
    listing = listed(book, entity="松田", metric="净利润")
    layout = lay_out(listing, HEADINGS, 200)
    lines = ["".join(text for _, text in row_cells(row, layout)) for row in listing.rows]
    assert {cell_len(line) for line in lines} == {layout.width}
    assert [cells(row, layout, Column.VALUE).rstrip() for row in listing.rows] == [
        "   800", "-2,145", "     —", " 1,240", "   125.5", "   130", "   260",
    ]  # fmt: skip


def cells(row, layout, column: Column) -> str:
    return dict(row_cells(row, layout))[column]


@pytest.mark.parametrize("room", [20, 40, 58, 80, 118, 300])
def test_rows_and_headings_take_the_same_cells_at_any_width(book, room):
    listing = listed(book, growth=True)
    layout = lay_out(listing, HEADINGS, room)
    widths = {cell_len("".join(text for _, text in row_cells(row, layout))) for row in listing.rows}
    assert widths == {layout.width}
    assert cell_len("".join(text for _, text in heading_cells(layout, HEADINGS))) == layout.width
    for row in listing.rows:
        if row.figure is not None:
            assert cells(row, layout, Column.VALUE).strip() == row.number, "a figure is never cut"


def test_a_point_of_the_table_belongs_to_a_column(book):
    layout = lay_out(listed(book), HEADINGS, 100)
    assert layout.column_at(0) is Column.SUBJECT
    assert layout.column_at(layout.width - 1) is Column.REPORT
    assert layout.column_at(layout.width) is None


def test_the_chart_of_a_series_has_gaps_and_signs(book):
    listing = listed(book, entity="松田", metric="净利润")
    chart = make_chart(listing.rows[4], listing.rows, book.series)
    assert (chart.title, chart.unit, chart.marked) == ("松田云 · 净利润", "万元", 5)
    assert [(bar.label, bar.text, bar.value) for bar in chart.bars] == [
        ("2016Q1", "800", Decimal(800)),
        ("2016Q2", "-2,145", Decimal(-2145)),
        ("2016Q3", "", None),
        ("2016Q4", "—", None),
        ("2017Q1", "1,240", Decimal(1240)),
        ("2017Q2", "125.5", Decimal("125.5")),
        ("2017Q2", "130", Decimal(130)),
        ("2017Q3", "260", Decimal(260)),
    ]


def test_a_stated_nothing_has_the_chart_of_its_series(book):
    listing = listed(book, entity="松田", metric="净利润")
    chart = make_chart(listing.rows[2], listing.rows, book.series)
    assert (chart.unit, len(chart.bars), chart.bars[chart.marked]) == ("万元", 8, Bar("2016Q4", "—"))


def test_a_figure_in_another_unit_says_so_and_is_drawn_to_scale(book):
    listing = listed(book, entity="柏川", metric="净利润")
    chart = make_chart(listing.rows[0], listing.rows, book.series)
    assert (chart.bars[-1].text, chart.bars[-1].value) == ("0.4 亿元", Decimal(4000))


def test_figures_without_periods_are_drawn_beside_each_other(book):
    listing = listed(book, metric="单价")
    chart = make_chart(listing.rows[2], listing.rows, book.series)
    assert (chart.title, chart.unit, chart.marked) == ("单价", "元/月", 2)
    assert [(bar.label, bar.text) for bar in chart.bars] == [("松城", "1,999.50"), ("柏城", "无"), ("桦城", "20.25")]


@pytest.mark.parametrize("metric", ["备注", "收入"])
def test_what_cannot_be_compared_has_no_chart(book, metric):
    listing = listed(book, metric=metric)
    assert make_chart(listing.rows[0], listing.rows, book.series) is None


def test_a_chart_is_never_endless(book):
    listing = listed(book, metric="单价")
    rows = [listing.rows[0]] * (MOST_BARS + 5)
    chart = make_chart(rows[0], rows, book.series)
    assert (len(chart.bars), chart.left_out) == (MOST_BARS, 5)


def test_csv_has_the_fields_of_the_command_and_guards_formulas(book):
    listing = listed(book, metric="备注")
    records = list(csv.DictReader(io.StringIO(export_text(listing, Format.CSV, HEADINGS, book.catalogue.sources))))
    assert [record["value"] for record in records] == ["平稳", "'=1+1", "平稳", "", "'@x"]
    growth = listed(book, metric="净利润", entity="松田", growth=True)
    text = export_text(growth, Format.CSV, HEADINGS, book.catalogue.sources)
    assert text.endswith("\r\n")
    records = list(csv.DictReader(io.StringIO(text)))
    assert [(r["value"], r["year_over_year"], r["year_over_year_unit"]) for r in records][:5] == [
        ("800", "", ""), ("-2145", "", ""), ("", "", ""), ("1240", "55", "%"), ("125.5", "", ""),
    ]  # fmt: skip


def test_json_is_one_array_with_exact_figures(book):
    listing = listed(book, metric="净利润", entity="松田", growth=True)
    text = export_text(listing, Format.JSON, HEADINGS, book.catalogue.sources)
    found = json.loads(text, parse_float=Decimal)
    assert [entry["id"] for entry in found] == [row.fact.id for row in listing.rows]
    assert found[4]["value"] == Decimal("125.5")
    assert found[3]["year_over_year"] == {
        "value": 55, "unit": "%", "approximate": False, "base": listing.rows[0].fact.id,
    }  # fmt: skip
    assert found[0]["year_over_year"] is None
    assert json.loads(export_text(listed(book, metric="没有"), Format.JSON, HEADINGS, book.catalogue.sources)) == []


def test_markdown_is_the_table_with_places(book):
    listing = listed(book, metric="净利润", entity="松田", period="2017Q1", growth=True)
    start = book.catalogue.sources.text_of("songbai-03").index("松田云 | 净利润")
    text = export_text(listing, Format.MARKDOWN, HEADINGS, book.catalogue.sources)
    assert text.splitlines()[:2] == [
        "| 主体 | 指标 | 期间 | 数值 | 单位 | 同比 | 环比 | 期号 |",
        "|---|---|---|---:|---|---:|---:|---|",
    ]
    assert text.splitlines()[2].startswith("| 松田云 | 净利润 | 2017Q1 | 1,240 | 万元 | +55.00% |  | songbai-03:")
    place = text.splitlines()[2].rsplit(":", 1)[1].split(" ")[0]
    assert int(place.split("-")[0]) == start


def test_markdown_signs_of_the_corpus_are_no_markdown(book):
    sources = book.catalogue.sources
    rows = listed(book, metric="备注").rows
    hostile = replace(rows[0], subject="a|b<i>*x*[y](z)\n\x1b[31m")
    listing = replace(listed(book, metric="备注"), rows=[hostile])
    line = export_text(listing, Format.MARKDOWN, HEADINGS, sources).splitlines()[2]
    assert line.startswith(r"| a\|b\<i\>\*x\*\[y\](z) \[31m | ")
