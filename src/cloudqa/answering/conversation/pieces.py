"""A question cut into pieces: what it names, measures and dates, what it does with that, and its grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.facts import FactQuery, Mention, TermKind
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, groups_of
from cloudqa.questions.cues import Cue, CueKind
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.names import FactSourceStore, Name, find_names
from cloudqa.questions.phrase import bits, is_wide, places
from cloudqa.questions.reading import Question, read_question

_ASKING = frozenset(
    {CueKind.HOW_MUCH, CueKind.COST, CueKind.COUNT, CueKind.WHICH, CueKind.WHO, CueKind.WHERE, CueKind.HOW}
)
_PRESENTING = frozenset({CueKind.IN_UNIT, CueKind.DIGITS, CueKind.BY_RATE})
_SAYING = frozenset({CueKind.FORECAST, CueKind.WITHOUT, CueKind.LAST, CueKind.UNTIL, CueKind.INSTRUCTION})


_FEW = re.compile("(?:[两二三四五六七八九十]|十[一二三四五六七八九]|[2-9]|1[0-9])[个家座种款项条块名位档类所]")
_NOUN = re.compile(r"(?![的呢吗中里])[^\W\d_a-z]{2,6}?(?=的|$|[里中内,，?？呢]|之)")


class PieceKind(StrEnum):
    """What a piece of a question is."""

    NAME = "name"
    METRIC = "metric"
    PERIOD = "period"
    AMOUNT = "amount"
    UNIT = "unit"  # the unit asked for
    DOING = "doing"  # what to do with the figures: 同比, 最高的, 合计
    ASKING = "asking"  # question words: 是多少, 哪家
    SHOWING = "showing"  # how to show the answer: 折合, 保留两位
    WORD = "word"  # anything else that carries content
    LINK = "link"  # particles, punctuation, blanks


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a question.

    Attributes:
        kind: What it is.
        text: As the user wrote it.
        start: First offset in the question, in code points.
        end: Offset after it.
        cue: The grammar word that it is, None if it is none.
    """

    kind: PieceKind
    text: str
    start: int
    end: int
    cue: Cue | None = None

    def does(self, *kinds: CueKind) -> bool:
        """Whether it is a grammar word of one of these kinds."""
        return self.cue is not None and self.cue.kind in kinds


@dataclass(frozen=True, slots=True)
class Cut:
    """A question in pieces, left to right, that together are its whole text.

    Attributes:
        text: As the user wrote it.
        question: As the numeric route reads it.
        names: The names it mentions.
        pieces: All of it.
    """

    text: str
    question: Question
    names: tuple[Name, ...]
    pieces: tuple[Piece, ...]

    def of(self, *kinds: PieceKind) -> tuple[Piece, ...]:
        """The pieces of these kinds."""
        return tuple(p for p in self.pieces if p.kind in kinds)

    def has(self, *kinds: PieceKind) -> bool:
        """Whether there is a piece of one of these kinds."""
        return any(p.kind in kinds for p in self.pieces)

    def does(self, *kinds: CueKind) -> bool:
        """Whether it has a grammar word of one of these kinds that is not a part of a name or metric."""
        return any(p.does(*kinds) for p in self.pieces)


def cut(text: str, store: FactSourceStore, topic: str = "") -> Cut:
    """A question in pieces. Never fails: what is not recognised is a word.

    Args:
        text: The question as the user wrote it.
        store: The facts of the archive.
        topic: What the conversation is about, which is a name whether or not the vocabulary has it.
    """
    question = read_question(text)
    names = find_names(question, store.vocabulary)
    marks = list(_marks(question, names, store))
    at = question.text.find(normal_text(topic)) if topic else -1
    if at >= 0 and not any(n.start < at + len(topic) and at < n.end for n in names):
        marks.append(_Mark(PieceKind.NAME, at, at + len(normal_text(topic))))
    marks.sort(key=lambda m: (_RANK[m.kind], m.start - m.end, m.start))
    kept: list[_Mark] = []
    taken = 0
    for mark in marks:
        own = bits(mark.start, mark.end)
        if own & taken and mark.kind not in _DIVISIBLE:
            continue
        kept.extend(_Mark(mark.kind, start, end, mark.cue) for start, end in places(own & ~taken))
        taken |= own
    kept.extend(_rest(question, question.everything & ~taken))
    kept = _with_groups(question, sorted(kept, key=lambda m: m.start))
    return Cut(text, question, names, tuple(_pieces(question, kept)))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece by its half-open place in the normalised question."""

    kind: PieceKind
    start: int
    end: int
    cue: Cue | None = None


_DIVISIBLE = (PieceKind.ASKING, PieceKind.UNIT)
"""What is still said where something else takes a part of it: 亿元 of 多少亿元."""

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            PieceKind.PERIOD,
            PieceKind.NAME,
            PieceKind.METRIC,
            PieceKind.DOING,
            PieceKind.ASKING,
            PieceKind.SHOWING,
            PieceKind.AMOUNT,
            PieceKind.UNIT,
            PieceKind.WORD,
            PieceKind.LINK,
        )
    )
}


def _marks(question: Question, names: Iterable[Name], store: FactSourceStore) -> Iterator[_Mark]:
    periods = [p for p in question.periods if not _is_compared(question, p.start, p.end)]
    yield from (_Mark(PieceKind.PERIOD, p.start, p.end) for p in periods)
    yield from (_Mark(PieceKind.NAME, n.start, n.end) for n in names)
    taken = 0
    for start, end in [*((p.start, p.end) for p in periods), *((n.start, n.end) for n in names)]:
        taken |= bits(start, end)
    measured = _metrics(question, store, taken)
    yield from (_Mark(PieceKind.METRIC, start, end) for start, end in measured)
    yield from (
        _Mark(_kind_of(c), c.start, c.end, c)
        for c in question.cues
        if c.kind not in (CueKind.SAME_PERIOD, CueKind.PREVIOUS_PERIOD)
        or not any(p.start < c.end and c.start < p.end for p in periods)
    )
    yield from (_Mark(PieceKind.AMOUNT, a.start, a.end) for a in question.amounts)
    yield from (_Mark(PieceKind.UNIT, u.start, u.end) for u in question.units)


def _is_compared(question: Question, start: int, end: int) -> bool:
    """Whether a period is a part of a grammar word: 去年同期 in 和去年同期比."""
    return any(
        c.kind in (CueKind.YEAR_AGO, CueKind.PREVIOUS) and c.start <= start and end <= c.end for c in question.cues
    )


def _kind_of(cue: Cue) -> PieceKind:
    if cue.kind in _ASKING:
        return PieceKind.ASKING
    if cue.kind in _PRESENTING:
        return PieceKind.SHOWING
    return PieceKind.WORD if cue.kind in _SAYING else PieceKind.DOING


def _metrics(question: Question, store: FactSourceStore, taken: int) -> list[tuple[int, int]]:
    """Where metrics are named, touching ones joined, of the places not taken by names and periods.

    A grammar word as long as the metric's word goes before it; a word for a class of things is none.
    """
    starts = question.source.offsets
    matches = (m for m in question.phrase.matches if m.kind is SynonymKind.METRIC)
    found = [(m.start, m.end) for m in matches if "多少" not in question.text[m.start : m.end]]
    for mention in store.vocabulary.mentions(question.asked):
        if not mention.fuzzy and _is_measured(mention, store):
            start = next(i for i, at in enumerate(starts) if at >= mention.start)
            end = next((i for i, at in enumerate(starts) if at >= mention.end), len(question.text))
            found.append((start, end))
    mask = 0
    for start, end in found:
        whole_cue = any(c.start <= start and end <= c.end and c.kind is not CueKind.RANK for c in question.cues)
        mask |= 0 if whole_cue or _is_common(question, start, end) else bits(start, end)
    return list(places(mask & ~taken))


def _is_measured(mention: Mention, store: FactSourceStore) -> bool:
    """Whether facts are of it: the header of the column that names the rows is no metric."""
    names = tuple(t.canonical for t in mention.terms if t.kind is TermKind.METRIC)
    headers = any(t.kind is TermKind.HEADER for t in mention.terms)
    return (bool(names) and bool(store.find(FactQuery(metrics=names, nothing=True), 1))) or (headers and not names)


def _is_common(question: Question, start: int, end: int) -> bool:
    """Whether it is a word for a class of things (公司, 数据中心) and not for something measured (云收入)."""
    if not any(g.kind is SynonymKind.NOUN for g in groups_of(question.text[start:end])):
        return False
    inner = (m for m in question.phrase.matches if m.kind is SynonymKind.METRIC)
    return not any(start <= m.start and m.end <= end for m in inner)


def _rest(question: Question, open_places: int) -> Iterator[_Mark]:
    """Words and links of what nothing else accounts for."""
    silent = silent_places(question.text, open_places)
    yield from (_Mark(PieceKind.LINK, start, end) for start, end in places(silent))
    yield from (_Mark(PieceKind.WORD, start, end) for start, end in places(open_places & ~silent))


def _with_groups(question: Question, marks: list[_Mark]) -> list[_Mark]:
    """The marks, with a number of things and the word for them as one name: 四座城市, 三种存储."""
    found: list[_Mark] = []
    for mark in marks:
        before = found[-1] if found else None
        text = question.text[mark.start : mark.end]
        noun = mark.kind in (PieceKind.LINK, PieceKind.WORD) and _NOUN.match(text)
        counted = before is not None and before.kind is PieceKind.AMOUNT
        if before is None or not counted or not noun or not _FEW.fullmatch(question.text[before.start : before.end]):
            found.append(mark)
            continue
        end = mark.start + noun.end()
        found[-1] = _Mark(PieceKind.NAME, before.start, end)
        if end < mark.end:
            found.append(_Mark(mark.kind, end, mark.end))
    return found


def _pieces(question: Question, marks: list[_Mark]) -> Iterator[Piece]:
    """The marks as stretches of what the user wrote; together they cover all of it."""
    at = 0
    for i, mark in enumerate(marks):
        last = i + 1 == len(marks)
        end = len(question.asked) if last else question.source.offsets[marks[i + 1].start]
        yield Piece(mark.kind, question.asked[at:end], at, end, mark.cue)
        at = end


def is_group(text: str) -> bool:
    """Whether a name is a number of things: 四座城市."""
    return _FEW.match(normal_text(text)) is not None


def wide(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return any(is_wide(c) for c in text)
