"""Other words for the words of a question: general synonyms, and Chinese for English."""

from __future__ import annotations

from cloudqa.language.glossary import find_glossary
from cloudqa.language.synonyms import find_synonyms


def other_words(normalised: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The words of a normalised question that others may stand for.

    Returns:
        ``(start, end, other words)`` with half-open offsets; the same words may come twice.
    """
    found = [(m.start, m.end, m.group.words) for m in find_synonyms(normalised)]
    return found + find_glossary(normalised)
