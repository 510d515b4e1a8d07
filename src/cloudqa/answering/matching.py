"""How much of a question a text covers, and which of its words nothing covers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import mul

from cloudqa.questions.asking import FAINT_CHARACTER, Asking

_TOKEN = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?%?|[^\W\x00-\xff]+")
_SINGLE_CREDIT = 0.35  # a character met alone, outside any word in common
_UNKNOWN_RARITY = 0.9
_RARE = 0.7
_WHOLE_NAME_CHARS = 3
_NAME_WORDS = 2  # a name made of common words has no more of them
_UNTRANSLATED = 0.25  # an English word that says nothing here, unless it is a name


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question that is matched as one: a Latin word, a number, or one Chinese character.

    Attributes:
        start, end: Half-open place in the normalised question.
        pairs: For a Chinese character, the two-character words it may belong to; else ().
    """

    start: int
    end: int
    text: str
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a text covers of a question.

    Attributes:
        credits: For each token of the question, from 0 (not met) to 1 (met in a common word).
        share: Their mean, weighted by what each token says; 0 for a question without content.
    """

    credits: tuple[float, ...]
    share: float


class Matcher:
    """Matches texts against one question."""

    def __init__(
        self,
        asking: Asking,
        rarity: Callable[[str], float | None],
        alternatives: Callable[[str], Sequence[tuple[int, int, Sequence[str]]]] | None = None,
        words: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    ) -> None:
        """Prepare the question.

        Args:
            asking: The question.
            rarity: Of a term, from 0 (everywhere in the archive) to 1 (in one passage); None where it never occurs.
            alternatives: Of the normalised question, the places of words with other words for the same.
            words: Of the normalised question, the half-open places of its words; two characters that belong to
                different words are then no word in common. Without it every two neighbours are.
        """
        self.asking = asking
        self._words = tuple(words(asking.text)) if words else ()
        self.tokens = _tokens(asking, self._words)
        self._distinct = {(t.text, t.pairs): t for t in self.tokens}  # a question may say one word a thousand times
        self._alternatives = [
            (start, end, tuple(others)) for start, end, others in (alternatives(asking.text) if alternatives else ())
        ]
        self._unknown = tuple(self._is_unknown(t, rarity) for t in self.tokens)
        self.weights = tuple(self._weight(t, rarity) for t in self.tokens)
        self._total = total = sum(self.weights)
        self._grams = tuple({gram for t in self.tokens if t.pairs for gram in (*t.pairs, t.text)})
        others = (word for _, _, words_of in self._alternatives for word in words_of)
        self._by_word = not all(t.pairs for t in self.tokens) or any(map(_is_word, others))
        self._covered: dict[str, Coverage] = {}
        unheard = sum(w for w, unknown in zip(self.weights, self._unknown, strict=True) if unknown)
        self.unheard = unheard / total if total else 0.0  # the share of the question that the archive never says

    def _is_unknown(self, token: Token, rarity: Callable[[str], float | None]) -> bool:
        """Whether no passage has the token, and no other word for it is known."""
        if any(start <= token.start and token.end <= end for start, end, _ in self._alternatives):
            return False
        return all(rarity(word) is None for word in token.pairs or (token.text,))

    def _weight(self, token: Token, rarity: Callable[[str], float | None]) -> float:
        spoken = max(self.asking.weights[token.start : token.end])
        known = [r for r in map(rarity, token.pairs or (token.text,)) if r is not None]
        if (
            self.asking.english
            and not known
            and token.text not in self.asking.names
            and self._is_unknown(token, rarity)
        ):
            return _UNTRANSLATED * spoken
        if spoken == FAINT_CHARACTER and token.pairs and known and max(known) > _RARE:
            spoken = _RARE  # a common character inside a rare word, as 把 in 把持
        return spoken * (max(known) if known else _UNKNOWN_RARITY)

    def cover(self, text: str) -> Coverage:
        """What a normalised text covers."""
        found = self._covered.get(text)
        if found is None:
            found = self._covered[text] = self._cover(text)
        return found

    def _cover(self, text: str) -> Coverage:
        words = set(_TOKEN.findall(text)) if self._by_word else set()
        held = {gram for gram in self._grams if gram in text}
        each = {key: _credit(t, held, words) for key, t in self._distinct.items()}
        credits = [each[t.text, t.pairs] for t in self.tokens]
        for start, end, others in self._alternatives:
            if any(_contains(text, words, other) for other in others):
                for i, t in enumerate(self.tokens):
                    if start <= t.start and t.end <= end:
                        credits[i] = 1.0
        return self.coverage(credits)

    def coverage(self, credits: Sequence[float]) -> Coverage:
        """The coverage with given credits."""
        share = sum(map(mul, credits, self.weights)) / self._total if self._total else 0.0
        return Coverage(tuple(credits), share)

    def together(self, first: Coverage, second: Coverage, discount: float = 1.0) -> Coverage:
        """What two texts cover together, the second counting ``discount`` as much."""
        return self.coverage(_joined(first.credits, second.credits, discount))

    def amid(self, own: Coverage, above: Coverage, before: Coverage, discount: float) -> Coverage:
        """What a text covers together with what stands above and before it, these counting ``discount`` as much."""
        around = above.credits if before is above else _joined(above.credits, before.credits, 1.0)
        return self.coverage(_joined(own.credits, around, discount))

    def without(self, coverage: Coverage, words: Sequence[str]) -> float:
        """The share of the question that a text covers, some of the question's words left out of account."""
        text = self.asking.text
        places = [(at, at + len(word)) for word in words if (at := text.find(word)) >= 0]
        kept = [
            (credit, weight)
            for token, credit, weight in zip(self.tokens, coverage.credits, self.weights, strict=True)
            if not any(start <= token.start < end for start, end in places)
        ]
        total = sum(weight for _, weight in kept)
        return sum(credit * weight for credit, weight in kept) / total if total else 0.0

    def meets(self, coverage: Coverage, start: int, end: int) -> bool:
        """Whether every character of weight in a half-open stretch of the question is met in a word."""
        return all(
            credit > _SINGLE_CREDIT
            for token, credit, weight in zip(self.tokens, coverage.credits, self.weights, strict=True)
            if start <= token.start < end and weight > _SINGLE_CREDIT
        )

    def share_of(self, coverage: Coverage, start: int, end: int) -> float:
        """The share that is covered of a half-open stretch of the question; 1 for one without content."""
        kept = [
            (credit * weight, weight)
            for token, credit, weight in zip(self.tokens, coverage.credits, self.weights, strict=True)
            if start <= token.start < end
        ]
        total = sum(weight for _, weight in kept)
        return sum(worth for worth, _ in kept) / total if total else 1.0

    def missing(self, coverage: Coverage) -> tuple[str, ...]:
        """The stretches of content words that are not covered, longest first, as the question spells them."""
        return self._stretches([credit < _SINGLE_CREDIT for credit in coverage.credits])

    def unknown(self, coverage: Coverage) -> tuple[str, ...]:
        """Of the stretches that are not covered those that no passage of the archive has."""
        names = [not self.asking.english or t.text in self.asking.names for t in self.tokens]
        return self._stretches(
            [u and n and c <= _SINGLE_CREDIT for u, n, c in zip(self._unknown, names, coverage.credits, strict=True)]
        )

    def _stretches(self, marked: Sequence[bool]) -> tuple[str, ...]:
        """The unbroken stretches of two or more marked characters of full weight."""
        runs: list[str] = []
        start, last = -1, -1
        for token, mark in zip((*self.tokens, None), (*marked, False), strict=True):
            open_ = token is not None and mark and min(self.asking.weights[token.start : token.end]) >= 1.0
            if start >= 0 and (token is None or not open_ or token.start != last):
                if last - start > 1:
                    runs.append(self._whole_words(start, last))
                start = -1
            if open_ and token is not None:
                start = token.start if start < 0 else start
                last = token.end
        return tuple(sorted(set(runs), key=lambda r: (-len(r), r)))

    def _whole_words(self, start: int, end: int) -> str:
        """The words of which a half-open stretch has characters; the stretch itself where no words are known."""
        touched = [(low, high) for low, high in self._words if low < end and start < high]
        low, high = (min(touched)[0], max(touched)[1]) if touched else (start, end)
        return self.asking.text[low:high]

    def is_name(self, stretch: str) -> bool:
        """Whether a stretch of the question reads like the name of something rather than like a turn of speech.

        A name is seldom made of common words: it is one long word, or characters that make up none.
        """
        at = self.asking.text.find(stretch)
        inside = [end - start for start, end in self._words if at <= start and end <= at + len(stretch)]
        if not inside or len(stretch) < _WHOLE_NAME_CHARS:
            return len(stretch) >= _WHOLE_NAME_CHARS
        in_a_row = max((len(list(run)) for single, run in groupby(inside, lambda size: size == 1) if single), default=0)
        return in_a_row > 1 or len(inside) <= _NAME_WORDS


def _joined(first: Sequence[float], second: Sequence[float], discount: float) -> list[float]:
    """The greater of the credits of each token, those of the second counting ``discount`` as much."""
    return [a if a >= (other := discount * b) else other for a, b in zip(first, second, strict=True)]


def _credit(token: Token, held: set[str], words: set[str]) -> float:
    """How much of a token a text has, by the pairs and single characters of the question and the words it holds."""
    if not token.pairs:
        return 1.0 if token.text in words else 0.0
    if not held.isdisjoint(token.pairs):
        return 1.0
    return _SINGLE_CREDIT if token.text in held else 0.0


def _tokens(asking: Asking, words: Sequence[tuple[int, int]]) -> tuple[Token, ...]:
    text = asking.text
    apart = _boundaries(asking, words)
    tokens: list[Token] = []
    for m in _TOKEN.finditer(text):
        run, at = m.group(), m.start()
        if run[0].isascii():
            tokens.append(Token(at, m.end(), run, ()))
            continue
        for i, char in enumerate(run):
            pairs = [run[k : k + 2] for k in (i - 1, i) if k >= 0 and k + 2 <= len(run) and at + k + 1 not in apart]
            tokens.append(Token(at + i, at + i + 1, char, tuple(pairs) or (char,)))
    return tuple(tokens)


def _boundaries(asking: Asking, words: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Where two characters side by side belong to different words.

    A word of one character may be part of a name that is not known as a word, so that it stays joined to what is beside
    it, unless that is grammar.
    """
    weights = asking.weights
    return frozenset(
        stop
        for (start, stop), (_, end) in pairwise(words)
        if (stop - start > 1 and end - stop > 1) or min(weights[stop - 1 : stop + 1]) <= FAINT_CHARACTER
    )


def _contains(text: str, words: set[str], phrase: str) -> bool:
    return phrase in words if _is_word(phrase) else phrase in text


def _is_word(phrase: str) -> bool:
    """Whether it is met as a whole word only."""
    return phrase.isascii() and " " not in phrase


def rarity_of(count: int, total: int) -> float | None:
    """How rare a term is that occurs in ``count`` of ``total`` passages: 1 for one, 0 for all; None for none."""
    if count <= 0:
        return None
    return math.log((total + 1) / count) / math.log(total + 1) if total > 1 else 1.0
