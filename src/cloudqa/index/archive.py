"""Reports and passages in SQLite: what a citation is resolved from, with or without the corpus."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from cloudqa.documents import Document, Field, Metadata, Section, Span
from cloudqa.documents.model import section_path
from cloudqa.passages import Passage, PassageKind

_TABLES = """
CREATE TABLE reports (
    report TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, about TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, report TEXT NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
    section TEXT NOT NULL, text TEXT NOT NULL, context TEXT NOT NULL, sentences TEXT NOT NULL, pieces TEXT NOT NULL);
CREATE INDEX passages_by_report ON passages (report, ordinal);
CREATE INDEX passages_by_id ON passages (id);
"""
_PASSAGE = "SELECT id, report, kind, section, text, context, sentences, pieces, ordinal FROM passages"


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


def create_archive(connection: sqlite3.Connection) -> None:
    """Makes the empty tables of a new generation."""
    connection.executescript(_TABLES)


def empty_archive(connection: sqlite3.Connection) -> None:
    """Removes all reports and passages, and nothing else."""
    connection.execute("DELETE FROM reports")
    connection.execute("DELETE FROM passages")


def insert_report(connection: sqlite3.Connection, stored: StoredReport) -> None:
    """Adds a report; reports are numbered in the order in which they come."""
    about = (stored.metadata, stored.sections, stored.pages, stored.not_understood)
    connection.execute(
        "INSERT INTO reports SELECT ?, count(*), ?, ?, ? FROM reports",
        (stored.report, stored.path, stored.text, _plain_json(about)),
    )


def insert_passages(connection: sqlite3.Connection, first_row: int, passages: Iterable[Passage]) -> None:
    """Adds passages as the rows ``first_row``, ``first_row + 1``, …: the rows of the vectors and postings."""
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(row, p.id, p.report, p.order, p.kind.value, _plain_json(p.section), p.text, p.context),
                *(_plain_json(p.sentences), _plain_json(p.pieces)),
            )
            for row, p in enumerate(passages, first_row)
        ),
    )


def list_reports(connection: sqlite3.Connection) -> list[str]:
    """The ids of all reports, in order."""
    return [report for (report,) in connection.execute("SELECT report FROM reports ORDER BY ordinal")]


def list_not_understood(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """What could not be read, by report; reports without such parts are left out."""
    found = connection.execute("SELECT report, json_extract(about, '$[3]') FROM reports ORDER BY ordinal")
    return {report: tuple(json.loads(parts)) for report, parts in found if parts != "[]"}


def load_report(connection: sqlite3.Connection, report: str) -> StoredReport | None:
    """One report, None if there is none of that id."""
    row = connection.execute("SELECT path, text, about FROM reports WHERE report = ?", (report,)).fetchone()
    if row is None:
        return None
    metadata, sections, pages, not_understood = json.loads(row[2])
    return StoredReport(
        report, row[0], row[1], _metadata(metadata), tuple(map(_section, sections)), tuple(pages), tuple(not_understood)
    )


def load_passages(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Passage]:
    """The passages of these rows, in the order asked for.

    Raises:
        KeyError: There is no such row.
    """
    found = {}
    for row in set(rows):
        stored = connection.execute(f"{_PASSAGE} WHERE row = ?", (row,)).fetchone()
        if stored is None:
            raise KeyError(row)
        found[row] = _passage(stored)
    return [found[row] for row in rows]


def iter_passages(connection: sqlite3.Connection, report: str | None = None) -> Iterator[Passage]:
    """All passages in order, or those of one report."""
    if report is None:
        yield from map(_passage, connection.execute(f"{_PASSAGE} ORDER BY row"))
    else:
        yield from map(_passage, connection.execute(f"{_PASSAGE} WHERE report = ? ORDER BY ordinal", (report,)))


def report_rows(connection: sqlite3.Connection, report: str) -> range:
    """The rows of a report's passages, which lie side by side."""
    low, count = connection.execute("SELECT min(row), count(*) FROM passages WHERE report = ?", (report,)).fetchone()
    return range(low or 0, (low or 0) + count)


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


def _passage(row: tuple[Any, ...]) -> Passage:
    identity, report, kind, section, text, context, sentences, pieces, order = row
    return Passage(
        id=identity,
        report=report,
        kind=PassageKind(kind),
        section=tuple(json.loads(section)),
        text=text,
        context=context,
        sentences=tuple((start, end) for start, end in json.loads(sentences)),
        pieces=tuple((start, end, Span(*span)) for start, end, span in json.loads(pieces)),
        order=order,
    )
