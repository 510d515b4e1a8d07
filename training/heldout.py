"""Writes what was held out from training as retrieval benchmarks: ``python training/heldout.py --data DIR --out DIR``.

Each is a pair of files for ``benchmarks/retrieval.py``: ``*_passages.jsonl`` and ``*_questions.jsonl``.

zh: 1,500 headings and questions of held-out documents, each used once in the data and not contained in its passage,
over all positives of held-out documents and 20,000 passages of others; statutes are left out, since their headings
name none.
en: English sentences and headings over the Chinese passages that say the same, among the same passages.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from texts import Pair, is_held_out, load_pairs, load_passages

QUESTIONS, OTHERS, LEAST_CHARS = 1500, 20_000, 4
CHINESE_KINDS = ("heading->passage", "question->answer")
ENGLISH_KINDS = ("translation-sent", "en-heading->zh-passage")
_HAN = re.compile("[\u4e00-\u9fff]")


def held_out_pairs(pairs: list[Pair], kinds: tuple[str, ...]) -> list[Pair]:
    """Pairs of held-out documents that can be asked: long enough, and not answered by finding the words themselves."""
    return [
        p
        for p in pairs
        if p.kind in kinds
        and is_held_out(p.document)
        and p.source != "LawRefBook/Laws"
        and len(p.query) >= LEAST_CHARS
        and p.query not in p.positive
    ]


def chinese(pairs: list[Pair]) -> list[Pair]:
    """Chinese questions, each asked once in the whole data."""
    repeats = Counter(p.query for p in pairs)
    chosen = [p for p in held_out_pairs(pairs, CHINESE_KINDS) if repeats[p.query] == 1]
    random.Random(3).shuffle(chosen)
    return chosen[:QUESTIONS]


def english(pairs: list[Pair]) -> list[Pair]:
    """English questions over Chinese passages."""
    chosen = [
        replace(p, query=p.positive, positive=p.query) if p.kind == "translation-sent" else p
        for p in held_out_pairs(pairs, ENGLISH_KINDS)
    ]
    return [p for p in chosen if _HAN.search(p.positive)]


def write(out: Path, name: str, asked: list[Pair], others: Iterable[str]) -> None:
    """The two files of one benchmark."""
    passages = {text: place for place, text in enumerate(dict.fromkeys([*(p.positive for p in asked), *others]))}
    files = {
        "passages": [{"id": place, "text": text} for text, place in passages.items()],
        "questions": [
            {"id": i, "question": p.query, "gold": [passages[p.positive]], "kind": p.kind} for i, p in enumerate(asked)
        ],
    }
    for kind, rows in files.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / f"{name}_{kind}.jsonl").write_text(lines, encoding="utf-8")
        print(f"{name}_{kind}.jsonl: {len(rows)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    passages = load_passages(options.data)
    pairs = load_pairs(options.data, passages)
    foreign = ("en-", "translation")
    held_out = [p.positive for p in pairs if is_held_out(p.document) and not p.kind.startswith(foreign)]
    trained = [p.text for p in passages if not is_held_out(p.document)]
    random.Random(4).shuffle(trained)
    for name, asked in (("zh", chinese(pairs)), ("en", english(pairs))):
        write(options.out, name, asked, [*held_out, *trained[:OTHERS]])


if __name__ == "__main__":
    main()
