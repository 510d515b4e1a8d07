"""The grammar of follow-ups: what a turn says of its leaning on earlier ones, in Chinese and English.

Patterns run over the turn as the user wrote it, folded to lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a turn asks for besides figures and texts of the archive."""

    MATTER = "matter"  # a question, whole or in part
    SOURCE = "source"  # where the last answer stands
    REASON = "reason"  # why what was said last is so
    WORKING = "working"  # how the last figure was calculated


class Pointer(StrEnum):
    """What a referring word stands for."""

    THING = "thing"  # 它, 该公司
    PERIOD = "period"  # 那个季度, 当时
    FORMER = "former"
    LATTER = "latter"
    BOTH = "both"
    SAME = "same"  # 这个指标, 上面的数字: what was measured


@dataclass(frozen=True, slots=True)
class Reference:
    """A referring word at a half-open place of :attr:`Turn.text`."""

    pointer: Pointer
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a user wrote, without what only links it to the turns before.

    Attributes:
        asked: As written.
        text: Without the words that mark it as a follow-up or correction.
        about: What it asks for.
        leans: It says that it follows on (那…呢, what about).
        corrects: It says that the last question was not what was meant.
        references: Referring words in :attr:`text`, left to right.
    """

    asked: str
    text: str
    about: About
    leans: bool
    corrects: bool
    references: tuple[Reference, ...]


def _one_of(*patterns: str, start: str = "", end: str = "") -> re.Pattern[str]:
    return re.compile(f"{start}(?:{'|'.join(patterns)}){end}")


_MEANT = r"我(?:要|想)?(?:问|说|指|要)的"
_CORRECTION = _one_of(
    r"(?:不是(?!说|有|都)(?:这个|这样)?(?:的|吧)?|不对|错了|搞错了|弄错了|no|nope|not that|wrong)"
    r"(?=[,，。.!！\s]|$|我|是)[,，。.!！\s]*",
    rf"(?=(?:我是(?:说|问|指)|{_MEANT}(?:是|不是)|我的意思|i mean|i meant|i asked|i was asking))",
    start="^",
)
_MEANING = _one_of(
    r"我(?:要|想)?(?:问|说|指|要|知道)的?(?:意思)?(?:是|的是)",
    "我是(?:说|问|指)(?:的是)?",
    "我的意思是|应该是|应为",
    "是(?:说|问|指)?",
    "i (?:mean|meant|asked (?:for|about)|was asking (?:for|about))|it should be",
    start="^",
    end=r"[,，:：\s]*",
)
_REJECTED = re.compile(rf"^(?:{_MEANT})?不是[^,，。;；]{{1,20}}?[,，;；]\s*(?:而是|{_MEANT}是|是)")
_REJECTED_AFTER = re.compile(r"[,，;；。]\s*(?:而)?(?:不是|不要|not)[^,，。;；]{1,20}$")
_CURRENCY = "美元|人民币|欧元|港元|港币|日元|元|英镑|[^,，。]{0,2}元"
_LEAD = _one_of(
    "那么",
    "那就?(?!个|家|些|里|种|一|年|季|天|位|两|时|座|款|边|段)",
    "请问|还有|另外|至于|改成|改为|换作|对了|同样|接着|然后|具体(?:来说)?",
    "再(?:看看?|说说|问一下|问|来)?(?=.)(?!加|上|往)",
    "如果(?:是|换成|改成|换)?|要是|若是?",
    f"换成(?!{_CURRENCY})|换(?!算|成|作)",
    r"(?:and|but|so)?[, ]*(?:what|how) about(?: for| in)?\b",
    r"and(?: for| in)?\b|(?:then|but|also)\b",
    start=r"^(?:(?:嗯|哦|好的?|好吧|谢谢|ok|okay|well)[,，。!！\s]+)?",
    end=r"[,，:：\s]*",
)
_TAIL = re.compile(
    r"(?:的话)?的?(?:呢|又?怎么样呢?|又?如何呢?|又?怎样呢?)[\s。?？!！]*$|\b(?:then|too|as well)[\s.?!]*$"
)
_OPEN = re.compile("怎|如何")
"""Ends of a turn that also end a question of its own: 天气怎么样."""
_END = re.compile(r"[\s。?？!！.]+$")

_THAT = "(?:这个|那个|这|那|上面的?|以上|刚才的?|该|它的?)?(?:数字|数据|数|答案|结论|说法|信息|结果|内容)?的?是?"
_ORIGIN = "(?:来源|出处|依据|引用|原文|根据|证据)"
_SOURCE = _one_of(
    f"{_THAT}(?:有)?(?:什么|啥|哪些)?(?:信息|数据|资料)?{_ORIGIN}(?:是|在)?"
    "(?:什么|啥|哪里?儿?|何处|哪一?[段页句节处行]|呢|有哪些|给我|是哪里)?",
    f"{_THAT}(?:从)?哪里?儿?(?:来|找到|看到|查到|得来|写|说|提到|得到|引用)(?:的|了)?",
    f"{_THAT}(?:出|来)自(?:哪里?儿?|何处|哪)",
    f"{_THAT}(?:原文|报告里?)(?:怎么|是怎么|如何)(?:说|写)的?",
    f"{_THAT}(?:在)?(?:哪|第几)一?(?:页|行|段|节|章|个?表|张表|期)(?:里|上|中)?",
    f"{_THAT}(?:有|凭)(?:什么|啥)(?:依据|根据|证据)",
    "怎么(?:知道|得知)的?",
    "(?:what(?:'s| is) (?:the |your )?)?(?:the )?(?:source|citation|reference)s?",
    "(?:and )?where (?:is|was|does|did) (?:this|that|it|the (?:figure|number|answer))"
    "(?: from| stated?| say(?: so| that)?| come from| stand)?",
    "where (?:from|did you (?:get|find) (?:this|that|it))|what(?:'s| is) the evidence|says who",
    start="^",
    end="$",
)
_REASON = _one_of(
    "(?:这|那|它)?(?:又)?(?:是)?(?:为什么|为何|为啥|什么原因|何故|原因(?:是什么|何在|在哪里?)?|怎么回事|怎么会这样|凭什么)"
    "(?:呢|会这样|这样|如此|是这样)?",
    "(?:and )?(?:why|how come|why (?:is|was) (?:that|this|it)(?: so)?|what(?:'s| is| was) the reason|why so)",
    start="^",
    end="$",
)
_WORKING = _one_of(
    "(?:这个?(?:数字?|结果)?|那个?|它)?(?:是)?(?:怎么|如何|怎样)(?:计算|算|得)(?:出来|出|来|到)?的?",
    "(?:计算|推算)?(?:过程|公式|算法|方法)(?:是什么)?",
    "how (?:is|was|did you) (?:that|this|it|calculate|compute|get)(?: calculated| computed| that| this| it)?",
    "the (?:formula|working)",
    start="^",
    end="$",
)

_CLASS = (
    "公司|企业|厂商|集团|机构|产品|平台|项目|部门|城市|地区|地方|数据中心|机房|小区|楼盘|地块|国家|组织|银行|医院|学校|品牌|"
    "服务商|供应商|中心|单位|型号|方案|版本|档|类|种|县|市|区|省|人|店|家"
)
_TIME = "季度|季|年度|年份|年|月份|月|财年|财季|半年|时期|期间|时候|时|阶段"
_POINTERS: tuple[tuple[Pointer, str], ...] = (
    (Pointer.FORMER, r"前者|前一(?:个|家|位|款|座)(?!季|月|年|财|期)|\bthe former\b"),
    (Pointer.LATTER, r"后者|后一(?:个|家|位|款|座)(?!季|月|年|财|期)|\bthe latter\b"),
    (
        Pointer.BOTH,
        rf"(?:这|那|上述|以上|前面)?(?:两|二)(?:者|(?:个|家|位|款|座|种|项|类|地|档|年|方|边)(?:{_CLASS}|{_TIME})?)(?:之间)?|"
        r"(?:它|他|她)们(?:之间)?|彼此|\b(?:both of them|both|the two|each of them|they|them)\b",
    ),
    (
        Pointer.PERIOD,
        rf"(?:这|那|该|当|同)(?:同?一)?个?(?:{_TIME})(?!间)|(?<!去年)(?<!上年)(?<!一年)(?<!的)同期(?!相?比)|(?<!去年)(?<!上年)(?<!一年)同一?(?:季度|时期)|当时|"
        r"\bthat (?:quarter|year|month|period)\b|\bat that time\b",
    ),
    (
        Pointer.SAME,
        r"(?:这|那|该|上面|上述|刚才|以上)(?:一|个|的|那个|这个|一个|说的|提到的|问的)*(?:指标|数字|数据|数值|数|值|金额|比例|结果|问题|情况)",
    ),
    (
        Pointer.THING,
        r"(?:这|那|该|上面|上述|刚才|其)(?:一|个|的|家|位|座|款|种|项|类|档|那个|这个|那家|这家|那座|说的|提到的)*"
        rf"(?:{_CLASS})|"
        r"(?:上面|上述|刚才|前面)(?:的|说的|提到的)?(?:那|这)?(?:个|家|位|款|座|种)?|[它他她](?!们)|其(?!中|他|它|实|余|次|间)|"
        r"(?:这|那)(?:家|座|款|位)|"
        r"\b(?:its|it|this one|that one|(?:the|this|that) (?:company|product|city|vendor|firm))\b",
    ),
)
_POINTER_RXS = tuple((pointer, re.compile(pattern)) for pointer, pattern in _POINTERS)
_SPELLED = (
    (re.compile("再?往前(?:推|数)?一?个?(?=季|月|年|财)"), "上一"),
    (re.compile("再?往后(?:推|数)?一?个?(?=季|月|年|财)"), "下一"),
    (re.compile("前(?=一个?(?:年|财年))"), "上"),
    (re.compile("后(?=一个?(?:季|月|年|财))"), "下"),
)
"""Words for the period before and after that are said in more ways than periods are read in."""


_ENGLISH = re.compile(
    r"\s*(?:and|but|or|so|no|what|how|why|where|when|which|who|is|was|are|were|do|does|did|the|its?|that|this|they|in|"
    r"for|then|compared|versus|vs|sources?|i|give|show|list|please)\b",
    re.IGNORECASE,
)


def is_english(asked: str) -> bool:
    """Whether a turn is to be answered in English: no Chinese, or Chinese names in an English phrase."""
    return not any("\u3400" <= c <= "\u9fff" for c in asked) or _ENGLISH.match(asked) is not None


def read_turn(asked: str) -> Turn:
    """What a turn says of its leaning on earlier ones. Never fails."""
    text = asked.strip()
    text, corrects = _uncorrected(text)
    text, leans = _unmarked(text)
    for pattern, spelled in _SPELLED:
        text = pattern.sub(spelled, text)
    return Turn(asked, text, _about(text), leans or corrects, corrects, _references(text))


def _uncorrected(text: str) -> tuple[str, bool]:
    """The turn without 不是，我问的是, and whether it had that."""
    folded = text.lower()
    m = _REJECTED.match(folded)
    if m is not None:
        return text[m.end() :].strip(), True
    m = _CORRECTION.match(folded)
    if m is None:
        return text, False
    rest = text[m.end() :]
    meant = _MEANING.match(rest.lower())
    rest = rest[meant.end() :] if meant else rest
    after = _REJECTED_AFTER.search(_END.sub("", rest).lower())
    return (rest[: after.start()] if after else rest).strip(), True


def _unmarked(text: str) -> tuple[str, bool]:
    """The turn without 那 before and 呢 behind it, and whether it had any of them."""
    lead = _LEAD.match(text.lower())
    inner = text[lead.end() :] if lead else text
    tail = _TAIL.search(inner.lower())
    if tail is not None and tail.start() > 0:
        inner = inner[: tail.start()]
    if not any(c.isalnum() for c in inner):
        return text, False
    return _END.sub("", inner).strip(), lead is not None or (tail is not None and _OPEN.search(tail.group()) is None)


def _about(text: str) -> About:
    bare = re.sub(r"[\s。?？!！.,，]+$", "", text.lower()).removesuffix("呢")
    if _SOURCE.match(bare):
        return About.SOURCE
    if _REASON.match(bare):
        return About.REASON
    return About.WORKING if _WORKING.match(bare) else About.MATTER


def _references(text: str) -> tuple[Reference, ...]:
    folded = text.lower()
    found: list[Reference] = []
    for pointer, pattern in _POINTER_RXS:
        for m in pattern.finditer(folded):
            if m.end() > m.start() and not any(r.start < m.end() and m.start() < r.end for r in found):
                found.append(Reference(pointer, m.start(), m.end()))
    return tuple(sorted(found, key=lambda r: r.start))
