"""Questions about an issue itself: its number and date, its editors, who is responsible for a section, its contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.citing import Sources, cite_span, limited
from cloudqa.documents import Section, Span
from cloudqa.index import StoredReport as Issue
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind
from cloudqa.questions.phrase import normal_phrase

_THIS = (
    r"(?:本期|这期|这一期|该期|本刊|这份|这本|该刊|刊物|期刊|资料|简报|通讯|这个?报告|本报告|第\d+期"
    r"|this issue|the issue|the report|newsletter)"
)
_NUMBER_RX = re.compile(r"第几期|期号|期数|总第|多少期|哪一?期|issue number|which issue")
_DATE_RX = re.compile(
    rf"{_THIS}.{{0,12}}(?:什么时候|何时|哪年|哪一年|几月|日期|时间)|(?:出版|出刊|刊发|发行)(?:日期|时间|年月)"
    r"|(?:什么时候|何时|几月).{0,4}(?:出版|出刊|刊发|出的)"
    r"|when was .*(?:issue|newsletter|report) (?:published|released|issued)|date of (?:the|this) (?:issue|report)"
)
_CONTENTS_RX = re.compile(
    rf"目录|要目|栏目|{_THIS}.{{0,10}}(?:包括|包含|有|分)了?(?:哪些|哪几|几个|什么)个?(?:部分|板块|章节|内容|栏)"
    r"|table of contents|which sections"
)
_TITLE_RX = re.compile(rf"{_THIS}.{{0,8}}(?:叫什么|名称|标题|刊名|题目)|刊名")
_AUDIENCE_RX = re.compile(rf"{_THIS}.{{0,8}}(?:给谁看|读者|供谁|面向)|参阅对象|密级|保密|内部资料")
_RESPONSIBLE_RX = re.compile(
    r"(?:谁|哪位|哪些人|哪几位|几个人).{0,6}(?:负责|撰写|写的|执笔)|(?:负责|撰写|执笔|写).{0,4}(?:是谁|的?人)"
    r"|负责人|作者|执笔|who (?:wrote|is responsible)"
)
_EACH_RX = re.compile(r"各|每|分别|所有|全部|哪些|都")
_ASKED_OTHERWISE = {
    "地址": re.compile("编辑部.{0,4}(?:在哪|哪里|哪儿|什么地方)|通信地址|联系地址|where is the (?:editorial )?office"),
    "网址": re.compile("(?:编辑部|本刊|中心|主办).{0,6}(?:网站|官网|网页)"),
    "主编": re.compile("chief editor|editor-in-chief|editor in chief"),
}


def answer_meta(question: str, issue: Issue, sources: Sources) -> Answer | None:
    """The answer to a question about the issue itself, None if it is not one or the issue does not say."""
    text = normal_text(question)
    parts: list[tuple[str, list[Span]]] = []
    for asks, tell in _PARTS:
        if asks(text, issue):
            parts.extend(tell(text, issue))
    parts.extend(_labelled(text, issue, {line for line, _ in parts}))
    if not parts:
        return None
    citations = [c for _, spans in parts for c in _cite(sources, issue, spans)]
    return Answer(
        question=question,
        answer="\n".join(dict.fromkeys(line for line, _ in parts)),
        kind=AnswerKind.META,
        citations=limited(citations),
    )


_Part = tuple[str, list[Span]]


def _asks_identity(text: str, issue: Issue) -> bool:
    return bool(_NUMBER_RX.search(text) or _DATE_RX.search(text) or _TITLE_RX.search(text))


def _identity(text: str, issue: Issue) -> list[_Part]:
    meta = issue.metadata
    pieces = []
    if meta.title:
        pieces.append(f"《{meta.title}》")
    if meta.date:
        pieces.append(_say_date(meta.date))
    if meta.issue:
        pieces.append(f"第{meta.issue}期")
    if meta.total_issue:
        pieces.append(f"(总第{meta.total_issue}期)")
    spans = [f.span for f in meta.fields if f.span and f.label in ("期号", "总期号", "日期", "期次")]
    if not spans and meta.issue:
        at = issue.text.find(f"第{meta.issue}期")
        spans = [Span(at, at + len(meta.issue) + 2)] if at >= 0 else []
    return [("".join(pieces), spans)] if pieces else []


def _asks_contents(text: str, issue: Issue) -> bool:
    return bool(_CONTENTS_RX.search(text))


def _contents(text: str, issue: Issue) -> list[_Part]:
    entries = issue.metadata.contents
    if not entries:
        tops = [s for s in issue.sections if s.level == 1]
        return [("\n".join(f"{i}. {s.number}{s.title}" for i, s in enumerate(tops, 1)), [s.heading for s in tops[:5]])]
    top = min(depth for depth, _, _ in entries)
    shown = [(entry, span) for depth, entry, span in entries if depth == top]
    return [("\n".join(f"{i}. {entry}" for i, (entry, _) in enumerate(shown, 1)), [span for _, span in shown])]


def _asks_responsible(text: str, issue: Issue) -> bool:
    if not _RESPONSIBLE_RX.search(text) or not any(s.authors for s in issue.sections):
        return False
    return bool(_sections_named(text, issue)) or bool(re.search("[节栏章]|栏目|部分|section", text))


def _responsible(text: str, issue: Issue) -> list[_Part]:
    named = _sections_named(text, issue) or [s for s in issue.sections if s.authors]
    parts: list[_Part] = []
    for section in named:
        holder: Section | None = section
        while holder is not None and not holder.authors:
            holder = issue.sections[holder.parent] if holder.parent is not None else None
        if holder is not None:
            names = "、".join(name for name, _ in holder.authors)
            parts.append((f"{holder.title}：{names}", [span for _, span in holder.authors[:1]]))
    return parts


def _sections_named(text: str, issue: Issue) -> list[Section]:
    """The sections whose title the question names, the longest titles first deciding."""
    named = [s for s in issue.sections if len(s.title) > 1 and normal_text(s.title).strip("•· ") in text]
    with_authors = [s for s in named if s.authors]
    return with_authors or named[:1]


def _asks_audience(text: str, issue: Issue) -> bool:
    return bool(_AUDIENCE_RX.search(text))


def _audience(text: str, issue: Issue) -> list[_Part]:
    lines = [line for line in (issue.metadata.audience, issue.metadata.classification) if line]
    found = [(line, issue.text.find(line)) for line in lines]
    return [(line, [Span(at, at + len(line))]) for line, at in found if at >= 0]


_PARTS: tuple[tuple[Callable[[str, Issue], bool], Callable[[str, Issue], list[_Part]]], ...] = (
    (_asks_identity, _identity),
    (_asks_contents, _contents),
    (_asks_responsible, _responsible),
    (_asks_audience, _audience),
)


def _labelled(text: str, issue: Issue, said: set[str]) -> list[_Part]:
    """The fields whose label the question names: 主编, 地址, 网址 … whatever the imprint has.

    A label inside a longer one (主编 in 副主编) is not named by it, nor one inside a metric's name (日期 in 投产日期).
    """
    left, named = _without_metrics(text), set()
    for label in sorted({f.label for f in issue.metadata.fields}, key=lambda found: (-len(found), found)):
        spelled = normal_text(label).strip()
        if len(spelled) > 1 and spelled in left:
            named.add(label)
            left = left.replace(spelled, " ")
        elif spelled in _ASKED_OTHERWISE and _ASKED_OTHERWISE[spelled].search(text):
            named.add(label)
    asked = [f for f in issue.metadata.fields if f.label in named and normal_text(f.value).strip() not in text]
    parts = [(f"{f.label}：{f.value.strip()}", [f.span] if f.span else []) for f in asked]
    return [part for part in parts if part[0] not in said]


def _without_metrics(text: str) -> str:
    """A normalised question with blanks for what names a metric by more than a label could."""
    for match in normal_phrase(text).matches:
        if match.kind is SynonymKind.METRIC:
            text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return text


def _cite(sources: Sources, issue: Issue, spans: Sequence[Span]) -> list[Citation]:
    """Citations of the lines that hold the spans: a name alone proves nothing without its label."""
    return [cite_span(sources, issue.report, _line(issue.text, span)) for span in spans]


def _line(text: str, span: Span) -> Span:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - start > 120:
        return span
    while start < end and text[start] in "#-*•> \t":
        start += 1
    return Span(start, end)


def _say_date(date: str) -> str:
    year, *rest = date.split("-")
    return f"{year}年" + "".join(f"{int(n)}{unit}" for n, unit in zip(rest, "月日", strict=False))
