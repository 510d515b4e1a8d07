"""How much each signal counts. Tuned on held-out documents of the encoder's training text and on CMRC2018 dev."""

from __future__ import annotations

import re

import numpy as np

from cloudqa.retrieval.channels import LexicalScores

COVERAGE_WEIGHT = 1.0
"""Weight of term coverage beside BM25, whose weight is 1."""

FOREIGN_WEIGHT = 6.0
"""Weight of the dense signals for a question in a language that the reports are not written in."""

_CLEAR_LEAD, _CLEAR_WEIGHT = 0.25, 1.0
_SMALL_LEAD, _SMALL_WEIGHT = 0.10, 3.0
_RIVAL = 5
_FOREIGN_COVERED = 0.6
_HAN = re.compile("[\u3400-\u9fff]")


def dense_weight(lexical: LexicalScores, normal: str) -> float:
    """Weight of the dense signals for one question.

    Where the words single out one passage they are right more often than the vectors; where several passages fit
    them about as well, the question says it in other words and the vectors count more.

    Args:
        lexical: What the words say.
        normal: The question, normalised.
    """
    if not _HAN.search(normal) and lexical.coverage.max(initial=0.0) < _FOREIGN_COVERED:
        return FOREIGN_WEIGHT
    return float(np.interp(word_lead(lexical), [_SMALL_LEAD, _CLEAR_LEAD], [_SMALL_WEIGHT, _CLEAR_WEIGHT]))


def word_lead(lexical: LexicalScores) -> float:
    """How far the passage that fits the words best is ahead of the fifth, as a share of what the words are worth."""
    if not lexical.worth or not len(lexical.bm25):
        return 0.0
    shares = (lexical.bm25 / lexical.worth + lexical.coverage) / 2
    rivals = min(_RIVAL, len(shares))
    best = np.partition(shares, len(shares) - rivals)[len(shares) - rivals :]
    return float(best.max() - best.min())
