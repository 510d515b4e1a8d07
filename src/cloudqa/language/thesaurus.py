"""Chinese words that say much the same, plain and colloquial, for comparing a question with a text."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    source = resources.files("cloudqa.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in source.splitlines() if line and not line.startswith("#"))


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups():
        for word in group:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *group)))
    return found


@cache
def _longest_word() -> int:
    return max(map(len, _by_word()))


def find_alike(normalised: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The words of a normalised text that others say much the same as.

    Returns:
        ``(start, end, words of its groups)`` with half-open offsets, the longest word at each place, not overlapping.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    while at < len(normalised):
        ends = range(min(len(normalised), at + _longest_word()), at, -1)
        end = next((e for e in ends if normalised[at:e] in _by_word()), at)
        if end > at:
            found.append((at, end, _by_word()[normalised[at:end]]))
        at = max(end, at + 1)
    return found
