"""CSV files: what parts the cells of a row is told by the file itself."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from cloudqa.documents.blocks import Block
from cloudqa.documents.sheets import Row, Sheet, cell_line, write_sheets

_DELIMITERS = ",;\t|"
_STATED = re.compile(r"\ufeff?\"?sep=(?P<delimiter>[^\n])\"?\n", re.IGNORECASE)
_SAMPLE_CHARS = 64_000


def read_delimited(text: str, title: str) -> tuple[str, list[Block], list[str]]:
    """The canonical text of a CSV file, its blocks, and what could not be read.

    Cells are parted by a comma, semicolon, tab or bar, whichever parts most rows into equally many cells; a first line
    ``sep=;`` decides. Quotation marks that do not pair are read as characters.

    Args:
        text: The file, each line end one line feed.
        title: Heading of the whole.
    """
    stated = _STATED.match(text)
    delimiter = stated.group("delimiter") if stated else find_delimiter(text)
    body = text[stated.end() :] if stated else text
    problems: list[str] = []
    quoted = '"' in body
    if quoted and not _has_pairs(body, delimiter):
        quoted = False
        problems.append("Quotation marks do not pair; they were read as characters of the cells.")
    written, blocks = write_sheets(title, [Sheet("", _rows(body, delimiter, quoted=quoted))], rectangular=False)
    if len(blocks) == 1:
        problems.append("The file holds no cell with text.")
    return written, blocks, problems


def find_delimiter(text: str) -> str:
    """The character that parts the beginning of a text into rows of equally many cells; a comma where none does."""
    sample = text[:_SAMPLE_CHARS]
    if len(text) > _SAMPLE_CHARS and "\n" in sample:
        sample = sample[: sample.rindex("\n")]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that have the usual number of cells, and that number; nothing where it is one."""
    try:
        counts = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row)
    except csv.Error:
        counts = Counter(line.count(delimiter) + 1 for line in sample.split("\n") if line)
    parted = Counter({cells: rows for cells, rows in counts.items() if cells > 1})
    if not parted:
        return 0.0, 0
    usual = max(parted, key=lambda cells: (parted[cells], cells))
    return parted[usual] / counts.total(), usual


def _has_pairs(body: str, delimiter: str) -> bool:
    """Whether quotation marks pair: one without its pair would swallow the rest of the file."""
    for strict in (True, False):
        try:
            for _ in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=strict):
                pass
        except csv.Error as error:
            if "unexpected end" in str(error):
                return False
        else:
            return True
    return False


def _rows(body: str, delimiter: str, *, quoted: bool) -> Iterator[Row]:
    """The rows; without quotation marks not by the csv module, which limits the length of a cell."""
    parted: Iterator[list[str]]
    if quoted:
        parted = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    else:
        parted = (line.split(delimiter) for line in body.split("\n"))
    for number, cells in enumerate(parted):
        yield Row(number, tuple(map(cell_line, cells)))
