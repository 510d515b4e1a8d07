"""Finding the archive's names in a question, without going through the archive."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cloudqa.facts.model import Mention, Term, TermKind
from cloudqa.facts.spelling import spelling
from cloudqa.facts.terms import KINDS, question_grams
from cloudqa.language import normalise

_KINDS = tuple(TermKind)
_TERM = "SELECT t.text, t.kind, t.canonical, t.display, t.occurrences FROM terms t"
_LONGEST = 60
_LONGEST_QUESTION = 400
_MOST_VARIABLES = 800
_COMMON_GRAM = 400
_MOST_INSERTED = 3
_KEPT_SPELLINGS = 8192
_FIXED = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyz一二三四五六七八九十〇零两东南西北中上下前后左右内外甲乙丙丁新旧高低大小"
)


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A question in the spelling that terms have, with the source offsets of its characters."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    divided: tuple[bool, ...]  # whether a name may begin or end before the character; one more than characters

    @classmethod
    def of(cls, question: str) -> _Squeezed:
        normal = normalise(question)
        kept = [i for i, char in enumerate(normal.text) if not char.isspace()]
        text = "".join(normal.text[i] for i in kept)
        apart = [bool(i) and normal.text[i - 1].isspace() for i in kept]
        inner = [gap or _parted(text[n - 1], text[n]) for n, gap in enumerate(apart) if n]
        return cls(
            text,
            tuple(normal.offsets[i] for i in kept),
            tuple(normal.source_span(i, i + 1)[1] for i in kept),
            (True, *inner, True),
        )

    def whole(self, start: int, end: int) -> bool:
        """Whether no Latin word or number is cut at either end."""
        return self.divided[start] and self.divided[end]


def _parted(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to different words or numbers."""
    if not (before.isascii() and after.isascii()):
        return True
    return not (before.isalpha() and after.isalpha()) and not (before.isdigit() and after.isdigit())


class Vocabulary:
    """The names of an archive: entities, metrics, row labels, classes, headers, and their short forms.

    Spellings are compared without width, case, blanks and the difference of traditional characters.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known = lru_cache(maxsize=_KEPT_SPELLINGS)(self._spelled)

    def known(self, text: str) -> tuple[Term, ...]:
        """The terms that are spelled like this, most frequent first."""
        return self._known(spelling(text))

    def _spelled(self, spelled: str) -> tuple[Term, ...]:
        return tuple(self._terms([spelled]).get(spelled, ()))

    def terms(self, kind: TermKind, limit: int | None = None) -> list[Term]:
        """All terms of a kind that are no short forms, most frequent first, ties by spelling."""
        rows = self._connection.execute(
            f"{_TERM} WHERE t.kind = ? AND t.text = t.canonical ORDER BY t.occurrences DESC, t.text LIMIT ?",
            (KINDS[kind], -1 if limit is None else limit),
        )
        return [_term(row) for row in rows]

    def beginning(self, text: str, kinds: Iterable[TermKind], limit: int) -> list[Term]:
        """The terms of some kinds that begin with a text and are no short forms, most frequent first, then shortest."""
        wanted = spelling(text)
        numbers = [KINDS[kind] for kind in kinds]
        rows = self._connection.execute(
            f"{_TERM} WHERE t.text >= ? AND t.text < ? AND t.text = t.canonical AND t.kind IN "
            f"({', '.join('?' * len(numbers))})",
            [wanted, wanted + "\U0010ffff", *numbers],
        )
        found: dict[str, Term] = {}
        for term in sorted(map(_term, rows), key=lambda t: (-t.count, len(t.text), t.text)):
            found.setdefault(term.text, term)
        return list(found.values())[:limit]

    def mentions(self, question: str) -> list[Mention]:
        """The names in a question.

        Exact ones come first, in order, the longest at each place and none inside another; then, for the stretches
        that they leave, names of which the question has only a part (``partial``) and names that differ in one
        character (``fuzzy``), each in order. A name with a few characters more inside it is partial, too.
        """
        squeezed = _Squeezed.of(question[:_LONGEST_QUESTION])
        exact = self._exact(squeezed)
        covered = [(m.start, m.end) for m in exact]
        found = [self._mention(squeezed, m.start, m.end, m.terms) for m in exact]
        for start, end in _gaps(squeezed.text, covered):
            found.extend(self._approximate(squeezed, start, end))
        return found

    def nearest(self, text: str, limit: int = 3) -> list[Term]:
        """The terms that share most character pairs with a text, for "did you mean"; ties by frequency, then text."""
        wanted = spelling(text)
        scored = self._by_grams(wanted)
        ranked = sorted(scored, key=lambda term: (-_likeness(wanted, term.text), -term.count, term.text))
        distinct = {term.canonical: term for term in reversed(ranked)}
        return [term for term in ranked if distinct.get(term.canonical) is term][:limit]

    def _exact(self, squeezed: _Squeezed) -> list[Mention]:
        text = squeezed.text
        spans = [
            (start, end)
            for start in range(len(text))
            if squeezed.divided[start]
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1)
            if squeezed.divided[end] and (end - start > 1 or not text[start].isascii())
        ]
        known = self._terms(sorted({text[start:end] for start, end in spans}))
        hits = [(start, end) for start, end in spans if text[start:end] in known and _telling(known[text[start:end]])]
        taken: list[tuple[int, int]] = []
        for start, end in sorted(hits, key=lambda span: (span[0] - span[1], span[0])):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
        return [Mention(start, end, tuple(known[text[start:end]])) for start, end in sorted(taken)]

    @staticmethod
    def _mention(
        squeezed: _Squeezed, start: int, end: int, terms: Sequence[Term], *, fuzzy: bool = False, partial: bool = False
    ) -> Mention:
        return Mention(squeezed.starts[start], squeezed.ends[end - 1], tuple(terms), fuzzy, partial)

    def _terms(self, texts: Sequence[str]) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = defaultdict(list)
        for at in range(0, len(texts), _MOST_VARIABLES):
            part = texts[at : at + _MOST_VARIABLES]
            rows = self._connection.execute(
                f"{_TERM} WHERE t.text IN ({', '.join('?' * len(part))})",
                part,
            )
            for row in rows:
                term = _term(row)
                found[term.text].append(term)
        return {text: sorted(terms, key=_frequency) for text, terms in found.items()}

    def _by_grams(self, text: str) -> list[Term]:
        """The terms that share character pairs with a text, pairs that very many terms have left out."""
        counts: Counter[int] = Counter()
        for gram in question_grams(text):
            ids = self._gram(gram)
            counts.update(ids)
        best = [term_id for term_id, _ in counts.most_common(200)]
        rows = self._connection.execute(
            f"{_TERM} WHERE t.id IN ({', '.join('?' * len(best))})",
            best,
        )
        return [_term(row) for row in rows]

    def _gram(self, gram: str) -> tuple[int, ...]:
        rows = self._connection.execute(
            "SELECT term_id FROM term_grams WHERE gram = ? LIMIT ?", (gram, _COMMON_GRAM + 1)
        ).fetchall()
        return () if len(rows) > _COMMON_GRAM else tuple(term_id for (term_id,) in rows)

    def _approximate(self, squeezed: _Squeezed, start: int, end: int) -> list[Mention]:
        """Partial and fuzzy mentions within a stretch that has no exact one."""
        stretch = squeezed.text[start:end]
        if len(stretch) < 3:
            return []
        found: list[Mention] = []
        partial: dict[tuple[int, int], list[Term]] = defaultdict(list)
        fuzzy: dict[tuple[int, int], list[Term]] = defaultdict(list)
        for term in self._by_grams(stretch):
            wrong = _one_wrong(stretch, term.text)
            span = wrong or _spread(stretch, term.text) or _part_of(stretch, term.text)
            if span is not None and squeezed.whole(start + span[0], start + span[1]):
                (partial if wrong is None else fuzzy)[span].append(term)
        for spans, is_fuzzy in ((_longest_first(partial), False), (_longest_first(fuzzy), True)):
            for first, last in spans:
                terms = sorted((fuzzy if is_fuzzy else partial)[first, last], key=_frequency)
                place = (start + first, start + last)
                found.append(self._mention(squeezed, *place, terms, fuzzy=is_fuzzy, partial=not is_fuzzy))
        return found


def _term(row: tuple[str, int, str, str, int]) -> Term:
    text, kind, canonical, display, count = row
    return Term(text, display, _KINDS[kind], canonical, count)


def _telling(terms: Sequence[Term]) -> bool:
    """Whether finding terms in a question means anything: a class of one character (是, 否) is found everywhere."""
    return len(terms[0].text) > 1 or any(term.kind is not TermKind.CLASS for term in terms)


def _frequency(term: Term) -> tuple[bool, int, str, str]:
    return (term.text != term.canonical, -term.count, term.kind, term.canonical)


def _gaps(text: str, covered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps: list[tuple[int, int]] = []
    at = 0
    for start, end in [*sorted(covered), (len(text), len(text))]:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    return gaps


def _longest_first(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap, the longest kept, in order."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return sorted(kept)


@lru_cache(maxsize=4096)
def _one_wrong(stretch: str, term: str) -> tuple[int, int] | None:
    """Where the stretch has the term with one other character; digits, numerals and letters are never wrong."""
    length = len(term)
    if length < 3:
        return None
    for start in range(len(stretch) - length + 1):
        wrong = [i for i in range(length) if stretch[start + i] != term[i]]
        if len(wrong) == 1 and not {stretch[start + wrong[0]], term[wrong[0]]} & _FIXED:
            return start, start + length
    return None


def _part_of(stretch: str, term: str) -> tuple[int, int] | None:
    """The longest part of the stretch, of three characters or more, that stands in the term and is half of it."""
    shortest = max(3, (len(term) + 1) // 2)
    for length in range(min(len(stretch), len(term)), shortest - 1, -1):
        for start in range(len(stretch) - length + 1):
            part = stretch[start : start + length]
            if part in term and not part.isascii():
                return start, start + length
    return None


def _spread(stretch: str, term: str) -> tuple[int, int] | None:
    """Where the stretch has the term with a few characters more inside it: 信用债状况正常 for 信用债正常."""
    for cut in range(2, len(term) - 1):
        start = stretch.find(term[:cut])
        again = stretch.find(term[cut:], start + cut) if start >= 0 else -1
        if start >= 0 and cut <= again - start <= cut + _MOST_INSERTED:
            return start, again + len(term) - cut
    return None


def _likeness(one: str, other: str) -> float:
    """Shared character pairs over all pairs, 0 to 1."""
    first = {one[i : i + 2] for i in range(len(one) - 1)}
    second = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(first & second) / len(first | second) if first | second else 0.0
