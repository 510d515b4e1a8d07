"""How far what came out lies from what had been expected: 实际比预计多多少."""

from __future__ import annotations

import re

from cloudqa.facts.calculate import Op
from cloudqa.questions.choice import hard_words, is_expected, is_level
from cloudqa.questions.computing import computed
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import same_measure
from cloudqa.questions.finding import Finding
from cloudqa.questions.intent import Operation
from cloudqa.questions.operands import figures_of, merged
from cloudqa.questions.scene import Scene

_ACTUAL = re.compile("实际|最终|完成情况|actual")
_COMPARED = (CueKind.DIFFERENCE, CueKind.UP, CueKind.DOWN, CueKind.GROWTH, CueKind.HIGHER, CueKind.LOWER)


def against_forecast(scene: Scene) -> Finding | None:
    """The figure that came out less the one expected, of one thing and period; None where that is not asked for."""
    question = scene.question
    if not question.has(CueKind.FORECAST) or not question.has(*_COMPARED):
        return None
    said = _ACTUAL.search(question.text)
    if said is None:
        return None
    ignored = ((1 << said.end()) - (1 << said.start())) | question.places_of(*_COMPARED)
    expected = scene.chosen(lambda f: is_level(f) and is_expected(f), ignored)
    actual = scene.chosen(lambda f: is_level(f) and not is_expected(f), ignored)
    if expected is None or actual is None:
        return None
    if any(said.group() not in word for c in (expected, actual) for word in hard_words(c.open)):
        return None
    one = [g[0] for g in merged(figures_of(actual))]
    other = [g[0] for g in merged(figures_of(expected))]
    if len(one) != 1 or len(other) != 1 or not same_measure(one[0], other[0]) or one[0].period != other[0].period:
        return None
    relative = scene.intent.operation is Operation.GROWTH or scene.intent.in_percent is True
    return computed(scene, Op.GROWTH if relative else Op.DIFFERENCE, [one[0], other[0]])
