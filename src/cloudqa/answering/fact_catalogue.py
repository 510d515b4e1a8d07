"""All facts of an archive at hand, to be narrowed with every character that is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from cloudqa.answering.fact_selection import FactFilter, matching_reports
from cloudqa.facts import Fact
from cloudqa.facts.spelling import spelling
from cloudqa.language.synonyms import synonyms_of
from cloudqa.quantities import parse_period

if TYPE_CHECKING:
    from cloudqa.answering.sources import ArchiveSources

_KEPT_NAMES = 100_000
_Keys = tuple[tuple[str, str], ...]


class FactCatalogue:
    """The facts of one generation in reading order, the stated nothings among them.

    A filter need not be finished: a name passes when it contains what has been typed, or is a general synonym of it; a
    period when it lies within the one typed, or, while that is none yet, when its label contains it. Spellings are
    compared without width, case, blanks and the difference of traditional characters. Any text is a usable filter.

    Args:
        facts: In reading order.
        sources: The reports that they stand in.
    """

    def __init__(self, facts: Iterable[Fact], sources: ArchiveSources) -> None:
        self.facts: tuple[Fact, ...] = tuple(facts)
        self.sources = sources
        self._metrics = Counter(name for fact in self.facts for name in {fact.metric, fact.of} if name)
        self._entities = Counter(name for fact in self.facts for name in {fact.entity, *_key_values(fact)} if name)
        self._periods = Counter(fact.period for fact in self.facts if fact.period is not None)
        self._labels = Counter({period.label: count for period, count in self._periods.items()})
        self._reports = Counter(fact.report for fact in self.facts)
        self._relative = {fact.relative for fact in self.facts if fact.relative}

    def choose(self, wanted: FactFilter) -> list[Fact]:
        """The facts that pass all filters, in reading order."""
        filters = (
            (wanted.metric, self._metric_test),
            (wanted.entity, self._entity_test),
            (wanted.period, self._period_test),
            (wanted.report, self._report_test),
        )
        tests = [make_test(text.strip()) for text, make_test in filters if text.strip()]
        chosen: Sequence[Fact] = self.facts
        for test in tests:
            chosen = [fact for fact in chosen if test(fact)]
        return list(chosen)

    def suggest(self, field: str, text: str, limit: int = 8) -> list[str]:
        """Names that complete what has been typed: those that begin with it first, then the most frequent.

        Args:
            field: A field of :class:`~cloudqa.answering.fact_selection.FactFilter`.
            text: What has been typed.
            limit: How many at most.
        """
        part = _spelled(text)
        if not part:
            return []
        counted = self._names(field)
        found = [name for name in counted if part in _spelled(name)]
        found.sort(key=lambda name: (not _spelled(name).startswith(part), -counted[name], name))
        return found[:limit]

    def _names(self, field: str) -> Counter[str]:
        return {"metric": self._metrics, "entity": self._entities, "period": self._labels}.get(field, self._reports)

    def _metric_test(self, text: str) -> Callable[[Fact], bool]:
        names = _matching(self._metrics, text)
        return lambda fact: fact.metric in names or fact.of in names

    def _entity_test(self, text: str) -> Callable[[Fact], bool]:
        names = _matching(self._entities, text)
        rows: dict[_Keys, bool] = {}

        def passes(fact: Fact) -> bool:
            if fact.entity in names:
                return True
            if fact.keys not in rows:
                rows[fact.keys] = any(value in names for _, value in fact.keys)
            return rows[fact.keys]

        return passes

    def _period_test(self, text: str) -> Callable[[Fact], bool]:
        period, part = parse_period(text), _spelled(text)
        if period is not None:
            periods = {own for own in self._periods if period.contains(own)}
        else:
            periods = {own for own in self._periods if part in _spelled(own.label)}
        relative = {own for own in self._relative if part in _spelled(own)}
        return lambda fact: fact.period in periods if fact.period is not None else fact.relative in relative

    def _report_test(self, text: str) -> Callable[[Fact], bool]:
        reports = set(matching_reports(self.sources, text))
        return lambda fact: fact.report in reports


def _matching(names: Iterable[str], text: str) -> set[str]:
    """The names that contain a text or are general synonyms of it."""
    part = _spelled(text)
    same = {_spelled(name) for name in synonyms_of(text)}
    return {name for name in names if part in _spelled(name) or _spelled(name) in same}


@lru_cache(maxsize=_KEPT_NAMES)
def _spelled(name: str) -> str:
    return spelling(name)


def _key_values(fact: Fact) -> Sequence[str]:
    return [value for _, value in fact.keys]


def subject_of(fact: Fact) -> str:
    """What a fact is about, for reading: its entity and whatever else tells its table row from the others."""
    said = [fact.entity] if fact.entity else []
    for _, value in fact.keys:
        if value and not _is_said(value, fact, said):
            said.append(value)
    return " · ".join(said)


def _is_said(value: str, fact: Fact, said: Sequence[str]) -> bool:
    """Whether the key of a row says again what entity, metric or period say."""
    if value in said or value == fact.metric or _spelled(value).startswith(_spelled(fact.metric)):
        return True
    return fact.period is not None and names_period(value)


@lru_cache(maxsize=_KEPT_NAMES)
def names_period(text: str) -> bool:
    """Whether a text is a period and nothing else."""
    return parse_period(text) is not None
