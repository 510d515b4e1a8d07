"""The JSON of an answer shows exactly the digits of its decimals."""

import json
from dataclasses import fields
from decimal import Decimal

import pytest

from cloudqa.answering.answer import Answer, AnswerKind, Citation, Operand, Step, Value, Working, exact_json
from cloudqa.answering.schema import answer_schema, parse_answer
from cloudqa.errors import UsageError


def test_decimals_keep_their_digits():
    assert exact_json({"a": Decimal("41.00"), "b": [Decimal("1E+3"), None, True, "二"]}) == (
        '{"a": 41.00, "b": [1000, null, true, "二"]}'
    )


def test_every_field_of_an_answer_is_there():
    citation = Citation(report="r", quote="q", start=0, end=1, line=1)
    answer = Answer(
        question="？",
        answer="4",
        kind=AnswerKind.NUMBER,
        value=Decimal("4.10"),
        unit="%",
        values=(Value(label="甲", value=Decimal("0.50"), unit="元"), Value(label="乙", value="无")),
        working=Working(
            formula="2 + 2.10 = 4.10",
            steps=(Step(op="+", operands=(Operand(value=Decimal(2), citation=0),), result=Decimal("4.10")),),
        ),
        citations=(citation,),
    )
    plain = json.loads(answer.to_json())
    assert '"value": 4.10' in answer.to_json()
    assert '"value": 0.50' in answer.to_json()
    assert plain["kind"] == "number"
    assert plain["refused"] is False
    assert plain["citations"][0] == {
        "report": "r",
        "issue": "",
        "section": [],
        "quote": "q",
        "start": 0,
        "end": 1,
        "line": 1,
        "page": None,
        "table": None,
        "row": None,
        "column": None,
    }


def test_an_answer_comes_back_as_it_went_out():
    citation = Citation(report="r", quote="q", start=0, end=1, line=1, section=("一、", "甲"))
    answer = Answer(question="？", answer="4", kind=AnswerKind.NUMBER, value=Decimal("4.10"), citations=(citation,))
    assert parse_answer(answer.to_json()) == answer
    assert str(parse_answer(answer.to_json()).value) == "4.10"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "not JSON"),
        ('{"question": "？"}', "answer"),
        ('{"question": "？", "answer": "4", "kind": "guess"}', "kind"),
        ('{"question": "？", "answer": "4", "kind": "text", "sure": 1}', "sure"),
    ],
)
def test_what_is_no_answer_is_named(line, named):
    with pytest.raises(UsageError, match=named):
        parse_answer(line)


def test_the_schema_names_every_field():
    assert set(answer_schema()["properties"]) == {field.name for field in fields(Answer)}
