"""Several metrics asked for at once: 总部和信用等级, 均价、套数各是多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cloudqa.facts import Fact
from cloudqa.language.synonyms import SynonymKind
from cloudqa.questions.choice import Choice, hard_words, is_any_value
from cloudqa.questions.figures import item
from cloudqa.questions.finding import Finding, FindingKind, Item
from cloudqa.questions.labels import name_label, period_label
from cloudqa.questions.lookup import in_asked_order
from cloudqa.questions.operands import latest, merged
from cloudqa.questions.phrase import bits, compact, phrase_of
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import Family

_JOINED = re.compile(r"[和与及跟、,，;；]|以及|还有|\band\b")
_LOOKED_AT = 16
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """A metric with the half-open place where the question says the whole of its name."""

    start: int
    end: int
    family: Family


def several_metrics(scene: Scene) -> Finding | None:
    """The values of two or more columns that the question names in full; None where it names fewer."""
    if not scene.names:
        return None
    said = _said_metrics(scene)
    if len(said) < _FEWEST:
        return None
    choices = [scene.choice_of(s.family) for s in said]
    accounted = 0
    for choice in choices:
        accounted |= choice.accounted
    chosen = [_facts(scene, c) for c in choices]
    if hard_words(scene.examiner.open_words(accounted)) or not _of_same_things(chosen):
        return None
    return _finding(chosen, scene)


def _said_metrics(scene: Scene) -> list[_Said]:
    """The metrics of tables that the question names in full, left to right, the longest name at each place."""
    found = [
        _Said(start, end, family)
        for family in scene.families(is_any_value)[:_LOOKED_AT]
        if family.key.from_table
        for start, end in _spots(scene, family.members[0].fact.metric)
    ]
    found.sort(key=lambda s: (s.start - s.end, s.start, -s.family.score))
    kept: list[_Said] = []
    for said in found:
        apart = all(said.end <= k.start or k.end <= said.start for k in kept)
        if apart and not any(said.family.key.label == k.family.key.label for k in kept):
            kept.append(said)
    kept.sort(key=lambda s: s.start)
    gaps = [scene.question.text[a.end : b.start] for a, b in pairwise(kept)]
    return kept if all(_JOINED.search(gap) for gap in gaps) else []


def _spots(scene: Scene, metric: str) -> list[tuple[int, int]]:
    """Where the question says a metric's whole name, in the same or in other words."""
    label = phrase_of(metric)
    whole = {m.number for m in label.matches if m.start == 0 and m.end == len(label.text)}
    spots = [
        (m.start, m.end) for m in scene.question.phrase.matches if m.kind is SynonymKind.METRIC and m.number in whole
    ]
    at = scene.question.text.find(label.text)
    if at >= 0 and len(label.text) > 1:
        spots.append((at, at + len(label.text)))
    return [s for s in spots if not bits(*s) & scene.examiner.name_places]


def _facts(scene: Scene, choice: Choice) -> list[Fact]:
    """The facts of a metric, one for each thing and period asked for."""
    facts = [group[0] for group in merged(m.fact for m in choice.members if not m.fact.total)]
    if not scene.periods and len({f.period for f in facts}) > 1:
        facts = latest(facts)
    return in_asked_order(scene, facts)


def _of_same_things(chosen: Sequence[Sequence[Fact]]) -> bool:
    """Whether all are of one table and tell of the same things and periods."""
    tables = {(f.report, f.table) for facts in chosen for f in facts}
    things = [{(compact(name_label(f)), f.period) for f in facts} for facts in chosen]
    return len(tables) == 1 and all(things) and all(t == things[0] for t in things)


def _finding(chosen: Sequence[Sequence[Fact]], scene: Scene) -> Finding:
    facts = [f for of_thing in zip(*chosen, strict=True) for f in of_thing]
    names = {name_label(f) for f in facts}
    periods = {f.period for f in facts}
    items: list[Item] = []
    for fact in facts:
        parts = [
            name_label(fact) if len(names) > 1 else "",
            period_label(fact) if len(periods) > 1 else "",
            fact.metric,
        ]
        items.append(item(fact, scene.question, " ".join(p for p in parts if p)))
    in_words = any(isinstance(i.value, str) for i in items)
    subject = next(iter(names)) if len(names) == 1 else ""
    return Finding(FindingKind.LIST if in_words else FindingKind.SERIES, subject, tuple(items), evidence=tuple(facts))
