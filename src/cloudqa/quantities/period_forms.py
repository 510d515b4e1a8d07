"""Reading one period that names its year, or is a part of a year that is not named."""

from __future__ import annotations

import re

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Period, PeriodError, PeriodKind
from cloudqa.quantities.period_atoms import EDGE_PATTERN, NO_YEAR, Atom, group, make_part, part_at, with_edge
from cloudqa.quantities.period_english import part_after_year, read_english
from cloudqa.quantities.period_words import read_relative
from cloudqa.quantities.unit_words import match_unit

_ISO = lazily(
    r"(?P<fy>FY|CY)?(?P<y>(?:19|20)[0-9]{2})(?:(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])"
    r"|[-/](?P<m2>1[0-2]|0[1-9]))(?P<edge>[末底初])?(?![0-9A-Za-z]|[./-][0-9])"
)
_YEAR = lazily(
    r"(?P<fy>(?:FY|CY|Fy|fy|[Ff]iscal(?:\s[Yy]ear)?|财年)\s?'?)?(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
    r"(?P<mark>\s?(?:年财年|财政年度|财年度?|年度|年(?![代轻薪])))?(?P<whole>全年|整年)?(?:的(?=第|[Qq前]))?"
)
_SHORT_YEAR = lazily("(?P<fy>FY)'?(?P<y>[0-9]{2})(?![0-9])|(?P<y2>[0-9]{2})(?:(?P<mark>年?财年)|年|(?=[Qq][1-4]))")
_QUARTER_FIRST = lazily(r"(?P<n>[1-4])(?P<kind>[QqHh])(?P<fy>FY)?(?P<y>(?:20)?[0-9]{2})(?![0-9A-Za-z])")
_YEAR_AFTER_DASH = lazily(r"-\s?(?:(?:FY)?(?:19|20)[0-9]{2}(?![0-9])|[QqHh]?[1-4](?:季|[Qq])?)(?![0-9])")
_NOT_BEFORE_YEAR = "$¥€£约近超达逾足第图表"
_NUMERAL_BEFORE = "第零〇一二三四五六七八九十百千万亿两几."


def read_atom(text: str, at: int, *, joined: bool = False) -> Atom | None:
    """The first known form that begins at ``at`` of a folded text, or None.

    Args:
        text: Folded text with years in digits.
        at: Where to look.
        joined: It is the far end of a range, so that what stands before it is no part of its name.
    """
    if at >= len(text) or (not joined and not _may_begin(text, at)):
        return None
    for form in (_iso, read_english, read_relative, _dated, _short_dated, _undated):
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
    if not before:
        return True
    if before in "哪每某各任几":
        return False
    if not text[at].isascii():
        return not (before == "个" and text[at] in "一二三四")
    if before.isascii() and (before.isalnum() or before == "_"):
        return False
    return not (
        before in ".,-/" and text[at].isdigit() and text[at - 2 : at - 1].isascii() and text[at - 2 : at - 1].isalnum()
    )


def _iso(text: str, at: int) -> Atom | None:
    """2017-08-16, 2017/8/16, 2017.8.16, 2017-08."""
    m = _ISO().match(text, at)
    if m is None:
        return None
    kind = PeriodKind.DAY if m["d"] else PeriodKind.MONTH
    part = Period(int(m["y"]), kind, int(group(m, "m", "m2")), int(m["d"] or 0), _calendar(m["fy"]))
    return Atom(at, m.end(), with_edge(part, m), True)


def _calendar(mark: str | None) -> bool | None:
    return None if not mark else mark == "FY"


def _fiscal(m: re.Match[str]) -> bool | None:
    words = group(m, "fy") + group(m, "mark")
    if words[:2].upper() == "CY":
        return False
    return True if "财" in words or words[:1] in ("F", "f") else None


def _dated(text: str, at: int) -> Atom | None:
    """A four-digit year, perhaps with a part of it: 2017年第三季度, FY2017Q3, 2016年末, 2017."""
    year = _YEAR().match(text, at)
    if year is None:
        return None
    number, fiscal = int(year["y"]), _fiscal(year)
    part = part_at(text, year.end())
    if part is not None and not _is_other_word(text, part):
        return Atom(at, part.end(), make_part(part, number, fiscal), True)
    marked = bool(year["mark"] or year["whole"])
    edge = EDGE_PATTERN().match(text, year.end())
    if edge is not None and (marked or edge.group() in ("年末", "年底", "年初", "末", "底", "初")):
        return Atom(at, edge.end(), with_edge(Period(number, fiscal=fiscal), edge), True)
    if not (year["fy"] or marked or _is_bare_year(text, at, year.end())):
        return None
    end = year.end() - (1 if text[year.end() - 1] == "的" else 0)
    return part_after_year(text, Atom(at, end, Period(number, fiscal=fiscal), True))


def _is_other_word(text: str, part: re.Match[str]) -> bool:
    """Whether what looks like a quarter only begins a word: 四季 of 四季如春."""
    return part.group().endswith("四季") and text[part.end() : part.end() + 1] in tuple("如分轮常酒青都皆")


def _is_bare_year(text: str, start: int, end: int) -> bool:
    """Whether four digits by themselves are a year: nothing joined to them, no unit after, no amount word before."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before and before in _NOT_BEFORE_YEAR:
        return False
    if after and ((after.isascii() and after.isalnum()) or after in "%‰_"):
        return False
    if after and after in ".,:/-" and text[end + 1 : end + 2].isdigit() and not _YEAR_AFTER_DASH().match(text, end):
        return False
    return match_unit(text, end + 1 if after == " " else end) is None


def _short_dated(text: str, at: int) -> Atom | None:
    """A two-digit year with a part after it, or a fiscal one: 17q4, 17年三季度, FY18, 18财年."""
    m = _SHORT_YEAR().match(text, at)
    if m is None:
        return _quarter_first(text, at)
    number, fiscal = 2000 + int(group(m, "y", "y2")), _fiscal(m)
    part = part_at(text, m.end())
    if part is not None:
        return Atom(at, part.end(), make_part(part, number, fiscal), True)
    return Atom(at, m.end(), Period(number, fiscal=fiscal), True) if fiscal else None


def _quarter_first(text: str, at: int) -> Atom | None:
    """1Q18, 3Q2017, 1H17."""
    m = _QUARTER_FIRST().match(text, at)
    if m is None:
        return None
    kind = PeriodKind.QUARTER if m["kind"] in "Qq" else PeriodKind.HALF
    year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
    return Atom(at, m.end(), Period(year, kind, int(m["n"]), fiscal=True if m["fy"] else None), True)


def _undated(text: str, at: int) -> Atom | None:
    """A part of a year that is not named: 第三季度, Q3, 上半年, 8月17日, 前三季度."""
    m = part_at(text, at, joined=False)
    if m is None or not _stands_alone(text, m):
        return None
    return Atom(at, m.end(), make_part(m, NO_YEAR, None), False)


def _stands_alone(text: str, m: re.Match[str]) -> bool:
    """Whether a part can stand without its year: 三季度 and 第三季 can, 四季, 三季 and H1 cannot."""
    word, before = m.group(), text[m.start() - 1 : m.start()]
    if word.startswith("第"):
        return True
    if group(m, "h2", "h3", "q3"):
        return False
    if group(m, "q", "firstq") and "季度" not in word and "财季" not in word:
        return False
    counted = bool(before) and before in _NUMERAL_BEFORE
    return not (counted and group(m, "q", "m", "ma", "qa"))
