"""What the styles of a Word document say of a paragraph: its level as a heading, its list, whether it is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(
    r"(?:heading|标题|標題|見出し|제목|überschrift|titre|título|titolo|заголовок)\s*(\d)(?:\s.*)?", re.IGNORECASE
)
_TITLE = re.compile(r"title|标题|標題|文档标题|文章标题|表題", re.IGNORECASE)
_CAPTION = re.compile(r"caption|题注|題注|图表标题|表题|表标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*\d.*", re.IGNORECASE)
_LIST = re.compile(r"list(?! of).*|列表.*|项目.*|列出段落.*", re.IGNORECASE)
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says.

    Attributes:
        heading: 1 to 9 for a heading, 0 for the document's title, None for neither.
        caption, contents, listed: What its name says the paragraph is.
        hidden: Its text is not shown.
        bold: Its text is bold.
        numbering: (list, level) of the numbers it is given, None for none.
    """

    heading: int | None = None
    caption: bool = False
    contents: bool = False
    listed: bool = False
    hidden: bool = False
    bold: bool = False
    numbering: tuple[str, int] | None = None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        """Reads the styles part; None for a document without one."""
        self._nodes: dict[str, Any] = {}
        self._known: dict[str, ParagraphStyle] = {}
        self._default = ""
        for node in root.iterchildren(_W + "style") if root is not None else ():
            style_id = node.get(_W + "styleId") or ""
            self._nodes[style_id] = node
            if node.get(_W + "type") == "paragraph" and node.get(_W + "default") in ("1", "true"):
                self._default = style_id

    def style(self, style_id: str) -> ParagraphStyle:
        """What a style says with those it is based on; the default one for ""."""
        style_id = style_id or self._default
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str) -> ParagraphStyle:
        chain: list[Any] = []
        at: str | None = style_id
        while at in self._nodes and len(chain) < _MOST_BASES:
            chain.append(self._nodes[at])
            base = chain[-1].find(_W + "basedOn")
            at = base.get(_W + "val") if base is not None else None
        names = [_name(node) for node in chain] or [style_id]
        return ParagraphStyle(
            heading=_heading(names, chain),
            caption=any(_CAPTION.fullmatch(name) for name in names),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
            listed=_LIST.fullmatch(names[0]) is not None,
            hidden=_first(chain, "rPr", is_on, "vanish") or False,
            bold=_first(chain, "rPr", is_on, "b") or False,
            numbering=_numbering(chain),
        )


def _name(node: Any) -> str:
    name = node.find(_W + "name")
    return (name.get(_W + "val") or "") if name is not None else ""


def _heading(names: list[str], chain: list[Any]) -> int | None:
    for name in names:
        if (m := _HEADING.fullmatch(name)) is not None:
            return int(m.group(1)) or 1
        if _TITLE.fullmatch(name):
            return 0
    return next((level for node in chain if (level := outline_level(node.find(_W + "pPr"))) is not None), None)


def outline_level(properties: Any) -> int | None:
    """1 to 9 from a paragraph's properties, None where they set none or body text."""
    level = properties.find(_W + "outlineLvl") if properties is not None else None
    value = level.get(_W + "val") if level is not None else None
    return int(value) + 1 if value is not None and value.isdecimal() and int(value) < 9 else None


def is_on(properties: Any, tag: str) -> bool | None:
    """Whether run properties switch something on or off, None where they say nothing of it."""
    node = properties.find(_W + tag) if properties is not None else None
    if node is None:
        return None
    return node.get(_W + "val") not in ("0", "false", "off", "none")


def _first(chain: list[Any], part: str, ask: Any, tag: str) -> bool | None:
    return next((value for node in chain if (value := ask(node.find(_W + part), tag)) is not None), None)


def _numbering(chain: list[Any]) -> tuple[str, int] | None:
    for node in chain:
        found = list_of(node.find(_W + "pPr"))
        if found is not None:
            return found
    return None


def list_of(properties: Any) -> tuple[str, int] | None:
    """(list, level) from a paragraph's properties, None where they set none; list "0" takes the numbers away."""
    node = properties.find(_W + "numPr") if properties is not None else None
    if node is None:
        return None
    list_id, level = node.find(_W + "numId"), node.find(_W + "ilvl")
    value = level.get(_W + "val") if level is not None else "0"
    number = int(value) if value is not None and value.isdecimal() else 0
    return (list_id.get(_W + "val") or "0", number) if list_id is not None else None
