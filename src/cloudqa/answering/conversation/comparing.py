"""Follow-ups that compare: 和近线比呢, 比2017Q1多多少."""

from __future__ import annotations

import re
from dataclasses import replace

from cloudqa.answering.conversation.draft import Draft, Part
from cloudqa.answering.conversation.matter import Matter
from cloudqa.answering.conversation.operating import core
from cloudqa.answering.conversation.pieces import Cut, PieceKind
from cloudqa.answering.conversation.weaving import Woven

_COMPARED = re.compile(
    r"^(?:(?:和|与|跟|同)(?P<a>.+?)(?:相?比(?:较|起来)?|对比)|(?:相?比(?:于|较|起)?|较|对比)(?P<b>.+?)|"
    r"(?:compared (?:with|to)|versus|vs\.?|relative to)\s+(?P<c>.+?))"
    r"(?P<rest>(?:[,，]?\s*(?:[高低多少大小贵快慢长短便宜省]+(?:了|出)?(?:多少|几).*|增长.*|差多少.*|相差.*)))?$",
    re.IGNORECASE,
)


def compared(matter: Matter, turn: Cut) -> tuple[str, str] | None:
    """What the last matter is compared with, and how; None if the turn does not begin by comparing."""
    first = next((p for p in turn.pieces if p.kind is not PieceKind.LINK), None)
    m = _COMPARED.match(turn.text.strip())
    if m is None or first is None or first.kind is PieceKind.DOING:
        return None
    other = next(t for t in (m["a"], m["b"], m["c"]) if t)
    return other.strip(), (m["rest"] or "").strip(" ,，")


def weave_comparison(matter: Matter, other: Cut, how: str, *, english: bool) -> Woven | None:
    """The last question, with its thing or period compared with another one; None if there is none to compare."""
    base = core(matter, english=english)
    done: Draft | None
    if other.has(PieceKind.PERIOD):
        changed = PieceKind.PERIOD
        done = _over_time(matter, base, other, how, english=english)
    else:
        changed = PieceKind.NAME
        done = _between(matter, base, other, how, english=english)
    if done is None:
        return None
    return Woven(done.text, done.carried, frozenset({changed}), True)


def _over_time(matter: Matter, base: Draft, other: Cut, how: str, *, english: bool) -> Draft | None:
    """The growth from the earlier to the later period, or what the turn asks for in the direction that it says."""
    at = base.places(lambda p: p.kind is PieceKind.PERIOD)
    named = other.question.periods[0].period
    if len(at) != 1 or matter.period is None or (named is None and not how):
        return None
    old, new = base.parts[at[0]], other.text
    if named is not None and named > matter.period and not how:
        base, new = base.replaced(at[0], at[0], Part(PieceKind.PERIOD, new, False)), old.text.strip()
    return base.asked(f"growth compared to {new}" if english else f"比{new}{how or '增长多少'}")


def _between(matter: Matter, base: Draft, other: Cut, how: str, *, english: bool) -> Draft | None:
    named = other.text if other.has(PieceKind.NAME) else matter.named_like(other.text) or other.text
    at = [i for i in base.places(lambda p: p.kind is PieceKind.NAME) if base.parts[i].text.strip() == matter.thing]
    if not at:
        return None
    full = _measured(matter, base)
    if how and not english:
        return full.asked(f"比{named}{how}")
    link = Part(PieceKind.LINK, " and " if english else "和", False)
    pair = (full.parts[at[-1]], link, Part(PieceKind.NAME, named, False))
    both = replace(full, parts=(*full.parts[: at[-1]], *pair, *full.parts[at[-1] + 1 :]))
    return both.asked("difference" if english else "相差多少")


def _measured(matter: Matter, base: Draft) -> Draft:
    """With the metric's name where the last question named it by a question word only (多少钱)."""
    if base.places(lambda p: p.kind is PieceKind.METRIC) or not matter.facts:
        return base
    words = base.without(lambda p: p.kind is PieceKind.WORD)
    return Draft((*words.parts, Part(PieceKind.METRIC, matter.facts[0].metric, True)), base.tail, base.english)
