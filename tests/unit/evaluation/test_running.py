"""Running a set of questions, and whether what is cited is there."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.errors import UsageError
from cloudqa.evaluation import GoldQuestion, answer_lines, load_questions, unresolved

SOURCE = "一\n二三四\n"


def cited(**changes) -> Citation:
    fields = {"report": "r", "quote": "三四", "start": 3, "end": 5, "line": 2}
    return Citation(**{**fields, **changes})


class Echo:
    def ask(self, question):
        return Answer(question=question, answer=question, kind=AnswerKind.NUMBER, value=Decimal("1.50"))


def test_the_gold_set_is_read_in_order(gold_path):
    questions = load_questions(gold_path)
    assert questions[0] == GoldQuestion("num-001", "2017Q3阿里云的云收入是多少？", "numeric-lookup")
    assert len({question.id for question in questions}) == 201


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"question": "x"}'])
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": 1, "question": "x"}\n\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"set\.jsonl:3 is not an object with id and question"):
        load_questions(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.jsonl cannot be read"):
        load_questions(tmp_path / "none.jsonl")


def test_answers_carry_the_id_and_every_digit():
    (line,) = answer_lines(Echo(), [GoldQuestion("甲-1", "问")])
    assert line.startswith('{"id": "甲-1", "question": "问", ')
    assert '"value": 1.50' in line
    assert json.loads(line)["kind"] == "number"


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "二三"},
        {"start": 2},
        {"end": 6, "quote": "三四\n?"},
        {"line": 1},
        {"quote": "", "start": 3, "end": 3},
        {"start": -3, "end": -1, "quote": "三四"},
        {"start": 90, "end": 92},
    ],
)
def test_a_citation_that_does_not_hold_is_found(wrong):
    right, bad = cited(), cited(**wrong)
    assert unresolved([right, bad], {"r": SOURCE}.__getitem__) == [bad]
