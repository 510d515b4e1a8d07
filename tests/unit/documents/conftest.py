"""Reports made up in a test."""

import sys
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


@pytest.fixture
def count_steps() -> Callable[[Path], int]:
    """A function that counts the lines of this package that are run to read a file."""

    def _count(path: Path) -> int:
        steps = 0

        def trace(frame, event, _):
            nonlocal steps
            if "cloudqa" not in frame.f_code.co_filename:
                return None
            steps += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            read_document(path, path.parent)
        finally:
            sys.settrace(before)
        return steps

    return _count
