"""The packages import only from those to their left; the linter's contracts say which those are."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_the_contracts_hold(repository):
    pytest.importorskip("importlinter")
    code = "from importlinter.cli import lint_imports_command; lint_imports_command(prog_name='lint-imports')"
    outcome = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=repository, capture_output=True, encoding="utf-8", check=False
    )
    assert "0 broken" in outcome.stdout, outcome.stdout + outcome.stderr
    assert outcome.returncode == 0


def test_the_help_page_is_fresh(repository):
    words = [sys.executable, str(repository / "scripts" / "make_cli_docs.py"), "--check"]
    outcome = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert outcome.returncode == 0, outcome.stderr
