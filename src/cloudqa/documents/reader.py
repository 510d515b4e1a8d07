"""A file of the corpus to a :class:`Document`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cloudqa.documents.blocks import BOLD_WEIGHT, Block, Role
from cloudqa.documents.decoding import decode
from cloudqa.documents.front_matter import override, read_front_matter
from cloudqa.documents.headings import mark_headings
from cloudqa.documents.imprint import mark_labelled
from cloudqa.documents.joining import join_paragraphs
from cloudqa.documents.model import Document, Metadata, RawCell
from cloudqa.documents.plain import scan
from cloudqa.documents.stray_blanks import close_blanks, close_metadata, has_stray_blanks
from cloudqa.documents.surroundings import attach_surroundings
from cloudqa.documents.titlepage import build_metadata, mark_contents, mark_title
from cloudqa.documents.tree import build_tree
from cloudqa.errors import UnreadableDocumentError

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]+")
_MOST_NAMED = 20


def read_document(path: Path, corpus: Path) -> Document:
    """The report in a file.

    Args:
        path: The file; its suffix, in any case, says the format.
        corpus: The corpus folder that the report's path is given relative to.

    Raises:
        UnreadableDocumentError: The file cannot be opened, its suffix is not in :data:`SUFFIXES`, it is text
            in no encoding that :func:`~cloudqa.documents.decoding.decode` knows, or it is damaged or encrypted
            (``.docx``, ``.xlsx``).
    """
    shown = _shown_path(path, corpus)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableDocumentError(
            f"{shown} is of a kind that cannot be read.", f"Reports are {', '.join(SUFFIXES)} files."
        )
    try:
        return _READERS[suffix](path, shown)
    except OSError as error:
        raise UnreadableDocumentError(
            f"{shown} cannot be opened: {error.strerror or error}.", "Check its permissions."
        ) from error


def _read_plain(path: Path, shown: str) -> Document:
    text = decode(path.read_bytes(), shown)
    given, start = read_front_matter(text)
    document = _understood(path.stem, shown, text, scan(text, start))
    return replace(document, metadata=override(document.metadata, given)) if given else document


def _read_web(path: Path, shown: str) -> Document:
    from cloudqa.documents.web import read_web  # here and below: only what reads this format

    page = read_web(path.read_bytes(), shown)
    document = _understood(path.stem, shown, page.text, page.blocks, page.hints)
    return replace(document, metadata=override(document.metadata, page.given)) if page.given else document


def _read_printed(path: Path, shown: str) -> Document:
    from cloudqa.documents.pdf import read_pdf

    report = read_pdf(path, shown)
    document = _understood(path.stem, shown, report.text, report.blocks, report.hints)
    return replace(
        document, pages=report.pages, not_understood=(*report.problems, *document.not_understood)
    )  # fmt: skip


def _read_word(path: Path, shown: str) -> Document:
    from cloudqa.documents.word import read_word

    report = read_word(path, shown)
    document = _understood(path.stem, shown, report.text, report.blocks, report.hints)
    return replace(document, not_understood=(*report.problems, *document.not_understood))


def _read_delimited(path: Path, shown: str) -> Document:
    from cloudqa.documents.delimited import read_delimited

    return _arranged(path.stem, shown, *read_delimited(decode(path.read_bytes(), shown), path.stem))


def _read_workbook(path: Path, shown: str) -> Document:
    from cloudqa.documents.workbook import read_workbook

    return _arranged(path.stem, shown, *read_workbook(path, shown))


_READERS: Mapping[str, Callable[[Path, str], Document]] = {
    ".md": _read_plain,
    ".markdown": _read_plain,
    ".txt": _read_plain,
    ".html": _read_web,
    ".htm": _read_web,
    ".xhtml": _read_web,
    ".pdf": _read_printed,
    ".docx": _read_word,
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
}
SUFFIXES = tuple(_READERS)
"""File name endings, lower case, that :func:`read_document` reads."""


def _shown_path(path: Path, corpus: Path) -> str:
    try:
        return path.absolute().relative_to(corpus.absolute()).as_posix()
    except ValueError:
        return path.name


def _understood(report: str, shown: str, text: str, blocks: Sequence[Block], hints: Sequence[str] = ()) -> Document:
    marked = mark_contents(attach_surroundings(blocks))
    marked = mark_headings(mark_labelled(marked))
    marked, title_at = mark_title(marked)
    metadata = build_metadata(text, marked, title_at, report, hints)
    joined = join_paragraphs(text, marked)
    if has_stray_blanks(joined):
        joined, metadata = close_blanks(text, joined), close_metadata(metadata)
    return _document(report, shown, text, joined, metadata)


def _arranged(report: str, shown: str, text: str, blocks: Sequence[Block], problems: Sequence[str]) -> Document:
    """The report of a file of sheets: its headings are known, the first of them is its title."""
    metadata = build_metadata(text, blocks, 0, report)
    marked = attach_surroundings(blocks)
    # A sheet named as captions are (表1 产量) is its table's caption and a section all the same.
    marked = [replace(block, role=Role.HEADING) if block.weight < BOLD_WEIGHT else block for block in marked]
    document = _document(report, shown, text, join_paragraphs(text, marked), metadata)
    return replace(document, not_understood=(*problems, *document.not_understood))


def _document(report: str, shown: str, text: str, joined: Sequence[Block], metadata: Metadata) -> Document:
    tree = build_tree(text, joined)
    return Document(
        report=report,
        path=shown,
        text=text,
        metadata=metadata,
        sections=tree.sections,
        paragraphs=tree.paragraphs,
        tables=tree.tables,
        not_understood=_not_understood(text, joined),
    )


def _not_understood(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """What is there but says nothing to the reader: control characters, rows with too few cells."""
    problems: list[str] = []
    line, at, more = 1, 0, 0
    for m in _CONTROL.finditer(text):
        if len(problems) == _MOST_NAMED:
            more += 1
            continue
        line += text.count("\n", at, m.start())
        at = m.start()
        problems.append(f"Line {line}: characters that are no text (U+{ord(m.group()[0]):04X}).")
    if more:
        problems.append(f"{more} more places with characters that are no text.")
    for block in blocks:
        if block.unclear:
            line = text.count("\n", 0, block.span.start) + 1
            problems.append(f"Line {line}: lines that look like a table whose columns cannot be told.")
    return (*problems, *_short_rows(text, [block for block in blocks if block.role is Role.GRID and not block.aligned]))


def _short_rows(text: str, grids: Sequence[Block]) -> list[str]:
    problems: list[str] = []
    line, at, more = 1, 0, 0
    for row in (row for block in grids for row in block.grid):
        missing = _added_cells(row)
        if missing and len(problems) == _MOST_NAMED:
            more += 1
        elif missing:
            line += text.count("\n", at, row[0].span.start)
            at = row[0].span.start
            problems.append(f"Line {line}: a table row with {len(row) - missing} of {len(row)} cells.")
    return problems + ([f"{more} more table rows with too few cells."] if more else [])


def _added_cells(row: Sequence[RawCell]) -> int:
    """How many cells a row lacked: those added stand all at the end of its last one."""
    last = row[-1].span
    if last.start != last.end:
        return 0
    same = next((i for i, cell in enumerate(reversed(row)) if cell.span != last), len(row))
    before = row[-same - 1].span if same < len(row) else None
    return same if before is not None and before.end == last.start else same - 1
