"""How often evidence of a gold question stands among the first passages that are found for it.

    python benchmarks/gold_evidence.py [--gold FILE] [--corpus DIR] [--index DIR] [--depth K] [--missed]

FILE is JSON lines {"id", "category", "question", "answerable", "evidence": [text], "evidence_alt"?: [text]}. A question
is found when one of its evidence texts stands in one of the first K passages of ``Assistant.search``: in the passage or
in the source that it was cut from, blanks and punctuation left out. Prints the share for each category; ``--missed``
also the questions that are not found. The index is brought up to date first.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

from cloudqa.answering import Assistant
from cloudqa.settings import Settings

GOLD = Path(__file__).resolve().parent.parent / "tests" / "data" / "gold" / "dev.jsonl"


def tight(text: str) -> str:
    """Letters and digits of a text alone, in one spelling."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def first_texts(assistant: Assistant, question: str, depth: int) -> list[str]:
    """The first passages for a question, each followed by its source, as :func:`tight` text."""
    texts = []
    for hit in assistant.search(question, depth):
        passage = hit.passage
        source = assistant.sources.text_of(passage.report)
        spans = passage.source_spans(0, len(passage.text))
        texts += [tight(passage.text), tight("".join(source[span.start : span.end] for span in spans))]
    return texts


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The questions of a gold file that have evidence."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["answerable"] and row.get("evidence")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--corpus")
    parser.add_argument("--index")
    parser.add_argument("--depth", type=int, default=5)
    parser.add_argument("--missed", action="store_true", help="also print the questions whose evidence is not found")
    args = parser.parse_args()

    assistant = Assistant.open(Settings.locate(args.corpus, args.index))
    found: dict[str, list[bool]] = {}
    for row in read_gold(args.gold):
        texts = first_texts(assistant, row["question"], args.depth)
        wanted = map(tight, (*row["evidence"], *row.get("evidence_alt", ())))
        hit = any(evidence in text for evidence in wanted for text in texts)
        found.setdefault(row["category"], []).append(hit)
        if args.missed and not hit:
            print(f"missed: {row['id']} {row['question']}")
    for category, hits in found.items():
        print(f"{category:<18} {100 * sum(hits) / len(hits):5.1f} %  ({sum(hits)} of {len(hits)})")


if __name__ == "__main__":
    main()
