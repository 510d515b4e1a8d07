"""The forms one period is written in, before ranges and anchors are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from cloudqa.quantities.numerals import parse_numeral
from cloudqa.quantities.period import Edge, Period, PeriodError, PeriodKind
from cloudqa.quantities.unit_words import match_unit

NO_YEAR = 2000
"""The year of a part whose year is not said; a leap year, so that every day of a year can be written in it."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One period as written.

    Attributes:
        start: Where it begins in the folded text.
        end: Where it ends, exclusive.
        part: The period; its year means nothing unless ``dated``.
        dated: Whether it names its year.
        years: Years from the anchor's year, for 去年上半年; 0 where none is said.
        special: "same_last_year", "step", "last" or "next" for a period that is no part of a year; else empty.
        steps: How many for "step", "last" and "next".
    """

    start: int
    end: int
    part: Period
    dated: bool
    years: int = 0
    special: str = ""
    steps: int = 0


_Q = "[1-4一二三四]"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_NUMBER = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九两])"
_TO = r"\s?(?:-|—{1,2}|~|至|到)\s?"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH_NAME = (
    "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?"
    "|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)"
)

_PART = (
    rf"(?:(?:前|头|首)(?P<fronts>[1-4一二两三四])(?:个)?(?P<frontsf>财)?季度?"
    rf"|(?:前|头|首)(?P<frontm>{_NUMBER})(?:个)?月"
    rf"|第?(?P<qa>{_Q})(?P<qaf>财)?季?{_TO}第?(?P<qb>{_Q})(?P<qbf>财)?季度?"
    rf"|第?(?P<q>{_Q})(?P<qf>财)?季度?"
    rf"|(?P<firstq>首)(?:个)?(?P<firstqf>财)?季度?"
    rf"|[Qq](?P<q2>[1-4])(?![0-9A-Za-z])(?P<q2f>财季)?(?:季度?)?"
    rf"|(?P<q3>[1-4])[Qq](?![0-9A-Za-z])"
    rf"|(?P<half>[上下])半(?P<halff>财)?年(?:度)?"
    rf"|[Hh](?P<h2>[12])(?![0-9A-Za-z])|(?P<h3>[12])[Hh](?![0-9A-Za-z])"
    rf"|(?P<ma>{_MONTH})月?(?:份)?{_TO}(?P<mb>{_MONTH})月份?"
    rf"|(?P<m>{_MONTH})\s?月份?(?:\s?(?P<d>{_DAY})\s?[日号])?)"
)
_EDGE = "(?P<edge>年?[末底终]|初(?![步期次创衷级中])|年初)"
_FISCAL_BEFORE = r"(?P<fy>(?:FY|CY|Fy|fy|[Ff]iscal(?:\s[Yy]ear)?|财年)\s?'?)"
_YEAR_MARK = r"(?P<mark>\s?(?:年财年|财政年度|财年度?|年度|年(?![代轻薪])))"
_YEAR = rf"{_FISCAL_BEFORE}?(?P<y>(?:19|20)[0-9]{{2}})(?![0-9]){_YEAR_MARK}?(?P<whole>全年|整年)?(?:的(?=第|[Qq前]))?"
_SHORT_YEAR = rf"(?:(?P<fy>FY)'?(?P<y>[0-9]{{2}})(?![0-9])|(?P<y3>[0-9]{{2}})(?P<mark>年?财年|年(?=\s?{_PART}))|(?P<y4>[0-9]{{2}})(?=[Qq][1-4]))"


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def _number(text: str) -> int:
    value = parse_numeral(text)
    return 0 if value is None else int(value)


def _group(m: re.Match[str], *names: str) -> str:
    known = m.re.groupindex
    return next((m[n] for n in names if n in known and m[n]), "")


def _make_part(m: re.Match[str], year: int, fiscal: bool | None) -> Period:
    """The part of a year a match of ``_PART`` names; the whole year if it names none.

    Raises:
        PeriodError: There is no such part (13月, 2月30日, 9-1月).
    """
    if _group(m, "qaf", "qbf", "qf", "frontsf", "firstqf", "q2f", "halff"):
        fiscal = True
    make = _maker(year, fiscal)
    for kind, one, other in (
        (PeriodKind.QUARTER, "qa", "qb"),
        (PeriodKind.MONTH, "ma", "mb"),
        (PeriodKind.QUARTER, "", "fronts"),
        (PeriodKind.MONTH, "", "frontm"),
    ):
        if last := _group(m, other):
            first = _number(_group(m, one)) if one else 1
            return Period.between(make(kind, first), make(kind, _number(last)))
    if quarter := _group(m, "q", "q2", "q3") or ("1" if _group(m, "firstq") else ""):
        return make(PeriodKind.QUARTER, _number(quarter))
    if half := _group(m, "half", "h2", "h3"):
        return make(PeriodKind.HALF, {"上": 1, "下": 2}.get(half) or int(half))
    if month := _group(m, "m"):
        day = _group(m, "d")
        return make(PeriodKind.DAY, _number(month), _number(day)) if day else make(PeriodKind.MONTH, _number(month))
    return make(PeriodKind.YEAR)


def _maker(year: int, fiscal: bool | None) -> Callable[..., Period]:
    def make(kind: PeriodKind, number: int = 0, day: int = 0) -> Period:
        return Period(year, kind, number, day, fiscal=fiscal)

    return make


def _with_edge(part: Period, m: re.Match[str]) -> Period:
    """The part, or with 末, 底, 终 or 初 the moment at its end or start."""
    word = _group(m, "edge")
    if not word or part.kind is PeriodKind.RANGE:
        return part
    return replace(part, edge=Edge.START if "初" in word else Edge.END)


def read_atom(text: str, at: int, *, joined: bool = False) -> Atom | None:
    """The first known form that begins at ``at`` of a folded text, or None.

    Args:
        text: Folded text.
        at: Where to look.
        joined: It is the far end of a range, so that what stands before it is no part of its name.
    """
    if not joined and not _may_begin(text, at):
        return None
    for form in (_iso, _english, _relative_word, _dated, _short_dated, _undated):
        try:
            atom = form(text, at)
        except PeriodError:
            return None
        if atom is not None:
            return atom
    return None


def _may_begin(text: str, at: int) -> bool:
    """Not inside a Latin word or number; letters and digits of a name before it make it part of the name."""
    before = text[at - 1 : at]
    if not before or not text[at].isascii():
        return not (before == "个" and text[at] in "一二三四")
    if before.isascii() and (before.isalnum() or before == "_"):
        return False
    return not (before in ".,-" and text[at].isdigit() and at > 1 and text[at - 2].isascii() and text[at - 2].isalnum())


def _iso(text: str, at: int) -> Atom | None:
    """2017-08-16, 2017/8/16, 2017.8.16, 2017-08."""
    m = _compiled(
        r"((?:19|20)[0-9]{2})(?:([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])|[-/](1[0-2]|0[1-9]))(?P<edge>[末底])?(?![0-9./-]?[0-9A-Za-z])"
    ).match(text, at)
    if m is None:
        return None
    make = _maker(int(m[1]), None)
    part = make(PeriodKind.DAY, int(m[3]), int(m[4])) if m[3] else make(PeriodKind.MONTH, int(m[5]))
    return Atom(at, m.end(), _with_edge(part, m), True)


def _fiscal(m: re.Match[str]) -> bool | None:
    words = _group(m, "fy") + _group(m, "mark")
    if words[:2].upper() == "CY":
        return False
    return True if "财" in words or words[:1] in ("F", "f") else None


def _dated(text: str, at: int) -> Atom | None:
    """A four-digit year, perhaps with a part of it: 2017年第三季度, FY2017Q3, 2016年末, 2017."""
    year = _compiled(_YEAR).match(text, at)
    if year is None:
        return None
    number, fiscal = int(year["y"]), _fiscal(year)
    part = _compiled(rf"\s?-?\s?{_PART}(?:{_EDGE})?").match(text, year.end())
    if part is not None and not _is_other_number(text, part):
        return Atom(at, part.end(), _with_edge(_make_part(part, number, fiscal), part), True)
    edge = (
        _compiled(_EDGE).match(text, year.end())
        if year["mark"] or text[year.end() : year.end() + 1] in "末底"
        else None
    )
    end = edge.end() if edge else year.end()
    whole = Period(number, fiscal=fiscal)
    if edge is not None:
        return Atom(at, end, _with_edge(whole, edge), True)
    if not (year["fy"] or year["mark"] or year["whole"]) and not _is_bare_year(text, at, end):
        return None
    return Atom(at, len(text[:end].rstrip("的")), whole, True)


def _is_other_number(text: str, part: re.Match[str]) -> bool:
    """Whether what looks like a part of the year only begins there: 四季 of 四季酒店, 2017 3月."""
    return text[part.end() : part.end() + 1] in ("青", "酒") and part.group().endswith("季")


def _is_bare_year(text: str, start: int, end: int) -> bool:
    """Whether four digits by themselves are a year: nothing joined to them, no unit after, no amount word before."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before and before in "$¥€£约近超达逾足第图表":
        return False
    if after and ((after.isascii() and after.isalnum()) or after in "%‰_"):
        return False
    if after in (".", ",", "，", ":") and text[end + 1 : end + 2].isdigit() and after != "，":
        return False
    unit = match_unit(text, end + 1 if after == " " else end)
    return unit is None


def _short_dated(text: str, at: int) -> Atom | None:
    """A two-digit year with a part after it, or a fiscal one: 17q4, 17年三季度, FY18, 18财年."""
    m = _compiled(_SHORT_YEAR).match(text, at)
    if m is None:
        return _quarter_first(text, at)
    number, fiscal = 2000 + int(_group(m, "y", "y3", "y4")), _fiscal(m)
    part = _compiled(rf"\s?{_PART}(?:{_EDGE})?").match(text, m.end())
    if part is None:
        return Atom(at, m.end(), Period(number, fiscal=fiscal), True) if fiscal else None
    return Atom(at, part.end(), _with_edge(_make_part(part, number, fiscal), part), True)


def _quarter_first(text: str, at: int) -> Atom | None:
    """1Q18, 3Q2017, 1H17."""
    m = _compiled(r"([1-4])([QqHh])(?:FY)?((?:20)?[0-9]{2})(?![0-9A-Za-z])").match(text, at)
    if m is None:
        return None
    kind = PeriodKind.QUARTER if m[2] in "Qq" else PeriodKind.HALF
    year = int(m[3]) if len(m[3]) == 4 else 2000 + int(m[3])
    return Atom(at, m.end(), Period(year, kind, int(m[1]), fiscal=True if "FY" in m[0] else None), True)


def _undated(text: str, at: int) -> Atom | None:
    """A part of a year that is not named: 第三季度, Q3, 上半年, 8月17日, 前三季度."""
    m = _compiled(rf"{_PART}(?:{_EDGE})?").match(text, at)
    if m is None or not _is_undated_part(text, m):
        return None
    return Atom(at, m.end(), _with_edge(_make_part(m, NO_YEAR, None), m), False)


def _is_undated_part(text: str, m: re.Match[str]) -> bool:
    """Whether a part stands for a period without its year; 四季, 三季 and 2-3月 of age do not."""
    word, before = m.group(), text[m.start() - 1 : m.start()]
    if _group(m, "q") and not word.startswith("第") and "季度" not in word and "财季" not in word:
        return False
    if (
        _group(m, "q", "m", "ma", "qa")
        and not word.startswith("第")
        and before
        and before in "第零〇一二三四五六七八九十百千万亿两几."
    ):
        return False
    if _group(m, "h2", "h3", "q3"):
        return False
    return not (word.startswith("首") and "季" in word and "季度" not in word and "财季" not in word)


_YEAR_WORDS = {
    "上一财年": -1, "上财年": -1, "上一年度": -1, "上年度": -1, "上一年": -1, "上年": -1, "去年": -1, "前年": -2,
    "大前年": -3, "本财年": 0, "本年度": 0, "本年": 0, "今年": 0, "当年": 0, "同年": 0, "下一财年": 1, "下财年": 1,
    "明年": 1, "次年": 1, "下一年": 1, "后年": 2,
    "last year": -1, "the previous year": -1, "previous year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
_SAME_LAST_YEAR = (
    r"(?:去年|上一?年度?|上一?财年)(?:的)?(?:同期|同季度?|同一?季度|同一?财季|同月)|(?:一|1)年前(?!夕)"
    r"|(?i:(?:in )?the same (?:period|quarter|month) (?:of )?(?:last|the previous|the prior|a) year(?: ago| earlier)?"
    r"|same (?:period|quarter|month) (?:of )?(?:last|the previous|the prior|a) year(?: ago| earlier)?"
    r"|(?:a|one) year (?:ago|earlier|before)|prior-year (?:period|quarter))"
)
_STEP_UNITS = {
    "财季": PeriodKind.QUARTER, "季度": PeriodKind.QUARTER, "季": PeriodKind.QUARTER, "月": PeriodKind.MONTH,
    "月份": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER, "month": PeriodKind.MONTH,
}  # fmt: skip
_STEP_WORDS = {
    "上": -1, "前": -1, "本": 0, "当": 0, "该": 0, "这": 0, "下": 1, "次": 1, "last": -1, "previous": -1, "prior": -1,
    "preceding": -1, "this": 0, "current": 0, "next": 1,
}  # fmt: skip
_SPAN_UNITS = {
    "年": PeriodKind.YEAR, "财年": PeriodKind.YEAR, "季度": PeriodKind.QUARTER, "财季": PeriodKind.QUARTER,
    "月": PeriodKind.MONTH, "years": PeriodKind.YEAR, "quarters": PeriodKind.QUARTER, "months": PeriodKind.MONTH,
}  # fmt: skip
_ENGLISH_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}


def _relative_word(text: str, at: int) -> Atom | None:
    """去年同期, 上季度, 今年上半年, 近三年, 年初, last quarter."""
    if (m := _compiled(_SAME_LAST_YEAR).match(text, at)) is not None:
        return Atom(at, m.end(), Period(NO_YEAR), False, special="same_last_year")
    return _step(text, at) or _span(text, at) or _year_word(text, at)


def _step(text: str, at: int) -> Atom | None:
    m = _compiled(
        r"(?P<word>上|前|本|当|该|这|下|次)(?:一?个?|)(?P<unit>财季|季度|季(?!节)|月份|月(?!球|饼))"
        r"|(?i:(?:the )?(?P<word2>last|previous|prior|preceding|this|current|next) (?P<unit2>quarter|month))(?![A-Za-z])"
    ).match(text, at)
    if m is None or (m["word"] == "前" and "一" not in m.group()):
        return None
    unit = _STEP_UNITS[(m["unit"] or m["unit2"]).lower()]
    fiscal = True if m["unit"] == "财季" else None
    steps = _STEP_WORDS[(m["word"] or m["word2"]).lower()]
    return Atom(at, m.end(), Period(NO_YEAR, unit, 1, fiscal=fiscal), False, special="step", steps=steps)


def _span(text: str, at: int) -> Atom | None:
    m = _compiled(
        rf"(?P<word>最近|近|过去|未来|今后)(?:的)?(?P<n>{_NUMBER})(?:个)?(?P<unit>年|财年|季度|财季|月)(?!前|级|代|份)(?:间|内|里)?"
        r"|(?i:(?:the )?(?P<word2>last|past|previous|next|coming) (?P<n2>[0-9]{1,2}|two|three|four|five|six|eight|ten|twelve)"
        r" (?P<unit2>years|quarters|months))(?![A-Za-z])"
    ).match(text, at)
    if m is None:
        return None
    kind = _SPAN_UNITS[(m["unit"] or m["unit2"]).lower()]
    n = _number(m["n"]) if m["n"] else _ENGLISH_NUMBERS.get(m["n2"].lower()) or int(m["n2"])
    ahead = (m["word"] or m["word2"]).lower() in ("未来", "今后", "next", "coming")
    end = m.end() - (1 if m["word"] and text[m.end() - 1] in "间内里" else 0)
    part = Period(NO_YEAR, kind, 0 if kind is PeriodKind.YEAR else 1, fiscal=True if "财" in m.group() else None)
    return Atom(at, end, part, False, special="next" if ahead else "last", steps=n)


def _year_word(text: str, at: int) -> Atom | None:
    """A year named from now, perhaps with a part: 去年, 今年上半年, 去年底, 年初."""
    names = "|".join(sorted(_YEAR_WORDS, key=len, reverse=True))
    m = _compiled(rf"(?i:{names})(?:全年|整年)?(?:的(?=第|[Qq前上下]))?").match(text, at)
    if m is None:
        alone = _compiled("年(?P<edge>[初底末])(?!步)").match(text, at)
        if alone is None or text[at - 1 : at].isdigit():
            return None
        return Atom(at, alone.end(), _with_edge(Period(NO_YEAR), alone), False)
    if m.end() < len(text) and m.group()[-1].isascii() and text[m.end()].isascii() and text[m.end()].isalpha():
        return None
    word = next(w for w in sorted(_YEAR_WORDS, key=len, reverse=True) if m.group().lower().startswith(w))
    fiscal = True if "财年" in word else None
    part = _compiled(rf"\s?{_PART}(?:{_EDGE})?").match(text, m.end())
    years = _YEAR_WORDS[word]
    if part is not None:
        return Atom(at, part.end(), _with_edge(_make_part(part, NO_YEAR, fiscal), part), False, years)
    edge = _compiled(_EDGE).match(text, m.end())
    whole = Period(NO_YEAR, fiscal=fiscal)
    if edge is not None:
        return Atom(at, edge.end(), _with_edge(whole, edge), False, years)
    return Atom(at, len(text[: m.end()].rstrip("的")), whole, False, years)


def _english(text: str, at: int) -> Atom | None:
    """First quarter of fiscal 2018, Q2 2017, H1 FY2017, September 30, 2017, end of September 2017."""
    if not (text[at].isascii() and text[at].isalnum()):
        return None
    ended = _compiled(r"(?i:(?:the )?(?P<edge>end|start|beginning) of |(?P<edge2>year-end |end-))").match(text, at)
    atom = _english_part(text, ended.end() if ended else at) or (_dated(text, ended.end()) if ended else None)
    if atom is None or ended is None:
        return atom
    edge = Edge.START if (ended["edge"] or "end").lower() in ("start", "beginning") else Edge.END
    return replace(atom, start=at, part=replace(atom.part, edge=edge))


def _english_part(text: str, at: int) -> Atom | None:
    ordinals = "|".join(_ORDINALS)
    m = _compiled(
        rf"(?i:(?:the )?(?:(?P<fb>fiscal )?(?:(?P<o>{ordinals})[ -](?P<unit>quarter|half)|(?P<c>[QH])(?P<n>[1-4]))"
        rf"(?:,? (?:of |in )?(?:the )?(?P<fy>(?:fiscal(?: year)? |FY ?|calendar(?: year)? )'?)?(?P<y>(?:19|20)[0-9]{{2}}))?))"
        rf"(?![0-9A-Za-z])"
    ).match(text, at)
    if m is not None:
        return _quarter_or_half(m)
    return _english_month(text, at)


def _quarter_or_half(m: re.Match[str]) -> Atom | None:
    is_half = (m["unit"] or "").lower() == "half" or (m["c"] or "").upper() == "H"
    if is_half and m["c"] and not m["y"]:
        return None
    mark = (m["fy"] or m["fb"] or "").lower()
    fiscal = False if mark.startswith("cal") else True if mark else None
    number = _ORDINALS[m["o"].lower()] if m["o"] else int(m["n"])
    year = int(m["y"]) if m["y"] else NO_YEAR
    part = Period(year, PeriodKind.HALF if is_half else PeriodKind.QUARTER, number, fiscal=fiscal)
    return Atom(m.start(), m.end(), part, m["y"] is not None)


def _english_month(text: str, at: int) -> Atom | None:
    m = _compiled(
        rf"(?:(?P<d1>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)? )?(?P<m>{_MONTH_NAME})"
        rf"(?: (?P<d2>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]))?(?:,? (?:of )?(?P<y>(?:19|20)[0-9]{{2}}))?(?![0-9A-Za-z])"
    ).match(text, at)
    if m is None or not (m["y"] or m["d1"] or m["d2"]):
        return None
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(m["m"].rstrip(".").lower()[:3]))
    day = int(m["d1"] or m["d2"] or 0)
    kind = PeriodKind.DAY if day else PeriodKind.MONTH
    part = Period(int(m["y"]) if m["y"] else NO_YEAR, kind, month, day)
    return Atom(at, m.end(), part, m["y"] is not None)
