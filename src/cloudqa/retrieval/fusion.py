"""How much each signal counts. Tuned on held-out documents of the encoder's training text and on CMRC2018 dev."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from cloudqa.retrieval.channels import LexicalScores, WordSignals
from cloudqa.retrieval.wording import asks

COVERAGE_WEIGHT = 1.0
"""Weight of term coverage beside BM25, whose weight is 1."""

PIECE_WEIGHT = 1.0
"""Weight of the coverage of word pieces."""

FOREIGN_WEIGHT = 6.0
"""Weight of the dense signals for a question in a language that the reports are not written in."""

_NO_LEAD, _NO_WEIGHT = 0.0, 6.0
_CLEAR_LEAD, _CLEAR_WEIGHT = 0.4, 0.3
_NAMING = 4.0
_RIVAL = 5
_FOREIGN_COVERED = 0.6
_HAN = re.compile("[\u3400-\u9fff]")


def word_scores(words: WordSignals) -> NDArray[np.float64]:
    """The lexical signals of every passage, weighted and added up, ``(N,)``."""
    fused: NDArray[np.float64] = words.bm25 + COVERAGE_WEIGHT * words.coverage + PIECE_WEIGHT * words.pieces
    return fused


def dense_weight(lexical: LexicalScores, pieces: NDArray[np.float64] | None, normal: str) -> float:
    """Weight of the dense signals for one question.

    Where the words single out one passage they are right more often than the vectors; where several passages fit
    them about as well, the question says it in other words and the vectors count more. So they do where nothing is
    asked and a topic only named, as headings do: a passage on a topic need not repeat its name.

    Args:
        lexical: What the words say.
        pieces: ``(N,)`` coverage of the question's word pieces, 0 … 1; None where the encoder has none.
        normal: The question, normalised.
    """
    if not _HAN.search(normal) and lexical.coverage.max(initial=0.0) < _FOREIGN_COVERED:
        return FOREIGN_WEIGHT
    logarithms = [math.log(_NO_WEIGHT), math.log(_CLEAR_WEIGHT)]
    weight = math.exp(float(np.interp(word_lead(lexical, pieces), [_NO_LEAD, _CLEAR_LEAD], logarithms)))
    return min(_NO_WEIGHT, weight if asks(normal) else weight * _NAMING)


def word_lead(lexical: LexicalScores, pieces: NDArray[np.float64] | None) -> float:
    """How much more of the question the passage that covers most of it covers than the fifth, 0 … 1.

    A share of the question and not a z-score, so that it means the same in an index of any size.
    """
    shares = lexical.coverage if pieces is None else (lexical.coverage + pieces) / 2
    rivals = min(_RIVAL, len(shares))
    if not rivals:
        return 0.0
    best = np.partition(shares, len(shares) - rivals)[len(shares) - rivals :]
    return float(best.max() - best.min())
