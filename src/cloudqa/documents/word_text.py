"""The text of a Word paragraph as a reader sees it: insertions kept, deletions and hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cloudqa.documents.raised import raised_text
from cloudqa.documents.word_styles import is_on

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    _W + tag for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sdtPr")
)
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CHARACTERS = {_W + "tab": " ", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_BLANKS = re.compile(r"[^\S\n]+|[\x00-\x08]")


@dataclass(slots=True)
class ParagraphText:
    r"""What a paragraph holds.

    Attributes:
        parts: Its text in order, ``\\n`` for a line break, each with whether it is bold.
        boxes: Content of text boxes that are anchored in it.
        notes: Ids of the footnotes and endnotes it refers to: (kind, id).
        pictures: How many pictures and charts it holds.
        objects: How many embedded objects.
    """

    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0

    @property
    def lines(self) -> list[str]:
        """The lines that hold text."""
        text = "".join(part for part, _ in self.parts)
        return [line for line in (_BLANKS.sub(" ", line).strip() for line in text.split("\n")) if line]

    @property
    def bold(self) -> bool:
        """Whether all of its text is bold."""
        shown = [bold for part, bold in self.parts if part.strip()]
        return bool(shown) and all(shown)


def paragraph_text(paragraph: Any, marks: dict[tuple[str, str], str], *, bold: bool, hidden: bool) -> ParagraphText:
    """The text of a ``w:p`` element.

    Args:
        paragraph: The element.
        marks: What is printed for a reference to a note, by its kind and id.
        bold: Whether its style is bold.
        hidden: Whether its style is hidden.
    """
    text = ParagraphText()
    for child in paragraph:
        _add(child, text, marks, (bold, hidden))
    return text


def _add(node: Any, text: ParagraphText, marks: dict[tuple[str, str], str], style: tuple[bool, bool]) -> None:
    tag = node.tag
    if not isinstance(tag, str) or tag in _LEFT_OUT:
        return
    if tag == _W + "r":
        _run(node, text, marks, style)
    elif tag == _M + "t":
        text.parts.append((node.text or "", style[0]))
    elif tag == _MC + "AlternateContent":
        choice = node.find(_MC + "Choice")
        for child in choice if choice is not None else ():
            _add(child, text, marks, style)
    else:
        for child in node:
            _add(child, text, marks, style)


def _run(run: Any, text: ParagraphText, marks: dict[tuple[str, str], str], style: tuple[bool, bool]) -> None:
    properties = run.find(_W + "rPr")
    hidden = is_on(properties, "vanish")
    if style[1] if hidden is None else hidden:
        return
    own = is_on(properties, "b")
    bold = style[0] if own is None else own
    raised = properties is not None and _is_raised(properties)
    for node in _contents(run):
        _character(node, text, marks, bold=bold, raised=raised)


def _is_raised(properties: Any) -> bool:
    align = properties.find(_W + "vertAlign")
    return align is not None and align.get(_W + "val") == "superscript"


def _contents(run: Any) -> Iterator[Any]:
    """The nodes of a run; of alternatives the one that newer programs show."""
    for node in run:
        if node.tag == _MC + "AlternateContent":
            choice = node.find(_MC + "Choice")
            yield from choice if choice is not None else ()
        else:
            yield node


def _character(
    node: Any, text: ParagraphText, marks: dict[tuple[str, str], str], *, bold: bool, raised: bool
) -> None:  # fmt: skip
    tag = node.tag
    if tag == _W + "t":
        before = "".join(part for part, _ in text.parts[-4:])
        written = node.text or ""
        text.parts.append((raised_text(written, before) if raised and written.strip() else written, bold))
    elif tag in (_W + "br", _W + "cr"):
        text.parts.append(("\n", bold))
    elif tag in _CHARACTERS:
        text.parts.append((_CHARACTERS[tag], bold))
    elif tag in (_W + "footnoteReference", _W + "endnoteReference"):
        key = (tag[len(_W) : -len("Reference")], node.get(_W + "id") or "")
        if key in marks:
            text.notes.append(key)
            text.parts.append((marks[key], bold))
    elif tag == _W + "ruby":
        _ruby(node, text, marks, bold)
    elif tag in (_W + "drawing", _W + "pict", _W + "object"):
        _drawing(node, text)


def _ruby(node: Any, text: ParagraphText, marks: dict[tuple[str, str], str], bold: bool) -> None:
    base = node.find(_W + "rubyBase")
    for run in base if base is not None else ():
        _add(run, text, marks, (bold, False))


def _drawing(node: Any, text: ParagraphText) -> None:
    boxes = [box for box in node.iter(_W + "txbxContent") if not _in_fallback(box, node)]
    text.boxes += boxes
    if node.tag == _W + "object":
        text.objects += 1
    elif not boxes and any(next(node.iter(tag), None) is not None for tag in _PICTURES):
        text.pictures += 1


def _in_fallback(box: Any, top: Any) -> bool:
    """Whether a text box is the second copy of one, kept for older programs, or stands inside another one."""
    node = box.getparent()
    while node is not None and node is not top:
        if node.tag in (_MC + "Fallback", _W + "txbxContent"):
            return True
        node = node.getparent()
    return False
