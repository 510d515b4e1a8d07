"""Which words of a question a label, a caption or a sentence has, in the same or in other words.

Sets of places in a question are integers used as bit sets: bit ``i`` is the character at offset ``i``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from cloudqa.language import normal_text
from cloudqa.language.glossary import find_glossary
from cloudqa.language.synonyms import SynonymKind, synonym_groups
from cloudqa.quantities import parse_period

_LATIN = re.compile(r"[a-z][a-z0-9]*(?:['.&-][a-z0-9]+)*|\d+(?:\.\d+)?%?")
_WIDE_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_STEM = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ed|ing)$")


@dataclass(frozen=True, slots=True)
class Group:
    """A synonym group: its number in the data file and what it names."""

    number: int
    kind: SynonymKind


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """A word of a synonym group at a half-open place of a phrase."""

    start: int
    end: int
    number: int
    kind: SynonymKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of text prepared for comparing.

    Attributes:
        text: Normalised; offsets are into this.
        matches: Every word of a synonym group, overlapping ones included.
        groups: Their numbers.
        latin: Latin words and numbers with their places, stemmed.
        words: The same as a set.
        pairs: Every two adjacent Chinese characters.
    """

    text: str
    matches: tuple[GroupMatch, ...]
    groups: frozenset[int]
    latin: tuple[tuple[int, int, str], ...]
    words: frozenset[str]
    pairs: frozenset[str]


@cache
def _by_word() -> dict[str, tuple[Group, ...]]:
    found: dict[str, tuple[Group, ...]] = {}
    for number, group in enumerate(synonym_groups()):
        for word in group.words:
            found[word] = (*found.get(word, ()), Group(number, group.kind))
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with a character."""
    found: dict[str, set[int]] = {}
    for word in _by_word():
        found.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(lengths)) for char, lengths in found.items()}


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """Normalised text without blanks beside Chinese characters."""
    return _WIDE_BLANK.sub("", normal_text(text)).strip()


@lru_cache(maxsize=65536)
def is_period(text: str) -> bool:
    """Whether a text is a period and nothing else."""
    return parse_period(text) is not None


@lru_cache(maxsize=32768)
def phrase_of(text: str) -> Phrase:
    """The phrase of a text as a report prints it."""
    return normal_phrase(compact(text))


@lru_cache(maxsize=4096)
def normal_phrase(text: str) -> Phrase:
    """The phrase of a text that is normalised; offsets stay."""
    matches = tuple(_matches(text))
    latin = tuple((m.start(), m.end(), stem(m.group())) for m in _LATIN.finditer(text))
    return Phrase(
        text,
        matches,
        frozenset(m.number for m in matches),
        latin,
        frozenset(word for _, _, word in latin),
        frozenset(text[i : i + 2] for i in range(len(text) - 1) if is_wide(text[i]) and is_wide(text[i + 1])),
    )


def _matches(text: str) -> Iterable[GroupMatch]:
    by_word, lengths = _by_word(), _lengths()
    for start, char in enumerate(text):
        for length in lengths.get(char, ()):
            end = start + length
            groups = by_word.get(text[start:end]) if end <= len(text) else None
            if groups is not None and _whole(text, start, end):
                for group in groups:
                    yield GroupMatch(start, end, group.number, group.kind)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at either end."""
    before = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    after = end < len(text) and text[end].isascii() and text[end].isalpha()
    return not (before and text[start].isascii() and text[start].isalpha()) and not (
        after and text[end - 1].isascii() and text[end - 1].isalpha()
    )


def stem(word: str) -> str:
    """An English word without its commonest endings, so that plural and past forms compare equal."""
    return _STEM.sub("", word)


def is_wide(char: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def bits(start: int, end: int) -> int:
    """The bit set of a half-open range."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def places(mask: int) -> list[tuple[int, int]]:
    """The half-open runs of a bit set, in order."""
    runs: list[tuple[int, int]] = []
    at = 0
    while mask >> at:
        rest = mask >> at
        at += (rest & -rest).bit_length() - 1
        length = ((~(mask >> at)) & ((mask >> at) + 1)).bit_length() - 1
        runs.append((at, at + length))
        at += length
    return runs


def covered(question: Phrase, evidence: Phrase, within: int = -1) -> int:
    """The places of the question whose words the evidence has.

    A word of a synonym group is covered by any word of the group, a Latin word or number by the same one, two adjacent
    Chinese characters by the same two, a single character only where nothing else of its run is left.

    Args:
        question: The question.
        evidence: A label, caption or sentence.
        within: Only these places are looked at.
    """
    groups, words, pairs, glossed = _masks(question.text)
    mask = 0
    for number in evidence.groups & groups.keys():
        mask |= groups[number]
    for word in evidence.words & words.keys():
        mask |= words[word]
    for pair in evidence.pairs & pairs.keys():
        mask |= pairs[pair]
    for chinese, places_said in glossed.items():
        if chinese in evidence.text:
            mask |= places_said
    return mask & within if within >= 0 else mask


@lru_cache(maxsize=1024)
def _masks(text: str) -> tuple[dict[int, int], dict[str, int], dict[str, int], dict[str, int]]:
    """Where a normalised text has each synonym group, Latin word and pair of Chinese characters, as bit sets.

    The last are the Chinese words for its English ones; a single character says too little.
    """
    phrase = normal_phrase(text)
    groups: dict[int, int] = {}
    words: dict[str, int] = {}
    pairs: dict[str, int] = {}
    for m in phrase.matches:
        groups[m.number] = groups.get(m.number, 0) | bits(m.start, m.end)
    for start, end, word in phrase.latin:
        words[word] = words.get(word, 0) | bits(start, end)
    for i in range(len(text) - 1):
        if text[i : i + 2] in phrase.pairs:
            pairs[text[i : i + 2]] = pairs.get(text[i : i + 2], 0) | bits(i, i + 2)
    glossed: dict[str, int] = {}
    metrics = [m for m in phrase.matches if m.kind is SynonymKind.METRIC]
    for start, end, chinese in find_glossary(text) if phrase.latin else ():
        apart = not any(m.start < end and start < m.end for m in metrics)  # words for metrics are met by their own
        for word in chinese:
            if len(word) > 1 and apart:
                glossed[word] = glossed.get(word, 0) | bits(start, end)
    return groups, words, pairs, glossed


def ends_of_longer(phrase: Phrase, number: int) -> set[str]:
    """The words by which a label has a metric's group, where each only ends the longer name of another metric."""
    metrics = [m for m in phrase.matches if m.kind is SynonymKind.METRIC]
    own = [m for m in metrics if m.number == number]
    if not all(any(o.end == m.end and o.start < m.start and o.number != number for o in metrics) for m in own):
        return set()
    return {phrase.text[m.start : m.end] for m in own}
