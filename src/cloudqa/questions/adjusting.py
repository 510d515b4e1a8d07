"""Figures without what a footnote says is in them: 剔除并表收入, 不计一次性费用."""

from __future__ import annotations

import re
from dataclasses import replace

from cloudqa.documents import Span
from cloudqa.facts import Fact
from cloudqa.facts.calculate import Figure, Op, calculate
from cloudqa.quantities import Quantity, UnitMismatchError, convert, find_quantities
from cloudqa.questions.choice import best_named, is_level
from cloudqa.questions.computing import finding_of
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import is_percent, quantity
from cloudqa.questions.finding import Finding
from cloudqa.questions.phrase import bits, covered, phrase_of
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import closest

_LOOKED_AT = 8
_INCLUDED = ("含", "包括", "包含", "并入", "并表", "计入", "including", "includes")
_CHARGED = ("计提", "费用", "损失", "减值", "支出", "罚款", "亏损", "一次性", "charge", "expense", "loss")
_PROFITS = ("利润", "盈利", "结余", "收益", "净利", "profit", "income", "surplus")


def adjust(scene: Scene) -> Finding | None:
    """The figure without the part that its footnote names; None where no footnote says so."""
    cue = scene.question.cue(CueKind.WITHOUT)
    if cue is None:
        return None
    for family in scene.families(is_level)[:_LOOKED_AT]:
        fitting = [m for m in family.members if m.periods or not scene.periods]
        for member in closest(best_named(fitting)):
            for note, span in member.fact.notes:
                found = _without(scene, member.fact, note, span)
                if found is not None:
                    return found
    return None


def _without(scene: Scene, fact: Fact, note: str, span: Span) -> Finding | None:
    mask = covered(scene.question.phrase, phrase_of(note))
    support = scene.examiner.examine(fact, scene.pool.row_text(fact))
    accounted = mask | support.together | _periods(scene) | _neutral(scene, mask)
    if not mask or is_percent(fact) or scene.examiner.open_words(accounted):
        return None
    own = quantity(fact)
    amounts = [q for q in find_quantities(note) if _converts(q, own)]
    op = _direction(fact, note)
    if len(amounts) != 1 or op is None:
        return None
    amount = Figure(convert(amounts[0].value, amounts[0].unit, own.unit), own.unit.symbol, f"{fact.id}#note")
    done = calculate(op, [Figure(own.value, own.unit.symbol, fact.id), amount], own.unit.symbol)
    noted = replace(fact, id=f"{fact.id}#note", place=span, quotes=(span,), printed=note)
    found = finding_of(scene, done, [fact])
    return replace(found, evidence=(fact, noted), caveats=(note.strip(),))


def _periods(scene: Scene) -> int:
    return scene.question.places_of(CueKind.WITHOUT)


def _neutral(scene: Scene, noted: int) -> int:
    """Places of clauses that leave something else aside (不考虑税收影响), where the footnote names one of them."""
    text = scene.question.text
    mask = 0
    for clause in re.finditer(r"[^,，、;；]+", text):
        own = bits(clause.start(), clause.end())
        if "影响" in clause.group() and own & _periods(scene) and not own & noted:
            mask |= own
    return mask


def _converts(amount: Quantity, own: Quantity) -> bool:
    try:
        convert(amount.value, amount.unit, own.unit)
    except UnitMismatchError:
        return False
    return amount.unit.stated == own.unit.stated


def _direction(fact: Fact, note: str) -> Op | None:
    """Whether the part is to be taken off or added back; None where the note does not say."""
    if any(word in note for word in _INCLUDED):
        return Op.DIFFERENCE
    if any(word in note for word in _CHARGED) and any(word in fact.metric for word in _PROFITS):
        return Op.SUM
    return None
