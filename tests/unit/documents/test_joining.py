"""Paragraphs that page breaks cut, on made-up reports."""

import pytest

HEAD = "# 周报\n\n## 一、行情\n\n"


def prose(document):
    return [p.text for p in document.paragraphs if p.kind in ("prose", "list_item")]


@pytest.mark.parametrize(
    "gap", ["\n\n", "\n\n\n \n\n", "\n\n---\n\n", "\n\n![](a.png)\n\n", "\n\n- 12 -\n\n", "\n\n第 3 页\n\n"]
)
def test_a_cut_sentence_is_joined_over_a_gap(read, gap):
    document = read(f"{HEAD}冬小麦长势良好，预计单产{gap}将比去年提高5%。\n\n价格平稳。\n")
    assert prose(document) == ["冬小麦长势良好，预计单产将比去年提高5%。", "价格平稳。"]
    paragraph = document.paragraphs[1]
    assert [document.text[p.start : p.end] for p in paragraph.pieces] == [
        "冬小麦长势良好，预计单产",
        "将比去年提高5%。",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("华北、华东价格平稳。", "西北略有上涨，涨幅有限。"),
        ("原因有三个方面，分别如下：", "需求增加，供应减少，运费上涨。"),
        ("他说：“今年会好。”", "市场对此看法不一，分歧较大。"),
        ("华北、华东价格继续平稳", "**西北**：略有上涨，涨幅有限。"),
        ("华北、华东价格继续平稳", "（1）西北略有上涨，涨幅有限。"),
        ("图1 华北、华东价格指数", "从图中可以看出，价格平稳。"),
    ],
)
def test_whole_paragraphs_stay_apart(read, first, second):
    assert len([p for p in read(f"{HEAD}{first}\n\n{second}\n").paragraphs if p.kind != "title"]) == 2


def test_three_pieces_and_an_open_quotation(read):
    document = read(f"{HEAD}专家指出，“今年的收成要看\n\n五月份的天气，”另外病虫害防治情况以及\n\n市场需求也很重要。\n")
    assert prose(document) == ["专家指出，“今年的收成要看五月份的天气，”另外病虫害防治情况以及市场需求也很重要。"]


def test_a_figure_between_the_parts_keeps_its_caption(read):
    document = read(f"{HEAD}冬小麦长势良好，预计单产\n\n![](a.png)\n\n图2 单产\n\n将比去年提高5%。\n")
    assert [(p.kind.value, p.text) for p in document.paragraphs[1:]] == [
        ("prose", "冬小麦长势良好，预计单产将比去年提高5%。"),
        ("caption", "图2 单产"),
    ]


def test_an_item_goes_on_but_a_list_without_full_stops_does_not(read):
    cut = read(f"{HEAD}(1) 收储力度加大，全年共\n\n收购一千万吨。\n\n(2) 进口减少。\n")
    assert prose(cut) == ["(1) 收储力度加大，全年共收购一千万吨。", "(2) 进口减少。"]
    listed = read(f"{HEAD}- 收储力度加大，价格上升\n- 进口减少，库存下降\n\n总的来看，形势平稳。\n")
    assert prose(listed) == ["收储力度加大，价格上升", "进口减少，库存下降", "总的来看，形势平稳。"]


def test_wrapped_lines_are_one_paragraph(read):
    document = read(
        "# 周报\n\n本周华北地区玉米价格整体平稳运行，部分企业\n小幅上调收购价格，幅度在十元以内。\n"
        "　　华东地区价格下跌。\n"
    )
    assert prose(document) == [
        "本周华北地区玉米价格整体平稳运行，部分企业小幅上调收购价格，幅度在十元以内。",
        "华东地区价格下跌。",
    ]


def test_latin_words_are_joined_with_a_blank(read):
    document = read("# 周报\n\n报告引用了 World Food\nProgramme 的数据，可信度较高。\n")
    paragraph = document.paragraphs[1]
    assert paragraph.text == "报告引用了 World Food Programme 的数据，可信度较高。"
    at = paragraph.text.index("Food")
    spans = paragraph.source_spans(at, at + len("Food Programme"))
    assert [document.text[s.start : s.end] for s in spans] == ["Food\nProgramme"]
    after = paragraph.text.index("数据")
    assert [document.text[s.start : s.end] for s in paragraph.source_spans(after, after + 2)] == ["数据"]


def test_a_heading_right_above_its_text_is_no_wrapped_line(read):
    text = (
        "一、华北地区玉米价格整体平稳运行\n本周部分企业小幅上调收购价格，幅度在每吨十元以内，成交一般。\n"
        "二、政策\n没有变化。\n"
    )
    document = read(text, "a.txt")
    assert [s.number + s.title for s in document.sections[1:]] == ["一、华北地区玉米价格整体平稳运行", "二、政策"]
