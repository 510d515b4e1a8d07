"""What the archive's issues say of themselves, read without their texts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

_ENTRIES = """
SELECT r.report, r.path, json_extract(r.about, '$[0][0]'), json_extract(r.about, '$[0][1]'),
       json_extract(r.about, '$[0][2]'), json_extract(r.about, '$[0][3]'), json_array_length(r.about, '$[1]') - 1,
       (SELECT count(*) FROM passages p WHERE p.report = r.report), json_extract(r.about, '$[3]')
FROM reports r
"""

_NAMES = """
SELECT report, json_extract(about, '$[0][0]'), json_extract(about, '$[0][1]'), json_extract(about, '$[0][2]'),
       json_extract(about, '$[0][3]')
FROM reports
"""


@dataclass(frozen=True, slots=True)
class IssueName:
    """What an issue is called.

    Attributes:
        report: Id of its report.
        title: The periodical's title, "" if unknown.
        number: The issue's number within its year ("8"), "" if unknown.
        total_number: The running number ("28"), "" if unknown.
        date: ISO year, month or day, "" if unknown.
    """

    report: str
    title: str
    number: str
    total_number: str
    date: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One issue.

    Attributes:
        report: Id of its report.
        path: Its file, relative to the corpus folder.
        title: The periodical's title, "" if unknown.
        number: The issue's number within its year ("8"), "" if unknown.
        total_number: The running number ("28"), "" if unknown.
        date: ISO year, month or day, "" if unknown.
        sections: How many headings it has.
        passages: How many passages it was cut into.
        not_understood: What could not be read, each as one sentence.
    """

    report: str
    path: str
    title: str
    number: str
    total_number: str
    date: str
    sections: int
    passages: int
    not_understood: tuple[str, ...]


def age_of(issue: IssueName | CatalogueEntry) -> tuple[str, int, int, str]:
    """What issues are ordered by, the oldest first: date, then number, then id."""
    return issue.date, _number(issue.total_number), _number(issue.number), issue.report


def read_names(connection: sqlite3.Connection) -> tuple[IssueName, ...]:
    """What the issues of an archive file are called, the oldest first."""
    return tuple(sorted((IssueName(*row) for row in connection.execute(_NAMES)), key=age_of))


def read_catalogue(connection: sqlite3.Connection) -> tuple[CatalogueEntry, ...]:
    """All issues of an archive file, the oldest first; one without a date comes before those with one."""
    return tuple(sorted(map(_entry, connection.execute(_ENTRIES)), key=age_of))


def _entry(row: tuple[Any, ...]) -> CatalogueEntry:
    report, path, title, number, total_number, date, sections, passages, not_understood = row
    return CatalogueEntry(
        report, path, title, number, total_number, date, sections, passages, tuple(json.loads(not_understood))
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
