"""Answers in words over three made-up issues of other fields: health and energy as OCR gives them, traffic in Markdown.

The questions lie beside the issues, each with the words that its answer must hold (alternatives joined by |), the
figure it must give, or that it must be refused.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from cloudqa.answering import Assistant
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

MADE_UP = Path(__file__).parents[2] / "data" / "made_up"
QUESTIONS = [json.loads(line) for line in (MADE_UP / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An assistant over the three issues."""
    settings = Settings(corpus=MADE_UP, index=tmp_path_factory.mktemp("made_up") / "index")
    rebuild(settings)
    return Assistant.open(settings)


def said(question):
    return [pytest.param(q, id=q["id"]) for q in QUESTIONS if question in q]


@pytest.mark.parametrize("question", said("has"))
def test_the_answer_has_the_words(archive, question):
    answer = archive.ask(question["q"])
    assert not answer.refused, answer.answer
    for words in question["has"]:
        assert any(word in answer.answer for word in words.split("|")), answer.answer
    for word in question.get("not", []):
        assert word not in answer.answer
    assert len(answer.answer) <= 400
    assert 1 <= len(answer.citations) <= 5
    for citation in answer.citations:
        assert archive.sources.text_of(citation.report)[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", said("value"))
def test_the_figure_is_given(archive, question):
    assert archive.ask(question["q"]).value == Decimal(question["value"])


@pytest.mark.parametrize("question", said("refuse"))
def test_what_is_not_there_is_refused(archive, question):
    answer = archive.ask(question["q"])
    assert answer.refused, answer.answer
    assert answer.value is None
    assert answer.missing
