"""Text as recognition programs leave it: tables without tabs, broken lines, stray blanks, figures cut at line ends."""

import pytest

from cloudqa.documents import BlockKind
from cloudqa.facts import facts_of

UNCLEAR = "lines that look like a table whose columns cannot be told."


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def check(document):
    for table in document.tables:
        assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)


ALIGNED = [
    "公司        2017Q1      2017Q2",
    "东方农业       3.1         3.2",
    "西部粮油                   4.2",
    "北方公司       5.1          —",
]
DRAWN = [
    "┌────┬────┬────┐", "│公司│2017Q1│2017Q2│", "├────┼────┼────┤", "│东方农业│3.1│3.2│", "│西部粮油│  │4.2│",
    "│北方公司│5.1│—│", "└────┴────┴────┘",
]  # fmt: skip
SIGNS = [
    "+----+----+----+", "|公司|2017Q1|2017Q2|", "+====+====+====+", "|东方农业|3.1|3.2|", "+----+----+----+",
    "|西部粮油| |4.2|", "+----+----+----+", "|北方公司|5.1|—|", "+----+----+----+",
]  # fmt: skip


@pytest.mark.parametrize("table", ["\n".join(ALIGNED), "\n\n".join(ALIGNED), "\n".join(DRAWN), "\n".join(SIGNS)])
def test_aligned_and_drawn_tables(read, table):
    document = read(f"一、数据\n\n表1 收入（亿元）\n\n{table}\n\n完。\n", "a.txt")
    check(document)
    (found,) = document.tables
    assert grid(found) == [
        ["公司", "2017Q1", "2017Q2"],
        ["东方农业", "3.1", "3.2"],
        ["西部粮油", "", "4.2"],
        ["北方公司", "5.1", "—"],
    ]
    assert found.caption == "表1 收入（亿元）"
    assert document.not_understood == ()


def test_words_parted_by_single_blanks(read):
    document = read(
        "表1 数据\n公司 指标 2016Q3 2016Q4\n东方农业 营业收入（亿元） 3.42 4.05\n东方 农业 净利润 (万元) (2,145) N/A\n"
        "西部粮油 毛利率 31.2% 32.0%\n\n完。\n",
        "a.txt",
    )
    check(document)
    assert grid(document.tables[0]) == [
        ["公司", "指标", "2016Q3", "2016Q4"],
        ["东方农业", "营业收入（亿元）", "3.42", "4.05"],
        ["东方 农业", "净利润 (万元)", "(2,145)", "N/A"],
        ["西部粮油", "毛利率", "31.2%", "32.0%"],
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_one_cell_a_line(read, gap):
    cells = ["公司", "2016年", "2017年", "东方农业", "3.42", "4.05", "西部粮油", "6.87", "—", "北方公司", "1", "2"]
    document = read("表1 收入\n\n" + gap.join(cells) + "\n\n以上为全部数据，供参考。\n", "a.txt")
    check(document)
    assert grid(document.tables[0]) == [cells[i : i + 3] for i in range(0, 12, 3)]
    assert document.tables[0].caption == "表1 收入"


@pytest.mark.parametrize(
    "table",
    [
        "公司      2016      2017\n甲公司     1.5       2.5\n乙公司           3.5\n丙公司   4.5    5.5    6.5",
        "公司 指标 2016 2017\n甲 乙 丙 1.5 2.5\n丁 戊 3.5 4.5\n己 庚 5.5 6.5",
        "公司\n2016年\n2017年\n甲公司\n1.5\n乙公司\n2.5\n3.5\n丙公司\n4.5\n5.5",  # a cell is missing
    ],
)
def test_what_cannot_be_told_is_named_and_gives_no_figures(read, table):
    document = read(f"# 周报\n\n## 一、数据\n\n表1 收入\n\n{table}\n\n以上为全部数据，供参考。\n", "a.txt")
    assert document.tables == ()
    assert document.not_understood == (f"Line 7: {UNCLEAR}",)
    assert facts_of(document).facts == ()
    assert {p.kind for p in document.paragraphs if "5.5" in p.text} == {BlockKind.CAPTION}


def test_contents_and_spaced_lines_are_no_tables(read):
    document = read(
        "粮油周报\n2018年3月    第3期\n\n目录\n\n一、行情    1\n二、数据    3\n三、政策    12\n\n一、行情\n\n"
        "主编：李明    编辑：王芳\n电话：1234    传真：5678\n地址：一路1号    邮编：100000\n",
        "a.txt",
    )
    assert document.tables == ()
    assert [entry for _, entry, _ in document.metadata.contents] == ["一、行情", "二、数据", "三、政策"]


def test_a_unit_behind_the_caption_is_a_line_of_its_own(read):
    rows = "公司      2016      2017\n甲公司     1.5       2.5\n乙公司     3.5       4.5\n"
    document = read(f"表1 收入　　　　单位：亿元\n{rows}", "a.txt")
    (table,) = document.tables
    assert table.caption == "表1 收入 单位：亿元"
    assert grid(table)[0] == ["公司", "2016", "2017"]


def test_figures_cut_at_a_line_end_are_whole(read):
    lines = [
        "　　甲公司上年收入较低，本年全年实现营业总收入430",
        "0亿元，比上一年度的同一个时期同比增长了12.",
        "5%，而同一个时期公司的综合毛利率则为3",
        "1.2%，公司表示前景良好。",
    ]
    document = read("\n".join(lines), "a.txt")
    assert document.paragraphs[0].text == "".join(lines).strip("　")
    figures = {f.printed: f for f in facts_of(document).facts}
    place = figures["4300亿元"].place
    assert document.text[place.start : place.end] == "430\n0亿元"


def test_an_unindented_line_goes_on_with_an_indented_paragraph(read):
    first = "本周各地小麦价格平稳运行，市场成交一般。"
    second = "后市预计以稳为主，关注天气变化的影响。"
    document = read(f"　　{first}\n{second}\n　　另一段落从这里开始。\n", "a.txt")
    assert [p.text for p in document.paragraphs] == [first + second, "另一段落从这里开始。"]


def test_stray_blanks_are_left_out_and_quoted(read):
    noisy = "东 方农业今 年实现收入 3.5 亿元，西部 粮油亏损扩 大，两 家公司都表 示看好后市。"
    document = read(f"# 周报\n\n## 一、要 闻\n\n{noisy}\n\n（本节负责人：李明 王芳）\n", "a.txt")
    paragraph = next(p for p in document.paragraphs if p.kind is BlockKind.PROSE)
    assert paragraph.text == "东方农业今年实现收入3.5亿元，西部粮油亏损扩大，两家公司都表示看好后市。"
    (span,) = paragraph.source_spans(0, len(paragraph.text))
    assert document.text[span.start : span.end] == noisy
    assert document.sections[1].title == "要闻"
    assert [name for name, _ in document.sections[1].authors] == ["李明", "王芳"]


def test_blanks_that_part_names_stay(read):
    document = read("# 周报\n\n与会者有李明 王芳 张伟等人，会议讨论了全年的工作安排，并提出了明确的要求和时间表。\n")
    assert "李明 王芳 张伟" in document.paragraphs[1].text


def test_captions_with_runs_of_blanks_part_tables_and_belong_to_none(read):
    second = ["仓库    调整前    调整后", "南仓    0.14      0.12", "北仓    0.09      0.08"]
    text = "\n".join(["表1  各公司收入（亿元）", "", *ALIGNED, "", "表2  各仓库价格（元）", "", *second])
    document = read(f"一、数据\n\n{text}\n\n完。\n", "a.txt")
    check(document)
    assert [table.caption for table in document.tables] == ["表1  各公司收入（亿元）", "表2  各仓库价格（元）"]
    assert [len(table.rows) for table in document.tables] == [4, 3]
    assert grid(document.tables[1])[1] == ["南仓", "0.14", "0.12"]
    assert not document.not_understood


def test_aligned_words_are_a_table_too(read):
    rows = "公司      总部    等级\n东方农业  济南    AAA\n西部粮油  西安    AA+\n"
    document = read(f"一、企业\n\n{rows}\n与会人员  李明  王芳\n", "a.txt")
    assert grid(document.tables[0]) == [
        ["公司", "总部", "等级"],
        ["东方农业", "济南", "AAA"],
        ["西部粮油", "西安", "AA+"],
    ]


def test_a_short_line_above_a_paragraph_is_its_title_where_nothing_is_marked(read):
    long = "本周各地小麦价格平稳运行，市场成交一般，后市预计以稳为主，需要继续关注天气变化以及各项政策动向的影响。"
    front = f"粮油周报\n2018年3月第3期\n农业系统参阅\n\n{long}\n\n"
    text = f"{front}一、行情\n\n小麦市场平稳运行\n\n{long}\n\n没有说完\n\n完。\n"
    document = read(text, "a.txt")
    assert [s.number + s.title for s in document.sections[1:]] == ["一、行情", "小麦市场平稳运行"]
    assert document.metadata.title == "粮油周报"
    marked = read(text.replace("一、", "# 一、"), "b.md")
    assert [s.number + s.title for s in marked.sections[1:]] == ["一、行情"]


def test_lines_of_a_title_page_right_below_each_other_stay_apart(read):
    front = "粮油周报\n2018年3月第3期（总第41期）\n农业系统领导及企业高管参阅\n内部资料 妥善保管\n"
    metadata = read(f"{front}\n一、行情\n\n价格平稳。\n", "a.txt").metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == ("粮油周报", "2018-03", "3", "41")
    assert metadata.audience == "农业系统领导及企业高管参阅"
