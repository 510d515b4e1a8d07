"""Which files are reports, and which of them have changed."""

from __future__ import annotations

import os

import pytest

from cloudqa.index.freshness import Changes, compare_corpus, find_reports, is_unchanged, record_source


@pytest.fixture
def corpus(tmp_path):
    for name in ("b.md", "a.DOCX", "sub/c.txt", "README.md", "README.zh-CN.md", ".hidden.md", ".git/d.md", "~$a.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "picture.png").write_text("x")
    (tmp_path / "folder.md").mkdir()
    return tmp_path


def test_reports_are_told_by_their_suffix(corpus):
    assert [path.relative_to(corpus).as_posix() for path in find_reports(corpus)] == ["a.DOCX", "b.md", "sub/c.txt"]


def test_what_happened_to_a_corpus(corpus):
    sources = [record_source(corpus, path) for path in find_reports(corpus)]
    assert sources[1].path == "b.md"
    assert (sources[1].size, sources[1].sha256[:8]) == (4, "11dd481a")
    assert not compare_corpus(corpus, find_reports(corpus), sources)
    (corpus / "b.md").write_text("B.md")
    (corpus / "a.DOCX").unlink()
    (corpus / "new.md").write_text("new")
    os.utime(corpus / "b.md", ns=(1, 1))
    changes = compare_corpus(corpus, find_reports(corpus), sources)
    assert changes == Changes(("new.md",), ("b.md",), ("a.DOCX",), ("sub/c.txt",))
    assert changes


def test_a_file_that_was_only_touched_is_unchanged(corpus):
    source = record_source(corpus, corpus / "b.md")
    os.utime(corpus / "b.md", ns=(5, 5))
    assert is_unchanged(corpus / "b.md", source)


def test_a_file_of_the_recorded_size_and_time_is_not_read(corpus, monkeypatch):
    source = record_source(corpus, corpus / "b.md")
    monkeypatch.setattr("cloudqa.index.freshness._sha256", lambda path: pytest.fail("read"))
    assert is_unchanged(corpus / "b.md", source)


def test_a_file_that_cannot_be_opened_is_recorded_with_the_reason(corpus):
    source = record_source(corpus, corpus / "gone.md")
    assert (source.path, source.sha256, source.failure) == ("gone.md", "", "No such file or directory")
