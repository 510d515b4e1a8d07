"""The training text: pairs, passages, and what is held out from them by document."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet
import zstandard

HELD_OUT_SHARE = 0.04
"""Share of the documents of each source that training never sees."""

_SENTENCE = re.compile(r"[^。！？!?；\n]{12,80}[。！？!?；\n]")
_KEY_CHARS = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A text to search by and the text it should find.

    Attributes:
        query: Question, heading, title or sentence.
        positive: The passage.
        kind: How the pair came about.
        source: Repository of the text.
        document: Source and title; where the title is unknown, the passage itself.
    """

    query: str
    positive: str
    kind: str
    source: str
    document: str


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """One passage of the training text with where it stands."""

    source: str
    title: str
    heading: str
    text: str

    @property
    def document(self) -> str:
        """Source and title."""
        return f"{self.source}\t{self.title}"


def load_passages(folder: Path) -> list[SourcePassage]:
    """All passages, in the order of the file."""
    with zstandard.open(folder / "passages.jsonl.zst", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [SourcePassage(r["source"], r["title"], r["heading"], r["text"]) for r in rows]


def load_pairs(folder: Path, passages: list[SourcePassage]) -> list[Pair]:
    """All pairs, each with the document that its positive (or its query, for a translation) stands in."""
    documents = {p.text[:_KEY_CHARS]: p.document for p in passages}
    rows = pyarrow.parquet.read_table(folder / "pairs.parquet").to_pylist()
    return [
        Pair(r["query"], r["positive"], r["kind"], r["source"], _document(r, documents))
        for r in rows
        if r["query"].strip() and r["positive"].strip()
    ]


def _document(row: dict[str, str], documents: dict[str, str]) -> str:
    for text in (row["positive"], row["query"]):
        if (found := documents.get(text[:_KEY_CHARS])) is not None:
            return found
    return f"{row['source']}\t{row['positive'][:_KEY_CHARS]}"


def is_held_out(document: str) -> bool:
    """Whether a document is kept from training, decided by its hash."""
    digest = hashlib.sha256(document.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < HELD_OUT_SHARE


def title_pairs(passages: list[SourcePassage]) -> Iterator[Pair]:
    """Title and last heading -> passage."""
    for p in passages:
        query = " ".join(part for part in (p.title, p.heading.rsplit(" > ", 1)[-1]) if part)
        if query:
            yield Pair(query, p.text, "title-heading->passage", p.source, p.document)


def sentence_pairs(passages: list[SourcePassage], seed: int) -> Iterator[Pair]:
    """Some stretches of one sentence of a passage -> the passage, which keeps the sentence.

    This teaches to tell neighbouring passages apart by the words that a question shares with one of them.
    """
    chance = random.Random(seed)
    for p in passages:
        sentences = _SENTENCE.findall(p.text)
        if len(sentences) >= 2:
            yield Pair(_stretches(chance.choice(sentences), chance), p.text, "sentence->passage", p.source, p.document)


def _stretches(sentence: str, chance: random.Random) -> str:
    """One to three stretches of 4 to 12 characters of a sentence, in order."""
    starts = sorted(chance.randrange(len(sentence) - 6) for _ in range(chance.randint(1, 3)))
    return " ".join(sentence[start : start + chance.randint(4, 12)] for start in starts)
