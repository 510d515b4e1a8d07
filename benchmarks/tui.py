"""The terminal interface in a real pseudo-terminal: first paint, keystroke echo, memory.

    python benchmarks/tui.py [--rounds 5] [--keys 120]

First paint is the time from starting the process until the first words are on the screen, beside that of a bare Textual
application with one Static. Echo is the time from writing a character to the terminal until it comes back drawn: while
nothing else happens, while answers are computed without a pause, while the index is rebuilt without a pause, and with
500 cards in the conversation. Memory is the peak of the process with 500 cards.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp

REPOSITORY = Path(__file__).resolve().parent.parent
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare-and-ready")
Bare().run()
"""
QUESTIONS = ("区块链在跨境支付中的作用", "第二季度净营收排名", "公有云市场的竞争如何？")
CARDS = 500
FIRST_CHARACTER = 0x4E00  # CJK ideographs, each typed once, so that its echo cannot be mistaken


@dataclass
class Terminal:
    """A process in a pseudo-terminal of 120 columns and 40 lines."""

    process: subprocess.Popen[bytes]
    master: int
    started: float

    @classmethod
    def start(cls, words: list[str], environ: dict[str, str]) -> Terminal:
        """Starts a program."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        started = time.perf_counter()
        process = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True)
        os.close(slave)
        return cls(process, master, started)

    def wait_for(self, text: str, limit_s: float = 30.0) -> float:
        """Seconds until a text has been drawn."""
        wanted, seen, began = text.encode(), b"", time.perf_counter()
        while wanted not in seen:
            if time.perf_counter() - began > limit_s:
                raise TimeoutError(f"{text!r} was not drawn")
            seen = seen[-4096:] + self.read(0.05)
        return time.perf_counter() - began

    def read(self, wait_s: float) -> bytes:
        """What the program writes within so many seconds; its first part."""
        ready, _, _ = select.select([self.master], [], [], wait_s)
        try:
            return os.read(self.master, 65536) if ready else b""
        except OSError:
            return b""

    def drain(self, quiet_s: float) -> None:
        """Reads until nothing has come for so long."""
        while self.read(quiet_s):
            pass

    def type(self, text: str) -> None:
        """Types a text."""
        os.write(self.master, text.encode())

    def peak_mb(self) -> float:
        """The most memory that the process has had, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def end(self) -> None:
        """Ends the program."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def environment(home: Path) -> dict[str, str]:
    source = os.pathsep.join(filter(None, [str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", "")]))
    return {
        **os.environ,
        "PYTHONPATH": source,
        "LANG": "zh_CN.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "XDG_DATA_HOME": str(home / "user"),
        "CLOUDQA_CORPUS": str(home / "corpus"),
        "CLOUDQA_INDEX": str(home / "index"),
    }


def first_paint(rounds: int, environ: dict[str, str]) -> dict[str, float]:
    """Median seconds to the first words, in turns."""
    commands = {
        "bare": ([sys.executable, "-c", BARE], "bare-and-ready"),
        "cloudqa": ([sys.executable, "-m", "cloudqa", "tui"], "问档案"),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (words, sentinel) in commands.items():
            terminal = Terminal.start(words, environ)
            terminal.wait_for(sentinel)
            taken[name].append(time.perf_counter() - terminal.started)
            terminal.end()
    return {name: statistics.median(times) for name, times in taken.items()}


def echo(mode: str, keys: int, environ: dict[str, str]) -> dict[str, float]:
    """Median and 95th percentile of the echo in milliseconds, and the peak of memory in MB."""
    terminal = Terminal.start([sys.executable, __file__, "--child", mode], environ)
    terminal.wait_for("READY", 120)
    terminal.drain(0.3) if mode in ("idle", "cards") else time.sleep(1)
    taken: list[float] = []
    for number in range(keys):
        if number % 40 == 39:
            terminal.type("\x15")  # Ctrl+U empties the line, so that it does not wrap
            terminal.read(0.1)
        char = chr(FIRST_CHARACTER + 7 * number)
        terminal.type(char)
        taken.append(terminal.wait_for(char) * 1000)
        until = time.perf_counter() + 0.03
        while (left := until - time.perf_counter()) > 0:
            terminal.read(left)
    found = {"median_ms": statistics.median(taken), "p95_ms": statistics.quantiles(taken, n=20)[-1]}
    found["peak_mb"] = terminal.peak_mb()
    terminal.end()
    return found


def child(mode: str) -> None:
    """The application, kept busy as the mode says; a notice says READY when it is."""
    from cloudqa.settings import Settings
    from cloudqa.tui.app import CloudQAApp
    from cloudqa.tui.launching import SWITCH_INTERVAL_S

    class Busy(CloudQAApp):
        """Begins its work when the archive is open."""

        def on_mount(self) -> None:
            self.service.status_changed.subscribe(self, lambda _: self.begin())

        def begin(self) -> None:
            work = {"answers": keep_answering, "rebuild": keep_rebuilding, "cards": show_cards}.get(mode)
            if work is not None:
                self.call_later(work, self)
            self.set_timer(1.0, lambda: self.say("READY"))

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    Busy(Settings.locate()).run()


def keep_answering(app: CloudQAApp) -> None:
    """Answers questions in a thread without a pause."""

    def answer() -> None:
        assistant = app.service.assistant
        while app.is_running and assistant is not None:
            for question in QUESTIONS:
                assistant.ask(question)

    app.run_worker(answer, thread=True)


def keep_rebuilding(app: CloudQAApp) -> None:
    """Rebuilds the index without a pause."""
    if app.service.start_rebuild(full=True):
        app.service.rebuild_changed.subscribe(app, lambda _: app.service.start_rebuild(full=True))


def show_cards(app: CloudQAApp) -> None:
    """Shows a conversation of many cards."""
    from cloudqa.tui.ask.screen import AskScreen
    from cloudqa.tui.ask.turn import Turn

    assistant = app.service.assistant
    if assistant is not None and isinstance(app.screen, AskScreen):
        answers = [assistant.ask(question) for question in QUESTIONS]
        turns = [Turn(answer.question, app.clock(), answer) for answer in answers]
        app.screen.conversation.show_turns([turns[n % len(turns)] for n in range(CARDS)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keys", type=int, default=120)
    parser.add_argument("--child", choices=["idle", "answers", "rebuild", "cards"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(REPOSITORY / "corpus", home / "corpus")
        environ = environment(home)
        subprocess.run([sys.executable, "-m", "cloudqa", "index"], env=environ, check=True, capture_output=True)
        paint = first_paint(args.rounds, environ)
        print(json.dumps({"first_paint_s": paint, "ratio": paint["cloudqa"] / paint["bare"]}))
        for mode in ("idle", "answers", "rebuild", "cards"):
            print(json.dumps({"echo": mode, **echo(mode, args.keys, environ)}), flush=True)


if __name__ == "__main__":
    main()
