"""Text put together from parts of a report, each keeping its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from cloudqa.documents import Paragraph, Span
from cloudqa.language import sentence_spans


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a report for reading.

    Attributes:
        text: As it reads.
        sentences: Half-open spans of its sentences in ``text``.
        pieces: ``(start in text, end in text, source span)`` in order.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, int, Span], ...]


def source_part(text: str, span: Span) -> Part:
    """The part that stands in one place of the canonical text."""
    source = text[span.start : span.end]
    sentences = tuple(sentence_spans(source)) if len(source) > 1 else ((0, len(source)),)
    return Part(source, sentences, ((0, len(source), span),))


class SplitParagraph:
    """A paragraph's sentences; each, or any run of them, can be taken as a :class:`Part`."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.text = paragraph.text
        self.sentences = sentence_spans(paragraph.text)
        self._places: list[tuple[int, int, Span]] = []
        at = 0
        for span in paragraph.pieces:
            if self._places and self.text[at : at + 1] == " ":
                at += 1
            self._places.append((at, at + span.end - span.start, span))
            at += span.end - span.start
        self._starts = [low for low, _, _ in self._places]

    def part(self, first: int, last: int) -> Part:
        """Sentences ``first`` to ``last``, both included, with what is between them."""
        start, end = self.sentences[first][0], self.sentences[last][1]
        sentences = tuple((low - start, high - start) for low, high in self.sentences[first : last + 1])
        return Part(self.text[start:end], sentences, tuple(self._pieces(start, end)))

    def whole(self) -> Part:
        """All of it."""
        return self.part(0, len(self.sentences) - 1)

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, Span]]:
        pieces = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._places) and self._places[at][0] < end:
            low, high, span = self._places[at]
            first, last = max(low, start), min(high, end)
            if first < last:
                place = Span(span.start + first - low, span.start + last - low)
                pieces.append((first - start, last - start, place))
            at += 1
        return pieces


@dataclass(slots=True)
class Composition:
    """Parts put one below the other, a line end between them."""

    _texts: list[str] = field(default_factory=list)
    _sentences: list[tuple[int, int]] = field(default_factory=list)
    _pieces: list[tuple[int, int, Span]] = field(default_factory=list)
    chars: int = 0

    def add(self, part: Part) -> None:
        """Put a part below the others."""
        start = self.chars + (1 if self._texts else 0)
        self._texts.append(part.text)
        self._sentences += [(start + low, start + high) for low, high in part.sentences]
        self._pieces += [(start + low, start + high, span) for low, high, span in part.pieces]
        self.chars = start + len(part.text)

    def part(self) -> Part:
        """All parts as one."""
        return Part("\n".join(self._texts), tuple(self._sentences), tuple(self._pieces))
