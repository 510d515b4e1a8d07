"""``cloudqa`` alone and ``cloudqa tui``: the interface on a terminal, help or an error elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudqa.tui import launching


@pytest.fixture
def launched(monkeypatch):
    """What the interface was opened with; it ends at once."""
    opened: list[object] = []
    monkeypatch.setattr(launching, "launch", lambda settings: opened.append(settings) or 0)
    return opened


@pytest.fixture
def on_terminal(monkeypatch):
    monkeypatch.setattr("cloudqa.cli.tui_command._on_terminal", lambda: True)


def test_alone_without_a_terminal_it_prints_the_help_as_for_wrong_use(cloudqa_run, launched):
    outcome = cloudqa_run()
    assert (outcome.code, outcome.out, launched) == (2, "", [])
    assert outcome.err.startswith("usage: cloudqa")


def test_the_command_without_a_terminal_says_what_it_needs(cloudqa_run, launched):
    outcome = cloudqa_run("tui")
    assert (outcome.code, launched) == (2, [])
    assert outcome.err.startswith("cloudqa: The interface needs a terminal.")


def test_alone_on_a_terminal_it_opens_the_interface(cloudqa_run, launched, on_terminal):
    assert cloudqa_run().code == 0
    assert len(launched) == 1


def test_the_command_opens_the_archive_that_it_names(cloudqa_run, launched, on_terminal):
    assert cloudqa_run("tui", "--corpus", "/reports", "--index", "/kept").code == 0
    assert (launched[0].corpus, launched[0].index) == (Path("/reports"), Path("/kept"))
