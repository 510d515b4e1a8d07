"""Streams: what a real process writes where, and what happens when nobody reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cloudqa.cli.console import Console, escaped_json, one_line, visible


def cloudqa(*words: str | bytes, **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cloudqa", *words],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        check=False,
        **options,
    )


def test_a_reader_that_went_away_is_no_error_to_speak_of():
    read_end, write_end = os.pipe()
    os.close(read_end)
    outcome = cloudqa("--help", stdout=write_end)
    os.close(write_end)
    assert (outcome.returncode, outcome.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_line():
    with open("/dev/full", "wb") as full:
        outcome = cloudqa("--help", stdout=full)
    assert (outcome.returncode, outcome.stderr) == (3, b"cloudqa: No space left on device.\n")


def test_bytes_that_are_not_utf8_on_the_command_line():
    outcome = cloudqa("ask", b"\xe4\xb8", stdout=subprocess.PIPE)
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert outcome.stderr == b"cloudqa: The question is not valid UTF-8. Check the encoding of the terminal or file.\n"


def test_output_is_utf8_whatever_the_locale():
    outcome = cloudqa("ask", "", stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert "本期的主编是谁？".encode() in outcome.stderr


def test_an_unknown_word_with_control_characters_stays_one_harmless_line():
    outcome = cloudqa("ask", "问", "--format", "x\x1b[2J\ny", stdout=subprocess.PIPE)
    assert outcome.returncode == 2
    assert b"\x1b" not in outcome.stderr
    assert outcome.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb", "a\nb"),
        ("\x00\x1b[0m\x7f\x85\x9b", "[0m"),
        ("甲\u202e乙\u2066丙", "甲乙丙"),
    ],
)
def test_visible_keeps_newline_and_tab_only(text, shown):
    assert visible(text) == shown


def test_one_line_folds_blanks():
    assert one_line(" a\n\n b\x1b ") == "a b"


def test_escaped_json_is_the_same_data():
    assert escaped_json('"a\x9b\x7f\u202e"') == '"a\\u009b\\u007f\\u202e"'


class _Terminal:
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environ", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal_unless_unwanted(monkeypatch, environ, colour):
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert Console.standard(environ).style.colour is colour


def test_no_colour_off_a_terminal(capsys):
    assert Console.standard({}).style.colour is False
