"""Facts from sentences with figures, by the general ways in which reports say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cloudqa.documents import BlockKind, Document, Paragraph, Span
from cloudqa.facts.clauses import Clause, Sentence, is_flattened, is_forecast, sentences_of, speaker_of
from cloudqa.facts.distribution import distribute, exchange_rate
from cloudqa.facts.fields import begins_with_field
from cloudqa.facts.measures import announced, comparison_of
from cloudqa.facts.model import EXCHANGE_RATE, Fact, FactSource, Measure
from cloudqa.facts.predicates import (
    Predicate,
    Saying,
    begins_with_change,
    is_incidental,
    noun_after,
    noun_before,
    read_predicate,
    whom_after,
)
from cloudqa.facts.said import Said, State
from cloudqa.facts.saying_periods import PeriodState
from cloudqa.facts.subjects import (
    Subject,
    clause_subject,
    is_estimate,
    is_metric,
    is_officer,
    named_thing,
    split_subject,
)
from cloudqa.quantities import Dimension, Period, Quantity, RangePart, parse_period

_KINDS = (BlockKind.PROSE, BlockKind.LIST_ITEM, BlockKind.NOTE)
_THE_FIRM = re.compile(r"(?:本|该)?公司(?!名|数|制|法|债|治|总|高|董|的)")
_NUMBERING = re.compile(r"^[\d一二三四五六七八九十（）()．.、\s]+")
_TELLS_WHICH = re.compile("以[上下内]的")  # 三十岁以下的: which ones, no figure of their own
_DURATIONS = (Dimension.CALENDAR, Dimension.DURATION)
_RATIOS = (Dimension.PERCENT, Dimension.TIMES, Dimension.FRACTION)
_LONG_QUOTE = 120
_SHORT_NAME = 12
_SURE_NAME = 3
_MOST_SUBJECTS = 4


def prose_facts(document: Document) -> tuple[Fact, ...]:
    """The facts that the sentences of a report state, in reading order."""
    facts: list[Fact] = []
    for paragraph in document.paragraphs:
        if paragraph.kind in _KINDS:
            facts.extend(_Reader(document, paragraph).read())
    names = {fact.entity for fact in facts if len(fact.entity) >= _SURE_NAME}
    return tuple(_with_name(fact, names) for fact in facts)


def _with_name(fact: Fact, names: set[str]) -> Fact:
    """The fact with a name that its metric begins with, and that the report speaks of elsewhere, as its entity."""
    found = (name for name in names if fact.metric.startswith(name) and is_metric(fact.metric[len(name) :]))
    known = max(found, key=len, default="")
    return replace(fact, entity=known, metric=fact.metric[len(known) :]) if known else fact


class _Reader:
    """Reads one paragraph from its beginning to its end."""

    def __init__(self, document: Document, paragraph: Paragraph) -> None:
        self._document = document
        self._paragraph = paragraph
        self._state = State()
        self._periods = PeriodState(document.metadata.date)
        self._issue = parse_period(document.metadata.date) if document.metadata.date else None
        self._section = document.section_path(paragraph.section)
        self._titles = tuple(reversed([t for t in self._section]))

    def read(self) -> Iterator[Fact]:
        """The paragraph's facts in order."""
        for sentence in sentences_of(self._paragraph):
            self._begin(sentence)
            for number, clause in enumerate(sentence.clauses):
                following = sentence.clauses[number + 1] if number + 1 < len(sentence.clauses) else None
                before = sentence.clauses[number - 1] if number else None
                for sequence, said in enumerate(self._clause(clause, before, following)):
                    yield self._fact(said, sentence, sequence)

    def _begin(self, sentence: Sentence) -> None:
        state = self._state
        state.speaker, state.expecting, state.metric, state.last, state.skipping = "", False, "", None, False
        state.sentence_at = sentence.start
        self._periods.begin_sentence(sentence.text)

    def _clause(self, clause: Clause, before: Clause | None, following: Clause | None) -> Iterator[Said]:
        state = self._state
        if clause.opens and before is not None:
            self._periods.reset()
            state.expecting = False
        speaker, at = speaker_of(clause.text)
        state.speaker = speaker or state.speaker
        state.expecting = state.expecting or bool(at and is_forecast(clause.text[:at]))
        self._periods.enter(clause)
        if not clause.figures or is_flattened(clause):
            self._notice(clause, at)
            return
        items = distribute(clause, before)
        if items is not None:
            state.skipping = not items
            for item in items:
                said = self._listed(item.figure, clause, item.entity, item.metric, item.period)
                yield said
            return
        if state.skipping and len(clause.text) <= len(clause.figures[0].text) + 2:
            return
        state.skipping = False
        stated = list(self._figures(clause, at, following))
        if not stated:
            self._notice(clause, at)
        yield from stated

    def _notice(self, clause: Clause, at: int) -> None:
        """Keep the subject of a clause without figures for the clauses after it."""
        name = clause_subject(clause.text[at:])
        if name and not is_officer(name):
            self._name(name, clause.start)

    def _name(self, entity: str, at: int) -> None:
        state = self._state
        state.entity, state.entity_at = entity, at
        state.subjects = [entity, *(s for s in state.subjects if s != entity)][:_MOST_SUBJECTS]

    def _listed(self, figure: Quantity, clause: Clause, entity: str, metric: str, period: Period | None) -> Said:
        said = self._said(figure, clause)
        said.entity, said.metric = entity or self._state.entity, metric or self._state.metric
        said.period = period or said.period
        said.source = FactSource.LIST
        kind = announced(said.metric)
        said.measure, said.comparison, said.of = kind.measure, kind.comparison, kind.of
        self._state.metric, self._state.last = said.metric, said
        return said

    def _said(self, figure: Quantity, clause: Clause) -> Said:
        placed = replace(figure, start=figure.start + clause.start, end=figure.end + clause.start)
        said = Said(placed, clause, clause.start)
        said.period = self._periods.current
        said.forecast = is_forecast(clause.text[: figure.end]) or self._state.expecting or figure.expected
        return said

    def _figures(self, clause: Clause, at: int, following: Clause | None) -> Iterator[Said]:
        end = at
        figures = clause.figures
        if (rate := exchange_rate(clause)) is not None:
            exchanged = self._said(rate, clause)
            exchanged.entity, exchanged.metric = (
                rate.unit.denominator.symbol if rate.unit.denominator else "",
                EXCHANGE_RATE,
            )
            yield exchanged
            return
        continued = following is not None and begins_with_change(following.text)
        for number, figure in enumerate(figures):
            words = clause.text[end : figure.start]
            rest = clause.text[figure.end :]
            if figure.part is RangePart.LAST:
                end = figure.end
                continue
            if figure.part is RangePart.FIRST and number + 1 < len(figures):
                rest = clause.text[figures[number + 1].end :]
            if is_incidental(figure) or _TELLS_WHICH.match(rest):
                continue
            predicate = read_predicate(words, figure, more=number + 1 < len(figures) or continued)
            said = self._read(figure, clause, predicate, rest)
            end = figure.end
            if said is not None and said.metric and not said.metric[0].isdigit():
                yield said

    def _read(self, figure: Quantity, clause: Clause, predicate: Predicate, rest: str) -> Said | None:
        if predicate.negated:
            return None
        said = self._said(figure, clause)
        last = self._state.last
        if not predicate.subject.strip() and clause.text[: figure.start].rstrip().endswith(("（", "(")) and last:
            said.entity, said.metric, said.period, said.measure = last.entity, last.metric, last.period, last.measure
            return said if said.figure.unit.dimension is last.figure.unit.dimension else None
        subject = self._subject(predicate, clause)
        counted = predicate.saying in (Saying.BARE, Saying.HAVING) and not subject.metric
        nothing = predicate.saying is Saying.HAVING and not noun_after(rest)
        if counted and (nothing or figure.unit.dimension in _DURATIONS):
            return None
        self._take_subject(said, subject, predicate, clause)
        self._take_metric(said, subject, predicate, rest)
        self._take_periods(said, predicate)
        if (who := whom_after(rest)) is not None:
            said.entity = who
        if predicate.saying is not Saying.BASE:
            self._state.last = said
        return said

    def _subject(self, predicate: Predicate, clause: Clause) -> Subject:
        """Entity and metric before a predicate.

        Where no metric is named, only a name that the words begin with is an entity. A field of business (云计算) in a
        later clause is a part of the metric of who was named before.
        """
        subject = split_subject(predicate.subject)
        if not subject.metric and predicate.saying in (Saying.HAVING, Saying.BARE):
            return Subject(clause_subject(f"{predicate.subject}有"), "", subject.pronoun)
        department = subject.entity.endswith(("部门", "业务", "板块", "分部"))
        later = not department and not clause.opens and bool(self._state.entity)
        field_first = later and begins_with_field(subject.entity) and subject.metric
        return Subject("", subject.entity + subject.metric) if field_first else subject

    def _take_subject(self, said: Said, subject: Subject, predicate: Predicate, clause: Clause) -> None:
        state = self._state
        if subject.entity:
            self._name(subject.entity, clause.start)
            self._periods.earlier = None
        named = subject.entity
        if not named and _THE_FIRM.match(clause.text):
            named = self._firm()
        if subject.pronoun and (thing := named_thing(clause.text, self._paragraph.text[: clause.start])):
            named = thing
            self._name(thing, clause.start)
        # Whoever expects (乙预计收入为…) may speak of itself or of who the sentence before was about: nobody is sure.
        other = bool(state.speaker) and state.speaker not in state.entity and state.entity not in state.speaker
        unsure = other and state.entity_at < state.sentence_at
        said.entity = named or ("" if unsure else state.entity)
        if not subject.entity and state.entity_at >= state.sentence_at:
            said.since = min(said.since, state.entity_at)

    def _firm(self) -> str:
        """Whom 公司 means: who the heading names first, else who the paragraph spoke of first; "" if nobody."""
        title = self._titles[0] if self._titles else ""
        named = clause_subject(_NUMBERING.sub("", title).rpartition("：")[2])
        spoken = self._state.subjects
        if named and (not spoken or named in self._paragraph.text):
            return named
        return spoken[-1] if spoken else ""

    def _take_metric(self, said: Said, subject: Subject, predicate: Predicate, rest: str) -> None:
        state = self._state
        metric = subject.metric
        if predicate.saying is Saying.BASE:
            based = split_subject(predicate.base)
            metric = metric or based.metric
        noun = noun_after(rest) or (noun_before(predicate.subject) if predicate.saying is Saying.BARE else "")
        if noun and predicate.saying is not Saying.BASE and announced(noun).measure in (Measure.GROWTH, Measure.CAGR):
            said.of, metric = metric or state.metric, noun
        elif predicate.saying is Saying.HAVING or (predicate.saying is Saying.SHARE and not predicate.of):
            said.of, metric = metric if noun else "", noun or metric
        elif predicate.saying is Saying.SHARE and not metric and subject.entity:
            metric, said.entity = subject.entity, ""
        elif predicate.saying is Saying.BARE and not metric:
            metric = self._bare_metric(said, subject, noun)
        elif predicate.saying is Saying.LEVEL and not metric and subject.entity and noun and not state.metric:
            metric = noun
        if metric and is_estimate(metric):
            said.of = state.metric
        elif metric:
            state.metric, state.metric_at = metric, said.clause.start
        else:
            metric = state.metric
            said.since = min(said.since, state.metric_at if metric else said.since)
        said.metric = metric
        self._take_measure(said, predicate)

    def _bare_metric(self, said: Said, subject: Subject, noun: str) -> str:
        """The metric of a figure that nothing connects with its subject: 乙19件, after 甲申请量为29件."""
        last = self._state.last
        same = last is not None and last.figure.unit == said.figure.unit and len(subject.entity) <= _SHORT_NAME
        if same and not noun and last is not None:
            return last.metric
        if noun:
            return noun
        return ""

    def _take_measure(self, said: Said, predicate: Predicate) -> None:
        ratio = said.figure.unit.dimension in _RATIOS
        if predicate.saying is Saying.CHANGE:
            said.measure = Measure.GROWTH if ratio else Measure.CHANGE
            said.comparison = comparison_of(predicate.base)
        elif predicate.saying is Saying.REVISION:
            said.measure = Measure.REVISION
        elif predicate.saying is Saying.SHARE:
            said.measure, said.of = Measure.SHARE, predicate.of or said.of
        elif predicate.saying is not Saying.BASE:
            kind = announced(said.metric)
            said.measure, said.comparison, said.of = kind.measure, kind.comparison, said.of or kind.of
            last = self._state.last
            if ratio and last is not None and last.measure is Measure.SHARE and last.metric == said.metric:
                said.measure, said.of = last.measure, last.of
        if predicate.falls and said.figure.value > 0:
            said.figure = replace(said.figure, value=-said.figure.value)

    def _take_periods(self, said: Said, predicate: Predicate) -> None:
        if predicate.saying is Saying.BASE:
            said.period, said.relative = self._periods.base(predicate.base)
            said.forecast = False
            return
        own = self._periods.of_words(predicate.subject, level=predicate.saying is Saying.LEVEL)
        if own is not None:
            said.period, said.relative = own
        elif said.period is None:
            said.period = self._periods.earlier
        last = self._state.last
        if last is not None and last.forecast and last.period == said.period and said.measure is not Measure.LEVEL:
            said.forecast = not is_estimate(last.metric)
        if predicate.base:
            said.base, _ = self._periods.base(predicate.base)
            said.comparison = self._periods.comparison(predicate.base, said.comparison)
        elif said.measure in (Measure.GROWTH, Measure.CHANGE) and self._periods.last_base is not None:
            said.base = self._periods.last_base
            said.comparison = self._periods.last_comparison

    def _fact(self, said: Said, sentence: Sentence, sequence: int) -> Fact:
        place = self._spans(said.figure.start, said.figure.end)[0]
        clause = self._spans(said.clause.start, said.clause.end)[0]
        figure = replace(said.figure, start=place.start, end=place.end)
        ranged = figure.part is RangePart.FIRST
        return Fact(
            id=f"{self._document.report}:s{clause.start}:{sequence}",
            report=self._document.report,
            source=said.source,
            table=None,
            row=None,
            column=None,
            keys=(),
            entity=said.entity,
            metric=said.metric,
            value=self._range_text(said) if ranged else figure,
            printed=self._range_text(said) if ranged else figure.text,
            place=place,
            quotes=self._quotes(said),
            period=said.period,
            relative=said.relative,
            of="" if said.of == said.metric else said.of,
            measure=said.measure,
            comparison=said.comparison,
            base=said.base,
            forecast=said.forecast and not self._is_past(said),
            speaker=self._state.speaker,
            text=sentence.text,
            context=tuple(dict.fromkeys([*self._state.subjects, *self._titles])),
            section=self._section,
        )

    def _range_text(self, said: Said) -> str:
        at = said.figure.start - said.clause.start
        last = next(f for f in said.clause.figures if f.start > at and f.part is RangePart.LAST)
        return said.clause.text[at : last.end]

    def _is_past(self, said: Said) -> bool:
        """Whether a figure beside expected ones is of a time before the issue, so that it is no expectation itself."""
        own = is_forecast(said.clause.text) or said.figure.expected
        if own or said.measure is not Measure.LEVEL or said.period is None or said.period.fiscal or self._issue is None:
            return False
        return said.period.span[1] < self._issue.span[0]

    def _spans(self, start: int, end: int) -> tuple[Span, ...]:
        return self._paragraph.source_spans(start, end)

    def _quotes(self, said: Said) -> tuple[Span, ...]:
        """The clause with the figure, from the clause on that names its subject; both apart where that is long."""
        whole = self._spans(said.since, said.clause.end)
        if said.clause.end - said.since <= _LONG_QUOTE:
            return tuple(reversed(whole))
        return tuple(reversed(self._spans(said.clause.start, said.clause.end)))
