"""The issues of the archive as rows of a table, and what there is to say of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cloudqa.terminal_text import one_line

if TYPE_CHECKING:
    from cloudqa.answering import Assistant
    from cloudqa.answering.issues import IssueSummary, UnreadableFile
    from cloudqa.facts import TableSummary
    from cloudqa.tui.wording import Words


class IssueColumn(StrEnum):
    """A column of the list of issues."""

    NUMBER = "number"
    DATE = "date"
    TITLE = "title"
    SECTIONS = "sections"
    PASSAGES = "passages"
    TABLES = "tables"
    FACTS = "facts"
    PROBLEMS = "problems"


NARROW = (IssueColumn.NUMBER, IssueColumn.DATE, IssueColumn.TITLE, IssueColumn.FACTS, IssueColumn.PROBLEMS)
"""The columns where there is room for few."""

COUNTS = frozenset(list(IssueColumn)[3:])
"""Columns of numbers."""


@dataclass(frozen=True, slots=True)
class IssueDetail:
    """An issue with what only its own pane shows; or a file that could not be read.

    Attributes:
        issue: The issue, None for an unreadable file.
        file: The file, None for an issue.
        sections: Level (from 1) and heading of every section.
        tables: Its tables.
    """

    issue: IssueSummary | None = None
    file: UnreadableFile | None = None
    sections: tuple[tuple[int, str], ...] = ()
    tables: tuple[TableSummary, ...] = ()


def issue_cells(issue: IssueSummary, columns: Sequence[IssueColumn]) -> Iterator[str]:
    """The texts of an issue's row."""
    texts = {
        IssueColumn.NUMBER: issue.number + (f" ({issue.total_number})" if issue.total_number else ""),
        IssueColumn.DATE: issue.date,
        IssueColumn.TITLE: issue.title or issue.report,
        IssueColumn.SECTIONS: f"{issue.sections:,}",
        IssueColumn.PASSAGES: f"{issue.passages:,}",
        IssueColumn.TABLES: f"{issue.tables:,}",
        IssueColumn.FACTS: f"{issue.facts:,}",
        IssueColumn.PROBLEMS: f"{len(issue.not_understood):,}" if issue.not_understood else "",
    }
    return (one_line(texts[column]) for column in columns)


def read_detail(assistant: Assistant, issue: IssueSummary) -> IssueDetail:
    """Everything that the pane of an issue shows; reads the index."""
    stored = assistant.sources.report(issue.report)
    sections = tuple((section.level, section.number + section.title) for section in stored.sections[1:])
    return IssueDetail(issue=issue, sections=sections, tables=tuple(assistant.tables(issue.report)))


def detail_lines(detail: IssueDetail, words: Words) -> Iterator[tuple[str, str]]:
    """The lines of the pane: name of a style and text, safe on a terminal."""
    if detail.file is not None:
        yield "title", one_line(detail.file.path)
        yield "problem", f"{words('issues.unreadable')}: {one_line(detail.file.reason)}"
        return
    if detail.issue is None:
        return
    yield "title", one_line(detail.issue.title or detail.issue.report)
    for name, text in _facts_of(detail.issue, words):
        yield "field", f"{name}\t{one_line(text)}"
    yield from _problems(detail.issue, words)
    if detail.tables:
        yield "heading", words("issues.detail.tables")
        for table in detail.tables:
            yield "item", _table_line(table, words)
    if detail.sections:
        yield "heading", words("issues.detail.sections")
        for level, title in detail.sections:
            yield "item", "  " * max(level - 1, 0) + one_line(title)


def _facts_of(issue: IssueSummary, words: Words) -> Iterator[tuple[str, str]]:
    """Name and value of what is known of an issue."""
    total = words("issues.detail.total", number=issue.total_number) if issue.total_number else ""
    counted = ("sections", "passages", "tables", "facts")
    pairs = (
        ("issue", " · ".join(filter(None, [issue.number, total]))),
        ("date", issue.date),
        ("path", issue.path),
        ("report", issue.report),
        ("counts", words("issues.detail.content", **{name: f"{getattr(issue, name):,}" for name in counted})),
    )
    return ((words(f"issues.detail.{key}"), text) for key, text in pairs if text)


def _problems(issue: IssueSummary, words: Words) -> Iterator[tuple[str, str]]:
    if not issue.not_understood:
        yield "good", words("issues.detail.no_problems")
        return
    yield "heading", words("issues.detail.problems")
    for sentence in issue.not_understood:
        yield "problem", one_line(sentence)


def _table_line(table: TableSummary, words: Words) -> str:
    caption = one_line(table.caption or table.subject)
    return f"{table.index + 1}. " + " · ".join(
        filter(None, [caption, words("issues.detail.rows", rows=f"{table.rows:,}")])
    )
