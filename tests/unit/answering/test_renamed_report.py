"""The real report with every organisation, product and person renamed answers as well as under its own names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from corpus_entities import entities

from cloudqa.answering import Assistant
from cloudqa.evaluation import answer_lines, load_questions
from cloudqa.settings import Settings

MOST_POINTS_LOST = 2


@pytest.fixture(scope="module")
def new_names(repository) -> dict[str, str]:
    """A made-up name of the same kind for each name, as printed, in traditional characters or mistyped."""
    lines = (repository / "tests" / "data" / "renamed" / "names.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@pytest.fixture(scope="module")
def renamed(new_names):
    """Renames a text; a Latin name only where it stands as a word of its own."""
    patterns = [
        rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
        for name in sorted(new_names, key=len, reverse=True)
    ]
    pattern = re.compile("|".join(patterns))
    return lambda text: pattern.sub(lambda found: new_names[found.group()], text)


def score(folder: Path, report: str, gold: str, scorer: Path) -> dict[str, dict]:
    """The scorer's verdict on each question, by its id."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "2017-08-issue-08.md").write_text(report, encoding="utf-8")
    (folder / "gold.jsonl").write_text(gold, encoding="utf-8")
    assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
    answers = answer_lines(assistant, load_questions(folder / "gold.jsonl"))
    (folder / "answers.jsonl").write_text("".join(f"{line}\n" for line in answers), encoding="utf-8")
    words = [sys.executable, scorer, folder / "gold.jsonl", folder / "answers.jsonl", "--json", folder / "out.json"]
    subprocess.run(words, check=True, capture_output=True)
    items = json.loads((folder / "out.json").read_text(encoding="utf-8"))["items"]
    return {item["id"]: item for item in items}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory, report_text, gold_path, renamed) -> tuple[dict[str, dict], dict[str, dict]]:
    """Verdicts under the report's own names and under the new ones."""
    folder = tmp_path_factory.mktemp("renamed")
    gold, scorer = gold_path.read_text(encoding="utf-8"), gold_path.with_name("score.py")
    own = score(folder / "own", report_text, gold, scorer)
    new = score(folder / "new", renamed(report_text), renamed(gold), scorer)
    shutil.rmtree(folder)
    return own, new


def test_every_name_that_the_report_prints_is_renamed(report_text, renamed):
    names = entities(report_text)
    assert len(names) > 50
    assert sorted(name for name in names if name in entities(renamed(report_text))) == []


def test_no_two_names_become_one_and_no_new_name_is_in_the_report(report_text, new_names):
    printed = {name: new for name, new in new_names.items() if name in report_text and not name.isascii()}
    assert [new for new, times in Counter(printed.values()).items() if times > 1] == []
    assert [new for new in new_names.values() if new in report_text] == []


def test_the_questions_name_nothing_of_the_report_by_its_own_name(gold_path, report_text, renamed):
    names = {name for name in entities(report_text) if not name.isascii()}
    questions = [renamed(question.text) for question in load_questions(gold_path)]
    assert [question for question in questions if any(name in question for name in names)] == []


def test_the_renamed_report_is_answered_as_well(verdicts):
    own, new = verdicts
    assert own.keys() == new.keys()
    right_before, right_after = (sum(item["ok"] for item in items.values()) for items in verdicts)
    lost = sorted(key for key, item in own.items() if item["ok"] and not new[key]["ok"])
    points_lost = 100 * (right_before - right_after) / len(own)
    assert points_lost <= MOST_POINTS_LOST, f"{right_before} right before, {right_after} after; lost: {lost}"


def test_the_renamed_report_gives_no_more_wrong_numbers(verdicts):
    before, after = ({key for key, item in items.items() if item["kind"] == "wrong-number"} for items in verdicts)
    assert sorted(after - before) == []
