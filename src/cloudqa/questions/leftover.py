"""What is left of a question when facts and grammar are taken off, as whole words."""

from __future__ import annotations

from collections.abc import Collection

from cloudqa.quantities.patterns import lazily
from cloudqa.questions.fillers import is_filler, silent_places
from cloudqa.questions.phrase import bits, is_wide
from cloudqa.questions.reading import Question

_SUBJECT = lazily("([\\u4e00-\\u9fff]{2,3}?)(?=(?:一?共)?有(?:多少|几))")
_GRAMMAR = "那而则且但若如就请问说按照在于从到至自以和与及对比把被让给我你他她它这哪截或上中里内下"
_BEFORE_YEAR = lazily(f"((?:(?![{_GRAMMAR}])[\\u4e00-\\u9fff]){{2,3}}?)的?(?=(?:19|20)\\d\\d)")
_CLASSES = ("市场", "公司", "企业", "集团", "行业", "产业", "领域", "项目")  # what sort of thing a name is of
_ENDS_SENTENCES = frozenset("哈啊呀嘛哦噢咯啦呢吧吗么了过着的地得之")  # where a question begins, part of a name
_AT_BEGINNING = 2  # where what a question is about stands


def whole_word(text: str, start: int, end: int, accounted: int, name_ends: Collection[int]) -> str:
    """The word that an open run of a normalised question is or is left of.

    A lone character that ends a name makes it another name (甲乙丙 beside 甲乙), and one near the beginning that no
    accounted word goes on with is left of a name whose other character may be grammar (中山). A particle that ends
    sentences belongs to the word at the beginning (哈密).

    Args:
        text: The question.
        start: Where the run begins.
        end: Where it ends.
        accounted: Places that facts account for, as a bit set.
        name_ends: Where names end that the archive does not know as its own.
    """
    if 0 < start <= _AT_BEGINNING and not set(text[:start]) - _ENDS_SENTENCES and not bits(0, start) & accounted:
        return text[:end].strip()
    if end - start == 1 and is_wide(text[start]):
        beside = (bits(start - 1, start) if start else 0) | bits(end, end + 1)
        if start <= _AT_BEGINNING and not beside & accounted:
            return text[:end]
        if start > 1 and start in name_ends:
            return text[start - 2 : end]
    return text[start:end].strip()


def unknown_subject(question: Question, accounted: int) -> tuple[str, ...]:
    """What the question begins with, where it can only be a name made of common characters: 大同有几家, 大同2018年."""
    m = _SUBJECT().match(question.text) or _BEFORE_YEAR().match(question.text)
    if (
        m is None
        or any(is_filler(m[1][i : i + 2]) for i in range(len(m[1]) - 1))
        or bits(*m.span(1)) & accounted
        or is_filler(m[1])
    ):
        return ()
    grammar = any(c.start < m.end(1) for c in question.cues) or any(p.start < m.end(1) for p in question.periods)
    return () if grammar else (m[1],)


def stands_alone(question: Question, word: str, name_places: int) -> bool:
    """Whether an open stretch is a word by itself: beside it stand only names, grammar, periods and figures."""
    text = question.text
    at = text.find(word)
    if at < 0:
        return True
    apart = silent_places(text, question.everything) | question.wanted_places | name_places
    for cue in question.cues:
        apart |= bits(cue.start, cue.end)
    for period in question.periods:
        apart |= bits(period.start, period.end)
    for amount in question.amounts:
        apart |= bits(amount.start, amount.end)
    end = at + len(word)
    goes_on = end < len(text) and not text.startswith(_CLASSES, end)
    edges = (bits(at - 1, at) if at else 0) | (bits(end, end + 1) if goes_on else 0)
    return not edges & ~apart
