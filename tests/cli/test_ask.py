"""``cloudqa ask`` over a scripted archive: bytes of the output, exit codes, one line for wrong use."""

from __future__ import annotations

import json

import pytest

TEXT_ANSWER = """增长310%。

计算：(41.00 − 10.00) ÷ 10.00 = 310%
注意：只有一个季度。

[1] “本季度收入为41.00亿元”
    试刊 2017年第1期 › 一、数据
    made-up-01:32-45  第5行
"""


def test_text_answer_is_printed_with_working_caveat_and_place(cloudqa_run):
    outcome = cloudqa_run("ask", "收入增长多少")
    assert outcome.out == TEXT_ANSWER
    assert outcome.code == 0
    assert outcome.err == "index: reading 1/2 a.md\n"


def test_json_answer_keeps_every_digit(cloudqa_run):
    outcome = cloudqa_run("ask", "收入增长多少", "--format", "json")
    assert '"value": 310.00, "unit": "%"' in outcome.out
    assert outcome.out.count("\n") == 1
    answer = json.loads(outcome.out)
    assert list(answer) == [
        "question", "answer", "kind", "refused", "missing", "value", "unit", "values", "working", "caveats",
        "alternatives", "context", "citations",
    ]  # fmt: skip
    assert answer["kind"] == "number"
    assert answer["citations"][0]["quote"] == "本季度收入为41.00亿元"


def test_refusal_names_what_is_missing_and_exits_1(cloudqa_run):
    outcome = cloudqa_run("ask", "乙公司收入")
    assert outcome.code == 1
    assert outcome.out == "档案里没有乙公司的收入。\n\n缺少：乙公司的收入\n相近：有甲公司的收入。\n"


def test_labels_are_english_for_an_english_question(cloudqa_run):
    assert "made-up-01:32-45  line 5  page 3" in cloudqa_run("ask", "hostile").out


def test_control_characters_never_reach_the_terminal(cloudqa_run):
    assert cloudqa_run("ask", "hostile").out.startswith("a[31mred2Jb\n\n[1] “x]0;ty”\n")
    as_json = cloudqa_run("ask", "hostile", "--format", "json").out
    assert not set("\x1b\x9b\u202e\x07") & set(as_json)
    assert json.loads(as_json)["answer"] == "a\x1b[31mred\x9b2J\u202eb"


@pytest.mark.parametrize("words", [("ask", "-"), ("ask", "--", "-")])
def test_question_from_stdin_is_the_question_of_the_argument(cloudqa_run, words):
    assert cloudqa_run(*words, stdin="\ufeff收入增长多少\n".encode()).out == TEXT_ANSWER


def test_words_without_quotes_are_one_question(cloudqa_run):
    outcome = cloudqa_run("ask", "no", "such", "question")
    assert "KeyError: 'no such question'" in outcome.err
    assert outcome.code == 3


def test_explain_goes_to_stderr(cloudqa_run):
    outcome = cloudqa_run("ask", "收入增长多少", "--explain")
    assert outcome.out == TEXT_ANSWER
    why = "score 1.500: bm25 +1.25, coverage +0.50, pieces +0.25, dense 0.60 × (passage -0.25, sentence +0.75)"
    assert f"{why}; 50% of the terms: 收入 增长" in outcome.err


def test_timings_go_to_stderr(cloudqa_run):
    outcome = cloudqa_run("ask", "收入增长多少", "--timings")
    assert outcome.out == TEXT_ANSWER
    assert outcome.err.splitlines()[-1].startswith("timings: open ")


@pytest.mark.parametrize(
    ("words", "stdin", "code", "message"),
    [
        (["ask"], b"", 2, "cloudqa: No question was given. See 'cloudqa ask --help'."),
        (["ask", ""], b"", 2, 'cloudqa: The question is empty. Ask for example: cloudqa ask "本期的主编是谁？"'),
        (["ask", " \u3000\u200b"], b"", 2, "cloudqa: The question is empty."),
        (["ask", "-"], b"\n", 2, "cloudqa: The question is empty."),
        (["ask", "长" * 2001], b"", 2, "cloudqa: The question is too long: more than 2000 characters."),
        (["ask", "-"], b"q" * 100_000, 2, "cloudqa: The question is too long: more than 2000 characters."),
        (["ask", "-"], b"ok \xff", 2, "cloudqa: Standard input is not valid UTF-8 (byte 4)."),
        (["ask", "\udcff"], b"", 2, "cloudqa: The question is not valid UTF-8."),
        (["ask", "问", "--batch", "-"], b"", 2, "cloudqa: Both a question and --batch were given."),
        (["ask", "--batch", "no-such-file"], b"", 2, "cloudqa: The batch no-such-file cannot be read: No such file"),
        (["ask", "问", "--top-k", "0"], b"", 2, "cloudqa: Argument --top-k: '0' is not a number from 1 to 100."),
        (["ask", "问", "--form", "json"], b"", 2, "cloudqa: Unrecognized arguments: --form"),
        (["frobnicate"], b"", 2, "cloudqa: Argument COMMAND: invalid choice: 'frobnicate'"),
        (["ask", "interrupt"], b"", 130, "cloudqa: interrupted"),
    ],
)
def test_wrong_use_gives_one_line_and_its_code(cloudqa_run, words, stdin, code, message):
    outcome = cloudqa_run(*words, stdin=stdin)
    assert outcome.code == code
    assert outcome.out == ""
    last = outcome.err.removeprefix("index: reading 1/2 a.md\n")
    assert last.startswith(message)
    assert last.count("\n") == 1


def test_longest_question_is_taken(cloudqa_run):
    assert "KeyError" in cloudqa_run("ask", "长" * 2000).err


@pytest.mark.parametrize(("words", "start"), [(["--help"], "usage: cloudqa"), (["--version"], "cloudqa 0.")])
def test_help_and_version_go_to_stdout(cloudqa_run, words, start):
    outcome = cloudqa_run(*words)
    assert outcome.code == 0
    assert outcome.out.startswith(start)
    assert outcome.err == ""


def test_without_a_command_and_a_terminal_the_help_is_printed(cloudqa_run):
    outcome = cloudqa_run()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: cloudqa [-h] [--version] COMMAND ...")
