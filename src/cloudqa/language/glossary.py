"""English words of a question and the Chinese words that may stand for them in a report."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_MOST_WORDS = 3
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("d", ""),
)
_SHORTEST_STEM = 3


@cache
def _entries() -> dict[str, tuple[str, ...]]:
    source = resources.files("cloudqa.language").joinpath("glossary.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in source.splitlines() if line and not line.startswith("#"))
    return {english: tuple(chinese.split(",")) for english, chinese in rows}


def find_glossary(normalised: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The English words and phrases of a normalised text that have Chinese equivalents.

    Returns:
        ``(start, end, Chinese words)`` with half-open offsets, the longest phrase at each place, not overlapping.
    """
    words = list(_WORD.finditer(normalised))
    found: list[tuple[int, int, tuple[str, ...]]] = []
    i = 0
    while i < len(words):
        for n in range(min(_MOST_WORDS, len(words) - i), 0, -1):
            chinese = _chinese([w.group() for w in words[i : i + n]])
            if chinese:
                found.append((words[i].start(), words[i + n - 1].end(), chinese))
                i += n - 1
                break
        i += 1
    return found


def _chinese(words: list[str]) -> tuple[str, ...]:
    """The Chinese words for a phrase whose last word may be inflected; () if there are none."""
    for last in _base_forms(words[-1]):
        chinese = _entries().get(" ".join((*words[:-1], last)))
        if chinese:
            return chinese
    return ()


def _base_forms(word: str) -> list[str]:
    forms = [word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            forms.append(stem + instead)
            if not instead and len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return forms
