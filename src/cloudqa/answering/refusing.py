"""When the archive does not contain what is asked, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.evidence import Evidence
from cloudqa.answering.matching import Coverage, Matcher
from cloudqa.language import normal_text
from cloudqa.questions.asking import Asked

_EXACT = (Asked.NUMBER, Asked.PERSON, Asked.TIME, Asked.PLACE, Asked.WHICH, Asked.NAME)
_ENOUGH_EXACT = 0.6
"""What a sentence and its surroundings must cover of a question for one thing, unless it is similar as a whole."""

_ENOUGH_ENGLISH = 0.7
"""The same for a question in English, whose names weigh more because little else of it is met."""

_ENOUGH = 0.4
"""What coverage and similarity must add up to where an explanation is asked for."""

_PLAIN_EXACT = 0.62
"""The same for one thing asked for in other words than the archive's."""

_SAME_QUESTION = 0.6
"""Coverage of the rest from which one unknown word makes it a question about something else."""

_PARAPHRASE = 0.42
"""Coverage below which what is said is only near the question."""

NEAR = "资料中没有逐字对应的说法，以上是最相关的原文。"
NEAR_ENGLISH = "The reports do not say this in so many words; these are the closest passages."


def with_names(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that has, in it or around it, every name in Latin letters that the question uses."""
    return [e for e in ranked if not _lacking(matcher, e.wide)]


def why_refuse(matcher: Matcher, ranked: Sequence[Evidence], named: Sequence[Evidence]) -> tuple[str, ...] | None:
    """What the archive lacks to answer, in the question's words; () where nothing in particular; None to answer.

    Args:
        matcher: The question.
        ranked: All evidence, best first.
        named: Of it, what has the question's names.
    """
    if not named:
        first = ranked[0].wide if ranked else matcher.coverage([0.0] * len(matcher.tokens))
        return _lacking(matcher, first) or matcher.missing(first)
    if matcher.asking.kind and not any(_says_kind(matcher, e) for e in named[:5]):
        return (matcher.asking.kind,)
    best = max(named[:5], key=lambda e: e.wide.share)
    similarity = max(e.similarity for e in named[:5])
    unknown = matcher.unknown(best.wide)
    if unknown and best.wide.share >= _SAME_QUESTION:
        return unknown
    if matcher.asking.asks(*_EXACT):
        needed = _ENOUGH_ENGLISH if matcher.asking.english else _ENOUGH_EXACT
        enough = best.wide.share >= needed or (best.wide.share + similarity >= _PLAIN_EXACT and not unknown)
    else:
        enough = best.wide.share + similarity >= _ENOUGH
    return None if enough else (unknown or matcher.missing(best.wide))


def is_near(matcher: Matcher, evidence: Evidence) -> bool:
    """Whether the best sentence meets so little of the question that it only comes near it."""
    return evidence.wide.share < _PARAPHRASE


def _says_kind(matcher: Matcher, evidence: Evidence) -> bool:
    """Whether the text says one of the kind asked for by a name that the question does not itself use."""
    kind, question = matcher.asking.kind, matcher.asking.text
    text = normal_text(evidence.text)
    return any(text[max(0, m.start() - 2) : m.end()] not in question for m in re.finditer(re.escape(kind), text))


def _lacking(matcher: Matcher, coverage: Coverage) -> tuple[str, ...]:
    """The Latin names of the question that are not met."""
    return tuple(
        dict.fromkeys(
            token.text
            for token, credit in zip(matcher.tokens, coverage.credits, strict=True)
            if token.text in matcher.asking.names and len(token.text) > 1 and credit < 0.5
        )
    )


def refusal(
    question: str, missing: tuple[str, ...], why: str, english: bool, closest: tuple[Citation, ...] = ()
) -> Answer:
    """A refusal in plain words, naming what is missing and what comes closest.

    Where nothing in particular is missing, ``missing`` is empty and the caller names the question's subject.
    """
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
