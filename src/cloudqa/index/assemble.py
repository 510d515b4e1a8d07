"""Passages -> the arrays that are searched, report by report, reusing those of unchanged reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding import Embedder, PieceSplitter
from cloudqa.index.generation import Generation
from cloudqa.index.lexical import TermCounts, build_postings, count_terms, terms_of
from cloudqa.index.pieces import build_pieces, pieces_of, split_texts
from cloudqa.index.segments import LoadSegment, Segment, cut_segment, merge_segments
from cloudqa.index.spool import Kept, Spool
from cloudqa.index.vector_files import Block, write_vectors
from cloudqa.passages import Passage

_BATCH = 1024
_SPOOL_NAME = "arrays.spool"


def lexical_text(passage: Passage) -> str:
    """The text whose terms stand for a passage: headings, context and the passage itself."""
    return "\n".join((*passage.section, passage.context, passage.text))


def embedded_text(passage: Passage) -> str:
    """The text whose vector stands for a passage: the nearest heading, the context and the passage itself."""
    return "\n".join((*passage.section[-1:], passage.context, passage.text))


@dataclass(frozen=True, slots=True)
class SearchArrays:
    """What is searched of some consecutive passages.

    Attributes:
        terms: Their terms.
        pieces: Their word pieces, None where the encoder has none.
        passages: Their vectors, ``(N, dim)`` float32.
        sentences: The vectors of their sentences.
        sentence_counts: How many sentences each has.
    """

    terms: TermCounts
    pieces: Segment | None
    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]
    sentence_counts: tuple[int, ...]


def index_passages(passages: Sequence[Passage], embedder: Embedder) -> SearchArrays:
    """Reads and encodes passages; they must not be so many that their vectors do not fit into memory."""
    texts = list(map(lexical_text, passages))
    sentences = [passage.text[start:end] for passage in passages for start, end in passage.sentences]
    return SearchArrays(
        terms=count_terms(texts),
        pieces=split_texts(texts, embedder) if isinstance(embedder, PieceSplitter) else None,
        passages=_encode(list(map(embedded_text, passages)), embedder),
        sentences=_encode(sentences, embedder),
        sentence_counts=tuple(len(passage.sentences) for passage in passages),
    )


def _encode(texts: list[str], embedder: Embedder) -> NDArray[np.float32]:
    batches = [embedder.encode_passages(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(batches) if batches else np.zeros((0, embedder.dimension), dtype=np.float32)


class SearchBuilder:
    """Collects the arrays of a generation, passages in order of their rows; use as a context manager.

    Args:
        folder: Where the generation is written; what is collected is put aside there.
        dimension: Length of the vectors.
        base: The generation whose arrays may be reused.
    """

    def __init__(self, folder: Path, dimension: int, base: Generation | None = None) -> None:
        self._folder = folder
        self._dimension = dimension
        self._base = base
        self._spool = Spool(folder / _SPOOL_NAME)
        self._terms: list[tuple[int, LoadSegment]] = []
        self._pieces: list[tuple[int, LoadSegment]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._passage_blocks: list[Block] = []
        self._sentence_blocks: list[Block] = []
        self._sentence_counts: list[NDArray[np.int64]] = []
        self._passages = 0  # those of the run left out
        self._sentences = 0
        self._run = range(0)  # kept passages that follow, as rows of the base

    @property
    def passages(self) -> int:
        """How many passages there are so far."""
        return self._passages + len(self._run)

    @property
    def sentences(self) -> int:
        """How many sentences these have; to be asked after :meth:`write`."""
        return self._sentences

    def __enter__(self) -> SearchBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.__exit__()

    def add(self, arrays: SearchArrays) -> None:
        """Adds the passages that follow."""
        self._end_run()
        self._terms.append((self._passages, self._put_aside(arrays.terms.terms)))
        if arrays.pieces is not None:
            self._pieces.append((self._passages, self._put_aside(arrays.pieces)))
        self._lengths.append(arrays.terms.lengths)
        for blocks, vectors in (
            (self._passage_blocks, arrays.passages),
            (self._sentence_blocks, arrays.sentences),
        ):
            blocks.append(Block(len(vectors), partial(self._spool.get, self._spool.put(vectors))))
        self._count(np.array(arrays.sentence_counts, np.int64))

    def keep(self, rows: range) -> None:
        """Adds passages of ``base``, by their rows there."""
        if not rows:
            return
        if self._run and self._run.stop != rows.start:
            self._end_run()
        self._run = range(self._run.start if self._run else rows.start, rows.stop)

    def write(self) -> list[str]:
        """Writes all arrays; returns the names of their files."""
        self._end_run()
        lengths = np.concatenate([np.zeros(0, np.int32), *self._lengths])
        names = build_postings(TermCounts(merge_segments(self._terms), lengths)).save(self._folder)
        if self._pieces:
            names += build_pieces(merge_segments(self._pieces), self._passages).save(self._folder)
        counts = np.concatenate([np.zeros(0, np.int64), *self._sentence_counts])
        blocks = self._passage_blocks, self._sentence_blocks
        return names + write_vectors(self._folder, self._dimension, *blocks, counts.tolist())

    def _end_run(self) -> None:
        """Takes over the passages kept since the last ones that were added."""
        rows, base = self._run, self._base
        self._run = range(0)
        if not rows or base is None:
            return
        self._terms.append((self._passages, partial(_cut_terms, base, rows)))
        if base.pieces is not None:
            self._pieces.append((self._passages, partial(_cut_pieces, base, rows)))
        self._lengths.append(base.postings.lengths[rows.start : rows.stop])
        for some in _in_batches(rows):
            counts = base.vectors.sentence_counts(some)
            self._passage_blocks.append(Block(len(some), partial(base.vectors.of_passages, some)))
            self._sentence_blocks.append(Block(int(counts.sum()), partial(base.vectors.of_sentences, some)))
        self._count(base.vectors.sentence_counts(rows))

    def _count(self, sentence_counts: NDArray[np.int64]) -> None:
        self._sentence_counts.append(sentence_counts)
        self._passages += len(sentence_counts)
        self._sentences += int(sentence_counts.sum())

    def _put_aside(self, segment: Segment) -> Callable[[], Segment]:
        kept = [self._spool.put(getattr(segment, field.name)) for field in fields(segment)]
        return partial(_get_segment, self._spool, kept)


def _get_segment(spool: Spool, kept: Sequence[Kept]) -> Segment:
    return Segment(*map(spool.get, kept))


def _cut_terms(base: Generation, rows: range) -> Segment:
    whole = terms_of(base.postings)
    return whole if len(rows) == len(base.postings.lengths) else cut_segment(whole, rows)


def _cut_pieces(base: Generation, rows: range) -> Segment:
    if base.pieces is None:
        raise ValueError("the generation has no word pieces")
    whole = pieces_of(base.pieces)
    return whole if len(rows) == base.pieces.total else cut_segment(whole, rows)


def _in_batches(rows: range) -> Iterator[range]:
    return (range(at, min(at + 8 * _BATCH, rows.stop)) for at in range(rows.start, rows.stop, 8 * _BATCH))
