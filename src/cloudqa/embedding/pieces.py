"""Text -> word pieces, for the built-in encoder: a Unigram tokenizer that opens in milliseconds.

The pieces are those that a ``tokenizers`` Unigram model over the same table gives (a test holds the two together), but
they lie in flat arrays that are mapped from disk, where a ``tokenizer.json`` would have to be parsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.trie import ROOT, TrieArrays

UNKNOWN = 0
"""Id of what no piece covers; its vector is zero, so it says nothing."""

UNKNOWN_PENALTY = 10.0
"""How much less likely than the rarest piece an unknown character is (natural logarithm), as in ``tokenizers``."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]+")
"""A run of Chinese characters."""

WORD = re.compile(rf"[{_HAN}]+|[a-z]+|[0-9]+|[^\W_a-z0-9{_HAN}]+")
"""A run of one script in a normalised text."""


def word_runs(text: str, simplified: Mapping[int, str]) -> list[str]:
    """The runs of one script in a text, as the encoder sees them: NFKC, lower case, simplified characters.

    Everything that is neither letter nor digit separates and is dropped.

    Args:
        text: Any text.
        simplified: Code point of a traditional character -> its simplified form.
    """
    return WORD.findall(unicodedata.normalize("NFKC", text).lower().translate(simplified))


class PieceTokenizer:
    """The most likely split of each run into pieces, by the sum of their log probabilities (Viterbi).

    Attributes:
        simplified: Code point of a traditional character -> its simplified form.
    """

    def __init__(self, trie: TrieArrays, scores: NDArray[np.float32], simplified: Mapping[int, str]) -> None:
        """Args are the trie of the pieces (their places are the ids), their log probabilities, and the characters."""
        self.simplified = simplified
        self._codes = dict(zip(trie.alphabet, range(1, len(trie.alphabet) + 1), strict=True))
        # A memoryview gives plain Python numbers several times faster than an array does.
        self._base, self._check, self._piece = (np.ascontiguousarray(row).data for row in trie.nodes)
        self._scores = np.ascontiguousarray(scores).data
        self._unknown_score = float(scores.min()) - UNKNOWN_PENALTY

    def ids(self, text: str) -> list[int]:
        """Ids of the pieces of a text in order; characters that no piece covers give :data:`UNKNOWN`."""
        found: list[int] = []
        for run in word_runs(text, self.simplified):
            found.extend(self._run_ids(run))
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Half-open places of the pieces of a normalised text, in order, those of unknown characters too."""
        found: list[tuple[int, int]] = []
        for run in WORD.finditer(text):
            stops, _ = self._split(run.group())
            found.extend((run.start() + start, run.start() + stop) for start, stop in pairwise((0, *stops)))
        return found

    def _run_ids(self, run: str) -> list[int]:
        return self._split(run)[1]

    def _split(self, run: str) -> tuple[list[int], list[int]]:
        """Where the pieces of the best split of one run end, and their ids; of equal splits the first found."""
        base, check, pieces, scores = self._base, self._check, self._piece, self._scores
        codes = [self._codes.get(char, 0) for char in run]
        size = len(codes)
        best = [0.0] + [float("-inf")] * size
        came_from = [0] * (size + 1)
        piece_at = [UNKNOWN] * (size + 1)
        for start in range(size):
            here, node = best[start], ROOT
            single = False
            for end in range(start, size):
                child = base[node] + codes[end]
                if check[child] != node:
                    break
                node = child
                piece = pieces[node]
                if piece >= 0:
                    single = single or end == start
                    score = here + scores[piece]
                    if score > best[end + 1]:
                        best[end + 1], came_from[end + 1], piece_at[end + 1] = score, start, piece
            if not single and here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                came_from[start + 1], piece_at[start + 1] = start, UNKNOWN
        return _path(came_from, piece_at)


def _path(came_from: list[int], piece_at: list[int]) -> tuple[list[int], list[int]]:
    stops: list[int] = []
    at = len(came_from) - 1
    while at:
        stops.append(at)
        at = came_from[at]
    stops.reverse()
    return stops, [piece_at[stop] for stop in stops]
