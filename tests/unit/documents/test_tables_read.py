"""Tables with tabs and pipes, their captions and notes, on made-up reports."""

import pytest


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_tab_table_with_blank_corner_and_blank_cells(read):
    document = read(
        "# 周报\n\n## 一、产量\n\n近年产量如下：\n\n\t早 稻 (万吨)\t晚稻 (万吨)\n2016\t3.1\t\n2017\t\t4.2\n\n文。\n"
    )
    (table,) = document.tables
    assert grid(table) == [["", "早 稻 (万吨)", "晚稻 (万吨)"], ["2016", "3.1", ""], ["2017", "", "4.2"]]
    assert table.caption == "近年产量如下："
    assert document.text[table.caption_span.start : table.caption_span.end] == table.caption
    assert document.text[table.span.start : table.span.end] == "\t早 稻 (万吨)\t晚稻 (万吨)\n2016\t3.1\t\n2017\t\t4.2"
    assert (table.rows[1][2].span.start, table.rows[1][2].span.end) == (table.rows[1][2].span.start,) * 2


def test_header_wrapped_over_lines(read):
    document = read("# 周报\n\n\t早稻\n(万吨)\t晚稻\n2016\t3.1\t2.2\n2017\t3.0\t4.2\n")
    assert grid(document.tables[0]) == [["", "早稻 (万吨)", "晚稻"], ["2016", "3.1", "2.2"], ["2017", "3.0", "4.2"]]


def test_a_short_row_is_filled_and_reported(read):
    document = read("# 周报\n\n| 省 | 早稻 | 晚稻 |\n|---|---|---|\n| 江西 | 3.1 |\n| 湖南 | 2.0 | 2.1 |\n")
    assert grid(document.tables[0]) == [["省", "早稻", "晚稻"], ["江西", "3.1", ""], ["湖南", "2.0", "2.1"]]
    assert document.not_understood == ("Line 5: a table row with 2 of 3 cells.",)


def test_pipe_table_escapes_markup_and_spans(read):
    document = read('# 周报\n\n| 名 | 式 |\n|:--|--:|\n| **甲** | a\\|b |\n| <a href="#">乙</a> | 1<br>2 |\n|丙|  |\n')
    (table,) = document.tables
    assert table.header_rows == 1
    assert grid(table) == [["名", "式"], ["甲", "a|b"], ["乙", "1 2"], ["丙", ""]]
    sources = [[document.text[c.span.start : c.span.end] for c in row] for row in table.rows]
    assert sources == [["名", "式"], ["甲", "a\\|b"], ['<a href="#">乙</a>', "1<br>2"], ["丙", ""]]


def test_pipe_table_without_outer_bars(read):
    assert grid(read("# 周报\n\n名 | 数\n--- | ---\n甲 | 1\n\n文。\n").tables[0]) == [["名", "数"], ["甲", "1"]]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("表 1 各省产量：", "表 1 各省产量："),
        ("**表1　各省产量**", "表1　各省产量"),
        ("## 各省产量对比:", "各省产量对比:"),
        ("Table 2. Output", "Table 2. Output"),
        ("各省产量", "各省产量"),
        ("产量继续增加，各省情况差别较大，其中南方各省早稻增产，北方各省玉米减产。具体如下表。", "具体如下表。"),
        ("产量继续增加，各省情况差别较大，其中南方各省早稻增产，北方各省玉米减产，具体情况是稳定。", ""),
        ("表1 各省产量\n\n单位：万吨", "表1 各省产量 单位：万吨"),
    ],
)
def test_captions(read, line, caption):
    document = read(f"# 周报\n\n## 一、产量\n\n{line}\n\n| 省 | 数 |\n|---|---|\n| 甲 | 1 |\n")
    (table,) = document.tables
    assert table.caption == caption
    assert [s.title for s in document.sections[1:]] == ["产量"]
    if table.caption_span:
        assert "".join(document.text[table.caption_span.start : table.caption_span.end].split()) == "".join(
            caption.split()
        )


def test_a_heading_over_a_table_stays_a_heading(read):
    document = read(
        "# 附录\n\n## 甲市产量表\n\n| 省 | 数 |\n|---|---|\n| 甲 | 1 |\n\n## 乙市产量表\n\n"
        "| 省 | 数 |\n|---|---|\n| 乙 | 2 |\n"
    )
    assert [(document.sections[t.section].title, t.caption) for t in document.tables] == [
        ("甲市产量表", ""),
        ("乙市产量表", ""),
    ]


def test_notes_below(read):
    text = (
        "# 周报\n\n| 省 | 数 |\n|---|---|\n| 甲 | 1① |\n\n注：不含国营农场。\n\n① 初步数。\n\n"
        "资料来源：统计局\n\n产量增加。\n"
    )
    document = read(text)
    assert [note for note, _ in document.tables[0].notes] == ["注：不含国营农场。", "① 初步数。", "资料来源：统计局"]
    assert [p.kind.value for p in document.paragraphs] == ["title", "note", "note", "note", "prose"]


def test_a_table_parted_by_a_page_break_is_one(read):
    document = read("# 周报\n\n表1 产量\n\n省\t数\n甲\t1\n乙\t2\n\n- 3 -\n\n续表1\n\n省\t数\n丙\t3\n\n文。\n")
    (table,) = document.tables
    assert grid(table) == [["省", "数"], ["甲", "1"], ["乙", "2"], ["丙", "3"]]
    assert [row[0].row for row in table.rows] == [0, 1, 2, 3]
    assert document.text[table.rows[3][0].span.start : table.rows[3][0].span.end] == "丙"


def test_two_tables_with_text_between_are_two(read):
    document = read("# 周报\n\n省\t数\n甲\t1\n\n另表如下：\n\n省\t数\n丙\t3\n")
    assert [grid(t) for t in document.tables] == [[["省", "数"], ["甲", "1"]], [["省", "数"], ["丙", "3"]]]
    assert [t.index for t in document.tables] == [0, 1]


def test_indented_text_is_no_table(read):
    document = read("# 周报\n\n\t本周玉米平稳。\n\t下周或上涨。\n")
    assert document.tables == ()
    assert [p.text for p in document.paragraphs[1:]] == ["本周玉米平稳。", "下周或上涨。"]


def test_bars_in_a_fence_are_no_table(read):
    assert read("# 周报\n\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n").tables == ()
