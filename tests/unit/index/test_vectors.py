"""The dense side: whose vector, which rows, which scores; and the inverted file above the limit."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from cloudqa.index import vector_files
from cloudqa.index import vectors as module
from cloudqa.index.vector_files import Block, write_vectors
from cloudqa.index.vectors import build_vectors, load_vectors

EAST, NORTH, WEST = np.eye(2, dtype=np.float32)[[0, 1, 0]] * np.array([[1], [1], [-1]], dtype=np.float32)


def block(vectors):
    return Block(len(vectors), lambda: np.asarray(vectors, np.float32))


def write(folder, passages, sentences, counts):
    """Each vector as a block of its own."""
    dimension = passages.shape[1]
    return write_vectors(
        folder, dimension, [block(v[None]) for v in passages], [block(v[None]) for v in sentences], counts
    )


@pytest.fixture(params=["numpy", "faiss"])
def three(tmp_path, monkeypatch, request):
    """Read by numpy and by FAISS: passages east, north, west with 2, 0 and 1 sentences: (east, west), (), (north)."""
    write(tmp_path, np.stack([EAST, NORTH, WEST]), np.stack([EAST, WEST, NORTH]), [2, 0, 1])
    if request.param == "faiss":
        monkeypatch.setattr(module, "NUMPY_LIMIT", 0)
    loaded = load_vectors(tmp_path, 2)
    assert type(loaded.rows).__name__ == {"numpy": "MappedRows", "faiss": "FlatFileRows"}[request.param]
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
    assert three.of_passages(range(1, 3)).tolist() == [NORTH.tolist(), WEST.tolist()]
    assert three.of_sentences(range(1, 3)).tolist() == [NORTH.tolist()]
    assert three.sentence_counts(range(1, 3)).tolist() == [0, 1]
    assert three.of_passages(range(0)).shape == three.of_sentences(range(0)).shape == (0, 2)


def test_scores_are_standardised_over_all_vectors(three):
    # East products of the passages are 1, 0, -1: mean 0, standard deviation sqrt(2/3).
    assert three.passage_spread.standardise(EAST, np.array([1.0, 0.0])) == pytest.approx([1.224745, 0.0], abs=1e-6)


def test_the_spread_of_one_vector_or_none_gives_zero():
    one = build_vectors(EAST[None, :], EAST[None, :], [1])
    assert one.passage_spread.standardise(EAST, np.array([1.0])).tolist() == [0.0]
    none = build_vectors(np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32), [])
    assert none.passages == 0
    assert none.nearest_passages(EAST, 5).tolist() == []


def test_above_the_limit_an_inverted_file_finds_the_same(tmp_path, monkeypatch):
    random = np.random.default_rng(7)
    passages = random.normal(size=(300, 8)).astype(np.float32)
    passages /= np.linalg.norm(passages, axis=1, keepdims=True)
    monkeypatch.setattr(module, "FLAT_LIMIT", 100)
    monkeypatch.setattr(module, "_PROBES", 24)
    write(tmp_path, passages, passages, [1] * 300)
    loaded = load_vectors(tmp_path, 8)
    assert type(loaded.rows.index).__name__ == "IndexIVFFlat"
    assert loaded.rows.index.nprobe == 24
    assert loaded.nearest_passages(passages[17], 2).tolist() == [17]
    assert loaded.of_passages(range(5, 9)).tolist() == passages[5:9].tolist()


def test_a_damaged_file_is_an_error(three, tmp_path):
    file = tmp_path / module.FAISS_NAME
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises((RuntimeError, ValueError)):
        load_vectors(tmp_path, 2)


def test_another_number_of_vectors_is_an_error(three, tmp_path, monkeypatch):
    np.save(tmp_path / module.STARTS_NAME, np.array([0, 2000]))
    with pytest.raises(ValueError, match="does not hold 2001 vectors of length 2"):
        load_vectors(tmp_path, 2)


def test_a_flat_file_is_what_faiss_writes(tmp_path):
    import faiss

    vectors = np.stack([EAST, NORTH, WEST])
    write(tmp_path, vectors[:2], vectors[2:], [0, 1])
    index = faiss.IndexFlatIP(2)
    index.add(vectors)
    faiss.write_index(index, str(tmp_path / "by_faiss"))
    assert (tmp_path / module.FAISS_NAME).read_bytes() == (tmp_path / "by_faiss").read_bytes()


def test_the_spread_is_that_of_evenly_spaced_vectors_where_there_are_many(tmp_path, monkeypatch):
    monkeypatch.setattr(vector_files, "_SAMPLE_ROWS", 2)
    write(tmp_path, np.stack([EAST, NORTH, WEST, NORTH]), EAST[None, :], [1, 0, 0, 0])  # every second: east, west
    spread = load_vectors(tmp_path, 2).passage_spread
    assert spread.sample.tolist() == [EAST.tolist(), WEST.tolist()]
    assert spread.standardise(EAST, np.array([1.0, 0.0])).tolist() == [1.0, 0.0]


def test_a_small_index_is_read_without_faiss(tmp_path):
    write(tmp_path, EAST[None, :], EAST[None, :], [1])
    code = (
        "import sys; from pathlib import Path; from cloudqa.index.vectors import load_vectors;"
        "print(load_vectors(Path(sys.argv[1]), 2).rows.matrix.tolist(), 'faiss' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[[1.0, 0.0], [1.0, 0.0]] False\n"
