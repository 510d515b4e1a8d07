"""What of an HTML page is the report: hidden parts and the chrome around it taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudqa.documents.imprint import find_labelled

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_SHOWN = (
    "script, style, template, noscript, svg, iframe, object, embed, canvas, audio, video, select, datalist, map, "
    "input, button, textarea, del, s, strike, rp, rt, [hidden], [aria-hidden=true], [aria-hidden=TRUE]"
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
    r"(?<![\w-])font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)|"
    r"(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_HIDDEN_CLASSES = ("hidden", "hide", "d-none", "sr-only", "visually-hidden", "screen-reader-text")
_RULE = re.compile(r"(@[^{};]*)?([^{}]*)\{([^{}]*)\}|(@[^{};]*)\{|\}|@[^{};]*;")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"[\w.#\[\]='\"\s>*-]{1,200}")
_CHROME = (
    "nav, [role=navigation], [role=search], [role=menu], [role=menubar], [role=toolbar], [role=banner] nav, "
    "form[role=search]"
)
_CHROME_CLASSES = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs sidebar toolbar pagination pager share "
    "sharing social related recommend advert advertisement ad ads banner-ad cookie cookies comments copyright "
    "back-to-top skip-link topbar login".split()
)
_FOOTER_CLASSES = frozenset("footer foot page-footer site-footer footer-nav".split())
_LINKED_SHARE = 0.8


def remove_hidden(page: LexborHTMLParser) -> None:
    """Take out of a page, in place, what its reader does not see."""
    hidden = list(_hidden_by_rules(page))
    hidden += page.css(_NEVER_SHOWN)
    hidden += [node for node in page.css("[style]") if _HIDING.search(node.attributes.get("style") or "")]
    hidden += [node for name in _HIDDEN_CLASSES for node in page.css(f".{name}")]
    _remove(hidden)


def _hidden_by_rules(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """Elements that the page's own style sheets do not show on a screen."""
    from selectolax.lexbor import SelectolaxError

    for sheet in page.css("style"):
        for selector in _hiding_selectors(_COMMENT.sub("", sheet.text() or "")):
            try:
                yield from page.css(selector)
            except SelectolaxError:  # a selector that the library does not know hides nothing
                continue


def _hiding_selectors(rules: str) -> Iterator[str]:
    """Simple selectors whose rule hides, those inside ``@media print`` and the like left out."""
    depth = 0
    for m in _RULE.finditer(rules):
        if m.group() == "}":
            depth = max(0, depth - 1)
        elif m.group(4) is not None:
            depth += 1
        elif m.group(3) is not None and not depth and not m.group(1) and _HIDING.search(m.group(3)):
            yield from (s.strip() for s in m.group(2).split(",") if _SIMPLE_SELECTOR.fullmatch(s.strip()))


def _remove(nodes: Sequence[LexborNode]) -> None:
    """Take nodes out; what stands inside one of them goes with it (removing frees it: it must not be touched again)."""
    marked = {node.mem_id for node in nodes if node.tag not in ("html", "body")}
    outermost = {
        node.mem_id: node for node in nodes if node.mem_id in marked and not _has_marked_ancestor(node, marked)
    }
    for node in outermost.values():
        node.remove()


def _has_marked_ancestor(node: LexborNode, marked: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in marked:
            return True
        parent = parent.parent
    return False


def remove_chrome(page: LexborHTMLParser) -> None:
    """Take out, in place, menus, page footers and lists of links to other pages.

    A list of links to places in the page is its table of contents and stays; so do labelled lines of a footer, such as
    主编：…, which are the imprint.
    """
    classed = page.css("[class], [id]")
    chrome = page.css(_CHROME) + [node for node in classed if _words(node) & _CHROME_CLASSES]
    _remove([n for n in chrome if not is_contents(n) and not holds(n, "main, article, table")])
    feet = page.css("footer, [role=contentinfo]") + [node for node in page.css("[class], [id]") if _is_footer(node)]
    _remove([part for foot in feet if not _holds_report(foot) for part in _idle_parts(foot)])
    _remove([node for node in page.css("ul, ol, p, div") if _is_link_list(node)])
    _remove([link for link in page.css("td a[href], th a[href]") if _leads_up(link) and _stands_beside_text(link)])


def _stands_beside_text(link: LexborNode) -> bool:
    """Whether a link that leads nowhere, a button of the page, is only part of its cell."""
    cell = link.parent
    while cell is not None and cell.tag not in ("td", "th"):
        cell = cell.parent
    return cell is not None and (cell.text() or "").strip() != (link.text() or "").strip()


def _holds_report(node: LexborNode) -> bool:
    return holds(node, "table") or _in_article(node)


def holds(node: LexborNode, selector: str) -> bool:
    """Whether an element that a selector names stands inside another (the library counts that one too)."""
    return any(inner.mem_id != node.mem_id for inner in node.css(selector))


def _words(node: LexborNode) -> set[str]:
    attributes = node.attributes
    return set(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split())


def _is_footer(node: LexborNode) -> bool:
    return node.tag in ("div", "section", "p", "ul") and bool(_words(node) & _FOOTER_CLASSES)


def _in_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return True
        parent = parent.parent
    return False


def is_contents(node: LexborNode) -> bool:
    """Whether the links of an element lead to places in the page."""
    links = node.css("a[href]")
    local = [link for link in links if len(link.attributes.get("href") or "") > 1 and _is_local(link)]
    return len(local) > 1 and len(local) >= _LINKED_SHARE * len(links)


def _is_local(link: LexborNode) -> bool:
    href = link.attributes.get("href") or ""
    return href.startswith("#") and href.lower() not in ("#", "#top")


def _is_link_list(node: LexborNode) -> bool:
    """Whether an element of no table is little but links to other pages."""
    links = node.css("a[href]")
    if not links or holds(node, "table, p, h1, h2, h3") or any(_is_local(link) for link in links):
        return False
    if node.tag in ("p", "div") and len(links) < 3 and not all(_leads_up(link) for link in links):
        return False
    total = len("".join((node.text() or "").split()))
    linked = sum(len("".join((link.text() or "").split())) for link in links)
    return linked >= _LINKED_SHARE * total


def _leads_up(link: LexborNode) -> bool:
    href = (link.attributes.get("href") or "").lower()
    return href in ("#", "#top") or href.startswith("javascript:")


def _idle_parts(foot: LexborNode) -> list[LexborNode]:
    """What of a page's footer is no labelled line: all of it where it has none."""
    leaves = [leaf for leaf in foot.css("p, li, div, address") if not holds(leaf, "p, li, div, address")]
    labelled = {leaf.mem_id for leaf in (leaves or [foot]) if find_labelled((leaf.text() or "").strip())}
    if not labelled:
        return [foot]
    return [leaf for leaf in leaves if leaf.mem_id not in labelled and leaf.mem_id != foot.mem_id]
