"""Whether the facts or the text have the last word on a question."""

from __future__ import annotations

from enum import StrEnum

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.questions.asking import Asked, Asking

_IN_WORDS = frozenset({Asked.PERSON, Asked.PLACE, Asked.NAME, Asked.DEFINITION, Asked.REASON, Asked.MANNER, Asked.TASK})
"""What neither a figure nor a row of figures answers."""

_BY_NAME = _IN_WORDS | {Asked.TIME, Asked.WHICH, Asked.LIST}
"""What no single figure answers, though a ranking or a series may."""


class Route(StrEnum):
    """Who answers."""

    FIGURES = "figures"
    TEXT = "text"


def route(asking: Asking, figures: Answer) -> Route:
    """Who answers a question that the facts have something to say to.

    A refusal of the facts leaves the text its chance: it may say in words what no table or clause was understood to
    say. A bare figure is no answer to who, where, why or which.
    """
    if figures.refused:
        return Route.TEXT
    if asking.asks(Asked.NUMBER):
        return Route.FIGURES
    unfit = {AnswerKind.NUMBER: _BY_NAME, AnswerKind.SERIES: _IN_WORDS}.get(figures.kind, frozenset())
    return Route.TEXT if asking.asks(*unfit) else Route.FIGURES
