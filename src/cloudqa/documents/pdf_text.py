"""Glyphs of a PDF page as lines of text: blanks where words part, none between Chinese characters."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cloudqa.documents.raised import raised_text

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]")
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
_BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi|simhei|heiti|黑体|(?<![a-z])hei(?![a-z])", re.IGNORECASE)
_CUT = re.compile(r"[0-9A-Za-z.,%-]\n[0-9A-Za-z.,%-]")
_SPREAD = re.compile(r"(?:[\u4e00-\u9fff] +){2,}[\u4e00-\u9fff]")

_WORD_GAP = 0.2  # of the type size: a wider gap between Latin letters or digits parts words
_WIDE_GAP = 0.85  # a wider one beside a Chinese character is a blank
_STRIP_GAP = 1.35  # a wider one parts a line into strips
_NOTED_GAP = 0.35
_MOST_GAPS = 8  # justified text has more
_SAME_EDGE = 1.5  # points
_RAISED_SIZE = 0.8


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box in points, from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class TextStrip:
    """A stretch of a line without a wide gap.

    Attributes:
        text: As it reads.
        x0, x1: Its ends in points.
        gaps: Narrower gaps within it: offset in the text, end of the character before, beginning of the next one.
    """

    text: str
    x0: float
    x1: float
    gaps: tuple[tuple[int, float, float], ...] = ()

    def parted(self, starts: Sequence[float]) -> list[TextStrip]:
        """The strip parted at each gap behind which one of the starts of columns lies."""
        parts: list[TextStrip] = []
        at, left = 0, self.x0
        for offset, before, after in self.gaps:
            if any(abs(after - start) <= _SAME_EDGE for start in starts):
                parts.append(TextStrip(self.text[at:offset].strip(), left, before))
                at, left = offset, after
        return [*parts, TextStrip(self.text[at:].strip(), left, self.x1)]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its strips from left to right, its box, its type.

    Attributes:
        strips: At least one.
        top, bottom: In points.
        size: Type size of most of it.
        bold: All of it is bold.
        first_width: Width of its first character in points.
        blank_before, blank_after: A blank is printed at its beginning, at its end.
    """

    strips: tuple[TextStrip, ...]
    top: float
    bottom: float
    size: float
    bold: bool
    first_width: float = 0.0
    blank_before: bool = False
    blank_after: bool = False

    @property
    def x0(self) -> float:
        """Left end."""
        return self.strips[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.strips[-1].x1

    @property
    def text(self) -> str:
        """The strips with one blank between them."""
        return " ".join(strip.text for strip in self.strips)


def glyphs_of(chars: Iterable[dict[str, object]]) -> list[Glyph]:
    """The characters of a page as glyphs: upright ones, each once (type set twice to look bold is bold)."""
    found: list[Glyph] = []
    places: dict[tuple[str, int, int], int] = {}
    for char in chars:
        glyph = _glyph(char)
        if glyph is None:
            continue
        key = (glyph.text, round(glyph.x0 / 2), round(glyph.top / 2))
        twin = next((places[k] for k in _near(key) if k in places), None)
        if twin is not None and glyph.text.strip() and _covers(found[twin], glyph):
            found[twin] = _emboldened(found[twin])
            continue
        places[key] = len(found)
        found.append(glyph)
    return found


def _glyph(char: dict[str, object]) -> Glyph | None:
    text = str(char["text"])
    if not char["upright"] or not text:
        return None
    x0, x1, top, bottom, size = (float(str(char[name])) for name in ("x0", "x1", "top", "bottom", "size"))
    return Glyph(text, x0, x1, top, bottom, size, _BOLD_FONT.search(str(char["fontname"])) is not None)


def _near(key: tuple[str, int, int]) -> Iterable[tuple[str, int, int]]:
    text, x, y = key
    return ((text, x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1))


def _covers(one: Glyph, other: Glyph) -> bool:
    return abs(one.x0 - other.x0) < 0.25 * one.size and abs(one.top - other.top) < 0.25 * one.size


def _emboldened(glyph: Glyph) -> Glyph:
    return Glyph(glyph.text, glyph.x0, glyph.x1, glyph.top, glyph.bottom, glyph.size, True)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Lines from top to bottom; glyphs of any columns at one height are one line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if g.text.strip()), key=lambda g: g.middle):
        if rows and glyph.middle - rows[-1][0].middle <= 0.45 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    spaces = [glyph for glyph in glyphs if not glyph.text.strip()]
    return [_line(row, spaces) for row in _with_raised(rows)]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows of small type that lie within a row of larger type as part of that row."""
    whole: list[list[Glyph]] = []
    for number, row in enumerate(rows):
        for host in (*whole[-1:], *rows[number + 1 : number + 2]):
            if _lies_within(row, host):
                host.extend(row)
                break
        else:
            whole.append(row)
    return whole


def _lies_within(row: Sequence[Glyph], host: Sequence[Glyph]) -> bool:
    size = max(glyph.size for glyph in row)
    if size > _RAISED_SIZE * max(glyph.size for glyph in host):
        return False
    top, bottom = min(g.top for g in row), max(g.bottom for g in row)
    shared = min(bottom, max(g.bottom for g in host)) - max(top, min(g.top for g in host))
    return shared > 0.5 * (bottom - top)


def _line(row: list[Glyph], spaces: Sequence[Glyph]) -> TextLine:
    size = max(row, key=lambda g: (sum(h.size == g.size for h in row), g.size)).size if len(row) < 200 else row[0].size
    row.sort(key=lambda g: g.x0)
    beside = [g for g in spaces if abs(g.middle - row[0].middle) < 0.6 * size]
    blanks = {round(g.x0) for g in beside}
    strips: list[list[Glyph]] = [[row[0]]]
    for before, glyph in itertools.pairwise(row):
        if glyph.x0 - before.x1 > _STRIP_GAP * size:
            strips.append([])
        strips[-1].append(glyph)
    made = tuple(_strip(s, size, blanks) for s in strips)
    plain = [g for g in row if g.size >= _RAISED_SIZE * size] or row
    return TextLine(
        made, min(g.top for g in plain), max(g.bottom for g in plain), size, all(g.bold for g in plain),
        first_width=row[0].x1 - row[0].x0,
        blank_before=any(row[0].x0 - size < g.x1 <= row[0].x0 + 1 for g in beside),
        blank_after=any(row[-1].x1 - 1 <= g.x0 < row[-1].x1 + size for g in beside),
    )  # fmt: skip


def _strip(row: Sequence[Glyph], size: float, blanks: set[int]) -> TextStrip:
    text = _strip_text(row, size, blanks)
    gaps = []
    for number in range(1, len(row)):
        before, glyph = row[number - 1], row[number]
        if glyph.x0 - before.x1 > _NOTED_GAP * size:
            offset = len(_strip_text(row[:number], size, blanks))
            if text[offset:].lstrip().startswith(glyph.text):
                gaps.append((offset, before.x1, glyph.x0))
    return TextStrip(text, row[0].x0, row[-1].x1, tuple(gaps) if len(gaps) < _MOST_GAPS else ())


def _strip_text(row: Sequence[Glyph], size: float, blanks: set[int]) -> str:
    parts: list[str] = []
    raised: list[str] = []
    middle = _usual_middle(row, size)
    before: Glyph | None = None
    for glyph in row:
        if glyph.size <= _RAISED_SIZE * size and glyph.middle < middle - 0.08 * size:
            raised.append(glyph.text)
            before = glyph
            continue
        if raised:
            parts.append(raised_text("".join(raised), "".join(parts)))
            raised = []
        if before is not None and _is_blank(before, glyph, size, blanks):
            parts.append(" ")
        parts.append(_COMPATIBLE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), glyph.text))
        before = glyph
    if raised:
        parts.append(raised_text("".join(raised), "".join(parts)))
    text = "".join(parts).strip()
    return text.replace(" ", "") if _SPREAD.fullmatch(text) else text


def _usual_middle(row: Sequence[Glyph], size: float) -> float:
    middles = sorted(glyph.middle for glyph in row if glyph.size > _RAISED_SIZE * size)
    return middles[len(middles) // 2] if middles else float("-inf")


def _is_blank(before: Glyph, after: Glyph, size: float, blanks: set[int]) -> bool:
    """Whether two neighbouring glyphs are parted by a blank: a printed one, or a gap too wide to be none."""
    gap = after.x0 - before.x1
    wide = _WIDE.match(before.text[-1]) is not None or _WIDE.match(after.text[0]) is not None
    if gap > (_WIDE_GAP if wide else _WORD_GAP) * size:
        return True
    printed = any(x in blanks for x in range(round(before.x1) - 1, round(after.x0) + 1))
    return printed and gap > 0.1 * size


def wrapped(text: str, above: TextLine, line: TextLine, right: float) -> str:
    """A text whose last line is ``above``, with the line below it.

    A word or figure is broken between them where the line above is full to the last character, no blank is printed
    there, and letters or digits stand on both sides.

    Args:
        text: The text up to and with the line above.
        above: That line.
        line: The line below.
        right: Right edge of the text in points.
    """
    full = right - above.x1 <= line.first_width + 0.1 * line.size
    if full and not above.blank_after and not line.blank_before and _CUT.search(f"{text[-1:]}\n{line.text[:1]}"):
        return text + line.text
    return glued(text, line.text)


def glued(before: str, after: str) -> str:
    """Two parts of one text as it reads: a blank only between Latin words or figures."""
    if not before or not after:
        return before + after
    if before.endswith("-") and len(before) > 1 and before[-2].islower() and after[0].islower():
        return before[:-1] + after
    wide = _WIDE.match(before[-1]) is not None or _WIDE.match(after[0]) is not None
    return before + after if wide else f"{before} {after}"
