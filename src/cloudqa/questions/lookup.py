"""Looking values up: one, or several asked for at once."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.quantities import Period, Quantity, Relation
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import Choice, hard_words, is_any_value
from cloudqa.questions.converting import at_stated_rate
from cloudqa.questions.counts import with_newer_counts
from cloudqa.questions.cues import CueKind
from cloudqa.questions.currencies import in_asked_currency
from cloudqa.questions.figures import item
from cloudqa.questions.finding import Finding, FindingKind, Item, missing
from cloudqa.questions.labels import name_label, period_label, subject
from cloudqa.questions.operands import choose_level, choose_several, earliest, latest, merged, of_last, sibling
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import matches_period

_FROM_TO = lazily("[从由]多少.*[到至]了?多少|from what\\b.*\\bto what\\b")
_MOST_LISTED = 12
_WHOLE = 0.8  # of a metric's name that the question must say to mean it for sure
_SEVERAL = (CueKind.EACH, CueKind.ALL, CueKind.SERIES, CueKind.WHICH, CueKind.WHO, CueKind.WHICH_PERIOD)


def look_up(scene: Scene) -> Finding | None:
    """The values that the question asks for, or why there are none; None if no metric is recognised."""
    choice = _choose(scene)
    if choice is None:
        return None
    refusal = scene.refuse(choice)
    if refusal is not None or scene.hard_open(choice):
        return refusal
    facts = [m.fact for m in choice.members]
    facts = _at_relative_period(scene, facts)
    said = in_asked_currency(scene, facts)
    if isinstance(said, Finding) and (converted := at_stated_rate(scene, facts)) is not None:
        return converted
    return said if isinstance(said, Finding) else of_facts(scene, said)


def _at_relative_period(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Where 去年同期 or 上一季度 is asked for without a period to count from: that of the latest figure.

    Where no such word is used, figures that the text gives for such a period are left out.
    """
    relative = next((p for p in scene.question.periods if p.relative is not None and p not in scene.periods), None)
    if relative is None:
        both = _FROM_TO().search(scene.question.text) is not None
        return facts if both else [f for f in facts if not f.relative] or facts
    worded = [f for f in facts if f.relative and (f.relative in relative.text or relative.text in f.relative)]
    if worded:
        return worded
    dated = latest([f for f in facts if f.period is not None and not f.relative])
    target = relative.resolve(dated[0].period) if dated else None
    found = [f for f in facts if target is not None and f.period is not None and f.period.matches(target)]
    other = sibling(scene, dated[0], target) if dated and target is not None else None
    return found or ([other] if other is not None else [])


def _choose(scene: Scene) -> Choice | None:
    question = scene.question
    typed = _typed(scene)
    if typed is not None:
        return typed
    if any(p.relative is not None and p.relative.relation is Relation.LAST for p in question.periods):
        return choose_several(scene, matches_period)
    if question.wanted is not None or question.has(CueKind.HOW_MUCH, CueKind.COUNT, CueKind.COST):
        level = choose_level(scene)
        if level is not None and not hard_words(level.open):
            return _more_fully_named(scene, level) or level
        # A word such as 无 may stand where a figure was asked for.
        return _settled(scene.choose(is_any_value)) or level or scene.choose(is_any_value)
    return scene.choose(is_any_value)


def _more_fully_named(scene: Scene, level: Choice) -> Choice | None:
    """A column of words whose whole name the question says, where a column of figures shares only a part of it."""
    other = _settled(scene.choose(lambda f: is_any_value(f) and isinstance(f.value, str) and f.absence is None))
    if other is None or not level.members:
        return None
    named, figure = other.members[0].support, level.members[0].support
    whole = named.label_share >= _WHOLE and figure.metric & ~named.metric == 0 != named.metric & ~figure.metric
    return other if whole else None


def _typed(scene: Scene) -> Choice | None:
    """Where a company or a date of a named row is asked for: the column that holds such."""
    question = scene.question
    if not scene.names or question.wanted is not None:
        return None
    if question.has(CueKind.WHO):
        return _settled(scene.choose(lambda f: is_any_value(f) and isinstance(f.value, str) and _is_company_column(f)))
    if question.has(CueKind.WHICH_PERIOD):
        dated = scene.choose(lambda f: is_any_value(f) and isinstance(f.value, Period), named_only=False)
        return _settled(dated)
    return None


def _settled(choice: Choice | None) -> Choice | None:
    """A choice that accounts for the whole question."""
    return choice if choice is not None and choice.members and not hard_words(choice.open) else None


def _is_company_column(fact: Fact) -> bool:
    """Whether the column is said to hold companies."""
    return any(w in fact.metric for w in ("公司", "企业", "集团", "厂商", "商", "机构", "单位", "买家", "运营方", "方"))


def of_facts(scene: Scene, facts: Sequence[Fact]) -> Finding:
    """The values of facts of one metric: one figure, or one for each thing or period asked for."""
    facts = with_newer_counts(scene, totals_of(scene, of_last(scene, facts)))
    groups = _repeated(merged(facts)) if not scene.periods else merged(facts)
    if not groups:
        return missing(*(scene.question.asked_text(p.start, p.end) for p in scene.question.periods))
    if len(groups) > 1 and not scene.periods and not _wants_several(scene, groups):
        firsts = [g[0] for g in groups]
        last = earliest(firsts) if scene.question.has(CueKind.FIRST) else latest(firsts)
        chosen = [g for g in groups if g[0] in last]
        if len(chosen) == 1:
            return _single(scene, chosen[0])
        groups = chosen
    if len(groups) == 1:
        return _single(scene, groups[0])
    unasked = not scene.periods or not scene.question.has(*_SEVERAL)
    if len(groups) > _MOST_LISTED and unasked and not all(scene.is_named(g[0]) for g in groups):
        return missing(scene.topic, nearest=_names(groups))
    return _several(scene, groups)


def totals_of(scene: Scene, facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts; only the totals, where no row is named and every column has one: 总人数 of a table of departments."""
    columns = {(f.report, f.table, f.column) for f in facts if not f.total}
    totals = [f for f in facts if f.total]
    if not totals or scene.question.has(*_SEVERAL) or any(scene.is_named(f) for f in facts if not f.total):
        return facts
    return totals if columns == {(f.report, f.table, f.column) for f in totals} else facts


def _repeated(groups: Sequence[list[Fact]]) -> list[list[Fact]]:
    """The groups, one for each thing of which the reports say the same for all periods."""
    said: dict[str, set[str]] = {}
    for group in groups:
        said.setdefault(name_label(group[0]), set()).add(group[0].printed)
    kept: dict[str, list[list[Fact]]] = {}
    for group in groups:
        kept.setdefault(name_label(group[0]), []).append(group)
    return [g for name, own in kept.items() for g in (own[-1:] if name and len(said[name]) == 1 else own)]


def _wants_several(scene: Scene, groups: Sequence[Sequence[Fact]]) -> bool:
    labels = {name_label(g[0]) for g in groups}
    from_to = _FROM_TO().search(scene.question.text) is not None
    return len(labels) > 1 or from_to or scene.question.has(CueKind.SERIES, CueKind.EACH)


def _names(groups: Sequence[Sequence[Fact]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_label(g[0]) for g in groups))[:5]


def _single(scene: Scene, group: Sequence[Fact]) -> Finding:
    first = group[0]
    said = item(first, scene.question, period_label(first))
    conflicts = tuple(f for f in group[1:] if _differs(first, f))
    if not isinstance(first.value, Quantity):
        return Finding(FindingKind.TEXT, subject(first), (said,), evidence=(first,), conflicts=conflicts)
    value = said.value if not isinstance(said.value, str) else None
    return Finding(
        FindingKind.FIGURE,
        subject(first),
        (said,),
        value,
        said.unit,
        evidence=(first, *conflicts),
        conflicts=conflicts,
    )


def _differs(one: Fact, other: Fact) -> bool:
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return one.value.unit == other.value.unit and one.value.value != other.value.value
    return False


def _several(scene: Scene, groups: Sequence[Sequence[Fact]]) -> Finding:
    firsts = [g[0] for g in groups]
    firsts = in_asked_order(scene, firsts)
    labels = scene.labels(firsts)
    items: list[Item] = [item(f, scene.question, label) for f, label in zip(firsts, labels, strict=True)]
    common = firsts[0].metric if len({f.metric for f in firsts}) == 1 else ""
    return Finding(FindingKind.SERIES, common, tuple(items), evidence=tuple(firsts))


def in_asked_order(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """By period where they differ in it, else in the order in which the question names them."""
    if len({f.period for f in facts}) == len(facts) and all(f.period is not None for f in facts):
        return sorted(facts, key=lambda f: f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0)))
    named = {m.id: _first_name(scene, m) for m in facts}
    return sorted(facts, key=lambda f: (named[f.id], f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0))))


def _first_name(scene: Scene, fact: Fact) -> int:
    support = scene.examiner.examine(fact, scene.pool.row_text(fact))
    places = support.identity & scene.examiner.content
    return (places & -places).bit_length() if places else len(scene.question.text)
