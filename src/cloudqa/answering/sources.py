"""The archive's reports as answers need them: text, issue, headings; loaded once each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from cloudqa.errors import UsageError
from cloudqa.index import StoredReport
from cloudqa.index.archive import IssueHead, head_of
from cloudqa.language import normal_text

_NUMBERED = re.compile(r"(总)?第(\d{1,4})期")
_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月")


class ArchiveSources:
    """Reports by id."""

    def __init__(
        self,
        reports: list[str],
        load: Callable[[str], StoredReport | None],
        heads: Callable[[], Iterable[IssueHead]] | None = None,
    ) -> None:
        """Sources over a generation.

        Args:
            reports: Ids of all reports.
            load: Gives a report by id.
            heads: Gives what all reports say of themselves, without loading them; asked once. Without it the reports
                are loaded for that.
        """
        self.reports = reports
        self._load = load
        self._read_heads = heads
        self._loaded: dict[str, StoredReport] = {}

    def report(self, report: str) -> StoredReport:
        """A report.

        Raises:
            UsageError: The archive has no such report.
        """
        if report not in self._loaded:
            stored = self._load(report)
            if stored is None:
                raise UsageError(f"The archive has no report “{report}”.", "Run: cloudqa index --status")
            self._loaded[report] = stored
        return self._loaded[report]

    def text_of(self, report: str) -> str:
        """The report's canonical text."""
        return self.report(report).text

    def issue_of(self, report: str) -> str:
        """Title, date and number of the issue, for reading; the report's id where it says none of them."""
        meta = self.report(report).metadata
        number = f"第{meta.issue}期" if meta.issue else ""
        said = " ".join(filter(None, [f"《{meta.title}》" if meta.title else "", meta.date, number]))
        return said or report

    def page_at(self, report: str, offset: int) -> int | None:
        """The 1-based page of a place, None where the report's format has no pages."""
        return self.report(report).page(offset)

    def section_at(self, report: str, offset: int) -> tuple[str, ...]:
        """The headings above a place, outermost first."""
        stored = self.report(report)
        inside = [s for s in stored.sections if s.span.start <= offset < s.span.end]
        return stored.section_path(max(inside, key=lambda s: (s.level, s.index)).index) if inside else ()

    def issues_named(self, question: str) -> list[StoredReport]:
        """The issues that a question is about: by number or month, by title, by the title of a section.

        Without any of these it is the latest one.
        """
        text = normal_text(question)
        said = {title for title in self._titles if len(title) > 1 and title in text}
        numbered = _numbered(text, self._heads)
        titled = [head for head in numbered or self._heads if _comparable(head.title) in said]
        if numbered or not self._heads:
            return [self.report(head.report) for head in titled or numbered]
        if not titled:
            titled = [head for head in self._heads if any(_comparable(section) in said for section in head.signed)]
        latest = max(titled or self._heads, key=lambda head: (head.date, head.report))
        return [self.report(latest.report)]

    @cached_property
    def _heads(self) -> tuple[IssueHead, ...]:
        if self._read_heads is not None:
            return tuple(self._read_heads())
        return tuple(head_of(self.report(report)) for report in self.reports)

    @cached_property
    def _titles(self) -> frozenset[str]:
        """Every title of an issue and of a section that somebody signs, as titles are compared."""
        titles = {title for head in self._heads for title in (head.title, *head.signed)}
        return frozenset(map(_comparable, titles))


@lru_cache(maxsize=4096)
def _comparable(title: str) -> str:
    return normal_text(title).strip("•· ")


def _numbered(text: str, heads: Sequence[IssueHead]) -> list[IssueHead]:
    """The issues of which a normalised question says the number or the month."""
    named = _NUMBERED.findall(text)
    numbers = {number for total, number in named if not total}
    totals = {number for total, number in named if total}
    months = {f"{year}-{int(month):02d}" for year, month in _MONTH.findall(text)}
    if not (numbers or totals or months):
        return []
    return [h for h in heads if h.issue in numbers or h.total_issue in totals or (h.date and h.date[:7] in months)]
