"""XLSX workbooks, written by openpyxl."""

import datetime
import re
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart

from cloudqa.documents import read_document
from cloudqa.errors import UnreadableDocumentError


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def check_spans(document):
    for table in document.tables:
        assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)


@pytest.fixture
def book():
    """A workbook with one empty sheet named 产量."""
    made = openpyxl.Workbook()
    made.active.title = "产量"
    return made


@pytest.fixture
def read_book(tmp_path):
    def _read(made, name="2021-09 茶叶.xlsx"):
        made.save(tmp_path / name)
        return read_document(tmp_path / name, tmp_path)

    return _read


def fill(sheet, rows, first=1):
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)


def test_each_sheet_is_a_section(book, read_book):
    fill(book.active, [["省", "吨"], ["甲省", 5]])
    fill(book.create_sheet("价格\t表"), [["级", "元"], ["一级", 3.5]])
    book.create_sheet("空")
    document = read_book(book)
    assert document.text == "2021-09 茶叶\n\n产量\n\n省\t吨\n甲省\t5\n\n价格 表\n\n级\t元\n一级\t3.5\n\n"
    assert (document.metadata.title, document.metadata.date) == ("2021-09 茶叶", "2021-09")
    assert [(s.title, s.level) for s in document.sections[1:]] == [("2021-09 茶叶", 1), ("产量", 2), ("价格 表", 2)]
    assert [document.section_path(t.section)[-1] for t in document.tables] == ["产量", "价格 表"]
    assert document.not_understood == ()
    check_spans(document)


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["Sheet1"], ["2021-09 茶叶"]),
        (["工作表1"], ["2021-09 茶叶"]),
        (["Sheet1", "Sheet2"], ["2021-09 茶叶", "Sheet1", "Sheet2"]),
        (["表1 产量"], ["2021-09 茶叶", "表1 产量"]),
        (["1.产量", "2.价格"], ["2021-09 茶叶", "1.产量", "2.价格"]),
    ],
)
def test_a_lone_sheet_without_a_name_of_its_own_has_no_heading(book, read_book, names, titles):
    book.active.title = names[0]
    for sheet in [book.active, *map(book.create_sheet, names[1:])]:
        fill(sheet, [["省", "吨"], ["甲省", 5]])
    assert [s.number + s.title for s in read_book(book).sections[1:]] == titles


def test_merged_cells_captions_units_and_notes(book, read_book):
    sheet = book.active
    fill(
        sheet,
        [
            ["各省茶叶产量"],
            [],
            [None, None, None, "单位：吨"],
            ["省份", "产量", None, "备注"],
            [None, "2020年", "2021年", None],
            ["甲省", 40, 50, None],
            ["乙省", 30, 35, "估计"],
            ["注：估计数未经核实。"],
        ],
    )
    for area in ("A1:D2", "A4:A5", "B4:C4", "D4:D5"):
        sheet.merge_cells(area)
    document = read_book(book)
    (table,) = document.tables
    assert table.caption == "各省茶叶产量 单位：吨"
    assert [text for text, _ in table.notes] == ["注：估计数未经核实。"]
    assert grid(table) == [
        ["省份", "产量", "", "备注"],
        ["", "2020年", "2021年", ""],
        ["甲省", "40", "50", ""],
        ["乙省", "30", "35", "估计"],
    ]
    assert [(c.row_span, c.column_span) for c in table.rows[0]] == [(2, 1), (1, 2), (1, 1), (2, 1)]
    assert [(c.row_span, c.column_span) for c in table.rows[2]] == [(1, 1)] * 4
    check_spans(document)


def test_rows_that_only_merged_cells_cover_neither_count_nor_part(book, read_book):
    sheet = book.active
    fill(sheet, [["省", "吨"], [], ["甲省", 5], ["乙省", 6]])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    (table,) = read_book(book).tables
    assert grid(table) == [["省", "吨"], ["甲省", "5"], ["乙省", "6"]]
    assert [(c.row_span, c.column_span) for c in table.rows[0]] == [(1, 1), (1, 1)]


def test_a_merged_header_over_the_later_columns_is_no_caption(book, read_book):
    fill(book.active, [[None, "2021年", None], ["省", "吨", "元"], ["甲省", 5, 6]])
    book.active.merge_cells("B1:C1")
    (table,) = read_book(book).tables
    assert table.caption == ""
    assert grid(table)[0] == ["", "2021年", ""]


def test_blank_rows_part_tables_wherever_they_stand_in_the_sheet(book, read_book):
    fill(book.active, [["一等"], ["省", "吨"], ["甲省", 5], [], [None, None, "二等"], [None, None, "省", "元"]])
    fill(book.active, [[None, None, "乙省", 7]], first=7)
    first, second = read_book(book).tables
    assert (first.caption, grid(first)) == ("一等", [["省", "吨"], ["甲省", "5"]])
    assert (second.caption, grid(second)) == ("二等", [["省", "元"], ["乙省", "7"]])


def test_values_are_written_by_their_formats(book, read_book):
    sheet = book.active
    fill(sheet, [["日", "率", "额", "字"], [datetime.datetime(2021, 9, 1), 0.125, 1234567.5, " 甲\n\t乙\u3000"]])
    sheet["B2"].number_format, sheet["C2"].number_format = "0.0%", "#,##0"
    assert grid(read_book(book).tables[0])[1] == ["2021-09-01", "12.5%", "1,234,567.5", "甲 乙"]


def test_formulas_have_their_stored_results(book, read_book, tmp_path):
    fill(book.active, [["省", "吨"], ["甲省", "=2+3"], ["乙省", "=1/0"]])
    plain = read_book(book)
    assert grid(plain.tables[0])[1:] == [["甲省", ""], ["乙省", ""]]
    assert plain.not_understood == (
        "Sheet “产量”, cell B2: a formula without a stored result.",
        "Sheet “产量”, cell B3: a formula without a stored result.",
    )
    stored = tmp_path / "b.xlsx"
    with zipfile.ZipFile(tmp_path / "2021-09 茶叶.xlsx") as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            content = re.sub(rb"<f>2\+3</f><v ?(/>|></v>)", b"<f>2+3</f><v>5</v>", old.read(name))
            error = rb'<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v>'
            content = re.sub(rb'<c r="B3"><f>1/0</f><v ?(/>|></v>)', error, content)
            new.writestr(name, content)
    document = read_document(stored, tmp_path)
    assert grid(document.tables[0])[1:] == [["甲省", "5"], ["乙省", "#DIV/0!"]]
    assert document.not_understood == ("Sheet “产量”, cell B3: the error #DIV/0!.",)


def test_hidden_sheets_are_read_and_named_and_charts_named(book, read_book):
    fill(book.active, [["省", "吨"], ["甲省", 5]])
    hidden = book.create_sheet("底稿")
    fill(hidden, [["级", "元"], ["一级", 3]])
    hidden.sheet_state = "hidden"
    book.create_chartsheet("图").add_chart(BarChart())
    document = read_book(book)
    assert [grid(t)[1] for t in document.tables] == [["甲省", "5"], ["一级", "3"]]
    assert document.not_understood == (
        "Sheet “图” is a chart; it was not read.",
        "Sheet “底稿” is hidden in the workbook; it was read.",
    )


def test_a_workbook_without_text_says_so(book, read_book):
    document = read_book(book)
    assert (document.tables, document.paragraphs) == ((), ())
    assert document.not_understood == ("The workbook holds no cell with text.",)


def test_what_a_sheet_says_of_its_size_is_not_believed(book, read_book, tmp_path):
    fill(book.active, [["省", "吨"], ["甲省", 5], ["乙省", 6]])
    read_book(book)
    with zipfile.ZipFile(tmp_path / "2021-09 茶叶.xlsx") as old, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"'))
    assert grid(read_document(tmp_path / "c.xlsx", tmp_path).tables[0]) == [["省", "吨"], ["甲省", "5"], ["乙省", "6"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.xlsx is not an XLSX file or is damaged."),
        (b"no zip", "a.xlsx is not an XLSX file or is damaged."),
        (b"PK\x03\x04 broken", "a.xlsx is not an XLSX file or is damaged."),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "a.xlsx is encrypted with a"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"Workbook", "a.xlsx is a workbook of the old XLS format."),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path, content, message):
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(tmp_path / "a.xlsx", tmp_path)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<broken"])
def test_damaged_parts_are_told(book, tmp_path, part, content):
    fill(book.active, [["省", "吨"], ["甲省", 5]])
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    with pytest.raises(UnreadableDocumentError, match=r"^a\.xlsx is not an XLSX file or is damaged\."):
        read_document(tmp_path / "a.xlsx", tmp_path)


def test_four_times_the_merged_cells_take_four_times_the_steps(tmp_path, count_steps):
    steps = []
    for n in (50, 200):
        made = openpyxl.Workbook()
        for number in range(n):
            fill(made.active, [["省", "吨", "元"], ["甲省", 5, "=1+1"], [None, 6, 7], []], first=4 * number + 1)
            made.active.merge_cells(f"A{4 * number + 2}:A{4 * number + 3}")
        made.save(tmp_path / f"{n}.xlsx")
        steps.append(count_steps(tmp_path / f"{n}.xlsx"))
    assert steps[1] <= 5 * steps[0]
