"""A file put into the corpus folder."""

from __future__ import annotations

import pytest

from cloudqa.answering.adding import add_file
from cloudqa.errors import UsageError
from cloudqa.settings import Settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def written(path, text="# 试刊\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_copied_and_the_folder_made(settings, tmp_path):
    path = written(tmp_path / "in" / "试刊 第3期.md")
    assert add_file(settings, path) == "试刊 第3期.md"
    assert [p.name for p in settings.corpus.iterdir()] == ["试刊 第3期.md"]
    assert (settings.corpus / "试刊 第3期.md").read_bytes() == path.read_bytes()
    assert path.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.md", "There is no file"),
        ("in", "is a folder"),
        ("in/a.exe", "is of no format that is read"),
        ("in/README.md", "are not taken as reports"),
        ("in/.a.md", "are not taken as reports"),
        ("x\x00.md", "cannot be read|There is no file"),
    ],
)
def test_what_is_no_report_is_refused(settings, tmp_path, name, message):
    for made in ("a.exe", "README.md", ".a.md"):
        written(tmp_path / "in" / made)
    with pytest.raises(UsageError, match=message):
        add_file(settings, tmp_path / name)
    assert not settings.corpus.exists()


def test_no_file_of_the_archive_is_ever_replaced(settings, tmp_path):
    there = written(settings.corpus / "2017" / "a.md", "old")
    with pytest.raises(UsageError, match=r"The archive has 2017/a\.md already"):
        add_file(settings, written(tmp_path / "in" / "a.md", "old"))
    with pytest.raises(UsageError, match=r"another report of this name, 2017/a\.md"):
        add_file(settings, written(tmp_path / "in" / "a.md", "new"))
    with pytest.raises(UsageError, match=r"another report of this name, 2017/a\.md"):
        add_file(settings, written(tmp_path / "in" / "a.txt", "old too"))
    assert there.read_text() == "old"
    assert [p.name for p in settings.corpus.iterdir()] == ["2017"]


def test_a_folder_that_cannot_be_written_is_named(settings, tmp_path):
    written(tmp_path / "corpus")
    with pytest.raises(UsageError, match=r"a\.md cannot be copied"):
        add_file(settings, written(tmp_path / "in" / "a.md"))
