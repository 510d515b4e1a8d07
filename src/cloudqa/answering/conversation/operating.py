"""What a follow-up does with the figures spoken of: 环比呢, 第二名呢, 总共是多少, 和近线比呢."""

from __future__ import annotations

import re

from cloudqa.answering.conversation.draft import Draft, Part
from cloudqa.answering.conversation.matter import RANKING, Matter
from cloudqa.answering.conversation.pieces import Cut, Piece, PieceKind, is_group, wide
from cloudqa.quantities import Period, PeriodKind
from cloudqa.questions.cues import CueKind

BASED = (CueKind.YEAR_AGO, CueKind.PREVIOUS)
CHANGING = (CueKind.GROWTH, CueKind.UP, CueKind.DOWN, CueKind.CHANGE, CueKind.POINTS, CueKind.PERCENT, CueKind.REACHED)
_RELATING = (*CHANGING, CueKind.DIFFERENCE, CueKind.TIMES)
_PICKING = (*RANKING, CueKind.WHICH_PERIOD, CueKind.RANK, CueKind.ORDER, CueKind.FIRST)
_JUDGING = (CueKind.YES_NO, CueKind.ABOVE, CueKind.BELOW, CueKind.NEGATIVE, CueKind.POSITIVE)
_LISTING = (CueKind.EACH, CueKind.ALL)
_ASKS = (
    CueKind.DIFFERENCE,
    CueKind.TIMES,
    CueKind.RANK,
    CueKind.WHICH_PERIOD,
    CueKind.WHY,
    CueKind.YES_NO,
    CueKind.REACHED,
)
_LOW = ("低", "少", "小", "便宜", "慢", "短", "lowest", "smallest", "least", "fewest", "cheapest", "slowest", "min")
_SIDE = re.compile(r"[高低大小多少]")
_VERB = re.compile(r"\b(?:did|do|does|have|has|had|was|were|is|are)\b", re.IGNORECASE)
_RANK_WORD = re.compile(r"第\s*(\d+|[一二三四五六七八九十]+)")
_ENGLISH_RANKS = ("first", "second", "third", "fourth", "fifth")


def core(matter: Matter, *, english: bool) -> Draft:
    """What was spoken of without what was done with it; a pick is replaced by what was picked."""
    draft = Draft.of(matter.cut.pieces, english=english)
    picked: Part | None = None
    if matter.picked is not None:
        text = matter.when if matter.picked is PieceKind.PERIOD else matter.thing
        picked = Part(matter.picked, text, True)
    bare = draft.without(_is_doing)
    if english:
        bare = bare.without(lambda p: p.kind is PieceKind.LINK and _VERB.search(p.text) is not None)
    if picked is None or not picked.text:
        return bare
    among = picked.kind

    def is_among(part: Part) -> bool:
        return part.kind is among and (among is PieceKind.PERIOD or is_group(part.text))

    return bare.without(is_among).begun_with(picked)


def _is_doing(part: Part) -> bool:
    kinds = (PieceKind.ASKING, PieceKind.SHOWING, PieceKind.UNIT)
    return part.kind in kinds or (part.kind is PieceKind.DOING and not part.does(CueKind.SHARE))


def operated(matter: Matter, turn: Cut, tail: str, *, english: bool) -> Draft | None:
    """What was spoken of with what the turn does with it; None if that cannot be said of it."""
    whole = Draft.of(matter.cut.pieces, english=english)
    doing = turn.of(PieceKind.DOING)
    if doing and all(p.does(CueKind.MAX, CueKind.MIN, CueKind.ORDINAL, CueKind.TOP) for p in doing) and matter.ranks:
        return _repicked(whole, doing[0])
    if doing and all(p.does(CueKind.ABOVE, CueKind.BELOW) for p in doing):
        return _with_threshold(whole, tail)
    if not any(p.does(*_LISTING) for p in doing) or len(doing) > 1:
        return _redone(matter, whole, turn, tail, english=english)
    return whole.without(lambda p: p.kind is PieceKind.ASKING).asked(tail if english else "，" + tail)


def _with_threshold(whole: Draft, tail: str) -> Draft | None:
    """The last question with another threshold: 超过3亿元 for 超过5亿元; None where it had none."""
    at = whole.places(lambda p: p.does(CueKind.ABOVE, CueKind.BELOW) or p.kind is PieceKind.AMOUNT)
    if len(at) != 2 or at[1] - at[0] > 2:
        return None
    return whole.replaced(at[0], at[1], Part(PieceKind.DOING, tail.removesuffix("是多少"), False))


def _redone(matter: Matter, whole: Draft, turn: Cut, tail: str, *, english: bool) -> Draft | None:
    if turn.does(*_PICKING):
        if not turn.does(CueKind.WHICH_PERIOD, CueKind.RANK, CueKind.ORDER, CueKind.WHICH, CueKind.WHO):
            return None
        kept = whole.without(lambda p: _is_doing(p) and not p.does(*BASED, CueKind.GROWTH))
        if not turn.does(CueKind.WHICH_PERIOD):
            return kept.without(lambda p: p.kind is PieceKind.NAME and not is_group(p.text)).asked(tail)
        spans = matter.period is not None and _spans(matter.period, tail)
        return (kept if spans else kept.without(lambda p: p.kind is PieceKind.PERIOD)).asked(tail)
    if turn.does(*_JUDGING):
        kept = whole.without(lambda p: _is_doing(p) and not p.does(*BASED, *CHANGING))
        return kept.asked(tail)
    base = next((p.text for p in matter.cut.pieces if p.does(*BASED)), "")
    relates = turn.does(*_RELATING) and not turn.does(*BASED)
    bare = core(matter, english=english)
    if turn.does(CueKind.SHARE):
        bare = bare.without(lambda p: p.does(CueKind.SHARE))
    return bare.asked(_joined(base, tail) if relates and base else tail)


def _spans(period: Period, tail: str) -> bool:
    """Whether the period spoken of has parts among which a period can be picked: a year of 哪个季度."""
    if period.kind is PeriodKind.RANGE:
        return True
    return period.kind in (PeriodKind.YEAR, PeriodKind.HALF) and re.search("季|月|quarter|month", tail) is not None


def _joined(base: str, tail: str) -> str:
    return f"{base}{tail}" if wide(tail) else f"{base} {tail}"


def _repicked(whole: Draft, wanted: Piece) -> Draft | None:
    """The pick with another place or from the other end: 最高的 → 第二高的, 最低的."""
    at = whole.places(lambda p: p.does(*RANKING))
    if len(at) != 1:
        return None
    old = whole.parts[at[0]]
    text = _pick(old.text, wanted.text)
    return None if text is None else whole.replaced(at[0], at[0], Part(PieceKind.DOING, text, False))


def _pick(old: str, wanted: str) -> str | None:
    rank = _RANK_WORD.search(wanted)
    english = next((w for w in _ENGLISH_RANKS if wanted.lower().startswith(w)), "")
    if rank is None and not english:
        return f"{wanted.strip().removesuffix('的')}{'的' if old.strip().endswith('的') else ''}"
    low = any(w in old.lower() for w in _LOW)
    if "倒数" in wanted:
        return None if low or rank is None else f"倒数第{rank.group(1)}名"
    if english:
        return f"{english}-{'lowest' if low else 'highest'}"
    side = _SIDE.search(old)
    own = side.group() if side else ("低" if low else "高")
    return f"第{rank.group(1) if rank else ''}{own}{'的' if old.strip().endswith('的') else ''}"


def tail_of(turn: Cut, pieces: tuple[Piece, ...], *, english: bool) -> str:
    """What the turn asks for, in full: 环比 → 环比增长多少, 总共 → 总共是多少."""
    said = "".join(p.text for p in pieces).strip(" 的，,、。?？!！")
    if english:
        return said if turn.has(PieceKind.ASKING) or not turn.does(*BASED) else _english_growth(turn, said)
    if pieces[0].does(CueKind.IN_UNIT) and not turn.has(PieceKind.ASKING):
        return f"折合{said.removeprefix(pieces[0].text.strip())}多少"
    if turn.has(PieceKind.ASKING) or turn.does(*_ASKS):
        return said
    if turn.does(*BASED) and not turn.does(*CHANGING):
        return f"{said}增长多少" if wide(said) else f"{said} growth"
    if turn.does(CueKind.GROWTH, CueKind.UP, CueKind.DOWN) and not said.endswith(("率", "速", "幅")):
        return f"{said}多少"
    return f"{said}是多少"


def _english_growth(turn: Cut, said: str) -> str:
    return said if turn.does(*CHANGING) else f"{said} growth"
