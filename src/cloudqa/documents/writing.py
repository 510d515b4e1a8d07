"""Canonical text of formats that are no text: written part by part, each part's place known as it is written."""

from __future__ import annotations

from cloudqa.documents.blocks import Block
from cloudqa.documents.model import Span


class CanonicalWriter:
    """Writes the canonical text of a report and collects the blocks that stand in it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0

    def text(self) -> str:
        """Everything written."""
        return "".join(self._parts)

    def _write(self, part: str) -> Span:
        start = self._length
        self._parts.append(part)
        self._length += len(part)
        return Span(start, self._length)
