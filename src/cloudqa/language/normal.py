"""Text as it is compared: one spelling for width, case, traditional characters and spelled-out digits.

Normalising may change lengths, so every normalised text keeps a map back to the offsets of its source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_DIGIT_RUN = re.compile("[零〇○一二三四五六七八九]{2,}")
_ORDINAL = re.compile("第([一二三四五六七八九十]{1,3})")
_SHORT = 64
_LONG = 1_000  # a longer text is no sentence or passage
_DASHES = str.maketrans({"−": "-", "–": "-", "﹣": "-", "‐": "-", "‑": "-", "—": "—"})


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and where each of its characters came from.

    Attributes:
        text: The normalised text.
        offsets: ``len(text) + 1`` source offsets in code points, not decreasing; ``offsets[i]`` is where the source
            of ``text[i]`` begins, the last one the length of the source.
    """

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source span that the half-open span of the normalised text came from."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        last = end - 1
        stop = next((o for o in self.offsets[end:] if o > self.offsets[last]), self.offsets[-1])
        return self.offsets[start], stop


class _Folding(dict[int, str]):
    """A translation table that folds width and case of each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).translate(_DASHES).lower()
        self[code] = folded
        return folded


_FOLDING = _Folding()


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in simplified characters, of the same length (a phrase that would change it is left character-wise)."""
    if text.isascii():
        return text
    simple: str = _converter().convert(text)
    if len(simple) == len(text):
        return simple
    return "".join(_simplify_char(c) for c in text)


@lru_cache(maxsize=8192)
def _simplify_char(char: str) -> str:
    simple: str = _converter().convert(char)
    return simple if len(simple) == 1 else char


def normalise(text: str) -> Normalised:
    """The text as it is compared, with a map back to its source.

    NFKC character by character, lower case, simplified characters, ASCII minus signs, runs of two or more spelled-out
    digits as digits (二〇一七 → 2017) and spelled-out ordinals as numbers (第十二期 → 第12期).
    """
    if text.isascii():
        return Normalised(text.lower(), tuple(range(len(text) + 1)))
    folded = text.translate(_FOLDING)
    if len(folded) == len(text):  # no character folds to nothing: each became one
        offsets = list(range(len(text) + 1))
    else:
        offsets = [i for i, char in enumerate(text) for _ in _FOLDING[ord(char)]]
        offsets.append(len(text))
    return _respell(simplify(folded), offsets)


def normal_text(text: str) -> str:
    """Only the text of :func:`normalise`."""
    if len(text) <= _SHORT:
        return _short_normal(text)
    return _long_normal(text) if len(text) <= _LONG else normalise(text).text


@lru_cache(maxsize=8192)
def _short_normal(text: str) -> str:
    """Names, headers and questions come again and again."""
    return normalise(text).text


@lru_cache(maxsize=4096)
def _long_normal(text: str) -> str:
    """Sentences and passages are looked at by one question after the other."""
    return normalise(text).text


def _respell(text: str, offsets: list[int]) -> Normalised:
    """Spelled-out digit runs and ordinals as ASCII digits, keeping the map."""
    edits: list[tuple[int, int, str]] = []
    for m in _DIGIT_RUN.finditer(text):
        if _is_digit_run(m.group(), text, m.start()):
            edits.append((m.start(), m.end(), "".join(_DIGITS[c] for c in m.group())))
    for m in _ORDINAL.finditer(text):
        number = small_numeral(m.group(1))
        if number is not None and not any(s < m.end(1) and m.start(1) < e for s, e, _ in edits):
            edits.append((m.start(1), m.end(1), str(number)))
    if not edits:
        return Normalised(text, tuple(offsets))
    out: list[str] = []
    where: list[int] = []
    at = 0
    for start, end, new in sorted(edits):
        out.append(text[at:start])
        where.extend(offsets[at:start])
        out.append(new)
        where.extend(offsets[min(start + k, end - 1)] for k in range(len(new)))
        at = end
    out.append(text[at:])
    where.extend(offsets[at:])
    return Normalised("".join(out), tuple(where))


def _is_digit_run(run: str, text: str, start: int) -> bool:
    """Whether the run spells one number digit by digit: a zero in it, or four digits, or before a period word.

    "一二线城市" and "三五家" are not numbers; "二〇一七", "一七年" are.
    """
    after = text[start + len(run) : start + len(run) + 1]
    if after and after in "十百千万亿":
        return False
    return len(run) >= 4 or any(c in "零〇○" for c in run) or (len(run) == 2 and after in ("年", "财", "q"))


def small_numeral(numeral: str) -> int | None:
    """The value of a Chinese numeral from 一 to 九十九, or None if it is not one."""
    if len(numeral) == 1:
        return 10 if numeral == "十" else int(_DIGITS[numeral]) if numeral in _DIGITS else None
    m = re.fullmatch("([一二三四五六七八九]?)十([一二三四五六七八九]?)", numeral)
    if m is None:
        return None
    return int(_DIGITS.get(m.group(1), "1")) * 10 + int(_DIGITS.get(m.group(2), "0"))
