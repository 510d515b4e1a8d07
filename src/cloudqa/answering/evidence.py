"""The sentences of the found passages, ranked by how well each answers the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.answering.fitness import fitness
from cloudqa.answering.matching import Coverage, Matcher
from cloudqa.answering.timing import YEAR, years_asked
from cloudqa.language import clause_spans, normal_text
from cloudqa.passages import Passage, PassageKind
from cloudqa.questions.asking import Asked

_ENDED = re.compile(r"[。！？!?；;:：…][”’」』）)】\"']*$|[.](?=$)|,")
_PRONOUN = re.compile("它|其(?!他|它|中|实|余|次)|该|此(?!外)|他们|她|他(?!人)|这(?!样|里|时)")
_INHERITED = 0.8  # of what the sentence before names, where this one refers back to it
_TAKEN_UP = 0.6  # the same where it begins with a noun of that sentence (平台由…开发)
_AROUND = 0.7  # what the words around a sentence count beside its own
_WEIGHTS = {"coverage": 1.0, "wide": 0.6, "similarity": 0.9, "fitness": 0.25, "rank": 0.8}
_FITNESS_OF_ONE = 0.45  # who, when, where: without a name, a date, a place it is hardly the answer
_TITLED = 0.5  # an explanation stands under a heading that names what it explains, and need not name it again
_SAME_YEAR, _OTHER_YEAR = 0.25, -0.25
_NO_SENTENCE = -0.4  # headings, captions and lines of the contents name a topic and say nothing of it
_REPEATS = -1.0
_ROW = -0.5
_LONG_SENTENCE = 130
_LONGEST = 300  # a longer sentence is looked at in parts
_WINDOW = 150
_CAUSE_BEFORE = 0.3  # a reason stands before what it explains more often than after it
_GOES_ON = 0.6  # 这样…, 因此…: the sentence goes on with what was said
_REFERS_BACK = re.compile("这样|这些|这种|这一|这就|因此|所以|从而|由此|同时|此外|另外|例如|比如|其中|其|该|这")
_TERSE = 45  # a sentence so short announces what the next one says
_WIDE_WINDOW = 290
_NEIGHBOUR = 0.56  # of the best score, for a neighbour to be said with it


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a passage that may answer the question.

    Attributes:
        passage: The passage.
        start, end: Half-open place of the stretch in ``passage.text``: a sentence, or some clauses of a long one.
        coverage: What of the question the stretch itself covers.
        wide: The same with the headings, the context and the sentence before it.
        fitness: From 0 to 1, whether it holds the sort of thing asked for.
        similarity: Cosine of question and sentence, 0 where there is none.
        score: All of it in one number, higher is better.
    """

    passage: Passage
    start: int
    end: int
    coverage: Coverage
    wide: Coverage
    fitness: float
    similarity: float
    score: float

    @property
    def text(self) -> str:
        """The stretch as it reads."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a stretch of a passage says to the question, whatever its rank.

    Attributes:
        start, end: Half-open place of the stretch in the passage.
        sentence: Number of its sentence in the passage.
        own, wide, fitness: As of :class:`Evidence`.
        titled, year, form: What headings that name the topic, years and form add to the score.
    """

    start: int
    end: int
    sentence: int
    own: Coverage
    wide: Coverage
    fitness: float
    titled: float
    year: float
    form: float


def rank_evidence(
    matcher: Matcher, passages: Sequence[Passage], similarities: Sequence[Sequence[float]], strengths: Sequence[float]
) -> list[Evidence]:
    """All sentences of the passages, best first; equal ones in the order of the passages.

    Args:
        matcher: The question.
        passages: Found passages, best first.
        similarities: For each passage, the cosine of each of its sentences with the question.
        strengths: For each passage, from 0 to 1, how well retrieval ranks it.
    """
    found: list[Evidence] = []
    read: dict[tuple[object, ...], list[_Reading]] = {}  # many issues may print one passage alike
    for passage, cosines, strength in zip(passages, similarities, strengths, strict=True):
        if passage.kind is PassageKind.HEADING:
            continue
        printed = (passage.kind, passage.section, passage.context, passage.sentences, passage.text)
        if printed not in read:
            read[printed] = _readings(matcher, passage)
        found.extend(_scored(matcher, passage, reading, cosines, strength) for reading in read[printed])
    found.sort(key=lambda e: -e.score)
    return found


def _scored(
    matcher: Matcher, passage: Passage, reading: _Reading, cosines: Sequence[float], strength: float
) -> Evidence:
    cosine = cosines[reading.sentence]
    asks_one = matcher.asking.asks(Asked.PERSON, Asked.TIME, Asked.PLACE, Asked.NAME)
    score = (
        _WEIGHTS["coverage"] * reading.own.share
        + _WEIGHTS["wide"] * reading.wide.share
        + _WEIGHTS["similarity"] * cosine
        + (_FITNESS_OF_ONE if asks_one else _WEIGHTS["fitness"]) * reading.fitness
        + _WEIGHTS["rank"] * strength
        + reading.titled
        + reading.year
        + reading.form
    )
    return Evidence(passage, reading.start, reading.end, reading.own, reading.wide, reading.fitness, cosine, score)


def _readings(matcher: Matcher, passage: Passage) -> list[_Reading]:
    """What the sentences of a passage say to the question, wherever it is ranked."""
    above = matcher.cover(normal_text(" ".join((*passage.section, passage.context))))
    titled = 0.0 if matcher.asking.brief else _TITLED * matcher.cover(normal_text(" ".join(passage.section[-1:]))).share
    years = set(years_asked(matcher.asking))
    found: list[_Reading] = []
    before, said = above, ""
    pieces = [(*piece, i) for i, s in enumerate(passage.sentences) for piece in _bounded(passage, *s)]
    for start, end, number in pieces:
        sentence = normal_text(passage.text[start:end])
        own = matcher.cover(sentence)
        if _PRONOUN.search(sentence):
            own = matcher.together(own, before, _INHERITED)
        elif said and sentence[:2] in said:
            own = matcher.together(own, before, _TAKEN_UP)
        wide = matcher.amid(own, above, before, _AROUND)
        fit = fitness(matcher.asking, sentence)
        year, form = _year_match(years, sentence), _form(matcher, passage, sentence)
        found.append(_Reading(start, end, number, own, wide, fit, titled, year, form))
        before, said = own, sentence
    return found


def _bounded(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence as it is, or one of monstrous length (a list without full stops) in stretches of whole clauses."""
    if end - start <= _LONGEST:
        return [(start, end)]
    pieces: list[tuple[int, int]] = []
    low = high = start
    for _, stop in clause_spans(passage.text[start:end]):
        if start + stop - low > _LONGEST and high > low:
            pieces.append((low, high))
            low = high
        high = start + stop
        while high - low > _LONGEST:
            pieces.append((low, low + _LONGEST))
            low += _LONGEST
    return [*pieces, (low, high)] if high > low else pieces


def _form(matcher: Matcher, passage: Passage, sentence: str) -> float:
    """A malus for what says nothing: a bare title, a repeated question, figures where none is asked."""
    bare = sentence.strip(' \n"“”《》')
    if bare in matcher.asking.text:
        return _REPEATS
    if passage.kind is PassageKind.TABLE_ROW:
        return 0.0 if matcher.asking.brief or matcher.asking.asks(Asked.LIST, Asked.YES_NO) else _ROW
    return _NO_SENTENCE if passage.kind is PassageKind.PROSE and not _ENDED.search(sentence) else 0.0


def _year_match(asked: set[str], sentence: str) -> float:
    """A bonus for a sentence of the year asked about, a malus for one of other years only."""
    said = set(YEAR.findall(sentence)) if asked else asked
    if not said:
        return 0.0
    return _SAME_YEAR if asked & said else _OTHER_YEAR


def narrow(matcher: Matcher, evidence: Evidence) -> Evidence:
    """The evidence cut down to the clauses that answer, where its sentence is long; else as it is."""
    text = evidence.text
    if len(text) <= _LONG_SENTENCE:
        return evidence
    clauses = clause_spans(text)
    best: tuple[float, int, int] | None = None
    for i, (start, _) in enumerate(clauses):
        for _, end in clauses[i:]:
            if end - start > _WINDOW and best is not None:
                break
            piece = normal_text(text[start:end])
            worth = matcher.cover(piece).share + 0.2 * fitness(matcher.asking, piece) - 0.0012 * (end - start)
            if best is None or worth > best[0] + 1e-9:
                best = (worth, start, end)
    if best is None:
        return evidence
    _, start, end = best
    own = matcher.cover(normal_text(text[start:end]))
    return replace(evidence, start=evidence.start + start, end=evidence.start + end, coverage=own)


def widened(matcher: Matcher, evidence: Evidence, ranked: Sequence[Evidence]) -> Evidence:
    """The sentence with its neighbours in the passage, as far as they bear on the question and length allows."""
    passage, start, end = evidence.passage, evidence.start, evidence.end
    causal = matcher.asking.asks(Asked.REASON)
    scores = {(e.start, e.end): e.score for e in ranked if e.passage is passage}
    while True:
        near = [s for s in passage.sentences if s[1] <= start][-1:] + [s for s in passage.sentences if s[0] >= end][:1]
        near = [s for s in near if max(end, s[1]) - min(start, s[0]) <= _WIDE_WINDOW]
        if not near:
            break
        worth = {
            s: scores.get(s, 0.0)
            + (_CAUSE_BEFORE if causal and s[1] <= start else 0.0)
            + (_GOES_ON if s[0] >= end and (end - start < _TERSE or _REFERS_BACK.match(passage.text[s[0] :])) else 0.0)
            for s in near
        }
        best = max(near, key=worth.__getitem__)
        if worth[best] < _NEIGHBOUR * evidence.score:
            break
        start, end = min(start, best[0]), max(end, best[1])
    own = matcher.cover(normal_text(passage.text[start:end]))
    return replace(evidence, start=start, end=end, coverage=own)
