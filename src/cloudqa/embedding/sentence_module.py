"""The built-in encoder as a module of sentence-transformers: how it is trained, and the reference for its encoding.

Only training and the parity test import this; it loads torch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.input_module import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize
from tokenizers import Tokenizer, models, pre_tokenizers

from cloudqa.embedding.layout import read_model
from cloudqa.embedding.pieces import UNKNOWN, word_runs
from cloudqa.embedding.trie import trie_strings

_WEIGHTS, _TOKENIZER, _SIMPLIFIED = "model.safetensors", "tokenizer.json", "simplified.json"


def unigram_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """A ``tokenizers`` Unigram tokenizer over runs that blanks separate."""
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "removed")
    return tokenizer


class UniquePieceBag(InputModule):
    """Sum of the vectors of a text's distinct pieces, each weighted with ``1 + ln(times it occurs)``.

    Attributes:
        tokenizer: The Unigram tokenizer.
        simplified: Code point of a traditional character -> its simplified form.
        embedding: One vector for each piece.
    """

    def __init__(self, tokenizer: Tokenizer, simplified: dict[int, str], vectors: NDArray[np.float32]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer = tokenizer
        self.simplified = simplified
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(np.ascontiguousarray(vectors, dtype=np.float32)), freeze=False, mode="sum"
        )

    def bags(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """The distinct known pieces of the texts, all in one row.

        Returns:
            ids ``(p,)``, weights ``(p,)`` and, for each text, where its pieces begin ``(len(texts),)``.
        """
        runs = [" ".join(word_runs(text, self.simplified)) for text in texts]
        pieces = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(runs, add_special_tokens=False)]
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        flat = np.fromiter((i for ids in pieces for i in ids), np.int64, int(lengths.sum()))
        owners = np.repeat(np.arange(len(pieces)), lengths)
        size = self.embedding.num_embeddings
        keys, counts = np.unique(owners * size + flat, return_counts=True)
        known = keys % size != UNKNOWN
        keys, counts = keys[known], counts[known]
        starts = np.searchsorted(keys, np.arange(len(pieces)) * size)
        return keys % size, (1 + np.log(counts)).astype(np.float32), starts

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: object) -> dict[str, torch.Tensor]:
        """The bags of the texts as tensors; a prompt is prepended where one is given."""
        ids, weights, starts = self.bags([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.from_numpy(ids),
            "weights": torch.from_numpy(weights),
            "offsets": torch.from_numpy(starts),
        }

    def forward(self, features: dict[str, torch.Tensor], **kwargs: object) -> dict[str, torch.Tensor]:
        """Adds ``sentence_embedding``, not normalised."""
        features["sentence_embedding"] = self.embedding(
            features["input_ids"], features["offsets"], per_sample_weights=features["weights"]
        )
        return features

    @property
    def max_seq_length(self) -> float:
        """No text is too long."""
        return float("inf")

    def get_embedding_dimension(self) -> int:
        """Length of the vectors."""
        return self.embedding.embedding_dim

    def save(self, output_path: str, *args: object, safe_serialization: bool = True, **kwargs: object) -> None:
        """Writes weights, tokenizer and the table of simplified characters."""
        folder = Path(output_path)
        save_file({"embedding.weight": self.embedding.weight.detach().contiguous()}, str(folder / _WEIGHTS))
        self.tokenizer.save(str(folder / _TOKENIZER))
        table = {chr(code): simple for code, simple in self.simplified.items()}
        (folder / _SIMPLIFIED).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *args: object, **kwargs: object) -> UniquePieceBag:
        """What :meth:`save` wrote, from a local folder."""
        folder = Path(model_name_or_path, subfolder)
        table = json.loads((folder / _SIMPLIFIED).read_text(encoding="utf-8"))
        vectors = load_file(str(folder / _WEIGHTS))["embedding.weight"].numpy()
        simplified = {ord(char): simple for char, simple in table.items()}
        return cls(Tokenizer.from_file(str(folder / _TOKENIZER)), simplified, vectors)


def export_float32(source: Path, target: Path) -> None:
    """Writes an int8 model directory as a sentence-transformers folder with float32 weights.

    Raises:
        ModelUnavailableError: ``source`` cannot be read.
    """
    tables = read_model(source)
    pieces = trie_strings(tables.trie, len(tables.scores))
    vectors = tables.vectors.astype(np.float32) * tables.scales[:, None]
    bag = UniquePieceBag(unigram_tokenizer(["<unk>", *pieces[1:]], tables.scores.tolist()), tables.simplified, vectors)
    SentenceTransformer(modules=[bag, Normalize()], device="cpu").save(str(target), create_model_card=False)
