"""Numbers that Word makes for headings and list items: counted as Word counts them, written as its formats say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = "零一二三四五六七八九"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_HAN_FORMATS = (
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital", "chineseLegalSimplified", "koreanCounting",
)  # fmt: skip
_MARKS = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered."""

    form: str
    text: str
    start: int
    decimal_above: bool  # numbers of outer levels in digits whatever their own format


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each is counted."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list, by level
    _lists: dict[str, str] = field(default_factory=dict)  # list -> the definition it counts with
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)

    def number(self, list_id: str, level: int) -> str | None:
        """The number of the next item of a list, as printed; "" for a bullet, None where there is no such list."""
        levels = self._levels.get(list_id)
        if levels is None or level not in levels:
            return None
        counter = self._lists[list_id]
        counts = self._counts.setdefault(counter, {})
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        if levels[level].form == "bullet":
            return ""
        return _MARKS.sub(lambda m: self._part(levels, counts, int(m.group(1)) - 1, level), levels[level].text)

    @staticmethod
    def _part(levels: dict[int, _Level], counts: dict[int, int], wanted: int, level: int) -> str:
        own = levels.get(wanted)
        if own is None:
            return ""
        form = "decimal" if levels[level].decimal_above else own.form
        return formatted(counts.get(wanted, own.start), form)


def read_numbering(root: Any) -> Numbering:
    """The lists that a document's numbering part defines, none for None."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {node.get(_w("abstractNumId")): node for node in root.iterchildren(_w("abstractNum"))}
    for node in root.iterchildren(_w("num")):
        list_id = node.get(_w("numId")) or ""
        base = node.find(_w("abstractNumId"))
        base_id = base.get(_w("val")) if base is not None else None
        if base_id not in abstract:
            continue
        levels = {n: level for n, level in map(_level, abstract[base_id].iterchildren(_w("lvl")))}
        overrides = list(node.iterchildren(_w("lvlOverride")))
        for override in overrides:
            _override(levels, override)
        numbering._levels[list_id] = levels
        numbering._lists[list_id] = f"{base_id}/{list_id}" if overrides else str(base_id)
    return numbering


def _w(tag: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + tag


def _value(node: Any, tag: str, default: str) -> str:
    found = node.find(_w(tag))
    return default if found is None else found.get(_w("val")) or default


def _level(node: Any) -> tuple[int, _Level]:
    start = _value(node, "start", "1")
    number = _Level(
        _value(node, "numFmt", "decimal"),
        _value(node, "lvlText", ""),
        int(start) if start.isdecimal() else 1,
        node.find(_w("isLgl")) is not None,
    )
    return int(node.get(_w("ilvl")) or 0), number


def _override(levels: dict[int, _Level], override: Any) -> None:
    at = int(override.get(_w("ilvl")) or 0)
    own = override.find(_w("lvl"))
    if own is not None:
        levels[at] = _level(own)[1]
    start = _value(override, "startOverride", "")
    if start.isdecimal() and at in levels:
        old = levels[at]
        levels[at] = _Level(old.form, old.text, int(start), old.decimal_above)


def formatted(number: int, form: str) -> str:
    """A number as a format of Word prints it; digits where the format is unknown."""
    if form == "none":
        return ""
    if form in _HAN_FORMATS and 0 < number < 100:
        return _han(number)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and number > 0:
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else _HAN[tens] + "十")
    return head + (_HAN[ones] if ones else "")


def _roman(number: int) -> str:
    parts = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)
