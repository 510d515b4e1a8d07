"""Piece coverage worked out by hand on three passages, the arrays on disk, and what is kept when passages move."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from made_up_pieces import LetterEmbedder, LetterSplitter
from made_up_reports import cut_lines, make_report

from cloudqa.index.assemble import index_passages
from cloudqa.index.pieces import build_pieces, file_names, load_pieces, pieces_of, split_texts
from cloudqa.index.segments import cut_segment, merge_segments

A, B, C, D, Z = map(ord, "abcdz")
TEXTS = ["ab a", "acc", "d"]
# In two of three passages, in one, in none: ln(1 + (3 - df + 0.5) / (df + 0.5)).
IN_TWO, IN_ONE, IN_NONE = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5), math.log(1 + 3.5 / 0.5)


def of_texts(texts):
    return build_pieces(split_texts(texts, LetterSplitter()), len(texts))


def same(one, other):
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


def test_each_piece_lists_its_passages_once():
    pieces = of_texts(TEXTS)
    assert pieces.ids.tolist() == [A, B, C, D]
    assert pieces.starts.tolist() == [0, 2, 3, 4, 5]
    assert pieces.rows.tolist() == [0, 1, 0, 1, 2]
    assert pieces.total == 3


def test_coverage_is_the_share_of_the_idf_that_a_passage_holds():
    found = of_texts(TEXTS).coverage(np.array([A, C, Z], np.int32))
    worth = IN_TWO + IN_ONE + IN_NONE
    assert found.tolist() == pytest.approx([IN_TWO / worth, (IN_TWO + IN_ONE) / worth, 0])
    # The same figures worked out without the formula: 0.470004, 0.980829, 2.079442.
    assert found.tolist() == pytest.approx([0.133133, 0.410965, 0], abs=1e-5)


def test_all_pieces_held_cover_everything():
    assert of_texts(TEXTS).coverage(np.array([A, B], np.int32)).tolist() == pytest.approx(
        [1, IN_TWO / (IN_TWO + IN_ONE), 0]
    )


def test_nothing_wanted_and_nothing_there():
    assert of_texts(TEXTS).coverage(np.zeros(0, np.int32)).tolist() == [0, 0, 0]
    assert of_texts(["", ""]).coverage(np.array([A], np.int32)).tolist() == [0, 0]
    assert of_texts([]).coverage(np.array([A], np.int32)).tolist() == []


def test_arrays_survive_the_disk(tmp_path):
    pieces = of_texts(TEXTS)
    assert pieces.save(tmp_path) == file_names()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file_names())
    loaded = load_pieces(tmp_path)
    assert same(loaded, pieces)
    assert isinstance(loaded.rows, np.memmap)
    assert loaded.coverage(np.array([D], np.int32)).tolist() == [0, 0, 1]


def test_pieces_of_two_indexes_are_put_together_as_if_they_were_split_at_once():
    kept = cut_segment(pieces_of(of_texts(TEXTS)), range(1, 3))
    fresh = split_texts(["bd"], LetterSplitter())
    assert same(build_pieces(merge_segments([(0, lambda: kept), (2, lambda: fresh)]), 3), of_texts([*TEXTS[1:], "bd"]))


def test_what_is_split_is_the_text_with_its_headings_and_only_where_the_encoder_has_pieces(hash_embedder):
    passages = cut_lines(make_report("r", "甲乙\n丙。\n"))
    # The heading is 一 甲乙, the text 丙.
    assert index_passages(passages, LetterEmbedder(hash_embedder)).pieces.keys.tolist() == sorted(map(ord, "一甲乙丙"))
    assert index_passages(passages, hash_embedder).pieces is None
