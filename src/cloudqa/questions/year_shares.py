"""One metric of a year as a share of another, where the reports give only the parts of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cloudqa.facts import Fact
from cloudqa.facts.calculate import PERCENT, Op, calculate
from cloudqa.questions.choice import Choice, hard_words, in_year
from cloudqa.questions.computing import finding_of
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.figures import comparable, same_measure
from cloudqa.questions.finding import Finding, Item
from cloudqa.questions.metric_shares import divided_at, is_amount
from cloudqa.questions.operands import figures_of, merged
from cloudqa.questions.phrase import bits, compact
from cloudqa.questions.scene import Scene
from cloudqa.questions.spanning import with_parts_elsewhere
from cloudqa.questions.totals import is_summable, missing_parts


def year_share(scene: Scene) -> Finding | None:
    """The sum of the figures named before 占 divided by that of those behind it, over the same parts of one year."""
    at = divided_at(scene)
    if at is None or len(scene.periods) != 1:
        return None
    part = _named_in(scene, bits(0, at[0]))
    first = normal_label(part.members[0].fact) if part is not None else ""
    whole = _named_in(scene, bits(at[1], len(scene.question.text)), first) if part is not None else None
    if part is None or whole is None or hard_words(scene.examiner.open_words(part.accounted | whole.accounted)):
        return None
    parts, wholes = _over_year(scene, part), _over_year(scene, whole)
    if not _belong_together(parts, wholes):
        return None
    sums = [calculate(Op.SUM, comparable(facts), comparable(facts)[0].unit) for facts in (parts, wholes)]
    done = calculate(Op.SHARE, [s.result for s in sums], PERCENT, decimals_shown=scene.question.digits)
    found = finding_of(scene, done, [parts[0]])
    said = (Item(f[0].metric, s.result.value, s.result.unit) for f, s in zip((parts, wholes), sums, strict=True))
    return replace(found, items=(found.items[0], *said), calculations=(*sums, done), evidence=tuple([*parts, *wholes]))


def _named_in(scene: Scene, places: int, apart_from: str = "") -> Choice | None:
    """The metric that a part of the question names, for the parts of the year."""
    choice = scene.choose(
        lambda f: is_amount(f) and normal_label(f) != apart_from and bool(scene.examiner.cover(f.metric)[0] & places),
        fits=in_year,
        ignored=scene.question.everything & ~places,
    )
    return choice if choice is not None and choice.members else None


def _over_year(scene: Scene, choice: Choice) -> list[Fact]:
    """The figures of one thing for all parts of the year; [] where parts are missing or do not add up."""
    facts = scene.one_thing([g[0] for g in merged(figures_of(choice)) if not g[0].total])
    facts = with_parts_elsewhere(scene, facts) if facts else []
    kinds = {f.period.kind for f in facts if f.period is not None}
    if len(facts) < 2 or len(kinds) != 1 or not is_summable(facts[0]):
        return []
    return facts if missing_parts(scene, facts) is None else []


def _belong_together(parts: Sequence[Fact], wholes: Sequence[Fact]) -> bool:
    """Whether both are of one thing and the same periods, none of them an expectation."""
    if not parts or len(parts) != len(wholes) or any(f.forecast or f.period is None for f in (*parts, *wholes)):
        return False
    things = {compact(f.entity) for f in (*parts, *wholes)}
    return (
        len(things) == 1
        and {f.period for f in parts} == {f.period for f in wholes}
        and same_measure(parts[0], wholes[0])
    )
