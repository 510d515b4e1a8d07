"""One metric of a thing as a share of another of the same thing and time: 研发费用占营业收入的比例."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Op
from cloudqa.quantities import convertible
from cloudqa.questions.choice import Choice, hard_words, is_level, same_identity
from cloudqa.questions.clause_words import names_metric
from cloudqa.questions.computing import computed
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.figures import is_percent, quantity
from cloudqa.questions.finding import Finding
from cloudqa.questions.operands import merged
from cloudqa.questions.phrase import bits
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure

_DIVIDES = re.compile("占(?!比)|(?<![a-z])as a (?:share|percentage|proportion) of(?![a-z])")


def metric_share(scene: Scene) -> Finding | None:
    """The figure named before 占 divided by the one named behind it, where one pair alone fits; None otherwise."""
    divides = divided_at(scene)
    if divides is None:
        return None
    part = _named_in(scene, bits(0, divides[0]))
    if part is None:
        return None
    whole = _named_in(scene, bits(divides[1], len(scene.question.text)), apart_from=normal_label(_first(part)))
    if whole is None:
        return None
    if hard_words(scene.examiner.open_words(part.accounted | whole.accounted)):
        return None
    pairs = [(p, w) for p, w in product(_figures(part), _figures(whole)) if _belong_together(p, w)]
    return computed(scene, Op.SHARE, pairs[0]) if len(pairs) == 1 else None


def divided_at(scene: Scene) -> tuple[int, int] | None:
    """Where the word stands that sets a part against its whole: 占; None where the question has none."""
    divides = _DIVIDES.search(scene.question.text)
    return divides.span() if divides is not None else None


def _named_in(scene: Scene, places: int, apart_from: str = "") -> Choice | None:
    """The metric that a part of the question names, of the things and periods of the whole question.

    Args:
        scene: The question and its facts.
        places: The part of the question.
        apart_from: Normal name of a metric that it is not.
    """
    elsewhere = scene.question.everything & ~places
    choice = scene.choose(
        lambda f: is_amount(f) and normal_label(f) != apart_from and bool(scene.examiner.cover(f.metric)[0] & places),
        ignored=elsewhere,
    )
    return choice if choice is not None and choice.members else None


def is_amount(fact: Fact) -> bool:
    """Whether the fact states a level that is no share itself."""
    return is_level(fact) and is_figure(fact) and not is_percent(fact)


def _first(choice: Choice) -> Fact:
    return choice.members[0].fact


def _figures(choice: Choice) -> list[Fact]:
    return [group[0] for group in merged(m.fact for m in choice.members if is_figure(m.fact))]


def _belong_together(part: Fact, whole: Fact) -> bool:
    """Whether both are of one thing and time, neither an expectation alone, and of one dimension."""
    one_time = part.period == whole.period or (
        part.period is not None and whole.period is not None and part.period.matches(whole.period)
    )
    alike = part.forecast == whole.forecast and part.total == whole.total
    return (
        one_time and alike and same_identity(_without_metric(part), _without_metric(whole)) and _divisible(part, whole)
    )


def _without_metric(fact: Fact) -> Fact:
    """The fact without the row's key that only names its metric, in a table with periods in the columns."""
    return replace(fact, keys=tuple(key for key in fact.keys if not names_metric(key[1], fact)))


def _divisible(part: Fact, whole: Fact) -> bool:
    return convertible(quantity(part).unit, quantity(whole).unit) and quantity(whole).value > 0
