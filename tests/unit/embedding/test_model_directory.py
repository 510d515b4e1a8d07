"""Reading and writing the model directory, and models that are not there."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from cloudqa.embedding import open_embedder
from cloudqa.embedding.layout import read_model, write_model
from cloudqa.embedding.static import StaticEncoder
from cloudqa.errors import ModelUnavailableError

PIECES = ["<unk>", "数据", "服务", "数", "据"]
SCORES = np.array([0, -2, -2, -4, -4], np.float32)
SIMPLIFIED = {ord("數"): "数", ord("據"): "据"}
VECTORS = np.array([[9, 9, 9], [1, 0, 0], [0, 2, 0], [0, 0, 0.5], [0, 0, 0]], np.float32)


@pytest.fixture
def folder(tmp_path):
    write_model(tmp_path, "small", PIECES, SCORES, SIMPLIFIED, VECTORS)
    return tmp_path


def test_a_written_model_encodes_as_its_vectors_say(folder):
    encoder = StaticEncoder(folder)
    vectors = encoder.encode_passages(["数据", "服务 服务 數據", "其他"])
    np.testing.assert_allclose(vectors[0], [1, 0, 0], atol=1e-6)
    mixed = np.array([1, 2 * (1 + np.log(2)), 0])
    np.testing.assert_allclose(vectors[1], mixed / np.linalg.norm(mixed), atol=1e-6)
    assert not vectors[2].any()


def test_vectors_stay_on_disk_as_int8(folder):
    vectors = read_model(folder).vectors
    assert isinstance(vectors, np.memmap)
    assert vectors.dtype == np.int8
    assert vectors[0].tolist() == [0, 0, 0]  # the unknown piece says nothing, whatever was trained


def test_the_name_changes_with_the_weights(folder, tmp_path_factory):
    first = StaticEncoder(folder).name
    other = tmp_path_factory.mktemp("other")
    write_model(other, "small", PIECES, SCORES, SIMPLIFIED, VECTORS * [[1], [1], [1], [2], [1]])
    write_model(folder, "small", PIECES, SCORES, SIMPLIFIED, VECTORS)
    assert StaticEncoder(folder).name == first
    assert StaticEncoder(other).name != first


def test_a_model_directory_is_opened_by_its_path(folder):
    assert open_embedder(str(folder)).name.startswith("small@")


@pytest.mark.parametrize("file", ["vectors.npy", "trie.npy", "characters.txt"])
def test_a_missing_or_cut_table_is_named(folder, file):
    (folder / file).write_bytes((folder / file).read_bytes()[:9])
    with pytest.raises(ModelUnavailableError) as caught:
        StaticEncoder(folder)
    assert str(folder) in caught.value.message
    assert "--model" in caught.value.hint


def test_another_format_is_refused(folder):
    manifest = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ModelUnavailableError):
        StaticEncoder(folder)


def test_a_model_that_is_not_here_is_an_error_with_the_next_step(tmp_path):
    """In a process of its own: the hub's library reads its cache folder from the environment when imported."""
    program = (
        "from cloudqa.embedding import open_embedder\n"
        "from cloudqa.errors import ModelUnavailableError\n"
        "import socket\n"
        "def refuse(*args, **kwargs): raise SystemExit('a socket was opened')\n"
        "socket.socket.connect = refuse\n"
        "try:\n    open_embedder('nobody/no-such-model')\n"
        "except ModelUnavailableError as error:\n    print(error.message, '|', error.hint)\n"
    )
    environment = os.environ | {"HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert "nobody/no-such-model" in done.stdout.split("|")[0]
    assert "--local-dir" in done.stdout.split("|")[1]
