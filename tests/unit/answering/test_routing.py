"""Who has the last word: the facts or the text."""

from decimal import Decimal

import pytest

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.routing import Route, route
from cloudqa.questions.asking import read_asking


def answered(kind, value=None):
    return Answer(
        question="？", answer="北湾县（产量）：12万吨", kind=kind, value=value, refused=kind is AnswerKind.REFUSAL
    )


@pytest.mark.parametrize(
    ("question", "kind", "expected"),
    [
        ("小麦产量是多少？", AnswerKind.NUMBER, Route.FIGURES),
        ("小麦产量", AnswerKind.NUMBER, Route.FIGURES),
        ("谁种的小麦产量高？", AnswerKind.NUMBER, Route.TEXT),
        ("为什么小麦产量下降？", AnswerKind.NUMBER, Route.TEXT),
        ("为什么小麦产量下降？", AnswerKind.CORRECTION, Route.FIGURES),
        ("哪个县的产量最高？", AnswerKind.RANKING, Route.FIGURES),
        ("谁的种子发芽最快？", AnswerKind.RANKING, Route.TEXT),
        ("单车能放在医院门口吗？", AnswerKind.NUMBER, Route.TEXT),
        ("局长承诺了什么？", AnswerKind.NUMBER, Route.TEXT),
        ("小麦产量会怎么变化？", AnswerKind.NUMBER, Route.TEXT),  # one bare figure is no change
        ("小麦产量怎么变化？", AnswerKind.SERIES, Route.FIGURES),
        ("小麦产量情况如何？", AnswerKind.NUMBER, Route.FIGURES),
        ("粮库由谁投资，多少钱？", AnswerKind.NUMBER, Route.TEXT),
        ("各年产量列出来", AnswerKind.SERIES, Route.FIGURES),
        ("新粮库建在哪里？", AnswerKind.SERIES, Route.TEXT),
        ("哪一年投产，投资多少？", AnswerKind.NUMBER, Route.FIGURES),
        ("小麦产量是多少？", AnswerKind.REFUSAL, Route.TEXT),
        ("各年产量情况如何？", AnswerKind.SERIES, Route.FIGURES),
        ("各年产量各是怎样的？", AnswerKind.SERIES, Route.FIGURES),
        ("如何提高各年产量？", AnswerKind.SERIES, Route.TEXT),
    ],
)
def test_route(question, kind, expected):
    value = Decimal(1) if kind is AnswerKind.NUMBER else None
    assert route(read_asking(question), answered(kind, value)) is expected
