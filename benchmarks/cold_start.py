"""Whole cold processes: a text question and a numeric one against ``python -c "import sentence_transformers"``.

    python benchmarks/cold_start.py [--runs N] [--text QUESTION] [--numeric QUESTION] [--corpus DIR] [--index DIR]

The commands take turns, so that other load on the machine meets all of them alike; medians are printed with their
ratio. The index is brought up to date first; nothing is kept running and nothing is answered from memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

TEXT = "区块链行业有哪些乱象？"
NUMERIC = "2018财年第一季度阿里云收入同比增长多少？"
TARGETS = {"text": 15, "numeric": 25}
BASELINE = "import sentence_transformers"


def timed(command: list[str]) -> float:
    """Seconds that a command takes.

    Raises:
        SystemExit: It fails (a refusal counts as an answer).
    """
    # An installed package has its bytecode; without this a checkout might compile itself on every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    elapsed_s = time.perf_counter() - started
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return elapsed_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--text", default=TEXT, help="a question answered from text")
    parser.add_argument("--numeric", default=NUMERIC, help="a question answered with a figure")
    parser.add_argument("--corpus")
    parser.add_argument("--index")
    args = parser.parse_args()

    places = [word for name in ("corpus", "index") if (at := getattr(args, name)) for word in (f"--{name}", at)]
    cloudqa = [sys.executable, "-m", "cloudqa"]
    commands = {
        "text": [*cloudqa, "ask", args.text, *places],
        "numeric": [*cloudqa, "ask", args.numeric, *places],
        "baseline": [sys.executable, "-c", BASELINE],
    }
    timed([*cloudqa, "index", *places])
    for command in commands.values():
        timed(command)  # fills the page cache
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(args.runs):
        for name, command in commands.items():
            seconds[name].append(timed(command))
    medians = {name: statistics.median(runs) for name, runs in seconds.items()}
    print(f"{BASELINE}: {1000 * medians['baseline']:.0f} ms (median of {args.runs})")
    for name, target in TARGETS.items():
        ratio = medians["baseline"] / medians[name]
        print(f"{name} question: {1000 * medians[name]:.0f} ms, 1/{ratio:.1f} of it (target 1/{target})")


if __name__ == "__main__":
    main()
