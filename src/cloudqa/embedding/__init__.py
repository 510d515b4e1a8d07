"""Embedding: text -> vectors. Nothing heavy is imported until a model is opened."""

from cloudqa.embedding.opening import open_embedder
from cloudqa.embedding.protocol import Embedder

__all__ = ["Embedder", "open_embedder"]
