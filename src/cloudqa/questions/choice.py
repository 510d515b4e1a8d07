"""A metric chosen for a question, and how choices compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cloudqa.facts import Fact, Measure
from cloudqa.language import normal_text
from cloudqa.quantities import Period, PeriodKind, PeriodMention, Quantity
from cloudqa.questions.cues import CueKind, find_cues
from cloudqa.questions.phrase import compact, is_period
from cloudqa.questions.selection import Examined, Family, is_figure, matches_period

_LEVELS = (Measure.LEVEL, Measure.SHARE)
_FULL_LABEL = 0.8
_TABLE_LEAD = 0.7  # how likely a table's metric must be beside the likeliest of a sentence to go before it


@dataclass(frozen=True, slots=True)
class Choice:
    """The metric that a question means, with the facts that fit.

    Attributes:
        family: All facts of the metric.
        members: Those that fit the names and periods best; one for each that is asked for.
        open: Words of the question that neither these nor its grammar account for.
        accounted: Places of the question that these account for.
    """

    family: Family
    members: tuple[Examined, ...]
    open: tuple[str, ...]
    accounted: int = 0


def is_level(fact: Fact) -> bool:
    """Whether the fact states a metric itself, not its change, or states that there is no figure."""
    return fact.measure in _LEVELS and (is_figure(fact) or fact.absence is not None)


def is_any_value(fact: Fact) -> bool:
    """Whether the fact states a metric itself as a figure, a date or text, or that there is none."""
    return fact.measure in _LEVELS


def is_expected(fact: Fact) -> bool:
    """Whether the fact is an expectation, not a statement of what was."""
    if fact.forecast or fact.measure is Measure.REVISION:
        return True
    expected = isinstance(fact.value, Quantity) and fact.value.expected
    return expected or _says_expected(f"{fact.metric} {fact.of}")


def may_be_expected(fact: Fact) -> bool:
    """Whether the fact is an expectation or stands where one is spoken of: in the sentence, caption or heading."""
    return is_expected(fact) or _says_expected(" ".join((fact.text, *fact.context)))


def _says_expected(text: str) -> bool:
    return any(c.kind is CueKind.FORECAST for c in find_cues(normal_text(text)))


def open_size(choice: Choice) -> int:
    """How many characters of the question are left open."""
    return sum(len(w) for w in hard_words(choice.open))


def said_places(choice: Choice) -> int:
    """How many places of the question the metric's name covers."""
    return max(m.support.metric.bit_count() for m in choice.family.members)


def is_empty_cell(choice: Choice) -> bool:
    """Whether the question names the metric in full and the table leaves its cell empty."""
    absent = bool(choice.members) and all(m.fact.absence is not None for m in choice.members)
    return absent and not hard_words(choice.open) and choice.members[0].support.label_share >= _FULL_LABEL


def rank_of(choice: Choice, best_sentence: float) -> tuple[bool, bool, float]:
    """With figures first, then of a table unless a sentence is much likelier, then by score."""
    present = any(m.fact.absence is None for m in choice.members)
    of_table = choice.family.key.from_table and choice.family.score >= _TABLE_LEAD * best_sentence
    return not present, not of_table, -choice.family.score


def hard_words(words: Iterable[str]) -> tuple[str, ...]:
    """Words that must be accounted for: not a lone Chinese character left of a longer word."""
    return tuple(w for w in words if len(w) > 1 or (w.isascii() and w.isalnum()))


def best_named(members: Sequence[Examined]) -> list[Examined]:
    """The members that are about as many of the question's names as any."""
    sets = {m.support.names for m in members}
    maximal = {s for s in sets if not any(s != o and s & ~o == 0 for o in sets)}
    return [m for m in members if m.support.names in maximal]


def span_label(periods: Sequence[Period]) -> str:
    """From the first to the last of some periods: 2015Q2-2018Q1."""
    if not periods:
        return ""
    first, last = periods[0], periods[-1]
    return first.label if first == last else f"{first.label}–{last.label}"


def identity(fact: Fact) -> tuple[str, ...]:
    """What tells a fact's series from others of its metric: entity and keys, periods left out."""
    keys = tuple(v for _, v in fact.keys if not is_period(v))
    return (fact.entity, *keys) if fact.entity not in keys else keys


def in_year(mention: PeriodMention, fact: Fact) -> bool:
    """Whether a fact is of the period asked for, or of a part of the year, half or range asked for."""
    if matches_period(mention, fact):
        return True
    asked = mention.period
    if asked is None or fact.period is None or asked.kind not in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.RANGE):
        return False
    return asked.contains(fact.period)


def same_identity(one: Fact, other: Fact) -> bool:
    """Whether entity and keys agree, periods left out; what one of them leaves unsaid agrees with anything."""
    if one.entity and other.entity and compact(one.entity) != compact(other.entity):
        return False
    mine, theirs = set(identity(one)) - {""}, set(identity(other)) - {""}
    return not mine or not theirs or mine <= theirs or theirs <= mine
