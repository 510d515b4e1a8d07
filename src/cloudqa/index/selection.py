"""Rows of the index by report and section."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

_AT_ONCE = 500  # values in one statement


def rows_of(connection: sqlite3.Connection, reports: Sequence[str], sections: Sequence[str] = ()) -> list[int]:
    """The rows of the passages of some reports, ascending.

    Args:
        connection: The archive file.
        reports: Ids of the reports; () for all.
        sections: Only passages below a heading with one of these titles, numbering included; () for all.
    """
    found: list[tuple[int, str]] = []
    for start in range(0, max(1, len(reports)), _AT_ONCE):
        some = reports[start : start + _AT_ONCE]
        where = f" WHERE report IN ({', '.join('?' * len(some))})" if some else ""
        found.extend(connection.execute(f"SELECT row, section FROM passages{where}", some))
    wanted = set(sections)
    return sorted(row for row, path in found if not wanted or not wanted.isdisjoint(json.loads(path)))


def passages_with(connection: sqlite3.Connection, word: str) -> list[str]:
    """The texts of all passages that hold a word, by row."""
    found = connection.execute("SELECT text FROM passages WHERE instr(text, ?) > 0 ORDER BY row", (word,))
    return [text for (text,) in found]


def outermost_sections(connection: sqlite3.Connection) -> list[str]:
    """The titles of the outermost sections of all reports, numbering included, in order, each once."""
    paths = connection.execute("SELECT DISTINCT json_extract(section, '$[0]') FROM passages ORDER BY row")
    return [title for (title,) in paths if title]
