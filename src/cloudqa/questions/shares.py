"""Shares: as the report states them, or one figure as a part of another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import PERCENT, Op, calculate, decimals, round_half_up
from cloudqa.quantities import Dimension, PeriodKind, Quantity
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import Choice, hard_words, in_year, is_level
from cloudqa.questions.computing import computed, finding_of
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.figures import comparable, is_percent, quantity, same_measure
from cloudqa.questions.finding import Finding, Item
from cloudqa.questions.lookup import look_up, of_facts
from cloudqa.questions.metric_shares import metric_share
from cloudqa.questions.operands import choose_level, choose_several, figures_of, merged
from cloudqa.questions.phrase import bits
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure
from cloudqa.questions.totals import missing_parts
from cloudqa.questions.year_shares import year_share

_TOGETHER = lazily("[这上该]?[两二三四五六七八九十]+[个座家大]?[\u4e00-\u9fff]|合计|共同|一起|之和")
_ALL = ("全", "总", "整", "合")  # 占全院, 占总数: of the row that sums up
_YEARS = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.RANGE)


def share(scene: Scene) -> Finding | None:
    """The share asked for: stated, of a whole year from its parts, or computed from part and whole."""
    choice = choose_level(scene)
    if (
        choice is not None
        and choice.members
        and not scene.hard_open(choice)
        and is_percent_like(choice.members[0].fact)
        and all(_is_of_names(scene, m.fact) for m in choice.members)
    ):
        return look_up(scene)
    stated = scene.choose(lambda f: is_level(f) and is_percent_like(f) and _is_of_names(scene, f))
    if stated is not None and stated.members and not scene.hard_open(stated) and not _is_year(scene):
        return of_facts(scene, [m.fact for m in stated.members])
    found = _over_year(scene) or metric_share(scene) or _part_of_whole(scene) or _part_of_named_whole(scene)
    return found or year_share(scene)


def _is_of_names(scene: Scene, fact: Fact) -> bool:
    """Whether a share that a sentence states is of a name of the question, not of what an earlier clause names."""
    if fact.table is not None or not scene.names:
        return True
    at = fact.text.find(fact.printed)
    start = max(fact.text.rfind(mark, 0, at) for mark in "，,；;。") + 1 if at > 0 else 0
    told = f"{fact.entity} {fact.metric} {fact.of} {fact.speaker} {fact.text[start : max(at, start)]}"
    own = scene.examiner.cover(told)[1]
    return bool(own) and (not _is_common(fact.metric, fact.entity) or own == (1 << len(scene.names)) - 1)


def _is_common(metric: str, entity: str) -> bool:
    """Whether a share is of several things together: 这四座城市, 三港."""
    return _TOGETHER().search(entity or metric) is not None


def _is_year(scene: Scene) -> bool:
    return any(p.period is not None and p.period.kind in _YEARS for p in scene.periods)


def is_percent_like(fact: Fact) -> bool:
    """Whether the fact states a share or rate."""
    return isinstance(fact.value, Quantity) and fact.value.unit.dimension is Dimension.PERCENT


def _over_year(scene: Scene) -> Finding | None:
    """A year's share where the report gives the shares of its parts: recomputed from the sums of part and whole."""
    if not _is_year(scene):
        return None
    choice = choose_several(scene, in_year)
    if choice is None or scene.hard_open(choice):
        return None
    rates = [f for f in (g[0] for g in merged(figures_of(choice))) if is_percent_like(f)]
    if len(rates) < 2:
        return None
    gap = missing_parts(scene, rates)
    if gap is not None:
        return gap
    columns = derivation(scene, rates)
    if columns is None:
        return None
    parts, wholes = columns
    sums = [calculate(Op.SUM, comparable(list(fs)), quantity(fs[0]).unit.symbol) for fs in (parts, wholes)]
    done = calculate(Op.SHARE, [s.result for s in sums], PERCENT, decimals_shown=scene.question.digits)
    found = finding_of(scene, done, [rates[0]])
    from dataclasses import replace

    items = (
        found.items[0],
        *(Item(fs[0].metric, s.result.value, s.result.unit) for fs, s in zip((parts, wholes), sums, strict=True)),
    )
    return replace(found, subject=rates[0].metric, items=items, calculations=(*sums, done), evidence=(*wholes, *parts))


def derivation(scene: Scene, rates: Sequence[Fact]) -> tuple[list[Fact], list[Fact]] | None:
    """The two columns of the same rows whose quotient the shares are, within their rounding; None if there are none."""
    rows = {(f.report, f.table, f.row): f for f in rates if f.table is not None}
    columns: dict[str, dict[tuple[str, int | None, int | None], Fact]] = {}
    for fact in scene.pool.facts:
        place = (fact.report, fact.table, fact.row)
        if place in rows and isinstance(fact.value, Quantity) and is_level(fact) and not is_percent(fact):
            columns.setdefault(normal_label(fact), {})[place] = fact
    complete = {label: cells for label, cells in columns.items() if len(cells) == len(rows)}
    for part in complete.values():
        for whole in complete.values():
            if part is not whole and all(_is_quotient(rows[p], part[p], whole[p]) for p in rows):
                return [part[p] for p in rows], [whole[p] for p in rows]
    return None


def _is_quotient(rate: Fact, part: Fact, whole: Fact) -> bool:
    if not same_measure(part, whole) or quantity(whole).value == 0:
        return False
    one, other = comparable([part, whole])
    stated = quantity(rate).value
    tolerance = Decimal(1).scaleb(-decimals(stated))
    return abs(round_half_up(one.value / other.value * 100, decimals(stated)) - stated) <= tolerance


def _part_of_whole(scene: Scene) -> Finding | None:
    """One row of a column against the row that sums it up, or against the sum of all rows."""
    amounts = scene.choose(lambda f: is_level(f) and not f.total and is_figure(f) and not is_percent(f))
    choice = amounts or _only_metric(scene)
    if choice is None or not scene.names or any(w[:1] not in _ALL for w in hard_words(choice.open)):
        return None
    parts = [g[0] for g in merged(figures_of(choice))]
    if len(parts) != 1 or parts[0].table is None or is_percent(parts[0]):
        return None
    part = parts[0]
    totals = [f for f in scene.pool.facts if f.total and _same_column(f, part) and isinstance(f.value, Quantity)]
    return computed(scene, Op.SHARE, [part, totals[0]]) if len(totals) == 1 else None


def _only_metric(scene: Scene) -> Choice | None:
    """The one metric of a table that the question need not name: 研发人员占比 in a table of staff."""
    choice = scene.choose(lambda f: is_level(f) and not f.total, named_only=False)
    return choice if choice is not None and choice.family.sole and len(choice.members) == 1 else None


def _part_of_named_whole(scene: Scene) -> Finding | None:
    """A stated figure of one thing against that of the whole that the question names: 北城 of 全国, each stated."""
    wholes = [f for f in scene.pool.facts if _is_plain(f) and _covers_more(scene, f)]
    found: dict[tuple[Decimal, Decimal], tuple[Fact, Fact]] = {}
    for part in scene.pool.facts:
        if not _is_plain(part) or not _has_own(scene, part):
            continue
        for whole in wholes:
            if part is not whole and _is_whole_of(scene, part, whole):
                found.setdefault((quantity(part).value, quantity(whole).value), (part, whole))
    if len(found) != 1:
        return None
    return computed(scene, Op.SHARE, next(iter(found.values())))


def _is_plain(fact: Fact) -> bool:
    return is_level(fact) and is_figure(fact) and not is_percent(fact) and not fact.forecast


def _has_own(scene: Scene, fact: Fact) -> int:
    """The names of the question that the fact itself is of, not only said beside it, as a bit set."""
    return scene.examiner.cover(f"{fact.entity} {' '.join(v for _, v in fact.keys)}")[1]


def _covers_more(scene: Scene, fact: Fact) -> bool:
    """Whether what the fact is of is said in the question and is none of its names."""
    mask, named = scene.examiner.cover(f"{fact.entity} {fact.metric}")
    own = scene.examiner.cover(fact.entity or fact.metric)[0]
    after = bits(max(scene.question.text.find("占"), 0), len(scene.question.text))
    return bool(mask) and bool(own) and (not named or bool(own & after))


def _is_whole_of(scene: Scene, part: Fact, whole: Fact) -> bool:
    """Whether both are of one metric and time, and together account for all that the question says."""
    if not same_measure(part, whole) or _has_own(scene, part) & _has_own(scene, whole):
        return False
    one, other = comparable([part, whole])
    if one.value > other.value:
        return False
    if part.period is not None and whole.period is not None and not part.period.matches(whole.period):
        return False
    own = scene.examiner.cover(part.metric)[0] & scene.examiner.content
    same = bool(own & scene.examiner.cover(whole.metric)[0]) or (
        part.report == whole.report and part.metric in whole.metric
    )
    mine, theirs = (scene.examiner.examine(f, scene.pool.row_text(f)) for f in (part, whole))
    told = scene.examiner.cover(f"{whole.entity} {whole.metric}")[0]
    beyond = told & ~mine.label & ~mine.identity
    return same and bool(beyond) and not hard_words(scene.examiner.open_words(mine.together | theirs.together))


def _same_column(one: Fact, other: Fact) -> bool:
    if (one.report, one.table) != (other.report, other.table) or normal_label(one) != normal_label(other):
        return False
    return one.column == other.column or (one.period == other.period and one.entity == other.entity)
