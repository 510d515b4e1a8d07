"""Words that refer to earlier turns put into full: 它 → 甲公司, 后者 → 乙公司, 那个季度 → 2017Q4."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudqa.answering.conversation.leaning import Pointer, Reference, Turn
from cloudqa.answering.conversation.matter import Matter, pair_of
from cloudqa.answering.conversation.operating import BASED
from cloudqa.answering.conversation.pieces import Cut, PieceKind
from cloudqa.questions.cues import CueKind

_TIME = re.compile("[季年月期]|quarter|year|month")
_EITHER = re.compile("[两二]者|它们|both|the two|them|they", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^its\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Referred:
    """A turn with its referring words in full.

    Attributes:
        text: The turn.
        meant: What they stand for, with the kind of slot.
        unresolved: A referring word that stands for nothing that was spoken of, "" if there is none.
    """

    text: str
    meant: tuple[tuple[PieceKind, str], ...] = ()
    unresolved: str = ""


def refer(turn: Turn, own: Cut, last: Matter | None, earlier: Cut | None) -> Referred:
    """The turn with its referring words in full.

    Args:
        turn: The turn as read.
        own: The turn in pieces, with its referring words as they are.
        last: What was spoken of last.
        earlier: The question before that.
    """
    names = own.of(PieceKind.NAME)
    text, meant, unresolved = turn.text, list[tuple[PieceKind, str]](), ""
    for reference in reversed(turn.references):
        word = turn.text[reference.start : reference.end]
        if reference.pointer in (Pointer.THING, Pointer.BOTH) and any(n.end <= reference.start for n in names):
            continue  # 甲公司和它的股东: what it stands for was said just before
        found = _meant(reference, word, last, earlier)
        if found is None:
            unresolved = word
            continue
        kind, full = found
        meant.insert(0, (kind, full))
        possessive = "'s" if _POSSESSIVE.match(word) else ""
        text = f"{text[: reference.start]}{full}{possessive}{text[reference.end :]}"
    based = last is not None and last.cut.does(*BASED)
    if not turn.references and last is not None and not based:
        if _sets_apart(own, CueKind.DIFFERENCE, CueKind.TIMES):
            return _with_pair(text, last, earlier) or Referred(text, (), text)
        if _sets_apart(own, CueKind.UP, CueKind.DOWN, CueKind.CHANGE):
            return _with_pair(text, last, earlier, only_time=True) or Referred(text)
    return Referred(text.strip(), tuple(m for m in meant if m[1]), unresolved)


def _meant(reference: Reference, word: str, last: Matter | None, earlier: Cut | None) -> tuple[PieceKind, str] | None:
    """The slot and words that a referring word stands for; None if nothing was spoken of that it can stand for."""
    if last is None:
        return None
    if reference.pointer is Pointer.SAME:
        return PieceKind.METRIC, ""
    if reference.pointer is Pointer.PERIOD:
        return (PieceKind.PERIOD, last.when) if last.when else None
    if reference.pointer is Pointer.THING:
        return (PieceKind.NAME, last.thing) if last.thing else None
    return _of_pair(reference.pointer, word, last, earlier)


def _of_pair(pointer: Pointer, word: str, last: Matter, earlier: Cut | None) -> tuple[PieceKind, str] | None:
    of_time = _TIME.search(word) is not None
    if pointer is Pointer.BOTH and last.several and not of_time:
        return PieceKind.NAME, last.several
    pair = pair_of(earlier, last, of_time=of_time)
    if pair is None and (pointer is not Pointer.BOTH or _EITHER.match(word)):
        of_time = not of_time
        pair = pair_of(earlier, last, of_time=of_time)
    if pair is None:
        return None
    kind = PieceKind.PERIOD if of_time else PieceKind.NAME
    texts = {Pointer.FORMER: pair[0], Pointer.LATTER: pair[1]}
    return kind, texts.get(pointer, "和".join(pair))


def first_latin(text: str) -> bool:
    """Whether a text begins with a Latin letter."""
    return text[:1].isascii() and text[:1].isalpha()


def _sets_apart(own: Cut, *kinds: CueKind) -> bool:
    """Whether a difference is asked for without saying of what: 相差多少."""
    slots = (PieceKind.NAME, PieceKind.PERIOD, PieceKind.METRIC, PieceKind.WORD)
    if own.has(*slots) or own.does(*BASED):
        return False
    return own.does(*kinds)


def _with_pair(text: str, last: Matter, earlier: Cut | None, *, only_time: bool = False) -> Referred | None:
    """The turn with the two things or periods spoken of last before it; None if there are not two."""
    for kind in (PieceKind.PERIOD,) if only_time else (PieceKind.NAME, PieceKind.PERIOD):
        pair = pair_of(earlier, last, of_time=kind is PieceKind.PERIOD)
        if pair is not None:
            both = (" and " if first_latin(text) else "和").join(pair)
            return Referred(f"{both} {text}" if first_latin(text) else f"{both}{text}", ((kind, both),))
    return None
