"""The files of the built-in model directory, and reading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.pieces import UNKNOWN
from cloudqa.embedding.trie import TrieArrays, build_trie
from cloudqa.errors import ModelUnavailableError

BUILTIN_FOLDER = Path(__file__).parent / "builtin"
"""Where the package keeps its own model."""

FORMAT = 1
MANIFEST = "model.json"
CHARACTERS = "characters.txt"  # three lines: alphabet of the trie, traditional characters, their simplified forms
TRIE, SCORES, VECTORS, SCALES = "trie.npy", "scores.npy", "vectors.npy", "scales.npy"


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What a model directory says about itself.

    Attributes:
        format: Version of this layout.
        name: Name of the model.
        revision: First 12 hexadecimal digits of the SHA-256 of its tables.
        dimension: Length of its vectors.
    """

    format: int
    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class StaticTables:
    """The tables of a static model.

    Attributes:
        manifest: What the model says about itself.
        trie: The pieces; the place of a piece is its id.
        scores: ``(pieces,)`` float32 log probabilities of the pieces.
        simplified: Code point of a traditional character -> its simplified form.
        vectors: ``(pieces, dimension)`` int8, memory-mapped; the first row, of the unknown piece, is zero.
        scales: ``(pieces,)`` float32; a piece's vector is its row times its scale.
    """

    manifest: ModelManifest
    trie: TrieArrays
    scores: NDArray[np.float32]
    simplified: dict[int, str]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]


def read_model(folder: Path) -> StaticTables:
    """The tables of a model directory; the vectors stay on disk.

    Raises:
        ModelUnavailableError: A file is missing, damaged or of another format.
    """
    try:
        manifest = ModelManifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        alphabet, traditional, simple = (folder / CHARACTERS).read_text(encoding="utf-8").split("\n")
        simplified = dict(zip(map(ord, traditional), simple, strict=True))
        trie, scores, scales = (np.load(folder / name) for name in (TRIE, SCORES, SCALES))
        vectors = np.load(folder / VECTORS, mmap_mode="r")
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise _unusable(folder, str(error)) from error
    if manifest.format != FORMAT or vectors.shape != (len(scores), manifest.dimension) or len(scores) != len(scales):
        raise _unusable(folder, "its tables do not fit together")
    return StaticTables(manifest, TrieArrays(alphabet, trie), scores, simplified, vectors, scales)


def write_model(
    folder: Path,
    name: str,
    pieces: Sequence[str],
    scores: NDArray[np.float32],
    simplified: Mapping[int, str],
    vectors: NDArray[np.float32],
) -> ModelManifest:
    """Writes float32 vectors ``(pieces, dimension)`` as an int8 model directory and returns its manifest.

    Each row is scaled by its own largest value; the row of the unknown piece is written as zero, and its name is no
    piece that a text could hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
    scales[UNKNOWN] = 0
    whole = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    whole[UNKNOWN] = 0
    trie = build_trie(["", *pieces[1:]])
    characters = "\n".join((trie.alphabet, "".join(map(chr, simplified)), "".join(simplified.values())))
    tables = (trie.nodes, scores.astype(np.float32), scales, whole)
    digest = hashlib.sha256(characters.encode() + b"".join(table.tobytes() for table in tables))
    manifest = ModelManifest(FORMAT, name, digest.hexdigest()[:12], vectors.shape[1])
    (folder / CHARACTERS).write_text(characters, encoding="utf-8")
    for file, table in zip((TRIE, SCORES, SCALES, VECTORS), tables, strict=True):
        np.save(folder / file, table)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    return manifest


def _unusable(folder: Path, why: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"The encoder in {folder} cannot be read: {why}.", "Install cloudqa again, or name another one with --model."
    )
