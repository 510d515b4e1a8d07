"""What sort of thing a question in words asks for, and which of its words carry it.

Only grammar is known here (question words, particles, politeness); names and topics are whatever is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.language import normal_text


class Asked(StrEnum):
    """The sort of thing that answers a question."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    WHICH = "which"  # 哪家机构, which company: one thing of a named class
    NAME = "name"
    NUMBER = "number"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    DESCRIPTION = "description"
    TASK = "task"  # not a question: a poem, a translation, an order to the program


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in words, read.

    Attributes:
        text: The normalised question.
        weights: For each character of ``text``, from 0 to 1, how much it says of the topic.
        asked: What it asks for, the most specific first; never empty.
        count: How many are asked for (哪三个 → 3), None if not said.
        items: Names asked about one by one (甲、乙、丙分别…), () if not.
        english: Whether the question is in English.
        parts: How many question words it has (什么时候在哪里 has two), at least 1.
        kind: The noun after 哪个 or 哪种 that an answer must say (哪个等级 → 等级); "" for a general class (哪个公司).
        names: Latin words that can only be names: all in a Chinese question, capitalised ones in an English one.
    """

    text: str
    weights: tuple[float, ...]
    asked: tuple[Asked, ...]
    count: int | None
    items: tuple[str, ...]
    english: bool
    names: frozenset[str]
    kind: str
    parts: int

    def asks(self, *kinds: Asked) -> bool:
        """Whether any of the kinds is asked for."""
        return any(kind in self.asked for kind in kinds)

    @property
    def brief(self) -> bool:
        """Whether one sentence should do: a name, date, place or figure is asked for, not an explanation."""
        return not self.asks(Asked.REASON, Asked.MANNER, Asked.DESCRIPTION, Asked.LIST, Asked.YES_NO)


_CLASS = "(?:家|个|位|种|座|款|项|类|条|所|名|届|场|些|几|大|部|篇|档|期|块|套)"
_MANY = "(?:[二三四五六七八九十两几些2-9]|十[一二三四五六七八九])"

_ASKED: tuple[tuple[Asked, str], ...] = (
    (
        Asked.TASK,
        "(?:写|作|编|创作|生成)(?:一)?(?:首|篇|段|个|封)(?!.*(?:谁|哪))|帮我(?:写|翻译|画|算命)|讲(?:一)?个(?:笑话|故事)"
        r"|翻译(?:成|下)|^(?:please )?(?:write|compose|translate|draw)\b|tell me a (?:joke|story)",
    ),
    (Asked.REASON, r"为什么|为何|为啥|凭什么|凭啥|什么原因|原因|缘由|\bwhy\b|what caused|reasons? for|how come"),
    (
        Asked.LIST,
        f"哪{_MANY}|有哪{_CLASS}*{_MANY}|分别|列出|列举|罗列|各有|各是|都有谁|包括什么|包含什么|{_MANY}大.{{1,8}}(?:是什么|有什么)"
        f"|(?:{_MANY}|多)(?:个|种|项|条|点|方面|大)(?:主要|重要|关键)?[^\\W\\d]{{2,6}}$"
        r"|\bwhich\b.*\b(?:are|were|have)\b|\blist\b|what are the",
    ),
    (Asked.PERSON, r"谁|哪位|哪个人|何人|什么人|\bwho(?:m|se)?\b"),
    (
        Asked.TIME,
        "什么时候|何时|啥时候|什么时间|哪一?年|哪个?月|几月|几号|哪一?天|哪一?日|哪一?个?季度|哪个时间"
        r"|\bwhen\b|(?:what|which) (?:year|date|month|quarter)",
    ),
    (
        Asked.PLACE,
        f"哪里|哪儿|何处|何地|(?<!存)在哪(?!{_CLASS}|{_MANY}|[方年月])|什么地方|啥地方|哪[一个]*(?:国家|城市|地区|地方|省|市|国)"
        r"|\bwhere\b|(?:what|which) (?:country|city|region)",
    ),
    (Asked.NAME, r"叫什么|叫啥|什么名字|名称是|叫做什么|何名|题目是什么|标题是什么|\bcalled\b|\bnamed?\b"),
    (
        Asked.DEFINITION,
        r"什么是|是什么(?:意思|$|[?,])|是啥(?:$|[?,])|何谓|定义|概括|什么意思"
        r"|what(?: is|'s) an? |\bdefine\b|meaning of",
    ),
    (
        Asked.NUMBER,
        "多少|百分之几|几成|多大|多高|多长|多重|多快|多久"
        "|(?<!没)(?<!好)几(?:个百分点|[倍家个款项次件届场名位座天年笔种人月户所台辆条期本篇处级层岁趟吨米元成])"
        "|第几|占比|比例|比率|增速|增幅|涨幅|增长率|(?:金额|数量|总额|单价|价格|收入|营收|规模|融资额|利润|成本)(?:是|有|为|呢|$|[?])"
        r"|how (?:many|much|big|large|long|fast|high)|what (?:percentage|share)|what(?: is| was| were|'s) .*"
        r"(?:price|revenue|growth|margin|rate|cost|number|size|value)",
    ),
    (
        Asked.WHICH,
        f"哪(?:一)?{_CLASS}?|什么(?:公司|机构|组织|企业|银行|学校|职务|职位|领域|产品|国家|城市|疾病|场景|技术|项目)"
        r"|\bwhich\b|what (?:company|bank|country|product)",
    ),
    (Asked.MANNER, r"怎么|如何|怎样|咋|\bhow\b"),
    (
        Asked.YES_NO,
        "吗(?:$|[?,])|吗|是不是|是否|能不能|会不会|有没有|对不对|可不可以|行不行|难道|(.)不\\1"
        r"|^(?:is|are|was|were|do|does|did|can|could|has|have|will)\b",
    ),
)

# Words that carry no topic at all: question words, particles, politeness, talk about the report.
_SILENT = """
    什么时候 什么时间 什么地方 什么名字 什么样 什么人 什么 啥时候 啥 为什么 为何 为啥 凭什么 凭啥 怎么样 怎么 怎样
    如何 咋 哪里 哪儿 哪些 哪几 哪个 哪家 哪位 哪种 哪一 哪 多少 几个 谁 何时 何地 何处 是否 是不是 有没有 能不能
    会不会 吗 呢 吧 啊 呀 嘛 的 了 请问 请 告诉我 我想知道 想知道 帮我 帮忙 麻烦 介绍一下 说明一下 一下 列出 列举
    概括 用一句话 一句话 分别 各自 叫什么 叫做 报告说 报告中 报告里 文中 根据 按照 是多少 多少钱 百分之几 这份 这个
    那个 那些 这些 那家 那篇 那种
    what which who whom whose when where why how is are was were be been do does did has have had the a an of in on at
    to for from by with and or it its this that these those there as can could will would should much many please tell
    me about s
    """
# Words that may carry a little: they are common, and single characters of them stand inside real words too.
_FAINT = """
    你 我 您 着 过 把 将 让 给 跟 向 被 如果 这 那 其 它 他 她 之 所 里 中 上 下 各 会 能
    要 应该 一个 一种 一些 这么 那么 这样 那样 到底 究竟 可以 属于 具体 情况 主要 方面 来说 看来
    起来 出来 下来 进行 存在 具有 做 用 用于 得 地 没有 说 讲 提到 认为 个 家 位 款 项 种 份
    本期 报告 文章 资料 几 多 大 有何 主张 来 去 介绍 指出 显示 编者 作者
    """
# Particles proper, which are faint whatever they stand beside.
_PARTICLES = """
    对 对于 关于 于 以 从 到 为 由 是 在 有 和 与 及 或 都 也 还 就 才 又 并 而 但 不 没 很 最 更
    """


# What a question word asks for by class (哪家公司, 什么职务): the answer is one of the class and seldom says its name.
_CLASS_NOUNS = """
    公司 机构 组织 企业 银行 国家 城市 地区 省份 领域 产品 项目 平台 方面 问题 职务 职位 职业 疾病 场景 环节 措施
    举措 特点 特征 优势 好处 作用 影响 方式 类型 种类 部门 单位 大学 学校 变化 效果 帮助 态度 看法 意见 人物 专家
    原因 季度 月份 时间 地方 东西 内容 名字
    company companies firm bank country city institution organization organisation product quarter year
    """
_CLASS_NOUN_RX = re.compile(f"(?:哪{_MANY}?{_CLASS}?|什么|啥|有何|(?:which|what) )({'|'.join(_CLASS_NOUNS.split())})")


_KIND_RX = re.compile(r"哪一?[个种类级档]([^\W\x00-\xff]{2})(?=$|[?,的里中上])")


def _pattern(words: str) -> re.Pattern[str]:
    longest_first = sorted(words.split(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest_first))


_SILENT_RX, _FAINT_RX, _PARTICLE_RX = _pattern(_SILENT), _pattern(_FAINT), _pattern(_PARTICLES)
_NO_WORD_RX = re.compile(r"[^\w%.+\-]|(?<!\d)[.](?!\d)|_")
FAINT_CHARACTER = 0.2
"""Weight of a common character, which may yet be part of a word that matters."""

_FAINT_WORD = 0.1
_LATIN_RX = re.compile("[A-Za-zＡ-Ｚａ-ｚ]++(?! ?[(（][^\\W\\x00-\\xff])")
_ENGLISH_DIGIT = {w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), 2)}
_COUNT_RX = re.compile(
    rf"哪([二三四五六七八九十两2-9])|([二三四五六七八九十两2-9])大|\b(?:which|the) ({'|'.join(_ENGLISH_DIGIT)})\b"
)
_ITEMS_RX = re.compile(r"([^，,。？?]+?)(?:这[^，,]{0,6})?(?:分别|各自|各有|各是|各)")
_PART_ASKED_RX = re.compile(
    r"谁|哪|何时|何地|什么|多少|几[个家年月天]|怎么|如何|\b(?:who|when|where|what|which|how|why)\b"
)
_PART_RX = re.compile(r"[、/]|和|与|以及|及|\band\b|,")
_MOST_ITEMS = 12  # more names than anyone asks about one by one
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


_GRAMMAR = (
    (_FAINT_RX, FAINT_CHARACTER),
    (_PARTICLE_RX, _FAINT_WORD),
    (_SILENT_RX, 0.0),
    (_NO_WORD_RX, 0.0),
    (_COUNT_RX, 0.0),
)


def read_asking(question: str) -> Asking:
    """Read a question in words. Never fails: what is not recognised asks for a description."""
    text = normal_text(question).strip()
    english = sum("a" <= c <= "z" for c in text) > 2 * sum("\u4e00" <= c <= "\u9fff" for c in text)
    asked = tuple(kind for kind, pattern in _ASKED if re.search(pattern, text)) or (Asked.DESCRIPTION,)
    return Asking(
        text=text,
        weights=_weights(text),
        asked=asked,
        count=_count(text),
        items=_items(text),
        english=english,
        names=_names(question, english),
        kind=_kind(text),
        parts=max(1, len(_PART_ASKED_RX.findall(text))),
    )


def _kind(text: str) -> str:
    m = _KIND_RX.search(text)
    return m.group(1) if m and m.group(1) not in _CLASS_NOUNS.split() else ""


def _names(question: str, english: bool) -> frozenset[str]:
    words = [m for m in _LATIN_RX.finditer(question)]
    if english:
        words = [m for m in words if m.group() != m.group().lower() and (m.start() > 0 or m.group().isupper())]
    return frozenset(w for m in words if not _SILENT_RX.fullmatch(w := normal_text(m.group())))


def _weights(text: str) -> tuple[float, ...]:
    """How much each character says of the topic: 0 for grammar, a little for faint words, 1 for the rest."""
    weights = [1.0] * len(text)
    for pattern, weight in _GRAMMAR:
        for m in pattern.finditer(text):
            length = m.end() - m.start()
            weights[m.start() : m.end()] = [_FAINT_WORD if weight and length > 1 else weight] * length
    for m in _CLASS_NOUN_RX.finditer(text):
        weights[m.start(1) : m.end(1)] = [_FAINT_WORD] * (m.end(1) - m.start(1))
    return tuple(weights)


def _count(text: str) -> int | None:
    m = _COUNT_RX.search(text)
    if m is None:
        return None
    digit = next(filter(None, m.groups()))
    if digit in _ENGLISH_DIGIT:
        return _ENGLISH_DIGIT[digit]
    return int(digit) if digit.isdigit() else _DIGIT[digit]


def _items(text: str) -> tuple[str, ...]:
    """The names before 分别 or 各, where there are two or more of them."""
    m = _ITEMS_RX.search(text)
    if m is None:
        return ()
    parts = [p.strip(" 的\"'“”") for p in _PART_RX.split(m.group(1))]
    parts = list(dict.fromkeys(p for p in parts if p))
    return tuple(parts) if 1 < len(parts) <= _MOST_ITEMS else ()
