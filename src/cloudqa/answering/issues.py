"""The archive as a list of its issues, for whoever shows it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cloudqa.facts.tallies import Tally, count_by_report
from cloudqa.index.catalogue import CatalogueEntry, read_catalogue

if TYPE_CHECKING:
    from cloudqa.index import Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSummary:
    """One issue of the archive and what was read out of it.

    Attributes:
        report: Id of its report, as citations name it.
        path: Its file, relative to the corpus folder.
        title: The periodical's title, "" if unknown.
        number: The issue's number within its year ("8"), "" if unknown.
        total_number: The running number ("28"), "" if unknown.
        date: ISO year, month or day ("2017-08"), "" if unknown.
        format: The file's suffix without its dot, in lower case ("md").
        sections: How many headings it has.
        passages: How many passages it was cut into.
        tables: How many tables it has.
        facts: How many values were read out of its tables and sentences.
        not_understood: What could not be read, each as one sentence that names the place.
    """

    report: str
    path: str
    title: str
    number: str
    total_number: str
    date: str
    format: str
    sections: int
    passages: int
    tables: int
    facts: int
    not_understood: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain data: strings, numbers, a tuple of strings."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFile:
    """A file of the corpus that could not be read as a report.

    Attributes:
        path: Relative to the corpus folder.
        reason: Why, as one sentence.
    """

    path: str
    reason: str


def list_issues(generation: Generation) -> tuple[IssueSummary, ...]:
    """All issues of a generation, the oldest first."""
    tallies = count_by_report(generation.connection)
    return tuple(_summary(e, tallies.get(e.report, Tally())) for e in read_catalogue(generation.connection))


def list_unreadable(generation: Generation) -> tuple[UnreadableFile, ...]:
    """The files that could not be read when the generation was built, by path."""
    return tuple(UnreadableFile(path=s.path, reason=s.failure) for s in generation.manifest.sources if s.failure)


def _summary(entry: CatalogueEntry, tally: Tally) -> IssueSummary:
    return IssueSummary(
        report=entry.report,
        path=entry.path,
        title=entry.title,
        number=entry.number,
        total_number=entry.total_number,
        date=entry.date,
        format=PurePosixPath(entry.path).suffix.lstrip(".").lower(),
        sections=entry.sections,
        passages=entry.passages,
        tables=tally.tables,
        facts=tally.facts,
        not_understood=(*entry.not_understood, *tally.not_understood),
    )
