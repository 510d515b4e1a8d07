"""The conversations written from the users' side: at least nine turns in ten right, no wrong number."""

import importlib.util
import json
from pathlib import Path

import pytest

from cloudqa.answering.conversation import Conversation

DATA = Path(__file__).parents[3] / "data" / "conversations"
LEAST_RIGHT = 0.9


def _scorer():
    spec = importlib.util.spec_from_file_location("score_conversations", DATA / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fitted", "blind"])
def test_at_least_nine_turns_in_ten_are_right_and_no_number_is_wrong(talking_archives, name):
    score = _scorer()
    conversations = score.read(DATA / f"{name}.jsonl")
    answers = []
    for conversation in conversations:
        talk = Conversation(talking_archives[conversation["corpus"]])
        answers.extend(json.loads(talk.ask(turn["question"]).to_json()) for turn in conversation["turns"])
    turns = score.score(conversations, answers)
    assert [t[:2] for t in turns if t[3]] == []
    assert sum(t[2] for t in turns) >= LEAST_RIGHT * len(turns), [t[:2] for t in turns if not t[2]]
