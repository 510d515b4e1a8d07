"""What the words between subject and figure say of it: a level, a change, a base, a share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.quantities import Dimension, Quantity

_UP = (
    "增长|增加|上升|上涨|提高|提升|高涨|扩大|攀升|净增|新增|增|升|涨|多|高出|高|领先|延长|猛增|激增|飙升|暴涨|跃升|改善"
)  # fmt: skip
_DOWN = "下降|减少|下滑|降低|下跌|缩小|缩减|回落|萎缩|降|跌|少|低|减|收窄|下挫|锐减|缩短"
_REVISED = "调高|上调|调低|下调|调升|调降"
_ADVERB = "(?:大幅|快速|显著|明显|小幅|略|微|仅|已|将|累计|平均|迅速|同步|持续|继续|又|再|进一步|了|约|近|逐年|将近)*"
_TO = "(?:到了?|至|为|成|上升到了?|达到?了?)"
_HEDGE = re.compile(
    r"(?:约|近|超过|超|逾|大于|高于|低于|小于|保持在|保持着?|上(?=$)|大约|将近|接近|不足|不到|至少|"
    r"最多|高达|多达|只有|仅|了|[“”\"‘’\s])+$"
)
_CHANGED = re.compile(rf"(?P<adverb>{_ADVERB})(?P<verb>{_REVISED}|{_UP}|{_DOWN})(?P<to>{_TO})?(?:了)?$")
_BASE = re.compile(
    r"(?P<mark>与|相比(?:于)?|相较(?:于)?|较|比|同比|环比|由|从|"
    r"自)(?P<when>[^，。；]{0,16}?)(?P<of>的)?$"
)
_SHARE = re.compile(r"(?:占(?!比|有率)(?:据|到|了|有)*|贡献了?)(?P<of>[^，。；]{0,24}?)(?:的)?$")
_COPULA = re.compile(r"(?:达到?了?|约为|仅为|只为|分别为|总计|合计|共计|突破|录得|收于|等于|相当于|为|是|即|计|（|\()$")
_POSSESSION = re.compile(
    r"(?:完成|获得|获|取得|实现|发布|推出|签订|签下|拥有|共有|已有|只有|有|达成|募集|投入|生产|销售|设立|成立|"
    r"管理|覆盖|收购|支付|缴纳|招收|招聘|记录|开展|造成|导致|损失|共|近|以)(?:了|到|出)?$"
)
_COUNTED_BEFORE = re.compile(
    r"(?:拥有|共有|雇佣|接待|交付|签约|售出)?(?P<noun>(?:(?:新增|净增|在建|现有|新建|累计)|"
    r"(?<=拥有|共有|雇佣|接待|交付|签约|售出))[^，。；的]{1,8})$"
)
_DENIED = re.compile(r"(?:没有|尚未|未能|未|并非|不是|不)$")
_WHOM = re.compile(r"^的(?P<who>[^，。；的]{2,12}?)(?:来说|而言)")
_SCALES = "百千万亿"
_INCIDENTAL = re.compile(
    r"[一二两三四五六七八九十](?:个|大|类|种|项|座|级|份|点|方面|期|位|次|步|场|批|轮|条|篇|名|"
    r"家|款|项)?"
)
_NOUN = re.compile(r"^(?:以上|左右|多|余|之多)?的?(?P<noun>[^，。；、：:（）()\s“”\"《》]{1,24})")
_NOUN_END = re.compile(
    r"(?:位列|位居|入选|参会|参加|被|遭|由|在|向|于|从|是|为|将|已|以及?|和|与|及|并|等|进行|快速|超过|高达|"
    r"增长(?![率速额量幅])|\d|后|前|中(?![国心央小型])|的高|之间|所|用于|来|去|"
    r"贡献|高|低|的)"
)


class Saying(StrEnum):
    """How a figure is said."""

    LEVEL = "level"
    CHANGE = "change"
    REVISION = "revision"
    BASE = "base"
    SHARE = "share"
    HAVING = "having"  # what is counted stands after the figure: 完成2.7亿元A轮融资
    BARE = "bare"  # nothing between subject and figure


@dataclass(frozen=True, slots=True)
class Predicate:
    """How a figure is said.

    Attributes:
        saying: How.
        subject: The words before the predicate.
        base: The words that name what is compared with ("去年同期"), "" if none.
        falls: The change is downwards.
        of: The whole of a share.
    """

    saying: Saying
    subject: str
    base: str = ""
    falls: bool = False
    of: str = ""

    @property
    def negated(self) -> bool:
        """The figure is denied: 还没有超过10%."""
        return _DENIED.search(self.subject + self.of) is not None


def read_predicate(before: str, figure: Quantity, *, more: bool) -> Predicate:
    """How a figure is said by the words before it.

    Args:
        before: From the last figure, or the beginning of the clause, to the figure.
        figure: The figure.
        more: Another figure follows in the clause or the next one begins with a change (由A增长至B).
    """
    words = _HEDGE.sub("", before)
    if (m := _CHANGED.search(words)) is not None:
        return _changed(words, m)
    if more and (m := _BASE.search(words)) is not None:
        return Predicate(Saying.BASE, words[: m.start()], m["when"] or m["mark"])
    ratio = figure.unit.dimension in (Dimension.PERCENT, Dimension.FRACTION, Dimension.TIMES)
    if ratio and (m := _SHARE.search(words)) is not None:
        return Predicate(Saying.SHARE, words[: m.start()], of=m["of"])
    if (m := _COPULA.search(words)) is not None:
        return Predicate(Saying.LEVEL, words[: m.start()])
    if (m := _POSSESSION.search(words)) is not None:
        return Predicate(Saying.HAVING, words[: m.start()])
    return Predicate(Saying.BARE, words)


def _changed(words: str, m: re.Match[str]) -> Predicate:
    rest = words[: m.start()]
    falls = re.fullmatch(f"(?:{_DOWN})|调低|下调|调降", m["verb"]) is not None
    base = _BASE.search(rest)
    if (base is not None and base["mark"] in ("同比", "环比")) or rest.endswith(("同比", "环比")):
        mark = "同比" if "同比" in rest[-8:] else "环比"
        base_words, rest = mark, rest[: rest.rfind(mark)]
    elif base is not None and (base["when"] or base["mark"] in ("比", "较")):
        base_words, rest = base["when"], rest[: base.start()]
    else:
        base_words = ""
    if m["to"]:
        return Predicate(Saying.LEVEL, rest, base_words)
    saying = Saying.REVISION if re.fullmatch(_REVISED, m["verb"]) else Saying.CHANGE
    return Predicate(saying, rest, base_words, falls)


def noun_before(before: str) -> str:
    """What is counted where it stands before the figure: 新增机柜1,300个; "" if nothing does."""
    m = _COUNTED_BEFORE.search(before)
    return m["noun"] if m is not None else ""


def noun_after(after: str) -> str:
    """What is counted, from the words after a figure: 152款 + 新产品和功能 → 新产品和功能; "" if nothing follows."""
    m = _NOUN.match(after)
    if m is None:
        return ""
    noun = m["noun"]
    end = next((f.start() for f in _NOUN_END.finditer(noun) if f.start() >= 2), len(noun))
    found = noun[:end]
    if noun[end : end + 1].isdigit() or noun[end : end + 2] in ("超过", "高达"):
        return ""
    if _NOUN_END.match(found):
        return ""
    return found


def begins_with_change(text: str) -> bool:
    """Whether a clause begins by saying how what was named before it changed: 上升到了, 增长42%."""
    return re.match(rf"(?:而|则|就|也|将|已)?{_ADVERB}(?:{_UP}|{_DOWN})", text) is not None


def is_incidental(figure: Quantity) -> bool:
    """Whether a figure counts in passing: a single spelled numeral (三类, 两项), or a bare scale word (百分, 千里)."""
    if figure.qualifier is not None:
        return False
    return _INCIDENTAL.fullmatch(figure.text) is not None or (len(figure.text) < 3 and figure.text[0] in _SCALES)


def whom_after(after: str) -> str | None:
    """Who is named after a figure: (总收入高达1519亿元)的某公司来说; None if no one is."""
    m = _WHOM.match(after)
    return m["who"] if m is not None else None
