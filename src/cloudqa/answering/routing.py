"""Whether the facts or the text have the last word on a question."""

from __future__ import annotations

from enum import StrEnum

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.questions.asking import Asked, Asking

_IN_WORDS = (
    Asked.PERSON,
    Asked.TIME,
    Asked.PLACE,
    Asked.NAME,
    Asked.WHICH,
    Asked.DEFINITION,
    Asked.REASON,
    Asked.MANNER,
    Asked.LIST,
    Asked.TASK,
)
"""What no bare figure answers."""


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
    if figures.kind is AnswerKind.NUMBER and asking.asks(*_IN_WORDS) and not asking.asks(Asked.NUMBER):
        return Route.TEXT
    return Route.FIGURES
