"""Sentences of the archive that correct something, found by the words that do."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from cloudqa.index.archive import load_passages

_WORDS = ("更正", "应为", "修正为", "修订为", "订正", "勘误", "补充披露", "补正", "原刊", "重述", "误为", "误作")


@dataclass(frozen=True, slots=True)
class CorrectingSentence:
    """A sentence that corrects something.

    Attributes:
        report: Id of its report.
        text: Verbatim.
        start: Where it begins in the report's canonical text.
        section: Headings above it, outermost first.
    """

    report: str
    text: str
    start: int
    section: tuple[str, ...]


def correcting_sentences(connection: sqlite3.Connection) -> list[CorrectingSentence]:
    """All sentences with a word of correcting, by row; one that a page break cuts is left out."""
    holds = " OR ".join(["instr(text, ?) > 0"] * len(_WORDS))
    rows = [row for (row,) in connection.execute(f"SELECT row FROM passages WHERE {holds} ORDER BY row", _WORDS)]
    found = []
    for passage in load_passages(connection, rows):
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            spans = passage.source_spans(start, end)
            if len(spans) == 1 and any(word in sentence for word in _WORDS):
                found.append(CorrectingSentence(passage.report, sentence, spans[0].start, passage.section))
    return found
