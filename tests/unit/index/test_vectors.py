"""The dense side: whose vector, which rows, which scores; and the inverted file above the limit."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from cloudqa.index import vectors as module
from cloudqa.index.vectors import build_vectors, load_vectors

EAST, NORTH, WEST = np.eye(2, dtype=np.float32)[[0, 1, 0]] * np.array([[1], [1], [-1]], dtype=np.float32)


@pytest.fixture(params=["numpy", "faiss"])
def three(tmp_path, monkeypatch, request):
    """Read by numpy and by FAISS: passages east, north, west with 2, 0 and 1 sentences: (east, west), (), (north)."""
    built = build_vectors(np.stack([EAST, NORTH, WEST]), np.stack([EAST, WEST, NORTH]), [2, 0, 1])
    built.save(tmp_path)
    if request.param == "faiss":
        monkeypatch.setattr(module, "NUMPY_LIMIT", 0)
    loaded = load_vectors(tmp_path, 2)
    assert type(loaded.rows).__name__ == {"numpy": "MappedRows", "faiss": "FaissRows"}[request.param]
    return loaded


def test_nearest_passages_by_their_own_vector_or_that_of_a_sentence(three):
    assert three.passages == 3
    assert three.nearest_passages(EAST, 2).tolist() == [0]  # passage 0 and its first sentence
    assert three.nearest_passages(NORTH, 2).tolist() == [1, 2]  # passage 1, and the sentence of passage 2
    assert three.nearest_passages(NORTH, 99).tolist() == [0, 1, 2]


def test_scores_are_cosines(three):
    rows = np.array([2, 0])
    assert three.passage_scores(EAST, rows).tolist() == [-1.0, 1.0]
    found = three.sentence_scores(EAST, np.array([0, 1, 2]))
    assert [scores.tolist() for scores in found] == [[1.0, -1.0], [], [0.0]]
    assert three.sentence_scores(EAST, np.zeros(0, dtype=np.int64)) == []


def test_vectors_of_passages_side_by_side_come_back_as_they_were(three):
    passages, sentences = three.of_passages(range(1, 3))
    assert passages.tolist() == [NORTH.tolist(), WEST.tolist()]
    assert sentences.tolist() == [NORTH.tolist()]
    assert three.of_passages(range(0))[0].shape == (0, 2)


def test_moments_standardise_over_all_vectors(three):
    # East products of the passages are 1, 0, -1: mean 0, standard deviation sqrt(2/3).
    assert three.passage_moments.standardise(EAST, np.array([1.0, 0.0])) == pytest.approx([1.224745, 0.0], abs=1e-6)


def test_moments_of_one_vector_or_none_give_zero():
    one = build_vectors(EAST[None, :], EAST[None, :], [1])
    assert one.passage_moments.standardise(EAST, np.array([1.0])).tolist() == [0.0]
    none = build_vectors(np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32), [])
    assert none.passages == 0
    assert none.nearest_passages(EAST, 5).tolist() == []


def test_above_the_limit_an_inverted_file_finds_the_same(tmp_path, monkeypatch):
    random = np.random.default_rng(7)
    passages = random.normal(size=(300, 8)).astype(np.float32)
    passages /= np.linalg.norm(passages, axis=1, keepdims=True)
    monkeypatch.setattr(module, "FLAT_LIMIT", 100)
    monkeypatch.setattr(module, "_PROBES", 24)
    built = build_vectors(passages, passages, [1] * 300)
    built.save(tmp_path)
    loaded = load_vectors(tmp_path, 8)
    assert type(loaded.rows.index).__name__ == "IndexIVFFlat"
    assert loaded.rows.index.nprobe == 24
    assert loaded.nearest_passages(passages[17], 2).tolist() == [17]
    assert loaded.of_passages(range(5, 9))[0].tolist() == passages[5:9].tolist()


def test_a_damaged_file_is_an_error(three, tmp_path):
    file = tmp_path / module.FAISS_NAME
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises((RuntimeError, ValueError)):
        load_vectors(tmp_path, 2)


def test_another_number_of_vectors_is_an_error(three, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "NUMPY_LIMIT", 0)
    with pytest.raises(ValueError, match="holds 6 vectors of length 2"):
        load_vectors(tmp_path, 3)


def test_only_built_vectors_can_be_saved(tmp_path):
    built = build_vectors(EAST[None, :], EAST[None, :], [1])
    built.save(tmp_path)
    with pytest.raises(TypeError, match="just been built"):
        load_vectors(tmp_path, 2).save(tmp_path)


def test_a_small_index_is_read_without_faiss(tmp_path):
    build_vectors(EAST[None, :], EAST[None, :], [1]).save(tmp_path)
    code = (
        "import sys; from pathlib import Path; from cloudqa.index.vectors import load_vectors;"
        "print(load_vectors(Path(sys.argv[1]), 2).rows.matrix.tolist(), 'faiss' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[[1.0, 0.0], [1.0, 0.0]] False\n"
