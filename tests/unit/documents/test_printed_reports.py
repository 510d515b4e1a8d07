"""PDF reports: reading order, running lines, paragraphs, tables with and without rules, what cannot be read."""

from pathlib import Path

import pytest
from report_formats import FONT, write_pdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from cloudqa.documents import BlockKind, read_document
from cloudqa.errors import UnreadableDocumentError

WIDTH, HEIGHT = A4
PROSE = (
    "粮食收购进度快于上年同期，市场供应充足，价格总体平稳，农户售粮意愿较强，企业库存处于合理水平，预计后市仍以稳为主。"
)


@pytest.fixture
def canvas(tmp_path):
    """A page to draw on; ``read()`` finishes it and reads it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)

    def read():
        made.save()
        document = read_document(tmp_path / "a.pdf", tmp_path)
        check(document)
        return document

    made.read = read
    return made


def check(document):
    for table in document.tables:
        assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)
    for paragraph in document.paragraphs:
        assert "".join(document.text[p.start : p.end] for p in paragraph.pieces) == paragraph.text


def write(canvas, lines, x=60.0, top=80.0, size=10.0, leading=15.0, font=FONT):
    """Lines from a height downwards; returns the height below them."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, HEIGHT - top - size, line)
        top += leading
    return top


def draw_grid(canvas, rows, xs, top, height=16.0, size=9.0, skip=()):
    """A ruled table; ``skip`` names (row, column) of cells without their lower rule."""
    canvas.setFont(FONT, size)
    for number, row in enumerate(rows):
        y = HEIGHT - top - number * height
        for column, text in enumerate(row):
            canvas.drawString(xs[column] + 3, y - height + 5, text)
            canvas.line(xs[column], y, xs[column + 1], y) if (number - 1, column) not in skip else None
            canvas.line(xs[column], y, xs[column], y - height)
        canvas.line(xs[-1], y, xs[-1], y - height)
    canvas.line(xs[0], HEIGHT - top - len(rows) * height, xs[-1], HEIGHT - top - len(rows) * height)
    return top + len(rows) * height


def wrapped(text, count):
    return [text[i : i + count] for i in range(0, len(text), count)]


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_paragraphs_over_lines_and_pages_without_running_lines(canvas):
    bodies = [
        ["　　" + PROSE[:22], PROSE[22:46]],
        [PROSE[46:], *wrapped("　　再次说明：" + PROSE, 24)],
        wrapped("　　最后说明：" + PROSE, 24),
    ]
    for page, body in enumerate(bodies, start=1):
        write(canvas, [f"粮食研究 第{page}期"], top=30, size=8)
        write(canvas, [f"- {page} -"], x=290, top=HEIGHT - 40, size=8)
        write(canvas, body, top=80)
        canvas.showPage()
    document = canvas.read()
    assert "第1期" not in document.text
    assert "- 2 -" not in document.text
    assert texts(document) == [PROSE, "再次说明：" + PROSE, "最后说明：" + PROSE]
    assert document.text[document.pages[1] :].startswith(PROSE[46:] + "\n")
    assert document.text[document.pages[2] :].startswith("最后说明")


def test_two_columns_are_read_one_after_the_other(canvas):
    write(canvas, ["一、市场行情与价格走势"], x=200, top=60, size=16)
    left, right = "左" + PROSE, "右" + PROSE
    write(canvas, wrapped(left, 21), x=60, top=100)
    write(canvas, wrapped(right, 21), x=310, top=104)
    document = canvas.read()
    assert texts(document) == [left, right]
    assert [s.number + s.title for s in document.sections[1:]] == ["一、市场行情与价格走势"]


def test_ruled_table_with_merged_cells(canvas):
    xs = [60, 160, 260, 360]
    write(canvas, ["表1 产量（吨）"], top=70)
    draw_grid(canvas, [["农场", "2017年", ""], ["", "小麦", "玉米"], ["东", "1", "2"]], xs, 90, skip={(0, 0)})
    document = canvas.read()
    (table,) = document.tables
    assert grid(table) == [["农场", "2017年", ""], ["", "小麦", "玉米"], ["东", "1", "2"]]
    assert table.rows[0][0].row_span == 2
    assert table.caption == "表1 产量（吨）"


def test_outer_rules_may_be_missing(canvas):
    canvas.setFont(FONT, 9)
    for number, row in enumerate([["公司", "收入", "成本"], ["甲", "1.5", "1.2"], ["乙", "2.5", "2.2"]]):
        for x, text in zip((65, 165, 265), row, strict=True):
            canvas.drawString(x, HEIGHT - 100 - 16 * number, text)
    for number in range(4):
        canvas.line(60, HEIGHT - 88 - 16 * number, 360, HEIGHT - 88 - 16 * number)
    for x in (160, 260):
        canvas.line(x, HEIGHT - 88, x, HEIGHT - 88 - 48)
    (table,) = canvas.read().tables
    assert grid(table) == [["公司", "收入", "成本"], ["甲", "1.5", "1.2"], ["乙", "2.5", "2.2"]]


def test_a_footnote_mark_set_high_is_no_digit(canvas):
    xs = [60, 160, 260]
    draw_grid(canvas, [["公司", "收入"], ["甲", "5.73"], ["乙", "4"]], xs, 90)
    canvas.setFont(FONT, 5)
    end = 163 + pdfmetrics.stringWidth("5.73", FONT, 9)
    canvas.drawString(end, HEIGHT - 90 - 32 + 5 + 4, "1")
    (table,) = canvas.read().tables
    assert grid(table)[1] == ["甲", "5.73[1]"]


HEAD = ["公司", "指标", "2016年", "2017年"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_two_pages_is_one(canvas, repeated):
    xs = [60, 160, 260, 360, 460]
    write(canvas, ["表1 经营数据"], top=HEIGHT - 150)
    draw_grid(canvas, [HEAD, ["甲", "收入", "1", "2"], ["", "成本", "3", "4"]], xs, HEIGHT - 130, skip={(1, 0)})
    canvas.showPage()
    rest = [["", "利润", "5", "6"], ["乙", "收入", "—", "8"]]
    bottom = draw_grid(canvas, [HEAD, *rest] if repeated else rest, xs, 60)
    write(canvas, ["注：未经审计。"], top=bottom + 6)
    document = canvas.read()
    (table,) = document.tables
    assert grid(table) == [HEAD, ["甲", "收入", "1", "2"], ["", "成本", "3", "4"], *rest]
    assert (table.rows[1][0].row_span, table.caption) == (3, "表1 经营数据")
    assert [note for note, _ in table.notes] == ["注：未经审计。"]
    assert document.text[document.pages[1] :].startswith("\t利润\t5\t6\n")


def test_another_table_on_the_next_page_stays_its_own(canvas):
    xs = [60, 160, 260]
    draw_grid(canvas, [["公司", "收入"], ["甲", "1"], ["乙", "2"]], xs, HEIGHT - 130)
    canvas.showPage()
    draw_grid(canvas, [["城市", "人口"], ["丙", "3"], ["丁", "4"]], xs, 60)
    assert [grid(t)[0] for t in canvas.read().tables] == [["公司", "收入"], ["城市", "人口"]]


def test_a_row_cut_within_its_lines_is_whole_again(canvas):
    xs = [60, 160, 360]
    draw_grid(canvas, [["产品", "说明"], ["甲", "适合长期保存"], ["乙", "适合很少访问的"]], xs, HEIGHT - 130)
    canvas.showPage()
    draw_grid(canvas, [["", "归档数据"], ["丙", "其他"]], xs, 60)
    (table,) = canvas.read().tables
    assert grid(table)[2:] == [["乙", "适合很少访问的归档数据"], ["丙", "其他"]]


THREE_LINE = [["公司", "收入（亿元）", "同比"], ["东方农业集团", "1,234.5", "5.6%"], ["西部粮油", "98.1", "—"]]


def three_line(canvas, rows, xs=(60, 200, 330)):
    canvas.setFont(FONT, 9)
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=True):
            canvas.drawString(x, HEIGHT - 110 - 16 * number, text)
    for y in (98, 114, 101 + 16 * len(rows)):
        canvas.line(60, HEIGHT - y, 400, HEIGHT - y)


def test_a_table_with_three_rules(canvas):
    write(canvas, ["表2 收入"], top=75)
    three_line(canvas, THREE_LINE)
    (table,) = canvas.read().tables
    assert grid(table) == THREE_LINE
    assert table.caption == "表2 收入"


def test_a_table_whose_columns_cannot_be_told_is_named_and_gives_no_figures(canvas):
    from cloudqa.facts import facts_of

    write(canvas, ["表3 收入"], top=75)
    three_line(canvas, [*THREE_LINE, ["北方", "5.5", "6.6"]])
    canvas.setFont(FONT, 9)
    canvas.drawString(262, HEIGHT - 110 - 64, "南方　　7.7")
    document = canvas.read()
    assert document.tables == ()
    assert document.not_understood == ("Page 1: lines that look like a table whose columns cannot be told.",)
    assert "1,234.5" in document.text
    assert facts_of(document).facts == ()


def test_words_and_figures_broken_at_a_full_line_are_whole(canvas):
    line = "收入为人民币"
    width = pdfmetrics.stringWidth(line * 3, FONT, 10) + pdfmetrics.stringWidth("PU", FONT, 10)
    write(canvas, [line * 3 + "PU", "E" + "平均增加一成，", line * 3 + "12", "34万元，其中"], top=80)
    count = int(width // 10)
    write(canvas, ["平" * count, "完。"], top=80 + 4 * 15)
    assert "PUE平均" in canvas.read().text


def test_latin_words_keep_their_blanks_and_compatibility_characters_are_plain(canvas):
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, HEIGHT - 90, "Public Cloud Storage")
    canvas.setFont(FONT, 10)
    canvas.drawString(60, HEIGHT - 120, "云 计 算 研 究")
    assert texts(canvas.read()) == ["Public Cloud Storage", "云计算研究"]


def test_headings_by_size_and_number_and_the_title_page(canvas):
    write(canvas, ["粮油市场周报"], x=200, top=60, size=24)
    write(canvas, ["2018年3月第3期（总第41期）"], x=200, top=100, size=14)
    write(canvas, ["本期行情"], top=140, size=14)
    write(canvas, wrapped(PROSE, 45), top=170)
    write(canvas, ["1. 小麦"], top=230, size=10)
    write(canvas, wrapped(PROSE, 45), top=250)
    document = canvas.read()
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.issue, metadata.total_issue) == (
        "粮油市场周报",
        "2018-03",
        "3",
        "41",
    )
    assert [(s.number + s.title, s.level) for s in document.sections[1:]] == [("本期行情", 1), ("1.小麦", 2)]
    assert texts(document)[2:] == [PROSE, PROSE]


def test_pages_of_pictures_and_scans_are_named(canvas, tmp_path):
    from reportlab.lib.utils import ImageReader

    picture = tmp_path / "p.ppm"
    picture.write_bytes(b"P6 2 2 255\n" + bytes(12))
    write(canvas, wrapped(PROSE, 45))
    canvas.showPage()
    canvas.drawImage(ImageReader(str(picture)), 60, 100, 400, 600)
    document = canvas.read()
    assert document.not_understood == ("Page 2: only a picture, without text.",)
    assert document.pages == (0, len(document.text))
    scan = Canvas(str(tmp_path / "scan.pdf"), pagesize=A4)
    scan.drawImage(ImageReader(str(picture)), 0, 0, WIDTH, HEIGHT)
    scan.save()
    with pytest.raises(UnreadableDocumentError, match=r"scan\.pdf is a scanned PDF: its page holds pictures"):
        read_document(tmp_path / "scan.pdf", tmp_path)


def test_encrypted_and_damaged_files_are_named(tmp_path):
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret"))
    locked.drawString(60, 700, "text")
    locked.save()
    with pytest.raises(UnreadableDocumentError, match=r"locked\.pdf is encrypted with a password"):
        read_document(tmp_path / "locked.pdf", tmp_path)
    for content in (b"", b"no pdf", b"%PDF-1.4 broken", (tmp_path / "locked.pdf").read_bytes()[:300]):
        (tmp_path / "bad.pdf").write_bytes(content)
        with pytest.raises(UnreadableDocumentError, match=r"bad\.pdf is not a PDF file or is damaged"):
            read_document(tmp_path / "bad.pdf", tmp_path)


def test_items_and_captions(canvas):
    write(canvas, ["● 第一项内容"], top=80)
    write(canvas, ["● 第二项内容"], top=95)
    document = canvas.read()
    assert [(p.text, p.kind) for p in document.paragraphs] == [
        ("第一项内容", BlockKind.LIST_ITEM),
        ("第二项内容", BlockKind.LIST_ITEM),
    ]


def test_sample_over_pages(tmp_path):
    sample = Path(__file__).parents[2] / "data" / "samples" / "2017-10-issue-10.md"
    write_pdf(sample.read_text(encoding="utf-8"), tmp_path / "2017-10-issue-10.pdf")
    document = read_document(tmp_path / "2017-10-issue-10.pdf", tmp_path)
    check(document)
    expected = read_document(sample, sample.parent)
    assert list(map(grid, document.tables)) == list(map(grid, expected.tables))
    assert len(document.pages) == 3
    assert document.not_understood == ()


def test_running_lines_state_the_issue_where_no_title_page_does(canvas):
    for _ in range(2):
        write(canvas, ["粮油周报 2018年3月第3期"], top=30, size=8)
        write(canvas, wrapped("　　" + PROSE, 45), top=80)
        canvas.showPage()
    metadata = canvas.read().metadata
    assert (metadata.title, metadata.date, metadata.issue) == ("粮油周报", "2018-03", "3")


def test_labels_of_a_chart_are_no_table(canvas):
    write(canvas, [PROSE[:40]], top=60)
    for column, value in enumerate((12, 25, 18, 30)):
        x = 100 + 80 * column
        canvas.rect(x, HEIGHT - 300, 30, value * 5, stroke=0, fill=1)
        write(canvas, [str(value)], x=x, top=300 - 5 * value - 14, size=9)
    for row, label in enumerate(("30", "20", "10", "0")):
        write(canvas, [label], x=62, top=146 + 50 * row, size=9)
    for row in range(3):
        write(canvas, [f"{row + 1}.5"], x=100, top=310 + row * 12, size=9)
        write(canvas, [f"{row + 2}.5"], x=180, top=310 + row * 12, size=9)
        write(canvas, [f"{row + 3}.5"], x=260, top=310 + row * 12, size=9)
    document = canvas.read()
    assert document.tables == ()
    assert "Page 1: lines that look like a table whose columns cannot be told." in document.not_understood


def test_a_header_alone_at_the_end_of_a_page_belongs_to_the_rows_on_the_next(canvas):
    xs = [60, 160, 260]
    draw_grid(canvas, [["公司", "收入"]], xs, HEIGHT - 130)
    canvas.showPage()
    draw_grid(canvas, [["甲", "1.5"], ["乙", "2.5"]], xs, 60)
    assert [grid(t) for t in canvas.read().tables] == [[["公司", "收入"], ["甲", "1.5"], ["乙", "2.5"]]]


def test_rows_without_their_header_are_named(canvas):
    draw_grid(canvas, [["公司", "收入"], ["甲", "1.5"]], [60, 160, 260], HEIGHT - 130)
    canvas.showPage()
    draw_grid(canvas, [["乙", "2.5", "3.5"], ["丙", "4.5", "5.5"]], [60, 160, 260, 360], 60)
    document = canvas.read()
    assert [grid(t) for t in document.tables] == [[["公司", "收入"], ["甲", "1.5"]]]
    assert document.not_understood == ("Page 2: lines that look like a table whose columns cannot be told.",)
    assert "丙 4.5 5.5" in document.text


def test_columns_of_words_without_rules_are_named(canvas):
    for row in range(4):
        for x, text in zip((60, 200, 340), ("产品甲的介绍", "适用于热点数据", "适用于归档数据"), strict=True):
            write(canvas, [text + str(row)], x=x, top=80 + 15 * row)
    document = canvas.read()
    assert document.tables == ()
    assert document.not_understood == ("Page 1: lines that look like a table whose columns cannot be told.",)


def test_header_cells_that_nearly_touch_are_parted_where_a_column_begins(canvas):
    canvas.setFont(FONT, 9)
    rows = [["公司", "平均每户收入（元）", "同比"], ["甲", "1.5", "5%"], ["乙", "2.5", "6%"], ["丙", "3", "—"]]
    for number, row in enumerate(rows):
        for x, text in zip((60, 120, 206), row, strict=True):
            canvas.drawString(x, HEIGHT - 110 - 16 * number, text)
    (table,) = canvas.read().tables
    assert grid(table)[:2] == [["公司", "平均每户收入（元）", "同比"], ["甲", "1.5", "5%"]]
