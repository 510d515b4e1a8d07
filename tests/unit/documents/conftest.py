"""Reports made up in a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cloudqa.documents import Document, read_document


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """A function that writes a text as a report and reads it."""

    def _read(text: str, name: str = "report.md") -> Document:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return read_document(path, tmp_path)

    return _read
