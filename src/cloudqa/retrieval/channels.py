"""The signals that a passage is ranked by, each over a whole index."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cloudqa.index.lexical import Postings


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """What the words of a question say of every passage; ``N`` passages.

    Attributes:
        bm25: ``(N,)`` float64, sum of BM25 weights of the question's terms, repeated ones counted; 0 where none occurs.
        coverage: ``(N,)`` float64 in 0 … 1, share of the question's terms that the passage holds, each once and
            weighted by idf. Terms that no passage holds count as not covered.
        worth: Sum of the idf of the question's terms, each once.
        matched: ``(term, number in the postings, idf)`` of the question's terms that occur anywhere, in order of the
            question.
    """

    bm25: NDArray[np.float64]
    coverage: NDArray[np.float64]
    worth: float
    matched: tuple[tuple[str, int, float], ...]


def lexical_scores(postings: Postings, question_terms: list[str]) -> LexicalScores:
    """BM25 and term coverage of every passage."""
    wanted = Counter(question_terms)
    numbers = postings.find(list(wanted))
    total = len(postings.lengths)
    bm25, covered = np.zeros(total), np.zeros(total)
    matched = []
    unknown_idf = float(np.log1p((total + 0.5) / 0.5))
    worth = 0.0
    for (term, times), number in zip(wanted.items(), numbers.tolist(), strict=True):
        if number < 0:
            worth += unknown_idf
            continue
        rows, weights = postings.postings(number)
        idf = float(postings.idf[number])
        bm25[rows] += times * weights
        covered[rows] += idf
        worth += idf
        matched.append((term, number, idf))
    return LexicalScores(bm25, covered / worth if worth else covered, worth, tuple(matched))


@dataclass(frozen=True, slots=True)
class WordSignals:
    """The lexical signals of a whole index as z-scores, higher is better; ``N`` passages.

    Attributes:
        bm25: ``(N,)`` float64.
        coverage: ``(N,)`` float64, of the question's terms.
        pieces: ``(N,)`` float64, coverage of the question's word pieces; all 0 where the encoder has none.
    """

    bm25: NDArray[np.float64]
    coverage: NDArray[np.float64]
    pieces: NDArray[np.float64]

    @classmethod
    def of(cls, lexical: LexicalScores, pieces: NDArray[np.float64] | None) -> WordSignals:
        """The z-scores of lexical scores and of piece coverage, None where there is none."""
        spread = np.zeros_like(lexical.bm25) if pieces is None else z_scores(pieces)
        return cls(z_scores(lexical.bm25), z_scores(lexical.coverage), spread)


def z_scores(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as distances from their mean in standard deviations; all 0 where they do not differ."""
    spread = float(scores.std()) if len(scores) else 0.0
    if spread < 1e-12:
        return np.zeros_like(scores)
    result: NDArray[np.float64] = (scores - scores.mean()) / spread
    return result


def best_rows(scores: NDArray[np.float64], limit: int) -> NDArray[np.int64]:
    """Rows with the highest scores above 0, at most ``limit``; best first, equal ones by row."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > limit:
        threshold = np.partition(scores[positive], len(positive) - limit)[len(positive) - limit]
        positive = positive[scores[positive] >= threshold]
    order: NDArray[np.int64] = positive[np.argsort(-scores[positive], kind="stable")][:limit]
    return order
