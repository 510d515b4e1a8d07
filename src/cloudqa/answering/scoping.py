"""Which part of the archive a question is asked of: by its own words, and by limits set beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.errors import UsageError
from cloudqa.index.catalogue import read_names
from cloudqa.index.corrections import correcting_sentences
from cloudqa.index.selection import outermost_sections, passages_with, rows_of
from cloudqa.language import normal_text
from cloudqa.quantities import Period, parse_period
from cloudqa.questions.corrections import sentences_that_correct
from cloudqa.questions.fiscal_years import statements
from cloudqa.questions.issue_filter import Issue, read_issue_filter, with_issues
from cloudqa.questions.view import Correction, View

if TYPE_CHECKING:
    import sqlite3

    from cloudqa.answering.citing import Sources

_MOST_NAMED = 12
_LEAST_RESTATING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits set beside a question; "" is none.

    Attributes:
        issue: Only this issue: its number, its month, its report's id or a part of it.
        since: Only issues of this year, month or day and later ones.
        until: Only issues of this year, month or day and earlier ones.
        section: Only sections whose title contains this.
    """

    issue: str = ""
    since: str = ""
    until: str = ""
    section: str = ""

    def __bool__(self) -> bool:
        """Whether anything is limited."""
        return bool(self.issue or self.since or self.until or self.section)


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the archive that a question is asked of.

    Attributes:
        question: As the user wrote it.
        asked: The same without the words that choose issues or sections.
        issues: The issues it is limited to, the oldest first; () for all.
        sections: Titles of the sections it is limited to; () for all.
        notes: How its words were taken, for the answer.
        missing: What of the limits fits nothing, "" where all do.
        each: Several issues are named and each is asked for by itself.
    """

    question: str
    asked: str
    issues: tuple[Issue, ...] = ()
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: str = ""
    each: bool = False

    @property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports, () for all."""
        return tuple(issue.report for issue in self.issues)

    @property
    def limited(self) -> bool:
        """Whether it is a part of the archive and not all of it."""
        return bool(self.issues or self.sections)


class _Lazily:
    """Texts that are read when they are first looked at."""

    def __init__(self, read: Callable[[], tuple[str, ...]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())


class Scoping:
    """Reads questions against the issues of one archive file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """All issues, the oldest first."""
        names = read_names(self._connection)
        return tuple(Issue(n.report, n.number, n.total_number, n.date, n.title) for n in names)

    @cached_property
    def ages(self) -> dict[str, int]:
        """For each report how many issues are older."""
        return {issue.report: age for age, issue in enumerate(self.issues)}

    @cached_property
    def section_titles(self) -> tuple[str, ...]:
        """Titles of the outermost sections of all issues, numbering included."""
        return tuple(outermost_sections(self._connection))

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The sentences in which issues correct earlier ones; none where there is only one issue."""
        if len(self.issues) < _LEAST_RESTATING:
            return ()
        found = correcting_sentences(self._connection)
        return sentences_that_correct([Correction(c.report, c.text, c.start, c.section) for c in found])

    @cached_property
    def fiscal_sentences(self) -> tuple[str, ...]:
        """What passages say of how fiscal years lie."""
        return statements(passages_with(self._connection, "财年"))

    def read(self, question: str, limits: Limits = NO_LIMITS) -> Scope:
        """The scope of a question.

        Raises:
            UsageError: A limit is no period.
        """
        found = read_issue_filter(question, self.issues, lambda: self.section_titles)
        if limits.issue or limits.since or limits.until:
            found = with_issues(found, [i for i in self.issues if _within(i, limits)])
            if found.missing == "—":
                found = replace(found, missing=_said(limits))
        sections, missing = found.sections, found.missing
        if limits.section:
            wanted = normal_text(limits.section)
            sections = tuple(t for t in self.section_titles if wanted in normal_text(t))
            missing = missing or ("" if sections else limits.section)
        asked = found.rest if any(c.isalnum() for c in found.rest) else question
        return Scope(question, asked, found.issues, sections, found.notes, missing, found.each)

    @property
    def whole(self) -> Scope:
        """The scope of all issues."""
        return Scope("", "")

    def rows(self, scope: Scope) -> list[int] | None:
        """The rows of the index inside a scope, ascending; None for all of them."""
        return rows_of(self._connection, scope.reports, scope.sections) if scope.limited else None

    def view(self, scope: Scope, sources: Sources, *, before: bool = False) -> View:
        """The scope as the facts are asked through it.

        Args:
            scope: The scope.
            sources: The reports' texts.
            before: Values as first stated are asked for.
        """
        last = (scope.issues or self.issues)[-1:]
        return View(
            reports=scope.reports,
            sections=scope.sections,
            ages=self.ages,
            labels={issue.report: issue.label for issue in self.issues},
            dates={issue.report: issue.date for issue in self.issues},
            date=last[0].date if last else "",
            text_of=sources.text_of,
            corrections=self.corrections,
            before=before,
            fiscal_sentences=_Lazily(lambda: self.fiscal_sentences),
        )

    def no_such(self, scope: Scope, *, english: bool) -> Answer:
        """The refusal for a scope that fits nothing, naming what there is."""
        have = _shortened([issue.label for issue in self.issues])
        joined = (", " if english else "、").join(have)
        said = (
            f"The archive has no {scope.missing}. It has {joined}."
            if english
            else f"资料中没有{scope.missing}。现有：{joined}。"
        )
        return Answer(
            question=scope.question,
            answer=said,
            kind=AnswerKind.REFUSAL,
            refused=True,
            missing=(scope.missing,),
            alternatives=tuple(have),
        )


def _shortened(labels: list[str]) -> list[str]:
    """The labels, of many the first and the newest."""
    return labels if len(labels) <= _MOST_NAMED else [labels[0], "…", *labels[-_MOST_NAMED + 2 :]]


def _said(limits: Limits) -> str:
    """The limits on issues in words, for a refusal."""
    parts = (limits.issue, f"{limits.since} →" if limits.since else "", f"→ {limits.until}" if limits.until else "")
    return " ".join(p for p in parts if p)


def _within(issue: Issue, limits: Limits) -> bool:
    return (
        (not limits.issue or _is_named(issue, limits.issue))
        and (not limits.since or _after(issue, _period(limits.since), lambda own, given: own[1] >= given[0]))
        and (not limits.until or _after(issue, _period(limits.until), lambda own, given: own[0] <= given[1]))
    )


_Day = tuple[int, int, int]


def _after(issue: Issue, given: Period, holds: Callable[[tuple[_Day, _Day], tuple[_Day, _Day]], bool]) -> bool:
    own = parse_period(issue.date) if issue.date else None
    return own is not None and holds(own.span, given.span)


def _period(text: str) -> Period:
    period = parse_period(text)
    if period is None:
        raise UsageError(f"{text!r} is not a date with its year.", "Give for example 2017, 2017-08 or 2017-08-16.")
    return period


def _is_named(issue: Issue, wanted: str) -> bool:
    """Whether a limit names an issue: by number (8, 第8期), month (2017-08, 2017年8月), label or part of the id."""
    text = normal_text(wanted).strip()
    bare = text.removeprefix("第").removesuffix("期")
    if bare.isdecimal() and len(bare) < 4:
        return str(int(bare)) == issue.number or (text.isdecimal() and str(int(bare)) == issue.total_number)
    period = parse_period(wanted)
    if period is not None and issue.date:
        own = parse_period(issue.date)
        return own is not None and (period.contains(own) or own.contains(period))
    names: Iterable[str] = (issue.report, issue.label, issue.dated_label, issue.title, f"总第{issue.total_number}期")
    return bool(text) and any(text in normal_text(name) for name in names)
