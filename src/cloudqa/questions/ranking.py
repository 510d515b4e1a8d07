"""Ranking, filtering and counting over the periods of a series or the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.facts.calculate import Op
from cloudqa.quantities import Quantity, UnitMismatchError
from cloudqa.questions.choice import Choice, hard_words, in_year, is_level
from cloudqa.questions.computing import computed
from cloudqa.questions.conditions import Condition, find_condition
from cloudqa.questions.cues import Cue, CueKind
from cloudqa.questions.figures import comparable, item, same_measure
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.intent import LOWEST_WORDS, Operation, Varying
from cloudqa.questions.labels import name_label, period_label
from cloudqa.questions.operands import choose_several, latest, merged, of_last
from cloudqa.questions.pairs import one_for_each_name
from cloudqa.questions.phrase import bits
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure
from cloudqa.questions.spanning import complete_series, with_parts_elsewhere

_MOST_SHOWN = 12
_MOST_NAMED = 8
_LEAST_COMPARED = 2


_CHOOSING = (CueKind.WHICH, CueKind.WHO, CueKind.WHICH_PERIOD)
_RANKED = (Operation.EXTREME, Operation.PLACE)
_FINAL = (CueKind.MAX, CueKind.MIN, CueKind.HIGHER, CueKind.LOWER)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Facts that a ranking runs over.

    Attributes:
        groups: One list of facts for each region or table that the question ranks apart.
        by_period: The ranking runs over periods, not over rows.
    """

    groups: tuple[tuple[Fact, ...], ...]
    by_period: bool


def rank(scene: Scene) -> Finding | None:
    """The highest, lowest, n-th, first n, those that fulfil a condition, or the whole series."""
    nested = _nested(scene)
    if nested is not None:
        return nested
    choice = choose_ranked(scene)
    if choice is None:
        return None
    refusal = scene.refuse(choice)
    if refusal is not None or scene.hard_open(choice):
        return refusal
    ranked = _ranked(scene, choice)
    if ranked is None or not any(ranked.groups):
        return None
    if sum(map(len, ranked.groups)) < _LEAST_COMPARED and _compares_names(scene):
        return _each_named(scene)
    alone = [f for g in ranked.groups for f in g]
    open_choice = alone[0].table is not None and scene.question.has(*_CHOOSING)
    chosen = open_choice or (alone[0].table is not None and not scene.is_named(alone[0]))
    if len(alone) < _LEAST_COMPARED and not chosen and scene.intent.operation in _RANKED:
        return missing(scene.topic)  # of a table it may be the only row that the question's conditions leave
    if not ranked.by_period and scene.question.has(CueKind.HIGHER, CueKind.LOWER) and not _of_one_time(scene, ranked):
        return _not_comparable(ranked)
    return _answer(scene, ranked)


def _not_comparable(ranked: Ranked) -> Finding:
    """That there are no figures of one period to compare, and which there are."""
    facts = [f for g in ranked.groups for f in g]
    nearest = tuple(f"{name_label(f)} {f.metric} {period_label(f)}：{f.printed}" for f in facts)
    return missing(f"{facts[0].metric}（{'、'.join(dict.fromkeys(name_label(f) for f in facts))}）", nearest=nearest)


def _of_one_time(scene: Scene, ranked: Ranked) -> bool:
    """Whether figures that are set against each other are of one period, and none of them alone is an expectation.

    The date of a row that is the only one of its thing in a table tells of the thing, not of a series.
    """
    facts = [f for g in ranked.groups for f in g]
    dated = [f.period for f in facts if f.period is not None]
    one_time = all(p.matches(dated[0]) for p in dated) or _single_rows(scene, facts)
    return one_time and len({f.forecast for f in facts}) == 1


def _single_rows(scene: Scene, facts: Sequence[Fact]) -> bool:
    """Whether all are of one column of a table in which each thing has one row."""
    columns = {(f.report, f.table, f.column) for f in facts}
    if len(columns) > 1 or facts[0].table is None:
        return False
    labels = [name_label(f) for f in scene.pool.facts if (f.report, f.table, f.column) in columns]
    return all(labels.count(name_label(f)) == 1 for f in facts)


def _compares_names(scene: Scene) -> bool:
    """Whether several things are to be compared with each other: 甲和乙谁的更多."""
    several = len(scene.names) > 1 and scene.question.has(CueKind.MAX, CueKind.MIN)
    return several or scene.question.has(CueKind.HIGHER, CueKind.LOWER)


def _each_named(scene: Scene) -> Finding | None:
    """The greater or lesser of the figures of the names, each stated by itself; a refusal where one is missing."""
    facts, accounted = one_for_each_name(scene)
    if len(facts) < _LEAST_COMPARED or not all(same_measure(facts[0], f) for f in facts):
        named = [scene.question.asked_text(n.start, n.end) for n in scene.names]
        return missing(*(named or [scene.topic]))
    if hard_words(scene.examiner.open_words(accounted)):
        return missing(*hard_words(scene.examiner.open_words(accounted)))
    each = Ranked((tuple(facts),), by_period=False)
    if not _of_one_time(scene, each):
        return _not_comparable(each)
    found = _extremes(scene, each)
    return replace(found, evidence=tuple(facts)) if found is not None else None


def choose_ranked(scene: Scene) -> Choice | None:
    """The metric that is ranked: a level, or the growth rates that the report states."""
    if scene.intent.rates is not Comparison.NONE:
        comparison = scene.intent.rates
        return scene.choose(
            lambda f: f.measure is Measure.GROWTH and f.comparison is comparison and is_figure(f),
            fits=in_year,
            narrow=False,
        )
    return choose_several(scene, in_year)


def _ranked(scene: Scene, choice: Choice) -> Ranked | None:
    members = [m for m in choice.members if m.fact.absence is None and is_figure(m.fact) and not m.fact.total]
    by_name: dict[int, list[Fact]] = {}
    for m in members:
        by_name.setdefault(m.support.names, []).append(m.fact)
    groups = [[g[0] for g in merged(facts)] for facts in by_name.values()]
    apart = scene.question.has(CueKind.EACH)
    compared = scene.question.has(CueKind.HIGHER, CueKind.LOWER) and not apart
    apart &= not any(scene.is_named(m.fact) for m in members)  # regions, not the ranked things
    each_named = len(groups) > 1 and not apart and (compared or all(len(g) == 1 for g in groups))
    if each_named:
        groups = [[f for g in groups for f in g]]
    facts = [f for g in groups for f in g]
    one_thing = len({name_label(f) for f in facts}) == 1 and len({f.period for f in facts}) > 1
    by_period = scene.intent.varying is Varying.PERIOD or one_thing
    if by_period:
        groups = [g for g in (of_last(scene, _one_series(scene, g)) for g in groups) if g]
    elif not each_named:
        groups = [_one_period(scene, g) for g in groups]
    return Ranked(tuple(tuple(g) for g in groups), by_period)


def ranked_facts(scene: Scene, choice: Choice) -> list[Fact]:
    """The facts that a ranking or condition runs over."""
    ranked = _ranked(scene, choice)
    return [f for g in ranked.groups for f in g] if ranked is not None else []


def _one_series(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """The facts of the one thing that most of the question's words are about, by period."""
    dated = [f for f in facts if f.period is not None]
    things: dict[str, list[Fact]] = {}
    for fact in dated:
        things.setdefault(name_label(fact), []).append(fact)
    if not things:
        return []
    best = max(things.values(), key=lambda fs: (len(fs), -fs[0].place.start))
    return sorted(
        with_parts_elsewhere(scene, best),
        key=lambda f: f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0)),
    )


def _one_period(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Rows of one period: the one asked for, else the latest."""
    if len({f.period for f in facts}) > 1 and not scene.periods:
        return latest(facts)
    return facts


def _answer(scene: Scene, ranked: Ranked) -> Finding | None:
    operation = scene.intent.operation
    if operation is Operation.SERIES:
        return _series(scene, ranked)
    condition = find_condition(scene.question)
    if operation in (Operation.FILTER, Operation.CROSSING, Operation.COUNT):
        return None if condition is None else _conditioned(scene, ranked, condition)
    if operation is Operation.PLACE and scene.intent.place is None:
        return _place_of(scene, ranked)
    return _extremes(scene, ranked)


def _sorted(scene: Scene, facts: Sequence[Fact]) -> list[tuple[Decimal, Fact]] | None:
    """The facts by value, the first asked for first; None where they do not compare."""
    try:
        values = comparable(list(facts))
    except UnitMismatchError:
        return None
    pairs = [(f.value, fact) for f, fact in zip(values, facts, strict=True)]
    return sorted(pairs, key=lambda p: -p[0] if scene.intent.descending else p[0])


def _extremes(scene: Scene, ranked: Ranked) -> Finding | None:
    chosen: list[Fact] = []
    for group in ranked.groups:
        order = _sorted(scene, group)
        if order is None:
            return None
        chosen.extend(_taken(scene, order))
        if scene.question.has(CueKind.MAX) and scene.question.has(CueKind.MIN) and len(order) > 1:
            chosen.extend(f for v, f in order if v == order[-1][0])
    facts = [f for g in ranked.groups for f in g]
    apart = scene.question.has(CueKind.POINTS, CueKind.DIFFERENCE)
    if apart and len(chosen) == 2 and scene.question.has(CueKind.MAX) and scene.question.has(CueKind.MIN):
        return computed(scene, Op.DIFFERENCE, chosen)
    if len(facts) == 2 and len(chosen) == 1 and scene.question.has(CueKind.POINTS, CueKind.DIFFERENCE):
        loser = next(f for f in facts if f is not chosen[0])
        pair = [chosen[0], loser] if scene.intent.descending else [loser, chosen[0]]
        winner = scene.labels(facts)[facts.index(chosen[0])]
        return replace(computed(scene, Op.DIFFERENCE, pair), lead=f"{winner}（{chosen[0].metric}）")
    return _listed(scene, ranked, chosen)


def _nested(scene: Scene) -> Finding | None:
    """The highest or lowest by one metric among the first n by another: 销量前五里均价最低的."""
    top = scene.question.cue(CueKind.TOP)
    final = next((c for c in scene.question.cues if c.kind in _FINAL and top is not None and c.start >= top.end), None)
    if top is None or top.number is None or final is None:
        return None
    first = _by_metric_in(scene, bits(0, top.end))
    second = _by_metric_in(scene, bits(top.end, len(scene.question.text)))
    if first is None or second is None or first.family.key == second.family.key:
        return None
    values = {(m.fact.report, m.fact.table, m.fact.row): m.fact for m in second.members if is_figure(m.fact)}
    chosen: list[Fact] = []
    lowest = _lowest_first(scene, top)
    for names in sorted({m.support.names for m in first.members}):
        group = [m.fact for m in first.members if m.support.names == names and is_figure(m.fact) and not m.fact.total]
        order = sorted(group, key=lambda f: f.value.value if isinstance(f.value, Quantity) else Decimal(0))
        best = (order if lowest else order[::-1])[: top.number]
        pairs = [values[k] for f in best if (k := (f.report, f.table, f.row)) in values]
        ranked = sorted(pairs, key=lambda f: f.value.value if isinstance(f.value, Quantity) else Decimal(0))
        if ranked:
            chosen.append(ranked[-1] if final.kind in (CueKind.MAX, CueKind.HIGHER) else ranked[0])
    return _listed(scene, Ranked((tuple(chosen),), by_period=False), chosen)


def _lowest_first(scene: Scene, top: Cue) -> bool:
    """Whether 前五名 are the lowest: it says so itself, or the order named before it does (从低到高)."""
    before = [c.text for c in scene.question.cues if c.kind is CueKind.ORDER and c.end <= top.end]
    return any(word in said for word in LOWEST_WORDS for said in (top.text, *before))


def _by_metric_in(scene: Scene, places: int) -> Choice | None:
    """The metric that a part of the question names."""
    elsewhere = scene.question.everything & ~places
    choice = scene.choose(
        lambda f: is_level(f) and bool(scene.examiner.cover(f.metric)[0] & places),
        fits=in_year,
        narrow=False,
        ignored=elsewhere,
    )
    return choice if choice is not None and choice.members else None


def _taken(scene: Scene, order: Sequence[tuple[Decimal, Fact]]) -> list[Fact]:
    """The ones asked for, ties at the end included."""
    intent = scene.intent
    if intent.operation is Operation.ORDER:
        return [f for _, f in order]
    if intent.operation is Operation.PLACE and intent.place is not None:
        if intent.place > len(order):
            return []
        value = order[intent.place - 1][0]
        return [f for v, f in order if v == value]
    limit = min(intent.limit or 1, len(order))
    last = order[limit - 1][0]
    return [f for i, (v, f) in enumerate(order) if i < limit or v == last]


def _place_of(scene: Scene, ranked: Ranked) -> Finding | None:
    """At which place the named one is."""
    return None


def _listed(scene: Scene, ranked: Ranked, facts: Sequence[Fact]) -> Finding | None:
    if not facts:
        return None
    if ranked.by_period:
        labels = [period_label(f) for f in facts]
    else:
        everything = [f for g in ranked.groups for f in g]
        named = dict(zip([f.id for f in everything], scene.labels(everything), strict=True))
        labels = [named[f.id] for f in facts] if len(everything) <= _MOST_NAMED else scene.labels(facts)
    items = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    first = items[0]
    value = first.value if len(items) == 1 and isinstance(first.value, Decimal) else None
    return Finding(
        FindingKind.RANKING,
        f"{_unasked_period(scene, ranked)}{facts[0].metric}",
        items,
        value,
        first.unit if value is not None else "",
        evidence=tuple(facts),
    )


def _unasked_period(scene: Scene, ranked: Ranked) -> str:
    """The period of the rows ranked, where the question names none and the reports have several."""
    facts = [f for g in ranked.groups for f in g]
    periods = {f.period for f in facts}
    if ranked.by_period or scene.question.periods or len(periods) != 1 or facts[0].period is None:
        return ""
    columns = {(f.metric, f.period) for f in scene.pool.facts if f.metric == facts[0].metric and f.table is not None}
    return f"{period_label(facts[0])} " if len(columns) > 1 else ""


def _series(scene: Scene, ranked: Ranked) -> Finding | None:
    facts = [f for g in ranked.groups for f in g]
    if ranked.by_period and len(ranked.groups) == 1:
        facts = complete_series(scene, facts)
    labels = [period_label(f) for f in facts]
    if len(set(labels)) != len(labels):
        labels = scene.labels(facts)
    items = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    return Finding(FindingKind.SERIES, facts[0].metric, items, evidence=tuple(facts))


def _conditioned(scene: Scene, ranked: Ranked, condition: Condition) -> Finding | None:
    facts = [f for g in ranked.groups for f in g]
    held = [(f, condition.holds(f)) for f in facts]
    if any(h is None for _, h in held):
        return missing(condition.text)
    fulfilling = [f for f, h in held if h]
    if scene.intent.operation is Operation.COUNT:
        return _count(scene, ranked, facts, fulfilling)
    if not fulfilling:
        return Finding(FindingKind.LIST, facts[0].metric, (), evidence=tuple(facts[:5]), lead=condition.text)
    if scene.intent.operation is Operation.CROSSING:
        dated = sorted(fulfilling, key=lambda f: f.period.span if f.period else ((0, 0, 0), (0, 0, 0)))
        fulfilling = [dated[-1] if scene.question.has(CueKind.LAST) else dated[0]]
    found = _listed(scene, ranked, fulfilling[: _MOST_SHOWN * 4])
    return found


def _count(scene: Scene, ranked: Ranked, facts: Sequence[Fact], fulfilling: Sequence[Fact]) -> Finding:
    labels = [period_label(f) if ranked.by_period else name_label(f) for f in fulfilling]
    items = tuple(item(f, scene.question, label) for f, label in zip(fulfilling, labels, strict=True))
    return Finding(
        FindingKind.COUNT,
        facts[0].metric,
        items,
        Decimal(len(fulfilling)),
        "个" if not scene.question.english else "",
        evidence=tuple(facts),
    )
