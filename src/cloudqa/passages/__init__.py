"""Passages: a :class:`Document` -> sentence-bounded passages with heading path and place.

Making them is loaded when it is first used: answering from an index needs the model only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudqa.passages.model import Passage, PassageKind

if TYPE_CHECKING:
    from cloudqa.passages.making import MAX_CHARS, MIN_CHARS, make_passages

__all__ = ["MAX_CHARS", "MIN_CHARS", "Passage", "PassageKind", "make_passages"]


def __getattr__(name: str) -> Any:
    if name in ("MAX_CHARS", "MIN_CHARS", "make_passages"):
        from cloudqa.passages import making

        return getattr(making, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
