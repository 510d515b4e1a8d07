"""Splitting by a small table made for the test."""

import numpy as np
import pytest

from cloudqa.embedding.bulk import BulkTokenizer
from cloudqa.embedding.pieces import PieceTokenizer, word_runs
from cloudqa.embedding.trie import build_trie, trie_strings

PIECES = ["", "云", "计", "算", "云计算", "计算", "算力", "a", "ab", "1", "力"]
SCORES = np.array([0, -5, -5, -5, -6, -5.5, -5, -4, -5, -3, -6], np.float32)
SIMPLIFIED = {ord("雲"): "云", ord("計"): "计"}


@pytest.fixture
def tokenizer():
    return PieceTokenizer(build_trie(PIECES), SCORES, SIMPLIFIED)


def split(tokenizer, text):
    return [PIECES[i] for i in tokenizer.ids(text)]


def test_the_split_with_the_greatest_sum_wins(tokenizer):
    assert split(tokenizer, "云计算") == ["云计算"]
    assert split(tokenizer, "云计算力") == ["云计算", "力"]  # -12 against -15 for 云 计 算力
    assert split(tokenizer, "计算力") == ["计", "算力"]  # -10 against -11.5 for 计算 力


def test_traditional_full_width_and_case_fall_together(tokenizer):
    assert split(tokenizer, "雲計算ＡＢ１") == ["云计算", "ab", "1"]


def test_what_no_piece_covers_is_unknown(tokenizer):
    assert tokenizer.ids("云x力") == [1, 0, 10]
    assert tokenizer.ids("！？ ，") == []


def test_of_equal_splits_the_first_found_wins():
    pieces = ["", "甲", "乙", "丙", "甲乙", "乙丙"]
    scores = np.array([0, -1, -9, -1, -3, -3], np.float32)
    tokenizer = PieceTokenizer(build_trie(pieces), scores, {})
    assert tokenizer.ids("甲乙丙") == [1, 5]  # 甲+乙丙 and 甲乙+丙 are both -4: the earlier start came first


def test_runs_are_of_one_script():
    assert word_runs("AWS第2季度，增长42.5%（约）", {}) == ["aws", "第", "2", "季度", "增长", "42", "5", "约"]


@pytest.mark.parametrize("texts", [["云计算力 ab1", "", "雲x计", "1\n1\ta"], ["力"], ["，"]])
def test_many_at_once_are_split_as_one_by_one(tokenizer, texts):
    ids, owners = BulkTokenizer(build_trie(PIECES), SCORES, SIMPLIFIED).ids(texts)
    for place, text in enumerate(texts):
        assert sorted(ids[owners == place].tolist()) == sorted(i for i in tokenizer.ids(text) if i)


def test_a_trie_gives_back_its_strings_in_order():
    strings = ["b", "abc", "ab", "", "云计算", "云", "计", "bab"]
    assert trie_strings(build_trie(strings), len(strings)) == strings
