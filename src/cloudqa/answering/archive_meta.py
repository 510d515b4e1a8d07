"""Questions about the archive as a whole: how many issues, which is the newest, which of them speak of something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.citing import Sources, cite_passage, cite_span, limited
from cloudqa.documents import Span
from cloudqa.index.mentions import find_mentions
from cloudqa.language import normalise
from cloudqa.questions.reading import is_english

if TYPE_CHECKING:
    import sqlite3

    from cloudqa.questions.issue_filter import Issue

_ARCHIVE = r"(?:资料库?|档案库?|库|刊物|期刊|本刊|这里|你|系统|数据库)"
_HOW_MANY = re.compile(
    rf"^(?:请问)?(?:{_ARCHIVE}(?:里|中|内)?)?(?:现在|目前|已经|已)?(?:一共|总共|共|总计)?(?:收录|收|存|保存|有|包含|包括)?了?"
    r"(?:一共|总共)?有?(?:多少|几)期(?:刊物|报告|资料|期刊|内容)?[呢?。]*$"
    r"|how many (?:issues|reports)(?: (?:are there|are in|does the archive)[a-z ]*)?\??$"
)
_WHICH = re.compile(
    rf"^(?:请问)?(?:{_ARCHIVE}(?:里|中|内)?)?(?:现在|目前|都)?(?:收录|收|存|有|包含|包括)了?(?:哪几|哪些|什么)期(?:刊物|报告)?[呢?。]*$"
    r"|^(?:which|what|list the|list all) issues(?: (?:are|do)[a-z ]*)?\??$"
)
_ENDS = re.compile(
    r"^(?:请问)?(?P<end>最新|最近|最后|最早|最先|最旧|第一)的?(?:出版的?|收录的?)?1?一?期(?:刊物|报告)?(?:是|为|指)?"
    r"(?:哪1?一?期|第几期|几月的?|什么时候的?|哪年哪?月?的?|哪个月的?|何时的?)(?:出版的?|出的)?[呢?。]*$"
    r"|^(?:which|what) (?:is|was) the (?P<english>latest|newest|most recent|first|oldest|earliest) issue\??$"
)
_SAY = (
    "(?:提到|提及|谈到|谈及|讲到|讲了|介绍|写到|写了|出现|报道|刊登|刊载|登载|登了|涉及|说到|说起|披露|公布|发布|包含|包括"
    "|讨论|有)"
)
_WHICH_ISSUES = "哪(?:几|些|1|一)?期(?:刊物|报告)?(?:里面?|中|上|内)?"
_MENTION = re.compile(
    rf"^(?:请问)?(?:在|有)?{_WHICH_ISSUES}(?:都|还|曾经?|分别)?{_SAY}(?:过|了|到)*"
    r"(?P<what>.{2,40}?)(?:的内容|的情况|的文章|的消息)?[呢?。]*$"
    rf"|^(?P<before>.{{2,40}}?)(?:都|曾|是)?(?:在|被){_WHICH_ISSUES}(?:都|曾)?(?:被)?{_SAY}(?:过|了|的)*[呢?。]*$"
    r"|^(?:in )?which issues? (?:mentions?|mentioned|discuss(?:es)?|talks? about|has|have|reports? on) "
    r"(?P<english>.{2,60}?)\??$"
)
_MOST_LINES = 40


def answer_archive_meta(
    question: str, issues: Sequence[Issue], sources: Sources, connection: sqlite3.Connection
) -> Answer | None:
    """The answer to a question about the archive as a whole, None if it is none.

    Args:
        question: As the user wrote it.
        issues: The issues it is asked of, the oldest first.
        sources: Where quotes are cut from.
        connection: The archive file.
    """
    if not issues:
        return None
    normal = normalise(question)
    text, english = normal.text.strip(), is_english(normal.text)
    if _HOW_MANY.search(text):
        return _count(question, issues, sources, english=english)
    if _WHICH.search(text):
        return _told(question, [i.dated_label for i in issues], issues, sources, AnswerKind.LIST)
    if (m := _ENDS.search(text)) is not None:
        first = (m["end"] or m["english"]) in ("最早", "最先", "最旧", "第一", "first", "oldest", "earliest")
        issue = issues[0] if first else issues[-1]
        return _told(
            question, [f"《{issue.title}》{issue.dated_label}" if issue.title else issue.dated_label], [issue], sources
        )
    if (m := _MENTION.search(text)) is not None:
        name = next(n for n in ("what", "before", "english") if m[n])
        what = question[slice(*normal.source_span(*m.span(name)))].strip("“”「」\"' ")
        return _mentions(question, what, issues, sources, connection, english=english)
    return None


def _count(question: str, issues: Sequence[Issue], sources: Sources, *, english: bool) -> Answer:
    number = len(issues)
    first, last = issues[0].dated_label, issues[-1].dated_label
    span = first if number == 1 else (f"{first} to {last}" if english else f"{first}至{last}")
    said = f"{number} issue{'' if number == 1 else 's'}: {span}." if english else f"共{number}期：{span}。"
    return Answer(
        question=question,
        answer=said,
        kind=AnswerKind.META,
        value=Decimal(number),
        unit="" if english else "期",
        citations=limited(_titles([issues[0], *issues[-1:]], sources)),
    )


def _told(
    question: str,
    lines: Sequence[str],
    issues: Sequence[Issue],
    sources: Sources,
    kind: AnswerKind = AnswerKind.META,
) -> Answer:
    return Answer(question=question, answer="\n".join(lines), kind=kind, citations=limited(_titles(issues, sources)))


def _titles(issues: Sequence[Issue], sources: Sources) -> Iterator[Citation]:
    """For each issue the line that states its number, or its first line."""
    for issue in issues[:5]:
        text = sources.text_of(issue.report)
        at = max(0, next((text.find(w) for w in _own_words(issue) if w in text), 0))
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        yield cite_span(sources, issue.report, Span(start, end if end >= 0 else len(text)), ())


def _own_words(issue: Issue) -> tuple[str, ...]:
    return tuple(w for w in (f"第{issue.number}期", f"第{issue.number.zfill(2)}期", issue.title) if w and issue.number)


def _mentions(
    question: str,
    what: str,
    issues: Sequence[Issue],
    sources: Sources,
    connection: sqlite3.Connection,
    *,
    english: bool,
) -> Answer:
    found = find_mentions(connection, what, [i.report for i in issues])
    having = [i for i in issues if i.report in found]
    if not having:
        said = f"No issue mentions {what}." if english else f"没有哪一期提到{what}。"
        return Answer(question=question, answer=said, kind=AnswerKind.REFUSAL, refused=True, missing=(what,))
    citations = [c for i in having for c in cite_passage(sources, *found[i.report])[:1]]
    lines = [i.dated_label for i in having[-_MOST_LINES:]]
    head = (
        f"{what}: {len(having)} of {len(issues)} issues"
        if english
        else f"提到{what}的有{len(having)}期（共{len(issues)}期）："
    )
    return Answer(
        question=question,
        answer="\n".join([head, *lines]),
        kind=AnswerKind.LIST,
        citations=limited(reversed(citations)),
    )
