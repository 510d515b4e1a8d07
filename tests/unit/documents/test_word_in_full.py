"""Word documents in full: numbers that Word makes, tracked changes, notes, text boxes, hidden text, nested tables."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from cloudqa.documents import BlockKind, read_document
from cloudqa.documents.word_numbering import formatted
from cloudqa.errors import UnreadableDocumentError

NAMES = nsdecls("w")


@pytest.fixture
def made(tmp_path):
    """An empty document; ``read()`` saves and reads it."""
    document = docx.Document()

    def read():
        document.save(tmp_path / "a.docx")
        found = read_document(tmp_path / "a.docx", tmp_path)
        for table in found.tables:
            assert all(found.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row)
        for paragraph in found.paragraphs:
            assert "".join(found.text[p.start : p.end] for p in paragraph.pieces) == paragraph.text
        return found

    document.read = read
    return document


def add(document, inner):
    """A paragraph from the inside of its XML."""
    element = parse_xml(f"<w:p {NAMES}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, element)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def grid(table):
    return [[cell.text for cell in row] for row in table.rows]


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def define_list(document, *levels):
    """A list with (format, text) for each level; returns its id."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="900">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NAMES} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))


def numbered(text, level, style=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:pPr>{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="900"/></w:numPr></w:pPr>'
        + run(text)
    )  # fmt: skip


def test_numbers_that_word_makes_are_printed(made):
    define_list(made, ("chineseCounting", "%1、"), ("decimal", "%2."), ("bullet", "·"))
    for text, level, style in (
        ("行情", 0, "Heading1"), ("小麦", 1, "Heading2"), ("玉米", 1, "Heading2"), ("政策", 0, "Heading1"),
        ("补贴", 1, "Heading2"),
    ):  # fmt: skip
        add(made, numbered(text, level, style))
        made.add_paragraph("本周没有明显变化，市场运行平稳。")
    add(made, numbered("圆点", 2))
    document = made.read()
    assert [(s.number + s.title, s.level) for s in document.sections[1:]] == [
        ("一、行情", 1), ("1.小麦", 2), ("2.玉米", 2), ("二、政策", 1), ("1.补贴", 2),
    ]  # fmt: skip
    assert document.paragraphs[-1].text == "圆点"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(12, "chineseCounting", "十二"), (20, "chineseCountingThousand", "二十"), (3, "decimalEnclosedCircle", "③"),
     (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (7, "decimal", "7"), (7, "none", ""), (5, "unknown", "5")],
)  # fmt: skip
def test_number_formats(number, form, text):
    assert formatted(number, form) == text


def test_tracked_changes_hidden_text_and_superscripts(made):
    add(
        made,
        run("收入")
        + f"<w:del w:id='1' w:author='a'>{'<w:r><w:delText>4.9</w:delText></w:r>'}</w:del>"
        + f"<w:ins w:id='2' w:author='a'>{run('5.73')}</w:ins>"
        + run("1", '<w:vertAlign w:val="superscript"/>')
        + run("亿元")
        + run("（内部：6.6亿元）", "<w:vanish/>")
        + run("，面积20m")
        + run("2", '<w:vertAlign w:val="superscript"/>')
        + run("。"),
    )
    assert texts(made.read()) == ["收入5.73[1]亿元，面积20m²。"]


def test_outline_levels_localised_styles_and_captions(made):
    made.styles.add_style("标题 1 自定", 1)
    made.add_paragraph("一、行情", style="标题 1 自定")
    made.add_paragraph("平稳，没有变化。")
    add(made, '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>' + run("小麦行情"))
    made.add_paragraph("表1 价格", style="Caption")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ["品种", "价格", "小麦", "2.4"], strict=True):
        cell.text = text
    document = made.read()
    assert [(s.number + s.title, s.level) for s in document.sections[1:]] == [("一、行情", 1), ("小麦行情", 2)]
    assert document.tables[0].caption == "表1 价格"


def test_contents_made_by_word_are_contents(made):
    toc = (
        f"<w:sdt {NAMES}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent><w:p>{run('一、行情')}<w:r><w:tab/></w:r>{run('1')}</w:p>"
        f"<w:p>{run('二、政策')}<w:r><w:tab/></w:r>{run('3')}</w:p></w:sdtContent></w:sdt>"
    )
    made.element.body.insert(0, parse_xml(toc))
    made.add_heading("一、行情", 1)
    made.add_paragraph("平稳，没有变化。")
    document = made.read()
    assert [entry for _, entry, _ in document.metadata.contents] == ["一、行情", "二、政策"]
    assert [s.title for s in document.sections[1:]] == ["行情"]


def add_footnotes(document, *notes):
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    inner = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'
        for n, text in enumerate(notes, start=2)
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    blob = f"<w:footnotes {NAMES}>{separator}{inner}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )  # fmt: skip


REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def test_footnotes_stand_below_what_refers_to_them(made):
    add_footnotes(made, "含并表收入0.3亿元。", "未经审计。")
    add(made, run("公司收入增长较快，势头良好") + REFERENCE.format(3) + run("。"))
    made.add_paragraph("表1 收入（亿元）")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ["公司", "收入", "甲", "5.73"], strict=True):
        cell.text = text
    table.cell(1, 1).paragraphs[0]._p.append(parse_xml(REFERENCE.format(2).replace("<w:r>", f"<w:r {NAMES}>")))
    document = made.read()
    assert texts(document)[:2] == ["公司收入增长较快，势头良好[2]。", "[2] 未经审计。"]
    (found,) = document.tables
    assert grid(found) == [["公司", "收入"], ["甲", "5.73[1]"]]
    assert [note for note, _ in found.notes] == ["[1] 含并表收入0.3亿元。"]


def test_text_boxes_are_read_once_and_pictures_named(made):
    box = f"<w:txbxContent>{'<w:p>' + run('文本框里的话。') + '</w:p>'}</w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    add(
        made,
        run("正文。")
        + f"<w:r><mc:AlternateContent {spaces}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + f"<w:r><w:pict><v:shape {spaces}><v:imagedata/></v:shape></w:pict></w:r>",
    )
    document = made.read()
    assert texts(document) == ["正文。", "文本框里的话。"]
    assert document.not_understood == ("Line 2: a picture.",)


def test_nested_tables_frames_and_deleted_rows(made):
    outer = made.add_table(3, 2)
    for cell, text in zip(outer._cells, ["名", "值", "甲", "1", "丁", "9"], strict=True):
        cell.text = text
    inner = outer.cell(1, 1).add_table(2, 2)
    for cell, text in zip(inner._cells, ["内", "数", "乙", "2"], strict=True):
        cell.text = text
    properties = outer.rows[2]._tr.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {NAMES} w:id="5" w:author="a"/>'))
    frame = made.add_table(1, 1)
    frame.cell(0, 0).text = "框里的一段话。"
    document = made.read()
    assert [grid(t) for t in document.tables] == [[["名", "值"], ["甲", "1"]], [["内", "数"], ["乙", "2"]]]
    assert texts(document) == ["框里的一段话。"]


def test_headers_and_footers_are_not_read(made):
    made.sections[0].header.paragraphs[0].text = "页眉文字"
    made.sections[0].footer.paragraphs[0].text = "第1页"
    made.add_paragraph("正文一段。")
    assert made.read().text == "正文一段。\n"


def test_title_rows_and_line_breaks(made):
    paragraph = made.add_paragraph()
    paragraph.add_run("粮油周报").bold = True
    paragraph.add_run("\n2018年3月第3期").font.size = Pt(14)
    made.add_heading("一、行情", 1)
    table = made.add_table(3, 2)
    for cell, text in zip(table._cells, ["表1 价格", "", "品种", "价格", "小麦", "2.4"], strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    document = made.read()
    assert (document.metadata.title, document.metadata.date, document.metadata.issue) == ("粮油周报", "2018-03", "3")
    assert (document.tables[0].caption, grid(document.tables[0])) == ("表1 价格", [["品种", "价格"], ["小麦", "2.4"]])


def test_the_properties_of_the_file_are_a_fallback(made):
    made.core_properties.title = "粮油周报 2018年第3期"
    made.add_paragraph(
        "本周价格没有明显变化，市场运行平稳，成交一般，后市仍需关注天气以及政策的影响，暂时以稳为主看待。"
    )
    metadata = made.read().metadata
    assert (metadata.title, metadata.date, metadata.issue) == ("粮油周报", "2018", "3")


def test_old_and_encrypted_documents_are_named(tmp_path):
    container = bytes.fromhex("D0CF11E0A1B11AE1")
    (tmp_path / "a.docx").write_bytes(container + b"\0" * 600)
    with pytest.raises(UnreadableDocumentError, match=r"a\.docx is a document of the old DOC format"):
        read_document(tmp_path / "a.docx", tmp_path)
    (tmp_path / "a.docx").write_bytes(container + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableDocumentError, match=r"a\.docx is encrypted with a password"):
        read_document(tmp_path / "a.docx", tmp_path)


def test_lists_by_style(made):
    made.add_paragraph("第一项", style="List Bullet")
    made.add_paragraph("第二项", style="List Bullet")
    assert [p.kind for p in made.read().paragraphs] == [BlockKind.LIST_ITEM] * 2
