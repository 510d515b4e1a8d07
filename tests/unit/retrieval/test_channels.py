"""Lexical scores and their normalisation, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cloudqa.index.lexical import build_postings, count_terms
from cloudqa.retrieval.channels import best_rows, lexical_scores, z_scores

POSTINGS = build_postings(count_terms(["aa bb", "aa aa cc", "dd"]))
IDF_AA, IDF_ONE, IDF_NONE = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5), math.log(1 + 3.5 / 0.5)


def test_scores_are_sums_over_the_terms_repeated_ones_counted():
    scores = lexical_scores(POSTINGS, ["aa", "cc", "cc"])
    aa = [IDF_AA * 1.9 / 1.9, IDF_AA * 2 * 1.9 / (2 + 0.9 * (0.6 + 0.4 * 1.5)), 0]
    cc = IDF_ONE * 1.9 / (1 + 0.9 * (0.6 + 0.4 * 1.5))
    assert scores.bm25.tolist() == pytest.approx([aa[0], aa[1] + 2 * cc, 0])


def test_coverage_is_the_share_of_the_questions_idf():
    scores = lexical_scores(POSTINGS, ["aa", "cc", "cc", "zz"])
    worth = IDF_AA + IDF_ONE + IDF_NONE
    assert scores.coverage.tolist() == pytest.approx([IDF_AA / worth, (IDF_AA + IDF_ONE) / worth, 0])
    assert [(term, pytest.approx(idf)) for term, _, idf in scores.matched] == [("aa", IDF_AA), ("cc", IDF_ONE)]


def test_a_question_without_known_terms_scores_nothing():
    scores = lexical_scores(POSTINGS, ["zz"])
    assert scores.bm25.tolist() == scores.coverage.tolist() == [0, 0, 0]
    assert lexical_scores(POSTINGS, []).coverage.tolist() == [0, 0, 0]


def test_z_scores():
    assert z_scores(np.array([1.0, 2.0, 3.0])).tolist() == pytest.approx([-1.224745, 0, 1.224745])
    assert z_scores(np.array([5.0, 5.0])).tolist() == [0, 0]
    assert z_scores(np.array([5.0])).tolist() == [0]
    assert z_scores(np.zeros(0)).tolist() == []


def test_best_rows_are_positive_and_ties_go_by_row():
    scores = np.array([0.0, 2.0, 3.0, 2.0, 3.0, -1.0])
    assert best_rows(scores, 9).tolist() == [2, 4, 1, 3]
    assert best_rows(scores, 3).tolist() == [2, 4, 1]
    assert best_rows(scores, 1).tolist() == [2]
    assert best_rows(np.zeros(3), 2).tolist() == []
