"""When the archive does not contain what is asked, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.evidence import Evidence
from cloudqa.answering.matching import Matcher
from cloudqa.questions.asking import Asked

_EXACT = (Asked.NUMBER, Asked.PERSON, Asked.TIME, Asked.PLACE, Asked.WHICH, Asked.NAME)
_ENOUGH_EXACT, _ENOUGH = 0.5, 0.3
_SIMILAR = 0.45  # a cosine from which a sentence may answer in quite other words
_YEAR = re.compile(r"(?:19|20)\d\d")


def why_refuse(matcher: Matcher, ranked: Sequence[Evidence]) -> tuple[str, ...] | None:
    """What the archive lacks to answer, in the question's words; () where nothing in particular; None to answer."""
    if not ranked:
        return matcher.missing(matcher.coverage([0.0] * len(matcher.tokens)))
    unknown = _unknown_names(matcher, ranked)
    if unknown:
        return unknown
    best = max(ranked[:5], key=lambda e: e.wide.share)
    enough = _ENOUGH_EXACT if matcher.asking.asks(*_EXACT) else _ENOUGH
    if best.wide.share < enough and max(e.similarity for e in ranked[:5]) < _SIMILAR:
        return matcher.missing(best.wide)
    return None


def _unknown_names(matcher: Matcher, ranked: Sequence[Evidence]) -> tuple[str, ...]:
    """Names in Latin letters and years that none of the best sentences has in or around it."""
    lacking: list[str] = []
    for i, token in enumerate(matcher.tokens):
        named = not token.pairs and matcher.asking.weights[token.start] >= 1.0
        exact = named and (_YEAR.fullmatch(token.text) or (token.text.isalpha() and not matcher.asking.english))
        if exact and all(e.wide.credits[i] < 0.5 for e in ranked[:5]):
            lacking.append(matcher.asking.text[token.start : token.end])
    return tuple(dict.fromkeys(lacking))


def refusal(
    question: str, missing: tuple[str, ...], why: str, english: bool, closest: tuple[Citation, ...] = ()
) -> Answer:
    """A refusal in plain words, naming what is missing and what comes closest."""
    if not why:
        names = ("、" if not english else ", ").join(f"“{m}”" for m in missing[:3])
        if english:
            why = f"The archive says nothing about {names}." if names else "The archive does not answer this."
        else:
            why = f"资料中没有关于{names}的内容，无法回答。" if names else "资料中没有可以回答这个问题的内容。"
    return Answer(
        question=question,
        answer=why,
        kind=AnswerKind.REFUSAL,
        refused=True,
        missing=missing,
        alternatives=tuple(c.quote for c in closest),
    )
