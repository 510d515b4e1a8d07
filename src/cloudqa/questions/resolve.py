"""From a question to what the facts say: the one entry of the numeric route below the wording."""

from __future__ import annotations

import re

from cloudqa.facts import Comparison, Fact, Measure
from cloudqa.facts.calculate import PERCENT
from cloudqa.language import normal_text
from cloudqa.quantities import Dimension, Quantity, convertible, find_unit
from cloudqa.questions.adjusting import adjust
from cloudqa.questions.change import change, stated_change
from cloudqa.questions.conditions import find_condition
from cloudqa.questions.cost import is_priced, price
from cloudqa.questions.counting import count
from cloudqa.questions.cues import CueKind
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.exchanging import exchange
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.intent import Against, Operation
from cloudqa.questions.joint import taken_together
from cloudqa.questions.labels import period_label, printed_with_unit, subject
from cloudqa.questions.lookup import look_up
from cloudqa.questions.names import FactSourceStore
from cloudqa.questions.outcome import against_forecast
from cloudqa.questions.phrase import compact
from cloudqa.questions.ranking import choose_ranked, rank, ranked_facts
from cloudqa.questions.rates import choose_rated, rank_rates
from cloudqa.questions.reservations import reserved
from cloudqa.questions.scene import Scene
from cloudqa.questions.several import several_metrics
from cloudqa.questions.shares import share
from cloudqa.questions.standings import between_places, moved
from cloudqa.questions.totals import aggregate, total
from cloudqa.questions.verdict import correct, judge
from cloudqa.questions.view import WHOLE, View

_CHANGES = (Operation.GROWTH, Operation.CAGR, Operation.DIFFERENCE, Operation.RATIO)
_RANKINGS = (
    Operation.EXTREME,
    Operation.PLACE,
    Operation.ORDER,
    Operation.FILTER,
    Operation.CROSSING,
    Operation.SERIES,
    Operation.COUNT,
)
_SIMPLE = (Operation.LOOKUP, Operation.SHARE, Operation.COUNT)
_ARRIVES = re.compile(
    "[至到]了?(?:多少|几|什么|哪|[?]|$)|[至到]了?(?:约|近)?多[少高大]|(?<![a-z])(?:reach|rise|grow|fall) to"
)
_SHORTEST = 4
_MEASURED = (Dimension.DURATION, Dimension.CALENDAR)
_TOTALS = (Operation.SUM, Operation.MEAN)
_OVER_RATES = (*_RANKINGS, Operation.MEAN, Operation.VERDICT)


def resolve(asked: str, store: FactSourceStore, view: View = WHOLE) -> tuple[Scene, Finding | None]:
    """What the facts say to a question; None if it is no question for them.

    Args:
        asked: The question.
        store: The facts of the archive.
        view: The part of the archive that is asked.
    """
    scene = Scene.open(asked, store, view)
    return scene, _resolved(scene)


def _resolved(scene: Scene) -> Finding | None:
    if _asks_twice(scene):
        return None
    if scene.question.has(CueKind.BY_RATE):
        return exchange(scene)
    special = _special(scene)
    found = _no_level_for_change(scene, special[0] if special is not None else _operated(scene))
    if found is None:
        return None
    return scene.told.noted(reserved(scene, taken_together(scene, found)), english=scene.question.english)


def _asks_twice(scene: Scene) -> bool:
    """Whether it is several questions, each with its own question mark."""
    text = re.sub(r"\([^()]*\)", "", scene.question.text)
    return sum(len(part.strip()) >= _SHORTEST for part in text.split("?")) > 1


def _special(scene: Scene) -> tuple[Finding | None] | None:
    """What goes before the operations: corrections, adjustments, prices; None where none of them is asked for."""
    if scene.question.has(CueKind.WHY):
        return (correct(scene),)
    if scene.question.has(CueKind.WITHOUT) and (adjusted := adjust(scene)) is not None:
        return (adjusted,)
    if (outcome := against_forecast(scene)) is not None:
        return (outcome,)
    if is_priced(scene):
        return (price(scene) or _without_price(scene),)
    return None


def _operated(scene: Scene) -> Finding | None:
    operation = scene.intent.operation
    if scene.intent.rates is not Comparison.NONE and operation in _OVER_RATES:
        return _over_rates(scene)
    if (move := moved(scene)) is not None:
        return move
    if operation in _SIMPLE and (told := stated_change(scene)) is not None:
        return told
    if operation in _CHANGES or scene.intent.against is not Against.NOTHING:
        return between_places(scene) or change(scene)
    if operation is Operation.COUNT and find_condition(scene.question) is None:
        return count(scene) or _only_measured(scene, look_up(scene))
    if operation in _RANKINGS:
        return rank(scene) or _unranked(scene)
    if operation in _TOTALS:
        return total(scene) or look_up(scene)
    if operation is Operation.VERDICT:
        return judge(scene)
    if operation is Operation.SHARE:
        return share(scene) or _only_shares(look_up(scene))
    return _looked_up(scene)


def _unranked(scene: Scene) -> Finding | None:
    """What is said of values that cannot be ranked: a series of words as it is; of others only why there is none."""
    found = look_up(scene)
    return found if scene.intent.operation is Operation.SERIES else _only_missing(found)


def _no_level_for_change(scene: Scene, found: Finding | None) -> Finding | None:
    """The finding; a refusal that offers it, where a change is asked for and it is a level or goes the other way.

    增长到多少 asks for the level itself.
    """
    changing = scene.question.has(CueKind.GROWTH, CueKind.UP, CueKind.DOWN)
    asked = changing and scene.question.has(CueKind.HOW_MUCH, CueKind.COST)
    if not asked or found is None or found.kind is not FindingKind.FIGURE or found.calculations or not found.evidence:
        return found
    fact = found.evidence[0]
    if _ARRIVES.search(scene.question.text) or _names_change(scene, fact):
        return found
    rises = isinstance(fact.value, Quantity) and fact.value.value > 0
    against = scene.question.has(CueKind.DOWN) and not scene.question.has(CueKind.UP, CueKind.GROWTH) and rises
    if fact.measure is Measure.LEVEL or against:
        return missing(scene.topic, nearest=(f"{subject(fact)} {period_label(fact)}：{printed_with_unit(fact)}",))
    return found


def _names_change(scene: Scene, fact: Fact) -> bool:
    """Whether the metric's own name holds the words of change that the question uses (新增客户, 净增)."""
    words = [c.text for c in scene.question.cues if c.kind in (CueKind.GROWTH, CueKind.UP, CueKind.DOWN)]
    return any(word in normal_text(fact.metric) for word in words)


def _over_rates(scene: Scene) -> Finding | None:
    """Growth rates ranked, filtered, averaged or listed: those that the report states, else computed."""
    stated, rated = choose_ranked(scene), choose_rated(scene)
    facts = ranked_facts(scene, stated) if stated is not None and not scene.hard_open(stated) else []
    if stated is not None and len(facts) > 1:
        of = compact(stated.family.key.of)
        named = rated is not None and not scene.hard_open(rated) and any(m.support.metric for m in rated.members)
        if rated is None or not named or normal_label(rated.members[0].fact) == of:
            return _of_stated_rates(scene, facts)
    return rank_rates(scene)


def _of_stated_rates(scene: Scene, facts: list[Fact]) -> Finding | None:
    if scene.intent.operation is Operation.MEAN:
        return aggregate(scene, facts)
    return judge(scene) if scene.intent.operation is Operation.VERDICT else rank(scene)


def _only_shares(found: Finding | None) -> Finding | None:
    """A figure that is no share does not answer what share something has."""
    if found is None or found.kind is FindingKind.MISSING:
        return found
    return found if all(i.unit == PERCENT or isinstance(i.value, str) for i in found.items) else None


def _looked_up(scene: Scene) -> Finding | None:
    """A value; that of a year of which the report gives only the parts is their sum."""
    found = several_metrics(scene) or look_up(scene)
    if found is not None and found.kind is FindingKind.MISSING and scene.periods:
        return total(scene) or found
    return found


def _without_price(scene: Scene) -> Finding | None:
    """A usage whose price is not in the archive is refused, not answered with another price."""
    found = _only_missing(look_up(scene))
    return missing(scene.topic) if found is None and scene.question.has(CueKind.COST) else found


def _only_measured(scene: Scene, found: Finding | None) -> Finding | None:
    """A refusal, or a figure in the unit of measurement asked for: 几天 of 30天 is no number of rows."""
    wanted = scene.question.wanted
    unit = find_unit(found.unit) if found is not None and found.kind is FindingKind.FIGURE else None
    measured = wanted is not None and wanted.dimension in _MEASURED
    if unit is not None and wanted is not None and measured and convertible(unit, wanted):
        return found
    if measured and found is not None and found.kind is FindingKind.TEXT and scene.names:
        return found  # 无 where a number of days is asked for
    return _only_missing(found)


def _only_missing(found: Finding | None) -> Finding | None:
    """A refusal, where another sort of answer would be none to the question."""
    return found if found is not None and found.kind is FindingKind.MISSING else None
