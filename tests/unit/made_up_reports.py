"""Small reports for tests of index, retrieval and rebuild: one passage per line of the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cloudqa.documents import Document, Field, Metadata, Section, Span
from cloudqa.errors import UnreadableDocumentError
from cloudqa.language import sentence_spans
from cloudqa.passages import Passage, PassageKind


def make_report(report: str, text: str, path: str = "") -> Document:
    """A report whose first line is its title and only heading."""
    title = text.split("\n", 1)[0]
    return Document(
        report=report,
        path=path or f"{report}.md",
        text=text,
        metadata=Metadata(
            title=title,
            issue="3",
            fields=(Field("期号", "3", Span(0, 1)),),
            contents=((0, title, Span(0, len(title))),),
        ),
        sections=(
            Section(0, "", "", 0, None, Span(0, 0), Span(0, len(text))),
            Section(1, title, "一、", 1, 0, Span(0, len(title)), Span(0, len(text)), (("某人", Span(0, 1)),)),
        ),
        paragraphs=(),
        tables=(),
        pages=(0, len(title)),
        not_understood=("第二页的表没有读懂。",) if "读不懂" in text else (),
    )


def cut_lines(document: Document) -> list[Passage]:
    """Every line but the first as a passage."""
    passages: list[Passage] = []
    at = document.text.find("\n") + 1
    for line in document.text[at:].splitlines():
        if line:
            passages.append(_passage(document, line, at, len(passages)))
        at += len(line) + 1
    return passages


def _passage(document: Document, line: str, at: int, order: int) -> Passage:
    return Passage(
        id=hashlib.blake2b(f"{document.report}:{at}:{line}".encode(), digest_size=8).hexdigest(),
        report=document.report,
        kind=PassageKind.PROSE,
        section=document.section_path(1),
        text=line,
        context="",
        sentences=tuple(sentence_spans(line)),
        pieces=((0, len(line), Span(at, at + len(line))),),
        order=order,
    )


def read_report(file: Path, corpus: Path) -> Document:
    """Reads a file as UTF-8.

    Raises:
        UnreadableDocumentError: It is not UTF-8.
    """
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(f"{file.name} is not text.") from error
    return make_report(file.stem, text, file.relative_to(corpus).as_posix())
