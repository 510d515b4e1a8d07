"""Findings in words: the figure first, then its working; short, in the question's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation, Op, plain, round_half_up
from cloudqa.questions.finding import Finding, FindingKind, Item
from cloudqa.questions.labels import period_label

_LONGEST_TEXT = 160
_LONGEST_FORMULA = 100
_SHORT_FORMULA = 40
_TABLE = re.compile(r"(?:附?表|Table)\s*[0-9一二三四五六七八九十]+(?:[-.–][0-9]+)?", re.IGNORECASE)
_AFTER = ("起",)
_LISTS = (FindingKind.SERIES, FindingKind.RANKING, FindingKind.COUNT)


def text_of(finding: Finding, *, english: bool) -> str:
    """The answer as a sentence or a small table."""
    if finding.kind is FindingKind.MISSING:
        return _refused(finding, english=english)
    if finding.kind in (FindingKind.VERDICT, FindingKind.CORRECTION):
        return finding.lead
    if finding.calculations and not is_list(finding):
        return _calculated(finding, english=english)
    if finding.kind in (FindingKind.FIGURE, FindingKind.TEXT):
        return _stated(finding, english=english)
    if finding.kind is FindingKind.COUNT:
        return _counted(finding, english=english)
    return _listed(finding, english=english)


def is_list(finding: Finding) -> bool:
    """Whether it says several values side by side, though each may be calculated."""
    return not finding.calculations or (finding.kind in _LISTS and not finding.lead)


def figure_text(item: Item) -> str:
    """A value with its unit and hedge: 24.31亿元, 约0.24亿元, 0.13元/GB 起."""
    if isinstance(item.value, str):
        return item.value if len(item.value) <= _LONGEST_TEXT else item.value[:_LONGEST_TEXT] + "…"
    shown = plain(item.value if item.places is None else round_half_up(item.value, item.places))
    text = f"{shown}{_spaced(item.unit)}"
    if item.note in _AFTER:
        return f"{text} {item.note}"
    return f"{item.note}{' ' if item.note.isascii() and item.note else ''}{text}"


def _spaced(unit: str) -> str:
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit


def _stated(finding: Finding, *, english: bool) -> str:
    item = finding.items[0]
    about = " ".join(x for x in (finding.subject, item.label) if x)
    colon = ": " if english else "："
    conflict = "".join(_conflict(f, english=english) for f in finding.conflicts)
    return f"{about}{colon}{figure_text(item)}{'.' if english else '。'}{conflict}{_tail(finding, english=english)}"


def _conflict(fact: Fact, *, english: bool) -> str:
    where = " ".join(x for x in (fact.section[-1] if fact.section else "", period_label(fact)) if x)
    return f" Elsewhere ({where}): {fact.printed}." if english else f"报告另一处（{where}）为{fact.printed}。"


def _calculated(finding: Finding, *, english: bool) -> str:
    result = finding.items[0]
    about = finding.lead or finding.subject
    colon = ": " if english else "："
    formula = "; ".join(c.formula for c in finding.calculations)
    if len(formula) > _LONGEST_FORMULA:
        formula = finding.calculations[-1].formula
    operands = _operands(finding.items[1:], english=english) if len(formula) <= _SHORT_FORMULA else ""
    stated = _told(finding.stated[:2], english=english)
    end = "." if english else "。"
    open_, close = (" (", ")") if english else ("（", "）")
    if len(formula) > _LONGEST_FORMULA:
        formula = _how_many(finding.calculations[-1], english=english)
    working = f"{open_}{formula}{close}" if formula else ""
    return f"{about}{colon}{figure_text(result)}{working}{end}{operands}{stated}{_tail(finding, english=english)}"


def _how_many(calculation: Calculation, *, english: bool) -> str:
    """Of how many figures a sum or average is whose formula is too long to be said; "" for another operation."""
    number = len(calculation.operands)
    if calculation.op is Op.SUM:
        return f"sum of {number} figures" if english else f"{number}项之和"
    if calculation.op is Op.MEAN:
        return f"mean of {number} figures" if english else f"{number}项的平均"
    return ""


def _operands(items: tuple[Item, ...], *, english: bool) -> str:
    if not items or len(items) > 4:
        return ""
    joined = (", " if english else "，").join(f"{i.label} {figure_text(i)}" for i in items)
    return f" {joined}." if english else f"{joined}。"


def _told(facts: Sequence[Fact], *, english: bool) -> str:
    """What the report states itself; where it states two figures, each with where it stands."""
    if not facts:
        return ""
    if len(facts) == 1:
        return f" The report states {facts[0].printed}." if english else f"报告写明{facts[0].printed}。"
    said = [_placed(f, english=english) for f in facts]
    return f" Stated: {', '.join(said)}." if english else f"{'，'.join(said)}。"


def _placed(fact: Fact, *, english: bool) -> str:
    """A stated figure with where it stands: 报道称96%, 表1为95.58%."""
    if fact.table is None:
        return f"{fact.printed} in the text" if english else f"报道称{fact.printed}"
    number = next((m.group() for text in fact.context if (m := _TABLE.match(text))), "")
    if english:
        return f"{fact.printed} in {number or 'a table'}"
    return f"{''.join(number.split()) or '表中'}为{fact.printed}"


def _counted(finding: Finding, *, english: bool) -> str:
    number = plain(finding.value or Decimal(0))
    if finding.lead:
        listed = ("; " if english else "、").join(i.label for i in finding.items)
        return f"{number}: {listed}." if english else f"{number}{finding.unit}：{listed}。"
    names = ("; " if english else "、").join(f"{i.label} {figure_text(i)}" for i in finding.items[:8])
    more = "…" if len(finding.items) > 8 else ""
    if english:
        return f"{number}" + (f" ({names}{more})." if names else ".")
    return f"{number}{finding.unit}" + (f"：{names}{more}。" if names else "。")


def _listed(finding: Finding, *, english: bool) -> str:
    if not finding.items:
        return f"None ({finding.lead})." if english else f"没有（{finding.subject}{finding.lead}）。"
    if len(finding.items) == 1:
        item = finding.items[0]
        about = f" ({finding.subject})" if english else f"（{finding.subject}）"
        return f"{item.label}{about}{': ' if english else '：'}{figure_text(item)}{_tail(finding, english=english)}"
    lines = [f"{finding.subject}{':' if english else '：'}" if finding.subject else ""]
    width = max(cells(i.label) for i in finding.items)
    lines.extend(f"{i.label}{' ' * (width - cells(i.label) + 2)}{figure_text(i)}" for i in finding.items)
    tail = _tail(finding, english=english).strip()
    return "\n".join(x for x in [*lines, tail] if x)


def cells(text: str) -> int:
    """How many terminal cells a text takes: two for a Chinese character."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _tail(finding: Finding, *, english: bool) -> str:
    said = caveats_of(finding, english=english)
    return (" " if english else "") + (" " if english else "").join(said) if said else ""


def caveats_of(finding: Finding, *, english: bool) -> tuple[str, ...]:
    """What must be said beside the answer."""
    return finding.caveats


def alternatives_of(finding: Finding, *, english: bool) -> tuple[str, ...]:
    """Other figures of the report for the same thing."""
    return tuple(f"{f.metric} {period_label(f)} {f.printed}".strip() for f in (*finding.stated, *finding.conflicts))


def _refused(finding: Finding, *, english: bool) -> str:
    what = (", " if english else "、").join(finding.missing)
    have = ("; " if english else "；").join(n for n in finding.nearest if n)
    if english:
        return f"The archive does not contain {what}." + (f" It has {have}." if have else "")
    return f"资料中没有{what}。" + (f"现有{have}。" if have else "")
