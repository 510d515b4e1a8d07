"""Title pages, imprints, contents, front matter and file names."""

import pytest

from cloudqa.documents.issue_numbers import find_issue_numbers, numbers_of_name


@pytest.mark.parametrize(
    ("line", "date", "issue", "total"),
    [
        ("2018年3月第3期(总第41期)", "2018-03", "3", "41"),
        ("2018年3月 · 第3期 · 总第41期", "2018-03", "3", "41"),
        ("二〇一八年三月　第三期（总第四十一期）", "2018-03", "3", "41"),
        ("2018年第3期", "2018", "3", ""),
        ("２０１８年１２月１５日", "2018-12-15", "", ""),
        ("2018.03.15 第 12 期", "2018-03-15", "12", ""),
        ("2018-11 No. 7", "2018-11", "7", ""),
        ("总第28期", "", "", "28"),
        ("第28号（总68期）", "", "28", "68"),
        ("2018年第5卷第3期", "2018", "3", ""),
        ("2018年13月", "", "", ""),
        ("Vol. 3 No. 2 (2018)", "2018", "2", ""),
        ("Issue 5, March 2018", "2018-03", "5", ""),
        ("2018年第1O期（总 第 l2 期）", "2018", "10", "12"),
        ("第 三 期（总第 十二 期）", "", "3", "12"),
        ("期号：2018-03", "2018-03", "", ""),
        ("二零一八年度第三期", "2018", "3", ""),
        ("2018年销售额3.5亿元", "2018", "", ""),
        ("销售3.5亿元，2018", "", "", ""),
        ("没有数字", "", "", ""),
    ],
)
def test_issue_numbers(line, date, issue, total):
    found = find_issue_numbers(line)
    assert (found.date, found.issue, found.total_issue) == (date, issue, total)


@pytest.mark.parametrize(
    ("name", "date", "issue"),
    [
        ("2017-10-issue-10", "2017-10", "10"),
        ("2017-10-issue10", "2017-10", "10"),
        ("201803", "2018-03", ""),
        ("2018年第3期", "2018", "3"),
        ("wheat_2018_3", "2018-03", ""),
        ("wheat", "", ""),
    ],
)
def test_file_names(name, date, issue):
    found = numbers_of_name(name)
    assert (found.date, found.issue) == (date, issue)


def test_title_line_with_everything_in_brackets(read):
    metadata = read(
        "# 小麦研究（2018年3月 · 第3期 · 总第41期）\n\n> 农业系统参阅　内部资料 请勿外传\n\n## 一、行情\n\n平稳。\n"
    ).metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == ("小麦研究", "2018-03", "3", "41")
    assert (metadata.audience, metadata.classification) == ("农业系统参阅", "内部资料 请勿外传")


def test_plain_title_page(read):
    metadata = read(
        "《医院管理通讯》\n2018年3月第3期\n仅供内部\n主办：卫生协会\n\n一、要闻\n\n床位增加。\n", "a.txt"
    ).metadata
    assert (metadata.title, metadata.date, metadata.classification) == ("医院管理通讯", "2018-03", "仅供内部")
    assert ("主办", "卫生协会") in [(f.label, f.value) for f in metadata.fields]


def test_a_year_in_the_title_stays(read):
    metadata = read("# 北京市2021年粮价附录\n\n## 表一\n\n文。\n").metadata
    assert (metadata.title, metadata.date) == ("北京市2021年粮价附录", "2021")


def test_first_section_is_no_title(read):
    document = read(
        "# 要闻\n\n本周收购平稳，各地进度快于上年同期，市场供应充足。\n\n# 行情\n\n价格平稳。\n", "2018-03-issue-3.md"
    )
    assert document.metadata.title == ""
    assert [s.title for s in document.sections[1:]] == ["要闻", "行情"]
    assert (document.metadata.date, document.metadata.issue) == ("2018-03", "3")
    assert [(f.label, f.value, f.span) for f in document.metadata.fields] == [
        ("期号", "3", None),
        ("日期", "2018-03", None),
    ]


def test_front_matter_overrides(read):
    document = read(
        '---\ntitle: "钢铁周报"\ndate: 2018年3月\nissue: 第5期\n审校: 甲乙\n---\n# 别的名\n\n'
        "2017年1月第1期\n\n## 一、产量\n\n增。\n"
    )
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.issue) == ("钢铁周报", "2018-03", "5")
    fields = {f.label: f for f in metadata.fields}
    assert fields["审校"].value == "甲乙"
    assert document.text[fields["刊名"].span.start : fields["刊名"].span.end] == "钢铁周报"


def test_a_rule_at_the_top_is_no_front_matter(read):
    document = read("---\n\n# 周报\n\n正文一句。\n\n---\n\n正文二句。\n")
    assert document.metadata.title == "周报"
    assert [p.text for p in document.paragraphs] == ["周报", "正文一句。", "正文二句。"]


def test_contents_with_depth_and_page_numbers(read):
    text = "# 周报\n\n目  录\n\n一、行情……1\n（一）小麦 …… 2\n（二）玉米 …… 3\n二、政策……5\n\n## 一、行情\n\n平稳。\n"
    document = read(text)
    assert [(depth, entry) for depth, entry, _ in document.metadata.contents] == [
        (0, "一、行情"),
        (1, "（一）小麦"),
        (1, "（二）玉米"),
        (0, "二、政策"),
    ]
    assert [s.title for s in document.sections[1:]] == ["目  录", "行情"]


def test_contents_without_marks_end_where_the_report_begins(read):
    document = read("目录\n\n一、行情\n\n二、政策\n\n一、行情\n\n价格平稳。\n\n二、政策\n\n没有变化。\n", "a.txt")
    assert [entry for _, entry, _ in document.metadata.contents] == ["一、行情", "二、政策"]
    assert [s.number + s.title for s in document.sections[1:]] == ["目录", "一、行情", "二、政策"]


def test_imprint(read):
    text = (
        "# 周报\n\n## 一、行情\n\n平稳。\n\n---\n\n主　编：张三　　副主编：李四、王五\n"
        "地址：郑州市农业路 1 号\n网址：<http://example.org/a>\n（本期责任编辑：赵六　资料整理：钱七）\n"
    )
    document = read(text)
    assert [(f.label, f.value) for f in document.metadata.fields] == [
        ("刊名", "周报"),
        ("主编", "张三"),
        ("副主编", "李四、王五"),
        ("地址", "郑州市农业路 1 号"),
        ("网址", "http://example.org/a"),
        ("本期责任编辑", "赵六"),
        ("资料整理", "钱七"),
    ]
    for field in document.metadata.fields:
        assert document.text[field.span.start : field.span.end] == field.value
    assert [p.kind.value for p in document.paragraphs[2:]] == ["imprint"] * 4
    assert all(s.authors == () for s in document.sections)


def test_a_plain_report_without_any_mark(read):
    text = (
        "省农业厅 主管\n农产品市场分析\n（内部参考）\n2018年11月15日 第22期 总第310期\n\n本期要点\n"
        "一、玉米上涨\n二、蔬菜充足\n\n"
        "【市场行情】\n一、玉米上涨\n价格连涨三周。\n二、蔬菜充足\n价格平稳。\n"
        "（撰稿人：李明 张华）\n【政策解读】\n要求做好收购。\n"
    )
    document = read(text, "a.txt")
    metadata = document.metadata
    assert (metadata.title, metadata.audience, metadata.classification) == ("农产品市场分析", "", "内部参考")
    assert (metadata.date, metadata.issue, metadata.total_issue) == ("2018-11-15", "22", "310")
    assert [entry for _, entry, _ in metadata.contents] == ["一、玉米上涨", "二、蔬菜充足"]
    assert [(s.level, s.number + s.title, [n for n, _ in s.authors]) for s in document.sections[1:]] == [
        (1, "本期要点", []),
        (1, "市场行情", ["李明", "张华"]),
        (2, "一、玉米上涨", []),
        (2, "二、蔬菜充足", []),
        (1, "政策解读", []),
    ]
