"""What was spoken of last: the question, its answer, and what words such as 它 or 那个季度 stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cloudqa.answering.conversation.pieces import Cut, Piece, PieceKind, is_group
from cloudqa.facts import Fact
from cloudqa.quantities import Period
from cloudqa.questions.cues import CueKind
from cloudqa.questions.finding import FindingKind
from cloudqa.questions.labels import asked_label, period_label
from cloudqa.questions.names import Name
from cloudqa.questions.phrase import compact, is_period

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Reply
    from cloudqa.facts import FactStore

RANKING = (CueKind.MAX, CueKind.MIN, CueKind.TOP, CueKind.ORDINAL, CueKind.HIGHER, CueKind.LOWER)
"""Grammar words that pick rows or periods by their figures."""

_ENTITY = "entity"


@dataclass(frozen=True)
class Matter:
    """A question that was asked, in full, with what was answered.

    Attributes:
        cut: The question in pieces.
        reply: What was answered.
        store: The facts of the archive.
    """

    cut: Cut
    reply: Reply
    store: FactStore

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that proved the answer, the most telling first; () where it is not one of the facts."""
        return self.reply.finding.evidence if self.reply.finding is not None else ()

    @property
    def joins(self) -> bool:
        """Whether it names several things of one sort: 甲公司和乙公司."""
        named = [roles(n, self.facts) for n in self.cut.names]
        return len(named) > 1 and len(self.facts) > 1 and bool(frozenset.intersection(*named))

    @property
    def ranks(self) -> bool:
        """Whether it puts things or periods in order by their figures."""
        return self.cut.does(*RANKING)

    @property
    def picked(self) -> PieceKind | None:
        """Whether it picked one period or one thing, by its figures; None if it did not."""
        finding = self.reply.finding
        if finding is None or finding.kind is not FindingKind.RANKING or len(finding.items) != 1 or not self.facts:
            return None
        return PieceKind.PERIOD if self.cut.does(CueKind.WHICH_PERIOD) else PieceKind.NAME

    @cached_property
    def thing(self) -> str:
        """What 它 stands for: the row picked, else the name that the answer is about; "" if nothing."""
        if self.picked is PieceKind.NAME:
            return asked_label(self.facts[0], self.cut.names)
        if self.cut.does(CueKind.WHO, CueKind.WHICH) and not self.cut.does(CueKind.WHICH_PERIOD):
            answered = {asked_label(f, ()) for f in self.facts}
            if len(answered) == 1:
                return answered.pop()
        pieces = self.cut.of(PieceKind.NAME)
        entities = [
            p
            for p in pieces
            for n in self.cut.names
            if compact(p.text) == compact(n.text) and _ENTITY in roles(n, self.facts)
        ]
        single = [p for p in pieces if not is_group(p.text)]
        if entities or single:
            return (entities or single)[-1].text
        words = self.cut.of(PieceKind.WORD)
        return words[0].text if len(words) == 1 and not self.cut.has(PieceKind.METRIC) else ""

    @property
    def several(self) -> str:
        """What 它们 stands for where a number of things was spoken of (四座城市); "" if none was."""
        return next((p.text for p in self.cut.of(PieceKind.NAME) if is_group(p.text)), "")

    @cached_property
    def when(self) -> str:
        """What 那个季度 stands for: the period picked, else the one asked for; "" if none."""
        if self.picked is PieceKind.PERIOD:
            return period_label(self.facts[0])
        named = self.cut.of(PieceKind.PERIOD)
        return self.cut.text[named[0].start : named[-1].end] if named else ""

    @cached_property
    def period(self) -> Period | None:
        """The period that 上一季度 counts from, None if there is none."""
        if self.picked is PieceKind.PERIOD:
            return self.facts[0].period
        said = [p.period for p in self.cut.question.periods if p.period is not None]
        if said:
            return said[-1]
        dated = [f.period for f in self.facts if f.period is not None and not f.relative]
        return dated[0] if dated else None

    @cached_property
    def neighbours(self) -> tuple[Fact, ...]:
        """The facts of the tables that the answer is from; for sentences those of the same metric."""
        found: list[Fact] = []
        for report, table in dict.fromkeys((f.report, f.table) for f in self.facts):
            if table is not None:
                found.extend(self.store.table_facts(report, table))
        if not found and self.facts:
            first = self.facts[0]
            found.extend(f for f in self.store.everything() if f.table is None and f.metric == first.metric)
        return tuple(found)

    def named_like(self, word: str) -> str:
        """The one name of a neighbouring row or column that has a word in it; "" if there is none or several."""
        values = (v for f in self.neighbours for v in (f.entity, *(v for _, v in f.keys if not is_period(v))))
        return _only(word, values)

    def measured_like(self, word: str) -> str:
        """The one metric of a neighbouring fact that has a word in it; "" if there is none or several."""
        return _only(word, (f.metric for f in self.neighbours))


def _only(word: str, texts: Iterable[str]) -> str:
    wanted = compact(word)
    found = dict.fromkeys(t for t in texts if t and wanted and wanted in compact(t))
    if len(found) > 1:
        found = dict.fromkeys(t for t in found if compact(t) == wanted) or found
    return next(iter(found)) if len(found) == 1 else ""


def roles(name: Name, facts: Iterable[Fact]) -> frozenset[str]:
    """As what a name stands in some facts: as their entity, or under the header of a key column."""
    found: set[str] = set()
    for fact in facts:
        if _spells(name, fact.entity):
            found.add(_ENTITY)
        found.update(header for header, value in fact.keys if _spells(name, value))
    return frozenset(found)


def _spells(name: Name, value: str) -> bool:
    known = compact(value)
    return bool(known) and any(s == known or s in known for s in name.spellings)


def pair_of(earlier: Cut | None, last: Matter, *, of_time: bool) -> tuple[str, str] | None:
    """The two things or periods spoken of last: both in the last question, or one in each of the last two."""
    kind = PieceKind.PERIOD if of_time else PieceKind.NAME
    here = _distinct(last.cut.of(kind))
    if len(here) == 2 and len(last.facts) >= 2:
        return here[0], here[1]
    if earlier is None:
        return None
    before = _distinct(earlier.of(kind))
    if len(before) == 2 and len(here) == 1 and here[0] in before:
        return before[0], before[1]
    gone = [t for t in before if t not in here]
    new = [t for t in here if t not in before]
    return (gone[0], new[0]) if len(gone) == 1 and len(new) == 1 else None


def _distinct(pieces: Iterable[Piece]) -> list[str]:
    return list(dict.fromkeys(p.text.strip() for p in pieces if not is_group(p.text)))
