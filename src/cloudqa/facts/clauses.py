"""Paragraphs cut into sentences and clauses, with the figures and periods that stand in each clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudqa.documents import Paragraph
from cloudqa.language import clause_spans, sentence_spans
from cloudqa.quantities import PeriodMention, Quantity, find_periods, find_quantities
from cloudqa.tables.text import blank_markup

_MARKS = "，,；;：:。！？!?、—“”\"‘’'（）()【】《》 \t\n"
_SPEAKING = re.compile(
    r"^(?P<lead>据|根据|按照?|按|依据)?(?P<who>[^，。；：“”]{1,24}?)(?:分析师|公司|集团|机构)?(?:曾经|曾|也|还|方面|"
    r"预先|最新|同期)*(?:发布的)?(?:公布的)?"
    r"(?P<what>的?(?:数据|报告|财报|统计|研究|调查|测算|通报)(?:中|里)?)?(?:，)?"
    r"(?P<verb>预计|预测|预期|预估|估计|认为|表示|显示|指出|称|给出|透露|估算|判断|统计)(?!值)(?:了|到|说)?"
)
_FORECAST = re.compile(
    r"预计|预测|预期(?!值)|有望|将(?:达|会|在|有|为|从|由|增|升|突破|超过|继续|下降|上升)|"
    r"(?<![即])将$|目标|计划|力争|(?:will|expected to)"
)
_LEADERS = re.compile(r"[.．·•]{4,}|…{2,}|(?:[.．·] ){3,}")
_PAST_ESTIMATE = re.compile(r"预估值|预期值|预测值|预估")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a paragraph; offsets count in the paragraph's text.

    Attributes:
        text: The clause without marks at its ends, markup blanked.
        start: Where it begins.
        figures: Its figures, their offsets counting in the clause.
        periods: Its periods, likewise.
        opens: It begins a sentence, or stands after a semicolon.
    """

    text: str
    start: int
    figures: tuple[Quantity, ...]
    periods: tuple[PeriodMention, ...]
    opens: bool

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: its text, where it begins there, and its clauses."""

    text: str
    start: int
    clauses: tuple[Clause, ...]


def sentences_of(paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order."""
    text = blank_markup(paragraph.text)
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        clauses = tuple(_clauses(sentence, start))
        yield Sentence(sentence, start, clauses)


def _clauses(sentence: str, offset: int) -> Iterator[Clause]:
    after_break = True
    for start, end in clause_spans(sentence):
        full = sentence[start:end]
        text = full.strip(_MARKS.replace("(", "").replace("（", "").replace(")", "").replace("）", ""))
        at = start + full.index(text) if text else start
        if text:
            yield Clause(text, offset + at, tuple(find_quantities(text)), tuple(find_periods(text)), after_break)
        after_break = full.rstrip().endswith(("；", ";", "。"))


def is_flattened(clause: Clause) -> bool:
    """Whether a clause is no language but the remains of a table or of a contents page.

    Two figures with nothing but blanks between them (标准型 0.14 0.12) are cells whose columns are lost; dots lead to
    a page number.
    """
    ends = [figure.end for figure in clause.figures[:-1]]
    starts = [figure.start for figure in clause.figures[1:]]
    between = [clause.text[end:start] for end, start in zip(ends, starts, strict=True)]
    return any(gap and not gap.strip() for gap in between) or _LEADERS.search(clause.text) is not None


def speaker_of(text: str) -> tuple[str, int]:
    """Who a clause says is speaking, and where what is said begins; ("", 0) if no one is named.

    A clause such as 财报显示 or 据统计 names no one, but what is said begins after it.
    """
    m = _SPEAKING.match(text)
    if m is None or _PAST_ESTIMATE.match(text):
        return "", 0
    who = re.split(r"\d", m["who"])[0].strip("的 ")
    nameless = len(who) < 2 or re.fullmatch(
        r"(?:财报|报告|数据|统计|研究|其|该报告|公司|并且?|而且?|同时|还|测算|"
        r"经测算|据悉|年报|最新|文中?)+",
        who,
    )
    if find_quantities(m["who"]) or any(c in who for c in "的是在为把") or len(who) > 16:
        return "", 0
    return ("" if nameless else who), m.end()


def is_forecast(text: str) -> bool:
    """Whether a clause speaks of what is expected."""
    return _FORECAST.search(text) is not None
