"""The questions asked before, to go through with the arrow keys; kept over sessions."""

from __future__ import annotations

import json
from pathlib import Path

from cloudqa.tui.places import write_text

_MOST = 1000


class History:
    """Questions, the latest last, and a place among them."""

    def __init__(self, path: Path) -> None:
        """The history stored in a file, which need not exist."""
        self._path = path
        self._questions = _read(path)
        self._at = len(self._questions)
        self._draft = ""

    def add(self, question: str) -> None:
        """Adds a question and goes to the end; one asked before is moved there.

        Raises:
            OSError: The file cannot be written; the question is in the history all the same.
        """
        self._questions = [*(q for q in self._questions if q != question), question][-_MOST:]
        self._at = len(self._questions)
        write_text(self._path, "".join(json.dumps(q, ensure_ascii=False) + "\n" for q in self._questions))

    def before(self, present: str) -> str | None:
        """The question before the present place, None at the beginning.

        Args:
            present: What is in the input now; comes back at the end of the history.
        """
        if self._at == 0:
            return None
        if self._at == len(self._questions):
            self._draft = present
        self._at -= 1
        return self._questions[self._at]

    def after(self) -> str | None:
        """The question after the present place, at the end what was being written, None beyond."""
        if self._at >= len(self._questions):
            return None
        self._at += 1
        return self._draft if self._at == len(self._questions) else self._questions[self._at]


def _read(path: Path) -> list[str]:
    """The questions in a file; what cannot be read is left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    questions: list[str] = []
    for line in lines:
        try:
            question = json.loads(line)
        except ValueError:
            continue
        if isinstance(question, str):
            questions.append(question)
    return questions[-_MOST:]
