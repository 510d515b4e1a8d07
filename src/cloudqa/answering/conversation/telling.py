"""What a conversation says itself: what was carried over, what is missing, where the last answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.conversation.pieces import PieceKind

_CHINESE = {PieceKind.NAME: "对象", PieceKind.METRIC: "指标", PieceKind.PERIOD: "期间"}
_ENGLISH = {PieceKind.NAME: "subject", PieceKind.METRIC: "metric", PieceKind.PERIOD: "period"}


def with_context(
    answer: Answer, asked: str, completed: str, carried: Iterable[tuple[PieceKind, str]], *, english: bool
) -> Answer:
    """The answer under the words that the user wrote, with what was carried over and the completed question."""
    names, mark = (_ENGLISH, " (carried over)") if english else (_CHINESE, "（承上）")
    colon = ": " if english else "："
    said = [f"{names[kind]}{colon}{text}{mark}" for kind, text in carried if kind in names and text]
    said.append(f"{'read as' if english else '理解为'}{colon}{completed}")
    return replace(answer, question=asked, context=tuple(dict.fromkeys(said)))


def unresolved(asked: str, missing: Sequence[str], *, english: bool) -> Answer:
    """A refusal of a turn that leans on what was never said."""
    what = (", " if english else "、").join(missing)
    text = f"Not clear what is meant. Please name {what}." if english else f"从上文看不出所指，请补充{what}后再问。"
    return Answer(question=asked, answer=text, kind=AnswerKind.REFUSAL, refused=True, missing=tuple(missing))


def unknown(asked: str, words: Sequence[str], *, english: bool) -> Answer:
    """A refusal of what the archive says nothing of in the matter spoken of."""
    what = ", ".join(words) if english else "、".join(f"“{w}”" for w in words)
    text = f"The archive has nothing on {what} here." if english else f"就上文所问，资料中没有{what}。"
    return Answer(question=asked, answer=text, kind=AnswerKind.REFUSAL, refused=True, missing=tuple(words))


def unexplained(asked: str, *, english: bool) -> Answer:
    """A refusal of a reason that the reports do not give."""
    text = "The archive gives no reason for this." if english else "报告没有说明这件事的原因。"
    missing = ("the reason",) if english else ("原因",)
    return Answer(question=asked, answer=text, kind=AnswerKind.REFUSAL, refused=True, missing=missing)


def sources(asked: str, last: Answer | None, *, english: bool) -> Answer:
    """Where the last answer stands; a refusal if there was none or it has no place."""
    if last is None or last.refused or not last.citations:
        return _nothing_cited(asked, english=english)
    lines = [_place(i, c, english=english) for i, c in enumerate(last.citations, start=1)]
    return Answer(
        question=asked,
        answer="\n".join(lines),
        kind=AnswerKind.META,
        context=_about(last, english=english),
        citations=last.citations,
    )


def working(asked: str, last: Answer | None, *, english: bool) -> Answer:
    """How the last figure was calculated; where it was not, that it stands in the report as it is."""
    if last is None or last.refused or not last.citations:
        return _nothing_cited(asked, english=english)
    stated = "It stands in the report as it is." if english else "不是计算得出的，报告中就是这样写的。"
    return Answer(
        question=asked,
        answer=last.working.formula if last.working is not None else stated,
        kind=AnswerKind.META,
        working=last.working,
        context=_about(last, english=english),
        citations=last.citations,
    )


def _nothing_cited(asked: str, *, english: bool) -> Answer:
    text = (
        "There is no answer yet whose source could be named." if english else "上一个问题没有得到回答，没有出处可列。"
    )
    missing = ("a question that was answered",) if english else ("已回答的问题",)
    return Answer(question=asked, answer=text, kind=AnswerKind.REFUSAL, refused=True, missing=missing)


def _about(last: Answer, *, english: bool) -> tuple[str, ...]:
    return (f"about: {last.question}" if english else f"针对：{last.question}",)


def _place(number: int, citation: Citation, *, english: bool) -> str:
    where = " › ".join(x for x in (citation.issue or citation.report, *citation.section) if x)
    line = f"line {citation.line}" if english else f"第{citation.line}行"
    if citation.page is not None:
        line = f"page {citation.page}, {line}" if english else f"第{citation.page}页{line}"
    quote = " ".join(citation.quote.split())
    return f"[{number}] {where}, {line}: “{quote}”" if english else f"[{number}] {where}，{line}：“{quote}”"
