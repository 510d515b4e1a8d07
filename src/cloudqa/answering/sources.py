"""The archive's reports as answers need them: text, issue, headings; loaded once each."""

from __future__ import annotations

import re
from collections.abc import Callable

from cloudqa.errors import UsageError
from cloudqa.index import StoredReport
from cloudqa.language import normal_text

_NUMBERED = re.compile(r"(总)?第(\d{1,4})期")
_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月")


class ArchiveSources:
    """Reports by id."""

    def __init__(self, reports: list[str], load: Callable[[str], StoredReport | None]) -> None:
        """Sources over a generation.

        Args:
            reports: Ids of all reports.
            load: Gives a report by id.
        """
        self.reports = reports
        self._load = load
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
        stored = [self.report(r) for r in self.reports]
        text = normal_text(question)
        numbered = [s for s in stored if _names(text, s)]
        titled = [s for s in numbered or stored if _is_said(s.metadata.title, text)]
        if numbered or not stored:
            return titled or numbered
        if not titled:
            titled = [s for s in stored if any(x.authors and _is_said(x.title, text) for x in s.sections)]
        return [max(titled or stored, key=lambda s: (s.metadata.date, s.report))]


def _is_said(title: str, text: str) -> bool:
    title = normal_text(title).strip("•· ")
    return len(title) > 1 and title in text


def _names(text: str, stored: StoredReport) -> bool:
    meta = stored.metadata
    for total, number in _NUMBERED.findall(text):
        if number == (meta.total_issue if total else meta.issue):
            return True
    months = {f"{year}-{int(month):02d}" for year, month in _MONTH.findall(text)}
    return bool(meta.date) and meta.date[:7] in months
