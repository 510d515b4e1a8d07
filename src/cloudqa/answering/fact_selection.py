"""Which facts filters choose, and what comes near where they choose none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cloudqa.errors import UsageError
from cloudqa.facts import Fact, FactQuery, FactStore, TermKind
from cloudqa.facts.spelling import spelling
from cloudqa.language.synonyms import synonyms_of
from cloudqa.quantities import Period, parse_period

if TYPE_CHECKING:
    from cloudqa.answering.sources import ArchiveSources

_NEAR = 5
_DROPPED = ("period", "metric", "entity", "report")


@dataclass(frozen=True, slots=True)
class FactFilter:
    """The filters as the user wrote them; "" is no filter."""

    metric: str = ""
    entity: str = ""
    period: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The names that a filter stands for, in their normal spelling.

    Attributes:
        asked: Whether there is a filter at all.
        names: What it stands for among the names of values.
        keys: What it stands for among the keys of table rows.
    """

    asked: bool
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the archive knows nothing that the filter could mean."""
        return self.asked and not self.names and not self.keys


def select_facts(store: FactStore, sources: ArchiveSources, wanted: FactFilter) -> list[Fact]:
    """The facts that pass all filters, in the store's order.

    A name is compared without width, case, blanks and the difference of traditional characters. It stands for the
    names spelled like it or called so for short; if there are none, for its general synonyms; if there are none, for
    the names that contain it.

    Raises:
        UsageError: The period is none.
    """
    metric = _chosen(store, wanted.metric, (TermKind.METRIC,))
    entity = _chosen(store, wanted.entity, (TermKind.ENTITY, TermKind.LABEL))
    reports = matching_reports(sources, wanted.report)
    if metric.unknown or entity.unknown or (wanted.report and not reports):
        return []
    base = FactQuery(metrics=metric.names, within=_period(wanted.period), reports=reports if wanted.report else ())
    if not entity.asked:
        return store.find(base)
    found = store.find(replace(base, entities=entity.names)) if entity.names else []
    for key in entity.keys:
        found.extend(store.find(replace(base, keys=(key,))))
    return sorted({fact.id: fact for fact in found}.values(), key=_reading_order)


def matching_reports(sources: ArchiveSources, wanted: str) -> tuple[str, ...]:
    """The reports that a filter stands for, in order: by id or a part of it, by number, by title or month."""
    return tuple(report for report in sources.reports if _is_report(sources, report, wanted.strip()))


def _is_report(sources: ArchiveSources, report: str, wanted: str) -> bool:
    if wanted.isdecimal() and len(wanted) < 4:
        about = sources.report(report).metadata
        return int(wanted) in {int(number) for number in (about.issue, about.total_issue) if number.isdecimal()}
    return any(spelling(wanted) in spelling(name) for name in (report, sources.issue_of(report)))


def _period(text: str) -> Period | None:
    if not text:
        return None
    period = parse_period(text)
    if period is None:
        raise UsageError(f"{text!r} is not a period with its year.", "Give for example 2017Q3, FY2017 or 2016-2018.")
    return period


def _chosen(store: FactStore, name: str, kinds: tuple[TermKind, ...]) -> _Chosen:
    if not name:
        return _Chosen(asked=False)
    for spellings in ((name,), synonyms_of(name)):
        terms = [t for text in spellings for t in store.vocabulary.known(text) if t.kind in kinds]
        if terms:
            return _by_kind((t.canonical, t.kind) for t in terms)
    part = spelling(name)
    terms = [t for kind in kinds for t in store.vocabulary.terms(kind) if part and part in t.text]
    return _by_kind((t.canonical, t.kind) for t in terms)


def _by_kind(found: Iterable[tuple[str, TermKind]]) -> _Chosen:
    pairs = list(dict.fromkeys(found))
    keys = tuple(text for text, kind in pairs if kind is TermKind.LABEL)
    return _Chosen(True, tuple(text for text, kind in pairs if kind is not TermKind.LABEL), keys)


def _reading_order(fact: Fact) -> tuple[str, int, int, int, int]:
    table = -1 if fact.table is None else fact.table
    row, column = (fact.place.start if fact.row is None else fact.row), (-1 if fact.column is None else fact.column)
    return fact.report, table, row, column, fact.place.start


def nearest_to(store: FactStore, sources: ArchiveSources, wanted: FactFilter) -> str:
    """One sentence for filters that choose nothing: which of them is at fault, and what there is instead."""
    for name in _DROPPED:
        text = getattr(wanted, name)
        if text and not select_facts(store, sources, FactFilter(**{name: text})):
            others = select_facts(store, sources, replace(wanted, **{name: ""})) or store.find(FactQuery())
            near = ", ".join(_values(others, name, text))
            return f"No fact has the {name} “{text}”; near: {near or 'nothing'}."
    for name in _DROPPED:
        if getattr(wanted, name) and (rest := select_facts(store, sources, replace(wanted, **{name: ""}))):
            if near := ", ".join(_values(rest, name, getattr(wanted, name))):
                return f"No fact fits all filters; with another {name} there is: {near}."
    return "No fact fits all filters together." if any(map(wanted.__getattribute__, _DROPPED)) else "There is no fact."


def _values(facts: Iterable[Fact], name: str, wanted: str) -> list[str]:
    """The values that facts have there, at most five: the likest names, or the nearest periods in order of time."""
    if name == "period":
        return [period.label for period in _near_periods(facts, parse_period(wanted))]
    texts = dict.fromkeys(_name(fact, name) for fact in facts)
    likest = sorted((text for text in texts if text), key=lambda text: -_likeness(text, wanted))
    return likest[:_NEAR]


def _name(fact: Fact, name: str) -> str:
    return {"metric": fact.metric, "entity": fact.entity, "report": fact.report}[name]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, spelling(one), spelling(other), autojunk=False).ratio()


def _near_periods(facts: Iterable[Fact], wanted: Period | None) -> list[Period]:
    periods = {fact.period.label: fact.period for fact in facts if fact.period is not None}
    if wanted is None:
        return []
    return sorted(sorted(periods.values(), key=lambda period: (_days_apart(period, wanted), period))[:_NEAR])


def _days_apart(one: Period, other: Period) -> int:
    return sum(abs(date(*a).toordinal() - date(*b).toordinal()) for a, b in zip(one.span, other.span, strict=True))
