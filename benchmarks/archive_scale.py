"""An archive of many issues: time and memory to index it, then latencies of questions in words and about figures.

    python benchmarks/archive_scale.py [--issues N] [--report FILE] [--questions FILE] [--jobs N] [--keep DIR]

Each issue is the report with every figure changed by chance (its years stay, so all issues state the same metrics for
the same periods) and a number and date of its own. Indexing and answering are processes of their own; the peak of
memory of indexing is that of all its processes together. The questions are those of the gold set, in words or about
figures by their category. ``--keep`` leaves everything behind; an index that is there is used.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "corpus" / "2017-08-issue-08.md"
QUESTIONS = ROOT / "tests" / "data" / "gold" / "dev.jsonl"
_ISSUE = re.compile(r"\d{4}年\d{1,2}月第\d+期\(总第\d+期\)")
_FIGURE = re.compile(r"(?<![\d.])\d+\.\d+|(?<![\d.第年])\d{2,3}(?=[%％万亿元个家项件次])")
_PER_YEAR = 12
_ABOUT_FIGURES = ("numeric-lookup", "growth", "compare-rank", "aggregate", "cost-calculation")


def make_issue(text: str, number: int) -> str:
    """The text of the ``number``-th issue, counted from 0; the same for the same number."""
    rng = random.Random(number)
    year, month = 2000 + number // _PER_YEAR, number % _PER_YEAR + 1
    title = f"{year}年{month}月第{month}期(总第{number + 1}期)"
    varied = _FIGURE.sub(lambda m: _varied(m.group(), rng), text)
    return _ISSUE.sub(title, varied, count=1)


def _varied(figure: str, rng: random.Random) -> str:
    digits = [char if char == "." else str(rng.randint(0, 9)) for char in figure]
    digits[0] = str(rng.randint(1, 9)) if digits[0] != "." and len(digits) > 1 and digits[1] != "." else digits[0]
    return "".join(digits)


def write_issues(corpus: Path, report: Path, issues: range) -> None:
    """The issues as files of a corpus folder; those that are there stay."""
    corpus.mkdir(parents=True, exist_ok=True)
    text = report.read_text(encoding="utf-8")
    for number in issues:
        file = corpus / f"{2000 + number // _PER_YEAR}-{number % _PER_YEAR + 1:02}-issue-{number + 1:04}.md"
        if not file.exists():
            file.write_text(make_issue(text, number), encoding="utf-8")


def run_index(corpus: Path, index: Path, *options: str) -> tuple[float, float, float]:
    """Brings an index up to date in a process of its own.

    Returns:
        Seconds, seconds of processor, and the peak of memory of all its processes together in MiB.

    Raises:
        SystemExit: It fails.
    """
    command = [sys.executable, "-m", "cloudqa", "index", "--corpus", str(corpus), "--index", str(index), *options]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    # An installed package has its bytecode; without this a checkout might compile itself on every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    peak_mb = 0.0
    while process.poll() is None:
        peak_mb = max(peak_mb, memory_mb(process.pid))
        time.sleep(0.05)
    elapsed_s = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return elapsed_s, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, peak_mb


def memory_mb(process: int) -> float:
    """Resident memory of a process and its children (Linux), pages that they share counted to each; 0 once it ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(memory_mb(int(child)) for child in children)


def answer_all(folder: Path, questions: Path) -> None:
    """Asks every question once in one warm process and prints the latencies by kind."""
    from cloudqa.answering import Assistant
    from cloudqa.settings import Settings

    items = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
    started = time.perf_counter()
    for kind in ("numeric", "text"):
        first = next(item for item in items if (item["category"] in _ABOUT_FIGURES) == (kind == "numeric"))
        assistant.ask(first["question"])
    print(f"first numeric and first text answer, cold: {time.perf_counter() - started:.2f} s")
    found: dict[str, list[tuple[float, float, str]]] = {}
    for item in items:
        kind = "numeric" if item["category"] in _ABOUT_FIGURES else "text"
        wall, processor = time.perf_counter(), time.process_time()
        assistant.ask(item["question"])
        taken = time.perf_counter() - wall, time.process_time() - processor, item["id"]
        found.setdefault(kind, []).append(taken)
    for kind, taken in sorted(found.items()):
        slowest = ", ".join(name for _, _, name in sorted(taken, reverse=True)[:3])
        print(
            f"{kind}: {len(taken)} questions, p50 {cut(taken, 0, 50)}, p95 {cut(taken, 0, 95)};"
            f" of processor p50 {cut(taken, 1, 50)}, p95 {cut(taken, 1, 95)}; slowest {slowest}"
        )
    print(f"peak memory while answering: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def cut(taken: list[tuple[float, float, str]], clock: int, percent: int) -> str:
    """A percentile on one of the two clocks."""
    return f"{1000 * statistics.quantiles([entry[clock] for entry in taken], n=100)[percent - 1]:.1f} ms"


def measure(folder: Path, args: argparse.Namespace) -> None:
    """Makes the archive, indexes it and asks it."""
    corpus, index = folder / "corpus", folder / "index"
    write_issues(corpus, args.report, range(args.issues))
    options = ["--jobs", str(args.jobs)] if args.jobs else []
    elapsed_s, processor_s, peak_mb = run_index(corpus, index, *options)
    size_mb = sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / 2**20
    print(
        f"{args.issues} issues indexed in {elapsed_s:.1f} s ({processor_s:.1f} s of processor),"
        f" peak memory {peak_mb:.0f} MB; index of {size_mb:.0f} MB",
        flush=True,
    )
    command = [sys.executable, __file__, "--answer-in", str(folder), "--questions", str(args.questions)]
    if subprocess.run(command, check=False).returncode:
        sys.exit("the questions could not be asked")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=1000)
    parser.add_argument("--report", type=Path, default=REPORT, help="the report that the issues are made from")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON lines with id, category and question")
    parser.add_argument("--jobs", type=int, default=0, help="as of cloudqa index")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave everything there")
    parser.add_argument("--answer-in", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.answer_in is not None:
        answer_all(args.answer_in, args.questions)
    elif args.keep is not None:
        measure(args.keep.resolve(), args)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), args)


if __name__ == "__main__":
    main()
