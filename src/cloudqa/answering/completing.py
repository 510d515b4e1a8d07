"""Completion of what is being typed: entities, metrics and periods of the archive's facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.facts import FactStore, TermKind, spelling

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Assistant

_LONGEST_WORD = 24  # characters before the cursor that are looked at
_KINDS = {TermKind.ENTITY: "entity", TermKind.METRIC: "metric", TermKind.LABEL: "label"}
_ENDS_NAME = "\n\t ，。？！；：、,.?!;:的和与跟及比"


@dataclass(frozen=True, slots=True)
class Completion:
    """A name that continues what is being typed.

    Attributes:
        text: The whole name, as the reports print it.
        kind: ``entity``, ``metric``, ``label`` (a row of a table) or ``period``.
        start: Offset in the text from which the name takes the place of what was typed.
    """

    text: str
    kind: str
    start: int


def complete(source: FactStore | Assistant, text: str, limit: int = 8) -> tuple[Completion, ...]:
    """The names that continue the word at the end of a text, those that more of it begins with first.

    Args:
        source: The facts, or an assistant over them.
        text: What was typed, up to the cursor.
        limit: The most names returned.

    Returns:
        Completions, none of which is already typed in full; () where nothing is being typed.
    """
    store = source if isinstance(source, FactStore) else source.facts
    found: dict[str, Completion] = {}
    for start in _starts(text):
        for name, kind in _continuing(store, text[start:], limit):
            if spelling(name) != spelling(text[start:]):
                found.setdefault(name, Completion(name, kind, start))
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def _starts(text: str) -> list[int]:
    """Where the word at the end may begin, the longest first; never inside a Latin word or number."""
    if not text or text[-1] in _ENDS_NAME:
        return []
    return [s for s in range(max(0, len(text) - _LONGEST_WORD), len(text)) if not _inside_word(text, s)]


def _inside_word(text: str, at: int) -> bool:
    if text[at].isspace():
        return True
    before = text[at - 1 : at]
    return before.isascii() and before.isalnum() and text[at].isascii() and text[at].isalnum()


def _continuing(store: FactStore, typed: str, limit: int) -> list[tuple[str, str]]:
    names = [(t.display, _KINDS[t.kind]) for t in store.vocabulary.beginning(typed, tuple(_KINDS), limit)]
    wanted = spelling(typed)
    periods = [p.label for p in store.periods() if spelling(p.label).startswith(wanted)]
    return [*((label, "period") for label in periods[:limit]), *names]
