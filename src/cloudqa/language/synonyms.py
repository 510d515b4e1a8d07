"""General synonyms, Chinese and English: words that say the same of any report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from cloudqa.language.normal import normal_text


class SynonymKind(StrEnum):
    """What the words of a group name."""

    METRIC = "metric"
    OPERATION = "operation"
    ORGANISATION = "organisation"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words for one thing.

    Attributes:
        kind: What they name.
        name: The first word, in normal spelling: the group's name.
        words: All words in normal spelling, the name included, in the file's order.
    """

    kind: SynonymKind
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SynonymMention:
    """A word of a group within a text: half-open offsets into the normalised text."""

    start: int
    end: int
    group: SynonymGroup


@cache
def synonym_groups() -> tuple[SynonymGroup, ...]:
    """All groups in the order of the data file."""
    source = resources.files("cloudqa.language").joinpath("synonyms.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in source.splitlines() if line and not line.startswith("#"))
    return tuple(_group(kind, words.split("|")) for kind, words in rows)


def _group(kind: str, words: list[str]) -> SynonymGroup:
    normal = tuple(dict.fromkeys(normal_text(word) for word in words))
    return SynonymGroup(SynonymKind(kind), normal[0], normal)


@cache
def _by_word() -> dict[str, tuple[SynonymGroup, ...]]:
    found: dict[str, tuple[SynonymGroup, ...]] = {}
    for group in synonym_groups():
        for word in group.words:
            found[word] = (*found.get(word, ()), group)
    return found


@cache
def _longest_word() -> int:
    return max(map(len, _by_word()))


def groups_of(word: str) -> tuple[SynonymGroup, ...]:
    """The groups that hold a word of any spelling; () if none does."""
    return _by_word().get(normal_text(word), ())


def synonyms_of(word: str) -> tuple[str, ...]:
    """All words that may stand for this one in normal spelling, itself first."""
    normal = normal_text(word)
    return tuple(dict.fromkeys([normal, *(w for group in groups_of(word) for w in group.words)]))


def find_synonyms(normalised: str) -> list[SynonymMention]:
    """The words of all groups within a normalised text, longest first at each place, not overlapping, in order.

    A Latin word counts only as a whole word. A word of several groups is reported once for each.
    """
    found: list[SynonymMention] = []
    at = 0
    while at < len(normalised):
        end = _longest_at(normalised, at)
        if end == at:
            at += 1
            continue
        found.extend(SynonymMention(at, end, group) for group in _by_word()[normalised[at:end]])
        at = end
    return found


def _longest_at(text: str, start: int) -> int:
    for end in range(min(len(text), start + _longest_word()), start, -1):
        if text[start:end] in _by_word() and _whole(text, start, end):
            return end
    return start


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at either end."""
    return not (_latin(text[start]) and start > 0 and _latin(text[start - 1])) and not (
        _latin(text[end - 1]) and end < len(text) and _latin(text[end])
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
