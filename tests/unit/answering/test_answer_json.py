"""The JSON of an answer shows exactly the digits of its decimals."""

import json
from decimal import Decimal

from cloudqa.answering.answer import Answer, Citation, Operand, Step, Value, Working, exact_json


def test_decimals_keep_their_digits():
    assert exact_json({"a": Decimal("41.00"), "b": [Decimal("1E+3"), None, True, "二"]}) == (
        '{"a": 41.00, "b": [1000, null, true, "二"]}'
    )


def test_every_field_of_an_answer_is_there():
    citation = Citation(report="r", quote="q", start=0, end=1, line=1)
    answer = Answer(
        question="？",
        answer="4",
        kind="number",
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
