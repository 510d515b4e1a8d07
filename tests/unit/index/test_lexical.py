"""BM25 weights against values worked out by hand, and the arrays on disk."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cloudqa.index import lexical as module
from cloudqa.index.lexical import TermCounts, build_postings, count_terms, load_postings, term_key, terms_of
from cloudqa.index.segments import cut_segment, merge_segments

# Lengths in terms: "aa bb" 2, "aa aa cc" 3, "dd" 1; mean 2.
TEXTS = ["aa bb", "aa aa cc", "dd"]


def weights(postings, term):
    (number,) = postings.find([term])
    rows, found = postings.postings(int(number))
    return dict(zip(rows.tolist(), found.tolist(), strict=True))


def bm25(df, count, length):
    idf = math.log(1 + (3 - df + 0.5) / (df + 0.5))
    return idf * count * 1.9 / (count + 0.9 * (0.6 + 0.4 * length / 2))


def test_weights_are_those_of_the_formula():
    postings = build_postings(count_terms(TEXTS))
    assert weights(postings, "aa") == pytest.approx({0: bm25(2, 1, 2), 1: bm25(2, 2, 3)})
    assert weights(postings, "bb") == pytest.approx({0: bm25(1, 1, 2)})
    assert weights(postings, "dd") == pytest.approx({2: bm25(1, 1, 1)})
    # The same figures worked out without the function above.
    assert weights(postings, "aa")[0] == pytest.approx(0.470004 * 1.9 / 1.9, rel=1e-5)
    assert weights(postings, "dd")[2] == pytest.approx(0.980829 * 1.9 / 1.72, rel=1e-5)


def test_idf_and_lengths():
    postings = build_postings(count_terms(TEXTS))
    assert postings.lengths.tolist() == [2, 3, 1]
    (number,) = postings.find(["aa"])
    assert float(postings.idf[number]) == pytest.approx(math.log(1 + 1.5 / 2.5))


def test_chinese_is_found_by_characters_and_pairs_in_any_spelling():
    postings = build_postings(count_terms(["雲計算ＡＷＳ", "计算机"]))
    assert sorted(weights(postings, "云计")) == [0]
    assert sorted(weights(postings, "计算")) == [0, 1]
    assert sorted(weights(postings, "aws")) == [0]


def test_an_unknown_term_has_no_number():
    postings = build_postings(count_terms(TEXTS))
    assert postings.find(["zz", "aa"]).tolist()[0] == -1
    assert build_postings(count_terms([""])).find(["aa"]).tolist() == [-1]


def test_terms_are_known_by_the_same_hash_everywhere():
    assert term_key("云计") == 202186464081055083
    postings = build_postings(count_terms(TEXTS))
    assert postings.keys.tolist() == sorted(map(term_key, ("aa", "bb", "cc", "dd")))


def test_arrays_survive_the_disk(tmp_path):
    postings = build_postings(count_terms(TEXTS))
    names = postings.save(tmp_path)
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())
    loaded = load_postings(tmp_path)
    for field in ("keys", "starts", "rows", "counts", "weights", "idf", "lengths"):
        assert np.array_equal(getattr(loaded, field), getattr(postings, field))
        assert isinstance(getattr(loaded, field), np.memmap)


def test_passages_of_two_indexes_are_put_together_as_if_they_were_indexed_at_once():
    old = build_postings(count_terms(TEXTS))
    kept, fresh = cut_segment(terms_of(old), range(1, 3)), count_terms(["bb dd dd"])
    merged = merge_segments([(0, lambda: fresh.terms), (1, lambda: kept)])
    again = build_postings(TermCounts(merged, np.concatenate([fresh.lengths, old.lengths[1:]])))
    at_once = build_postings(count_terms(["bb dd dd", *TEXTS[1:]]))
    for field in ("keys", "starts", "rows", "counts", "weights", "idf", "lengths"):
        assert np.array_equal(getattr(again, field), getattr(at_once, field)), field


def test_weights_do_not_depend_on_how_many_are_worked_out_together(monkeypatch):
    at_once = build_postings(count_terms(TEXTS))
    monkeypatch.setattr(module, "_WEIGHED_AT_ONCE", 1)
    assert build_postings(count_terms(TEXTS)).weights.tolist() == at_once.weights.tolist()
