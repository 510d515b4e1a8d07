"""Fusion by hand, the reasons given, and the edges: nothing in common, one passage, blank and huge questions."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_pieces import LetterEmbedder

from cloudqa.errors import UsageError
from cloudqa.index.lexical import build_postings, count_terms
from cloudqa.index.vectors import build_vectors
from cloudqa.retrieval.fusion import COVERAGE_WEIGHT, PIECE_WEIGHT
from cloudqa.retrieval.ranking import Ranker


class TableEmbedder:
    """Vectors from a table; unknown texts are zero."""

    name, dimension = "table", 2

    def __init__(self, vectors):
        self.vectors = vectors

    def encode_passages(self, texts):
        return np.array([self.vectors.get(text, (0, 0)) for text in texts], dtype=np.float32).reshape(-1, 2)

    encode_questions = encode_passages


TEXTS = ["aa bb", "aa cc", "dd"]
VECTORS = {"aa bb": (1, 0), "aa cc": (0.6, 0.8), "dd": (0, 1)}


def ranker(question_vectors):
    embedder = TableEmbedder(VECTORS | question_vectors)
    passages = embedder.encode_passages(TEXTS)
    return Ranker(build_postings(count_terms(TEXTS)), build_vectors(passages, passages, [1, 1, 1]), embedder)


def test_the_score_is_the_weighted_sum_of_the_reasons():
    (first, second, third) = ranker({"aa bb": (0, 1)}).rank("aa bb", 3)
    for found in (first, second, third):
        r = found.reasons
        assert found.score == pytest.approx(
            r.bm25
            + COVERAGE_WEIGHT * r.coverage
            + PIECE_WEIGHT * r.pieces
            + r.dense_weight * (r.passage + r.sentence) / 2
        )


def test_pieces_count_where_the_encoder_has_them():
    letters = LetterEmbedder(TableEmbedder(VECTORS | {"b d": (0, 1)}))
    ranked = Ranker.of_texts(TEXTS, letters).rank("b d", 3)
    # Each is a letter of one text, so two passages hold half: z-scores of 1/2, 0, 1/2.
    assert {found.row: found.reasons.pieces for found in ranked} == pytest.approx(
        {0: 0.707107, 1: -1.414214, 2: 0.707107}, abs=1e-5
    )
    for found in ranked:
        r = found.reasons
        dense = r.dense_weight * (r.passage + r.sentence) / 2
        assert found.score == pytest.approx(r.bm25 + COVERAGE_WEIGHT * r.coverage + PIECE_WEIGHT * r.pieces + dense)


def test_an_encoder_without_pieces_ranks_by_the_rest():
    assert [found.reasons.pieces for found in ranker({"aa bb": (0, 1)}).rank("aa bb", 3)] == [0, 0, 0]


def test_words_decide_where_the_vectors_say_nothing():
    ranked = ranker({}).rank("aa cc zz", 3)
    assert [found.row for found in ranked] == [1, 0]
    # Products of a zero vector do not vary, so the dense z-scores are 0.
    assert [(found.reasons.passage, found.reasons.sentence) for found in ranked] == [(0, 0), (0, 0)]
    assert ranked[0].reasons.matched == ("cc", "aa")
    assert ranked[1].reasons.matched == ("aa",)


def test_vectors_decide_where_the_words_say_nothing():
    ranked = ranker({"qq": (0, 1)}).rank("qq", 3)
    assert [found.row for found in ranked] == [2, 1, 0]
    # Cosines 1, 0.8, 0: mean 0.6, standard deviation sqrt(0.56 / 3).
    assert [found.reasons.passage for found in ranked] == pytest.approx([0.925820, 0.462910, -1.388730], abs=1e-5)
    assert ranked[0].reasons.sentence_cosines == pytest.approx((1.0,))
    assert ranked[0].reasons.best_sentence == 0
    assert ranked[0].reasons.bm25 == 0


def test_single_channels():
    both = ranker({"aa cc": (1, 0)})
    assert both.rank_lexical("aa cc", 3) == [1, 0]
    assert both.rank_dense("aa cc", 3) == [0, 1, 2]


def test_nothing_in_common():
    assert ranker({}).rank("zz", 5) == []


def test_equal_passages_rank_in_order(hash_embedder):
    ranked = Ranker.of_texts(["云计算。", "存储。", "云计算。"], hash_embedder).rank("云计算", 3)
    assert [found.row for found in ranked][:2] == [0, 2]
    assert ranked[0].score == ranked[1].score


def test_one_passage(hash_embedder):
    (found,) = Ranker.of_texts(["云计算的发展很快。"], hash_embedder).rank("云计算", 5)
    assert (found.row, found.score, found.reasons.matched) == (0, 0, ("云", "计", "算", "云计", "计算"))
    assert found.reasons.best_sentence == 0


def test_no_passage(hash_embedder):
    assert Ranker.of_texts([], hash_embedder).rank("云计算", 5) == []


@pytest.mark.parametrize("question", ["", " \n\t", "\u3000"])
def test_a_blank_question(question, hash_embedder):
    with pytest.raises(UsageError, match="empty"):
        Ranker.of_texts(["云"], hash_embedder).rank(question, 5)


def test_less_than_one_passage_asked_for(hash_embedder):
    with pytest.raises(UsageError, match="not 0"):
        Ranker.of_texts(["云"], hash_embedder).rank("云", 0)


def test_only_the_beginning_of_a_huge_question_counts(hash_embedder):
    texts = ["云计算。", "存储。"]
    ranker_of_texts = Ranker.of_texts(texts, hash_embedder)
    huge = "云计算" + "。" * 997
    assert ranker_of_texts.rank(huge + "存储" * 50_000, 2) == ranker_of_texts.rank(huge, 2)


def test_traditional_and_full_width_spelling_rank_alike(hash_embedder):
    texts = ["云计算与AWS。", "存储。", "网络。"]
    ranker_of_texts = Ranker.of_texts(texts, hash_embedder)
    assert ranker_of_texts.rank_lexical("雲計算", 1) == ranker_of_texts.rank_lexical("ＡＷＳ", 1) == [0]
