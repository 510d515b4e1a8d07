"""Section trees of made-up reports."""

import pytest


def tree(document):
    return [f"{'  ' * (s.level - 1)}{s.number}{s.title}" for s in document.sections[1:]]


def test_numbering_wins_over_marks(read):
    text = """# 小麦市场月报

## • 行情 •

#### 一、现货价格

价格平稳。

#### 1、华北

石家庄上涨。

## 2、华东

济南持平。

## 3. 西北

西安下跌。

### 二、期货价格

主力合约走强。

# • 政策 •

### 收购政策

最低收购价不变。
"""
    assert tree(read(text)) == [
        "行情",
        "  一、现货价格",
        "    1、华北",
        "    2、华东",
        "    3.西北",
        "  二、期货价格",
        "政策",
        "  收购政策",
    ]


def test_clean_marks_are_followed(read):
    text = (
        "# 钢铁周报\n\n## 导语\n\n本周平稳。\n\n## 一、产量\n\n### 1. 粗钢\n\n增。\n\n### 2. 生铁\n\n"
        "减。\n\n## 二、库存\n\n降。\n"
    )
    assert tree(read(text)) == ["导语", "一、产量", "  1.粗钢", "  2.生铁", "二、库存"]


def test_every_step_of_numbering(read):
    text = (
        "# 医院年报\n\n## 第一章 概况\n\n### 一、床位\n\n#### （一）住院\n\n##### 1、内科\n\n###### （1）心内\n\n增。\n"
    )
    assert tree(read(text)) == ["第一章概况", "  一、床位", "    （一）住院", "      1、内科", "        （1）心内"]


def test_decimal_numbers(read):
    text = (
        "# 年报\n\n# 1. 总体\n\n好。\n\n# 1.1 产量\n\n增。\n\n# 1.1.1 早稻\n\n增。\n\n# 1.2 面积\n\n"
        "减。\n\n# 2. 展望\n\n稳。\n"
    )
    assert tree(read(text)) == ["1.总体", "  1.1产量", "    1.1.1早稻", "  1.2面积", "2.展望"]


def test_unnumbered_articles_stay_in_their_column(read):
    text = (
        "## • 观察 •\n\n### 甲文\n\n一段。\n\n#### 一、背景\n\n二段。\n\n## 乙文\n\n三段。\n\n"
        "### 一、背景\n\n四段。\n\n# 编辑部\n\n电话：1\n"
    )
    assert tree(read(text)) == ["观察", "  甲文", "    一、背景", "  乙文", "    一、背景", "编辑部"]


def test_editors_note_belongs_to_the_article_it_closes(read):
    text = (
        "## • 观察 •\n\n### 甲文\n\n一段。\n\n#### 一、背景\n\n二段。\n\n## 编者的话：\n\n三段。\n\n"
        "## • 案例 •\n\n四段。\n"
    )
    assert tree(read(text)) == ["观察", "  甲文", "    一、背景", "    编者的话", "案例"]


def test_titles_below_their_paragraphs(read):
    text = (
        "## 导读\n\n甲段讲粮食。\n\n### 粮食\n\n乙段讲油料。\n\n### 油料\n\n丙段讲棉花。\n\n### 棉花\n\n"
        "## • 粮食 •\n\n正文。\n"
    )
    document = read(text)
    assert tree(document) == ["导读", "  粮食", "  油料", "  棉花", "粮食"]
    homes = [(document.sections[p.section].title, p.text) for p in document.paragraphs]
    assert homes == [("粮食", "甲段讲粮食。"), ("油料", "乙段讲油料。"), ("棉花", "丙段讲棉花。"), ("粮食", "正文。")]


def test_titles_above_their_paragraphs_stay(read):
    text = "## 导读\n\n引言一段。\n\n### 粮食\n\n甲段。\n\n### 油料\n\n乙段。\n\n## 正文\n\n丙段。\n"
    document = read(text)
    homes = [(document.sections[p.section].title, p.text) for p in document.paragraphs]
    assert homes == [("导读", "引言一段。"), ("粮食", "甲段。"), ("油料", "乙段。"), ("正文", "丙段。")]


@pytest.mark.parametrize("name", ["report.md", "report.txt"])
def test_numbered_lines_without_marks(read, name):
    text = "一、播种\n\n面积增加。\n\n（一）冬麦\n\n三千万亩。\n\n（二）春麦\n\n五百万亩。\n\n二、收获\n\n尚未开始。\n"
    assert tree(read(text, name)) == ["一、播种", "  （一）冬麦", "  （二）春麦", "二、收获"]


def test_numbered_sentences_are_items(read):
    text = (
        "# 报告\n\n## 措施\n\n三项：\n\n(1) 增加收储，稳定价格；\n\n（2）扩大进口。\n\n"
        "(3) 严查囤积行为，维护市场秩序。\n"
    )
    document = read(text)
    assert tree(document) == ["措施"]
    items = [p.text for p in document.paragraphs if p.kind == "list_item"]
    assert items == ["(1) 增加收储，稳定价格；", "（2）扩大进口。", "(3) 严查囤积行为，维护市场秩序。"]


def test_short_items_beside_each_other_are_items(read):
    document = read("# 报告\n\n## 品种\n\n1. 小麦\n2. 玉米\n3. 大豆\n\n以上三种。\n")
    assert tree(document) == ["品种"]
    assert [(p.kind.value, p.text) for p in document.paragraphs[1:]] == [
        ("list_item", "1. 小麦"),
        ("list_item", "2. 玉米"),
        ("list_item", "3. 大豆"),
        ("prose", "以上三种。"),
    ]


def test_a_marked_sentence_is_no_heading(read):
    sentence = "(1) " + "本月各地粮食部门继续组织收购，" * 5 + "进度快于上年。"
    document = read(f"# 报告\n\n## 收购\n\n## {sentence}\n")
    assert tree(document) == ["收购"]
    assert (document.paragraphs[-1].kind, document.paragraphs[-1].text) == ("list_item", sentence)


def test_bold_lead_ins_stay_text(read):
    document = read("# 报告\n\n## 应用\n\n例如：**贸易**：单证电子化。**保险**：自动理赔。\n\n**仓储**：扫码入库。\n")
    assert tree(document) == ["应用"]
    assert document.paragraphs[-1].text == "**仓储**：扫码入库。"


def test_a_bold_line_heads_what_follows(read):
    document = read("# 报告\n\n## 应用\n\n**行业动态**\n\n本月两项。\n\n**企业动态**\n\n本月三项。\n")
    assert tree(document) == ["应用", "  行业动态", "  企业动态"]
    assert document.text[document.sections[2].heading.start : document.sections[2].heading.end] == "行业动态"


def test_bylines_name_the_authors_of_what_they_close(read):
    text = """## • 行情 •

### 一、玉米

价格上涨。

（本节负责人：张三 李四）

## • 观察 •

### 甲文

作者：王　五

正文一段。

### 乙文

正文二段。（本文撰稿：赵六、钱七）
"""
    document = read(text)
    authors = {s.title: [n for n, _ in s.authors] for s in document.sections if s.authors}
    assert authors == {"行情": ["张三", "李四"], "甲文": ["王五"], "观察": ["赵六", "钱七"]}


def test_spans_and_paths(read):
    document = read("# 周报\n\n## 一、行情\n\n平稳。\n\n### 1. 玉米\n\n涨。\n\n## 二、展望\n\n好。\n")
    first = document.sections[1]
    assert document.text[first.span.start : first.span.end] == "一、行情\n\n平稳。\n\n### 1. 玉米\n\n涨。\n\n## "
    assert document.text[first.heading.start : first.heading.end] == "一、行情"
    assert document.section_path(2) == ("一、行情", "1.玉米")
    assert [s.parent for s in document.sections] == [None, 0, 1, 0]
