"""What a command imports: the linter sees the static graph, these see what is really loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "numpy", "textual", "pydantic", "opencc", "sqlite3")
_REPORT = "import json, sys; print('\\n' + json.dumps(sorted(set(sys.modules) & set({names!r}))))"


def loaded(code: str, names: tuple[str, ...] = HEAVY, cwd: str | None = None) -> list[str]:
    """Which of the named modules a fresh interpreter has loaded after the code."""
    outcome = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_REPORT.format(names=names)}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return json.loads(outcome.stdout.splitlines()[-1])


def test_the_package_itself_costs_nothing():
    assert loaded("import cloudqa") == []


@pytest.mark.parametrize(
    "words", [["--help"], ["ask", "--help"], ["--version"], ["ask", ""], ["ask", "--top-k", "x", "y"]]
)
def test_help_and_wrong_use_load_nothing_heavy(words):
    assert loaded(f"from cloudqa.cli.main import main; main({words!r})") == []


@pytest.mark.parametrize("package", ["language", "quantities", "documents", "passages", "tables", "facts", "questions"])
def test_the_numeric_path_imports_no_vectors(package):
    assert loaded(f"import cloudqa.{package}", ("torch", "sentence_transformers", "faiss", "numpy", "textual")) == []
