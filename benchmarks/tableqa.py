"""Indexes an archive of tables, asks it questions and scores the answers.

    python benchmarks/tableqa.py --data DIR [--keep DIR] [--verbose]

DIR holds ``tables.jsonl``, ``questions.jsonl``, ``make_archive.py`` (tables to reports) and ``score_tableqa.py``
(questions and answers to a score). Each step is a process of its own, so that its time and its peak of memory are its
alone; the questions are answered by one warm process. ``--keep`` leaves corpus, index, ``answers.jsonl`` and
``latencies.jsonl`` behind; an index that is already there is brought up to date.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_MB = 1024  # ru_maxrss is in KiB on Linux


def run_step(command: list[str]) -> float:
    """Seconds that a process takes; what it prints goes to the terminal.

    Raises:
        SystemExit: It fails.
    """
    started = time.perf_counter()
    code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(f"{' '.join(command)} ended with {code}")
    return time.perf_counter() - started


def peak_mb(who: int) -> float:
    """The peak of resident memory in MiB: of this process, or of the largest of those it has waited for."""
    return resource.getrusage(who).ru_maxrss / _MB


def processor_s() -> float:
    """Seconds of processor that the processes waited for have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_questions(path: Path) -> list[dict[str, str]]:
    """The questions of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def answer_all(folder: Path, questions: Path) -> None:
    """Answers every question and prints the latencies; the answers go to ``answers.jsonl`` in the folder."""
    from cloudqa.answering import Assistant
    from cloudqa.answering.answer import exact_json
    from cloudqa.errors import CloudQAError
    from cloudqa.settings import Settings

    items = read_questions(questions)
    assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
    started = time.perf_counter()
    assistant.search(items[0]["question"], 1)
    assistant.ask(items[0]["question"])
    print(f"first search and answer, cold: {time.perf_counter() - started:.2f} s")
    seconds: list[float] = []
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as answers:
        for item in items:
            started = time.perf_counter()
            try:
                fields = assistant.ask(item["question"]).as_dict()
            except CloudQAError as error:
                fields = {"answer": str(error), "refused": True, "value": None}
            seconds.append(time.perf_counter() - started)
            answers.write(exact_json({"id": item["id"], **fields}) + "\n")
    with (folder / "latencies.jsonl").open("w", encoding="utf-8") as latencies:
        for elapsed_s, item in sorted(zip(seconds, items, strict=True), key=lambda pair: -pair[0]):
            latencies.write(json.dumps({"s": round(elapsed_s, 4), "id": item["id"]}) + "\n")
    cuts = statistics.quantiles(seconds, n=100)
    print(f"warm: p50 {1000 * cuts[49]:.1f} ms, p95 {1000 * cuts[94]:.1f} ms, slowest {1000 * max(seconds):.0f} ms")
    print(
        f"peak memory while answering: {peak_mb(resource.RUSAGE_SELF):.0f} MB, {time.process_time():.1f} s of processor"
    )


def measure(data: Path, folder: Path, verbose: bool) -> None:
    """All steps, each in a process of its own."""
    corpus, index = str(folder / "corpus"), str(folder / "index")
    run_step([sys.executable, str(data / "make_archive.py"), str(data / "tables.jsonl"), corpus])
    before, before_s = peak_mb(resource.RUSAGE_CHILDREN), processor_s()
    indexing_s = run_step([sys.executable, "-m", "cloudqa", "index", "--corpus", corpus, "--index", index])
    size_mb = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file()) / 2**20
    indexing_mb = max(before, peak_mb(resource.RUSAGE_CHILDREN))
    busy_s = processor_s() - before_s
    print(f"indexed in {indexing_s:.1f} s ({busy_s:.1f} s of processor), peak memory {indexing_mb:.0f} MB")
    print(f"index of {size_mb:.0f} MB")
    questions = str(data / "questions.jsonl")
    run_step([sys.executable, __file__, "--data", str(data), "--answer-in", str(folder)])
    score = [sys.executable, str(data / "score_tableqa.py"), questions, str(folder / "answers.jsonl")]
    run_step([*score, *(["--verbose"] if verbose else [])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with tables, questions and the two scripts")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave everything there")
    parser.add_argument("--verbose", action="store_true", help="print every answer that is not right")
    parser.add_argument("--answer-in", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    data = args.data.resolve()
    if args.answer_in is not None:
        answer_all(args.answer_in, data / "questions.jsonl")
    elif args.keep is not None:
        args.keep.mkdir(parents=True, exist_ok=True)
        measure(data, args.keep.resolve(), args.verbose)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(data, Path(folder), args.verbose)


if __name__ == "__main__":
    main()
