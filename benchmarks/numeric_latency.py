"""Warm answers from facts alone: median and 95th percentile over the questions of a file.

    python benchmarks/numeric_latency.py QUESTIONS.jsonl --index DIR [--every N] [--slowest N]

The index must be there; one process answers every N-th question, one after the other, after a first one that is not
counted. Processor time is measured, so that other load on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from cloudqa.answering.numeric import answer_numeric
from cloudqa.answering.sources import ArchiveSources
from cloudqa.facts import FactStore
from cloudqa.index import Generation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, help="JSON lines with id and question")
    parser.add_argument("--index", type=Path, required=True, help="the index folder")
    parser.add_argument("--every", type=int, default=1, help="ask only every N-th question")
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest to name")
    args = parser.parse_args()

    items = [json.loads(line) for line in args.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    generation = Generation.open(args.index)
    store = FactStore(generation.connection)
    sources = ArchiveSources(generation.reports(), generation.report)
    answer_numeric(items[0]["question"], store, sources)
    seconds: list[tuple[float, str]] = []
    for item in items[:: args.every]:
        started = time.process_time()
        answer_numeric(item["question"], store, sources)
        seconds.append((time.process_time() - started, item["id"]))
    cuts = statistics.quantiles([s for s, _ in seconds], n=100)
    print(f"{len(seconds)} questions: p50 {1000 * cuts[49]:.1f} ms, p95 {1000 * cuts[94]:.1f} ms")
    for elapsed_s, name in sorted(seconds, reverse=True)[: args.slowest]:
        print(f"{1000 * elapsed_s:7.1f} ms  {name}")


if __name__ == "__main__":
    main()
