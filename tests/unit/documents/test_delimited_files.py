"""CSV files."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudqa.documents import Span, read_document


@pytest.fixture
def read_csv(tmp_path):
    def _read(content, name="2021-09 医院床位.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return read_document(path, tmp_path)

    return _read


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def check_spans(document):
    for table in document.tables:
        assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)


BEDS = [["科室", "床位", "使用率"], ["内科", "40", "95.5%"], ["外科", "1,030", "88%"]]
BEDS_TEXT = "2021-09 医院床位\n\n科室\t床位\t使用率\n内科\t40\t95.5%\n外科\t1,030\t88%\n\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_in_every_encoding(read_csv, encoding, delimiter):
    quoted = [[f'"{text}"' if delimiter in text else text for text in row] for row in BEDS]
    document = read_csv("\r\n".join(delimiter.join(row) for row in quoted), encoding=encoding)
    assert document.text == BEDS_TEXT
    (table,) = document.tables
    assert grid(table) == BEDS
    assert document.text[table.span.start : table.span.end] == "科室\t床位\t使用率\n内科\t40\t95.5%\n外科\t1,030\t88%"
    assert document.not_understood == ()
    check_spans(document)


def test_the_file_is_a_report_named_by_itself(read_csv):
    document = read_csv("科室,床位\n内科,40\n")
    assert document.report == "2021-09 医院床位"
    assert (document.metadata.title, document.metadata.date) == ("2021-09 医院床位", "2021-09")
    (section,) = document.sections[1:]
    assert (section.title, section.level, section.heading) == ("2021-09 医院床位", 1, Span(0, 12))
    assert document.section_path(document.tables[0].section) == ("2021-09 医院床位",)


def test_quotes_hold_delimiters_line_ends_and_quotes(read_csv):
    document = read_csv('名称,说明\n甲,"一,二\n三\t""四"""\n乙,五\n')
    assert grid(document.tables[0]) == [["名称", "说明"], ["甲", '一,二 三 "四"'], ["乙", "五"]]
    check_spans(document)


def test_quotation_marks_that_do_not_pair_are_characters(read_csv):
    document = read_csv('尺寸,数\n5",1\n"6,2\n7,3\n')
    assert grid(document.tables[0]) == [["尺寸", "数"], ['5"', "1"], ['"6', "2"], ["7", "3"]]
    assert document.not_understood == ("Quotation marks do not pair; they were read as characters of the cells.",)


def test_the_first_line_may_state_the_delimiter(read_csv):
    assert grid(read_csv("sep=;\n甲,乙;丙\n1,5;2\n").tables[0]) == [["甲,乙", "丙"], ["1,5", "2"]]


def test_decimal_commas_do_not_part_cells(read_csv):
    assert grid(read_csv("城市;价\n甲城;1,5\n乙城;2,5\n").tables[0]) == [
        ["城市", "价"],
        ["甲城", "1,5"],
        ["乙城", "2,5"],
    ]


def test_blank_rows_part_tables_and_lone_cells_are_captions_and_notes(read_csv):
    document = read_csv(
        "表1 床位（张）,,\n单位：张,,\n科室,床位,医生\n内科,40,9\n合计,40,\n注：不含加床。,,\n资料来源：院办\n"
        ",,\n,,\n价格表,,\n品名,,价（元）\n纱布,,3.5\n\n说明文字一行。\n"
    )
    beds, prices = document.tables
    assert beds.caption == "表1 床位（张） 单位：张"
    assert document.text[beds.caption_span.start : beds.caption_span.end] == "表1 床位（张）\n单位：张"
    assert grid(beds) == [["科室", "床位", "医生"], ["内科", "40", "9"], ["合计", "40", ""]]
    assert [text for text, _ in beds.notes] == ["注：不含加床。", "资料来源：院办"]
    assert prices.caption == "价格表"
    assert grid(prices) == [["品名", "", "价（元）"], ["纱布", "", "3.5"]]
    assert document.paragraphs[-1].text == "说明文字一行。"
    check_spans(document)


def test_a_lone_header_over_the_second_of_two_columns_is_no_caption(read_csv):
    assert grid(read_csv(",2017年\n收入,5\n利润,1\n").tables[0]) == [["", "2017年"], ["收入", "5"], ["利润", "1"]]


def test_short_rows_are_named(read_csv):
    document = read_csv("甲,乙,丙\n1,2,3\n4\n5,6\n7,8,9\n")
    assert grid(document.tables[0])[2:4] == [["4", "", ""], ["5", "6", ""]]
    assert document.not_understood == (
        "Line 5: a table row with 1 of 3 cells.",
        "Line 6: a table row with 2 of 3 cells.",
    )


def test_many_short_rows_are_counted(read_csv):
    problems = read_csv("甲,乙,丙\n" + "1,2\n" * 50 + "1,2,3\n").not_understood
    assert len(problems) == 21
    assert problems[-1] == "30 more table rows with too few cells."


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n,,\n", '""\n'])
def test_files_without_text_say_so(read_csv, content):
    document = read_csv(content)
    assert document.tables == ()
    assert document.not_understood == ("The file holds no cell with text.",)


def test_a_cell_longer_than_the_csv_module_takes(read_csv):
    long = "云" * 200_000
    assert grid(read_csv(f"甲,乙\n{long},1\n").tables[0])[1] == [long, "1"]
    assert grid(read_csv(f'甲,乙\n"{long}",1\n').tables[0])[1] == [f'"{long}"', "1"]


def test_one_column_is_text(read_csv):
    document = read_csv("会议纪要\n本周价格平稳，成交一般。\n", "a.tsv")
    assert document.tables == ()
    assert [p.text for p in document.paragraphs] == ["会议纪要", "本周价格平稳，成交一般。"]


LARGE = {
    "rows": lambda n: "甲,乙\n" + "小麦,1\n" * n,
    "short rows": lambda n: "甲,乙,丙\n" + "小麦,1\n" * n + "1,2,3\n",
    "blocks": lambda n: "一等\n甲,乙\n小麦,1\n注：无。\n\n" * n,
    "lone cells": lambda n: "小麦\n" * n,
    "blank rows": lambda n: "甲,乙\n" + ",\n" * n + "小麦,1\n",
    "quotes": lambda n: "甲,乙\n" + '"小\n麦",1\n' * n,
    "a quotation mark without its pair": lambda n: '甲,"乙\n' + "小麦,1\n" * n,
    "columns": lambda n: ",".join(["甲"] * n) + "\n" + ",".join(["1"] * n) + "\n",
}


@pytest.mark.parametrize("kind", LARGE)
def test_four_times_the_file_takes_four_times_the_steps(tmp_path, kind, count_steps):
    steps = []
    for n in (100, 400):
        path = tmp_path / f"{n}.csv"
        path.write_text(LARGE[kind](n), encoding="utf-8")
        steps.append(count_steps(path))
    assert steps[1] <= 5 * steps[0]


CELLS = st.lists(
    st.sampled_from(["小麦", "5", "1,880", '"', "\n", " ", "（吨）", "a b", "\x00"]), min_size=1, max_size=4
)
ROWS = st.lists(st.tuples(*[CELLS.map("".join).filter(str.strip)] * 3), min_size=2, max_size=6)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_what_is_written_is_read(tmp_path, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    (tmp_path / "a.csv").write_bytes(stream.getvalue().encode())
    document = read_document(tmp_path / "a.csv", tmp_path)
    assert grid(document.tables[0]) == [[" ".join(text.split()) for text in row] for row in rows]
    check_spans(document)
