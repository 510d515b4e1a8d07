"""Places in a ranking compared: 第一名与第七名相差多少, 名次比上年上升的有哪些."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cloudqa.facts import Fact, FactSource
from cloudqa.quantities import PeriodMention, Quantity
from cloudqa.questions.choice import Choice, hard_words, is_level
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable, item, same_measure
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.intent import Against
from cloudqa.questions.labels import name_label
from cloudqa.questions.operands import base_period, choose_several, sibling
from cloudqa.questions.pairs import pair_finding
from cloudqa.questions.phrase import compact
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure, matches_period

_RANKS = ("名次", "排名", "位次", "排序", "rank", "ranking")
_EARLIER = re.compile("^(?:上年度?|去年|上一?[年期次届季月]|前一?[年期次届]|last year'?s?|previous)(?:的)?")
_THAN_LAST_YEAR = re.compile("[比较](?:去年|上年|上一年|前一年)")
_MOST_LISTED = 20
_PAIR = 2


def between_places(scene: Scene) -> Finding | None:
    """The difference or ratio between the figures of the n-th and the m-th; None if it names no two places."""
    numbers = [c.number for c in scene.question.cues if c.kind is CueKind.ORDINAL and c.number is not None]
    if len(numbers) != _PAIR:
        return None
    choice = choose_several(scene, matches_period)
    if choice is None or not choice.members or hard_words(choice.open):
        return None
    facts = [m.fact for m in choice.members if is_figure(m.fact) and not m.fact.total]
    pair = [f for n in numbers if (f := _at_place(scene, facts, n)) is not None]
    if len(pair) != _PAIR:
        return missing(*(f"第{n}名" for n in numbers))
    return pair_finding(scene, sorted(pair, key=lambda f: -_value(f)))


def _at_place(scene: Scene, facts: Sequence[Fact], number: int) -> Fact | None:
    """The fact of the row that a column of ranks puts there, else the n-th by its own value; None where several tie."""
    ranks = _rank_column(scene, facts)
    if ranks:
        found = [f for f in facts if ranks.get((f.report, f.table, f.row)) == number]
        return found[0] if len(found) == 1 else None
    order = sorted(facts, key=_value, reverse=scene.intent.descending)
    if number > len(order) or [_value(f) for f in order].count(_value(order[number - 1])) > 1:
        return None
    return order[number - 1]


def _rank_column(scene: Scene, facts: Sequence[Fact]) -> dict[tuple[str, int | None, int | None], Decimal]:
    """The ranks that the facts' table prints, by row."""
    tables = {(f.report, f.table) for f in facts}
    return {
        (f.report, f.table, f.row): _value(f)
        for f in scene.pool.facts
        if f.table is not None and (f.report, f.table) in tables and is_figure(f) and compact(f.metric) in _RANKS
    }


def _value(fact: Fact) -> Decimal:
    return fact.value.value if isinstance(fact.value, Quantity) else Decimal(0)


@dataclass(frozen=True, slots=True)
class _Move:
    """A thing's figure with the earlier one that it is compared with."""

    now: Fact
    before: Fact


def moved(scene: Scene) -> Finding | None:
    """The things whose figure is higher, or lower, than the one before: 名次比上年上升的厂商, 比上季度下降的公司.

    A rank rises when its number falls. What has no earlier figure has neither risen nor fallen.
    """
    question = scene.question
    rises, falls = question.has(CueKind.UP, CueKind.GROWTH), question.has(CueKind.DOWN)
    if rises == falls or not question.has(CueKind.WHICH, CueKind.WHO, CueKind.COUNT) or question.amounts:
        return None
    if question.has(CueKind.MAX, CueKind.MIN, CueKind.TOP, CueKind.WHICH_PERIOD):
        return None
    if scene.intent.against is Against.NOTHING and _THAN_LAST_YEAR.search(question.text) is None:
        return None
    choice = scene.choose(lambda f: is_level(f) and not _is_earlier(f), fits=_of_period, narrow=False)
    if choice is None or not choice.members or hard_words(choice.open):
        return None
    moves = _moves(scene, choice)
    if len(moves) < _PAIR:
        return None
    holds = _direction(moves, rises=rises)
    chosen = [m for m in moves if holds(m)]
    return _counted(scene, chosen) if question.has(CueKind.COUNT) else _listed(scene, chosen, moves)


def _of_period(mention: PeriodMention, fact: Fact) -> bool:
    """Whether a fact is of a period named outright; what is compared with (上年) is none that facts must be of."""
    return mention.period is None or matches_period(mention, fact)


def _moves(scene: Scene, choice: Choice) -> list[_Move]:
    """The figures chosen with those before them."""
    found = []
    for member in choice.members:
        fact = member.fact
        if not is_figure(fact) or fact.total or fact.source is FactSource.LIST:
            continue
        before = _beside(scene, fact) or _before(scene, fact)
        if before is not None and same_measure(fact, before):
            found.append(_Move(fact, before))
    return found


def _is_earlier(fact: Fact) -> bool:
    """Whether a column says of itself that it is the earlier one of two."""
    return _EARLIER.match(compact(fact.metric)) is not None


def _beside(scene: Scene, fact: Fact) -> Fact | None:
    """The figure of the same row in a column that says it is the earlier one: 上年名次 beside 名次."""
    label = compact(fact.metric)
    return next(
        (
            f
            for f in scene.pool.facts
            if (f.report, f.table, f.row) == (fact.report, fact.table, fact.row)
            and is_figure(f)
            and is_level(f)
            and (m := _EARLIER.match(compact(f.metric))) is not None
            and compact(f.metric)[m.end() :] == label
        ),
        None,
    )


def _before(scene: Scene, fact: Fact) -> Fact | None:
    if fact.period is None:
        return None
    against = scene.intent.against
    earlier = base_period(fact.period, Against.YEAR_AGO if against is Against.NOTHING else against)
    return sibling(scene, fact, earlier) if earlier is not None else None


def _direction(moves: Sequence[_Move], *, rises: bool) -> Callable[[_Move], bool]:
    label = compact(moves[0].now.metric)
    ranked = any(label.endswith(word) for word in _RANKS)

    def holds(move: _Move) -> bool:
        now, before = comparable([move.now, move.before])
        return now.value != before.value and (now.value > before.value) == (rises != ranked)

    return holds


def _listed(scene: Scene, chosen: Sequence[_Move], moves: Sequence[_Move]) -> Finding | None:
    if len(chosen) > _MOST_LISTED:
        return None
    if not chosen:
        facts = tuple(f for m in moves[:2] for f in (m.now, m.before))
        return Finding(FindingKind.LIST, moves[0].now.metric, (), evidence=facts)
    items = tuple(_item(scene, m) for m in chosen)
    evidence = tuple(f for m in chosen for f in (m.now, m.before))
    return Finding(FindingKind.LIST, chosen[0].now.metric, items, evidence=evidence)


def _item(scene: Scene, move: _Move) -> Item:
    return item(move.now, scene.question, name_label(move.now))


def _counted(scene: Scene, chosen: Sequence[_Move]) -> Finding:
    items = tuple(_item(scene, m) for m in chosen)
    evidence = tuple(f for m in chosen for f in (m.now, m.before))
    metric = chosen[0].now.metric if chosen else ""
    return Finding(FindingKind.COUNT, metric, items, Decimal(len(chosen)), "", evidence=evidence)
