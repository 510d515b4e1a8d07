"""Yes or no, and questions whose presupposition the figures contradict."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation, Op, calculate
from cloudqa.questions.change import change_words
from cloudqa.questions.conditions import Condition, find_condition
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable, figure, item, quantity, same_measure
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.intent import Against, find_comparing
from cloudqa.questions.labels import asked_label, period_label, subject
from cloudqa.questions.lookup import look_up
from cloudqa.questions.operands import base_period, choose_level, figures_of, merged, sibling
from cloudqa.questions.ranking import choose_ranked, ranked_facts
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import matches_period

_SHOWN_EXCEPTIONS = 3


def judge(scene: Scene) -> Finding | None:
    """Whether what the question asks holds."""
    condition = find_condition(scene.question)
    if condition is not None:
        return _condition_holds(scene, condition)
    return _comparison_holds(scene) or look_up(scene)


def _condition_holds(scene: Scene, condition: Condition) -> Finding | None:
    choice = choose_ranked(scene)
    if choice is None:
        return None
    refusal = scene.refuse(choice)
    if refusal is not None or scene.hard_open(choice):
        return refusal
    facts = ranked_facts(scene, choice)
    held = [(f, condition.holds(f)) for f in facts]
    if not facts or any(h is None for _, h in held):
        return missing(condition.text)
    every = scene.question.has(CueKind.ALL, CueKind.SERIES, CueKind.EACH)
    yes = [f for f, h in held if h]
    no = [f for f, h in held if not h]
    verdict = not no if every else bool(yes)
    return _verdict(scene, verdict, no if every and no else yes or no, len(yes), len(facts))


def _verdict(scene: Scene, verdict: bool, telling: Sequence[Fact], held: int, total: int) -> Finding:
    english = scene.question.english
    shown = telling[:_SHOWN_EXCEPTIONS]
    figures = "、".join(f"{period_label(f) or asked_label(f, scene.names)} {f.printed}" for f in shown)
    word = ("Yes" if verdict else "No") if english else ("是" if verdict else "不是")
    scope = f"{held}/{total}" if total > 1 else ""
    if english:
        lead = f"{word}: {figures}" + (f" ({scope} meet it)." if scope else ".")
    else:
        lead = f"{word}：{'例外为' if not verdict and total > 1 and held else ''}{figures}" + (
            f"（{total}个中{held}个符合）。" if scope else "。"
        )
    return Finding(
        FindingKind.VERDICT,
        subject(telling[0]),
        tuple(item(f, scene.question, period_label(f)) for f in shown),
        verdict=verdict,
        evidence=tuple(telling[:5]),
        lead=lead,
    )


def _comparison_holds(scene: Scene) -> Finding | None:
    """A比B高吗: two figures compared."""
    return _presupposed_comparison(scene, asked=True)


def correct(scene: Scene) -> Finding | None:
    """The figures, where they contradict what the question takes for granted; None where they do not."""
    return _presupposed_comparison(scene, asked=False) or _presupposed_change(scene)


def _presupposed_change(scene: Scene) -> Finding | None:
    """为什么…下降了: the figures of the period, of the one before and of the year before."""
    up, down = scene.question.has(CueKind.UP, CueKind.GROWTH), scene.question.has(CueKind.DOWN)
    if up == down or not scene.periods:
        return None
    choice = choose_level(scene, ignored=scene.question.places_of(*change_words()))
    if choice is None or scene.hard_open(choice):
        return None
    facts = [g[0] for g in merged(figures_of(choice))]
    if len(facts) != 1 or facts[0].period is None:
        return None
    found = [c for a in (Against.PREVIOUS, Against.YEAR_AGO) if (c := _change(scene, facts[0], a)) is not None]
    changes = list({base.id: (done, base) for done, base in found}.values())
    if not changes or any((c.result.value > 0) == up and c.result.value != 0 for c, _ in changes):
        return None
    return _correction(scene, facts[0], changes, went_up=down)


def _change(scene: Scene, fact: Fact, against: Against) -> tuple[Calculation, Fact] | None:
    assert fact.period is not None
    earlier = base_period(fact.period, against)
    base = sibling(scene, fact, earlier) if earlier is not None else None
    if base is None or not same_measure(fact, base) or quantity(base).value <= 0:
        return None
    return calculate(Op.GROWTH, comparable([fact, base]), "%"), base


def _correction(scene: Scene, fact: Fact, changes: Sequence[tuple[Calculation, Fact]], *, went_up: bool) -> Finding:
    english = scene.question.english
    said = "; ".join(
        f"{period_label(b)} {b.printed} → {period_label(fact)} {fact.printed}: {c.formula}" for c, b in changes
    )
    if english:
        lead = f"{subject(fact)} did not {'fall' if went_up else 'rise'}: {said}."
    else:
        lead = f"{subject(fact)}并未{'下降' if went_up else '上升'}，实际{'增长' if went_up else '下降'}：{said}。"
    return Finding(
        FindingKind.CORRECTION,
        subject(fact),
        (item(fact, scene.question, period_label(fact)),),
        calculations=tuple(c for c, _ in changes),
        evidence=(fact, *(b for _, b in changes)),
        lead=lead,
        verdict=False,
    )


def _presupposed_comparison(scene: Scene, *, asked: bool) -> Finding | None:
    """A比B高: whether it is so. Where the question only presupposes it, a finding only if it is not so."""
    at = find_comparing(scene.question.text)
    if at is None:
        return None
    higher = any(
        w in scene.question.text[at:] for w in ("高", "大", "多", "贵", "快", "长", "强", "超", "exceed", "more")
    )
    lower = any(w in scene.question.text[at:] for w in ("低", "小", "少", "便宜", "慢", "短", "弱", "不如", "less"))
    if higher == lower:
        return None
    choice = choose_level(scene)
    if choice is None or scene.hard_open(choice):
        return None
    facts = [g[0] for g in merged(figures_of(choice))]
    if len(facts) != 2 or not same_measure(*facts):
        return None
    first, second = sorted(facts, key=lambda f: _place(scene, f))
    one, other = comparable([first, second])
    holds = one.value > other.value if higher else one.value < other.value
    if holds and not asked:
        return None
    return _compared(scene, first, second, holds=holds, higher=higher, asked=asked)


def _with_unit(fact: Fact) -> str:
    """A figure as printed, with its unit where that stands elsewhere."""
    unit = quantity(fact).unit.symbol
    return fact.printed if unit in fact.printed else f"{fact.printed}{unit}"


def _place(scene: Scene, fact: Fact) -> int:
    """Where the question names a fact: its period where two are compared, else its own words."""
    if len(scene.periods) > 1:
        return min((p.start for p in scene.periods if matches_period(p, fact)), default=len(scene.question.text))
    return scene.first_place(fact)


def _compared(scene: Scene, first: Fact, second: Fact, *, holds: bool, higher: bool, asked: bool) -> Finding:
    relation = "等于" if figure(first).value == figure(second).value else ("高于" if holds == higher else "低于")
    a, b = asked_label(first, scene.names), asked_label(second, scene.names)
    if a == b:
        a, b = scene.labels([first, second])
    word = ("是" if holds else "不是") if asked else "并非如此"
    lead = f"{word}：{first.metric}{a}为{_with_unit(first)}，{relation}{b}的{_with_unit(second)}。"
    kind = FindingKind.VERDICT if asked else FindingKind.CORRECTION
    return Finding(
        kind,
        first.metric,
        (item(first, scene.question, a), item(second, scene.question, b)),
        evidence=(first, second),
        lead=lead,
        verdict=holds,
    )
