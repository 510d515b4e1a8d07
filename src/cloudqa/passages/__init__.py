"""Passages: a :class:`Document` -> sentence-bounded passages with heading path and place."""

from cloudqa.passages.model import Passage, PassageKind

__all__ = ["Passage", "PassageKind"]
