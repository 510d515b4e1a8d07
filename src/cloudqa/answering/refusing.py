"""When the archive does not contain what is asked, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.evidence import Evidence
from cloudqa.answering.matching import Coverage, Matcher
from cloudqa.answering.timing import ordinals_unsaid, other_time, time_unsaid, years_asked
from cloudqa.language import normal_text
from cloudqa.questions.asking import Asked

_EXACT = (Asked.NUMBER, Asked.PERSON, Asked.TIME, Asked.PLACE, Asked.WHICH, Asked.NAME)
_SIMILAR, _UNHEARD = 0.73, 0.33
"""What similarity, and words that the archive never uses, weigh beside coverage.

Fitted, like the limits below, on questions over encyclopedia passages: own passage in the archive or taken out of it.
"""

_ENOUGH_EXACT = 0.8
_ENOUGH_ENGLISH, _NAMED_ENGLISH = 0.9, 0.7
_ENOUGH_LOOSE = 0.15
_ENOUGH_DEFINITION = 0.5
"""What coverage, similarity and unheard words must add up to, by the sort of question.

In English, where little but names is met in a Chinese text, coverage alone may do."""

_SAME_QUESTION = 0.6
"""Coverage of the rest from which one unknown word makes it a question about something else."""

_PARAPHRASE, _PARAPHRASE_REASON = 0.42, 0.6
"""Coverage below which what is said is only near the question; one for a reason takes something for true."""

_ROLE = re.compile(
    r"((?:(?!的)[^\W\x00-\xff]){0,3}[长理席人编员师记监裁任授])"
    r"(?=[又都]?(?:到底|究竟)?是(?:谁|哪位|哪个人|什么人)|叫什么|姓什么|[?]?$)"
)

_AS_WELL = 0.85
"""Coverage of the best sentence of the right year, beside that of the best one of another."""

_MOST_SAID = 40
"""Characters of a missing thing that a refusal repeats."""

NEAR = "资料中没有逐字对应的说法，以上是最相关的原文。"
NEAR_ENGLISH = "The reports do not say this in so many words; these are the closest passages."


def with_names(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that has, in it or around it, every name in Latin letters that the question uses, and its year.

    Chinese within an English question is a name too, or a term that its asker took from the reports.
    """
    named = [e for e in ranked if not _lacking(matcher, e.wide) and not other_time(matcher.asking, e)]
    return [e for e in named if _says_chinese(matcher, e.wide)] if matcher.asking.english else named


def _says_chinese(matcher: Matcher, coverage: Coverage) -> bool:
    """Whether at least half of the Chinese characters of the question are met; True where it has none."""
    credits = [c for token, c in zip(matcher.tokens, coverage.credits, strict=True) if token.pairs]
    return not credits or sum(credits) >= len(credits) / 2


def why_refuse(matcher: Matcher, ranked: Sequence[Evidence], named: Sequence[Evidence]) -> tuple[str, ...] | None:
    """What the archive lacks to answer, in the question's words; () where nothing in particular; None to answer.

    Args:
        matcher: The question.
        ranked: All evidence, best first.
        named: Of it, what has the question's names.
    """
    if not named:
        first = ranked[0].wide if ranked else matcher.coverage([0.0] * len(matcher.tokens))
        return _lacking(matcher, first) or years_asked(matcher.asking) or matcher.missing(first)
    if _of_another_year(matcher, ranked, named):
        return years_asked(matcher.asking)
    unsaid = ordinals_unsaid(matcher.asking, named[:5]) or time_unsaid(matcher.asking, named[:5])
    if unsaid:
        return unsaid
    if matcher.asking.kind and not any(_says_kind(matcher, e) for e in named[:5]):
        return (matcher.asking.kind,)
    best = max(named[:5], key=lambda e: e.wide.share)
    unknown = matcher.unknown(best.wide)
    if best.wide.share >= _SAME_QUESTION and any(_is_other(matcher, stretch) for stretch in unknown):
        return unknown
    role = _role_not_met(matcher, named[:5])
    if role:
        return (role,)
    return None if _meets(matcher, best.wide.share, named[:5]) else (unknown or matcher.missing(best.wide))


def _of_another_year(matcher: Matcher, ranked: Sequence[Evidence], named: Sequence[Evidence]) -> bool:
    """Whether a sentence of another year covers the question far better than any of the year asked about."""
    left_out = [e.wide.share for e in ranked[:5] if other_time(matcher.asking, e)]
    return bool(left_out) and max(e.wide.share for e in named[:5]) < _AS_WELL * max(left_out)


def _is_other(matcher: Matcher, stretch: str) -> bool:
    """Whether an unknown stretch makes it a question about something else.

    Where one thing or a reason is asked for every word counts; in an open question it may be a turn of speech.
    """
    return matcher.asking.asks(*_EXACT, Asked.REASON) or matcher.is_name(stretch)


def _meets(matcher: Matcher, share: float, named: Sequence[Evidence]) -> bool:
    asking = matcher.asking
    similarity = max(e.similarity for e in named)
    if asking.asks(*_EXACT):
        needed = _ENOUGH_ENGLISH if asking.english else _ENOUGH_EXACT
        return share + _SIMILAR * similarity >= needed or (asking.english and share >= _NAMED_ENGLISH)
    needed = _ENOUGH_DEFINITION if asking.asks(Asked.DEFINITION) else _ENOUGH_LOOSE
    return share + _SIMILAR * similarity - _UNHEARD * matcher.unheard >= needed


def _role_not_met(matcher: Matcher, named: Sequence[Evidence]) -> str:
    """The office whose holder is asked for (副院长) where no sentence names it together with the rest; else ""."""
    if matcher.asking.english or not matcher.asking.asks(Asked.PERSON):
        return ""
    m = _ROLE.search(matcher.asking.text)
    if m is None:
        return ""
    start, end = m.span(1)
    met = any(matcher.share_of(e.wide, 0, start) >= _SAME_QUESTION and matcher.meets(e.wide, start, end) for e in named)
    return "" if met else m.group(1)


def is_near(matcher: Matcher, evidence: Evidence) -> bool:
    """Whether the best sentence meets so little of the question that it only comes near it."""
    return evidence.wide.share < (_PARAPHRASE_REASON if matcher.asking.asks(Asked.REASON) else _PARAPHRASE)


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
            if token.text in matcher.asking.names
            and (len(token.text) > 1 or not matcher.asking.english)
            and credit < 0.5
        )
    )


def refusal(
    question: str, missing: tuple[str, ...], why: str, english: bool, closest: tuple[Citation, ...] = ()
) -> Answer:
    """A refusal in plain words, naming what is missing and what comes closest.

    Where nothing in particular is missing, ``missing`` is empty and the caller names the question's subject.
    """
    missing = tuple(m if len(m) <= _MOST_SAID else m[:_MOST_SAID] + "…" for m in missing)
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
