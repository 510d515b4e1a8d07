"""DOCX reports: the sample and made-up ones."""

from pathlib import Path

import docx
import pytest

from cloudqa.documents import read_document
from cloudqa.errors import UnreadableDocumentError

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def check_spans(document):
    for table in document.tables:
        assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)
    for paragraph in document.paragraphs:
        assert "".join(document.text[p.start : p.end] for p in paragraph.pieces) == paragraph.text


def test_sample():
    document = read_document(SAMPLES / "2017-12-issue-12.docx", SAMPLES)
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == (
        "云计算发展研究",
        "2017-12",
        "12",
        "32",
    )
    assert [s.number + s.title for s in document.sections[1:]] == [
        "本期导读",
        "一、云动态：十一月至十二月要闻",
        "二、云专利：六家厂商发明专利申请量",
        "三、云排名：2017年度专业云厂商综合排名",
        "四、云观察：从“买资源”到“买结果”",
        "1.三类合同的适用场景",
        "2.人才：架构师紧缺，运维岗位转型",
    ]
    assert [s.parent for s in document.sections[1:]] == [0, 0, 0, 0, 0, 5, 5]
    patents, ranks = document.tables
    assert patents.caption == "表1 云计算相关发明专利申请量（件）"
    assert grid(patents)[0] == ["公司", "2014年", "2015年", "2016年", "2017年1—11月", "累计授权量"]
    assert grid(patents)[6] == ["沧澜数据", "—", "9", "26", "58", "17"]
    assert [note for note, _ in patents.notes] == ["注：“—”表示公司尚未成立。累计授权量截至2017年11月30日。"]
    assert ranks.caption == "表2 2017年度专业云厂商综合排名"
    assert grid(ranks)[7] == ["7", "河图网安", "武汉", "2009年5月", "河盾网关", "A+", "72.1", "5"]
    check_spans(document)


def test_markdown_sample():
    document = read_document(SAMPLES / "2017-10-issue-10.md", SAMPLES)
    results, power, staff = document.tables
    assert [t.caption for t in document.tables] == [
        "表1　云岭科技、海岳云季度经营数据",
        "表2　数据中心PUE调查结果",
        "表3　云岭科技与海岳云分部门人数（人）",
    ]
    assert grid(results)[3] == ["云岭科技", "海外收入（百万美元）", "—", "1.8", "2.6", "4.1", "5.5"]
    assert grid(power)[4] == ["4", "南沙一号", "云岭科技", "广东南沙", "2016-09-30", "1,880", "N/A", "1.49", "1.42"]
    assert grid(staff)[5] == ["合计", "820", "1,035", "1,295", "2,500", "2,680", "2,700"]
    assert [len(t.notes) for t in document.tables] == [3, 1, 0]
    assert document.metadata.contents[0][1] == "要闻：云计算三年行动计划半年回顾"
    check_spans(document)


def test_merged_cells(tmp_path):
    made = docx.Document()
    made.add_paragraph("表1 床位（张）")
    table = made.add_table(rows=4, cols=3)
    rows = [["科室", "2016年", ""], ["", "开放", "使用"], ["内科", "40", "38"], ["外科", "30", "29"]]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    made.save(tmp_path / "a.docx")
    (read,) = read_document(tmp_path / "a.docx", tmp_path).tables
    assert grid(read) == rows
    assert read.caption == "表1 床位（张）"
    assert [(c.row_span, c.column_span) for c in read.rows[0]] == [(2, 1), (1, 2), (1, 1)]
    assert [(c.row_span, c.column_span) for c in read.rows[2]] == [(1, 1)] * 3


def test_text_is_written_line_by_line(tmp_path):
    made = docx.Document()
    made.add_paragraph("一、行情")
    made.add_paragraph("玉米\n平稳。")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "省\t名", "数\n值"
    made.save(tmp_path / "a.docx")
    document = read_document(tmp_path / "a.docx", tmp_path)
    assert document.text == "一、行情\n玉米\n平稳。\n省 名\t数 值\n"
    assert [s.number + s.title for s in document.sections[1:]] == ["一、行情"]
    check_spans(document)


def test_damaged_files_are_named(tmp_path):
    for content in (b"", b"no zip", b"PK\x03\x04 broken"):
        (tmp_path / "a.docx").write_bytes(content)
        with pytest.raises(UnreadableDocumentError, match=r"a\.docx is not a DOCX file or is damaged"):
            read_document(tmp_path / "a.docx", tmp_path)
