"""Completion of what is being typed: entities, metrics and periods of the archive's facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.facts import FactStore, Term, TermKind, spelling
from cloudqa.questions.phrase import is_period

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Assistant

_LONGEST_WORD = 24  # characters before the cursor that are looked at
_KINDS = {TermKind.ENTITY: "entity", TermKind.METRIC: "metric", TermKind.LABEL: "label"}
_ENDS_NAME = "\n\t ，。？！；：、,.?!;:的和与跟及比"
_BROKEN = re.compile(r"[“”\"。，；：？！,;:?!]")
_CALENDAR = re.compile("^(?:FY|CY)")
_UNIT = re.compile(r"\s*[（(][^（）()]*[）)]$")
_SHORTEST_INSIDE = 2  # characters typed of a name that begins inside a run of Chinese


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
    """The names that continue the word at the end of a text.

    Args:
        source: The facts, or an assistant over them.
        text: What was typed, up to the cursor.
        limit: The most names returned.

    Returns:
        Completions, those of which most is typed first, then by frequency; none is typed in full already; () where
        nothing is being typed.
    """
    store = source if isinstance(source, FactStore) else source.facts
    found: dict[str, Completion] = {}
    for start in _starts(text):
        typed = spelling(text[start:])
        for name, kind in _continuing(store, text[start:], limit):
            if spelling(name) != typed:
                found.setdefault(spelling(name), Completion(name, kind, start))
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def _starts(text: str) -> Iterator[int]:
    """Where the word at the end may begin, the longest first; never inside a Latin word or number."""
    if not text or text[-1] in _ENDS_NAME:
        return
    for start in range(max(0, len(text) - _LONGEST_WORD), len(text)):
        if text[start].isspace() or _inside_word(text, start):
            continue
        at_beginning = start == 0 or text[start - 1] in _ENDS_NAME
        if at_beginning or len(text) - start >= _SHORTEST_INSIDE:
            yield start


def _inside_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return before.isascii() and before.isalnum() and text[at].isascii() and text[at].isalnum()


def _continuing(store: FactStore, typed: str, limit: int) -> Iterator[tuple[str, str]]:
    """Names that begin with what was typed: periods, then terms, each sort by frequency."""
    wanted = spelling(typed)
    names = [p.label for p in store.periods()] if any(c.isdigit() or c in "fF" for c in typed[:2]) else []
    if not _CALENDAR.match(typed.upper()):
        names = [_CALENDAR.sub("", name) for name in names]
    yield from ((name, "period") for name in dict.fromkeys(names) if spelling(name).startswith(wanted))
    for term in store.vocabulary.beginning(typed, tuple(_KINDS), 2 * limit):
        if not _BROKEN.search(term.display) and not is_period(term.display) and not _with_unit(store, term):
            yield term.display, _KINDS[term.kind]


def _with_unit(store: FactStore, term: Term) -> bool:
    """Whether a row's label is a metric's name with its unit, which is offered without it: 收入（亿元）."""
    bare = _UNIT.sub("", term.display)
    if term.kind is not TermKind.LABEL or bare == term.display:
        return False
    return any(t.kind is TermKind.METRIC for t in store.vocabulary.known(bare))
