"""Files that are odd, damaged or large."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudqa.documents import SUFFIXES, read_document
from cloudqa.documents.model import whole_spans
from cloudqa.errors import ExitCode, UnreadableDocumentError


def test_an_empty_file(read):
    document = read("")
    assert (document.text, document.paragraphs, document.tables) == ("", (), ())
    assert [(s.level, s.span.start, s.span.end) for s in document.sections] == [(0, 0, 0)]


@pytest.mark.parametrize("text", ["# 只有标题", "# 只有标题\n", "\n\n# 只有标题 #\n\n"])
def test_only_a_heading(read, text):
    document = read(text)
    assert document.metadata.title == "只有标题"
    assert len(document.sections) == 1


def test_byte_order_mark_and_line_ends(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeff周报\r\n\r\n价格平稳。\r另一段。\r\n".encode())
    document = read_document(tmp_path / "a.txt", tmp_path)
    assert document.text == "周报\n\n价格平稳。\n另一段。\n"


@pytest.mark.parametrize("suffix", ["md", "txt", "markdown"])
def test_other_encodings_are_named_with_the_byte(tmp_path, suffix):
    path = tmp_path / "sub" / f"a.{suffix}"
    path.parent.mkdir()
    path.write_bytes("ab周".encode() + "报".encode("gb18030"))
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(path, tmp_path)
    assert caught.value.message == (
        f"sub/a.{suffix} is not UTF-8 text: byte 5 does not fit, and it is no UTF-16, GB18030 or Big5 text either."
    )
    assert "iconv" in caught.value.hint
    assert caught.value.exit_code is ExitCode.INPUT_UNREADABLE


def test_other_kinds_and_missing_files(tmp_path):
    assert SUFFIXES == (
        ".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".csv", ".tsv", ".xlsx", ".xlsm",
    )  # fmt: skip
    with pytest.raises(UnreadableDocumentError, match=r"a\.exe is of a kind that cannot be read"):
        read_document(tmp_path / "a.exe", tmp_path)
    with pytest.raises(UnreadableDocumentError, match=r"a\.md cannot be opened: No such file"):
        read_document(tmp_path / "a.md", tmp_path)
    (tmp_path / "b.md").mkdir()
    with pytest.raises(UnreadableDocumentError, match=r"b\.md cannot be opened"):
        read_document(tmp_path / "b.md", tmp_path)


def test_control_characters_are_named(read):
    document = read("# 周报\n\n价格\x00平稳\x07。\n\n上涨\ufffd。\n")
    assert document.paragraphs[1].text == "价格\x00平稳\x07。"
    assert document.not_understood == (
        "Line 3: characters that are no text (U+0000).",
        "Line 3: characters that are no text (U+0007).",
        "Line 5: characters that are no text (U+FFFD).",
    )


def test_many_control_characters_are_counted(read):
    problems = read("文\x00" * 50).not_understood
    assert len(problems) == 21
    assert problems[-1] == "30 more places with characters that are no text."


@pytest.mark.parametrize("name", ["REPORT.MD", "a.Markdown"])
def test_suffixes_in_any_case(read, name):
    assert read("# 周报\n", name).report == Path(name).stem


LARGE = {
    "one line": lambda n: "云" * (40 * n),
    "sentences in one line": lambda n: "小麦长势良好，单产提高5%。" * n,
    "paragraphs": lambda n: "小麦长势良好，单产提高5%。\n\n" * n,
    "wrapped lines": lambda n: "小麦长势良好而且单产提高百分之五以上\n" * n,
    "cut paragraphs": lambda n: "小麦长势良好；预计单产提高百分之五以上\n\n" * n,
    "headings": lambda n: "## 一、小麦\n\n### 行情\n\n价格平稳。\n\n" * n,
    "items": lambda n: "".join(f"{i % 99 + 1}、小麦\n\n" for i in range(n)),
    "rows": lambda n: "甲\t乙\n" + "小麦\t1\n" * n,
    "parted rows": lambda n: "甲\t乙\n" + "小麦\t1\n小麦\t2\n\n" * n,
    "tabs": lambda n: "\t小麦\n" * n,
    "bars": lambda n: "| | |\n" * n,
    "brackets": lambda n: "（" * n + "）" * n,
    "bylines": lambda n: "（作者：甲乙）\n\n" * n,
    "front matter": lambda n: "---\n" + "a: b\n" * n,
    "contents": lambda n: "目录\n" + "".join(f"- 条目{i}\n" for i in range(n)),
}


@pytest.mark.parametrize("kind", LARGE)
def test_four_times_the_report_takes_four_times_the_steps(tmp_path, kind, count_steps):
    steps = []
    for n in (100, 400):
        path = tmp_path / f"{n}.md"
        path.write_text(LARGE[kind](n), encoding="utf-8")
        steps.append(count_steps(path))
    assert steps[1] <= 5 * steps[0]


def test_a_line_of_five_megabytes(read):
    text = "小麦长势良好，单产提高5%。" * 130_000
    document = read(text)
    assert [len(p.text) for p in document.paragraphs] == [len(text)]


WORDS = st.sampled_from(
    [
        *"小麦 玉米 价格平稳 上涨5% 2017年 第3期 （总第8期） 一、 （二） 3. (4) ① • 【要闻】".split(),
        *"表1 图2 目录 主编：李四 编者的话 （本节负责人：张三） 注： 单位：吨 ： ， 。 ” “ （ ）".split(),
        *"# ## ### **粗** | --- - > ` ``` *** | \\|".split(),
        *("World food", '<a href="#">x</a>', "\t", "\x00", "\u3000", "\u2028", " ", "  ", "\n", "\n\n", "\n\n\n"),
        *("|---|---|\n", "\n| 甲 | 1 |\n", "\n甲\t1\n"),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=60).map("".join))
def test_every_place_cuts_what_it_claims(tmp_path, text):
    path = tmp_path / "made-up.md"
    path.write_text(text, encoding="utf-8", newline="")
    document = read_document(path, tmp_path)
    source = document.text
    for paragraph in document.paragraphs:
        assert paragraph.section < len(document.sections)
        assert all(a.end <= b.start for a, b in zip(paragraph.pieces, paragraph.pieces[1:], strict=False))
        cuts = [source[s.start : s.end] for s in paragraph.source_spans(0, len(paragraph.text))]
        assert cuts == [source[p.start : p.end] for p in whole_spans(paragraph.pieces)]
        pieces = [source[p.start : p.end] for p in paragraph.pieces]
        assert "".join(pieces) == paragraph.text or paragraph.text.split() == " ".join(pieces).split()
    for section in document.sections[1:]:
        heading = source[section.heading.start : section.heading.end]
        assert section.number in heading
        assert section.title in heading.replace("**", "")
        assert section.span.start <= section.heading.start <= section.heading.end <= section.span.end
        assert document.sections[section.parent].level == section.level - 1
        assert all(
            source[s.start : s.end].split() == list(n) or source[s.start : s.end] == n for n, s in section.authors
        )
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        for row_number, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                assert (cell.row, cell.column) == (row_number, column)
                cut = source[cell.span.start : cell.span.end]
                bare = cut.replace('<a href="#">', " ").replace("</a>", " ").replace("\\|", "|").replace("**", "")
                assert bare.split() == cell.text.split()
    for field in document.metadata.fields:
        assert (
            field.span is None
            or source[field.span.start : field.span.end].split() == field.value.split()
            or "\n" in (source[field.span.start : field.span.end])
        )
    for _, entry, span in document.metadata.contents:
        assert source[span.start : span.end] == entry
