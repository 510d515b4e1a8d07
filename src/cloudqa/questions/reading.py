"""A question read without knowing any report: its grammar words, periods, figures, and the unit it wants."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from cloudqa.language import Normalised, normalise
from cloudqa.quantities import (
    AskedUnit,
    PeriodMention,
    Quantity,
    Relation,
    Unit,
    find_asked_decimals,
    find_asked_units,
    find_periods,
    find_quantities,
)
from cloudqa.questions.cues import Cue, CueKind, find_cues
from cloudqa.questions.phrase import Phrase, bits, is_wide, normal_phrase

_COMPARING = (
    CueKind.YEAR_AGO,
    CueKind.PREVIOUS,
    CueKind.GROWTH,
    CueKind.UP,
    CueKind.DOWN,
    CueKind.CHANGE,
    CueKind.DIFFERENCE,
    CueKind.TIMES,
    CueKind.COMPARE,
)

_BESIDE = 2  # characters between a period and the one that counts from it: 2017Q2的去年同期


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read.

    Attributes:
        asked: As the user wrote it.
        source: The normalised question with its map to what the user wrote.
        text: Normalised; all offsets below are into this.
        phrase: The normalised text prepared for comparing.
        english: Whether it is to be answered in English.
        cues: Grammar words, left to right, not overlapping.
        periods: Periods named, with ``start`` and ``end`` into ``text``.
        amounts: Figures named (10TB, 100%, 5000万次), with ``start`` and ``end`` into ``text``.
        units: Units that are asked for (多少亿元, in USD), with ``start`` and ``end`` into ``text``.
        digits: How many decimals are asked for.
        digits_places: Where it says so.
    """

    asked: str
    source: Normalised
    text: str
    phrase: Phrase
    english: bool
    cues: tuple[Cue, ...]
    periods: tuple[PeriodMention, ...]
    amounts: tuple[Quantity, ...]
    units: tuple[AskedUnit, ...]
    digits: int | None
    digits_places: int

    def has(self, *kinds: CueKind) -> bool:
        """Whether it has a grammar word of any of these kinds."""
        return any(cue.kind in kinds for cue in self.cues)

    def cue(self, *kinds: CueKind) -> Cue | None:
        """The first grammar word of any of these kinds."""
        return next((cue for cue in self.cues if cue.kind in kinds), None)

    def number_of(self, *kinds: CueKind) -> int | None:
        """The number beside the first such grammar word that has one."""
        return next((cue.number for cue in self.cues if cue.kind in kinds and cue.number is not None), None)

    def asked_text(self, start: int, end: int) -> str:
        """A stretch of the normalised question as the user wrote it."""
        return self.asked[slice(*self.source.source_span(start, end))]

    @property
    def facts_periods(self) -> tuple[PeriodMention, ...]:
        """The periods that facts must be of: those named outright, and parts of a year that is not named."""
        return tuple(p for p in self.periods if p.relative is None or p.relative.relation is Relation.WITHIN)

    def places_of(self, *kinds: CueKind) -> int:
        """Where the grammar words of these kinds stand."""
        mask = 0
        for cue in self.cues:
            if cue.kind in kinds:
                mask |= bits(cue.start, cue.end)
        return mask

    @property
    def wanted(self) -> Unit | None:
        """The unit that the answer is to be in, None if none is named; the last one where there are several."""
        return next((u.unit for u in reversed(self.units) if u.unit.symbol != "钱"), None)

    @property
    def wanted_places(self) -> int:
        """Where it says in which unit and to how many decimals."""
        mask = self.digits_places
        for unit in self.units:
            mask |= bits(unit.start, unit.end)
        return mask

    @property
    def everything(self) -> int:
        """All places as a bit set."""
        return bits(0, len(self.text))


def read_question(asked: str) -> Question:
    """Read a question. Never fails: what is not recognised is left for the caller to account for.

    Args:
        asked: The question as the user wrote it.
    """
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
    cues = tuple(c for c in cues if not (c.number is not None and _in_period(c, periods)))
    periods = tuple(p for p in periods if p.relative is None or not _is_compared_with(cues, p))
    periods = _anchored(periods, compares=any(c.kind in _COMPARING for c in cues))
    amounts = tuple(
        replace(q, start=a, end=b)
        for q in find_quantities(asked)
        for a, b in [place(q.start, q.end)]
        if not any(p.start < b and a < p.end for p in periods) and not _is_counted(cues, a, b)
    )
    units = tuple(replace(u, start=a, end=b) for u in find_asked_units(asked) for a, b in [place(u.start, u.end)])
    decimals = find_asked_decimals(asked)
    said = bits(*place(decimals.start, decimals.end)) if decimals else 0
    return Question(
        asked,
        normal,
        text,
        normal_phrase(text),
        is_english(text),
        cues,
        periods,
        amounts,
        units,
        decimals.decimals if decimals else None,
        said,
    )


def _anchored(periods: tuple[PeriodMention, ...], *, compares: bool) -> tuple[PeriodMention, ...]:
    """Periods that follow from another one of the question: 2016财年四季度比三季度, 2017Q2的去年同期.

    The period that 去年同期 right beside it counts from is asked for only where it is compared with.
    """
    anchor = next((p for p in periods if p.relative is None and p.period is not None), None)
    if anchor is None:
        return periods
    found = []
    for p in periods:
        if p.relative is None:
            found.append(p)
        elif p.relative.relation is Relation.WITHIN:
            found.append(replace(p, period=p.resolve(anchor.period), relative=None))
        elif p.relative.relation is Relation.STEP and p.relative.steps == 0:
            found.append(replace(p, period=anchor.period, relative=None))
        elif not compares and p.relative.relation in (Relation.SAME_LAST_YEAR, Relation.STEP):
            beside = max(p.start, anchor.start) - min(p.end, anchor.end) <= _BESIDE
            found = [q for q in found if not beside or q is not anchor]
            start, end = (min(p.start, anchor.start), max(p.end, anchor.end)) if beside else (p.start, p.end)
            found.append(replace(p, start=start, end=end, period=p.resolve(anchor.period), relative=None))
        else:
            found.append(p)
    return tuple(found)


def is_english(text: str) -> bool:
    """Whether the grammar around the names is English: no Chinese question word, and some English ones."""
    wide = sum(is_wide(c) for c in text)
    latin_words = len(re.findall(r"[a-z]{2,}", text))
    return latin_words > wide or (latin_words >= 4 and re.match(r"[a-z]", text) is not None and wide < 2 * latin_words)


def _in_period(cue: Cue, periods: tuple[PeriodMention, ...]) -> bool:
    """Whether the number belongs to a period: 前三季度."""
    return any(p.start < cue.end and cue.start < p.end for p in periods)


def _is_compared_with(cues: tuple[Cue, ...], period: PeriodMention) -> bool:
    """Whether a period only says what a change is measured against: 上年 of 比上年."""
    kinds = (CueKind.YEAR_AGO, CueKind.PREVIOUS)
    return any(c.kind in kinds and c.start < period.start and period.end <= c.end for c in cues)


def _is_question_word(cues: tuple[Cue, ...], start: int, end: int) -> bool:
    """Whether what looks like a period (一季度) is the end of a question word (哪一季度)."""
    return any(c.kind is CueKind.WHICH_PERIOD and c.start < end and start < c.end for c in cues)


def _is_counted(cues: tuple[Cue, ...], start: int, end: int) -> bool:
    """Whether the number belongs to a grammar word: 前三名, 保留两位."""
    return any(c.number is not None and c.start < end and start < c.end for c in cues)
