"""Answers from facts: exact figures with their working and cells, or a refusal that says what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cloudqa.answering.answer import Answer, AnswerKind, Operand, Step, Value, Working
from cloudqa.answering.citing import Sources
from cloudqa.answering.numeric_citing import Evidence, cite_facts
from cloudqa.answering.numeric_wording import alternatives_of, caveats_of, is_list, text_of
from cloudqa.facts.calculate import Calculation
from cloudqa.questions.finding import Finding, FindingKind, Item
from cloudqa.questions.names import FactSourceStore
from cloudqa.questions.resolve import resolve
from cloudqa.questions.scene import Scene
from cloudqa.questions.view import WHOLE, View

_KINDS = {
    FindingKind.FIGURE: AnswerKind.NUMBER,
    FindingKind.TEXT: AnswerKind.TEXT,
    FindingKind.SERIES: AnswerKind.SERIES,
    FindingKind.RANKING: AnswerKind.RANKING,
    FindingKind.LIST: AnswerKind.LIST,
    FindingKind.COUNT: AnswerKind.NUMBER,
    FindingKind.VERDICT: AnswerKind.YES_NO,
    FindingKind.CORRECTION: AnswerKind.CORRECTION,
    FindingKind.MISSING: AnswerKind.REFUSAL,
}


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer of the facts, and what it was made of."""

    answer: Answer
    finding: Finding


def answer_numeric(question: str, store: FactSourceStore, sources: Sources, view: View = WHOLE) -> Answer | None:
    """The answer of the facts to a question; None if it is no question for them.

    Args:
        question: In Chinese or English; the words that choose issues are left out.
        store: The facts of the archive.
        sources: The reports' texts, which quotes are cut from.
        view: The part of the archive that it is put to.

    Returns:
        An answer whose operands are all cited, a refusal that names what is missing, or None.
    """
    found = find_numeric(question, store, sources, view)
    return None if found is None else found.answer


def find_numeric(question: str, store: FactSourceStore, sources: Sources, view: View = WHOLE) -> FoundAnswer | None:
    """As :func:`answer_numeric`, with what the answer was made of."""
    scene, finding = resolve(question, store, view)
    if finding is None:
        return None
    missing = finding.kind is FindingKind.MISSING
    return FoundAnswer(_refusal(scene, finding) if missing else _answer(scene, finding, sources), finding)


def _refusal(scene: Scene, finding: Finding) -> Answer:
    return Answer(
        question=scene.question.asked,
        answer=text_of(finding, english=scene.question.english),
        kind=AnswerKind.REFUSAL,
        refused=True,
        missing=finding.missing,
        alternatives=tuple(n for n in finding.nearest if n),
    )


def _answer(scene: Scene, finding: Finding, sources: Sources) -> Answer:
    evidence = cite_facts(finding.evidence, sources)
    english = scene.question.english
    return Answer(
        question=scene.question.asked,
        answer=text_of(finding, english=english),
        kind=_KINDS[finding.kind],
        value=finding.value,
        unit=finding.unit if finding.value is not None else None,
        values=tuple(_value(i) for i in finding.items) if _has_several(finding) else (),
        working=_working(finding, evidence),
        caveats=caveats_of(finding, english=english),
        alternatives=alternatives_of(finding, english=english),
        citations=evidence.citations,
    )


def _has_several(finding: Finding) -> bool:
    """Whether the items are values of their own, not one result with its operands."""
    return len(finding.items) > 1 and (not finding.calculations or is_list(finding))


def _value(item: Item) -> Value:
    return Value(label=item.label, value=item.value, unit=item.unit)


def _working(finding: Finding, evidence: Evidence) -> Working | None:
    if not finding.calculations:
        return None
    formula = "; ".join(c.formula for c in finding.calculations)
    return Working(formula=formula, steps=tuple(_step(c, evidence) for c in finding.calculations))


def _step(calculation: Calculation, evidence: Evidence) -> Step:
    return Step(
        op=calculation.op.value,
        operands=tuple(
            Operand(value=o.value, unit=o.unit, citation=evidence.number_of(o.source)) for o in calculation.operands
        ),
        result=Decimal(calculation.result.value),
        unit=calculation.result.unit,
    )
