"""Reports added to the corpus from where the user has them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from cloudqa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Added:
    """What was added.

    Attributes:
        files: Names of the files that were copied.
        present: Names of those that the corpus has already; they were left as they are.
    """

    files: tuple[str, ...]
    present: tuple[str, ...]


def add_reports(place: str, corpus: Path) -> Added:
    """Copies a report, or all reports of a folder, into the corpus folder, which is made where it is missing.

    Args:
        place: Path of a file or folder as the user wrote it.
        corpus: The corpus folder.

    Raises:
        UsageError: There is no such file or folder, or no report in it, or it cannot be copied.
    """
    from cloudqa.index.freshness import REPORT_SUFFIXES as suffixes
    from cloudqa.index.freshness import find_reports

    path = Path(place.strip().strip("'\"")).expanduser()
    if path.is_dir():
        found = find_reports(path)
    else:
        found = [path] if path.is_file() and path.suffix.lower() in suffixes else []
    if not found:
        raise UsageError(f"There is no report at {path}.", f"Reports are {', '.join(sorted(suffixes))} files.")
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        present = tuple(file.name for file in found if (corpus / file.name).exists())
        copied = [file for file in found if file.name not in present]
        for file in copied:
            shutil.copy2(file, corpus / file.name)
    except OSError as error:
        raise UsageError(f"{error.filename or path}: {error.strerror or error}.", f"Check {corpus}.") from error
    return Added(tuple(file.name for file in copied), present)
