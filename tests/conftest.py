"""What all tests share: the repository's own data, a run that sees no settings of its user, a cheap encoder."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _isolated(monkeypatch, tmp_path):
    """No setting of the user's environment is seen, and nothing is written to the user's folders."""
    for name in ("CLOUDQA_CORPUS", "CLOUDQA_INDEX", "CLOUDQA_MODEL", "CLOUDQA_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user-data"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def report_path() -> Path:
    """The real report."""
    return REPOSITORY / "corpus" / "2017-08-issue-08.md"


@pytest.fixture(scope="session")
def report_text(report_path) -> str:
    """The canonical text of the real report."""
    return report_path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def gold_path() -> Path:
    """The gold set on the real report."""
    return REPOSITORY / "tests" / "data" / "gold" / "dev.jsonl"


class HashEmbedder:
    """A deterministic encoder of character pairs: texts that share pairs are close, nothing is loaded."""

    name = "hash-test"
    dimension = 64

    def encode_passages(self, texts):
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in pairwise(text):
                digest = hashlib.blake2b("".join(pair).encode(), digest_size=2).digest()
                row[int.from_bytes(digest, "big") % self.dimension] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, norms, out=rows, where=norms > 0)

    encode_questions = encode_passages


@pytest.fixture
def hash_embedder() -> HashEmbedder:
    """A fresh :class:`HashEmbedder`."""
    return HashEmbedder()
