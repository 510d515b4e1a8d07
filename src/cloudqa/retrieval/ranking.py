"""Question -> ranked rows of an index: lexical and dense signals, fused by their z-scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding import Embedder, PieceSplitter
from cloudqa.errors import UsageError
from cloudqa.index.lexical import Postings, build_postings, count_terms
from cloudqa.index.pieces import PiecePostings, build_pieces, split_texts
from cloudqa.index.vectors import Vectors, build_vectors
from cloudqa.language import sentence_spans
from cloudqa.retrieval.channels import LexicalScores, WordSignals, best_rows, lexical_scores
from cloudqa.retrieval.fusion import dense_weight, word_scores
from cloudqa.retrieval.wording import MAX_QUESTION_CHARS, question_terms, question_text, question_words

_LEXICAL_CANDIDATES = 100
_DENSE_CANDIDATES = 200
_ALL_OF = 4_000  # so few rows are all scored where only they may be found


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a passage ranks where it does. The z-scores are over the whole index; higher is better.

    Attributes:
        bm25: z-score of its BM25 score.
        coverage: z-score of the share of the question's terms that it holds.
        pieces: z-score of the share of the question's word pieces that it holds, 0 where the encoder has none.
        passage: z-score of the cosine of question and passage, 0 without vectors.
        sentence: z-score, among sentences, of the cosine of question and its best sentence.
        dense_weight: What the mean of the two dense ones was multiplied by for this question.
        covered: That share itself, 0 … 1.
        sentence_cosines: Cosine of the question and each sentence of the passage, -1 … 1.
        matched: The question's terms that it holds, heaviest first.
    """

    bm25: float
    coverage: float
    pieces: float
    passage: float
    sentence: float
    dense_weight: float
    covered: float
    sentence_cosines: tuple[float, ...]
    matched: tuple[str, ...]

    @property
    def best_sentence(self) -> int | None:
        """Number of the sentence nearest to the question, the first of equals; None where there are no sentences."""
        cosines = self.sentence_cosines
        return max(range(len(cosines)), key=cosines.__getitem__) if cosines else None


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row of the index with its fused score (higher is better) and the reasons for it."""

    row: int
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class _Dense:
    """Dense signals of candidate rows, side by side with them."""

    passage: NDArray[np.float64]
    sentence: NDArray[np.float64]
    cosines: list[NDArray[np.float64]]

    @property
    def both(self) -> NDArray[np.float64]:
        mean: NDArray[np.float64] = (self.passage + self.sentence) / 2
        return mean


class Ranker:
    """Ranks the rows of one index.

    Args:
        postings: Its lexical side.
        vectors: Its dense side, over the same rows.
        embedder: What encoded ``vectors``.
        pieces: The word pieces of its rows, None where ``embedder`` has none.
    """

    def __init__(
        self, postings: Postings, vectors: Vectors, embedder: Embedder, pieces: PiecePostings | None = None
    ) -> None:
        self._postings = postings
        self._pieces = pieces
        self._vectors = vectors
        self._embedder = embedder

    @classmethod
    def of_texts(cls, texts: Sequence[str], embedder: Embedder) -> Ranker:
        """A ranker over texts in memory, one row each, cut into sentences as a report's are."""
        spans = [sentence_spans(text) for text in texts]
        sentences = [text[a:b] for text, cuts in zip(texts, spans, strict=True) for a, b in cuts]
        vectors = build_vectors(
            embedder.encode_passages(texts), embedder.encode_passages(sentences), [len(cuts) for cuts in spans]
        )
        split = split_texts(texts, embedder) if isinstance(embedder, PieceSplitter) else None
        pieces = None if split is None else build_pieces(split, len(texts))
        return cls(build_postings(count_terms(texts)), vectors, embedder, pieces)

    def rank(self, question: str, k: int, only: Sequence[int] | None = None) -> list[RankedRow]:
        """The ``k`` best rows, best first; equal scores by row. Fewer where fewer have anything in common with it.

        Args:
            question: What is asked.
            k: How many rows at most.
            only: Rows that may be found, ascending; None for all of them.

        Raises:
            UsageError: The question is blank, or ``k`` is below 1.
        """
        normal = _question_text(question, k)
        lexical = lexical_scores(self._postings, question_terms(normal))
        vector = self._question_vector(question)
        rows = self._candidates(lexical, vector, only)
        if not len(rows):
            return []
        held_pieces = self._piece_coverage(normal)
        words = WordSignals.of(lexical, held_pieces)
        bm25, coverage, pieces = words.bm25[rows], words.coverage[rows], words.pieces[rows]
        dense = self._dense(vector, rows)
        weight = dense_weight(lexical, held_pieces, normal)
        fused = word_scores(words)[rows] + weight * dense.both
        best = np.argsort(-fused, kind="stable")[:k]
        held = self._held_terms(lexical, rows[best])
        ranked = []
        for i, matched in zip(best.tolist(), held, strict=True):
            reasons = Reasons(
                bm25=float(bm25[i]),
                coverage=float(coverage[i]),
                pieces=float(pieces[i]),
                passage=float(dense.passage[i]),
                sentence=float(dense.sentence[i]),
                dense_weight=weight,
                covered=float(lexical.coverage[rows[i]]),
                sentence_cosines=tuple(dense.cosines[i].tolist()),
                matched=matched,
            )
            ranked.append(RankedRow(int(rows[i]), float(fused[i]), reasons))
        return ranked

    def _candidates(
        self, lexical: LexicalScores, vector: NDArray[np.float32], only: Sequence[int] | None
    ) -> NDArray[np.int64]:
        """Rows that are worth a closer look, ascending; of few rows that may be found all of them."""
        allowed = None if only is None else np.asarray(only, dtype=np.int64)
        if allowed is not None and len(allowed) <= _ALL_OF:
            return allowed
        by_words = best_rows(lexical.bm25, _LEXICAL_CANDIDATES)
        rows = np.flatnonzero(np.bincount(np.concatenate([by_words, self._nearest(vector)])))
        return rows if allowed is None else np.intersect1d(rows, allowed)

    def rank_lexical(self, question: str, k: int) -> list[int]:
        """The rows that BM25 alone ranks best, best first."""
        words = question_terms(_question_text(question, k))
        rows: list[int] = best_rows(lexical_scores(self._postings, words).bm25, k).tolist()
        return rows

    def rank_dense(self, question: str, k: int) -> list[int]:
        """The rows that the vectors of passages and sentences alone rank best, best first."""
        _question_text(question, k)
        vector = self._question_vector(question)
        rows = self._nearest(vector, max(k, _DENSE_CANDIDATES))
        best = np.argsort(-self._dense(vector, rows).both, kind="stable")[:k]
        ranked: list[int] = rows[best].tolist()
        return ranked

    def _piece_coverage(self, normal: str) -> NDArray[np.float64] | None:
        """The share of the question's word pieces that each row holds, None where the encoder has none."""
        if self._pieces is None or not isinstance(self._embedder, PieceSplitter):
            return None
        return self._pieces.coverage(self._embedder.piece_bags([question_words(normal)]).ids)

    def _question_vector(self, question: str) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._embedder.encode_questions([question[:MAX_QUESTION_CHARS]])
        first: NDArray[np.float32] = vectors[0]
        return first

    def _nearest(self, vector: NDArray[np.float32], limit: int = _DENSE_CANDIDATES) -> NDArray[np.int64]:
        if not vector.any():
            return np.zeros(0, dtype=np.int64)
        return self._vectors.nearest_passages(vector, limit)

    def _dense(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> _Dense:
        vectors = self._vectors
        passages = vectors.passage_spread.standardise(vector, vectors.passage_scores(vector, rows))
        cosines = vectors.sentence_scores(vector, rows)
        best = np.array([of_passage.max(initial=-1.0) for of_passage in cosines])
        return _Dense(passages, vectors.sentence_spread.standardise(vector, best), cosines)

    def _held_terms(self, lexical: LexicalScores, rows: NDArray[np.int64]) -> list[tuple[str, ...]]:
        """The question's terms that each row holds, heaviest first."""
        held: list[list[str]] = [[] for _ in rows]
        wanted = rows.astype(self._postings.rows.dtype)
        for term, number, _ in sorted(lexical.matched, key=lambda match: -match[2]):
            having = self._postings.postings(number)[0]
            at = np.minimum(np.searchsorted(having, wanted), len(having) - 1)  # rows of a term ascend
            present = having[at] == wanted
            for place in np.flatnonzero(present):
                held[place].append(term)
        return [tuple(found) for found in held]


def _question_text(question: str, k: int) -> str:
    if k < 1:
        raise UsageError(f"At least one passage has to be asked for, not {k}.")
    return question_text(question)
