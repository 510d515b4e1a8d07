"""A sentence-transformers model with an ONNX export beside it, run by ONNX Runtime without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.model_files import model_name
from cloudqa.errors import ModelUnavailableError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_EXPORTS = ("onnx/model.onnx", "model.onnx")
_BATCH = 32
_UNLIMITED_TOKENS = 512  # for a model that names no limit
_QUESTION_PROMPTS, _PASSAGE_PROMPTS = ("query",), ("document", "passage", "corpus")
_LEGACY_POOLING = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}


@dataclass(frozen=True, slots=True)
class OnnxRecipe:
    """How vectors are made from what an ONNX export puts out.

    Attributes:
        export: The ONNX file.
        tokenizer: The ``tokenizer.json``.
        pooling: ``"mean"`` over the tokens, or ``"cls"``, the first token.
        most_tokens: Longer texts are cut here.
        padding: Text of the padding token.
        prompts: Prompts by name, put before a text.
    """

    export: Path
    tokenizer: Path
    pooling: str
    most_tokens: int
    padding: str
    prompts: dict[str, str]


def find_recipe(folder: Path) -> OnnxRecipe | None:
    """The recipe of a model folder, or None where only sentence-transformers can run it.

    That is where ONNX Runtime is not installed, no export lies beside the model, or its modules do more than pool by
    mean or first token and normalise.
    """
    export = next((folder / name for name in _EXPORTS if (folder / name).is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if export is None or not tokenizer.is_file() or find_spec("onnxruntime") is None:
        return None
    pooling = _pooling(folder)
    if pooling is None:
        return None
    settings = _read(folder / "tokenizer_config.json")
    limit = _read(folder / "sentence_bert_config.json").get("max_seq_length") or settings.get("model_max_length")
    padding = settings.get("pad_token") or "[PAD]"
    return OnnxRecipe(
        export=export,
        tokenizer=tokenizer,
        pooling=pooling,
        most_tokens=limit if isinstance(limit, int) and limit < 1 << 20 else _UNLIMITED_TOKENS,
        padding=padding["content"] if isinstance(padding, dict) else padding,
        prompts=_read(folder / "config_sentence_transformers.json").get("prompts") or {},
    )


class OnnxEncoder:
    """Texts to vectors by ONNX Runtime; the model is loaded when the first text is encoded.

    Attributes:
        name: Name and revision of the model.
    """

    def __init__(self, folder: Path, recipe: OnnxRecipe) -> None:
        self._recipe = recipe
        self.name = model_name(folder)

    @cached_property
    def dimension(self) -> int:
        """Length of its vectors."""
        return int(self._encode([""], "").shape[1])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors ``(len(texts), dimension)`` float32, L2-normalised; a document prompt is put before each text."""
        return self._encode(texts, self._prompt(_PASSAGE_PROMPTS))

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`encode_passages`, with the query prompt of the model."""
        return self._encode(texts, self._prompt(_QUESTION_PROMPTS))

    def _prompt(self, names: Sequence[str]) -> str:
        return next((self._recipe.prompts[name] for name in names if name in self._recipe.prompts), "")

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        blocks = [self._encode_block(texts[at : at + _BATCH], prompt) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(blocks) if blocks else np.zeros((0, self.dimension), np.float32)

    def _encode_block(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        mask = np.array([encoding.attention_mask for encoding in encodings], np.int64)
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([encoding.type_ids for encoding in encodings], np.int64),
        }
        wanted = {node.name for node in self._session.get_inputs()}
        tokens = self._session.run(None, {name: array for name, array in inputs.items() if name in wanted})[0]
        if self._recipe.pooling == "cls":
            vectors = tokens[:, 0]
        else:
            shares = mask / np.maximum(mask.sum(axis=1, keepdims=True), 1)
            vectors = np.einsum("ntd,nt->nd", tokens, shares.astype(np.float32))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._recipe.tokenizer))
        tokenizer.enable_truncation(self._recipe.most_tokens)
        padding_id = tokenizer.token_to_id(self._recipe.padding) or 0
        tokenizer.enable_padding(pad_id=padding_id, pad_token=self._recipe.padding)
        return tokenizer

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf, NoSuchFile

        try:
            return InferenceSession(str(self._recipe.export), providers=["CPUExecutionProvider"])
        except (Fail, InvalidGraph, InvalidProtobuf, NoSuchFile) as error:
            raise ModelUnavailableError(
                f"The ONNX export {self._recipe.export} cannot be loaded: {error}.",
                "Export it again, or remove it so that sentence-transformers runs the model (docs/models.md).",
            ) from error


def _pooling(folder: Path) -> str | None:
    """The pooling of the model, or None if its modules are others than transformer, pooling, normalise."""
    modules = json.loads(text) if (text := _text(folder / "modules.json")) else []
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return None
    settings = _read(folder / modules[1]["path"] / "config.json")
    legacy = [name for key, name in _LEGACY_POOLING.items() if settings.get(key)]
    others = [key for key, on in settings.items() if key.startswith("pooling_mode_") and on]
    mode = settings.get("pooling_mode", legacy[0] if len(legacy) == len(others) == 1 else None)
    return mode if mode in ("mean", "cls") and settings.get("include_prompt", True) else None


def _read(path: Path) -> dict[str, Any]:
    text = _text(path)
    return json.loads(text) if text else {}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
