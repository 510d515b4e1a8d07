"""The inline content of an HTML element as lines of text, with what is bold and what is a footnote's mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cloudqa.documents.raised import raised_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_MOST_NESTED = 200
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line between two ``<br>``; ``strong`` where all of it is bold."""

    text: str
    strong: bool


@dataclass(slots=True)
class Inline:
    """Collects runs of inline content; a line end of the source is kept until the line is whole."""

    _lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])

    def add(self, node: LexborNode, bold: bool = False, depth: int = 0) -> None:
        """Everything inside a node, or a text node."""
        if node.tag == "-text":
            self.text(node.text(deep=False), bold)
        elif node.tag == "br":
            self._lines.append([])
        elif depth > _MOST_NESTED:
            self.text(node.text() or "", bold)
        elif not node.is_comment_node:
            bold = is_bold(node, bold)
            if is_raised(node):
                self._raised(node, bold)
                return
            for child in node.iter(include_text=True):
                self.add(child, bold, depth + 1)

    def text(self, text: str, bold: bool = False) -> None:
        """A run of characters."""
        text = _SPACES.sub(lambda m: "\n" if "\n" in m.group() else " ", text)
        if text:
            self._lines[-1].append((text, bold))

    def _raised(self, node: LexborNode, bold: bool) -> None:
        before = "".join(text for text, _ in self._lines[-1])
        self.text(raised_text(node.text(), before), bold)

    def lines(self) -> list[TextLine]:
        """The lines that hold text."""
        found = []
        for runs in self._lines:
            text = tidy("".join(text for text, _ in runs))
            if text:
                strong = all(bold for run, bold in runs if run.strip())
                found.append(TextLine(text, strong))
        return found


def tidy(text: str) -> str:
    """A line for reading: no invisible characters, no blank where the source wraps between Chinese characters."""
    text = _WRAPPED.sub("", _INVISIBLE.sub("", text).replace("\u00a0", " "))
    return re.sub(r"[ \n]+", " ", text).strip()


def is_bold(node: LexborNode, bold: bool) -> bool:
    """Whether the content of an element is bold, given whether that around it is."""
    style = node.attributes.get("style") or ""
    if _PLAIN_STYLE.search(style):
        return False
    return bold or node.tag in ("b", "strong", "th") or _BOLD_STYLE.search(style) is not None


def is_raised(node: LexborNode) -> bool:
    """Whether an element is superscript."""
    return node.tag == "sup" or _RAISED_STYLE.search(node.attributes.get("style") or "") is not None
