"""Many texts -> word pieces at once: the tokenizer of :mod:`cloudqa.embedding.pieces` over whole arrays.

Splitting character by character costs Python several hundred microseconds a passage. Here every step of the split is
taken for all runs of all texts together; the pieces are the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.pieces import HAN, UNKNOWN, UNKNOWN_PENALTY, WORD
from cloudqa.embedding.trie import ROOT, TrieArrays

_SEPARATOR = "\n"
_LONGEST_PIECE = 32  # longer than any piece
_HAN, _LATIN, _DIGIT, _OTHER, _NONE = 1, 2, 3, 4, 5  # 0: not looked at yet


class BulkTokenizer:
    """Texts to piece ids, in blocks."""

    def __init__(self, trie: TrieArrays, scores: NDArray[np.float32], simplified: Mapping[int, str]) -> None:
        """Args as of :class:`~cloudqa.embedding.pieces.PieceTokenizer`."""
        self._base, self._check, self._piece = trie.nodes
        self._scores = scores.astype(np.float64)
        self._unknown_score = float(self._scores.min()) - UNKNOWN_PENALTY
        self._simplified = simplified
        self._codes_of = {char: code for code, char in enumerate(trie.alphabet, 1)}
        self._kind = np.zeros(0x110000, np.uint8)
        self._code = np.zeros(0x110000, np.int32)

    def ids(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Piece ids of all texts, unknown ones left out.

        Returns:
            Ids ``(p,)``, and the place of the text that each stands in ``(p,)``, ascending; within a text the ids are
            in no particular order.
        """
        kinds, codes, owners = self._characters(texts)
        # A run ends where the kind of character changes; what is neither letter nor digit is in no run.
        begins = np.flatnonzero(np.concatenate(([True], kinds[1:] != kinds[:-1])))
        ends = np.append(begins[1:], len(kinds))
        inside = kinds[begins] != _NONE
        return self._split(codes, begins[inside], ends[inside], owners)

    def _characters(self, texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.int64]]:
        """Kind, trie code and text of each character of the normalised texts, with a separator after each text."""
        joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts) + _SEPARATOR
        folded = unicodedata.normalize("NFKC", joined).lower()
        points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4")
        for point in np.unique(points[self._kind[points] == 0]).tolist():
            self._look_at(point)
        owners = np.zeros(len(points), np.int64)
        np.cumsum(points[:-1] == ord(_SEPARATOR), out=owners[1:])
        return self._kind[points], self._code[points], owners

    def _look_at(self, point: int) -> None:
        char = self._simplified.get(point, chr(point))
        self._kind[point] = script(char)
        self._code[point] = self._codes_of.get(char, 0)

    def _split(
        self, codes: NDArray[np.int32], begins: NDArray[np.int64], ends: NDArray[np.int64], owners: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The best split of all runs: every start within its run in turn, for all runs together."""
        end_of = np.zeros(len(codes) + 1, np.int64)
        place_of = np.zeros(len(codes) + 1, np.int64)
        lengths = ends - begins
        at = np.repeat(begins - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        end_of[at], place_of[at] = np.repeat(ends, lengths), at - np.repeat(begins, lengths)
        matches = self._matches(codes, at, end_of)
        keys = place_of[matches[0]] * _LONGEST_PIECE + matches[1] - matches[0]
        # Sixteen bits sort in linear time; only a run of more than a thousand characters needs more.
        short = keys.astype(np.uint16) if len(keys) and keys.max() < 1 << 16 else keys
        matches = matches[:, np.argsort(short, kind="stable")]
        came_from, piece_at = self._best(matches, place_of, begins, len(codes))
        return _collect(ends, begins, came_from, piece_at, owners)

    def _matches(
        self, codes: NDArray[np.int32], starts: NDArray[np.int64], end_of: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Start, end and id of every piece in every run ``(3, m)``.

        A start without a one-character piece gets an unknown one.
        """
        found = []
        nodes, ends, at = np.full(len(starts), ROOT, np.int64), starts, starts
        lone = np.ones(len(codes), bool)
        while len(at):
            children = self._base[nodes] + codes[ends]
            on = self._check[children] == nodes
            nodes, at, ends = children[on], at[on], ends[on] + 1
            pieces = self._piece[nodes]
            hit = pieces >= 0
            found.append(np.stack([at[hit], ends[hit], pieces[hit]]))
            if len(found) == 1:
                lone[at[hit]] = False
            more = ends < end_of[at]
            nodes, at, ends = nodes[more], at[more], ends[more]
        alone = starts[lone[starts]]
        found.append(np.stack([alone, alone + 1, np.full(len(alone), UNKNOWN)]))
        return np.concatenate(found, axis=1)

    def _best(
        self, matches: NDArray[np.int64], place_of: NDArray[np.int64], begins: NDArray[np.int64], size: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each end: where the last piece of the best split begins, and its id."""
        starts, ends, pieces = matches
        scores = np.where(pieces == UNKNOWN, self._unknown_score, self._scores[pieces])
        best = np.full(size + 1, -np.inf)
        came_from, piece_at = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
        # `best` of a run's begin is also the end of the run before it, so the begin counts as zero on its own.
        first = place_of[starts] == 0
        keys = place_of[starts] * _LONGEST_PIECE + ends - starts
        changes = np.flatnonzero(keys[1:] != keys[:-1]) + 1
        bounds = [0, *changes.tolist(), len(keys)]
        for low, high in pairwise(bounds if len(keys) else ()):
            to = ends[low:high]
            score = scores[low:high] if first[low] else best[starts[low:high]] + scores[low:high]
            better = score > best[to]
            to, here = to[better], np.flatnonzero(better) + low
            best[to], came_from[to], piece_at[to] = score[better], starts[here], pieces[here]
        return came_from, piece_at


def script(char: str) -> int:
    """Which kind of run a character belongs to: 1 Chinese, 2 Latin, 3 digits, 4 other letters, 5 none."""
    if not WORD.fullmatch(char):
        return _NONE
    if "a" <= char <= "z":
        return _LATIN
    if "0" <= char <= "9":
        return _DIGIT
    return _HAN if HAN.fullmatch(char) else _OTHER


def _collect(
    at: NDArray[np.int64],
    begins: NDArray[np.int64],
    came_from: NDArray[np.int64],
    piece_at: NDArray[np.int64],
    owners: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The known pieces on the best paths that end at ``at``, and their texts, by text."""
    ids, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    while len(at):
        ids.append(piece_at[at])
        at = came_from[at]
        places.append(at)
        more = at > begins
        at, begins = at[more], begins[more]
    flat, texts = np.concatenate(ids), owners[np.concatenate(places)]
    known = flat != UNKNOWN
    flat, texts = flat[known], texts[known]
    order = np.argsort(texts, kind="stable")
    return flat[order], texts[order]
