"""The characters that a match of a regular expression can begin with.

A text without any of them cannot match, so that an expression need not even be compiled for it: of the many that
grammar words are found by, a question needs few.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"\\.|\[[^\]]+\]|\(\?(?:[:=!]|<[=!]|P<\w+>)|\{[^}]*\}|.", re.DOTALL)
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_NOWHERE = ("\\b", "^")
_OPTIONAL = ("?", "*")
_UNKNOWN = (".", "$", ")", "+", *_OPTIONAL)


def leading_characters(pattern: str) -> frozenset[str] | None:
    """The characters that matches begin with; None if that cannot be told, or if the empty text matches.

    Args:
        pattern: An expression without flags and back references at its beginnings.
    """
    return _leading(_TOKEN.findall(pattern))


def _leading(tokens: Sequence[str]) -> frozenset[str] | None:
    found: set[str] = set()
    for alternative in _alternatives(tokens):
        first = _first(alternative)
        if first is None:
            return None
        found |= first
    return frozenset(found)


def _alternatives(tokens: Sequence[str]) -> list[Sequence[str]]:
    parts: list[Sequence[str]] = []
    depth, start = 0, 0
    for i, token in enumerate(tokens):
        if token[0] == "(":
            depth += 1
        elif token == ")":
            depth -= 1
        elif token == "|" and depth == 0:
            parts.append(tokens[start:i])
            start = i + 1
    return [*parts, tokens[start:]]


def _first(tokens: Sequence[str]) -> set[str] | None:
    """What one alternative begins with: its first part, and those after it as long as they may be left out."""
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        if tokens[at] not in _NOWHERE and tokens[at] not in _LOOKS:
            own = _of_part(tokens[at:end])
            if own is None:
                return None
            found |= own
            after = tokens[end] if end < len(tokens) else ""
            if after.startswith("{0"):
                return None
            if after not in _OPTIONAL:
                return found
            end += 1
        at = end
    return None


def _end(tokens: Sequence[str], at: int) -> int:
    """Where the part ends that begins at a token."""
    if tokens[at][0] != "(":
        return at + 1
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i][0] == "(") - (tokens[i] == ")")
        if depth == 0:
            return i + 1
    return len(tokens)


def _of_part(part: Sequence[str]) -> frozenset[str] | None:
    token = part[0]
    if token[0] == "(":
        return _leading(part[1:-1])
    if token == "\\d":
        return None  # digits of every script
    if token[0] == "\\":
        return frozenset(token[1]) if not token[1].isalnum() else None
    if token[0] == "[" and len(token) > 1:
        return _of_class(token[1:-1])
    return None if token in _UNKNOWN else frozenset(token)


def _of_class(characters: str) -> frozenset[str] | None:
    if characters[0] == "^" or "\\" in characters:
        return None
    found: set[str] = set()
    for m in re.finditer("(.)-(.)|.", characters, re.DOTALL):
        found |= {chr(code) for code in range(ord(m[1]), ord(m[2]) + 1)} if m[1] else {m.group()}
    return frozenset(found)
