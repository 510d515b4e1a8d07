"""The archive as a list of its issues."""

from __future__ import annotations

import shutil

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.issues import IssueSummary, UnreadableFile
from cloudqa.settings import Settings

EARLIER = """# 行业月报（2019年3月 · 第3期 · 总第15期）

## 一、数据

**表1　甲厂季度数据**

| 季度 | 收入（亿元） |
|---|---|
| 2018Q3 | 1.2 |
| 2018Q4 | 1.5 |

## 二、动态

甲厂2018年收入为5.0亿元。
"""
LATER = "# 行业月报（2019年10月 · 第10期 · 总第22期）\n\n## 一、动态\n\n乙厂2018年收入为6.0亿元。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("issues") / "corpus"
    corpus.mkdir()
    (corpus / "b.md").write_text(EARLIER, encoding="utf-8")
    (corpus / "a.txt").write_text(LATER, encoding="utf-8")
    (corpus / "broken.docx").write_bytes(b"no document")
    return Assistant.open(Settings(corpus=corpus, index=corpus.parent / "index"))


def test_the_oldest_issue_comes_first_with_all_that_is_known_of_it(assistant):
    issues = assistant.issues()
    assert [(i.report, i.number, i.total_number, i.date, i.format) for i in issues] == [
        ("b", "3", "15", "2019-03", "md"),
        ("a", "10", "22", "2019-10", "txt"),
    ]
    assert [(i.title, i.path) for i in issues] == [("行业月报", "b.md"), ("行业月报", "a.txt")]


def test_what_was_read_out_of_each_is_counted(assistant):
    earlier, later = assistant.issues()
    assert (earlier.sections, earlier.tables, earlier.facts) == (2, 1, 3)
    assert (later.tables, later.facts) == (0, 1)
    passages = [len(list(assistant.generation.iter_passages(i.report))) for i in (earlier, later)]
    assert [earlier.passages, later.passages] == passages
    assert min(passages) > 0


def test_a_file_that_cannot_be_read_is_named_with_the_reason(assistant):
    (file,) = assistant.unreadable()
    assert isinstance(file, UnreadableFile)
    assert file.path == "broken.docx"
    assert file.reason


def test_what_was_not_understood_of_a_table_names_the_table(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text(EARLIER.replace("| 1.5 |", "| 1.5或?? |"), encoding="utf-8")
    (issue,) = Assistant.open(Settings(corpus=corpus, index=tmp_path / "index")).issues()
    assert [sentence for sentence in issue.not_understood if "表1" in sentence] == list(issue.not_understood)


def test_a_summary_is_plain_data_under_its_own_names(assistant):
    issue = assistant.issues()[0]
    assert list(issue.as_dict()) == list(IssueSummary.__slots__)
    assert issue.as_dict()["not_understood"] == ()


def test_an_issue_without_number_and_date_is_listed_before_dated_ones(tmp_path, report_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(report_path, corpus)
    (corpus / "zz.txt").write_text("甲厂2019年收入为6.0亿元。\n", encoding="utf-8")
    issues = Assistant.open(Settings(corpus=corpus, index=tmp_path / "index")).issues()
    assert [(i.report, i.number, i.date) for i in issues] == [("zz", "", ""), (report_path.stem, "8", "2017-08")]
