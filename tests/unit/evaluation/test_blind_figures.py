"""Questions for figures that were worked out by hand before any of them was run: none may be answered wrongly."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cloudqa.answering import Assistant
from cloudqa.evaluation import answer_lines, load_questions
from cloudqa.settings import Settings

LEAST_RIGHT_ON_THE_REPORT = 0.90
LEAST_RIGHT_ON_MADE_UP_REPORTS = 0.82


def judged(folder: Path, reports: list[Path], questions: Path, scorer: Path) -> dict:
    """The scorer's verdicts on the answers to a file of questions over some reports."""
    (folder / "corpus").mkdir(parents=True)
    for report in reports:
        shutil.copy(report, folder / "corpus")
    assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
    lines = answer_lines(assistant, load_questions(questions))
    (folder / "answers.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    words = [sys.executable, scorer, questions, folder / "answers.jsonl", "--json", folder / "verdicts.json"]
    subprocess.run(words, check=True, capture_output=True)
    return json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def of_report(tmp_path_factory, report_path, gold_path) -> dict:
    """Verdicts on the further questions about the real report."""
    folder = tmp_path_factory.mktemp("more") / "report"
    return judged(folder, [report_path], gold_path.with_name("more.jsonl"), gold_path.with_name("score.py"))


@pytest.fixture(scope="module")
def of_made_up(tmp_path_factory, repository, gold_path) -> dict:
    """Verdicts on the questions about made-up reports of a port, a hospital and schools."""
    data = repository / "tests" / "data" / "made_up_figures"
    folder = tmp_path_factory.mktemp("more") / "made-up"
    return judged(folder, sorted(data.glob("*.md")), data / "questions.jsonl", gold_path.with_name("score.py"))


def share_right(verdicts: dict) -> float:
    return sum(item["ok"] for item in verdicts["items"]) / len(verdicts["items"])


def test_no_made_up_value_on_the_report(of_report):
    assert of_report["counts"].get("fabricated", 0) == 0


def test_no_wrong_value_on_the_report(of_report):
    wrong = [i["id"] for i in of_report["items"] if i["kind"] == "wrong-number" and i["why"].startswith("value")]
    assert wrong == []


def test_enough_right_on_the_report(of_report):
    assert share_right(of_report) >= LEAST_RIGHT_ON_THE_REPORT


def test_no_wrong_and_no_made_up_value_on_made_up_reports(of_made_up):
    wrong = [i["id"] for i in of_made_up["items"] if i["kind"] == "wrong-number"]
    assert wrong == []
    assert of_made_up["counts"].get("fabricated", 0) == 0


def test_enough_right_on_made_up_reports(of_made_up):
    assert share_right(of_made_up) >= LEAST_RIGHT_ON_MADE_UP_REPORTS
