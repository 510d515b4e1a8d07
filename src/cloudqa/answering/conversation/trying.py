"""Asking a completed question, and whether the answer is about what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.conversation.matter import Matter
from cloudqa.answering.conversation.pieces import PieceKind
from cloudqa.answering.conversation.weaving import Woven
from cloudqa.facts import Fact
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import convertible, find_unit
from cloudqa.questions.cues import CueKind
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
    if reply.answer.refused:
        return False
    if matter.reply.finding is None:
        return True
    if reply.finding is None:
        return False
    if not _in_unit_asked(woven, reply.finding):
        return False
    counted = FindingKind.COUNT
    before = matter.reply.finding.kind
    if reply.finding.kind is counted and not woven.operated and before not in (counted, FindingKind.MISSING):
        return False
    facts = reply.finding.evidence
    if woven.undated and not (facts and all(f.period is None and not f.relative for f in facts)):
        return False
    if not facts or not matter.facts:
        return bool(facts) or bool(reply.finding.items) or reply.finding.verdict is not None
    if PieceKind.METRIC not in woven.changed and not any(_same_metric(f, o) for f in facts for o in matter.facts):
        return False
    return woven.operated or _changed_once(woven, facts, matter.facts)


def _in_unit_asked(woven: Woven, finding: Finding) -> bool:
    """Whether a figure asked for in another unit or currency (折合人民币) is in it."""
    question = read_question(woven.text)
    if not question.has(CueKind.IN_UNIT) or finding.value is None:
        return True
    unit = find_unit(finding.unit)
    return question.wanted is not None and unit is not None and convertible(unit, question.wanted)


def _same_metric(one: Fact, other: Fact) -> bool:
    """Whether two facts are of one metric, by its name or a synonym of it."""
    mine, theirs = ({compact(f.metric), compact(f.of)} - {""} for f in (one, other))
    if mine & theirs:
        return True
    return bool(_groups(one) & _groups(other))


def _groups(fact: Fact) -> frozenset[int]:
    """The synonym groups of what a fact measures; a word within a longer one (收入 in 海外收入) says nothing."""
    found: set[int] = set()
    for name in (fact.metric, fact.of):
        metrics = [m for m in phrase_of(name).matches if m.kind is SynonymKind.METRIC]
        longest = max((m.end - m.start for m in metrics), default=0)
        found.update(m.number for m in metrics if m.end - m.start == longest)
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
