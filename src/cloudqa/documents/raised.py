"""Superscript characters as text: a footnote's mark must not be read as a digit of the figure it stands behind."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_MEASURE = re.compile(r"(?:[A-Za-z]m|(?<![A-Za-z])m|米|英尺|ft)$")
_MARK = re.compile(r"[\[(（【〔]?\s*(?:注\s*)?(\d{1,2}|[a-z]|\*{1,3})\s*[\])）】〕]?")
_POWER = re.compile(r"(?:[×xX·]\s*|(?<![\d.,]))10$")


def raised_text(text: str, before: str) -> str:
    """How superscript text is written.

    Args:
        text: The superscript characters.
        before: What stands before them in the line.

    Returns:
        ``m²`` for a measure's power, ``^8`` for a power of ten, ``[1]`` for a footnote's number or letter; any other
        text as it is.
    """
    text = text.strip()
    if text.isdecimal() and _MEASURE.search(before):
        return text.translate(_RAISED)
    if re.fullmatch(r"[-−]?\d{1,2}", text) and _POWER.search(before):
        return "^" + text
    mark = _MARK.fullmatch(text)
    if mark is not None and not text.startswith("*"):
        return f"[{mark.group(1)}]"
    return text
