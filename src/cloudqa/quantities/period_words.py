"""Reading periods that are told from another one: 去年同期, 上季度, 今年上半年, 近三年."""

from __future__ import annotations

from functools import cache

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Period, PeriodKind
from cloudqa.quantities.period_atoms import EDGE_PATTERN, NO_YEAR, NUMBER, Atom, count_of, make_part, part_at, with_edge

_SAME_LAST_YEAR = lazily(
    r"(?:去年|上一?年度?|上一?财年)的?(?:同期|同季度?|同一?季度|同一?财季|同月)|(?:一|1)年前(?!夕)"
)
_STEP = lazily(r"(?P<word>[上前本当该这下次])一?个?(?P<unit>财季|季度|季(?!节)|月份|月(?![球饼]))")
_STEPS = {"上": -1, "前": -1, "本": 0, "当": 0, "该": 0, "这": 0, "下": 1, "次": 1}
_SPAN = lazily(
    rf"(?P<word>最近|近|过去|未来|今后)的?(?P<n>{NUMBER})个?(?P<unit>财年|年|财季|季度|月)(?!前|后|之后|以后|级|代|份|初|末|底)"
)
_UNITS = {
    "财季": PeriodKind.QUARTER, "季度": PeriodKind.QUARTER, "季": PeriodKind.QUARTER, "月": PeriodKind.MONTH,
    "月份": PeriodKind.MONTH, "年": PeriodKind.YEAR, "财年": PeriodKind.YEAR,
}  # fmt: skip
_YEARS = {
    "上一财年": -1, "上财年": -1, "上一年度": -1, "上年度": -1, "上一年": -1, "上年": -1, "去年": -1, "大前年": -3,
    "前年": -2, "本财年": 0, "本年度": 0, "本年": 0, "今年": 0, "当年": 0, "同年": 0, "下一财年": 1, "下财年": 1,
    "明年": 1, "次年": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_AFTER_YEAR = lazily("(?:全年|整年)?(?:的(?=第|[Qq前上下]))?")
_BARE_EDGE = lazily("年(?P<edge>[初底末])(?!步)")
_FIRST = frozenset("去上一1前本当该这下次最近过未今大明同后年")


def read_relative(text: str, at: int) -> Atom | None:
    """A period told from another one that begins at a place of a folded text, or None."""
    if text[at] not in _FIRST:
        return None
    if (m := _SAME_LAST_YEAR().match(text, at)) is not None:
        return Atom(at, m.end(), Period(NO_YEAR), False, special="same_last_year")
    return _step(text, at) or _span(text, at) or _year(text, at)


def _step(text: str, at: int) -> Atom | None:
    """上季度, 前一季, 本月; 前 only with 一, and not the 次 and 当 of other words."""
    m = _STEP().match(text, at)
    if m is None or (m["word"] == "前" and "一" not in m.group()):
        return None
    if m["word"] in "次前" and text[at - 1 : at] in tuple("0123456789一二三四五六七八九十百千万亿目之提"):
        return None
    fiscal = True if m["unit"] == "财季" else None
    part = Period(NO_YEAR, _UNITS[m["unit"]], 1, fiscal=fiscal)
    return Atom(at, m.end(), part, False, special="step", steps=_STEPS[m["word"]])


def _span(text: str, at: int) -> Atom | None:
    """近三年, 过去四个季度, 未来三年; 两年后 and 三年级 are none."""
    m = _SPAN().match(text, at)
    if m is None:
        return None
    kind = _UNITS[m["unit"]]
    part = Period(NO_YEAR, kind, 0 if kind is PeriodKind.YEAR else 1, fiscal=True if "财" in m["unit"] else None)
    special = "next" if m["word"] in ("未来", "今后") else "last"
    return Atom(at, m.end(), part, False, special=special, steps=count_of(m["n"]))


@cache
def _year_words() -> tuple[str, ...]:
    return tuple(sorted(_YEARS, key=len, reverse=True))


def _year(text: str, at: int) -> Atom | None:
    """A year named from now, perhaps with a part: 去年, 今年上半年, 去年底, 年初."""
    word = next((w for w in _year_words() if text.startswith(w, at)), "")
    rest = _AFTER_YEAR().match(text, at + len(word))
    if not word or rest is None:
        return _bare_edge(text, at)
    fiscal = True if "财年" in word else None
    part = part_at(text, rest.end())
    if part is not None:
        return Atom(at, part.end(), make_part(part, NO_YEAR, fiscal), False, _YEARS[word])
    whole = Period(NO_YEAR, fiscal=fiscal)
    if (edge := EDGE_PATTERN().match(text, rest.end())) is not None:
        return Atom(at, edge.end(), with_edge(whole, edge), False, _YEARS[word])
    end = rest.end() - (1 if text[rest.end() - 1] == "的" else 0)
    return Atom(at, end, whole, False, _YEARS[word])


def _bare_edge(text: str, at: int) -> Atom | None:
    """年初, 年末 and 年底 of a year that is not said."""
    m = _BARE_EDGE().match(text, at)
    if m is None or text[at - 1 : at].isdigit():
        return None
    return Atom(at, m.end(), with_edge(Period(NO_YEAR), m), False)
