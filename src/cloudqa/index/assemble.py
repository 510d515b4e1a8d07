"""Passages -> the arrays that are searched, reusing those of unchanged reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding import Embedder, PieceSplitter
from cloudqa.index.generation import Generation
from cloudqa.index.lexical import Postings, TermCounts, build_postings, count_terms, kept_terms
from cloudqa.index.pieces import PiecePairs, PiecePostings, build_pieces, kept_pieces, split_texts
from cloudqa.index.vectors import Vectors, build_vectors
from cloudqa.passages import Passage

_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Part:
    """The passages of one report, in order.

    Attributes:
        passages: All of them.
        old_rows: Their rows in the generation whose arrays are reused, None for those to be indexed anew.
    """

    passages: Sequence[Passage]
    old_rows: range | None = None


def lexical_text(passage: Passage) -> str:
    """The text whose terms stand for a passage: headings, context and the passage itself."""
    return "\n".join((*passage.section, passage.context, passage.text))


def embedded_text(passage: Passage) -> str:
    """The text whose vector stands for a passage: the nearest heading, the context and the passage itself."""
    return "\n".join((*passage.section[-1:], passage.context, passage.text))


def assemble_postings(parts: Sequence[Part], old: Generation | None) -> Postings:
    """The lexical side over the passages of all parts, numbered in order from 0."""
    work = _plan(parts)
    fresh = _renumbered(count_terms(work.texts), work.new_rows, work.total)
    if old is None or not work.moved:
        return build_postings(fresh)
    kept = kept_terms(old.postings, work.moved)
    fresh.lengths[sorted(work.moved.values())] = kept.lengths
    return build_postings(
        TermCounts(
            np.concatenate([fresh.keys, kept.keys]),
            np.concatenate([fresh.rows, kept.rows]),
            np.concatenate([fresh.counts, kept.counts]),
            fresh.lengths,
        )
    )


def assemble_pieces(parts: Sequence[Part], old: Generation | None, embedder: Embedder) -> PiecePostings | None:
    """The word pieces of the passages of all parts, numbered in order from 0; None where the encoder has none.

    Args:
        parts: The reports.
        old: Whose pieces are reused; needed where a part has old rows.
        embedder: Splits the rest; the one that ``old`` was built with.
    """
    if not isinstance(embedder, PieceSplitter):
        return None
    work = _plan(parts)
    fresh = split_texts(work.texts, embedder)
    ids, rows = [fresh.ids], [np.array(work.new_rows, dtype=np.int32)[fresh.rows]]
    if work.moved and old is not None and old.pieces is not None:
        kept = kept_pieces(old.pieces, work.moved)
        ids.append(kept.ids)
        rows.append(kept.rows)
    return build_pieces(PiecePairs(np.concatenate(ids), np.concatenate(rows)), work.total)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which texts are read for their words, and where all passages come to stand.

    Attributes:
        texts: Of the passages to be indexed anew.
        new_rows: The row of each of them.
        moved: New row by old row of the other passages.
        total: Number of all passages.
    """

    texts: list[str]
    new_rows: list[int]
    moved: dict[int, int]
    total: int


def _plan(parts: Sequence[Part]) -> _Plan:
    new_rows: list[int] = []
    texts: list[str] = []
    moved: dict[int, int] = {}
    at = 0
    for part in parts:
        if part.old_rows is None:
            new_rows.extend(range(at, at + len(part.passages)))
            texts.extend(map(lexical_text, part.passages))
        else:
            moved.update(zip(part.old_rows, range(at, at + len(part.passages)), strict=True))
        at += len(part.passages)
    return _Plan(texts, new_rows, moved, at)


def _renumbered(counted: TermCounts, rows: Sequence[int], total: int) -> TermCounts:
    """Counted terms with their ``i``-th passage as row ``rows[i]`` of ``total``; the other rows have no terms yet."""
    places = np.array(rows, dtype=np.int32)
    lengths = np.zeros(total, dtype=np.int32)
    lengths[places] = counted.lengths
    return TermCounts(counted.keys, places[counted.rows], counted.counts, lengths)


def assemble_vectors(
    parts: Sequence[Part], old: Generation | None, embedder: Embedder, encoded: Callable[[int], None]
) -> Vectors:
    """The dense side over the passages of all parts, numbered in order from 0.

    Args:
        parts: The reports.
        old: Whose vectors are reused; needed where a part has old rows.
        embedder: Encodes the rest; the one that ``old`` was built with.
        encoded: Called with the number of parts that are finished, after each.
    """
    passages: list[NDArray[np.float32]] = [np.zeros((0, embedder.dimension), dtype=np.float32)]
    sentences = list(passages)
    for finished, part in enumerate(parts, 1):
        if part.old_rows is not None and old is not None:
            of_passages, of_sentences = old.vectors.of_passages(part.old_rows)
        else:
            of_passages, of_sentences = _encode_part(part, embedder)
        passages.append(of_passages)
        sentences.append(of_sentences)
        encoded(finished)
    counts = [len(passage.sentences) for part in parts for passage in part.passages]
    return build_vectors(np.concatenate(passages), np.concatenate(sentences), counts)


def _encode_part(part: Part, embedder: Embedder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    sentences = [passage.text[start:end] for passage in part.passages for start, end in passage.sentences]
    return _encode(list(map(embedded_text, part.passages)), embedder), _encode(sentences, embedder)


def _encode(texts: list[str], embedder: Embedder) -> NDArray[np.float32]:
    batches = [embedder.encode_passages(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(batches) if batches else np.zeros((0, embedder.dimension), dtype=np.float32)
