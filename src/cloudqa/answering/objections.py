"""What a numeric question asks that an answer in words leaves undone: a sentence near it is then no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.citing import Sources
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import PeriodMention, find_periods
from cloudqa.questions.asking import Asked, Asking
from cloudqa.questions.cues import Cue, CueKind, find_cues
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.limits import opposed
from cloudqa.questions.names import FactSourceStore, NameMatcher
from cloudqa.questions.phrase import compact
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure

_FIRST = (CueKind.MAX, CueKind.TOP, CueKind.FIRST, CueKind.RANK, CueKind.ORDER, CueKind.HIGHER)
_LAST = (CueKind.MIN, CueKind.LOWER, CueKind.ORDER)
_SAID_BY: dict[CueKind, tuple[CueKind, ...]] = {
    CueKind.PREVIOUS: (CueKind.PREVIOUS, CueKind.PREVIOUS_PERIOD),
    CueKind.YEAR_AGO: (CueKind.YEAR_AGO, CueKind.SAME_PERIOD),
    CueKind.CAGR: (CueKind.CAGR,),
    CueKind.SUM: (CueKind.SUM,),
    CueKind.MEAN: (CueKind.MEAN,),
    CueKind.TIMES: (CueKind.TIMES, CueKind.GROWTH, CueKind.UP),
    CueKind.TOP: (CueKind.TOP, CueKind.RANK, CueKind.ORDER, CueKind.MAX),
    CueKind.ORDINAL: (CueKind.ORDINAL, CueKind.RANK, CueKind.ORDER, CueKind.TOP),
    CueKind.MAX: _FIRST,
    CueKind.MIN: _LAST,
}
_OTHER = re.compile(r"连续|中位数|中值|众数|方差|标准差|\bmedian\b|\bstandard deviation\b")
_UNIT = re.compile(r"\([^()]*\)$")
_LEADING = re.compile(r"首位|领先|领头|龙头|第[1一]|居前|之最|首|冠")
_OPEN = (Asked.REASON, Asked.MANNER, Asked.DEFINITION, Asked.PERSON, Asked.NAME, Asked.TASK)
_BEFORE_QUOTE = 120  # characters before a quoted clause that may name what it is about
_STOPS = "。！？!?\n"


def objections(
    question: str, asking: Asking, words: Answer, store: FactSourceStore, sources: Sources
) -> tuple[str, ...]:
    """What of the question the answer in words does not say, as the user wrote it; () where it may stand.

    Args:
        question: As the user wrote it.
        asking: The question, read as one in words.
        words: The answer in words.
        store: The facts, whose vocabulary knows the names.
        sources: The texts that the answer quotes.
    """
    if words.refused or asking.asks(Asked.REASON, Asked.MANNER, Asked.DEFINITION):
        return ()
    scene = Scene.open(question, store)
    said = normal_text(" ".join((words.answer, *(c.quote for c in words.citations))))
    undone = [*_undone(scene, said)]
    if words.kind is AnswerKind.TEXT and asking.asked == (Asked.DESCRIPTION,) and _is_bare(scene):
        undone.append(question.strip("?？。 "))
    if words.kind is AnswerKind.NUMBER:
        undone.extend(_unnamed(scene, words, store, sources))
        undone.extend(_of_others(scene, words, store))
        undone.extend(["、".join(opposed(scene.question.text, said))] if opposed(scene.question.text, said) else [])
    if asking.asks(Asked.NUMBER) or not asking.asks(*_OPEN):
        undone.extend(_undated(scene, said))
    return tuple(dict.fromkeys(undone))


def _is_bare(scene: Scene) -> bool:
    """Whether the question is only the name of a metric with what it is of: 甲公司的毛利率."""
    end = len(scene.question.text.rstrip("?。!呢啊 "))
    if any(m.kind is SynonymKind.METRIC and m.end == end for m in scene.question.phrase.matches):
        return True
    text = scene.question.text[:end]
    labels = {_UNIT.sub("", normal_label(f)) for f in scene.pool.facts if f.table is not None and is_figure(f)}
    return any(label and text.endswith(label) for label in labels)


def _undone(scene: Scene, said: str) -> Iterable[str]:
    """The operations that the question asks for and the text does not state the result of."""
    question = scene.question
    stated = {cue.kind for cue in find_cues(said)}
    for cue in question.cues:
        if cue.kind in _SAID_BY and not stated.intersection(_SAID_BY[cue.kind]) and not _worded(cue, said):
            yield question.asked_text(cue.start, cue.end)
    for m in _OTHER.finditer(question.text):
        if m.group() not in said:
            yield question.asked_text(m.start(), m.end())


def _worded(cue: Cue, said: str) -> bool:
    """Whether the text says it in the question's own words, or calls the greatest the leading one."""
    return cue.text in said or (cue.kind is CueKind.MAX and _LEADING.search(said) is not None)


def _unnamed(scene: Scene, words: Answer, store: FactSourceStore, sources: Sources) -> Iterable[str]:
    """The names that neither the figure's sentence nor its headings have."""
    text = compact(" ".join(_sentence(c.report, c.start, c.quote, sources) for c in words.citations))
    text += compact(" ".join(title for c in words.citations for title in c.section))
    matcher = NameMatcher(store.vocabulary, scene.question.text)
    for name in scene.names:
        if name.exact and not matcher.in_text(name, text):
            yield scene.question.asked_text(name.start, name.end)


def _of_others(scene: Scene, words: Answer, store: FactSourceStore) -> Iterable[str]:
    """The name whose share is asked for, where the clause that states a share says nothing of it."""
    if not scene.question.has(CueKind.SHARE) or not scene.names:
        return
    text = compact(" ".join(c.quote for c in words.citations))
    matcher = NameMatcher(store.vocabulary, scene.question.text)
    if not any(matcher.in_text(name, text) for name in scene.names):
        yield scene.question.asked_text(scene.names[0].start, scene.names[0].end)


def _sentence(report: str, start: int, quote: str, sources: Sources) -> str:
    """A quote with what its sentence says before it."""
    before = sources.text_of(report)[max(0, start - _BEFORE_QUOTE) : start]
    cut = max(before.rfind(mark) for mark in _STOPS) + 1
    return before[cut:] + quote


def _undated(scene: Scene, said: str) -> Iterable[str]:
    """The periods asked for that the text speaks of nowhere."""
    spoken = find_periods(said)
    for mention in scene.periods:
        if mention.period is not None and not any(_overlap(mention, other) for other in spoken):
            if str(mention.period.year) not in said:
                yield scene.question.asked_text(mention.start, mention.end)


def _overlap(asked: PeriodMention, said: PeriodMention) -> bool:
    one, other = asked.period, said.period
    if said.relative is not None or one is None or other is None:
        return said.relative is not None
    return one.contains(other) or other.contains(one)
