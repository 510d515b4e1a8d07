"""How much each signal counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cloudqa.retrieval.channels import LexicalScores

COVERAGE_WEIGHT = 1.0
"""Weight of term coverage beside BM25, whose weight is 1."""

_LEAST, _MOST = 0.5, 2.0
_COVERED_WELL, _COVERED_BADLY = 0.6, 0.2


def dense_weight(lexical: LexicalScores, by_words: NDArray[np.int64]) -> float:
    """Weight of the dense signals for one question.

    A question whose words stand together in a passage is best answered by words; the less of it the best covering
    passage holds, the more the vectors count.

    Args:
        lexical: What the words say.
        by_words: The rows that BM25 ranks best.
    """
    covered = float(lexical.coverage[by_words].max()) if len(by_words) else 0.0
    return float(np.interp(covered, [_COVERED_BADLY, _COVERED_WELL], [_MOST, _LEAST]))
