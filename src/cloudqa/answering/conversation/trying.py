"""Asking a completed question, and whether the answer is about what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.conversation.matter import Matter
from cloudqa.answering.conversation.pieces import PieceKind
from cloudqa.answering.conversation.weaving import Woven
from cloudqa.facts import Fact, Measure
from cloudqa.facts.calculate import PERCENT, POINTS
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, groups_of, synonyms_of
from cloudqa.quantities import Quantity, convertible, find_unit
from cloudqa.questions.cues import CueKind, find_cues
from cloudqa.questions.finding import Finding, FindingKind
from cloudqa.questions.phrase import compact, is_period, phrase_of
from cloudqa.questions.reading import read_question

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Reply


def holds(woven: Woven, matter: Matter, reply: Reply) -> bool:
    """Whether an answer to a completed question is one to what the user meant.

    It must come from the facts where the last one did, be about the metric carried over, and differ from the last one
    in nothing but what the turn changed.
    """
    if reply.answer.refused or woven.text.rstrip("？?") == matter.cut.text.rstrip("？?"):
        return False
    if matter.reply.finding is None:
        return _says_names(woven, reply)
    if reply.finding is None or not _is_as_asked(woven, matter, reply.finding):
        return False
    facts = reply.finding.evidence
    if not facts or not matter.facts:
        none = reply.finding.kind is FindingKind.RANKING and matter.reply.finding.kind is FindingKind.RANKING
        return none or bool(facts) or bool(reply.finding.items) or reply.finding.verdict is not None
    return _is_of_that_metric(woven, facts, matter.facts) and (
        woven.operated or _changed_once(woven, facts, matter.facts)
    )


def _says_names(woven: Woven, reply: Reply) -> bool:
    """Whether an answer in words, or what it cites, has the names that the turn gave."""
    said = compact(" ".join((reply.answer.answer, *(c.quote for c in reply.answer.citations))))
    return all(any(compact(s) in said for s in (n, *synonyms_of(normal_text(n).strip()))) for n in woven.names)


def _is_as_asked(woven: Woven, matter: Matter, finding: Finding) -> bool:
    """Whether a finding is in the unit, of the sort and about the names and period asked for."""
    if not _in_unit_asked(woven, finding) or not _is_of_that_sort(woven, matter, finding):
        return False
    facts = finding.evidence
    if woven.undated and not (facts and all(f.period is None and not f.relative for f in facts)):
        return False
    return not facts or all(any(_bears(f, name) for f in facts) for name in woven.names)


def _is_of_that_metric(woven: Woven, facts: Sequence[Fact], before: Sequence[Fact]) -> bool:
    """Whether the metric carried over is that of the answer; of a share it is a part of another one's name."""
    if PieceKind.METRIC in woven.changed:
        return True
    if not read_question(woven.text).has(CueKind.SHARE) and not any(_same_metric(f, o) for f in facts for o in before):
        return False
    return woven.operated or _alike(facts, before)


_SORTS = (
    {FindingKind.FIGURE, FindingKind.TEXT, FindingKind.SERIES, FindingKind.LIST},
    {FindingKind.RANKING},
    {FindingKind.COUNT},
    {FindingKind.VERDICT, FindingKind.CORRECTION},
)
_CHANGES = (CueKind.YEAR_AGO, CueKind.PREVIOUS, CueKind.GROWTH, CueKind.CAGR)
_CALCULATED = (*_CHANGES, CueKind.UP, CueKind.DOWN, CueKind.DIFFERENCE, CueKind.TIMES)


def _is_of_that_sort(woven: Woven, matter: Matter, finding: Finding) -> bool:
    """Whether a finding is of the sort asked for: that of the last one, or calculated where a change is asked for."""
    question = read_question(woven.text)
    if question.has(CueKind.RANK) and finding.kind is FindingKind.FIGURE and not _is_place(finding):
        return False
    before = matter.reply.finding.kind if matter.reply.finding is not None else FindingKind.MISSING
    if not woven.operated:
        return before is FindingKind.MISSING or any({finding.kind, before} <= sort for sort in _SORTS)
    relative = finding.unit in (PERCENT, POINTS)
    if question.has(CueKind.SHARE) and not relative and finding.kind is not FindingKind.RANKING:
        return False
    if finding.kind is FindingKind.RANKING and question.has(*_CHANGES):
        return relative
    if finding.kind is not FindingKind.FIGURE or not question.has(*_CALCULATED):
        return True
    return bool(finding.calculations) or any(_is_change(f) for f in finding.evidence)


def _is_change(fact: Fact) -> bool:
    """Whether a fact states a change or share, by its measure or by its metric's name (同季度增长百分比)."""
    return fact.measure is not Measure.LEVEL or any(c.kind in _CHANGES for c in find_cues(compact(fact.metric)))


def _is_place(finding: Finding) -> bool:
    """Whether a figure is the place in a ranking that a report prints."""
    place = groups_of("名次")
    return any(g in place for f in finding.evidence for g in groups_of(compact(f.metric)))


def _alike(facts: Sequence[Fact], before: Sequence[Fact]) -> bool:
    """Whether the figures can be of one metric: both money, both shares."""
    one, other = facts[0].value, before[0].value
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return True
    return not (one.unit.stated and other.unit.stated) or one.unit.dimension is other.unit.dimension


def _in_unit_asked(woven: Woven, finding: Finding) -> bool:
    """Whether a figure asked for in another unit or currency (折合人民币) is in it."""
    question = read_question(woven.text)
    if not question.has(CueKind.IN_UNIT) or finding.value is None:
        return True
    unit = find_unit(finding.unit)
    return question.wanted is not None and unit is not None and convertible(unit, question.wanted)


def _bears(fact: Fact, name: str) -> bool:
    """Whether a fact is about a name or a known other name of it, by what identifies it and not by its sentence."""
    own = (fact.entity, fact.metric, fact.of, fact.speaker, *(v for _, v in fact.keys), *(h for h, _ in fact.keys))
    if fact.table is not None or not fact.entity:
        own = (*own, *fact.context, fact.text)
    spellings = {compact(s) for s in (name, *synonyms_of(normal_text(name).strip()))} - {""}
    known = [compact(text) for text in own if text]
    return any(s in k or k in s for s in spellings for k in known)


def _same_metric(one: Fact, other: Fact) -> bool:
    """Whether two facts are of one metric, by its name or a synonym of it."""
    mine, theirs = ({compact(f.metric), compact(f.of)} - {""} for f in (one, other))
    if mine & theirs:
        return True
    return bool(_groups(one) & _groups(other))


def _groups(fact: Fact) -> frozenset[int]:
    """The synonym groups of what a fact measures: of the longest word that its metric's name ends with."""
    found: set[int] = set()
    for name in (fact.metric, fact.of):
        metrics = [m for m in phrase_of(name).matches if m.kind is SynonymKind.METRIC]
        last = max(((m.end, m.end - m.start) for m in metrics), default=None)
        found.update(m.number for m in metrics if (m.end, m.end - m.start) == last)
    return frozenset(found)


def _changed_once(woven: Woven, facts: Sequence[Fact], before: Sequence[Fact]) -> bool:
    """Whether a fact of the same table differs from the last one in no more names than the turn gave."""
    one, other = facts[0], before[0]
    if one.table is None or (one.report, one.table) != (other.report, other.table):
        return True
    mine, theirs = dict(_identity(one)), dict(_identity(other))
    differing = sum(mine.get(k) != theirs.get(k) for k in mine.keys() | theirs.keys())
    allowed = len(woven.changed & {PieceKind.NAME, PieceKind.METRIC})
    return differing <= allowed


def _identity(fact: Fact) -> Sequence[tuple[str, str]]:
    """What a fact is of, by column: periods and the metric's own label left out; the entity only where no key is it."""
    metric = compact(fact.metric)
    keys = [(h, compact(v)) for h, v in fact.keys if not is_period(v) and not compact(v).startswith(metric)]
    if not any(v == compact(fact.entity) for _, v in keys):
        keys.append(("", compact(fact.entity)))
    return keys
