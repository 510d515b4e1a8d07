"""A question being put together from pieces of the last one and of the turn that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cloudqa.answering.conversation.pieces import Piece, PieceKind, wide
from cloudqa.questions.cues import Cue, CueKind

SLOTS = (PieceKind.NAME, PieceKind.METRIC, PieceKind.PERIOD)
"""What a question is about."""

_LOOSE = re.compile(r"^[的是为有,，、\s]+|(?<!目)[的是为有,，、\s]+$")
_END = re.compile(r"[。?？!！.\s]+$")
_DOUBLED = re.compile(r"的(?:\s*的)+")
_OF = re.compile(r"\b(?:in|for|of|during)\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question being put together; ``carried`` if it comes from the question before."""

    kind: PieceKind
    text: str
    carried: bool
    cue: Cue | None = None

    def does(self, *kinds: CueKind) -> bool:
        """Whether it is a grammar word of one of these kinds."""
        return self.cue is not None and self.cue.kind in kinds


@dataclass(frozen=True, slots=True)
class Draft:
    """Parts left to right, and what is asked of them at the end ("" if the parts ask it themselves)."""

    parts: tuple[Part, ...]
    tail: str = ""
    english: bool = False

    @classmethod
    def of(cls, pieces: Iterable[Piece], *, english: bool) -> Draft:
        """A draft that is the earlier question as it was."""
        parts = [Part(p.kind, p.text, True, p.cue) for p in pieces]
        if parts:
            parts[-1] = replace(parts[-1], text=_END.sub("", parts[-1].text))
        return cls(tuple(p for p in parts if p.text), "", english)

    def without(self, drop: Callable[[Part], bool]) -> Draft:
        """The draft without some parts."""
        return replace(self, parts=tuple(p for p in self.parts if not drop(p)))

    def places(self, fits: Callable[[Part], bool]) -> list[int]:
        """The numbers of the parts that fit."""
        return [i for i, p in enumerate(self.parts) if fits(p)]

    def replaced(self, first: int, last: int, part: Part) -> Draft:
        """The draft with one part in the place of those from ``first`` to ``last``, both included."""
        return replace(self, parts=(*self.parts[:first], part, *self.parts[last + 1 :]))

    def begun_with(self, part: Part) -> Draft:
        """The draft with a part more: before all others; in English behind them."""
        if not self.english or self.tail:
            return replace(self, parts=(part, *self.parts))
        return replace(self, parts=(*self.parts, replace(part, text=f" {_preposition(part)}{part.text}")))

    def asked(self, tail: str) -> Draft:
        """The draft with something else asked of it."""
        return replace(self, tail=tail)

    @property
    def text(self) -> str:
        """The question, with a question mark."""
        body = _DOUBLED.sub("的", _joined([p.text for p in self.parts]))
        body = _END.sub("", body)
        if self.tail:
            body = _joined([_OF.sub("", _LOOSE.sub("", body)).strip(), " " if not wide(self.tail) else "", self.tail])
        return f"{body.strip()}{'?' if self.english else '？'}"

    @property
    def carried(self) -> tuple[tuple[PieceKind, str], ...]:
        """What it has from the question before."""
        return tuple((p.kind, p.text.strip()) for p in self.parts if p.carried and p.kind in SLOTS)


def _preposition(part: Part) -> str:
    return {PieceKind.PERIOD: "in ", PieceKind.NAME: "for "}.get(part.kind, "")


def _joined(texts: Iterable[str]) -> str:
    """The texts one after the other, with a blank where two Latin words or numbers would run together."""
    found = ""
    for text in texts:
        if found and text and found[-1].isascii() and text[0].isascii() and found[-1].isalnum() and text[0].isalnum():
            found += " "
        found += text
    return re.sub(r" {2,}", " ", found)
