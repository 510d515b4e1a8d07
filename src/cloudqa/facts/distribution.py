"""Figures dealt out to names: 甲、乙、丙分别为1家、2家和3家."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from cloudqa.facts.clauses import Clause
from cloudqa.facts.predicates import noun_after
from cloudqa.facts.subjects import is_metric, split_subject
from cloudqa.quantities import Period, Quantity, find_periods, parse_period

_RESPECTIVELY = re.compile(r"分别|依次")
_SEPARATOR = re.compile(r"、|以及|和|与|及")
_DOING = re.compile("新[增建开设购签]|净增|增加|减少|完成|生产|销售|招收|接待|处理")
_COUNTED = re.compile(r"(?:[一二三四五六七八九十两几]+|\d+)(?:个|大|类|种|项|座|家|款|档|方面|维度)[^、]{0,4}$")


@dataclass(frozen=True, slots=True)
class Dealt:
    """One figure with the name it was dealt to."""

    figure: Quantity
    entity: str
    metric: str
    period: Period | None = None


def distribute(clause: Clause, before: Clause | None) -> tuple[Dealt, ...] | None:
    """The figures of a clause that says 分别 or 依次, each with its name.

    Args:
        clause: The clause.
        before: The clause before it, whose names are taken where this one has none.

    Returns:
        None where the clause does not deal out figures; () where it does but names and figures do not pair.
    """
    m = _RESPECTIVELY.search(clause.text)
    if m is None:
        return None
    figures = _run(clause, m.end())
    if not figures:
        return None
    names, metric = _names(clause.text[: m.start()])
    if len(names) != len(figures) and before is not None:
        names = _names(_COUNTED.sub("", before.text))[0]
        metric = metric or clause.text[: m.start()].strip()
    if len(names) != len(figures) or len(figures) < 2:
        return ()
    between = clause.text[m.end() : figures[0].start].strip()
    metric = metric or (between if is_metric(between) or _DOING.match(between) else "")
    metric = metric or noun_after(clause.text[figures[-1].end :])
    periods = [parse_period(name) for name in names]
    if all(periods):
        subject = split_subject(metric)
        return tuple(
            Dealt(f, subject.entity, subject.metric, p) for f, p in zip(figures, periods, strict=True)
        )  # fmt: skip
    names[-1] = _undated(names[-1])
    return tuple(Dealt(f, name, metric) for f, name in zip(figures, names, strict=True))


def _undated(name: str) -> str:
    """A name without the period that belongs to the whole list: 丙 of 甲、乙、丙2021年一季度分别."""
    mention = next((p for p in find_periods(name) if p.end == len(name) and p.start > 1), None)
    return name if mention is None else name[: mention.start].rstrip("在于的，, ")


def _run(clause: Clause, start: int) -> list[Quantity]:
    """The figures from there on that only separators part."""
    run: list[Quantity] = []
    for figure in clause.figures:
        if figure.start < start:
            continue
        gap = clause.text[run[-1].end : figure.start] if run else ""
        if run and not re.fullmatch(r"\s*(?:[、,，]|和|与|及|以及)\s*(?:约|近|超过?)?", gap):
            break
        run.append(figure)
    return run


def _names(words: str) -> tuple[list[str], str]:
    """The names that words list, and what is measured of all of them: 甲、乙的收入 is 甲, 乙 and 收入."""
    words = re.sub(r"^.*(?:[，：:]|其中|评价分|分为|包括)", "", words).strip()
    names = [name.strip() for name in _SEPARATOR.split(words) if name.strip()]
    if len(names) < 2:
        return [], ""
    last = names[-1]
    subject = split_subject(last)
    if subject.metric and subject.entity and is_metric(subject.metric):
        names[-1] = subject.entity
        return names, subject.metric
    for start in range(2, len(last)):
        if parse_period(last[:start]) is not None and is_metric(last[start:]):
            names[-1] = last[:start]
            return names, last[start:].lstrip("的")
    return names, ""


_EXCHANGED = re.compile(r"\s*(?:兑换?|折合?|约合|合|对|=|等于|换)\s*(?:人民币)?\s*")


def exchange_rate(clause: Clause) -> Quantity | None:
    """The rate that a clause states (1美元兑6.65元): the second figure in its currency per the first; None if none."""
    for first, second in pairwise(clause.figures):
        gap = clause.text[first.end : second.start]
        currencies = {first.unit.currency, second.unit.currency}
        if first.value == 1 and first.unit.scale == 1 and len(currencies - {""}) == 2 and _EXCHANGED.fullmatch(gap):
            symbol = f"{second.unit.symbol}/{first.unit.symbol}"
            return replace(second, unit=replace(second.unit, denominator=first.unit, symbol=symbol))
    return None
