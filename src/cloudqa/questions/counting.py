"""How many: a number that the report gives, or the rows of a table that fulfil what is asked."""

from __future__ import annotations

import re
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import Dimension, Quantity, convertible
from cloudqa.questions.choice import Choice, hard_words, is_level
from cloudqa.questions.cues import CueKind
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.finding import Finding, FindingKind, Item
from cloudqa.questions.labels import name_label
from cloudqa.questions.lookup import of_facts
from cloudqa.questions.operands import merged
from cloudqa.questions.phrase import bits, compact, phrase_of
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import matches_period

_COUNTS = (Dimension.COUNT, Dimension.PEOPLE)
_MOST_NAMED = 8
_WHOLE = 0.7
_NOUN = re.compile("[^\\W\\x00-\\xff]{2,6}?(?=$|[^\\w]|[的成在被是有由]|获得|合格|参加|超过)")


def count(scene: Scene) -> Finding | None:
    """How many: as a figure of the report says, else counted from the rows of a table."""
    choice = scene.choose(_is_count)
    if (
        choice is not None
        and choice.members
        and not hard_words(choice.open)
        and (scene.names_rows() or _is_meant(scene, choice))
    ):
        facts = [g[0] for g in merged(m.fact for m in choice.members if m.fact.absence is None)]
        if facts:
            return of_facts(scene, facts)
    if choice is not None and choice.family.members[0].support.label_share >= _WHOLE:
        return None
    return _counted_rows(scene)


def _is_meant(scene: Scene, choice: Choice) -> bool:
    """Whether the question says the whole of what is counted."""
    first, wanted = choice.members[0], scene.question.wanted
    if first.support.label_share >= _WHOLE or first.fact.table is None:
        return True
    unit = first.fact.value.unit if isinstance(first.fact.value, Quantity) else None
    return unit is not None and wanted is not None and unit.stated and wanted.stated and convertible(unit, wanted)


def _is_count(fact: Fact) -> bool:
    if not is_level(fact):
        return False
    if not isinstance(fact.value, Quantity):
        return True
    unit = fact.value.unit
    counted = unit.dimension is Dimension.UNSTATED and fact.metric.endswith(("数", "量", "次", "数量"))
    return unit.dimension in _COUNTS or counted or (unit.dimension is Dimension.UNSTATED and unit.scale > 1)


def _counted_rows(scene: Scene) -> Finding | None:
    """The things that have a row about the names asked for and of the period asked for, each counted once."""
    rows: dict[tuple[str, int | None, int | None], Fact] = {}
    wanted = (1 << len(scene.names)) - 1
    for fact in scene.pool.facts:
        if fact.table is None or fact.total or (scene.periods and not _of_periods(scene, fact)):
            continue
        if scene.examiner.about(fact, scene.pool.row_text(fact)) == wanted:
            rows.setdefault((fact.report, fact.table, fact.row), fact)
    facts = _of_best_tables(scene, [f for f in rows.values() if _is_counted(scene, f)])
    people = scene.question.wanted is not None and scene.question.wanted.dimension is Dimension.PEOPLE
    if (
        not facts
        or not scene.names
        or people
        or not scene.pool.complete
        or scene.names_rows()
        or hard_words(scene.examiner.open_words(_accounted(scene, facts)))
    ):
        return None
    things = list({compact(name_label(f)): f for f in reversed(facts)}.values())[::-1]
    items = tuple(Item(name_label(f), f.printed, "", f) for f in things[:_MOST_NAMED])
    return Finding(FindingKind.COUNT, "", items, Decimal(len(things)), "", evidence=tuple(things), lead="rows")


def _is_counted(scene: Scene, fact: Fact) -> bool:
    """Whether the rows of a fact's table are what is counted: plots where 土地 are asked for, not estates."""
    noun = _counted_noun(scene)
    if not noun:
        return True
    said = phrase_of(" ".join([*fact.context, *(h for h, _ in fact.keys)]))
    asked = phrase_of(noun)
    kinds = {m.number for m in asked.matches if m.kind is SynonymKind.NOUN}
    if kinds:
        return bool(kinds & said.groups)
    return noun[-2:] in said.text or any(noun in scene.question.text[n.start : n.end] for n in scene.names)


def _counted_noun(scene: Scene) -> str:
    """What is counted: 土地 of 多少块土地 or of 有几块土地, "" where the question does not say."""
    cue = scene.question.cue(CueKind.COUNT)
    if cue is None:
        return ""
    found = _NOUN.match(scene.question.text, cue.end)
    if found is not None and silent_places(found.group(), bits(0, len(found.group()))) != bits(0, len(found.group())):
        return found.group()
    before = [m for m in scene.question.phrase.matches if m.kind is SynonymKind.NOUN and m.end <= cue.start]
    last = max(before, key=lambda m: (m.end, m.end - m.start), default=None)
    return scene.question.text[last.start : last.end] if last is not None else ""


def _of_best_tables(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """The rows of the tables whose caption and key header say most of the question."""
    said = {
        f.id: scene.examiner.cover(" ".join([*f.context, *(h for h, _ in f.keys)]))[0] & scene.examiner.content
        for f in facts
    }
    most = max((mask.bit_count() for mask in said.values()), default=0)
    return [f for f in facts if said[f.id].bit_count() == most]


def _of_periods(scene: Scene, fact: Fact) -> bool:
    return any(
        matches_period(p, fact) or (p.period is not None and fact.period is not None and p.period.contains(fact.period))
        for p in scene.periods
    )


def _accounted(scene: Scene, facts: list[Fact]) -> int:
    """What names, headers, caption and headings of the rows account for."""
    mask = 0
    tables = {(f.report, f.table) for f in facts}
    for name in scene.names:
        mask |= name.mask
    for fact in scene.pool.facts:
        if (fact.report, fact.table) in tables:
            mask |= scene.examiner.cover(" ".join([*fact.context, *fact.section, *(h for h, _ in fact.keys)]))[0]
            mask |= scene.examiner.cover(fact.metric)[0]
    return mask
