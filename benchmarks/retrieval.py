"""Ranks given passages with the product's own retriever and prints how often the right one is found.

    python benchmarks/retrieval.py --passages FILE --questions FILE [--rankings FILE] [--model NAME]

FILEs are JSON lines: passages {"id", "text"}, questions {"id", "question", "gold": [passage id]}. Prints R@1, R@5, R@10
and MRR@10 (in %) for the words alone, the vectors alone and both fused. ``--rankings`` writes the fused rankings as
JSON lines {"id", "ranked": [passage id]}.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cloudqa.embedding import open_embedder
from cloudqa.retrieval.ranking import Ranker

DEPTH = 10


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def summarise(rankings: Iterable[tuple[list[Any], list[Any]]]) -> str:
    """R@1, R@5, R@10 and MRR@10 of pairs of ranking and right passages."""
    found = {1: 0, 5: 0, 10: 0}
    reciprocal, total = 0.0, 0
    for ranked, gold in rankings:
        total += 1
        place = next((i for i, passage in enumerate(ranked[:DEPTH], 1) if passage in gold), None)
        if place is not None:
            reciprocal += 1 / place
            for depth in found:
                found[depth] += place <= depth
    shares = "  ".join(f"R@{depth} {100 * count / total:5.1f}" for depth, count in found.items())
    return f"{shares}  MRR@10 {100 * reciprocal / total:5.1f}"


def run(
    name: str, rank: Callable[[str], list[int]], ids: list[Any], questions: list[dict[str, Any]]
) -> list[list[Any]]:
    """Ranks all questions, prints one line, returns the rankings as passage ids."""
    started = time.perf_counter()
    rankings = [[ids[row] for row in rank(question["question"])] for question in questions]
    per_question_ms = 1000 * (time.perf_counter() - started) / max(1, len(questions))
    scored = summarise(zip(rankings, (question["gold"] for question in questions), strict=True))
    print(f"{name:<8}  {scored}  n {len(questions)}  {per_question_ms:.1f} ms/question", flush=True)
    return rankings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--rankings", type=Path, help="write the fused rankings here")
    parser.add_argument("--model", help="embedding model, the built-in one if not given")
    args = parser.parse_args()

    passages, questions = read_lines(args.passages), read_lines(args.questions)
    ids = [passage["id"] for passage in passages]
    ranker = Ranker.of_texts([passage["text"] for passage in passages], open_embedder(args.model))
    run("lexical", lambda question: ranker.rank_lexical(question, DEPTH), ids, questions)
    run("dense", lambda question: ranker.rank_dense(question, DEPTH), ids, questions)
    fused = run("fused", lambda question: [found.row for found in ranker.rank(question, DEPTH)], ids, questions)
    if args.rankings is not None:
        with args.rankings.open("w", encoding="utf-8") as file:
            for question, ranked in zip(questions, fused, strict=True):
                file.write(json.dumps({"id": question["id"], "ranked": ranked}) + "\n")


if __name__ == "__main__":
    main()
