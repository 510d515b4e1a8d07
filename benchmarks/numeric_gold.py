"""Answer questions from facts alone and write one JSON answer per line, for ``tests/data/gold/score.py``.

python benchmarks/numeric_gold.py QUESTIONS.jsonl OUT.jsonl REPORT [REPORT ...]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import time
from pathlib import Path

from cloudqa.answering.numeric import answer_numeric
from cloudqa.documents import Document
from cloudqa.documents.reader import read_document
from cloudqa.facts.schema import create
from cloudqa.facts.store import FactStore
from cloudqa.facts.writer import FactWriter


class Reports:
    """The texts of the reports, as citations need them."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self._documents = documents

    def text_of(self, report: str) -> str:
        """The canonical text."""
        return self._documents[report].text

    def issue_of(self, report: str) -> str:
        """Title and number of the issue."""
        metadata = self._documents[report].metadata
        return f"{metadata.title} 第{metadata.issue}期" if metadata.issue else metadata.title

    def section_at(self, report: str, offset: int) -> tuple[str, ...]:
        """No headings: facts bring their own."""
        return ()


def open_archive(paths: list[Path]) -> tuple[FactStore, Reports]:
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    documents = {}
    for path in paths:
        document = read_document(path, path.parent)
        documents[document.report] = document
        writer.add_document(document)
    return FactStore(connection), Reports(documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("reports", type=Path, nargs="+")
    options = parser.parse_args()
    store, reports = open_archive(options.reports)
    times = []
    with options.out.open("w", encoding="utf-8") as out:
        for line in options.questions.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            started = time.perf_counter()
            answer = answer_numeric(item["question"], store, reports)
            times.append(time.perf_counter() - started)
            answered = json.loads(answer.to_json()) if answer is not None else {"answer": "", "refused": False}
            out.write(json.dumps({**answered, "id": item["id"]}, ensure_ascii=False) + "\n")
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{len(times)} questions, median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms")


if __name__ == "__main__":
    main()
