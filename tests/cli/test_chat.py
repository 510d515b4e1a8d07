"""``cloudqa chat``: one question a line over a made-up report, its orders, exit codes and streams."""

from __future__ import annotations

import io
import json
import sys

import pytest

from cloudqa.cli.main import main

REPORT = """# 茶叶月报

2020年3月第3期(总第3期)

## 一、产区

**表1　茶园数据**

| 茶园 | 指标 | 2019Q1 | 2019Q2 | 2019Q3 |
|---|---|---|---|---|
| 云雾茶园 | 产量（吨） | 10 | 20 | 25 |
| 云雾茶园 | 销售额（万元） | 30 | 70 | 90 |
| 石门茶园 | 产量（吨） | 4 | 5 | 8 |
| 石门茶园 | 销售额（万元） | 11 | 14 | 26 |
"""


@pytest.fixture(scope="module")
def tea(tmp_path_factory):
    """The words that name the corpus and the index of the made-up report."""
    folder = tmp_path_factory.mktemp("tea")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "2020-03-issue-03.md").write_text(REPORT, encoding="utf-8")
    places = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    assert main(["index", *places]) == 0
    return places


@pytest.fixture
def chat(tea, capfd, monkeypatch):
    """Runs the command with lines on stdin: exit code, stdout, stderr."""

    def run(*words, stdin):
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        code = main(["chat", *words, *tea])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


def answers(out):
    return [json.loads(line) for line in out.splitlines()]


def test_json_is_one_answer_a_line_and_follow_ups_are_completed(chat):
    code, out, err = chat("--format", "json", stdin="云雾茶园2019Q2产量是多少？\n石门茶园呢？\n环比呢？\n")
    first, second, third = answers(out)
    assert (code, err) == (0, "")
    assert (first["value"], second["value"], third["value"]) == (20, 5, 25)
    assert first["context"] == []
    assert second["context"] == ["期间：2019Q2（承上）", "指标：产量（承上）", "理解为：石门茶园2019Q2产量是多少？"]
    assert third["question"] == "环比呢？"


def test_text_answers_are_laid_out_with_what_was_carried_over(chat):
    code, out, _ = chat(stdin="云雾茶园2019Q2产量是多少？\n那2019Q3呢？\n")
    assert code == 0
    assert "云雾茶园 产量 2019Q3：25吨。" in out
    assert "承接：对象：云雾茶园（承上）、指标：产量（承上）、理解为：云雾茶园2019Q3产量是多少？" in out


def test_clear_forgets_what_was_said(chat):
    code, out, err = chat("--format", "json", stdin="云雾茶园2019Q2产量是多少？\n/clear\n那2019Q3呢？\n")
    assert code == 0
    assert [a["refused"] for a in answers(out)] == [False, True]
    assert err == "What was said before is forgotten.\n"


def test_quit_leaves_the_rest_unread(chat):
    code, out, _ = chat("--format", "json", stdin="云雾茶园2019Q2产量是多少？\n/quit\n石门茶园呢？\n")
    assert code == 0
    assert len(answers(out)) == 1


def test_help_and_unknown_orders_answer_on_stderr_only(chat):
    code, out, err = chat(stdin="/help\n/dance\n")
    assert (code, out) == (0, "")
    assert "/clear  forget what was said before" in err
    assert err.endswith("cloudqa: there is no /dance; /help lists what there is.\n")


def test_blank_lines_and_a_missing_last_line_end_are_no_questions(chat):
    code, out, _ = chat("--format", "json", stdin="\ufeff\n\n云雾茶园2019Q2产量是多少？")
    assert (code, len(answers(out))) == (0, 1)


def test_a_line_that_is_no_question_has_its_own_error_and_the_rest_goes_on(chat):
    code, out, _ = chat("--format", "json", stdin="?!\n云雾茶园2019Q2产量是多少？\n")
    error, answer = answers(out)
    assert code == 0
    assert error["line"] == 1
    assert answer["value"] == 20


def test_a_line_that_is_not_utf8_is_named_and_exits_4(chat):
    code, out, err = chat("--format", "json", stdin=b"\xff\xfe\n" + "云雾茶园2019Q2产量是多少？\n".encode())
    assert (code, len(answers(out))) == (4, 1)
    assert err.startswith("cloudqa: line 1: not valid UTF-8.")


def test_an_interrupt_exits_130(chat, monkeypatch):
    from cloudqa.answering.conversation import Conversation

    def interrupted(self, question):
        raise KeyboardInterrupt

    monkeypatch.setattr(Conversation, "ask", interrupted)
    code, _, err = chat(stdin="云雾茶园2019Q2产量是多少？\n")
    assert (code, err) == (130, "cloudqa: interrupted\n")
