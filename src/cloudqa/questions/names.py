"""The names a question mentions, and whether a fact is about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cloudqa.facts import Fact, FactQuery, Mention, TableSummary, Term, TermKind
from cloudqa.facts.fields import begins_with_field
from cloudqa.language import normalise
from cloudqa.language.synonyms import SynonymKind, groups_of, synonyms_of
from cloudqa.quantities import Period, find_unit, parse_period
from cloudqa.questions.fillers import is_filler, silent_places
from cloudqa.questions.phrase import bits, compact, covered, normal_phrase, phrase_of
from cloudqa.questions.reading import Question

_NAME_KINDS = frozenset({TermKind.ENTITY, TermKind.LABEL, TermKind.CLASS, TermKind.NAME})
_GENERIC_ENDS = ("领域", "产业", "行业", "市场", "技术", "企业", "公司", "集团", "服务", "项目", "数据")
_MOST_MEANINGS = 3
_LONGEST_CLASS = 12
_LEAST_REST = 3
_LONGEST_REACH = 6  # how far a longer known name may reach beyond an occurrence


class Vocabulary(Protocol):
    """What is asked of the archive's vocabulary."""

    def mentions(self, question: str) -> list[Mention]:
        """The terms that a question mentions."""

    def known(self, text: str) -> tuple[Term, ...]:
        """The terms so spelled."""


class FactSourceStore(Protocol):
    """What is asked of the fact store."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The names and metrics of the archive."""

    def find(self, query: FactQuery, limit: int | None = None) -> list[Fact]:
        """The facts that fulfil the query, by report and place, at most so many."""

    def everything(self) -> list[Fact]:
        """All facts, the stated nothings too, by report and place."""

    def row(self, fact: Fact) -> list[Fact]:
        """All facts of the same table row."""

    def table_facts(self, report: str, number: int) -> list[Fact]:
        """All facts of a table."""

    def tables(
        self,
        *,
        terms: Iterable[str] = (),
        metrics: Iterable[str] = (),
        period: Period | None = None,
        reports: Iterable[str] = (),
        ages: Mapping[str, int] | None = None,
    ) -> list[TableSummary]:
        """The tables in which every term occurs, that measure one of the metrics and hold the period.

        With ages, of those that very many reports restate only the newest.
        """

    def prose(self, names: Iterable[str], reports: Iterable[str], ages: Mapping[str, int]) -> list[Fact]:
        """Facts of sentences about some entities, of those that very many reports restate only the newest."""

    def prose_of(self, metrics: Iterable[str], reports: Iterable[str], ages: Mapping[str, int]) -> list[Fact]:
        """The same of some metrics."""

    def reports(self) -> list[str]:
        """Ids of all reports."""

    def count(self) -> int:
        """How many facts there are."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the question.

    Attributes:
        start: First offset in the normalised question.
        end: Offset after it.
        text: As the question spells it, normalised.
        spellings: How a report may spell it: the terms found, what they stand for, general other names.
        canonicals: What the terms found stand for, for asking the store; () for a name that the archive does not know.
        kinds: What the vocabulary knows it as.
        count: In how many places of the archive it occurs, 0 if in none.
        exact: The question spells it as the reports do, or by a known alias.
    """

    start: int
    end: int
    text: str
    spellings: tuple[str, ...]
    canonicals: tuple[str, ...]
    kinds: frozenset[TermKind]
    exact: bool
    count: int = 0

    @property
    def mask(self) -> int:
        """Its places as a bit set."""
        return bits(self.start, self.end)


def find_names(question: Question, vocabulary: Vocabulary) -> tuple[Name, ...]:
    """The names that the question mentions, left to right, the longest at each place.

    Words that name a metric, a period or nothing in particular are none.
    """
    starts = normalise(question.asked).offsets
    found = [
        n for m in vocabulary.mentions(question.asked) if (n := _name(question, starts, m, vocabulary)) is not None
    ]
    found.extend(_organisations(question))
    found.extend(_beside_periods(question, vocabulary))
    found.sort(key=lambda n: (not n.exact, n.start - n.end, n.start))
    kept: list[Name] = []
    for name in found:
        if not any(name.start < k.end and k.start < name.end for k in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda n: n.start))


def _name(question: Question, starts: tuple[int, ...], mention: Mention, vocabulary: Vocabulary) -> Name | None:
    start = bisect_left(starts, mention.start)
    end = min(bisect_left(starts, mention.end), len(question.text))
    terms = [t for t in mention.terms if t.kind in _NAME_KINDS]
    text = question.text[start:end]
    own = any(t.text == text for t in terms if t.kind in (TermKind.ENTITY, TermKind.LABEL))
    if not terms or not _tells(question, start, end, text, own=own):
        return None
    if any(t.kind is TermKind.METRIC for t in mention.terms):
        return None
    headers = any(t.kind is TermKind.HEADER for t in mention.terms)
    if headers and not any(t.kind is TermKind.ENTITY for t in terms):
        return None
    if _is_whole_row(question, start, end, vocabulary):
        return None
    if _is_common(text, terms) or (mention.fuzzy and not _is_misspelt(text, mention.terms)):
        return None
    spellings = [s for t in terms for s in (t.text, t.canonical, t.display)]
    return Name(
        start,
        end,
        text,
        _spellings([text, *spellings]),
        tuple(dict.fromkeys(t.canonical for t in terms)),
        frozenset(t.kind for t in terms),
        not (mention.fuzzy or mention.partial),
        max(t.count for t in terms),
    )


def _is_whole_row(question: Question, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a mention is a name, its period and its metric in one: 甲公司2018Q2收入, as lists of corrections have."""
    period = next((p for p in question.periods if start < p.start and p.end < end), None)
    if period is None:
        return False
    return any(
        t.kind in (TermKind.ENTITY, TermKind.NAME) for t in vocabulary.known(question.text[start : period.start])
    )


def _beside_periods(question: Question, vocabulary: Vocabulary) -> list[Name]:
    """Names right before a period: of a header such as 甲公司 2015年末 only the whole is a mention."""
    found = []
    for period in question.periods:
        for length in range(min(_LONGEST_REACH + 4, period.start), 1, -1):
            start = period.start - length
            text = question.text[start : period.start]
            terms = [t for t in vocabulary.known(text) if t.kind is TermKind.ENTITY]
            if terms and _tells(question, start, period.start, text):
                spellings = _spellings([text, *(s for t in terms for s in (t.text, t.canonical, t.display))])
                canonicals = tuple(dict.fromkeys(t.canonical for t in terms))
                kinds = frozenset(t.kind for t in terms)
                count = max(t.count for t in terms)
                found.append(Name(start, period.start, text, spellings, canonicals, kinds, True, count))
                break
    return found


def _is_common(text: str, terms: list[Term]) -> bool:
    """Whether it is a common noun: a short form of many names, or a word for a class of things."""
    canonicals = {t.canonical for t in terms}
    if text in canonicals:
        return False
    if len(canonicals) > _MOST_MEANINGS:
        return True
    common = any(g.kind is SynonymKind.NOUN for g in groups_of(text))
    return common


def _is_misspelt(text: str, terms: tuple[Term, ...]) -> bool:
    """Whether a name that differs in one character is meant: no row's label, and the first character is right.

    Labels that differ in one character name different things (常温库, 恒温库).
    """
    labels = (TermKind.LABEL, TermKind.HEADER, TermKind.CLASS)
    return not any(t.kind in labels for t in terms) and all(t.text[:1] == text[:1] for t in terms)


def _organisations(question: Question) -> list[Name]:
    """Widely known names, whether or not the archive knows them: what is asked of them must be about them."""
    return [
        Name(
            m.start,
            m.end,
            question.text[m.start : m.end],
            _spellings(synonyms_of(question.text[m.start : m.end])),
            (),
            frozenset({TermKind.NAME}),
            True,
        )
        for m in question.phrase.matches
        if m.kind is SynonymKind.ORGANISATION
    ]


def class_names(question: Question, names: tuple[Name, ...], facts: Iterable[Fact]) -> tuple[Name, ...]:
    """Values of text columns that the question chooses rows by: 低风险 beside 风险等级, 正常 of 信用债正常."""
    found: dict[str, Name] = {}
    taken = 0
    for name in names:
        taken |= name.mask
    for metric, value in {(f.metric, f.value) for f in facts if f.table is not None and isinstance(f.value, str)}:
        text = compact(value)
        if not 2 <= len(text) <= _LONGEST_CLASS or text in found:
            continue
        at = question.text.find(text)
        shared = _shared_start(text, compact(metric))
        if at < 0 and shared and shared in question.text and len(text) - len(shared) >= 2:
            at, text = question.text.find(text[len(shared) :]), text[len(shared) :]
        if at >= 0 and not bits(at, at + len(text)) & taken:
            spelled = compact(value)
            found[spelled] = Name(at, at + len(text), text, (spelled,), (), frozenset({TermKind.CLASS}), True)
    return _longest(found.values())


def _shared_start(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def _longest(names: Iterable[Name]) -> tuple[Name, ...]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, n.text)):
        if not any(name.start < k.end and k.start < name.end for k in kept):
            kept.append(name)
    return tuple(kept)


def _spellings(texts: Iterable[str]) -> tuple[str, ...]:
    spelled = dict.fromkeys(s for t in texts for s in _with_general_names(compact(t)))
    return tuple(s for s in spelled if s)


def _with_general_names(text: str) -> Iterable[str]:
    yield text
    for group in groups_of(text):
        if group.kind in (SynonymKind.ORGANISATION, SynonymKind.NOUN):
            yield from group.words


def _tells(question: Question, start: int, end: int, text: str, *, own: bool = False) -> bool:
    """Whether it can be a name: longer than one character, no period, no figure, not only words without content.

    The whole name of a row or thing may be made of characters that are such words each (成都).
    """
    if end - start < 2 or parse_period(text) is not None or text.replace(".", "").isdigit():
        return False
    unit = find_unit(text)
    if unit is not None and unit.stated:
        return False
    if any(p.start <= start and end <= p.end for p in question.periods):
        return False
    if any(q.start <= start and end <= q.end for q in question.amounts):
        return False
    if any(c.start <= start and end <= c.end for c in question.cues):
        return False
    if own and not is_filler(text):
        return True
    return silent_places(text, bits(0, len(text))) != bits(0, len(text))


class NameMatcher:
    """Whether texts are about the names of one question."""

    def __init__(self, vocabulary: Vocabulary, asked: str = "") -> None:
        """Prepare with the archive's vocabulary, which tells a name from the beginning of a longer one.

        Args:
            vocabulary: Of the archive.
            asked: The normalised question: what a longer name adds may be said there, too.
        """
        self._vocabulary = vocabulary
        self._asked = asked
        self._longer: dict[tuple[str, int, int], bool] = {}

    def in_text(self, name: Name, text: str) -> bool:
        """Whether a text (normalised, compact) has the name, and not only as a part of a longer known name."""
        for spelling in name.spellings:
            at = text.find(spelling)
            while at >= 0:
                end = at + len(spelling)
                if _whole_word(text, at, end) and not self._part_of_longer(text, at, end, name):
                    return True
                at = text.find(spelling, at + 1)
        return False

    def _part_of_longer(self, text: str, start: int, end: int, name: Name) -> bool:
        key = (text, start, end)
        if key not in self._longer:
            self._longer[key] = self._longer_name(text, start, end, name)
        return self._longer[key]

    def _longer_name(self, text: str, start: int, end: int, name: Name) -> bool:
        """Whether a known name begins here and goes on: 甲公司 in 甲公司乙业务线, but not 甲行业 in 甲行业领域.

        A field of business right behind it makes a division of it, too: 甲云计算板块, unless that is asked about.
        """
        if begins_with_field(text[end : end + _LONGEST_REACH]):
            return text[end] not in self._asked
        return any(
            self._is_other(text[start:b], name)
            and not text[start:b].endswith(_GENERIC_ENDS)
            and text[end:b] not in self._asked
            and not self._mostly_asked(text[end:b])
            for b in range(end + 1, min(len(text), end + _LONGEST_REACH) + 1)
        )

    def _mostly_asked(self, rest: str) -> bool:
        """Whether the question has most of what a longer name adds, in its own words: 公共云 beside 公有云计算."""
        if len(rest) < _LEAST_REST:
            return False
        said = covered(phrase_of(rest), normal_phrase(self._asked))
        return 2 * said.bit_count() > len(rest)

    def _is_other(self, text: str, name: Name) -> bool:
        terms = [t for t in self._vocabulary.known(text) if t.kind is TermKind.ENTITY]
        return bool(terms) and not any(t.canonical in name.spellings for t in terms)


def _whole_word(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut at either end."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    cut_before = before.isascii() and before.isalnum() and text[start].isascii() and text[start].isalnum()
    cut_after = after.isascii() and after.isalnum() and text[end - 1].isascii() and text[end - 1].isalnum()
    return not cut_before and not cut_after
