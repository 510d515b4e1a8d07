"""Where a command writes: answers on stdout, everything else on stderr, nothing that could steer the terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from cloudqa.terminal_text import cut_to_width as cut_to_width
from cloudqa.terminal_text import escaped_json as escaped_json
from cloudqa.terminal_text import one_line as one_line
from cloudqa.terminal_text import visible as visible

_BOLD, _DIM, _REVERSE, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[7m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Style:
    """Bold, dim and reversed text on a terminal that wants it, plain text otherwise."""

    colour: bool = False

    def bold(self, text: str) -> str:
        """The text in bold."""
        return f"{_BOLD}{text}{_PLAIN}" if self.colour else text

    def dim(self, text: str) -> str:
        """The text dimmed."""
        return f"{_DIM}{text}{_PLAIN}" if self.colour else text

    def marked(self, text: str) -> str:
        """The text marked as a quote: reversed, or between ⟦ and ⟧ where there is no colour."""
        return f"{_REVERSE}{text}{_PLAIN}" if self.colour else f"⟦{text}⟧"


class Console:
    """The two output streams of one run.

    Args:
        out: Where answers go; None where the caller closed it.
        err: Where progress, warnings and errors go; None where the caller closed it.
        style: How answers are marked up.
    """

    def __init__(self, out: TextIO | None, err: TextIO | None, style: Style) -> None:
        self._out = out
        self._err = err
        self.style = style

    @classmethod
    def standard(cls, environ: Mapping[str, str] | None = None) -> Console:
        """The process's own streams: UTF-8 off a terminal; colour on one, unless NO_COLOR or TERM=dumb says no."""
        environ = os.environ if environ is None else environ
        out = sys.stdout
        is_terminal = out is not None and out.isatty()
        for stream in (out, sys.stderr):
            _make_lossless(stream)
        wanted = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        return cls(out, sys.stderr, Style(colour=is_terminal and wanted))

    def write(self, text: str) -> None:
        """Writes lines of an answer to stdout.

        Raises:
            OSError: The reader has gone or the disk is full.
        """
        self.put(text + "\n")

    def put(self, text: str) -> None:
        """Writes text to stdout that brings its own line ends.

        Raises:
            OSError: The reader has gone or the disk is full.
        """
        if self._out is not None:
            self._out.write(text)

    def flush(self) -> None:
        """Hands on what was written.

        Raises:
            OSError: The reader has gone or the disk is full.
        """
        if self._out is not None:
            self._out.flush()

    def say(self, text: str) -> None:
        """Writes one line to stderr; a stderr that nobody reads is no error."""
        self.explain(one_line(text))

    def explain(self, text: str) -> None:
        """Writes lines to stderr as they are laid out; a stderr that nobody reads is no error."""
        if self._err is not None:
            with suppress(OSError):
                self._err.write(visible(text) + "\n")
                self._err.flush()

    @property
    def on_terminal(self) -> bool:
        """Whether stderr is a terminal that lines can be written over on."""
        return self._err is not None and self._err.isatty() and os.environ.get("TERM") != "dumb"

    def redraw(self, text: str) -> None:
        """Writes one line to stderr over the one that was drawn before, cut to the width; "" clears it."""
        if self._err is not None:
            width = max(1, shutil.get_terminal_size().columns - 1)
            with suppress(OSError):
                self._err.write("\r\x1b[K" + cut_to_width(one_line(text), width))
                self._err.flush()

    def abandon(self) -> None:
        """Points stdout at nothing, so that the interpreter does not fail on it once more at exit."""
        with suppress(OSError, ValueError, io.UnsupportedOperation):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _make_lossless(stream: TextIO | None) -> None:
    """Lets a stream take any text: UTF-8 off a terminal, and an escape for what its encoding cannot say."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
