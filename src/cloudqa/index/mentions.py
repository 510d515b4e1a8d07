"""Where in the archive a name or a few words stand, report by report."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from cloudqa.index.archive import load_passages
from cloudqa.language import normal_text
from cloudqa.passages import Passage

_PARTS = re.compile(r"的|和|与|、|\s+")
_LEAST = 2  # characters of a part that is looked for by itself


def find_mentions(
    connection: sqlite3.Connection, what: str, reports: Iterable[str]
) -> dict[str, tuple[Passage, int, int]]:
    """For each report that speaks of something its first passage, and where in its text.

    The words are looked for as they are written; where no report has them so, all their parts (甲的价格: 甲 and 价格)
    in one passage with its headings.

    Args:
        connection: The archive file.
        what: A name or a few words.
        reports: The reports that are looked through.

    Returns:
        Report id to passage and half-open offsets into its text; reports without it are left out.
    """
    wanted = set(reports)
    for parts in ((what,), tuple(p for p in _PARTS.split(what) if len(p) >= _LEAST)):
        rows = _first_rows(connection, parts, wanted) if parts else {}
        if rows:
            return {report: _placed(connection, row, parts) for report, row in rows.items()}
    return {}


def _first_rows(connection: sqlite3.Connection, parts: tuple[str, ...], wanted: set[str]) -> dict[str, int]:
    """The first row of each report whose passage, or the headings above it, has all parts."""
    spellings = {part: {part, normal_text(part)} for part in parts}
    holds = " AND ".join(
        "(" + " OR ".join(["instr(text || section || context, ?) > 0"] * len(words)) + ")"
        for words in spellings.values()
    )
    values = [word for words in spellings.values() for word in sorted(words)]
    found = connection.execute(f"SELECT report, min(row) FROM passages WHERE {holds} GROUP BY report", values)
    return {report: row for report, row in found if report in wanted}


def _placed(connection: sqlite3.Connection, row: int, parts: tuple[str, ...]) -> tuple[Passage, int, int]:
    """The passage with the sentence that has the first part, else with its first sentence."""
    (passage,) = load_passages(connection, [row])
    at = max(0, passage.text.find(parts[0]))
    start, end = next(((a, b) for a, b in passage.sentences if a <= at < b), (0, len(passage.text)))
    return passage, start, end
