"""HTML reports: what is read of a page and what is left out."""

import pytest

from cloudqa.documents import BlockKind, read_document
from cloudqa.documents.raised import raised_text


@pytest.fixture
def page(tmp_path):
    """A function that writes a page and reads it."""

    def _page(html, encoding="utf-8", name="a.html"):
        (tmp_path / name).write_bytes(html if isinstance(html, bytes) else html.encode(encoding))
        document = read_document(tmp_path / name, tmp_path)
        for table in document.tables:
            assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)
        for paragraph in document.paragraphs:
            assert "".join(document.text[p.start : p.end] for p in paragraph.pieces) == paragraph.text
        return document

    return _page


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_spans_are_expanded_with_end_tags_left_out(page):
    (table,) = page(
        "<table><caption>表1 产量</caption><thead><tr><th rowspan=2>农场<th colspan=2>2017年<tr><th>小麦<th>玉米"
        "<tbody><tr><td rowspan=0>东<td>1<td>2<tr><td>3<td>4<tbody><tr><td>西<td>5<td>&nbsp;</table>"
    ).tables
    assert grid(table) == [
        ["农场", "2017年", ""],
        ["", "小麦", "玉米"],
        ["东", "1", "2"],
        ["", "3", "4"],
        ["西", "5", ""],
    ]
    assert [(c.row_span, c.column_span) for c in table.rows[0]] == [(2, 1), (1, 2), (1, 1)]
    assert table.rows[2][0].row_span == 2
    assert (table.caption, table.header_rows) == ("表1 产量", 2)


def test_a_span_wider_than_the_table_adds_no_columns(page):
    (table,) = page("<table><tr><td colspan=900>甲</td></tr><tr><td>1<td>2</tr><tr><td>3<td>4</table>").tables
    assert [len(row) for row in table.rows] == [2, 2]


def test_what_is_hidden_is_not_read(page):
    document = page(
        "<head><title>t</title><style>/* .a{} */ .gone, #off {display : none} @media print{.p{display:none}}</style>"
        "</head><body><!-- 一 --><script>二</script><template>三</template><noscript>四</noscript>"
        "<p hidden>五</p><p style='DISPLAY: None'>六</p><p aria-hidden=true>七</p><p class='x gone'>八</p>"
        "<p id=off>九</p><p style='visibility:hidden'>十</p><p class=p>可见</p><p>旧价<del>9</del>新价8</p>"
    )
    assert document.text == "可见\n旧价新价8\n"


def test_only_the_report_is_kept_of_a_page_with_chrome(page):
    document = page(
        "<body><nav><a href=/>首页</a></nav><div class=breadcrumb><a href=/x>栏目</a></div>"
        "<header><h1>粮油周报</h1><p>2018年3月 第3期（总第41期）</p></header>"
        "<aside><p>热门文章</p></aside><main><ul><li><a href=#s1>一、行情</a><li><a href=#s2>二、数据</a></ul>"
        "<h2 id=s1>一、行情</h2><p>价格平稳。</p><h2 id=s2>二、数据</h2><p>无变化。</p>"
        "<ul><li><a href=/p>上一篇</a><li><a href=/n>下一篇</a></ul></main>"
        "<footer><p>主编：李明</p><p>版权所有 2018</p></footer>"
    )
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == ("粮油周报", "2018-03", "3", "41")
    assert [entry for _, entry, _ in metadata.contents] == ["一、行情", "二、数据"]
    assert ("主编", "李明") in [(f.label, f.value) for f in metadata.fields]
    assert [s.number + s.title for s in document.sections[1:]] == ["一、行情", "二、数据"]
    assert "价格平稳。" in texts(document)
    assert not any(word in document.text for word in ("首页", "栏目", "热门", "上一篇", "版权"))


def test_nested_tables_are_kept_apart_and_come_after_the_notes(page):
    outer, inner = page(
        "<p>表1 外</p><table><tr><th>名<th>值<tr><td>甲<td>1<table><tr><th>内<th>数<tr><td>乙<td>2</table>"
        "<tr><td>丙<td>3</table><p>注：外表的注。</p><p>正文。</p>"
    ).tables
    assert grid(outer) == [["名", "值"], ["甲", "1"], ["丙", "3"]]
    assert grid(inner) == [["内", "数"], ["乙", "2"]]
    assert [note for note, _ in outer.notes] == ["注：外表的注。"]


def test_tables_that_arrange_the_page_are_no_tables(page):
    document = page(
        "<table><tr><td><h2>一、行情</h2><p>价格平稳。</p></td><td><p>右栏。</p></td></tr></table>"
        "<table><tr><td>只有一格的框。</td></tr></table>"
    )
    assert document.tables == ()
    assert texts(document) == ["价格平稳。", "右栏。", "只有一格的框。"]


def test_title_and_unit_rows_are_the_caption_and_the_last_row_a_note(page):
    (table,) = page(
        "<table><tr><td colspan=2>表1 收入</td></tr><tr><td colspan=2>单位：亿元</td></tr><tr><td>公司<td>收入"
        "<tr><td>甲<td>1<tr><td colspan=2>注：未经审计。</td></tr></table>"
    ).tables
    assert table.caption == "表1 收入 单位：亿元"
    assert grid(table) == [["公司", "收入"], ["甲", "1"]]
    assert [note for note, _ in table.notes] == ["注：未经审计。"]


def test_lists_headings_and_breaks(page):
    document = page(
        "<h1>周报</h1><h2>一、行情</h2><ol start=3><li>第三条<ul><li>子项</ul><li>第四条</ol>"
        "<p>第一行，<br>第二行。</p><blockquote>引文&mdash;&amp;&#x4e2d;</blockquote>"
        "<p>连\n  续的中文与 two\n words。</p>"
    )
    items = [(p.text, document.text[: p.pieces[0].start].rsplit("\n", 1)[-1]) for p in document.paragraphs[1:4]]
    assert items == [("第三条", "3. "), ("子项", "  - "), ("第四条", "4. ")]
    assert texts(document)[4:] == ["第一行，第二行。", "引文—&中", "连续的中文与 two words。"]
    assert {p.kind for p in document.paragraphs[1:4]} == {BlockKind.LIST_ITEM}


def test_preformatted_text_is_read_as_plain_text(page):
    document = page("<p>前文。</p><pre>\n二、数据\n\n名\t值\n甲\t1\n\n收盘。\n</pre><p>后文。</p>")
    assert [grid(t) for t in document.tables] == [[["名", "值"], ["甲", "1"]]]
    assert [s.title for s in document.sections[1:]] == ["数据"]
    assert texts(document) == ["前文。", "收盘。", "后文。"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gbk"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk"),
        ("<meta charset=big5>", "big5"),
        ("<meta charset=utf-8>", "gb18030"),  # a name that is wrong
        ("", "utf-8-sig"),
        ("<meta charset=gbk>", "utf-16"),  # the mark goes before the name
    ],
)
def test_encodings(page, head, encoding):
    assert page(f"<html><head>{head}</head><body><p>本月收入平均增加。</p>", encoding).text == "本月收入平均增加。\n"


def test_superscripts_never_become_digits_of_a_figure(page):
    document = page("<p>面积20m<sup>2</sup>。<p>收入5.73<sup>1</sup>亿元，10<sup>8</sup>级。<p><sup>1</sup> 含并表。")
    assert texts(document) == ["面积20m²。", "收入5.73[1]亿元，10^8级。", "[1] 含并表。"]


@pytest.mark.parametrize(
    ("text", "before", "written"),
    [("2", "20m", "²"), ("3", "100立方米", "³"), ("-3", "2.5×10", "^-3"), ("1", "5.73", "[1]"), ("[2]", "甲", "[2]"),
     ("①", "5.73", "①"), ("th", "10", "th"), ("*", "8", "*"), ("8", "2.10", "[8]")],
)  # fmt: skip
def test_raised_text(text, before, written):
    assert raised_text(text, before) == written


def test_meta_tags_made_for_it_override_and_the_page_title_is_a_fallback(page):
    document = page(
        "<head><title>粮油周报 2018年3月第3期</title><meta name=总期号 content=第42期></head>"
        "<p>价格一直平稳，没有什么变化，也没有什么可说的，大家都很满意。</p>"
    )
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == ("粮油周报", "2018-03", "3", "42")


def test_bold_paragraph_on_top_is_the_title_where_the_date_follows(page):
    metadata = page("<p><b>粮油周报</b><br>2018年3月第3期<p><b>一、行情</b><p>价格平稳。").metadata
    assert (metadata.title, metadata.date, metadata.issue) == ("粮油周报", "2018-03", "3")


def test_deep_nesting_and_damaged_markup(page):
    assert "价格" in page("<div>" * 3000 + "价格平稳。").text
    assert page("<table><td>1<p><tr<td>2</b></table></i>价格").text
    assert page("").text == ""


def test_buttons_in_cells_are_left_out(page):
    (table,) = page(
        "<table><tr><td>产品<td>价格<tr><td>甲<td>0.1元/GB 起 <a href='#'>申请试用</a>"
        "<tr><td><a href='#'>乙</a><td>2</table>"
    ).tables
    assert grid(table) == [["产品", "价格"], ["甲", "0.1元/GB 起"], ["乙", "2"]]
