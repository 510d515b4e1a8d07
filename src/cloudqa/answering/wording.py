"""Other words for the words of a question: general synonyms, and Chinese for English."""

from __future__ import annotations

from cloudqa.language import normal_text
from cloudqa.language.glossary import find_glossary
from cloudqa.language.synonyms import find_synonyms
from cloudqa.language.thesaurus import find_alike

_MOST_WORDS = 40


def other_words(normalised: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The words of a normalised question that others may stand for.

    Returns:
        ``(start, end, other words)`` with half-open offsets; the same words may come twice.
    """
    found = [(m.start, m.end, m.group.words) for m in find_synonyms(normalised)]
    return found + find_alike(normalised) + find_glossary(normalised)


def in_chinese_too(question: str) -> str:
    """An English question with the Chinese words for its own behind it, for search by words."""
    found = other_words(normal_text(question))
    chinese = [word for _, _, others in found for word in others if not word.isascii()][:_MOST_WORDS]
    return " ".join((question, *dict.fromkeys(chinese)))
