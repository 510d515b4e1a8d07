"""A report as blocks for reading; every character shown stands where its offset says."""

from __future__ import annotations

from cloudqa.answering import Assistant
from cloudqa.answering.answer import Citation
from cloudqa.documents import read_document
from cloudqa.index import Generation, StoredReport
from cloudqa.tui.check.blocks import BlockStyle, read_blocks
from cloudqa.tui.check.reading import find_in, marks_of, open_reading, page_break_joins, place_now
from cloudqa.tui.check.report_part import ReportPart
from cloudqa.tui.page.cells import visible, width_of


def blocks_of(tmp_path, text):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    stored = StoredReport.of(read_document(tmp_path / "a.md", tmp_path))
    return stored.text, read_blocks(stored.text, stored.sections, {})


def test_marks_of_the_format_are_left_out(tmp_path):
    text = "# 题\n\n## 一、标题\n\n"
    text += "正文**加粗**的一段话，它足够长，所以是一个自然段。\n\n"
    text += "- 第一项\n  - 第二项\n\n---\n\n3. 第三项\n"
    source, blocks = blocks_of(tmp_path, text)
    shown = [(b.style.value, "".join(run.text for run in b.runs)) for b in blocks]
    assert ("heading", "一、标题") in shown
    assert ("prose", "正文加粗的一段话，它足够长，所以是一个自然段。") in shown
    assert [text for style, text in shown if style == "item"] == ["• 第一项", "• 第二项", "3. 第三项"]
    assert_offsets(source, blocks)


def assert_offsets(source, blocks):
    runs = [run for b in blocks for run in (*b.runs, *(cell for row in b.rows for cell in row)) if run.offset >= 0]
    assert runs
    for run in runs:
        assert visible(source[run.offset : run.offset + len(run.text)]) == run.text


def test_tables_of_tabs_and_pipes_are_tables(tmp_path):
    text = "# 题\n\n\t收入\t占比\n2016Q4\t8.85\t5%\n2017Q1\t10\t\n\n| 名称 | 值 |\n|---|---|\n| 甲\\|乙 | 1 |\n"
    source, blocks = blocks_of(tmp_path, text)
    tables = [b for b in blocks if b.style is BlockStyle.TABLE]
    assert [[cell.text for cell in row] for row in tables[0].rows] == [
        ["", "收入", "占比"],
        ["2016Q4", "8.85", "5%"],
        ["2017Q1", "10", ""],
    ]
    assert [[cell.text for cell in row] for row in tables[1].rows] == [["名称", "值"], ["甲\\|乙", "1"]]
    assert [table.headers for table in tables] == [1, 1]
    assert_offsets(source, blocks)


def test_the_real_report_reads_whole(real_settings, report_text):
    with Generation.open(real_settings.index) as generation:
        reading = open_reading(Assistant(real_settings, generation), "2017-08-issue-08")
        joins = page_break_joins(reading.text, generation.iter_passages("2017-08-issue-08"))
    assert_offsets(reading.text, reading.blocks)
    assert len([b for b in reading.blocks if b.style is BlockStyle.TABLE]) == 3
    shown = {
        offset
        for b in reading.blocks
        for run in (*b.runs, *(cell for row in b.rows for cell in row))
        for offset in range(run.offset, run.offset + len(run.text))
        if run.offset >= 0
    }
    lost = [c for i, c in enumerate(reading.text) if i not in shown and not c.isspace()]
    assert set(lost) <= set("#-*•!")
    assert joins
    start = next(iter(joins))
    joined = next(b for b in reading.blocks if b.start <= start <= b.end and b.style is BlockStyle.PROSE)
    assert joined.end > joins[start]


def test_no_line_of_the_real_report_is_too_wide(real_settings):
    with Generation.open(real_settings.index) as generation:
        part = ReportPart(open_reading(Assistant(real_settings, generation), "2017-08-issue-08").blocks)
    for width in (40, 58, 100):
        assert max(width_of("".join(run.text for run in line)) for line in part.layout(width).lines) <= width


def test_a_cell_is_marked_with_its_headers(answers, assistant, made_up_report):
    text = made_up_report.text
    marks = marks_of(assistant, answers["收入增长多少？"].citations[0])
    found = [(text[mark.start : mark.end], mark.style) for mark in marks]
    assert found == [("41.00", "cell"), ("云收入(亿元)", "header"), ("2017Q2", "header"), ("2017Q2\t41.00", "quote")]


def test_search_finds_every_place_without_regard_to_case():
    assert find_in("Public cloud, PUBLIC Cloud", "public CLOUD ") == [(0, 12), (14, 26)]
    assert find_in("İ public", "PUBLIC") == [(2, 8)]
    assert find_in("公有云和公有云", "公有云") == [(0, 3), (4, 7)]
    assert find_in("abc", "  ") == []


def test_a_quote_of_a_changed_report_is_found_again_or_gone():
    citation = Citation(report="r", quote="收入为41.00亿元", start=2, end=12, line=1, table=0, row=1, column=1)
    assert place_now("今年收入为41.00亿元", citation) == citation
    moved = place_now("收入为41.00亿元。\n\n今年\n收入为41.00亿元", citation)
    assert (moved.start, moved.end, moved.line, moved.table) == (0, 10, 1, None)
    assert place_now("收入为42.00亿元", citation) is None
