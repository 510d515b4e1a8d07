"""Where digits and numerals state no amount, and amounts that are not exact figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.periods import period_spans
from cloudqa.quantities.unit_table import PREFIXES

_N = "[0-9零〇一二三四五六七八九十百千]"
_BLOCKED = lazily(
    r"(?:https?://|www\.)[!-~]+|[!-~]+@[!-~]+|<[^<>\n]*>"
    rf"|第\s?{_N}+"
    rf"|(?:图|表|附录|附件|[Ff]ig(?:ure)?\.?|[Tt]able|[Nn]o\.)\s?{_N}+(?:[-.][0-9]+)*"
    r"|^[#*>\s·•-]*[(（]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）、](?![0-9])"
    r"|^[#*>\s·•-]*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\.(?![0-9])"
    r"|[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|\[[0-9]{1,3}\]|【[0-9]{1,3}】"
    r"|(?<![(（0-9.])[0-9]{1,2}(?P<mark>[)）])\s?(?=[^\s,，。；、)）])"
    r"|(?P<name>[A-Za-z_]+)[-.]?[0-9]+(?:[.-][0-9]+)*[A-Za-z]*[0-9]*|[0-9]+(?:\.[0-9]+){2,}"
    r"|(?<![0-9])0?[0-9]{2,4}-[0-9]{7,8}(?![0-9])|(?<![0-9])[0-9]{3}-[0-9]{3,4}-[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])|[0-9]+\s?[×xX*]\s?[0-9]+(?:小时)?"
    r"|[0-9]+(?:\.[0-9]+)?\s?(?:号楼?|楼|室|路|街|版|时代|年代|点钟|点半|级(?!别))"
    r"|[2-6]G(?![A-Za-z0-9])|[0-9]D(?![A-Za-z0-9])"
    r"|(?<![每任哪])每\s?(?:[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千万亿]+)"
    r"|哪(?:一|1)|[一二三多][元](?=[化论结制桥次方])|一成(?=不)|四季(?=[如分轮常酒青])"
    r"|(?:前|后|[Tt]op\s?|排名第?)(?:[0-9]+|[一二三四五六七八九十]+)(?:[名位强大]|(?=的))",
    re.MULTILINE,
)
_VAGUE = lazily(
    r"(?P<level>(?:[0-9]+|[一二三四五六七八九十百千]+)?[百千万亿]+级(?!别))"
    r"|(?P<many>(?:好?几|(?<![总人次户指多少系函参基倍件笔家位分额])数|无数)[十百千万亿]+)|(?P<many2>[一二三四五六七八九]?十几[万亿]?)"
    r"|(?P<some>(?<![总人次户指多少系函参基倍件笔家位分整款个额项点度读计变代字偶奇负])数(?=[个家件款户场届座套台项次倍年天月周]))"
    r"|(?P<pair>(?:一两|两三|三四|三五|四五|五六|六七|七八|八九)[十百千万亿]*(?=[个家件款户人名场届座套台项次年天倍元成万亿]))"
    r"|(?P<nines>(?:[0-9]+|[一二三四五六七八九十两]+)个[9九](?![0-9.]))"
    r"|(?P<ratio>[0-9]+(?:\.[0-9]+)?(?:\s?(?:：|:|/|比)\s?[0-9]+(?:\.[0-9]+)?)+)(?![0-9])"
    r"|(?P<short_year>[1-3][0-9]年(?![前后来内以之间期多余半]))"
    r"|(?P<day>(?:[12][0-9]|3[01]|[1-9])日(?!内|之内|以内|以上|期限|元))"
)
_REASONS = {
    "level": "只说了量级", "many": "只说了量级", "many2": "只说了量级", "some": "没有说出确数", "pair": "是概数",
    "nines": "数的是“9”的个数", "ratio": "可能是比值、分数或日期", "short_year": "可能是年份，也可能是年数",
    "day": "可能是日期，也可能是天数",
}  # fmt: skip
_YEAR_CONTEXT = "，。,;；、：:（(《“ \t\n在从到自至比较于"


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a text that speaks of an amount but states no figure this package can hold exactly.

    Attributes:
        text: ``source[start:end]``.
        start: Where it begins in the source, in code points.
        end: Where it ends, exclusive.
        reason: Why it is not a figure, one clause in Chinese.
    """

    text: str
    start: int
    end: int
    reason: str


def blocked_spans(folded: str) -> list[tuple[int, int]]:
    """Where no figure is looked for (periods, names, ordinals, list marks, references …), in order, not overlapping."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*period_spans(folded), *_excluded(folded)]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _excluded(folded: str) -> Iterator[tuple[int, int]]:
    for m in _BLOCKED().finditer(folded):
        if m["name"] in PREFIXES or (m["mark"] and _closes_bracket(folded, m.start())):
            continue
        yield m.span()


def _closes_bracket(folded: str, at: int) -> bool:
    """Whether a bracket is open at a place of its line."""
    line = folded[folded.rfind("\n", 0, at) + 1 : at]
    return line.count("(") > line.count(")")


def read_vague(text: str, folded: str, at: int) -> Unread | None:
    """The amount at a place that is no exact figure, with the reason; None if there is none."""
    m = _VAGUE().match(folded, at)
    if m is None or (m.lastgroup == "short_year" and not _may_be_year(folded, at)):
        return None
    return Unread(text[at : m.end()], at, m.end(), _REASONS[m.lastgroup or "many"])


def _may_be_year(folded: str, at: int) -> bool:
    return at == 0 or folded[at - 1] in _YEAR_CONTEXT
