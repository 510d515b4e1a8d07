"""Embedding: text -> vectors. Nothing heavy is imported until a model is opened."""

from cloudqa.embedding.opening import builtin_name, open_embedder
from cloudqa.embedding.protocol import Embedder, PieceSplitter

__all__ = ["Embedder", "PieceSplitter", "builtin_name", "open_embedder"]
