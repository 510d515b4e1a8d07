"""The weight of the vectors: small where the words single out a passage, large where they do not or cannot."""

from __future__ import annotations

import numpy as np
import pytest

from cloudqa.retrieval.channels import LexicalScores
from cloudqa.retrieval.fusion import FOREIGN_WEIGHT, dense_weight, word_lead


def scores(*shares):
    """Passages that hold these shares of a question, by BM25 and by coverage alike."""
    held = np.array(shares, dtype=float)
    return LexicalScores(held * 8, held, 8.0, ())


def test_the_lead_is_that_of_the_best_over_the_fifth():
    assert word_lead(scores(0.1, 0.9, 0.2, 0.3, 0.4, 0.5)) == pytest.approx(0.7)
    assert word_lead(scores(0.9, 0.5)) == pytest.approx(0.4)
    assert word_lead(scores(0.9)) == 0
    assert word_lead(scores()) == 0
    assert word_lead(LexicalScores(np.zeros(3), np.zeros(3), 0.0, ())) == 0


@pytest.mark.parametrize(("lead", "weight"), [(0.0, 3.0), (0.1, 3.0), (0.175, 2.0), (0.25, 1.0), (0.9, 1.0)])
def test_the_weight_falls_as_the_lead_grows(lead, weight):
    assert dense_weight(scores(lead, 0, 0, 0, 0), "云") == pytest.approx(weight)


def test_a_question_in_another_language_goes_by_the_vectors():
    assert dense_weight(scores(0.5, 0, 0, 0, 0), "growth of cloud revenue") == FOREIGN_WEIGHT
    assert dense_weight(scores(0.7, 0, 0, 0, 0), "aws") == 1.0
    assert dense_weight(scores(), "aws") == FOREIGN_WEIGHT
