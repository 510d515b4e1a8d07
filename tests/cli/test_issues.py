"""``cloudqa issues`` over a small archive."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from cloudqa.answering.issues import IssueSummary
from cloudqa.cli.main import main

FIRST = "# 行业月报（2019年3月 · 第3期 · 总第15期）\n\n## 一、动态\n\n甲厂2018年收入为5.0亿元。\n"
SECOND = "# 行业月报（2019年4月 · 第4期 · 总第16期）\n\n## 一、动态\n\n甲厂2019年收入为6.0亿元。\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "x3.md").write_text(FIRST, encoding="utf-8")
    (folder / "x4.md").write_text(SECOND, encoding="utf-8")
    assert main(["index", "--corpus", str(folder)]) == 0
    return folder


def test_one_line_for_each_issue_below_a_heading(corpus, capfd):
    capfd.readouterr()
    assert main(["issues", "--corpus", str(corpus)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].split() == ["report", "no.", "date", "title", "format", "sections", "passages", "tables", "facts"]
    assert lines[1].split()[:6] == ["x3", "3", "(15)", "2019-03", "行业月报", "md"]
    assert lines[2].split()[:6] == ["x4", "4", "(16)", "2019-04", "行业月报", "md"]
    assert len(lines) == 3


def test_json_has_one_object_for_each_issue(corpus, capfd):
    capfd.readouterr()
    assert main(["issues", "--corpus", str(corpus), "--format", "json"]) == 0
    records = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(r["number"], r["date"], r["facts"]) for r in records] == [("3", "2019-03", 1), ("4", "2019-04", 1)]


def test_a_file_that_cannot_be_read_is_said_on_stderr(corpus, capfd):
    (corpus / "broken.docx").write_bytes(b"no document")
    capfd.readouterr()
    assert main(["issues", "--corpus", str(corpus)]) == 0
    assert "broken.docx cannot be read" in capfd.readouterr().err


def test_every_field_is_described(repository):
    page = (repository / "docs" / "json.md").read_text(encoding="utf-8")
    assert [f.name for f in fields(IssueSummary) if f"`{f.name}`" not in page] == []
