"""One table in every format that tables come in gives the same facts."""

import csv
import re
from dataclasses import replace

import docx
import openpyxl
import pytest

from cloudqa.documents import read_document
from cloudqa.facts import facts_of
from cloudqa.quantities import Quantity

TITLE = "2021年各港口吞吐量"
CAPTION = "表1 2021年各港口集装箱吞吐量"
ROWS = [
    ["港口", "省份", "吞吐量（万标箱）", "同比增长", "开港日期", "泊位数"],
    ["东湾港", "甲省", "4,703.5", "8.1%", "1952-10-17", "126"],
    ["南澳港", "乙省", "2,876.75", "-1.5%", "1978-05-01", "98"],
    ["北仓港", "甲省", "3,107.9", "—", "1965-12-30", "N/A"],
    ["合计", "", "10,688.15", "5.2%", "", "224"],
]


def _markdown(path):
    lines = ["|" + "|".join(row) + "|" for row in ROWS]
    lines.insert(1, "|" + "---|" * len(ROWS[0]))
    path.write_text(f"# {TITLE}\n\n## {TITLE}\n\n{CAPTION}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _text(path):
    lines = "\n".join("\t".join(row) for row in ROWS)
    path.write_text(f"# {TITLE}\n\n## {TITLE}\n\n{CAPTION}\n\n{lines}\n", encoding="utf-8")


def _word(path):
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_heading(TITLE, 1)
    made.add_paragraph(CAPTION)
    table = made.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.save(path)


def _delimited(path, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([[CAPTION], *ROWS])


def _workbook(path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append([CAPTION])
    for row in ROWS:
        sheet.append([_value(text) for text in row])
    for row in sheet.iter_rows(min_row=3):
        row[3].number_format = "0.0%"
        row[2].number_format = "#,##0.0" if row[0].value != "南澳港" else "#,##0.00"
    made.save(path)


def _value(text):
    bare = text.replace(",", "")
    if re.fullmatch(r"-?[\d.]+%", bare):
        return round(float(bare[:-1]) / 100, 6)
    return float(bare) if re.fullmatch(r"[\d.]+", bare) else text or None


WRITERS = {
    "md": _markdown,
    "txt": _text,
    "docx": _word,
    "csv": _delimited,
    "xlsx": _workbook,
}


def _unplaced(value):
    return replace(value, start=0, end=0) if isinstance(value, Quantity) else value


def told(document):
    """The facts without their places."""
    return [
        (
            f.entity,
            f.metric,
            _unplaced(f.value),
            f.printed,
            f.period,
            f.keys,
            f.measure,
            f.of,
            f.absence,
            f.total,
            f.row,
            f.column,
        )
        for f in facts_of(document).facts
    ]


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_facts_are_those_of_the_markdown_table(tmp_path, suffix):
    documents = []
    for name in ("md", suffix):
        path = tmp_path / name / f"{TITLE}.{name}"
        path.parent.mkdir(exist_ok=True)
        WRITERS[name](path)
        documents.append(read_document(path, path.parent))
    expected, facts = map(told, documents)
    assert [document.tables[0].caption for document in documents] == [CAPTION] * 2
    assert len(expected) == 20
    assert expected[0][:4] == ("东湾港", "省份", "甲省", "甲省")
    assert facts == expected


def test_quotes_of_facts_stand_in_the_canonical_text(tmp_path):
    path = tmp_path / f"{TITLE}.xlsx"
    _workbook(path)
    document = read_document(path, tmp_path)
    fact = next(f for f in facts_of(document).facts if f.entity == "南澳港" and f.metric == "吞吐量")
    assert document.text[fact.place.start : fact.place.end] == "2,876.75"
    assert [document.text[q.start : q.end] for q in fact.quotes] == ["南澳港\t乙省\t2,876.75"]
