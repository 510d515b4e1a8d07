"""The conversations written from the users' side: at least nine turns in ten right, no wrong number."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.conversation import Conversation
from cloudqa.settings import Settings

DATA = Path(__file__).parents[3] / "data" / "conversations"
LEAST_RIGHT = 0.9


def _scorer():
    spec = importlib.util.spec_from_file_location("score_conversations", DATA / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _held(score, conversations, archives):
    """The scored turns of conversations, each held anew with the archive that it names."""
    answers = []
    for conversation in conversations:
        talk = Conversation(archives[conversation["corpus"]])
        answers.extend(json.loads(talk.ask(turn["question"]).to_json()) for turn in conversation["turns"])
    return score.score(conversations, answers)


def _renamer(names):
    """Renames every organisation, product and person of a text; a Latin name only where it is a word of its own."""
    patterns = [
        rf"(?<![A-Za-z]){re.escape(n)}(?![A-Za-z])" if n.isascii() else re.escape(n)
        for n in sorted(names, key=len, reverse=True)
    ]
    pattern = re.compile("|".join(patterns))
    return lambda text: pattern.sub(lambda found: names[found.group()], text)


@pytest.mark.parametrize("name", ["fitted", "blind"])
def test_at_least_nine_turns_in_ten_are_right_and_no_number_is_wrong(talking_archives, name):
    score = _scorer()
    conversations = score.read(DATA / f"{name}.jsonl")
    turns = _held(score, conversations, talking_archives)
    assert [t[:2] for t in turns if t[3]] == []
    assert sum(t[2] for t in turns) >= LEAST_RIGHT * len(turns), [t[:2] for t in turns if not t[2]]


def test_names_make_no_difference(repository, report_text, tmp_path):
    lines = (repository / "tests" / "data" / "renamed" / "names.tsv").read_text(encoding="utf-8").splitlines()
    renamed = _renamer(dict(line.split("\t") for line in lines))
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "2017-08-issue-08.md").write_text(renamed(report_text), encoding="utf-8")
    archive = Assistant.open(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index"))
    score = _scorer()
    text = (DATA / "fitted.jsonl").read_text(encoding="utf-8")
    own = [c for c in map(json.loads, renamed(text).splitlines()) if c["corpus"] == "report"]
    turns = _held(score, own, {"report": archive})
    assert [t[:2] for t in turns if t[3]] == []
    assert sum(t[2] for t in turns) >= LEAST_RIGHT * len(turns), [t[:2] for t in turns if not t[2]]
