"""Embedding: text -> vectors. Nothing heavy is imported until a model is opened."""

from cloudqa.embedding.opening import builtin_name, open_embedder, word_splitter
from cloudqa.embedding.protocol import Embedder, PieceSplitter, WordSplitter

__all__ = ["Embedder", "PieceSplitter", "WordSplitter", "builtin_name", "open_embedder", "word_splitter"]
