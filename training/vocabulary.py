"""The pieces of the encoder: words counted by jieba over the training text, and every character of it."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jieba
import opencc

from cloudqa.embedding.pieces import word_runs

UNKNOWN_PIECE = "<unk>"
LONGEST_HAN, LONGEST_LATIN = 8, 20


def simplified_characters() -> dict[int, str]:
    """Code point of each traditional character -> its simplified form, one character each, from OpenCC."""
    convert = opencc.OpenCC("t2s").convert
    table: dict[int, str] = {}
    for block in (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00)):
        for code in block:
            simple = convert(chr(code))
            if simple != chr(code) and len(simple) == 1 and unicodedata.normalize("NFKC", simple) == simple:
                table[code] = simple
    return table


def count_words(texts: Iterable[str], simplified: dict[int, str]) -> Counter[str]:
    """How often jieba finds each word in the normalised runs of the texts; characters are counted beside words."""
    runs: Counter[str] = Counter()
    for text in texts:
        runs.update(word_runs(text, simplified))
    words: Counter[str] = Counter()
    for run, count in runs.items():
        for word in jieba.cut(run):
            words[word] += count
    return words


def choose_pieces(words: Counter[str], size: int) -> list[tuple[str, float]]:
    """At most ``size`` pieces with their log probabilities, most frequent first, the unknown piece before all.

    Every single character that occurs is a piece, so that only characters never seen are unknown.
    """
    characters: Counter[str] = Counter()
    for word, count in words.items():
        for char in word:
            characters[char] += 0 if len(word) == 1 else count
    singles = {c: max(words.get(c, 0), 1) for c in characters | words if len(c) == 1}
    longer = {w: n for w, n in words.items() if 1 < len(w) <= (LONGEST_LATIN if w.isascii() else LONGEST_HAN)}
    ranked = sorted(longer.items(), key=lambda item: (-item[1], item[0]))[: size - 1 - len(singles)]
    total = sum(words.values())
    chosen = sorted([*singles.items(), *ranked], key=lambda item: (-item[1], item[0]))
    return [(UNKNOWN_PIECE, 0.0), *((piece, math.log(count / total)) for piece, count in chosen)]


def save_counts(words: Counter[str], path: Path) -> None:
    """Words and counts as tab-separated lines, most frequent first."""
    lines = (f"{word}\t{count}\n" for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])))
    path.write_text("".join(lines), encoding="utf-8")


def load_counts(path: Path) -> Counter[str]:
    """What :func:`save_counts` wrote."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return Counter({word: int(count) for word, count in rows})
