"""Which figures of earlier issues later ones restate or correct, as a list and as an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.numeric_citing import cite_facts
from cloudqa.facts import FactQuery, FactStore
from cloudqa.language import normal_text
from cloudqa.questions.corrections import corrections, without
from cloudqa.questions.effective import is_price
from cloudqa.questions.labels import period_label, printed_with_unit, subject
from cloudqa.questions.pool import Pool
from cloudqa.questions.restating import Restatement, restate

if TYPE_CHECKING:
    from cloudqa.answering.citing import Sources
    from cloudqa.answering.scoping import Scope, Scoping
    from cloudqa.facts import Fact
    from cloudqa.questions.view import View

_SMALL = 6_000  # facts up to which all are compared
_MOST_LISTED = 8
_CORRECT = "(?:更正|修订|勘误|订正|重述|修正|纠正)"
_ASKED = re.compile(
    rf"{_CORRECT}(?:过|了)?(?:的|有)?(?:哪些|什么|哪几|几)(?:个|处|项)?(?:数据|数字|数值|内容|数|地方|错误|指标|$)?"
    rf"|(?:哪些|什么|哪几[个项处])(?:数据|数字|数值|内容|指标)?(?:被|作了|做了|有|得到|需要)?(?:过)?{_CORRECT}"
    r"|what (?:figures |data |numbers )?(?:did|does|were|was|has).{0,40}(?:correct|restate)"
)


def restated_by(
    reports: Collection[str], store: FactStore, view: View, most_before: int | None = None
) -> list[Restatement]:
    """The figures of other issues that some issues restate or correct, by place; a new price restates none.

    Args:
        reports: Ids of the reports that restate.
        store: The facts of the archive.
        view: All issues.
        most_before: In a large archive only so many issues before the newest of these are compared; None for all.
    """
    pool = Pool(tuple(f for f in _compared(store, reports, view, most_before) if not is_price(f)), {}, frozenset())
    corrected, said_only = corrections(pool, view)
    _, restated = restate(without(pool, said_only), view, corrected)
    found = {
        r.now.id: r for r in restated.by_id.values() if r.now.report in reports and r.before[0].report not in reports
    }
    return sorted(found.values(), key=lambda r: (view.age(r.now.report), r.now.place.start))


def _compared(store: FactStore, reports: Collection[str], view: View, most_before: int | None) -> list[Fact]:
    """The facts of some reports, and of the others those of the same things and metrics."""
    if store.count() <= _SMALL:
        return store.everything()
    if most_before is not None:
        newest = max(map(view.age, reports))
        older = sorted((r for r in view.ages if view.age(r) < newest and r not in reports), key=view.age)
        return store.find(FactQuery(reports=(*sorted(reports), *older[-most_before:]), nothing=True))
    found = {f.id: f for f in store.find(FactQuery(reports=tuple(sorted(reports)), nothing=True))}
    for entity, metric in sorted({(f.entity, f.metric) for f in found.values() if f.entity and f.metric}):
        found.update((f.id, f) for f in store.find(FactQuery(entities=(entity,), metrics=(metric,), nothing=True)))
    return list(found.values())


def answer_restated(scope: Scope, scoping: Scoping, store: FactStore, sources: Sources) -> Answer | None:
    """The answer to a question for what an issue corrects; None if it is none or nothing is corrected.

    Where it names several issues, what the newest of them corrects of the others.
    """
    if not scope.issues or not _ASKED.search(normal_text(scope.asked)):
        return None
    *earlier, newest = scope.reports
    view = scoping.view(scoping.whole, sources)
    found = restated_by({newest}, store, view)
    if earlier:
        found = [r for r in found if r.before[0].report in earlier]
    if not found:
        return None
    lines = _lines(found)
    more = [f"…（共{len(found)}处）"] if len(lines) > _MOST_LISTED else []
    return Answer(
        question=scope.question,
        answer="\n".join([*lines[:_MOST_LISTED], *more]),
        kind=AnswerKind.LIST,
        citations=cite_facts([r.now for r in found], sources).citations,
    )


def _lines(found: Sequence[Restatement]) -> list[str]:
    """One line for each thing and metric: both values, or how many of its periods have others."""
    by_subject: dict[str, list[Restatement]] = {}
    for restated in found:
        by_subject.setdefault(subject(restated.before[0]), []).append(restated)
    return [_line(what, group) for what, group in by_subject.items()]


def _line(what: str, group: Sequence[Restatement]) -> str:
    first, last = group[0].before[0], group[-1].before[0]
    if len(group) > 1:
        return f"{what} {period_label(first)}…{period_label(last)}：{len(group)}个数"
    now = printed_with_unit(group[0].now)
    return f"{' '.join(x for x in (what, period_label(first)) if x)}：{first.printed.strip() or '空'} → {now}"
