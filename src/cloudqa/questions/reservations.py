"""What is checked of every finding: that it is in the sort of unit asked for, and which calendar it took."""

from __future__ import annotations

import re
from dataclasses import replace

from cloudqa.facts import Fact, Measure
from cloudqa.facts.calculate import Op
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import Dimension, PeriodKind, PeriodMention, Unit, find_unit
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.limits import opposed
from cloudqa.questions.phrase import bits
from cloudqa.questions.scene import Scene

_RATES = (Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.TIMES, Dimension.FRACTION)
_NUMBERS = (Dimension.COUNT, Dimension.PEOPLE, Dimension.UNSTATED)
_TIMES = (Dimension.DURATION, Dimension.CALENDAR)
_SORTS = (_RATES, _NUMBERS, _TIMES)
_PAIR = 2
_NOUN = re.compile(
    r"(?!.{0,5}[款金钱费资额税债贷元银价](?:$|[?。!,的了]))(?P<noun>[^\W\x00-\xff]{2,5})(?=$|[?。!,的呢])"
)
_VALUES = (FindingKind.FIGURE, FindingKind.SERIES, FindingKind.RANKING)
_RATE = lazily("(?<![汇频效功速税费概长])(?<![^毛净]利)率(?=是|有|为|达|多少|几|的|[?？,，]|$)")
_LONG = (PeriodKind.YEAR, PeriodKind.HALF)


def reserved(scene: Scene, finding: Finding) -> Finding:
    """The finding with what must be said beside it; a refusal where it is not in the sort of unit asked for."""
    wanted = scene.question.wanted
    if finding.kind is FindingKind.MISSING:
        return finding if finding.nearest else replace(finding, nearest=_other_ends(scene))
    if finding.kind is FindingKind.FIGURE and wanted is not None and not _is_of_sort(finding.unit, wanted):
        return missing(f"{finding.subject} {wanted.symbol}", nearest=())
    noun = _other_thing(scene, finding)
    if noun:
        return missing(noun)
    if _is_no_rate(scene, finding):
        return missing(scene.topic)
    if scene.intent.signed and _rose(finding):
        return _not_fallen(scene, finding)
    caveat = _calendar(scene, finding)
    return finding if caveat is None else replace(finding, caveats=(*finding.caveats, caveat))


def _other_thing(scene: Scene, finding: Finding) -> str:
    """The thing whose number is asked for (多少订单) where an amount of money was found; "" where there is none."""
    own = find_unit(finding.unit.partition("/")[0]) if finding.unit else None
    cue = scene.question.cue(CueKind.HOW_MUCH)
    if finding.kind is not FindingKind.FIGURE or own is None or own.dimension is not Dimension.MONEY or cue is None:
        return ""
    asked = _NOUN.match(scene.question.text, cue.end)
    if asked is None or finding.calculations or find_unit(asked["noun"]) is not None:
        return ""
    places = bits(asked.start("noun"), asked.end("noun"))
    metric = any(bits(m.start, m.end) & places for m in scene.question.phrase.matches if m.kind is SynonymKind.METRIC)
    named = scene.examiner.cover(" ".join(f.metric for f in finding.evidence))[0]
    silent = places & ~silent_places(scene.question.text, places) == 0
    return "" if metric or silent or places & named else asked["noun"]


def _other_ends(scene: Scene) -> tuple[str, ...]:
    """The figures for the other end of what is asked, of what the question names: 最短 where 最长 is asked for."""
    every = (1 << len(scene.names)) - 1
    found = {
        f"{f.metric}：{f.printed}": None
        for f in scene.pool.facts
        if opposed(scene.question.text, f.metric)
        and scene.names
        and scene.examiner.examine(f, scene.pool.row_text(f)).names == every
    }
    return tuple(found)[:2]


def _is_no_rate(scene: Scene, finding: Finding) -> bool:
    """Whether a rate is asked for (净利率, 录取率) and the finding is an amount of something (净利润, 录取人数)."""
    m = _RATE().search(scene.question.text)
    if m is None or finding.calculations or finding.kind not in _VALUES:
        return False
    facts = [i.fact for i in finding.items if i.fact is not None and i.unit]
    return bool(facts) and not any(
        "率" in f.metric or (unit := find_unit(i.unit)) is None or unit.dimension in _RATES
        for i, f in ((i, i.fact) for i in finding.items)
        if f is not None
    )


def _rose(finding: Finding) -> bool:
    """Whether a figure that is asked how far it fell is higher in the later period than in the earlier one."""
    if finding.kind is not FindingKind.FIGURE:
        return False
    if len(finding.calculations) != 1 or finding.calculations[0].op not in (Op.GROWTH, Op.DIFFERENCE):
        return False
    facts = [f for f in finding.evidence if f.id in {o.source for o in finding.calculations[0].operands}]
    if len(facts) != _PAIR or facts[0].period is None or facts[1].period is None or is_rate(facts[0]):
        return False
    later = max(facts, key=lambda f: f.period.span if f.period else ())
    new, old = sorted(comparable(facts), key=lambda o: o.source != later.id)
    return facts[0].period != facts[1].period and new.value > old.value


def is_rate(fact: Fact) -> bool:
    """Whether a fact is itself a growth rate."""
    return fact.measure is Measure.GROWTH


def _not_fallen(scene: Scene, finding: Finding) -> Finding:
    """That what is asked how far it fell has risen."""
    formula = finding.calculations[0].formula
    if scene.question.english:
        lead = f"{finding.subject} did not fall but rose: {formula}."
    else:
        lead = f"{finding.subject}并未下降，而是上升：{formula}。"
    return replace(finding, kind=FindingKind.CORRECTION, lead=lead, verdict=False)


def _is_of_sort(symbol: str, wanted: Unit) -> bool:
    """Whether a figure in a unit can answer a question for another one: amounts no rates, money no numbers."""
    own = find_unit(symbol.partition("/")[0]) if symbol else None
    if own is None or not own.stated or not wanted.stated:
        return True
    if own.dimension is Dimension.MONEY and wanted.dimension is Dimension.MONEY:
        return not own.currency or not wanted.currency or own.currency == wanted.currency
    return own.dimension is wanted.dimension or any({own.dimension, wanted.dimension} <= set(s) for s in _SORTS)


def _calendar(scene: Scene, finding: Finding) -> str | None:
    """That a year or half that the question does not call fiscal was taken as a fiscal one."""
    taken = [p for p in scene.question.periods if _is_taken(p, finding.evidence)]
    if not taken:
        return None
    said = scene.question.asked_text(taken[0].start, taken[0].end)
    if scene.question.english:
        return f'"{said}" is taken as the fiscal year of the report, not as the calendar year.'
    return f"“{said}”按报告的财年计，不是自然年。"


def _is_taken(mention: PeriodMention, evidence: tuple[Fact, ...]) -> bool:
    asked = mention.period
    if asked is None or asked.fiscal is not None or asked.kind not in _LONG:
        return False
    keys = {normal_text(v) for f in evidence for _, v in f.keys}
    if normal_text(mention.text) in keys:
        return False
    return any(f.period is not None and f.period.fiscal and asked.contains(f.period) for f in evidence)
