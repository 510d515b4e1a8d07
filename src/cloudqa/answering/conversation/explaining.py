"""为什么: the sentences near a figure that give a reason for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.citing import cite_span, limited
from cloudqa.answering.conversation.draft import Draft
from cloudqa.answering.conversation.matter import Matter
from cloudqa.answering.conversation.pieces import PieceKind
from cloudqa.answering.sources import ArchiveSources
from cloudqa.documents import Span
from cloudqa.facts import Fact
from cloudqa.language import normal_text
from cloudqa.language.sentences import sentence_spans
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import Quantity, find_periods
from cloudqa.questions.cues import CueKind
from cloudqa.questions.phrase import compact, phrase_of

_BECAUSE = re.compile(
    "因为|由于|原因|因而|源于|源自|得益于|归因|主要来自|主要是|拖累|带动|拉动|导致|造成|使得|所致|"
    "受(?:到|了)?[^，。；]{1,24}(?:影响|推动|提振|制约)|计提|because|due to|driven by|owing to|thanks to",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile("这样|这一|这种|此(?=[次番外举]|前的)|上述|其中|该|对此|such|this")
_LOSS = re.compile("亏损|为负|下滑|下降")
_FOLLOWING = 3  # sentences after the one that states a figure which may explain it
_MOST_SAID = 2
_LONGEST = 300


def why_question(matter: Matter, bare: Draft, *, english: bool) -> str:
    """The question for the reason, in full: 为什么 and what was spoken of, without what was asked of it."""
    spoken = bare.text.rstrip("？?")
    if english:
        return f"why {spoken}?"
    kept = (
        "".join(p.text for p in matter.cut.of(PieceKind.DOING) if not p.does(CueKind.SHARE, CueKind.WHICH_PERIOD))
        if not matter.cut.does(CueKind.WHY)
        else ""
    )
    return f"为什么{spoken}{kept}？"


def says_why(answer: Answer) -> bool:
    """Whether an answer gives a reason."""
    return _BECAUSE.search(answer.answer) is not None


def explained(matter: Matter, asked: str, sources: ArchiveSources) -> Answer | None:
    """The reason that a report gives near the figure spoken of: its footnote, or sentences of its section.

    None where there is none, or no figure was spoken of.
    """
    if not matter.facts:
        return None
    fact = matter.facts[0]
    found = [cite_span(sources, fact.report, span) for _, span in fact.notes if _is_reason(sources, fact, span)]
    found.extend(_near(matter, fact, sources))
    kept = limited(c for c in found if len(c.quote) <= _LONGEST)[:_MOST_SAID]
    if not kept:
        return None
    said = "\n".join(" ".join(c.quote.split()) for c in kept)
    return Answer(question=asked, answer=said, kind=AnswerKind.TEXT, citations=kept)


def _is_reason(sources: ArchiveSources, fact: Fact, span: Span) -> bool:
    return _BECAUSE.search(sources.text_of(fact.report)[span.start : span.end]) is not None


def _near(matter: Matter, fact: Fact, sources: ArchiveSources) -> Iterator[Citation]:
    """Sentences with a reason: first those right after the figure that point back to it, then those that name it."""
    sentences = list(_sentences(fact, sources))
    after = [s for s in sentences if s[0].start >= fact.place.end][: _FOLLOWING if fact.table is None else 0]
    for span, text in after:
        if _BECAUSE.search(text) and _POINTS_BACK.search(text):
            yield cite_span(sources, fact.report, span)
    for span, text in sentences:
        inside = span.start <= fact.place.start < span.end
        if not inside and _BECAUSE.search(text) and _is_about(matter, fact, text):
            yield cite_span(sources, fact.report, span)


def _sentences(fact: Fact, sources: ArchiveSources) -> Iterator[tuple[Span, str]]:
    """The sentences of the section that a fact stands in; table rows, which have no full stop, are none."""
    stored = sources.report(fact.report)
    inside = [s for s in stored.sections if s.span.start <= fact.place.start < s.span.end]
    if not inside:
        return
    section = max(inside, key=lambda s: (s.level, s.index)).span
    text = stored.text[section.start : section.end]
    for start, end in sentence_spans(text):
        if end - start > 8 and text[end - 1] in "。！？!?.”":
            yield Span(section.start + start, section.start + end), text[start:end]


def _is_about(matter: Matter, fact: Fact, text: str) -> bool:
    """Whether a sentence is about the thing spoken of, and its metric, period or loss."""
    names = {normal_text(t).strip() for t in (fact.entity, matter.thing) if t}
    known = normal_text(text)
    if not any(compact(n) in compact(known) for n in names):
        return False
    dated = fact.period is not None and any(
        p.period is not None and p.period.matches(fact.period) for p in find_periods(text)
    )
    loss = isinstance(fact.value, Quantity) and fact.value.value < 0 and _LOSS.search(known) is not None
    return dated or loss or bool(_metrics(fact.metric) & _metrics(text))


def _metrics(text: str) -> frozenset[int]:
    return frozenset(m.number for m in phrase_of(text).matches if m.kind is SynonymKind.METRIC)
