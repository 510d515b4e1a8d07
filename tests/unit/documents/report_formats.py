"""One Markdown report written as HTML, DOCX and PDF, as the programs that make such files write them."""

import html
import random
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.enum.section import WD_SECTION
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

FONT = "STSong-Light"


@dataclass
class Part:
    """A heading, paragraph, item or table of a report."""

    kind: str
    text: str = ""
    level: int = 0
    bold: bool = False
    rows: list[list[str]] = field(default_factory=list)


def parts_of(markdown: str) -> list[Part]:
    """The parts of a report written in simple Markdown: one line a part, tables with bars or tabs."""
    parts: list[Part] = []
    for line in markdown.split("\n"):
        text = re.sub(r"<a [^>]*>(.*?)</a>", r"\1", line).rstrip()
        if "|" in text and text.strip().startswith("|"):
            _row(parts, "bars", [cell.strip() for cell in text.strip().strip("|").split("|")])
        elif "\t" in line:
            _row(parts, "tabs", [cell.strip() for cell in re.sub(r"<[^>]*>", "", line).split("\t")])
        elif text.strip() in ("---", "") or text.startswith("!["):
            parts.append(Part("gap"))
        else:
            parts.append(_text(text.strip()))
    for part in parts:
        part.rows = [row for row in part.rows if not all(re.fullmatch(":?-+:?", cell) for cell in row)]
    return [part for part in parts if part.kind != "gap"]


def _row(parts: list[Part], kind: str, cells: list[str]) -> None:
    if not parts or parts[-1].kind != kind:
        parts.append(Part(kind))
    parts[-1].rows.append(cells)


def _text(text: str) -> Part:
    if m := re.match(r"(#+) +(.*)", text):
        return Part("heading", m.group(2), len(m.group(1)))
    if m := re.match(r"[-*] +(.*)", text):
        return Part("item", m.group(1))
    text = re.sub(r"^> ?", "", text)
    bold = re.fullmatch(r"\*\*([^*]+)\*\*", text)
    return Part("text", re.sub(r"\*\*", "", text), bold=bold is not None)


def write_html(markdown: str, path: Path) -> None:
    """A page as a content system exports it: chrome around the report, end tags left out in tables."""
    body = []
    for part in parts_of(markdown):
        text = html.escape(part.text)
        if part.rows:
            rows = "".join(
                "<tr>" + "".join(f"<{'th' if n == 0 else 'td'}>{html.escape(cell)}" for cell in row)
                for n, row in enumerate(part.rows)
            )
            body.append(f"<table class=data>{rows}</table>")
        elif part.kind == "heading":
            body.append(f"<h{part.level}>{text}</h{part.level}>")
        elif part.kind == "item":
            body.append(f"<ul><li>{text}</ul>")
        else:
            body.append(f"<p>{'<b>' * part.bold}{text}{'</b>' * part.bold}</p>")
    path.write_text(
        '<!DOCTYPE html><html><head><meta charset="utf-8"><style>.x{display:none}</style><script>var a = 1;</script>'
        '</head><body><nav><ul><li><a href="/">首页</a></ul></nav><p class=x>毛利率 99.9%</p><main>'
        + "\n".join(body)
        + '</main><footer><a href="/about">关于我们</a></footer></body></html>',
        encoding="utf-8",
    )


def write_word(markdown: str, path: Path) -> None:
    """A document with heading styles, tables, a running header and a page number."""
    made = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "内部资料 页眉"
    section.footer.paragraphs[0].text = "第1页"
    made.add_section(WD_SECTION.CONTINUOUS)
    for part in parts_of(markdown):
        if part.rows:
            _word_table(made, part.rows)
        elif part.kind == "heading":
            made.add_heading(part.text, part.level)
        elif part.kind == "item":
            made.add_paragraph(part.text, style="List Bullet")
        else:
            made.add_paragraph().add_run(part.text).bold = part.bold or None
    made.save(path)


def _word_table(made, rows) -> None:
    width = max(map(len, rows))
    table = made.add_table(rows=len(rows), cols=width)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def write_pdf(
    markdown: str, path: Path, *, header="云计算发展研究", ruled=True, repeat=1, columns=1, size=10.5
) -> None:
    """A printed report: running header, page number, justified paragraphs with an indent, ruled tables."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    width, height = A4
    inner = (width - 120 - 20 * (columns - 1)) / columns
    story = [flowable for part in parts_of(markdown) for flowable in _flowables(part, ruled, repeat, size, inner)]
    frames = [Frame(60 + n * (inner + 20), 60, inner, height - 130, 0, 0, 0, 0) for n in range(columns)]

    def furniture(canvas, page):
        canvas.setFont(FONT, 9)
        canvas.drawString(60, height - 45, header)
        canvas.line(60, height - 50, width - 60, height - 50)
        canvas.drawCentredString(width / 2, 35, f"- {page.page} -")

    made = BaseDocTemplate(str(path), pagesize=A4)
    made.addPageTemplates([PageTemplate(frames=frames, onPage=furniture)])
    made.build(story)


def _style(size, **options):
    return ParagraphStyle("s", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", **options)


def _flowables(part: Part, ruled: bool, repeat: int, size: float, inner: float) -> list:
    text = html.escape(part.text, quote=False)
    if part.rows:
        return [_pdf_table(part.rows, ruled, repeat, inner), Spacer(1, 8)]
    if part.kind == "heading":
        larger = {1: 20, 2: 15, 3: 13}.get(part.level, 11.5)
        centred = {"alignment": TA_CENTER} if part.level == 1 else {}
        return [Paragraph(text, _style(larger, spaceBefore=8, spaceAfter=6, **centred))]
    if part.kind == "item":
        return [Paragraph("● " + text, _style(size, leftIndent=18, firstLineIndent=-10))]
    if len(part.text) < 40:
        return [Paragraph(text, _style(size, spaceBefore=4, spaceAfter=4))]
    return [Paragraph(text, _style(size, firstLineIndent=2 * size, spaceAfter=6, alignment=4))]


def _pdf_table(rows, ruled: bool, repeat: int, inner: float) -> Table:
    width = max(map(len, rows))
    small = _style(8)
    full = [row + [""] * (width - len(row)) for row in rows]
    cells = [[Paragraph(html.escape(cell), small) for cell in row] for row in full]
    table = Table(cells, repeatRows=repeat, colWidths=[inner / width] * width)
    rules = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]  # fmt: skip
    table.setStyle(TableStyle([*rules, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def write_recognised(markdown: str, path: Path) -> None:
    """Text as a recognition program leaves it: no marks, lines broken anywhere, stray blanks, tables set by blanks."""
    chance = random.Random(7)
    lines: list[str] = []
    for number, part in enumerate(parts_of(markdown)):
        if part.rows:
            widths = [max(_cells(row, i) for row in part.rows) for i in range(max(map(len, part.rows)))]
            lines += [
                "".join(c + " " * (w - _width(c) + 2) for c, w in zip(row, widths, strict=False)).rstrip()
                for row in part.rows
            ]
        elif part.kind == "text" and len(part.text) > 30 and number > 3:
            text = re.sub(
                r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: " " * (chance.random() < 0.02), part.text
            )
            text = "　　" + text
            lines += [text[i : i + 33] for i in range(0, len(text), 33)]
        else:
            lines.append(part.text)
        lines += ["", f"- {number // 9 + 1} -", ""] if number % 9 == 8 else [""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cells(row: list[str], column: int) -> int:
    return _width(row[column]) if column < len(row) else 0
