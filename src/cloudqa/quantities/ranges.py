"""Two figures that are the ends of one range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.quantity import Quantity, RangePart
from cloudqa.quantities.unit import Unit

_LINK = lazily(r"\s?(?:-{1,2}|—{1,2}|~|至|到|\bto\b)\s?")


def with_ranges(folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The figures with both ends of each range marked, a bare first end in the unit of the last (10-20亿元)."""
    index = 0
    while index < len(found):
        first = found[index]
        last = found[index + 1] if index + 1 < len(found) else None
        if last is None or not _are_linked(folded, first, last):
            yield first
            index += 1
            continue
        yield replace(first, unit=_shared_unit(first.unit, last.unit), part=RangePart.FIRST)
        yield replace(_without_dash(last) if _dash_links(folded, first, last) else last, part=RangePart.LAST)
        index += 2


def _are_linked(folded: str, first: Quantity, last: Quantity) -> bool:
    if not _LINK().fullmatch(folded, first.end, last.start) and not _dash_links(folded, first, last):
        return False
    shared = _shared_unit(first.unit, last.unit)
    return shared.dimension is last.unit.dimension and shared.currency == last.unit.currency


def _dash_links(folded: str, first: Quantity, last: Quantity) -> bool:
    """Whether the sign of the last figure is the dash of the range: 5亿元-10亿元."""
    return first.end == last.start and folded[last.start] == "-"


def _without_dash(last: Quantity) -> Quantity:
    return replace(last, value=-last.value, text=last.text[1:], start=last.start + 1)


def _shared_unit(first: Unit, last: Unit) -> Unit:
    """The unit of the first end: its own, or the last one's on its own scale (3万-5万元), or the last one's."""
    if first.stated or not last.stated:
        return first
    if first.scale == 1:
        return last
    if last.scale < first.scale:
        return first
    return replace(last, scale=first.scale, symbol=first.symbol + last.symbol.lstrip("十百千万亿"))
