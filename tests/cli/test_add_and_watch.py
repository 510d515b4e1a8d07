"""``cloudqa add``, ``cloudqa index --watch`` and ``--dry-run``: what they copy, ask, say and leave alone."""

from __future__ import annotations

import io
import sys

import pytest

from cloudqa.cli.console import Console, Style
from cloudqa.cli.main import main
from cloudqa.cli.progress import ProgressBar
from cloudqa.cli.watching import watch
from cloudqa.rebuild import Event, Stage

FIRST = """# 行业月报（2019年3月 · 第3期）

## 一、数据

**表1　甲厂季度数据**

| 季度 | 收入（亿元） |
|---|---|
| 2018Q3 | 1.2 |
| 2018Q4 | 1.5 |

甲厂的收入在上升。
"""
SECOND = FIRST.replace("3月 · 第3期", "4月 · 第4期").replace("1.5", "1.4")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "m3.md").write_text(FIRST, encoding="utf-8")
    assert main(["index", "--corpus", str(folder)]) == 0
    return folder


@pytest.fixture
def incoming(tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "m4.md").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def run(corpus, capfd, monkeypatch):
    def run_command(*words, answer=None):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((answer or "").encode())))
        if answer is not None:
            monkeypatch.setattr("cloudqa.cli.add_command._can_ask", lambda: True)
        capfd.readouterr()
        code = main([words[0], "--corpus", str(corpus), *words[1:]])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


def files_of(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_new_report_is_copied_indexed_and_said(run, corpus, incoming):
    code, out, _ = run("add", str(incoming / "m4.md"))
    assert code == 0
    assert files_of(corpus) == {"m3.md": FIRST, "m4.md": SECOND}
    lines = out.splitlines()
    assert "built (1 added): 2 reports" in lines[0]
    assert lines[1].startswith("added    m4.md: 第4期 2019-04 ")
    assert lines[2].endswith("tables 1 → 2, facts 2 → 4; 1 figure of earlier issues restated.")
    code, out, _ = run("ask", "甲厂2018Q4收入是多少？")
    assert out.startswith("甲厂 收入 2018Q4：1.4亿元。")


def test_a_folder_adds_its_reports_and_what_is_there_already_is_said(run, corpus, incoming):
    (incoming / "m3.md").write_text(FIRST, encoding="utf-8")
    (incoming / "notes.rtf").write_text("x", encoding="utf-8")
    code, _, err = run("add", str(incoming))
    assert code == 0
    assert "m3.md is in the archive already." in err
    assert set(files_of(corpus)) == {"m3.md", "m4.md"}


def test_nothing_is_replaced_without_being_asked(run, corpus, incoming):
    (incoming / "m3.md").write_text(SECOND, encoding="utf-8")
    code, out, err = run("add", str(incoming))
    assert (code, out) == (2, "")
    assert "This would replace m3.md." in err
    assert files_of(corpus) == {"m3.md": FIRST}
    code, _, err = run("add", str(incoming / "m3.md"), answer="n\n")
    assert "Replace m3.md with" in err
    assert files_of(corpus) == {"m3.md": FIRST}


@pytest.mark.parametrize(("words", "answer"), [(("--yes",), None), ((), "y\n")])
def test_a_report_is_replaced_by_consent_and_no_fact_of_it_is_left(run, corpus, incoming, words, answer):
    (incoming / "m3.md").write_text(SECOND, encoding="utf-8")
    code, out, _ = run("add", *words, str(incoming / "m3.md"), answer=answer)
    assert code == 0
    assert "built (1 changed)" in out
    assert files_of(corpus) == {"m3.md": SECOND}
    _, out, _ = run("facts", "--metric", "收入", "--period", "2018Q4")
    assert "1.4亿元" in out
    assert "1.5" not in out


def test_a_report_of_the_same_name_in_another_format_takes_its_place(run, corpus, incoming):
    (incoming / "m3.txt").write_text(SECOND, encoding="utf-8")
    assert run("add", "--yes", str(incoming / "m3.txt"))[0] == 0
    assert set(files_of(corpus)) == {"m3.txt"}


def test_a_file_that_cannot_be_read_replaces_nothing(run, corpus, incoming):
    (incoming / "m3.docx").write_bytes(b"no document")
    code, _, err = run("add", "--yes", str(incoming / "m3.docx"))
    assert code == 4
    assert "m3.docx cannot be read" in err
    assert files_of(corpus) == {"m3.md": FIRST}


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.md", "There is no file"), ("a.rtf", "is of no format that is read"), ("README.md", "not taken")],
)
def test_what_is_no_report_is_wrong_use(run, incoming, name, said):
    if name != "none.md":
        (incoming / name).write_text("x", encoding="utf-8")
    code, _, err = run("add", str(incoming / name))
    assert code == 2
    assert said in err


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(run, corpus, incoming):
    (corpus / "m4.md").write_text(SECOND, encoding="utf-8")
    (corpus / "m3.md").unlink()
    before = sorted(path for path in corpus.parent.rglob("*"))
    code, out, err = run("index", "--dry-run")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["added    m4.md", "removed  m3.md", "Would be rebuilt: 1 added, 1 removed."]
    assert sorted(path for path in corpus.parent.rglob("*")) == before


def test_a_removed_report_disappears_and_is_said(run, corpus, incoming):
    run("add", str(incoming / "m4.md"))
    (corpus / "m3.md").unlink()
    _, out, _ = run("index")
    assert out.splitlines()[1].startswith("removed  m3.md: 第3期 2019-03 ")
    _, out, _ = run("issues")
    assert "m3" not in out


class Looks:
    """Waits that let something happen to the corpus before each look; the last one is Ctrl-C."""

    def __init__(self, *happenings):
        self.happenings = list(happenings)

    def __call__(self):
        if not self.happenings:
            raise KeyboardInterrupt
        self.happenings.pop(0)()


def test_a_watch_rebuilds_once_for_each_change_and_waits_for_a_half_written_file(corpus):
    file, calls = corpus / "m4.md", []
    looks = Looks(
        lambda: None,
        lambda: file.write_text(SECOND[:40], encoding="utf-8"),
        lambda: file.write_text(SECOND[:80], encoding="utf-8"),
        lambda: file.write_text(SECOND, encoding="utf-8"),
        lambda: None,
        lambda: None,
        lambda: file.unlink(),
        lambda: None,
    )
    with pytest.raises(KeyboardInterrupt):
        watch(corpus, lambda: calls.append(sorted(files_of(corpus).values())), wait=looks)
    assert calls == [[FIRST], sorted([FIRST, SECOND]), [FIRST]]


def test_a_watch_is_ended_cleanly(run, monkeypatch):
    monkeypatch.setattr("cloudqa.cli.watching.time.sleep", Looks())
    monkeypatch.setattr("cloudqa.cli.watching.time.sleep", lambda seconds: (_ for _ in ()).throw(KeyboardInterrupt))
    code, out, err = run("index", "--watch")
    assert code == 0
    assert "up to date" in out
    assert err.splitlines()[-1] == "No longer watching."


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_a_bar_is_drawn_over_and_cleared(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    drawn = Terminal()
    console = Console(io.StringIO(), drawn, Style())
    assert console.on_terminal
    times = iter([0.0, 0.05, 1.0, 2.0])
    bar = ProgressBar(console, lambda: next(times))
    bar(Event(Stage.READING, 5, 20, "m3.md"))
    bar(Event(Stage.READING, 6, 20, "m4.md"))
    bar(Event(Stage.READING, 10, 20, "第五期.md"))
    bar(Event(Stage.FINISHED, detail="0123"))
    assert drawn.getvalue().split("\r\x1b[K")[1:] == [
        "reading █████░░░░░░░░░░░░░░░ 5/20 m3.md",
        "reading ██████████░░░░░░░░░░ 10/20 第五期.md",
        "",
    ]


def test_flags_limit_what_answers_and_what_is_found(run, corpus, incoming):
    run("add", str(incoming / "m4.md"))
    question = "甲厂2018Q4收入是多少？"
    assert run("ask", question, "--issue", "3")[1].startswith("甲厂 收入 2018Q4：1.5亿元。")
    assert run("ask", question, "--since", "2019-04")[1].startswith("甲厂 收入 2018Q4：1.4亿元。")
    code, out, _ = run("ask", question, "--issue", "7")
    assert code == 1
    assert "资料中没有7。现有：2019年第3期、2019年第4期。" in out
    assert "m4" not in run("search", "甲厂的收入", "--until", "2019-03")[1]
    assert "1.5亿元" not in run("facts", "--since", "2019-04")[1]
    assert run("facts", "--section", "附录")[0] == 1
    assert run("ask", question, "--since", "bald")[0] == 2
    assert run("ask", question, "--issue", " ")[0] == 2
