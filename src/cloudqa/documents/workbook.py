"""XLSX workbooks: the sheets as they would be printed, with the results that the file holds of its formulas."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloudqa.documents.blocks import Block
from cloudqa.documents.number_formats import printed
from cloudqa.documents.sheets import Merge, Row, Sheet, cell_line, write_sheets
from cloudqa.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")  # the container of encrypted files, and of .xls
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_BYTES = 2**30
_MOST_NAMED = 20
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s?\d*", re.IGNORECASE)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
# A formula followed by no result; where the result is an empty text the cell's type says so.
_NO_RESULT = re.compile(
    rb"<c\b(?![^>]*\bt=\"str\")[^>]*\br=\"([A-Z]+\d+)\"(?![^>]*\bt=\"str\")[^>]*>\s*"
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(slots=True)
class _Problems:
    """What could not be read, each kind named a limited number of times."""

    lines: list[str]
    unnamed: int = 0

    def add(self, problem: str) -> None:
        """Names a problem, or counts it where enough are named."""
        if len(self.lines) < _MOST_NAMED:
            self.lines.append(problem)
        else:
            self.unnamed += 1

    def all(self) -> list[str]:
        """The problems named, and how many are not."""
        return [*self.lines, *([f"{self.unnamed} more cells like these."] if self.unnamed else [])]


def read_workbook(path: Path, shown: str) -> tuple[str, list[Block], list[str]]:
    """The canonical text of an XLSX file, its blocks, and what could not be read.

    Every sheet that holds text is read, hidden ones too; those are named, since who opens the file does not see them.
    Named as well: formulas whose result the file does not hold, cells that hold an error, sheets that are charts.

    Args:
        path: The file; its name without suffix is the heading of the whole.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is encrypted, of the old XLS format, damaged, or too large.
    """
    _check_container(path, shown)
    problems = _Problems([])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl cannot keep (styles, validations), all beside the cells
            text, blocks = _written(path, problems)
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the file cannot be opened; openpyxl's own complaints of this kind have no number
        raise UnreadableDocumentError(
            f"{shown} is not an XLSX file or is damaged.", "Open and save it again as .xlsx, or save it as .csv."
        ) from error
    if len(blocks) == 1:
        problems.add("The workbook holds no cell with text.")
    return text, blocks, problems.all()


def _check_container(path: Path, shown: str) -> None:
    with path.open("rb") as stream:
        head = stream.read(len(_COMPOUND))
        if head == _COMPOUND:
            encrypted = _ENCRYPTED in stream.read()
            kind = "encrypted with a password" if encrypted else "a workbook of the old XLS format"
            raise UnreadableDocumentError(f"{shown} is {kind}.", "Open it and save it as .xlsx without a password.")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise UnreadableDocumentError(
                    f"{shown} unpacks to more than {_MOST_BYTES // 2**20} MB.", "Save its sheets as .csv files."
                )


def _written(path: Path, problems: _Problems) -> tuple[str, list[Block]]:
    from openpyxl.reader.excel import ExcelReader

    with path.open("rb") as stream:
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read()
        places = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
        for chart in reader.wb.chartsheets:
            problems.add(f"Sheet “{chart.title}” is a chart; it was not read.")
        alone = len(reader.wb.worksheets) == 1
        return write_sheets(path.stem, _sheets(reader, places, alone, problems), rectangular=True)


def _sheets(reader: ExcelReader, places: dict[str, str], alone: bool, problems: _Problems) -> Iterator[Sheet]:
    for worksheet in reader.wb.worksheets:
        name = str(worksheet.title)
        if worksheet.sheet_state != "visible":
            problems.add(f"Sheet “{name}” is hidden in the workbook; it was read.")
        source = reader.archive.read(places[name])
        for found in _NO_RESULT.finditer(source):
            problems.add(f"Sheet “{name}”, cell {found.group(1).decode()}: a formula without a stored result.")
        worksheet.reset_dimensions()  # what the file says of its size is often wrong
        heading = "" if alone and _DEFAULT_NAME.fullmatch(name) else name
        yield Sheet(heading, _rows(worksheet, name, problems), _merges(source))


def _merges(source: bytes) -> dict[tuple[int, int], Merge]:
    from openpyxl.utils import column_index_from_string

    merges: dict[tuple[int, int], Merge] = {}
    for found in _MERGE.finditer(source):
        left, top, right, bottom = (part.decode() for part in found.groups())
        first = (int(top) - 1, column_index_from_string(left) - 1)
        merges[first] = Merge(int(bottom) - 1, column_index_from_string(right) - 1)
    return merges


def _rows(worksheet: ReadOnlyWorksheet, name: str, problems: _Problems) -> Iterator[Row]:
    for number, cells in enumerate(worksheet.iter_rows()):
        texts: list[str] = []
        for cell in cells:
            value = cell.value
            if isinstance(value, str):
                texts.append(cell_line(value))
                if cell.data_type == "e":
                    problems.add(f"Sheet “{name}”, cell {cell.coordinate}: the error {value}.")
            else:
                texts.append("" if value is None else printed(value, cell.number_format))
        yield Row(number, tuple(texts))
