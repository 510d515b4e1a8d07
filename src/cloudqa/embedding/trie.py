"""A set of strings as a double-array trie: flat integer arrays that are mapped from disk and walked as they are.

Aoe (1989), "An efficient digital search algorithm by using a double-array structure": from node ``n`` the character
with code ``c`` leads to ``m = base[n] + c`` if ``check[m] == n``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = 1  # 0 marks a free place in `check`


@dataclass(frozen=True, slots=True)
class TrieArrays:
    """A double-array trie.

    Attributes:
        alphabet: The characters of its strings; the code of a character is its place plus one.
        nodes: ``(3, places)`` int32: base, check (parent; 0 for a free place), and the place of the string that ends
            here in the sequence it was built from (-1 for none).
    """

    alphabet: str
    nodes: NDArray[np.int32]


def build_trie(strings: Sequence[str]) -> TrieArrays:
    """The trie of some strings; empty ones are left out, of equal ones the last counts."""
    counts: dict[str, int] = {}
    for char in "".join(strings):
        counts[char] = counts.get(char, 0) + 1
    alphabet = "".join(sorted(counts, key=lambda char: (-counts[char], char)))
    codes = {char: code for code, char in enumerate(alphabet, 1)}
    return TrieArrays(alphabet, _lay_out(_nested(strings, codes), len(alphabet)))


def trie_strings(trie: TrieArrays, count: int) -> list[str]:
    """The ``count`` strings that a trie was built from, in their order; a place without a string gives ""."""
    base, check, place = trie.nodes
    found = [""] * count
    for node in np.flatnonzero(place >= 0).tolist():
        chars: list[str] = []
        at = node
        while at != ROOT:
            parent = int(check[at])
            chars.append(trie.alphabet[at - int(base[parent]) - 1])
            at = parent
        found[place[node]] = "".join(reversed(chars))
    return found


def _nested(strings: Sequence[str], codes: dict[str, int]) -> dict[int, Any]:
    """The strings as nested dictionaries by code; the end of a string is under 0."""
    tree: dict[int, Any] = {}
    for place, string in enumerate(strings):
        node = tree
        for char in string:
            node = node.setdefault(codes[char], {})
        node[0] = place
    tree.pop(0, None)
    return tree


def _lay_out(tree: dict[int, Any], alphabet_size: int) -> NDArray[np.int32]:
    room = _Room()
    base, value = {}, {}
    queue = deque([(ROOT, tree)])
    while queue:
        node, children = queue.popleft()
        value[node] = children.get(0, -1)
        codes = sorted(code for code in children if code)
        base[node] = room.place(codes, node) if codes else 0
        queue.extend((base[node] + code, children[code]) for code in codes)
    # Any code may be added to any base, so the arrays end one alphabet later.
    nodes = np.zeros((3, len(room.check) + alphabet_size + 1), np.int32)
    nodes[2] = -1
    nodes[0, list(base)] = list(base.values())
    nodes[1, : len(room.check)] = room.check
    nodes[2, list(value)] = list(value.values())
    return nodes


class _Room:
    """Which places are taken, and by whom."""

    def __init__(self) -> None:
        self.check = [0, ROOT]
        self._from: dict[int, int] = {}  # for a number of children, where to begin to look

    def place(self, codes: list[int], parent: int) -> int:
        """The lowest base found at which all codes fall on free places, which are then taken."""
        kind = min(len(codes), 8)
        first, last = codes[0], codes[-1]
        base = max(self._from.get(kind, 2) - first, 1)
        failures = 0
        while not self._fits(codes, base, last):
            base += 1
            failures += 1
        if failures > 32 or kind == 1:
            self._from[kind] = base + first
        for code in codes:
            self.check[base + code] = parent
        return base

    def _fits(self, codes: list[int], base: int, last: int) -> bool:
        missing = base + last + 1 - len(self.check)
        if missing > 0:
            self.check.extend([0] * missing)
        return not any(self.check[base + code] for code in codes)
