"""Cell and caption text as it is read: OCR blanks closed, markup blanked, footnote marks taken off."""

from __future__ import annotations

import re

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：（）【】《》“”"
_BLANK_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_BLANK_AT_BRACKET = re.compile(
    rf"(?<=[{_WIDE}])\s+(?=[()\[\]/%])|(?<=[(\[])\s+|\s+(?=[)\]])|"
    rf"(?<=[)\]])\s+(?=[{_WIDE}])"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|`")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"<a\b[^<>]*>.*?</a>", re.IGNORECASE | re.DOTALL)
_ROUND_MARK = re.compile(r"\s*([①-⑳⑴-⒇]+)\s*$")
_SIGN_MARK = re.compile(r"(?<=[\d%)）])\s*(\*{1,3}|[†‡]+|[¹²³⁴-⁹]+)\s*$")
_NUMBER_MARK = re.compile(r"\s*[\[［〔](?:注)?\s*(\d{1,2}|[a-z])[\]］〕]\s*$")
_MARK_ENDS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿*†‡¹²³⁴⁵⁶⁷⁸⁹]］〕 ")
_WORD_MARK = re.compile(r"\s*[（(]?(注\s?\d{1,2})[)）]?\s*$")


def close_blanks(text: str) -> str:
    """The text without the blanks that OCR puts between Chinese characters and around brackets.

    ``总 营收 ( 亿 元)`` has them; a blank between a name and a year, or between Latin words, stays as one.
    """
    text = _BLANK_BESIDE_WIDE.sub("", text)
    text = _BLANK_AT_BRACKET.sub("", text)
    return " ".join(_BLANK_BESIDE_WIDE.sub("", text).split())


def blank_markup(text: str) -> str:
    """The text with tags and emphasis marks, and links with their wording, as blanks: every other offset stays."""
    if not any(c in text for c in "<*`_"):
        return text
    text = _LINK.sub(lambda m: " " * len(m.group()), text)
    text = _EMPHASIS.sub(lambda m: f"  {m.group(2)}  ", text)
    return _MARKUP.sub(lambda m: " " * len(m.group()), text)


def split_marks(text: str, known: frozenset[str] = frozenset()) -> tuple[str, tuple[str, ...]]:
    """The text without the footnote marks at its end, and the marks.

    Args:
        text: A cell, header or caption.
        known: Marks of the table's footnotes. ``[1]`` and ``注1`` are marks only where one of the notes has them or a
            figure stands before them; ``①`` always is one.
    """
    if not text or (text[-1] not in _MARK_ENDS and "注" not in text):
        return text, ()
    marks: list[str] = []
    while (found := _last_mark(text, known)) is not None:
        start, mark = found
        marks.insert(0, mark)
        text = text[:start].rstrip()
    return text, tuple(marks)


def _last_mark(text: str, known: frozenset[str]) -> tuple[int, str] | None:
    for pattern in (_ROUND_MARK, _SIGN_MARK):
        if (m := pattern.search(text)) is not None and m.start() > 0:
            return m.start(), m.group(1)
    for pattern in (_NUMBER_MARK, _WORD_MARK):
        m = pattern.search(text)
        if m is not None and m.start() > 0 and (m.group(1) in known or text[m.start() - 1] in "0123456789%"):
            return m.start(), m.group(1)
    return None


def note_mark(text: str) -> str:
    """The mark a footnote begins with ("① 含…", "[1] …", "* …", "注1：…"), "" if it is a general note."""
    m = re.match(
        r"\s*(?:([①-⑳⑴-⒇])|[\[［〔](?:注)?\s*(\d{1,2}|[a-z])[\]］〕]|(\*{1,3}|[†‡])(?!\*)|"
        r"(注\s?\d{1,2})\s*[：:])",
        text,
    )
    return next((g for g in m.groups() if g), "") if m else ""
