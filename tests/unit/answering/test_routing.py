"""Who has the last word: the facts or the text."""

from decimal import Decimal

import pytest

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.routing import Route, route
from cloudqa.questions.asking import read_asking


def answered(kind, value=None):
    return Answer(question="？", answer="…", kind=kind, value=value, refused=kind is AnswerKind.REFUSAL)


@pytest.mark.parametrize(
    ("question", "kind", "expected"),
    [
        ("小麦产量是多少？", AnswerKind.NUMBER, Route.FIGURES),
        ("小麦产量", AnswerKind.NUMBER, Route.FIGURES),
        ("谁种的小麦产量高？", AnswerKind.NUMBER, Route.TEXT),
        ("为什么小麦产量下降？", AnswerKind.NUMBER, Route.TEXT),
        ("为什么小麦产量下降？", AnswerKind.CORRECTION, Route.FIGURES),
        ("哪个县的产量最高？", AnswerKind.RANKING, Route.FIGURES),
        ("各年产量列出来", AnswerKind.SERIES, Route.FIGURES),
        ("新粮库建在哪里？", AnswerKind.SERIES, Route.TEXT),
        ("哪一年投产，投资多少？", AnswerKind.NUMBER, Route.FIGURES),
        ("小麦产量是多少？", AnswerKind.REFUSAL, Route.TEXT),
    ],
)
def test_route(question, kind, expected):
    value = Decimal(1) if kind is AnswerKind.NUMBER else None
    assert route(read_asking(question), answered(kind, value)) is expected
