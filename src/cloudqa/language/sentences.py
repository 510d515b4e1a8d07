"""Where sentences and clauses begin and end."""

from __future__ import annotations

import re
from itertools import accumulate

_END = re.compile(r"[。！？!?]+[”’」』）)】\"']*|\.(?=\s+[A-Z])|\n+")
_CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]+[”’」』）)】\"']*|——")
_GROUP_OF_THREE, _DIGIT = re.compile(r"\d{3}(?!\d)"), re.compile(r"\d")
_OPEN, _CLOSE = "（(【「『《", "）)】」』》"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of a text, blanks at their ends left out, in order.

    A sentence ends with its closing quotes and brackets. An end mark inside brackets does not end the sentence around
    them. Together the spans cover everything but blanks.
    """
    return _split(text, _END)


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the clauses (parts between commas, semicolons, colons, dashes, full stops) of a text.

    A comma between digits, or inside brackets, separates nothing.
    """
    return _split(text, _CLAUSE_END)


def _split(text: str, end_mark: re.Pattern[str]) -> list[tuple[int, int]]:
    depth = _depths(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for m in end_mark.finditer(text):
        if m.group()[0] != "\n" and (depth[m.start()] > 0 or _inside_number(text, m)):
            continue
        _add(spans, text, start, m.end())
        start = m.end()
    _add(spans, text, start, len(text))
    return spans


def _inside_number(text: str, m: re.Match[str]) -> bool:
    return (
        m.group() in (",", "，", ":", "：")
        and text[m.start() - 1 : m.start()].isdigit()
        and (_GROUP_OF_THREE if m.group() in (",", "，") else _DIGIT).match(text, m.end()) is not None
    )


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character; an unclosed bracket opens nothing beyond its line."""
    changes = [0] * (len(text) + 1)
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE and stack:
            changes[stack.pop() + 1] += 1
            changes[i] -= 1
        elif char == "\n":
            stack.clear()
    return list(accumulate(changes))


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
