"""An encoder whose word pieces can be counted by hand: every distinct letter is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class LetterBags:
    """The letters of some texts."""

    ids: np.ndarray
    starts: np.ndarray


class LetterSplitter:
    """Knows every letter by its code."""

    def piece_bags(self, texts):
        bags = [sorted({ord(letter) for letter in text if letter.isalpha()}) for text in texts]
        starts = np.cumsum([0, *map(len, bags)])
        return LetterBags(np.array([piece for bag in bags for piece in bag], np.int32), starts.astype(np.int64))


class LetterEmbedder(LetterSplitter):
    """Another encoder with letters for pieces."""

    def __init__(self, embedder):
        self.name, self.dimension = embedder.name, embedder.dimension
        self.encode_passages, self.encode_questions = embedder.encode_passages, embedder.encode_questions
