"""Whether the facts or the text have the last word on a question."""

from __future__ import annotations

import re
from enum import StrEnum

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.language import normal_text
from cloudqa.quantities import Dimension, find_unit
from cloudqa.questions.asking import Asked, Asking

_WHAT = re.compile("了什么|了啥|什么$|哪些|有(?:什么|啥|何)")
_DURATION = re.compile("多长时间|多久|多少个?(?:天|月|年|小时|分钟|秒)|几(?:天|个月|年|个?小时|分钟|秒)|how long")
_CHANGES = re.compile(r"变化|变动|\bhow (?:did|has|have)\b")
_STATE = re.compile(
    "(?:如何|怎样|怎么样)的?[?。!呢]*$|(?:如何|怎么|怎样)(?:变化|变动)|变化(?:如何|怎样|怎么样)"
    r"|\bhow (?:did|has|have)\b.*\b(?:chang|grow|develop|evolv|ris|fall|fell)"
)

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
    say. A bare figure is no answer to who, where, why, which, what or whether, not even where a figure is asked for
    besides; a ranking that shares no word with the question ranks something else.
    """
    if figures.refused:
        return Route.TEXT
    if figures.kind is AnswerKind.RANKING:
        meant = asking.asks(Asked.NUMBER) or asking.english  # an English question shares no words with a Chinese table
        return Route.FIGURES if meant or _shares_words(asking, figures) else Route.TEXT
    if _other_dimension(asking, figures):
        return Route.TEXT
    if asking.asks(Asked.NUMBER):
        bare = figures.kind is AnswerKind.NUMBER and figures.working is None
        two_parts = bare and asking.asks(Asked.PERSON, Asked.PLACE, Asked.NAME)
        return Route.TEXT if two_parts else Route.FIGURES
    if figures.kind is AnswerKind.NUMBER and figures.working is not None and not asking.asks(*_IN_WORDS):
        return Route.FIGURES
    unfit = {AnswerKind.NUMBER: _BY_NAME | {Asked.YES_NO}, AnswerKind.SERIES: _IN_WORDS}.get(figures.kind, frozenset())
    bare = figures.kind is AnswerKind.NUMBER and figures.working is None
    if _STATE.search(asking.text) and not (bare and _CHANGES.search(asking.text)):
        unfit -= {Asked.MANNER}  # 利润情况如何 asks what it is, not how something is done
    what = figures.kind is AnswerKind.NUMBER and _WHAT.search(asking.text) is not None
    return Route.TEXT if what or asking.asks(*unfit) else Route.FIGURES


def _other_dimension(asking: Asking, figures: Answer) -> bool:
    """Whether a time is asked for and the figure is none."""
    if not _DURATION.search(asking.text) or figures.kind is not AnswerKind.NUMBER:
        return False
    unit = find_unit(figures.unit or "")
    return unit is None or unit.dimension not in (Dimension.DURATION, Dimension.CALENDAR)


def _shares_words(asking: Asking, figures: Answer) -> bool:
    """Whether an answer or what it cites has a word of the question, grammar left out."""
    said = normal_text(" ".join((figures.answer, *(q for c in figures.citations for q in (*c.section, c.quote)))))
    text, weights = asking.text, asking.weights
    pairs = ((text[i : i + 2], weights[i : i + 2]) for i in range(len(text) - 1))
    return any(pair in said and max(weight) >= 1.0 and min(weight) > 0.0 for pair, weight in pairs)
