"""Time and order: the years and ordinals that a question in words names, and sentences that are of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.fitness import says_time
from cloudqa.language import normal_text
from cloudqa.questions.asking import Asked, Asking

if TYPE_CHECKING:
    from cloudqa.answering.evidence import Evidence

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RELATIVE_YEAR = re.compile("今年|去年|前年|明年|本年|上年|同年|当年")
_ORDINAL = re.compile(r"第 ?(\d+) ?([^\W\d\x00-\xff])")
_OF_THE_ISSUE = frozenset("期号章节页行")  # these count parts of the reports, which no sentence need say
_OF_TIME = frozenset("季财年月周")
_ABOUT_AS_WELL = 0.75


def years_asked(asking: Asking) -> tuple[str, ...]:
    """The years that a question names."""
    return tuple(dict.fromkeys(YEAR.findall(asking.text)))


def other_time(asking: Asking, evidence: Evidence) -> bool:
    """Whether a sentence that names years names none of those asked about.

    What stands around it counts too; a sentence that tells its year from that of the issue may be of any year.
    """
    asked = set(years_asked(asking))
    if not asked:
        return False
    said = normal_text(evidence.text)
    if not YEAR.search(said) or _RELATIVE_YEAR.search(said):
        return False
    around = normal_text(" ".join((*evidence.passage.section, *evidence.passage.context, evidence.passage.text)))
    return not asked & set(YEAR.findall(around))


def ordinals_unsaid(asking: Asking, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Ordinals of the question (第7次) that no sentence says, where one says another of the same sort (第6次)."""
    asked = [m for m in _ORDINAL.finditer(asking.text) if m[2] not in _OF_THE_ISSUE | _OF_TIME]
    if not asked:
        return ()
    said = [(m[1], m[2]) for e in evidence for m in _ORDINAL.finditer(normal_text(e.passage.text))]
    return tuple(m.group() for m in asked if (m[1], m[2]) not in said and any(m[2] == sort for _, sort in said))


def time_unsaid(asking: Asking, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What is missing where a time is asked for and no sentence that covers the question about as well says any."""
    if asking.asked[0] is not Asked.TIME:
        return ()
    enough = _ABOUT_AS_WELL * max(e.wide.share for e in evidence)
    if any(e.wide.share >= enough and says_time(normal_text(e.text)) for e in evidence):
        return ()
    return ("time",) if asking.english else ("时间",)
