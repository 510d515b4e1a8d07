"""The part of an archive that a question is put to, and what is known of its issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence of an issue that corrects what an earlier one states.

    Attributes:
        report: Id of the report.
        text: The sentence, verbatim.
        start: Where it begins in the report's canonical text.
        section: Headings above it, outermost first.
    """

    report: str
    text: str
    start: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The part of an archive that a question is put to.

    Attributes:
        reports: Ids of the reports; () for all.
        sections: Titles of sections, numbering included; () for all.
        ages: For each report how many issues of the archive are older; empty where nothing is known of them.
        labels: For each report its issue as one says it (2017年第8期).
        dates: For each report the ISO date of its issue, "" if unknown.
        date: ISO date of the newest issue asked, "" if unknown.
        text_of: The canonical text of a report.
        before: Values as first stated are asked for, and not as corrected later.
        fiscal_sentences: Sentences that speak of fiscal years; read only when looked at.
        corrections: Sentences that correct what earlier issues state.
    """

    reports: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    ages: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    text_of: Callable[[str], str] | None = None
    corrections: tuple[Correction, ...] = ()
    before: bool = False
    fiscal_sentences: Iterable[str] = ()

    def has(self, report: str, section: tuple[str, ...]) -> bool:
        """Whether a place of the archive lies inside."""
        if self.reports and report not in self.reports:
            return False
        return not self.sections or any(title in self.sections for title in section)

    def age(self, report: str) -> int:
        """How many issues are older; 0 where it is not known."""
        return self.ages.get(report, 0)

    @property
    def several(self) -> bool:
        """Whether it has several issues, so that one of them may restate what another one states."""
        return len(self.reports) != 1 and len(self.ages) > 1


WHOLE = View()
"""All of an archive of which nothing is known."""
