"""An operation on facts carried out, as a finding with its working."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.facts.calculate import PERCENT, Calculation, Figure, Op, UndefinedResultError, calculate
from cloudqa.quantities import UnitMismatchError
from cloudqa.questions.figures import comparable, difference_unit, hedge, item
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.labels import name_label, period_label, subject
from cloudqa.questions.scene import Scene

_MOST_NAMED = 4


def computed(scene: Scene, op: Op, facts: Sequence[Fact], extra: Sequence[Figure] = ()) -> Finding:
    """The result of an operation on facts, in the order of its formula."""
    first = facts[0]
    try:
        operands = [*comparable(list(facts)), *extra]
        unit = _unit(op, first)
        done = calculate(op, operands, unit, decimals_shown=scene.question.digits)
    except UnitMismatchError:
        return missing(f"{facts[0].metric}：{facts[0].printed}、{facts[1].printed}")
    except UndefinedResultError:
        return _undefined(scene, facts)
    return finding_of(scene, done, facts)


def _unit(op: Op, fact: Fact) -> str:
    if op in (Op.GROWTH, Op.CAGR, Op.SHARE):
        return PERCENT
    if op in (Op.RATIO, Op.EXCESS):
        return "倍"
    return difference_unit(fact)


def _undefined(scene: Scene, facts: Sequence[Fact]) -> Finding:
    """A growth from a negative or zero base has no meaning: the two figures are given instead."""
    labels = scene.labels(facts)
    items = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    caveat = (
        "No meaningful growth rate: the base is not positive."
        if scene.question.english
        else "基数为负或为零，增长率没有意义，只列出两期数字。"
    )
    return Finding(FindingKind.SERIES, facts[0].metric, items, evidence=tuple(facts), caveats=(caveat,))


def finding_of(scene: Scene, done: Calculation, facts: Sequence[Fact]) -> Finding:
    """A computed figure with the facts it was computed from."""
    value = done.result.value
    notes = [n for f in facts if (n := hedge(f, english=scene.question.english))]
    labels = scene.labels(facts) if len(facts) > 1 else [period_label(facts[0])]
    operands = tuple(item(f, scene.question, label) for f, label in zip(facts, labels, strict=True))
    shown = done.formula.rsplit("=", 1)[1].strip()
    places = _places_shown(shown, done.result.unit)
    return Finding(
        FindingKind.FIGURE,
        _subject(scene, done.op, facts),
        (Item("", value, done.result.unit, None, places, notes[0] if notes else ""), *operands),
        value,
        done.result.unit,
        places,
        (done,),
        tuple(facts),
    )


def _subject(scene: Scene, op: Op, facts: Sequence[Fact]) -> str:
    """Whose figure it is: a sum or average over several things is of none of them but of what the question names."""
    things = tuple(dict.fromkeys(name_label(f) for f in facts))
    if len(things) == 1 or len({f.metric for f in facts}) > 1:
        return subject(facts[0])
    if op in (Op.SUM, Op.MEAN):
        named = [scene.question.asked_text(n.start, n.end) for n in scene.names]
        return " ".join([*named, facts[0].metric] if len(named) < len(facts) else [facts[0].metric])
    if len(things) > _MOST_NAMED or not all(things):
        return subject(facts[0])
    return f"{'、'.join(things)} {facts[0].metric}"


def _places_shown(shown: str, unit: str) -> int:
    digits = shown.removesuffix(unit)
    return len(digits.partition(".")[2])
