"""Opening the encoder that a setting names."""

from __future__ import annotations

import json
from pathlib import Path

from cloudqa.embedding.protocol import Embedder, WordSplitter

_BUILTIN_CARD = Path(__file__).parent / "builtin" / "model.json"


def builtin_name() -> str:
    """``Embedder.name`` of the built-in encoder, without opening it."""
    card = json.loads(_BUILTIN_CARD.read_text(encoding="utf-8"))
    return f"{card['name']}@{card['revision']}"


def open_embedder(model: str | None = None) -> Embedder:
    """The encoder that ``model`` names, ready to encode.

    Args:
        model: None for the built-in one, which opens in milliseconds without torch; else a folder, or the name of a
            sentence-transformers model. What is on disk is opened without asking a hub. A folder with an ONNX export
            beside the model is run by ONNX Runtime where that is installed.

    Raises:
        ModelUnavailableError: The model is not on this machine or cannot be read.
    """
    if model is None:
        from cloudqa.embedding.static import StaticEncoder

        return StaticEncoder()
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _open_folder(folder)
    from cloudqa.embedding.transformer import TransformerEncoder

    return TransformerEncoder(model)


def word_splitter(embedder: Embedder) -> WordSplitter:
    """What splits Chinese into words: the encoder itself where it can, else the built-in one."""
    if isinstance(embedder, WordSplitter):
        return embedder
    from cloudqa.embedding.static import StaticEncoder

    return StaticEncoder()


def _open_folder(folder: Path) -> Embedder:
    from cloudqa.embedding.layout import MANIFEST

    if (folder / MANIFEST).is_file():
        from cloudqa.embedding.static import StaticEncoder

        return StaticEncoder(folder)
    from cloudqa.embedding.onnx import OnnxEncoder, find_recipe

    if (recipe := find_recipe(folder)) is not None:
        return OnnxEncoder(folder, recipe)
    from cloudqa.embedding.transformer import TransformerEncoder

    return TransformerEncoder(folder)
