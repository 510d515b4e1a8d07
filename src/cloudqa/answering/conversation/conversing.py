"""Questions of one user in a row: each is asked as it is or completed from those before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.assistant import Assistant, Reply, checked_question
from cloudqa.answering.conversation import telling
from cloudqa.answering.conversation.comparing import compared, weave_comparison
from cloudqa.answering.conversation.context import Context
from cloudqa.answering.conversation.explaining import explained, says_why, why_question
from cloudqa.answering.conversation.leaning import About, Pointer, Turn, is_english, read_turn
from cloudqa.answering.conversation.matter import RANKING, Matter
from cloudqa.answering.conversation.operating import BASED, CHANGING, core
from cloudqa.answering.conversation.pieces import Cut, PieceKind, cut
from cloudqa.answering.conversation.referring import Referred, refer
from cloudqa.answering.conversation.trying import holds
from cloudqa.answering.conversation.weaving import Woven, weave
from cloudqa.questions.cues import CueKind

_MOST_TRIED = 6
_MUCH_CHARS = 6
_ASKS_IN_WORDS = re.compile(
    "谁|什么|哪|怎么|怎样|如何|为何|为啥|吗|是否|介绍|多少|几|who|what|which|where|when|why|how", re.IGNORECASE
)


_WORDED = re.compile("[^\\W\\d_a-zA-Z]|[a-zA-Z]{3}")
"""A turn without a word (2018Q1) is in the language of the last question."""


class _Need(StrEnum):
    """How much a turn needs the turns before it."""

    FULL = "full"  # it says all itself
    MAY = "may"  # it can be read either way
    MUST = "must"  # it says nothing by itself


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer, and the question that it answers in full; "" where the turn could not be completed."""

    answer: Answer
    question: str
    topic: str = ""
    reply: Reply | None = None


class Conversation:
    """Answers a sequence of questions of one user.

    Attributes:
        assistant: Who answers; may be exchanged when a new generation of the index is ready.
        context: What earlier turns established.
    """

    def __init__(self, assistant: Assistant, context: Context | None = None) -> None:
        self.assistant = assistant
        self.context = context if context is not None else Context()
        self._last: tuple[Assistant, str, Matter] | None = None

    def ask(self, question: str) -> Answer:
        """The answer to the next question; what it leaves unsaid is taken from the turns before.

        A question that says all itself carries nothing over. One that leans on what was never said, or that can be
        completed in several ways with different answers, is refused.

        Raises:
            UsageError: The question is empty or too long.
        """
        question = checked_question(question)
        turn = read_turn(question)
        english = is_english(question if _WORDED.search(question) else self.context.question or question)
        if turn.about is About.SOURCE:
            return telling.sources(question, self.context.answer, english=english)
        if turn.about is About.WORKING:
            return telling.working(question, self.context.answer, english=english)
        told = self._told(question, turn, english=english)
        self._remember(told)
        return told.answer

    def clear(self) -> None:
        """Forget what earlier turns established."""
        self.context = Context()

    def _remember(self, told: _Told) -> None:
        before = self.context
        if not told.question:
            self.context = replace(before, answer=told.answer)
            return
        earlier = before.question if before.question != told.question else before.earlier
        of_facts = told.reply is not None and told.reply.finding is not None
        figures = told.question if of_facts else before.figures
        self.context = Context(told.question, earlier, told.topic, figures, told.answer)
        if told.reply is not None:
            matter = Matter(self._cut(told.question, told.topic), told.reply, self.assistant.facts)
            self._last = (self.assistant, told.question, matter)

    def _told(self, question: str, turn: Turn, *, english: bool) -> _Told:
        last = self._matter()
        if turn.about is About.REASON:
            return self._reason(question, last, english=english)
        own = self._cut(turn.text)
        referred = refer(turn, own, last, self._earlier())
        full = self._cut(referred.text)
        need = _need(turn, referred, full)
        if need is _Need.FULL and not referred.meant:
            return self._of_thing(question, full, last, english=english) or self._asked(question, question)
        if last is None or (referred.unresolved and need is _Need.MUST):
            named = full.has(PieceKind.NAME, PieceKind.METRIC, PieceKind.WORD) or full.does(*RANKING)
            if need is _Need.MUST and (turn.leans or referred.unresolved or not named):
                return _Told(telling.unresolved(question, _lacking(full, referred, english), english=english), "")
            return self._asked(question, question)
        told = self._following(question, referred, full, self._spoken_of(last, full), need, english=english)
        if told.answer.refused and not turn.leans and not referred.meant and _says_much(full):
            alone = self._asked(question, question)
            return told if alone.answer.refused else alone
        return told

    def _of_thing(self, question: str, full: Cut, last: Matter | None, *, english: bool) -> _Told | None:
        """A question whose subject is left out, of the thing spoken of: 谁运营的; None where the facts do not know."""
        if last is None or english or not last.facts or not last.thing or full.has(PieceKind.NAME, PieceKind.METRIC):
            return None
        completed = f"{last.thing}{full.text}？"
        reply = self.assistant.reply_in_figures(completed)
        if reply is None or reply.answer.refused:
            return None
        carried = ((PieceKind.NAME, last.thing),)
        answer = telling.with_context(reply.answer, question, completed, carried, english=english)
        return _Told(answer, completed, "", reply)

    def _spoken_of(self, last: Matter, full: Cut) -> Matter:
        """What a turn leans on: what was spoken of last, or before an answer in words that has no such slot."""
        before = self.context.figures
        elsewhere = last.reply.finding is None and last.reply.answer.kind is not AnswerKind.META and before
        if (
            not elsewhere
            or last.cut.has(PieceKind.PERIOD, PieceKind.METRIC)
            or full.has(PieceKind.WORD, PieceKind.NAME)
        ):
            return last
        return Matter(self._cut(before), self.assistant.reply(before), self.assistant.facts)

    def _asked(self, question: str, completed: str) -> _Told:
        """A question that says all itself; one that is refused and names nothing known is not what follows lean on."""
        reply = self.assistant.reply(completed)
        if reply.answer.refused and not self._cut(completed).has(PieceKind.METRIC, PieceKind.NAME):
            return _Told(reply.answer, "")
        return _Told(replace(reply.answer, question=question), completed, "", reply)

    def _following(
        self, question: str, referred: Referred, full: Cut, last: Matter, need: _Need, *, english: bool
    ) -> _Told:
        """A turn that leans on the last one."""
        if all(p.kind is PieceKind.LINK for p in full.pieces):
            return _Told(telling.unresolved(question, _lacking(full, referred, english), english=english), "")
        topic = next((text for kind, text in referred.meant if kind is PieceKind.NAME), "")
        label = self._label(question, last, need)
        if label is not None:
            return label
        if topic and _is_in_words(full):
            return self._about_topic(question, referred, topic, english=english)
        told, refusal = self._woven_answer(question, last, full, topic, english=english)
        if told is not None:
            return told
        if need is not _Need.MUST and (refusal is None or self._stands_alone(full, last)):
            return self._asked(question, referred.text if referred.meant else question)
        if refusal is not None:
            return refusal
        return self._unknown(question, last, full, english=english) or _Told(
            telling.unresolved(question, _lacking(full, referred, english), english=english), ""
        )

    def _unknown(self, question: str, last: Matter, full: Cut, *, english: bool) -> _Told | None:
        """A refusal of what the turn names and the archive has nothing of; None where it names nothing."""
        woven = next(self._woven(last, full, english=english), None)
        words = [p.text.strip() for p in full.of(PieceKind.WORD, PieceKind.NAME, PieceKind.METRIC)]
        if woven is None or not words:
            return None
        refusal = telling.unknown(question, words, english=english)
        return _Told(
            telling.with_context(refusal, question, woven.text, woven.carried, english=english), woven.text, "", None
        )

    def _stands_alone(self, full: Cut, last: Matter) -> bool:
        """Whether a turn that could not be completed may be asked as it is.

        It names what it is about, asks which of all things, or asks for a metric that the thing spoken of does not
        have at all; a figure missing for one period is not looked for elsewhere.
        """
        if full.has(PieceKind.NAME) or not last.thing:
            return True
        if full.does(CueKind.WHO, CueKind.WHICH) and full.has(PieceKind.METRIC):
            return True
        measured = "".join(p.text for p in full.of(PieceKind.METRIC))
        if not measured or not full.has(PieceKind.PERIOD, PieceKind.WORD, PieceKind.DOING):
            return False
        known = self.assistant.reply_in_figures(f"{last.thing}{measured}是多少？")
        return known is None or known.answer.refused

    def _label(self, question: str, last: Matter, need: _Need) -> _Told | None:
        """After a question about the issue itself another thing that the issue says of itself: 地址呢."""
        if last.reply.answer.kind is not AnswerKind.META or need is _Need.FULL:
            return None
        reply = self.assistant.reply(question)
        return _Told(reply.answer, question, "", reply) if reply.answer.kind is AnswerKind.META else None

    def _woven_answer(
        self, question: str, last: Matter, full: Cut, topic: str, *, english: bool
    ) -> tuple[_Told | None, _Told | None]:
        """The answer to the likeliest completion that has one, and the refusal of the likeliest of all."""
        asks = self.assistant.reply if last.reply.finding is None else self.assistant.reply_in_figures
        refusal: _Told | None = None
        for woven in self._woven(last, full, english=english):
            reply = asks(woven.text)
            if reply is None:
                continue
            told = self._complete(question, woven, reply, topic, english=english)
            if holds(woven, last, reply):
                return told, None
            if refusal is None and reply.answer.refused:
                refusal = told
        return None, refusal

    def _complete(self, question: str, woven: Woven, reply: Reply, topic: str, *, english: bool) -> _Told:
        answer = telling.with_context(reply.answer, question, woven.text, woven.carried, english=english)
        return _Told(answer, woven.text, topic, reply)

    def _woven(self, last: Matter, full: Cut, *, english: bool) -> Iterator[Woven]:
        comparison = compared(last, full)
        if comparison is not None:
            other, how = comparison
            woven = weave_comparison(last, self._cut(other), how, english=english)
            if woven is not None:
                yield woven
            return
        seen: set[str] = set()
        for woven in weave(last, full, english=english):
            if woven.text not in seen and len(seen) < _MOST_TRIED:
                seen.add(woven.text)
                yield woven

    def _about_topic(self, question: str, referred: Referred, topic: str, *, english: bool) -> _Told:
        """A question in words of which only the thing it is about was said before: 他分享了什么."""
        reply = self.assistant.reply(referred.text)
        answer = telling.with_context(reply.answer, question, referred.text, referred.meant, english=english)
        return _Told(answer, referred.text, topic, reply)

    def _reason(self, question: str, last: Matter | None, *, english: bool) -> _Told:
        """Why what was said last is so; the matter spoken of stays what it was."""
        if last is None:
            missing = ("what to explain",) if english else ("要问原因的事情",)
            return _Told(telling.unresolved(question, missing, english=english), "")
        bare = core(last, english=english)
        completed = why_question(last, bare, english=english)
        answer = explained(last, question, self.assistant.sources) or self.assistant.reply(completed).answer
        if last.reply.answer.refused or (last.facts and not says_why(answer)):
            answer = telling.unexplained(question, english=english)
        return _Told(telling.with_context(answer, question, completed, bare.carried, english=english), "")

    def _cut(self, text: str, topic: str = "") -> Cut:
        return cut(text, self.assistant.facts, topic)

    def _earlier(self) -> Cut | None:
        return self._cut(self.context.earlier) if self.context.earlier else None

    def _matter(self) -> Matter | None:
        """What was spoken of last, answered anew where it is not at hand; None before the first question."""
        question = self.context.question
        if not question:
            return None
        if self._last is None or self._last[0] is not self.assistant or self._last[1] != question:
            reply = self.assistant.reply(question)
            matter = Matter(self._cut(question, self.context.topic), reply, self.assistant.facts)
            self._last = (self.assistant, question, matter)
        return self._last[2]


def _says_much(full: Cut) -> bool:
    """Whether a turn names so much that it may be a question without a question word: 岸电在北港的作用."""
    return sum(len(p.text.strip()) for p in full.of(PieceKind.WORD, PieceKind.NAME)) >= _MUCH_CHARS


def _need(turn: Turn, referred: Referred, full: Cut) -> _Need:
    """How much a turn needs those before it, by what it names itself."""
    if turn.references and (referred.meant or referred.unresolved):
        own = full.has(PieceKind.METRIC) and full.has(PieceKind.NAME, PieceKind.PERIOD)
        both_only = all(r.pointer in (Pointer.BOTH, Pointer.SAME) for r in turn.references)
        return _Need.MAY if own and both_only and referred.unresolved else _Need.MUST
    if _is_predicate(full):
        return _Need.MUST
    metric, name, period = (full.has(k) for k in (PieceKind.METRIC, PieceKind.NAME, PieceKind.PERIOD))
    if metric and name and (period or not turn.leans):
        return _Need.MAY if turn.corrects and not period else _Need.FULL
    word = any(sum(c.isalnum() for c in p.text) > 1 for p in full.of(PieceKind.WORD))
    if word and not metric and _ASKS_IN_WORDS.search(f"{full.text} {turn.asked}"):
        return _Need.FULL
    if metric:
        return _Need.MUST if turn.leans and not name and not period else _Need.MAY
    return _Need.MAY if word and not turn.leans else _Need.MUST


def _is_predicate(full: Cut) -> bool:
    """Whether it begins with what is said of something unnamed: 占总数多少, 同比增长多少, 比上年多多少."""
    first = next((p for p in full.pieces if p.kind is not PieceKind.LINK), None)
    if first is None or not first.does(CueKind.SHARE, *BASED, *CHANGING, CueKind.DIFFERENCE, CueKind.TIMES):
        return False
    return not full.does(*RANKING, CueKind.WHICH_PERIOD)


def _is_in_words(full: Cut) -> bool:
    """Whether it asks in words, not for a figure: 他分享了什么, 它什么时候获得牌照."""
    word = any(sum(c.isalnum() for c in p.text) > 1 for p in full.of(PieceKind.WORD))
    plain = not full.has(PieceKind.DOING) or (word and full.does(CueKind.WHICH_PERIOD, CueKind.WHY))
    return plain and not full.has(PieceKind.METRIC) and _ASKS_IN_WORDS.search(full.text) is not None


def _lacking(full: Cut, referred: Referred, english: bool) -> tuple[str, ...]:
    """What a turn would have to name."""
    if referred.unresolved:
        return (f"“{referred.unresolved}” stands for what",) if english else (f"“{referred.unresolved}”所指的对象",)
    wanted = (
        (PieceKind.NAME, "对象", "the subject"),
        (PieceKind.METRIC, "指标", "the metric"),
        (PieceKind.PERIOD, "期间", "the period"),
    )
    return tuple(en if english else zh for kind, zh, en in wanted if not full.has(kind))
