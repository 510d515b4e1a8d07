"""A question among the facts that may answer it, and the choice of the metric that it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cloudqa.facts import Fact
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import PeriodMention
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.accounting import Accounting, without_absorbed
from cloudqa.questions.across import Told, across_issues
from cloudqa.questions.choice import (
    Choice,
    best_named,
    hard_words,
    is_empty_cell,
    is_expected,
    may_be_expected,
    open_size,
    rank_of,
    said_places,
    same_identity,
    span_label,
)
from cloudqa.questions.cues import CueKind
from cloudqa.questions.effective import without_tiers
from cloudqa.questions.evidence import Examiner, normal_label
from cloudqa.questions.finding import Finding, missing
from cloudqa.questions.fiscal_years import in_fiscal_quarters
from cloudqa.questions.flags import flag_names
from cloudqa.questions.intent import Intent, Operation, read_intent
from cloudqa.questions.labels import distinct_labels, name_label, subject
from cloudqa.questions.leftover import stands_alone
from cloudqa.questions.names import FactSourceStore, Name, NameMatcher, class_names, find_names
from cloudqa.questions.phrase import compact
from cloudqa.questions.pool import Pool, gather, in_view, of_named_rows
from cloudqa.questions.reading import Question, read_question
from cloudqa.questions.selection import (
    Examined,
    Family,
    closest,
    families,
    is_figure,
    matches_period,
    named,
    without_older,
)
from cloudqa.questions.view import WHOLE, View

_LOOKED_AT = 12  # likeliest metrics that are compared with each other
_SURE_LABEL = 0.5
_NUMERIC = (CueKind.HOW_MUCH, CueKind.COUNT, CueKind.GROWTH, CueKind.YEAR_AGO, CueKind.PREVIOUS, CueKind.COST)
_OF_NAMED_ROWS = (Operation.LOOKUP, Operation.DIFFERENCE, Operation.RATIO, Operation.GROWTH, Operation.VERDICT)
_CHOOSING_ROWS = (
    Operation.EXTREME,
    Operation.PLACE,
    Operation.ORDER,
    Operation.COUNT,
    Operation.FILTER,
    Operation.MEAN,
    Operation.SUM,
)
_FEW_ROWS = 6
_STEM = 2  # characters of a name that another one must share to be offered instead
_LEAST_SAID = 0.6  # what another metric's name may cover beside that of one whose cell is empty
_ASKING = (CueKind.HOW_MUCH, CueKind.COUNT, CueKind.COST, CueKind.WHICH, CueKind.WHO, CueKind.WHICH_PERIOD)
_QUALIFIED = lazily("[总净毛纯税海境][^的]{2}")


@dataclass
class Scene:
    """A question among the facts that may answer it.

    Attributes:
        question: As read.
        names: The names it mentions.
        intent: What it asks for.
        pool: The facts looked through.
        examiner: Compares facts with the question.
        store: The facts of the archive.
        view: The part of the archive that the question is put to.
        told: What later issues restate and which prices are in force.
    """

    question: Question
    names: tuple[Name, ...]
    intent: Intent
    pool: Pool
    examiner: Examiner
    store: FactSourceStore
    view: View
    told: Told

    @classmethod
    def open(cls, asked: str, store: FactSourceStore, view: View = WHOLE) -> Scene:
        """Read a question and find the facts that may answer it."""
        question = read_question(asked)
        names = find_names(question, store.vocabulary)
        operation = read_intent(question, len(names)).operation
        pool = gather(question, names, store, view, whole_tables=operation not in _OF_NAMED_ROWS)
        told = across_issues(in_view(pool, view), question, view)
        pool = told.pool
        question = without_tiers(question, pool)
        question, notes = in_fiscal_quarters(question, names, pool, view.fiscal_sentences)
        matcher = NameMatcher(store.vocabulary, question.text)
        if operation in _CHOOSING_ROWS:
            names = (*names, *flag_names(question, names, pool.facts))
            names = tuple(sorted([*names, *class_names(question, names, pool.facts)], key=lambda n: n.start))
        examiner = Examiner(question, names, matcher)
        examiner.learn_rows(pool.facts, pool.row_text)
        pool = of_named_rows(pool, examiner)
        question = without_absorbed(question, pool, examiner)
        intent = read_intent(question, len(names))
        examiner = examiner.asking(question)
        return cls(question, names, intent, pool, examiner, store, view, replace(told, notes=notes))

    @cached_property
    def periods(self) -> tuple[PeriodMention, ...]:
        """The periods that facts must be of: those named outright, and parts of an unnamed year."""
        return self.question.facts_periods

    def families(self, accept: Callable[[Fact], bool]) -> list[Family]:
        """The metrics that the question may mean, the likeliest first, among the facts accepted."""
        return families(self.examiner, self.pool, matches_period, accept)

    def choose(
        self,
        accept: Callable[[Fact], bool],
        *,
        fits: Callable[[PeriodMention, Fact], bool] = matches_period,
        narrow: bool = True,
        ignored: int = 0,
        named_only: bool = True,
    ) -> Choice | None:
        """The metric that the question means, or None if none is recognised.

        Args:
            accept: Whether a fact can be an operand.
            fits: Whether a fact is of a period of the question.
            narrow: Only the facts that fit names and words best; else all that fit the periods and the names.
            ignored: Places of the question that are no words for the metric.
            named_only: The question must name the metric.
        """
        if self.question.has(CueKind.FORECAST):
            expected = self._chosen(lambda f: accept(f) and is_expected(f), fits, narrow, ignored, named_only)
            if expected is not None and expected.members and not self.hard_open(expected):
                return expected
            return self._chosen(lambda f: accept(f) and may_be_expected(f), fits, narrow, ignored, named_only)
        return self._chosen(accept, fits, narrow, ignored, named_only)

    def chosen(self, accept: Callable[[Fact], bool], ignored: int) -> Choice | None:
        """The metric that the question means among the facts accepted, be they expectations or not.

        Args:
            accept: Whether a fact can be an operand.
            ignored: Places of the question that are no words for the metric.
        """
        return self._chosen(accept, matches_period, True, ignored, True)

    def _chosen(
        self,
        accept: Callable[[Fact], bool],
        fits: Callable[[PeriodMention, Fact], bool],
        narrow: bool,
        ignored: int,
        named_only: bool,
    ) -> Choice | None:
        found = families(self.examiner, self.pool, fits, accept, ignored)
        choices = [
            self.choice_of(f, narrow=narrow) for f in found[:_LOOKED_AT] if not named_only or named(f, self.examiner)
        ]
        sentences = max((c.family.score for c in choices if not c.family.key.from_table), default=0.0)
        chosen = min(
            choices, key=lambda c: (open_size(c), not self._says_literally(c), *rank_of(c, sentences)), default=None
        )
        if chosen is None:
            return None
        empty = [c for c in choices if is_empty_cell(c) and said_places(c) * _LEAST_SAID > said_places(chosen)]
        return max(empty, key=said_places, default=chosen)

    def _says_literally(self, choice: Choice) -> bool:
        """Whether the metric's name has the question's own word for it: 总营收, where 云收入 is 营收, too."""
        label = normal_label(choice.family.members[0].fact)
        named = self.examiner.cover(label)[1]
        if named != (1 << len(self.names)) - 1:
            return False
        return any(word in label for word in self._metric_words)

    @cached_property
    def _metric_words(self) -> tuple[str, ...]:
        """The question's longest words for metrics, of those that say which sort of it is meant: 总营收, 净利润."""
        matches = [m for m in self.question.phrase.matches if m.kind is SynonymKind.METRIC]
        whole = [m for m in matches if not any(o != m and o.start <= m.start and m.end <= o.end for o in matches)]
        return tuple(
            self.question.text[m.start : m.end] for m in whole if _QUALIFIED().match(self.question.text, m.start)
        )

    def choice_of(self, family: Family, *, narrow: bool = True) -> Choice:
        """The facts of a metric that fit names and periods, and what they account for."""
        fitting = [m for m in family.members if m.periods] if self.periods else list(family.members)
        present = [m for m in fitting if m.fact.absence is None]
        named_present = 0
        for m in present:
            named_present |= m.support.names
        absent = [m for m in fitting if m.fact.absence is not None and m.support.names & ~named_present]
        members = best_named([*present, *absent] if present else fitting)
        members = closest(members) if narrow else self._of_fullest_tables(members)
        members = without_older(members, self.periods)
        members.sort(key=lambda m: -m.support.score)
        accounting = Accounting(self.question, self.names, self.pool, self.examiner)
        accounted = accounting.places_of(members, closest(family.members), narrow=narrow)
        left = (*self.examiner.open_words(accounted), *accounting.altered(members, accounted))
        left = (*left, *(w for w in accounting.beyond(members) if w not in left))
        return Choice(family, tuple(members), left, accounted)

    def _of_fullest_tables(self, members: list[Examined]) -> list[Examined]:
        """The members without those of tables whose caption and headings say less of the question than another's do.

        A place that stands only in the title above a table is a condition on its rows.
        """
        said: dict[tuple[str, int | None], int] = {}
        telling = self.examiner.content & ~self.question.places_of(CueKind.SERIES, CueKind.EACH, CueKind.ALL)
        for m in members:
            if m.fact.table is not None:
                place = (m.fact.report, m.fact.table)
                said[place] = said.get(place, 0) | m.support.around & telling
        masks = set(said.values())
        fullest = {place for place, mask in said.items() if not any(mask != o and mask & ~o == 0 for o in masks)}
        return [m for m in members if m.fact.table is None or (m.fact.report, m.fact.table) in fullest]

    def refuse(self, choice: Choice) -> Finding | None:
        """Why a choice cannot answer: words or a period that nothing accounts for. None if it can, or not ours."""
        words = hard_words(choice.open)
        if words:
            return self._unknown(words, choice) if self.is_ours(choice) else None
        if not choice.members:
            return self.missing_period(choice.family)
        absent = [m.fact for m in choice.members if m.fact.absence is not None]
        if len(absent) == len(choice.members):
            return self.no_figure(absent[0])
        return None

    def hard_open(self, choice: Choice) -> bool:
        """Whether words of the question remain that must be accounted for."""
        return bool(hard_words(choice.open))

    def series_of(self, fact: Fact) -> list[Fact]:
        """The figures of the same metric and thing for all periods, earliest first."""
        label = normal_label(fact)
        found = [
            f
            for f in self.pool.facts
            if f.period is not None
            and is_figure(f)
            and f.measure is fact.measure
            and normal_label(f) == label
            and same_identity(f, fact)
        ]
        return sorted(found, key=lambda f: f.period.span if f.period is not None else ((0, 0, 0), (0, 0, 0)))

    def available(self, fact: Fact) -> str:
        """For which periods there are figures of the same metric and thing."""
        periods = sorted({f.period for f in self.series_of(fact) if f.period is not None})
        return f"{fact.metric}：{span_label(periods)}" if periods else ""

    def labels(self, facts: Sequence[Fact]) -> list[str]:
        """A label for each fact that tells it from the others: the question's own name for it where there is one."""
        about = [self.examiner.examine(f, self.pool.row_text(f)).names for f in facts]
        common = -1 if len(facts) > 1 else 0
        for names in about:
            common &= names
        tables = {(f.report, f.table) for f in facts}
        few = sum(1 << i for i in range(len(self.names)) if self._identifies(i, tables))
        own = [[n for i, n in enumerate(self.names) if (names & few & ~common) >> i & 1] for names in about]
        if not all(own):
            return distinct_labels(facts, self.names)
        labels = [self.question.asked_text(names[0].start, names[0].end) for names in own]
        if len(set(labels)) == len(labels):
            return labels
        return [
            label if compact(label) == compact(name_label(fact)) else f"{label}（{name_label(fact)}）"
            for label, fact in zip(labels, facts, strict=True)
        ]

    def _identifies(self, number: int, tables: set[tuple[str, int | None]]) -> bool:
        """Whether a name of the question is that of few rows of these tables, not of a whole region or class."""
        facts = [
            f
            for f in self.pool.facts
            if f.table is not None
            and (f.report, f.table) in tables
            and self.examiner.about(f, self.pool.row_text(f)) >> number & 1
        ]
        if any(self.examiner.cover(" ".join(f.context))[1] >> number & 1 for f in facts[:1]):
            return False
        return len({(f.report, f.table, f.row) for f in facts}) <= _FEW_ROWS

    @property
    def topic(self) -> str:
        """What the question asks about, as the user wrote it, without the words that ask."""
        text = self.question.text.rstrip("?。!呢吗啊 ")
        last = self.question.cues[-1] if self.question.cues else None
        if last is not None and last.kind in _ASKING and last.end >= len(text) - 1 and last.start > 1:
            text = text[: last.start]
        return self.question.asked_text(0, len(text.rstrip("的是有, ")))

    def is_named(self, fact: Fact) -> bool:
        """Whether entity or keys of a fact have a name of the question, not only its table or another cell."""
        return bool(self.examiner.examine(fact, self.pool.row_text(fact)).identity & self.examiner.name_places)

    def names_rows(self) -> bool:
        """Whether the question names single rows."""
        tables: set[tuple[str, int | None]] = {(f.report, f.table) for f in self.pool.facts if f.table is not None}
        return any(self._identifies(i, tables) and n.exact and n.count for i, n in enumerate(self.names))

    def one_thing(self, facts: Sequence[Fact]) -> list[Fact]:
        """Where the facts are of several things in several periods, those of the thing with most of them."""
        periods = {f.period for f in facts}
        things: dict[str, list[Fact]] = {}
        for fact in facts:
            things.setdefault(name_label(fact), []).append(fact)
        if len(periods) < 2 or len(things) < 2:
            return list(facts)
        return max(things.values(), key=len)

    def first_place(self, fact: Fact) -> int:
        """Where in the question the fact's own words begin."""
        support = self.examiner.examine(fact, self.pool.row_text(fact))
        places = (support.identity or support.label or support.near) & self.examiner.content
        return (places & -places).bit_length() if places else len(self.question.text)

    def is_ours(self, choice: Choice) -> bool:
        """Whether the question clearly means this metric, so that what is missing is a reason to refuse."""
        asks = self.question.wanted is not None or self.question.has(*_NUMERIC)
        plain = not self.question.has(CueKind.WHICH, CueKind.WHERE, CueKind.WHO, CueKind.HOW, CueKind.WHICH_PERIOD)
        if not asks and not (plain and self.examiner.metric_words):
            return False
        best = max(choice.family.members, key=lambda m: m.support.score)
        return best.support.label_share >= _SURE_LABEL and bool(best.support.label)

    def missing_period(self, family: Family) -> Finding:
        """That the metric has no figure for the periods asked for, and for which it has."""
        have = sorted({m.fact.period for m in family.members if m.fact.period is not None and m.fact.absence is None})
        asked = [self.question.asked_text(p.start, p.end) for p in self.periods]
        spread = span_label(have)
        nearest = (f"{family.members[0].fact.metric}：{spread}",) if spread else ()
        return missing(*asked, nearest=nearest)

    def no_figure(self, fact: Fact) -> Finding:
        """That the report leaves the cell empty or says that there is no figure."""
        period = fact.period.label if fact.period is not None else ""
        what = " ".join(x for x in (fact.entity, period, fact.metric) if x)
        printed = fact.printed.strip()
        return missing(what, nearest=(f"{what}：{printed}" if printed else "",))

    def _unknown(self, words: Sequence[str], choice: Choice) -> Finding:
        """That nothing accounts for some words; a part of a metric's name stands for the whole, and what is nearest."""
        metrics = [m for m in self.question.phrase.matches if m.kind is SynonymKind.METRIC]
        asked = []
        for word in words:
            at = self.question.text.find(word)
            whole = max((m for m in metrics if m.start <= at < m.end), key=lambda m: m.end - m.start, default=None)
            asked.append(
                word if whole is None else self.question.asked_text(whole.start, max(whole.end, at + len(word)))
            )
        known = {n.text for n in self.names if n.canonicals}
        asked = [
            a
            if a != w or (w not in known and stands_alone(self.question, w, self.examiner.name_places))
            else self.topic
            for w, a in zip(words, asked, strict=True)
        ]
        nearest = self._nearest(words, choice)
        return missing(*(a for a in asked if a), nearest=(nearest,) if nearest else ())

    def _nearest(self, words: Sequence[str], choice: Choice) -> str:
        """The metric of the things named, or of one whose name has a missing word, that comes nearest; "" if none."""
        named = (1 << len(self.names)) - 1
        if choice.members and named and choice.members[0].support.names == named:
            return subject(choice.members[0].fact)
        wanted = [compact(w)[:_STEM] for w in words]
        return next(
            (
                subject(f)
                for f in self.pool.facts
                if f.entity
                and any(w and w in compact(f.entity) for w in wanted)
                and self.examiner.cover(f.metric)[0] & self.examiner.metric_words
            ),
            "",
        )
