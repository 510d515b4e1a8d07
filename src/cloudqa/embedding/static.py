"""The built-in encoder: one vector for each word piece, added up; numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.bulk import BulkTokenizer
from cloudqa.embedding.layout import BUILTIN_FOLDER, read_model
from cloudqa.embedding.pieces import UNKNOWN, PieceTokenizer

_BLOCK = 512  # texts split at once: more gain nothing and cost memory
_MANY = 16  # from here on splitting all texts together is faster than one after the other


@dataclass(frozen=True, slots=True)
class PieceBags:
    """The distinct known pieces of some texts, one text after the other.

    Attributes:
        ids: ``(p,)`` int32 piece ids, ascending within a text.
        weights: ``(p,)`` float32, ``1 + ln(times the piece occurs in its text)``.
        starts: ``(texts + 1,)`` int64; the pieces of text ``i`` are ``starts[i]:starts[i + 1]``.
    """

    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]


class StaticEncoder:
    """Texts to vectors by looking up their pieces; see ``docs/encoder.md`` for how it was trained.

    Attributes:
        name: Name and revision of the model.
        dimension: Length of its vectors.
    """

    def __init__(self, folder: Path = BUILTIN_FOLDER) -> None:
        """Opens a model directory; the vectors stay memory-mapped.

        Raises:
            ModelUnavailableError: A file is missing, damaged or of another format.
        """
        self._tables = tables = read_model(folder)
        self._tokenizer = PieceTokenizer(tables.trie, tables.scores, tables.simplified)
        manifest = tables.manifest
        self.name = f"{manifest.name}@{manifest.revision}"
        self.dimension = manifest.dimension

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors ``(len(texts), dimension)`` float32, L2-normalised; a text of unknown words only gives zeros.

        The vector of a text does not depend on the texts beside it.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for at in range(0, len(texts), _BLOCK):
            bags = self.piece_bags(texts[at : at + _BLOCK])
            scaled = bags.weights * self._tables.scales[bags.ids]
            for row, low, high in zip(vectors[at:], bags.starts.tolist(), bags.starts[1:].tolist(), strict=False):
                if high > low:
                    row[:] = scaled[low:high] @ self._tables.vectors[bags.ids[low:high]].astype(np.float32)
                    row /= max(float(np.linalg.norm(row)), 1e-12)
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as :meth:`encode_passages`."""
        return self.encode_passages(texts)

    def piece_bags(self, texts: Sequence[str]) -> PieceBags:
        """The pieces of texts, to be kept beside them for :meth:`piece_vectors` and term coverage."""
        blocks = [self._pieces(texts[at : at + _BLOCK]) for at in range(0, len(texts), _BLOCK)]
        size = np.int64(len(self._tables.scales))
        keys = [texts_of * size + ids for ids, texts_of in blocks]
        keys = [block + at * _BLOCK * size for at, block in enumerate(keys)]
        distinct, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *keys]), return_counts=True)
        starts = np.searchsorted(distinct, np.arange(len(texts) + 1) * size)
        return PieceBags((distinct % size).astype(np.int32), (1 + np.log(counts)).astype(np.float32), starts)

    def word_spans(self, normalised: str) -> list[tuple[int, int]]:
        """Half-open places of the words of a normalised text: its most likely pieces, each mostly a word."""
        return self._tokenizer.spans(normalised)

    def piece_vectors(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Vectors of pieces ``(len(ids), dimension)`` float32, not normalised: a longer one says more."""
        rows = self._tables.vectors[ids].astype(np.float32)
        rows *= self._tables.scales[ids][:, None]
        return rows

    def token_vectors(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What late interaction needs of one text: how much each distinct piece says, and its direction.

        Returns:
            Weights ``(t,)`` float32, the length of the piece's vector times ``1 + ln(times it occurs)``, and unit
            vectors ``(t, dimension)`` float32, by ascending piece id.
        """
        bag = self.piece_bags([text])
        rows = self.piece_vectors(bag.ids)
        lengths = np.linalg.norm(rows, axis=1)
        rows /= np.maximum(lengths, 1e-12)[:, None]
        return bag.weights * lengths, rows

    def _pieces(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Ids of the known pieces of the texts and the place of the text that each stands in, by text."""
        if len(texts) >= _MANY:
            return self._bulk_tokenizer.ids(texts)
        found = [[piece for piece in self._tokenizer.ids(text) if piece != UNKNOWN] for text in texts]
        owners = np.repeat(np.arange(len(texts)), [len(ids) for ids in found])
        return np.array([piece for ids in found for piece in ids], np.int64), owners

    @cached_property
    def _bulk_tokenizer(self) -> BulkTokenizer:
        return BulkTokenizer(self._tables.trie, self._tables.scores, self._tables.simplified)
