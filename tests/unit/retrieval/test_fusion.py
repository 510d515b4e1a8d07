"""The weight of the vectors: small where the words single out a passage, large where they do not or cannot."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cloudqa.retrieval.channels import LexicalScores, WordSignals
from cloudqa.retrieval.fusion import COVERAGE_WEIGHT, FOREIGN_WEIGHT, PIECE_WEIGHT, dense_weight, word_lead, word_scores


def scores(*shares):
    """Passages that hold these shares of a question."""
    held = np.array(shares, dtype=float)
    return LexicalScores(held * 8, held, 8.0, ())


def test_the_signals_of_the_words_are_added_up():
    words = WordSignals(np.array([1.0, -2.0]), np.array([0.5, 1.0]), np.array([0.25, -1.0]))
    assert word_scores(words).tolist() == [
        1 + 0.5 * COVERAGE_WEIGHT + 0.25 * PIECE_WEIGHT,
        -2 + 1 * COVERAGE_WEIGHT - 1 * PIECE_WEIGHT,
    ]


def test_the_lead_is_that_of_the_best_over_the_fifth():
    assert word_lead(scores(0.1, 0.9, 0.2, 0.3, 0.4, 0.5), None) == pytest.approx(0.7)
    assert word_lead(scores(0.9, 0.5), None) == pytest.approx(0.4)
    assert word_lead(scores(0.9), None) == 0
    assert word_lead(scores(), None) == 0


def test_pieces_count_half_where_there_are_any():
    assert word_lead(scores(0.9, 0.5), np.array([0.1, 0.3])) == pytest.approx(0.5 - 0.4)


# Evenly by logarithm from 6 to 0.3: halfway it is the root of their product.
@pytest.mark.parametrize(("lead", "weight"), [(0.0, 6.0), (0.2, math.sqrt(1.8)), (0.4, 0.3), (0.9, 0.3)])
def test_the_weight_falls_as_the_lead_grows(lead, weight):
    assert dense_weight(scores(lead, 0, 0, 0, 0), None, "云有哪些") == pytest.approx(weight)


@pytest.mark.parametrize(("lead", "weight"), [(0.0, 6.0), (0.2, 4 * math.sqrt(1.8)), (0.4, 1.2)])
def test_what_only_names_a_topic_goes_more_by_the_vectors(lead, weight):
    assert dense_weight(scores(lead, 0, 0, 0, 0), None, "云的发展") == pytest.approx(weight)


def test_a_question_in_another_language_goes_by_the_vectors():
    assert dense_weight(scores(0.5, 0, 0, 0, 0), None, "growth of cloud revenue") == FOREIGN_WEIGHT
    assert dense_weight(scores(0.7, 0, 0, 0, 0), None, "aws") == pytest.approx(1.2)
    assert dense_weight(scores(), None, "aws") == FOREIGN_WEIGHT
