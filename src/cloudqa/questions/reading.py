"""A question read without knowing any report: its grammar words, periods, figures, and the unit it wants."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from cloudqa.language import normalise
from cloudqa.quantities import PeriodMention, Quantity, Unit, find_periods, find_quantities
from cloudqa.questions.cues import Cue, CueKind, find_cues
from cloudqa.questions.phrase import Phrase, bits, is_wide, normal_phrase

_HOW_MANY = re.compile(r"多少|几多|几(?!乎|个季|季|年|个月|月)")
_ENGLISH_UNIT = re.compile(r"\bin (?:millions? of |billions? of )?(?P<unit>usd|us dollars|dollars|yuan|rmb|cny|gb|tb|pb|percent|%)\b")
_WANTED_AFTER = re.compile(r"(?:折合成?|换算成?|换成|折算成?|合|约合)(?:为|成)?(?P<unit>人民币|美元|美金|万元|亿元|元)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read.

    Attributes:
        asked: As the user wrote it.
        text: Normalised; all offsets below are into this.
        phrase: The normalised text prepared for comparing.
        english: Whether it is to be answered in English.
        cues: Grammar words, left to right, not overlapping.
        periods: Periods named, with ``start`` and ``end`` into ``text``.
        amounts: Figures named (10TB, 100%, 5000万次), with ``start`` and ``end`` into ``text``.
        wanted: The unit that is asked for (多少亿元, in USD), None if none is.
        wanted_places: Where that unit stands.
        digits: How many decimals are asked for.
    """

    asked: str
    text: str
    phrase: Phrase
    english: bool
    cues: tuple[Cue, ...]
    periods: tuple[PeriodMention, ...]
    amounts: tuple[Quantity, ...]
    wanted: Unit | None
    wanted_places: int
    digits: int | None

    def has(self, *kinds: CueKind) -> bool:
        """Whether it has a grammar word of any of these kinds."""
        return any(cue.kind in kinds for cue in self.cues)

    def cue(self, *kinds: CueKind) -> Cue | None:
        """The first grammar word of any of these kinds."""
        return next((cue for cue in self.cues if cue.kind in kinds), None)

    def number_of(self, *kinds: CueKind) -> int | None:
        """The number beside the first such grammar word that has one."""
        return next((cue.number for cue in self.cues if cue.kind in kinds and cue.number is not None), None)

    @property
    def everything(self) -> int:
        """All places as a bit set."""
        return bits(0, len(self.text))


def read_question(asked: str) -> Question:
    """Read a question. Never fails: what is not recognised is left for the caller to account for."""
    normal = normalise(asked)
    text = normal.text
    starts = normal.offsets

    def place(start: int, end: int) -> tuple[int, int]:
        return bisect_left(starts, start), min(bisect_left(starts, end), len(text))

    cues = find_cues(text)
    periods = tuple(
        replace(p, start=a, end=b)
        for p in find_periods(asked)
        for a, b in [place(p.start, p.end)]
        if not _is_question_word(cues, a, b)
    )
    amounts = tuple(
        replace(q, start=a, end=b)
        for q in find_quantities(asked)
        for a, b in [place(q.start, q.end)]
        if not any(p.start < b and a < p.end for p in periods) and not _is_counted(cues, a, b)
    )
    wanted, wanted_places = _wanted_unit(text)
    digits = next((c.number for c in cues if c.kind is CueKind.DIGITS and c.number is not None), None)
    return Question(
        asked, text, normal_phrase(text), _is_english(text), cues, periods, amounts, wanted, wanted_places, digits
    )


def _is_english(text: str) -> bool:
    """Whether the grammar around the names is English: no Chinese question word, and some English ones."""
    wide = sum(is_wide(c) for c in text)
    latin_words = len(re.findall(r"[a-z]{2,}", text))
    return latin_words > wide or (latin_words >= 4 and re.match(r"[a-z]", text) is not None and wide < 2 * latin_words)


def _is_question_word(cues: tuple[Cue, ...], start: int, end: int) -> bool:
    """Whether what looks like a period (一季度) is the end of a question word (哪一季度)."""
    return any(c.kind is CueKind.WHICH_PERIOD and c.start < end and start < c.end for c in cues)


def _is_counted(cues: tuple[Cue, ...], start: int, end: int) -> bool:
    """Whether the number belongs to a grammar word: 前三名, 保留两位."""
    return any(c.number is not None and c.start < end and start < c.end for c in cues)


def _wanted_unit(text: str) -> tuple[Unit | None, int]:
    """The unit that the question wants its answer in, and where it says so."""
    for m in _HOW_MANY.finditer(text):
        at = m.start()
        rest = text[m.end() :]
        blanks = len(rest) - len(rest.lstrip())
        for quantity in find_quantities(text[:at] + "3" + rest.lstrip()):
            if quantity.start <= at < quantity.end and quantity.unit.symbol:
                return quantity.unit, bits(m.end(), m.end() + blanks + quantity.end - at - 1)
    for pattern in (_ENGLISH_UNIT, _WANTED_AFTER):
        if (m := pattern.search(text)) is not None:
            found = next(iter(find_quantities("3" + m["unit"].replace("人民币", "元"))), None)
            if found is not None:
                return found.unit, bits(m.start(), m.end())
    return None, 0
