"""Passages: a :class:`Document` -> sentence-bounded passages with heading path and place."""

from cloudqa.passages.making import MAX_CHARS, MIN_CHARS, make_passages
from cloudqa.passages.model import Passage, PassageKind

__all__ = ["MAX_CHARS", "MIN_CHARS", "Passage", "PassageKind", "make_passages"]
