"""What goes into SQLite comes out equal, offsets and all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from made_up_reports import cut_lines, make_report

from cloudqa.documents import Span
from cloudqa.index import archive
from cloudqa.index.archive import StoredReport

REPORT = make_report("r1", "标题\n第一句。第二句。\n\n雲上的ＡＩ\n")


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    archive.create_archive(connection)
    archive.insert_report(connection, StoredReport.of(REPORT), cut_lines(REPORT))
    archive.place_reports(connection, {"r1": 2})
    yield connection
    connection.close()


def test_a_report_comes_back_equal(connection):
    stored = archive.load_report(connection, "r1")
    assert stored == StoredReport.of(REPORT)
    assert stored.section_path(1) == ("一、标题",)
    assert archive.load_report(connection, "other") is None
    assert archive.list_reports(connection) == ["r1"]


def test_lines_and_pages_of_offsets(connection):
    stored = archive.load_report(connection, "r1")
    assert [stored.line(offset) for offset in (0, 2, 3, 12)] == [1, 1, 2, 3]
    assert [stored.page(offset) for offset in (0, 1, 2)] == [1, 1, 2]
    assert replace(stored, pages=()).page(5) is None


def test_passages_come_back_equal_in_the_order_asked_for(connection):
    first, second = cut_lines(REPORT)
    assert archive.load_passages(connection, [1, 0, 1]) == [second, first, second]
    assert list(archive.iter_passages(connection)) == [first, second]
    assert list(archive.iter_passages(connection, "r1")) == [first, second]
    assert list(archive.iter_passages(connection, "r2")) == []
    with pytest.raises(KeyError):
        archive.load_passages(connection, [2])


def test_the_offsets_of_a_stored_passage_cut_it_out_of_the_stored_text(connection):
    text = archive.load_report(connection, "r1").text
    for passage in archive.iter_passages(connection):
        (span,) = passage.source_spans(0, len(passage.text))
        assert text[span.start : span.end] == passage.text
    (second_sentence,) = archive.load_passages(connection, [0])[0].source_spans(4, 8)
    assert second_sentence == Span(7, 11)
    assert text[7:11] == "第二句。"


def test_rows_of_a_report(connection):
    other = make_report("r0", "标题\n甲。\n")
    archive.insert_report(connection, StoredReport.of(other), cut_lines(other))
    archive.place_reports(connection, {"r1": 2, "r0": 1})
    assert archive.report_rows(connection, "r1") == range(0, 2)
    assert archive.report_rows(connection, "r0") == range(2, 3)
    assert list(archive.report_rows(connection, "none")) == []
    assert archive.list_reports(connection) == ["r1", "r0"]


def test_what_was_not_understood_is_listed(connection):
    assert archive.list_not_understood(connection) == {}
    archive.insert_report(connection, StoredReport.of(make_report("r2", "标题\n读不懂\n")), [])
    archive.place_reports(connection, {"r1": 2, "r2": 0})
    assert archive.list_not_understood(connection) == {"r2": ("第二页的表没有读懂。",)}


def test_passages_move_with_their_reports_and_an_empty_one_takes_no_row(connection):
    earlier, empty = make_report("r0", "标题\n甲。\n"), make_report("r00", "标题\n")
    archive.insert_report(connection, StoredReport.of(earlier), cut_lines(earlier))
    archive.insert_report(connection, StoredReport.of(empty), [])
    archive.place_reports(connection, {"r0": 1, "r00": 0, "r1": 2})
    assert [p.text for p in archive.load_passages(connection, [0, 1, 2])] == ["甲。", "第一句。第二句。", "雲上的ＡＩ"]
    assert connection.execute("SELECT row, report, ordinal, text FROM passages ORDER BY row").fetchall() == [
        (0, "r0", 0, "甲。"), (1, "r1", 0, "第一句。第二句。"), (2, "r1", 1, "雲上的ＡＩ"),
    ]  # fmt: skip


def test_a_removed_report_leaves_nothing(connection):
    archive.delete_report(connection, "r1")
    for table in ("reports", "report_texts", "report_places", "passage_texts"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    archive.delete_report(connection, "r1")
