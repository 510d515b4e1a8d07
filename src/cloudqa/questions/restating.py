"""Figures that later issues restate: the later value takes the earlier one's place, and both are cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cloudqa.facts import Fact
from cloudqa.questions.finding import Finding, FindingKind
from cloudqa.questions.labels import period_label, printed_with_unit, subject
from cloudqa.questions.pool import Pool
from cloudqa.questions.sameness import is_forecast, same_figure, says_alike, series_key
from cloudqa.questions.view import View

_MOST_SAID = 4
_MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure and those that it takes the place of.

    Attributes:
        now: The fact of the latest issue that states it.
        before: Those of earlier issues with another value or with none, the newest first.
    """

    now: Fact
    before: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Restatements:
    """What later issues restate among the facts of a pool.

    Attributes:
        by_id: Restatement by id of the fact in the pool that now states it.
    """

    by_id: Mapping[str, Restatement] = field(default_factory=dict)

    def noted(self, finding: Finding, view: View, *, english: bool) -> Finding:
        """The finding with both values said and cited wherever it uses a figure that was restated."""
        used = [f for f in finding.evidence if f.id in self.by_id]
        if not used or finding.kind is FindingKind.MISSING:
            return finding
        evidence = [self._cited(f) for f in finding.evidence]
        earlier = [f for u in used for f in self.by_id[u.id].before if f.report not in {e.report for e in evidence}]
        room = max(1, _MOST_EVIDENCE + 1 - len(evidence))
        told = list({self.by_id[f.id].now.id + f.id: self.by_id[f.id] for f in used}.values())
        note = _said(told[0], view, english=english) if len(told) == 1 else _all_said(told, view, english=english)
        return replace(
            finding,
            evidence=(*evidence, *list({f.id: f for f in earlier}.values())[:room]),
            conflicts=tuple(c for c in finding.conflicts if not self._is_before(c, used)),
            caveats=(*finding.caveats, note),
        )

    def _cited(self, fact: Fact) -> Fact:
        """The fact that states a value, under the id that calculations know it by."""
        return replace(self.by_id[fact.id].now, id=fact.id) if fact.id in self.by_id else fact

    def _is_before(self, fact: Fact, used: Sequence[Fact]) -> bool:
        return any(fact.id == b.id for u in used for b in self.by_id[u.id].before)


def restate(
    pool: Pool, view: View, corrected: Iterable[tuple[Fact, Fact]] = (), *, before: bool = False
) -> tuple[Pool, Restatements]:
    """The pool with the latest value of every figure that several issues state.

    The earlier fact keeps its place in its own table and takes the later value, so that a ranking over that table
    ranks what is now known. A forecast restates forecasts only.

    Args:
        pool: Facts of several issues.
        view: The issues.
        corrected: Facts with what a later issue corrects them to.
        before: The values before are asked for: the earlier facts stay, and the later ones that restate them go.
    """
    if not view.several:
        return pool, Restatements()
    latest: dict[str, Fact] = {}
    olds_of: dict[str, list[Fact]] = {}
    for old, new in corrected:
        if view.age(new.report) >= view.age(latest[old.id].report if old.id in latest else old.report):
            latest[old.id] = new
    for group in _groups(pool.facts):
        _compare(group, view, latest)
    for old in pool.facts:
        if old.id in latest:
            olds_of.setdefault(latest[old.id].id, []).append(old)
    if before:
        return Pool(tuple(f for f in pool.facts if f.id not in olds_of), pool.rows, pool.whole), Restatements()
    facts = tuple(_with_value(f, latest[f.id]) if f.id in latest else f for f in pool.facts)
    found: dict[str, Restatement] = {}
    for fact in pool.facts:
        now = latest.get(fact.id, fact)
        if now.id in olds_of:
            olds = sorted(olds_of[now.id], key=lambda f: -view.age(f.report))
            found[fact.id] = Restatement(now, tuple(olds))
    return Pool(facts, pool.rows, pool.whole), Restatements(found)


def _groups(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts of several reports that have one thing and metric, for one stretch of time."""
    by_key: dict[object, list[Fact]] = {}
    for fact in facts:
        key = series_key(fact)
        if key is not None:
            stretch = None if fact.period is None else (fact.period.span, fact.period.edge is None)
            by_key.setdefault((key, stretch), []).append(fact)
    return [group for group in by_key.values() if len({f.report for f in group}) > 1]


def _compare(group: Sequence[Fact], view: View, latest: dict[str, Fact]) -> None:
    """Note for each fact of a group the fact of a later issue that gives another value."""
    ordered = sorted(group, key=lambda f: view.age(f.report))
    for at, old in enumerate(ordered):
        if old.id in latest:
            continue
        for new in reversed(ordered[at + 1 :]):
            if view.age(new.report) <= view.age(old.report) or not same_figure(old, new):
                continue
            if not says_alike(new, old):
                latest[old.id] = latest.get(new.id, new)
            break


def _with_value(old: Fact, new: Fact) -> Fact:
    return replace(old, value=new.value, printed=new.printed, absence=new.absence, notes=new.notes)


def without_forecasts(pool: Pool) -> Pool:
    """The pool without expectations of what another fact states as it came out."""
    expected = [f for f in pool.facts if is_forecast(f)]
    if not expected:
        return pool
    metrics = {f.metric for f in expected}
    actual = {
        (series_key(f), f.period.label)
        for f in pool.facts
        if f.metric in metrics and f.period is not None and not is_forecast(f)
    }
    gone = {f.id for f in expected if f.period is not None and (series_key(f), f.period.label) in actual}
    return Pool(tuple(f for f in pool.facts if f.id not in gone), pool.rows, pool.whole) if gone else pool


def _said(restated: Restatement, view: View, *, english: bool) -> str:
    """One sentence: which issue restates what, from which value to which."""
    now, old = restated.now, restated.before[0]
    what = " ".join(x for x in (subject(old), period_label(old)) if x)
    later, earlier = (view.labels.get(f.report, f.report) for f in (now, old))
    if english:
        return f"{what} as restated by {later}; {earlier}: {printed_with_unit(old) or 'no figure'}."
    return f"{what}以{later}为准，{earlier}为{printed_with_unit(old) or '空'}。"


def _all_said(told: Sequence[Restatement], view: View, *, english: bool) -> str:
    """One sentence for several figures: which issues restate them, and their values before."""
    issues = list(dict.fromkeys(view.labels.get(r.now.report, r.now.report) for r in told))
    before = [printed_with_unit(r.before[0]) for r in told]
    if english:
        more = ", …" if len(before) > _MOST_SAID else ""
        return (
            f"{len(told)} figures as restated by {', '.join(issues)}; before: {', '.join(before[:_MOST_SAID])}{more}."
        )
    more = "等" if len(before) > _MOST_SAID else ""
    return f"其中{len(told)}个数以{'、'.join(issues)}为准，此前为{'、'.join(before[:_MOST_SAID])}{more}。"
