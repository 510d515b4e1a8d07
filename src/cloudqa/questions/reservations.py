"""What is checked of every finding: that it is in the sort of unit asked for, and which calendar it took."""

from __future__ import annotations

from dataclasses import replace

from cloudqa.facts import Fact
from cloudqa.language import normal_text
from cloudqa.quantities import Dimension, PeriodKind, PeriodMention, Unit, find_unit
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.scene import Scene

_RATES = (Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.TIMES, Dimension.FRACTION)
_NUMBERS = (Dimension.COUNT, Dimension.PEOPLE, Dimension.UNSTATED)
_TIMES = (Dimension.DURATION, Dimension.CALENDAR)
_SORTS = (_RATES, _NUMBERS, _TIMES)
_LONG = (PeriodKind.YEAR, PeriodKind.HALF)


def reserved(scene: Scene, finding: Finding) -> Finding:
    """The finding with what must be said beside it; a refusal where it is not in the sort of unit asked for."""
    wanted = scene.question.wanted
    if finding.kind is FindingKind.FIGURE and wanted is not None and not _is_of_sort(finding.unit, wanted):
        return missing(f"{finding.subject} {wanted.symbol}", nearest=())
    caveat = _calendar(scene, finding)
    return finding if caveat is None else replace(finding, caveats=(*finding.caveats, caveat))


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
