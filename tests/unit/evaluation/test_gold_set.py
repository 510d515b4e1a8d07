"""The gold set of the real report through the assistant: every citation resolves, and enough answers are right."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.schema import parse_answer
from cloudqa.evaluation import answer_lines, load_questions, unresolved
from cloudqa.settings import Settings

TEXT_CATEGORIES = ("text-fact", "text-explain", "meta", "paraphrase-hard", "prose-numbers")
NUMERIC_CATEGORIES = (
    "numeric-lookup", "growth", "compare-rank", "aggregate", "cost-calculation", "prose-numbers", "english", "messy",
)  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory, report_path, gold_path) -> list[str]:
    """The JSON lines of all answers."""
    folder = tmp_path_factory.mktemp("gold")
    (folder / "corpus").mkdir()
    shutil.copy(report_path, folder / "corpus")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    return list(answer_lines(Assistant.open(settings), load_questions(gold_path)))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory, gold_path, answers) -> dict:
    """What the gold set's own scorer says."""
    folder = tmp_path_factory.mktemp("verdicts")
    (folder / "answers.jsonl").write_text("".join(line + "\n" for line in answers), encoding="utf-8")
    words = [sys.executable, gold_path.with_name("score.py"), gold_path, folder / "answers.jsonl"]
    subprocess.run([*words, "--json", folder / "verdicts.json"], check=True, capture_output=True)
    return json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))


def test_every_citation_of_every_answer_resolves(answers, report_text):
    parsed = [parse_answer(line) for line in answers]
    assert sum(len(answer.citations) for answer in parsed) > len(parsed) / 2
    bad = {answer.question: unresolved(answer.citations, lambda report: report_text) for answer in parsed}
    assert {question: citations for question, citations in bad.items() if citations} == {}
    assert {c.report for answer in parsed for c in answer.citations} == {"2017-08-issue-08"}


def test_an_answer_cites_one_to_five_places_and_a_refusal_says_what_is_missing(answers):
    for answer in map(json.loads, answers):
        if answer["refused"]:
            assert answer["missing"], answer["question"]
            assert answer["value"] is None, answer["question"]
        else:
            assert 1 <= len(answer["citations"]) <= 5, answer["question"]


def _items(verdicts: dict, *categories: str) -> list[dict]:
    return [item for item in verdicts["items"] if item["category"] in categories]


def test_enough_questions_of_the_text_route_are_answered_right(verdicts):
    items = _items(verdicts, *TEXT_CATEGORIES)
    assert sum(item["ok"] for item in items) / len(items) >= 0.72
    assert sum(item["kind"] == "false-refusal" for item in items) / len(items) <= 0.10
    answered = [item for item in items if item["evidence_hit"] is not None]
    assert sum(item["evidence_hit"] for item in answered) / len(answered) >= 0.90


def test_enough_unanswerable_questions_are_refused(verdicts):
    items = _items(verdicts, "unanswerable")
    assert sum(item["ok"] for item in items) / len(items) >= 0.80


def test_enough_questions_of_the_numeric_route_are_answered_right(verdicts):
    items = _items(verdicts, *NUMERIC_CATEGORIES)
    assert sum(item["ok"] for item in items) / len(items) >= 0.93
    assert sum(item["kind"] == "false-refusal" for item in items) / len(items) <= 0.04


def test_no_number_is_wrong(verdicts):
    assert [item["id"] for item in verdicts["items"] if item["kind"] == "wrong-number"] == []


def test_citations_prove_what_is_answered(verdicts):
    counts = verdicts["counts"]
    assert counts["ev_all"] / counts["ev_n"] >= 0.93
    assert counts["quotes_hit"] / counts["quotes"] >= 0.80
    assert counts["uncited"] == 0
