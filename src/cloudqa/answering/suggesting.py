"""Next questions: only ones that were tried and are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, Citation
from cloudqa.facts import Fact, FactSource, Measure
from cloudqa.quantities import Dimension, Period, PeriodKind, Quantity
from cloudqa.questions.finding import FindingKind
from cloudqa.questions.labels import period_label
from cloudqa.questions.phrase import compact, is_period

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Assistant
    from cloudqa.answering.conversation import Conversation
    from cloudqa.facts import FactStore

_MOST_TRIED = 7  # each costs some 20 ms
_ENGLISH_KINDS = {PeriodKind.QUARTER: "quarter", PeriodKind.MONTH: "month", PeriodKind.YEAR: "year"}
_CHINESE_KINDS = {PeriodKind.QUARTER: "哪个季度", PeriodKind.MONTH: "哪个月", PeriodKind.YEAR: "哪一年"}
_COUNTED = (Dimension.COUNT, Dimension.PEOPLE)
_BARE_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be asked next.

    Attributes:
        text: The question.
        kind: What its finding must be.
        fact: The fact that its answer must rest on first; "" where it is not known before.
    """

    text: str
    kind: FindingKind
    fact: str = ""


def suggest(source: Conversation | Assistant, answer: Answer, limit: int = 3) -> tuple[str, ...]:
    """Questions in the neighbourhood of an answer that the facts answer, too.

    They ask for the same thing in other periods, for other things in the same period, for growth, for the highest and
    for what else is measured of it. Each is put to the facts, at most seven in all, and kept only where the facts
    answer it, and from the very figure that it was made of.

    Args:
        source: Who answered.
        answer: What was answered; a refusal and an answer in words only have no neighbourhood.
        limit: The most questions returned.

    Returns:
        Questions in full, in the language of the answered one.
    """
    from cloudqa.answering.assistant import Assistant

    assistant = source if isinstance(source, Assistant) else source.assistant
    facts = () if answer.refused else _facts_of(assistant, answer)
    if not facts or not isinstance(facts[0].value, Quantity):
        return ()
    kept: list[str] = []
    for tried, candidate in enumerate(_candidates(assistant.facts, facts, english=_is_english(answer))):
        if len(kept) == limit or tried == _MOST_TRIED:
            break
        if _is_answered(assistant, candidate, answer):
            kept.append(candidate.text)
    return tuple(kept)


def _is_english(answer: Answer) -> bool:
    from cloudqa.answering.conversation.leaning import is_english

    return is_english(answer.question)


def _facts_of(assistant: Assistant, answer: Answer) -> tuple[Fact, ...]:
    """The facts that an answer cites; where it cites no cell, those that its question finds."""
    found = tuple(f for c in answer.citations if (f := _cited(assistant.facts, c)) is not None)
    if found:
        return found
    completed = next((text.partition("：")[2] or text.partition(": ")[2] for text in reversed(answer.context)), "")
    reply = assistant.reply_in_figures(completed or answer.question)
    return reply.finding.evidence if reply is not None and reply.finding is not None else ()


def _cited(store: FactStore, citation: Citation) -> Fact | None:
    if citation.table is None or citation.row is None or citation.column is None:
        return None
    cells = store.table_facts(citation.report, citation.table)
    here = [f for f in cells if f.row == citation.row and f.column == citation.column]
    return here[0] if len(here) == 1 else None


def _is_answered(assistant: Assistant, candidate: _Candidate, answer: Answer) -> bool:
    """Whether the facts answer it, as what it was meant to be and not with the answer there is already."""
    reply = assistant.reply_in_figures(candidate.text)
    if reply is None or reply.finding is None or reply.answer.refused:
        return False
    if reply.finding.kind is not candidate.kind or reply.answer.answer == answer.answer:
        return False
    evidence = reply.finding.evidence
    return not candidate.fact or (bool(evidence) and evidence[0].id == candidate.fact)


def _candidates(store: FactStore, facts: tuple[Fact, ...], *, english: bool) -> Iterator[_Candidate]:
    """One of each sort first, then a second of those that have one."""
    first = facts[0]
    near = _neighbours(store, first)
    sorts = [
        iter(list(_growths(first, facts, near, english=english))),
        iter(list(_others(first, near, english=english))),
        iter(list(_highest(first, near, english=english))),
        iter(list(_periods(first, facts, near, english=english))),
        iter(list(_metrics(first, near, english=english))),
    ]
    for _ in range(2):
        for sort in sorts:
            candidate = next(sort, None)
            if candidate is not None:
                yield candidate


def _neighbours(store: FactStore, fact: Fact) -> list[Fact]:
    """Figures of the same table; of a sentence those of the same metric in sentences of the report."""
    if fact.table is not None:
        near = store.table_facts(fact.report, fact.table)
    else:
        from cloudqa.facts import FactQuery

        sentences = (FactSource.SENTENCE, FactSource.LIST)
        near = store.find(FactQuery(metrics=(fact.metric,), reports=(fact.report,), sources=sentences))
    return [f for f in near if isinstance(f.value, Quantity) and f.measure is Measure.LEVEL and not f.total]


def _growths(first: Fact, facts: tuple[Fact, ...], near: list[Fact], *, english: bool) -> Iterator[_Candidate]:
    if first.period is None or len(facts) > 1:
        return
    periods = {f.period for f in near if _is_series(f, first)}
    for base, zh, en in (
        (first.period.same_period_last_year(), "同比", "year-on-year"),
        (
            first.period.predecessor() if first.period.kind is not PeriodKind.RANGE else None,
            "环比",
            "quarter-on-quarter",
        ),
    ):
        if base in periods and (zh == "同比" or first.period.kind is PeriodKind.QUARTER):
            asked = f"What was the {en} growth of the {_of(first, english=True)}" if english else _of(first)
            text = f"{asked}?" if english else f"{asked}{zh}增长多少？"
            yield _Candidate(text, FindingKind.FIGURE)


def _others(first: Fact, near: list[Fact], *, english: bool) -> Iterator[_Candidate]:
    """The same metric and period of other things."""
    for fact in near:
        same = compact(fact.metric) == compact(first.metric) and fact.period == first.period
        if same and fact.id != first.id and _name(fact) != _name(first):
            yield _level(fact, english=english)


def _highest(first: Fact, near: list[Fact], *, english: bool) -> Iterator[_Candidate]:
    """Where the metric is highest: among the periods of the thing, or among the things of the period."""
    series = [f for f in near if _is_series(f, first)]
    kind = first.period.kind if first.period is not None else None
    if len(series) > 2 and kind in _CHINESE_KINDS:
        of = f"{first.metric} of {_name(first)}" if english else f"{_name(first)}{first.metric}"
        zh = f"{of}{_most(first)}的是{_CHINESE_KINDS[kind]}？"
        text = f"Which {_ENGLISH_KINDS[kind]} had the highest {of}?" if english else zh
        yield _Candidate(text, FindingKind.RANKING)
    rows = {_name(f) for f in near if compact(f.metric) == compact(first.metric) and f.period == first.period}
    if len(rows) > 2:
        when = _when(first)
        zh = f"{when}{first.metric}{_most(first)}的是哪个？"
        en = f"Which has the highest {first.metric}{f' in {when}' if when else ''}?"
        yield _Candidate(en if english else zh, FindingKind.RANKING)


def _periods(first: Fact, facts: tuple[Fact, ...], near: list[Fact], *, english: bool) -> Iterator[_Candidate]:
    """The thing's figures of the next period and of the one before."""
    if first.period is None:
        return
    used = {f.id for f in facts}
    series = sorted((f for f in near if _is_series(f, first) and f.id not in used), key=_start)
    after = [f for f in series if _start(f) > _start(first)]
    before = [f for f in series if _start(f) < _start(first)]
    for fact in (*after[:1], *before[-1:]):
        yield _level(fact, english=english)


def _metrics(first: Fact, near: list[Fact], *, english: bool) -> Iterator[_Candidate]:
    """What else is measured of the thing in the period."""
    for fact in near:
        if (
            fact.period == first.period
            and _name(fact) == _name(first)
            and compact(fact.metric) != compact(first.metric)
        ):
            yield _level(fact, english=english)


def _is_series(fact: Fact, first: Fact) -> bool:
    """Whether two figures are of the same thing and metric, of periods of one kind."""
    same = compact(fact.metric) == compact(first.metric) and _name(fact) == _name(first)
    return same and fact.period is not None and first.period is not None and fact.period.kind is first.period.kind


def _start(fact: Fact) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    return (fact.period or Period(1)).span


def _level(fact: Fact, *, english: bool) -> _Candidate:
    text = f"What was the {_of(fact, english=True)}?" if english else f"{_of(fact)}是多少？"
    unit = fact.value.unit if isinstance(fact.value, Quantity) else None
    if unit is not None and unit.noun and unit.scale == 1 and not english and not fact.metric.endswith(("数", "量")):
        text = f"{_name(fact)}{_when(fact)}有多少{unit.noun}{fact.metric}？"
    return _Candidate(text, FindingKind.FIGURE, fact.id)


def _of(fact: Fact, *, english: bool = False) -> str:
    """What a figure is of, as one says it: 甲公司2017Q3收入; 收入 of 甲公司 in 2017Q3."""
    when = _when(fact, english=english)
    if not english:
        return f"{_name(fact)}{when}{fact.metric}"
    return f"{fact.metric} of {_name(fact)}" + (f" in {when}" if when else "")


def _when(fact: Fact, *, english: bool = False) -> str:
    """The period of a figure as one says it."""
    label = period_label(fact)
    return f"{label}年" if _BARE_YEAR.fullmatch(label) and not english else label


def _most(fact: Fact) -> str:
    counted = isinstance(fact.value, Quantity) and fact.value.unit.dimension in _COUNTED
    return "最多" if counted else "最高"


def _name(fact: Fact) -> str:
    """What a figure belongs to: its entity and the keys of its row, without period and metric."""
    if fact.source is FactSource.SPECIFICATION and fact.entity:
        return fact.entity
    metric = compact(fact.metric)
    keys = [v for _, v in fact.keys if not is_period(v) and not compact(v).startswith(metric)]
    parts = dict.fromkeys(part for part in (fact.entity, *keys) if part)
    return "".join(parts)
