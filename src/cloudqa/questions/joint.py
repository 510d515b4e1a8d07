"""Several figures asked for as one: the sum of what is listed, never the list itself or a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Op, calculate
from cloudqa.quantities import UnitMismatchError
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import is_level
from cloudqa.questions.computing import finding_of
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.intent import Operation
from cloudqa.questions.labels import name_label
from cloudqa.questions.names import Name
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure
from cloudqa.questions.totals import is_ratio, is_summable

_TOGETHER = lazily(
    r"一共|总共|共有|共计|合计|加起来|加总|加在一起|之和|总和|总数|总计|相加|合起来|(?<![公])共(?=[收支投花卖买产销建招])"
    r"|\b(?:altogether|combined|in total|in all|together|sum)\b"
)
_CONNECTED = re.compile(r"\s*(?:[、,，和与及跟同/&]|以及|还有|\band\b)\s*")
_BEFORE = re.compile(r"([^、,，\s]{2,12})、$")
_AFTER = re.compile(r"、([^、,，\s]{2,12})")
_JOINED = (Operation.LOOKUP, Operation.SUM, Operation.COUNT, Operation.MEAN)


def listed_names(scene: Scene) -> tuple[Name, ...]:
    """The names that the question lists one after the other (甲、乙和丙); () where it lists none."""
    text = scene.question.text
    group: list[Name] = []
    for name in scene.names:
        if group and _CONNECTED.fullmatch(text[group[-1].end : name.start]):
            group.append(name)
        elif len(group) > 1:
            break
        else:
            group = [name]
    return tuple(group) if len(group) > 1 else ()


def taken_together(scene: Scene, found: Finding) -> Finding:
    """The sum of several figures, where one is asked for; a refusal where they do not add up or one is missing."""
    if scene.intent.operation not in _JOINED or found.calculations or found.kind is FindingKind.MISSING:
        return found
    if scene.question.has(CueKind.EACH) or _TOGETHER().search(scene.question.text) is None:
        return found
    facts = [i.fact for i in found.items if i.fact is not None]
    unmet = (*_unmet(scene, facts), *_unknown_beside(scene))
    if found.kind is FindingKind.FIGURE and unmet:
        return missing(*unmet, nearest=(f"{name_label(facts[0])}：{facts[0].printed}",) if facts else ())
    if found.kind is not FindingKind.SERIES or len(facts) != len(found.items):
        return found
    dated = {f.period for f in facts if f.period is not None}
    if unmet or (len(dated) > 1 and listed_names(scene)) or not all(is_figure(f) and is_level(f) for f in facts):
        return missing(*(unmet or (scene.topic,)))
    return _sum(scene, facts)


def _unmet(scene: Scene, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The listed names that none of the figures is of, as the user wrote them."""
    own = 0
    for fact in facts:
        told = f"{fact.entity} {' '.join(v for _, v in fact.keys)} {fact.metric} {' '.join(fact.context)}"
        own |= scene.examiner.cover(told if fact.table is not None else f"{fact.entity} {fact.metric}")[1]
    return tuple(
        scene.question.asked_text(n.start, n.end)
        for number, n in enumerate(scene.names)
        if n in listed_names(scene) and not own >> number & 1
    )


def _unknown_beside(scene: Scene) -> tuple[str, ...]:
    """What the question lists before or after its names and is no known name itself."""
    names, text = listed_names(scene), scene.question.text
    if not names:
        return ()
    before, after = _BEFORE.search(text[: names[0].start]), _AFTER.match(text[names[-1].end :])
    found = []
    if before is not None:
        found.append(scene.question.asked_text(before.start(1), before.end(1)))
    if after is not None:
        start = names[-1].end + after.start(1)
        found.append(scene.question.asked_text(start, start + len(after[1])))
    return tuple(found)


def _sum(scene: Scene, facts: Sequence[Fact]) -> Finding:
    over_time = len({f.period for f in facts}) > 1
    if not all(is_summable(f) if over_time else not is_ratio(f) for f in facts):
        return missing(scene.topic)
    try:
        operands = comparable(list(facts))
    except UnitMismatchError:
        return missing(facts[0].metric)
    return finding_of(scene, calculate(Op.SUM, operands, operands[0].unit), facts)
