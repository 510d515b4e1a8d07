"""Reports and passages in SQLite: what a citation is resolved from, with or without the corpus."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from cloudqa.documents import Document, Field, Metadata, Section, Span
from cloudqa.documents.model import section_path
from cloudqa.passages import Passage, PassageKind

_TABLES = """
CREATE TABLE reports (number INTEGER PRIMARY KEY, report TEXT NOT NULL UNIQUE, path TEXT NOT NULL, about TEXT NOT NULL);
CREATE TABLE report_texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE report_places (
    number INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, first_row INTEGER NOT NULL, passages INTEGER NOT NULL);
CREATE TABLE passage_texts (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL,
    context TEXT NOT NULL, sentences TEXT NOT NULL, pieces TEXT NOT NULL);
CREATE VIEW passages AS
    SELECT a.first_row + (p.place & 16777215) AS row, p.id, r.report, p.place & 16777215 AS ordinal, p.kind, p.section,
    p.text, p.context, p.sentences, p.pieces
    FROM reports r JOIN report_places a ON a.number = r.number
    JOIN passage_texts p ON p.place BETWEEN r.number << 24 AND (r.number << 24) + 16777215;
"""
# The rows of passages move when a report before theirs comes or goes. A passage is therefore stored under its report's
# number, which stays, and its own within the report; only `report_places` says which row the first one has.
_PLACES = 24  # bits for a passage's number within its report
_COLUMNS = "SELECT id, kind, section, text, context, sentences, pieces, place FROM passage_texts"


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the index keeps it: a :class:`~cloudqa.documents.Document` without its paragraphs and tables.

    Attributes:
        report: Its id.
        path: Its file, relative to the corpus folder.
        text: The canonical text, which every offset counts in.
        metadata: What the issue says of itself.
        sections: In reading order; the first is the root.
        pages: Start offset of each page, () where the format has none.
        not_understood: What could not be read, each as one sentence naming the place.
    """

    report: str
    path: str
    text: str
    metadata: Metadata
    sections: tuple[Section, ...]
    pages: tuple[int, ...]
    not_understood: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> StoredReport:
        """What is kept of a document."""
        return cls(**{f.name: getattr(document, f.name) for f in fields(cls)})

    def section_path(self, section: int) -> tuple[str, ...]:
        """Titles from the outermost section to this one, numbering included, the root left out."""
        return section_path(self.sections, section)

    def line(self, offset: int) -> int:
        """The 1-based line that an offset into the text lies on."""
        return self.text.count("\n", 0, offset) + 1

    def page(self, offset: int) -> int | None:
        """The 1-based page that an offset lies on, None where the format has no pages."""
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True)
class IssueHead:
    """What a report says of itself.

    Attributes:
        report: Its id.
        title: The periodical's title, "" if unknown.
        issue: The issue's number within the year, "" if unknown.
        total_issue: The running number, "" if unknown.
        date: ISO year, month or day, "" if unknown.
        signed: Titles of the sections that somebody is responsible for.
    """

    report: str
    title: str
    issue: str
    total_issue: str
    date: str
    signed: tuple[str, ...]


def head_of(stored: StoredReport) -> IssueHead:
    """What a report says of itself."""
    meta = stored.metadata
    signed = tuple(section.title for section in stored.sections if section.authors)
    return IssueHead(stored.report, meta.title, meta.issue, meta.total_issue, meta.date, signed)


def list_heads(connection: sqlite3.Connection) -> list[IssueHead]:
    """What all reports say of themselves, in order, without loading them."""
    found = connection.execute("SELECT report, about FROM reports JOIN report_places USING (number) ORDER BY ordinal")
    heads = []
    for report, about in found:
        metadata, sections = json.loads(about)[:2]
        own = dict(zip((f.name for f in fields(Metadata)), metadata, strict=True))
        parts = (dict(zip((f.name for f in fields(Section)), section, strict=True)) for section in sections)
        signed = tuple(part["title"] for part in parts if part["authors"])
        heads.append(IssueHead(report, own["title"], own["issue"], own["total_issue"], own["date"], signed))
    return heads


def create_archive(connection: sqlite3.Connection) -> None:
    """Makes the empty tables of a new generation."""
    connection.executescript(_TABLES)


def delete_report(connection: sqlite3.Connection, report: str) -> None:
    """Removes a report with its passages; one that is not there changes nothing."""
    found = connection.execute("SELECT number FROM reports WHERE report = ?", (report,)).fetchone()
    if found is None:
        return
    connection.execute("DELETE FROM passage_texts WHERE place BETWEEN ? AND ?", _bounds(found[0]))
    for table in ("reports", "report_texts", "report_places"):
        connection.execute(f"DELETE FROM {table} WHERE number = ?", found)


def insert_report(connection: sqlite3.Connection, stored: StoredReport, passages: Iterable[Passage]) -> None:
    """Adds a report with its passages; it has no place among the rows before :func:`place_reports`."""
    about = (stored.metadata, stored.sections, stored.pages, stored.not_understood)
    cursor = connection.execute(
        "INSERT INTO reports (report, path, about) VALUES (?, ?, ?)", (stored.report, stored.path, _plain_json(about))
    )
    number = int(cursor.lastrowid or 0)
    connection.execute("INSERT INTO report_texts VALUES (?, ?)", (number, stored.text))
    connection.executemany(
        "INSERT INTO passage_texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(place, p.id, p.kind.value, _plain_json(p.section), p.text, p.context),
                *(_plain_json(p.sentences), _plain_json(p.pieces)),
            )
            for place, p in enumerate(passages, number << _PLACES)
        ),
    )


def place_reports(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Numbers the passages of all reports as rows, from 0; what stays in its place is not written anew.

    Args:
        connection: The archive file.
        counts: How many passages each report has, in the order that the reports are to have.
    """
    places = []
    row = 0
    numbers = dict(connection.execute("SELECT report, number FROM reports"))
    for ordinal, (report, count) in enumerate(counts.items()):
        places.append((numbers[report], ordinal, row, count))
        row += count
    known = set(connection.execute("SELECT number, ordinal, first_row, passages FROM report_places"))
    connection.executemany(
        "INSERT OR REPLACE INTO report_places VALUES (?, ?, ?, ?)", (place for place in places if place not in known)
    )


def list_reports(connection: sqlite3.Connection) -> list[str]:
    """The ids of all reports, in order."""
    return [place.report for place in list_places(connection)]


def list_not_understood(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """What could not be read, by report; reports without such parts are left out."""
    found = connection.execute(
        "SELECT report, json_extract(about, '$[3]') FROM reports JOIN report_places USING (number) ORDER BY ordinal"
    )
    return {report: tuple(json.loads(parts)) for report, parts in found if parts != "[]"}


def load_report(connection: sqlite3.Connection, report: str) -> StoredReport | None:
    """One report, None if there is none of that id."""
    row = connection.execute(
        "SELECT path, text, about FROM reports JOIN report_texts USING (number) WHERE report = ?", (report,)
    ).fetchone()
    if row is None:
        return None
    metadata, sections, pages, not_understood = json.loads(row[2])
    return StoredReport(
        report, row[0], row[1], _metadata(metadata), tuple(map(_section, sections)), tuple(pages), tuple(not_understood)
    )


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Where the passages of a report stand.

    Attributes:
        report: Its id.
        number: What its passages are stored under.
        rows: Their rows.
    """

    report: str
    number: int
    rows: range


def list_places(connection: sqlite3.Connection) -> list[ReportPlace]:
    """The places of all reports, in order."""
    found = connection.execute(
        "SELECT report, number, first_row, passages FROM report_places JOIN reports USING (number) ORDER BY ordinal"
    )
    return [ReportPlace(report, number, range(row, row + count)) for report, number, row, count in found]


def load_passages(
    connection: sqlite3.Connection, rows: Sequence[int], places: Sequence[ReportPlace] | None = None
) -> list[Passage]:
    """The passages of these rows, in the order asked for.

    Args:
        connection: The archive file.
        rows: Their rows.
        places: What :func:`list_places` gives, where it is known already.

    Raises:
        KeyError: There is no such row.
    """
    places = list_places(connection) if places is None else places
    found = {}
    for row in set(rows):
        at = bisect_right(places, row, key=lambda place: place.rows.start) - 1
        while at >= 0 and not places[at].rows:  # reports without passages share the row of the next one
            at -= 1
        if at < 0 or row not in places[at].rows:
            raise KeyError(row)
        place = (places[at].number << _PLACES) + row - places[at].rows.start
        stored = connection.execute(f"{_COLUMNS} WHERE place = ?", (place,)).fetchone()
        if stored is None:
            raise KeyError(row)
        found[row] = _passage(places[at].report, stored)
    return [found[row] for row in rows]


def iter_passages(connection: sqlite3.Connection, report: str | None = None) -> Iterator[Passage]:
    """All passages in order, or those of one report."""
    for place in list_places(connection):
        if report is None or report == place.report:
            rows = connection.execute(f"{_COLUMNS} WHERE place BETWEEN ? AND ? ORDER BY place", _bounds(place.number))
            yield from (_passage(place.report, row) for row in rows)


def report_rows(connection: sqlite3.Connection, report: str) -> range:
    """The rows of a report's passages, which lie side by side."""
    return next((place.rows for place in list_places(connection) if place.report == report), range(0))


def _bounds(number: int) -> tuple[int, int]:
    """The first and the last place that passages of a report can have."""
    return number << _PLACES, ((number + 1) << _PLACES) - 1


def _plain_json(value: object) -> str:
    """JSON in which a dataclass is the list of its fields' values."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if is_dataclass(value):
        return [_plain(getattr(value, f.name)) for f in fields(value)]
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _span(plain: list[int] | None) -> Span | None:
    return None if plain is None else Span(*plain)


def _metadata(plain: list[Any]) -> Metadata:
    values = dict(zip((f.name for f in fields(Metadata)), plain, strict=True))
    values["fields"] = tuple(Field(label, value, _span(span)) for label, value, span in values["fields"])
    values["contents"] = tuple((depth, entry, Span(*span)) for depth, entry, span in values["contents"])
    return Metadata(**values)


def _section(plain: list[Any]) -> Section:
    values = dict(zip((f.name for f in fields(Section)), plain, strict=True))
    values["heading"], values["span"] = Span(*values["heading"]), Span(*values["span"])
    values["authors"] = tuple((name, Span(*place)) for name, place in values["authors"])
    return Section(**values)


def _passage(report: str, row: tuple[Any, ...]) -> Passage:
    identity, kind, section, text, context, sentences, pieces, place = row
    return Passage(
        id=identity,
        report=report,
        kind=PassageKind(kind),
        section=tuple(json.loads(section)),
        text=text,
        context=context,
        sentences=tuple((start, end) for start, end in json.loads(sentences)),
        pieces=tuple((start, end, Span(*span)) for start, end, span in json.loads(pieces)),
        order=place & ((1 << _PLACES) - 1),
    )
