"""One report in every format reports come in: the same sections, tables, facts, and answers that quote that format."""

import re
from pathlib import Path

import docx
import pytest
from docx.table import Table
from report_formats import write_html, write_pdf, write_recognised, write_word

from cloudqa.answering import Assistant
from cloudqa.documents import read_document
from cloudqa.facts import facts_of
from cloudqa.settings import Settings

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "data" / "samples"
NAME = "2017-10-issue-10"


def markdown_of(path):
    """A Word report as Markdown."""
    lines = []
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            rows = ["| " + " | ".join(cell.text for cell in row.cells) + " |" for row in part.rows]
            lines += [rows[0], "|---" * len(part.columns) + "|", *rows[1:], ""]
        else:
            level = {"Title": 1}.get(part.style.name) or int(
                (re.findall(r"Heading (\d)", part.style.name) or [-1])[0]
            ) + 1
            lines += ["#" * level + " " * bool(level) + part.text, ""]
    return "\n".join(lines)


def cut_of_the_report():
    """Title page and the section with the tables of figures."""
    text = (ROOT / "corpus" / "2017-08-issue-08.md").read_text(encoding="utf-8")
    front, section = text.index("## 目录"), text.index("## • 云数据 •")
    return text[:front] + text[section : text.index("## • 云观察 •")].replace("• 云数据 •", "【云数据】").replace(
        "**", ""
    )


REPORTS = {
    NAME: lambda: (SAMPLES / f"{NAME}.md").read_text(encoding="utf-8"),
    "2017-12-issue-12": lambda: markdown_of(SAMPLES / "2017-12-issue-12.docx"),
    "2017-08-issue-08": cut_of_the_report,
}
WRITERS = {
    "html": (".html", write_html),
    "docx": (".docx", write_word),
    "pdf": (".pdf", write_pdf),
    "gbk": (".txt", lambda text, path: path.write_bytes(text.encode("gb18030"))),
    "utf16": (".txt", lambda text, path: path.write_text(text, encoding="utf-16")),
    "recognised": (".txt", write_recognised),
}


def tight(text):
    return re.sub(r"\s|·", "", text)


def bare(quote):
    return tight(quote).replace("|", "")


def told(document):
    """The facts without their places and quotes."""
    return [
        (
            f.entity,
            tight(f.metric),
            tight(f.printed),
            str(f.period),
            tuple((tight(k), tight(v)) for k, v in f.keys),
            f.total,
        )
        for f in facts_of(document).facts
    ]


def grids(document):
    return [
        (tight(t.caption), [[tight(c.text) for c in row] for row in t.rows], [tight(note) for note, _ in t.notes])
        for t in document.tables
    ]


def written(report, form, folder):
    suffix, write = WRITERS[form] if form in WRITERS else (".md", lambda text, path: path.write_text(text, "utf-8"))
    path = folder / f"{report}{suffix}"
    write(REPORTS[report](), path)
    return path


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("report", REPORTS)
def test_the_same_is_understood(tmp_path, report, form):
    (tmp_path / "md").mkdir()
    expected = read_document(written(report, "md", tmp_path / "md"), tmp_path)
    document = read_document(written(report, form, tmp_path), tmp_path)
    about, wanted = document.metadata, expected.metadata
    assert (about.title, about.issue, about.total_issue, about.date) == (
        wanted.title, wanted.issue, wanted.total_issue, wanted.date,
    )  # fmt: skip
    assert [(s.number, tight(s.title)) for s in document.sections] == [
        (s.number, tight(s.title)) for s in expected.sections
    ]
    assert grids(document) == grids(expected)
    assert told(document) == told(expected)
    assert document.not_understood == ()


QUESTIONS = {
    "云岭科技2017Q3营业收入同比增长多少？": "67.54",
    "海岳云2017Q1净利润是多少？": "-1870",
    "列出云岭科技2016Q3至2017Q3各季度的净利润。": "-960",
    "南沙一号数据中心2016年全年的PUE是多少？": None,
    "第10期调查的六座数据中心中，2017年1—9月PUE最低的是哪一座？": "中卫三号",
    "第二批绿色数据中心试点要求PUE监测点设在哪里？": "变压器低压侧",
    "剔除青禾网络并表收入后，云岭科技2017Q3营业收入是多少亿元？": "5.42",
    "云岭科技2016年第二季度营业收入是多少？": None,
    "本期责任编辑是谁？": "高远",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Asks the questions of an archive with the report in one format."""
    answers = {}

    def _ask(form):
        if form not in answers:
            folder = tmp_path_factory.mktemp(form)
            (folder / "corpus").mkdir()
            path = written(NAME, form, folder / "corpus")
            assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
            text = read_document(path, path.parent).text
            answers[form] = text, [assistant.ask(question) for question in QUESTIONS]
        return answers[form]

    return _ask


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_is_answered(ask, form):
    _, expected = ask("md")
    text, answers = ask(form)
    for (question, holds), answer, wanted in zip(QUESTIONS.items(), answers, expected, strict=True):
        assert (answer.kind, answer.refused, answer.value, answer.unit) == (
            wanted.kind, wanted.refused, wanted.value, wanted.unit,
        ), question  # fmt: skip
        assert tight(answer.answer) == tight(wanted.answer)
        assert answer.refused is (holds is None)
        assert holds is None or holds in tight(answer.answer).replace(",", "")
        assert [text[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
        assert [bare(c.quote) for c in answer.citations[:1]] == [bare(c.quote) for c in wanted.citations[:1]]


def test_citations_of_a_pdf_name_the_page(ask):
    _, answers = ask("pdf")
    pages = [citation.page for answer in answers for citation in answer.citations]
    assert pages
    assert set(pages) <= {1, 2, 3}
    assert answers[4].citations[0].page == 2
    _, elsewhere = ask("md")
    assert {citation.page for answer in elsewhere for citation in answer.citations} == {None}
