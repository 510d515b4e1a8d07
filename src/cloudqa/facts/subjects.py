"""What a clause is about: splitting the words before a figure into entity, period and metric."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, synonym_groups
from cloudqa.quantities import find_periods

_OPENING = re.compile(
    r"^(?:[①-⑳]|含有?|注[:：]|其中|而且?|并且|且|并|但是?|不过|此外|另外|同时|目前|现阶段|当前|截至(?:目前)?|至此|"
    r"经测算|据统计|据悉|因此|所以|由此|"
    r"于是|随后|日前|近日|例如|比如|即便?|尤其|特别是|之后|届时|最终|总的来说|到(?=\d)|在(?=\d)|自(?=\d)|从(?=\d)|"
    r"使得?|给予|让|对|就|"
    r"更是|也|又|还|虽然|尽管|如果|由于|因为|随着|无论|不论|相比(?:于)?|相较(?:于)?|(?:降|升|涨|跌|上升|增长|下降|"
    r"提高|降低|"
    r"增加|"
    r"减少)(?:到了?|至)|预计|预测|预期|有望|估计|根据[^，]{1,12}数据|[“”\"‘’《]|\s)+"
)
_CLOSING = re.compile(
    r"(?:将会?|会|有望|更是|可能?|已经?|就|便|都|均|也|则|仍然?|总共?|又|还|曾|曾经|大约|约|近|仅仅?|只|共|一共|累计|"
    r"合计|在|于|到|以|把|"
    r"基本|平均保持在|保持|其|的|了|达|[“”\"‘’：:，,、\s])+$"
)
_ROUND = re.compile(r"[A-Za-z0-9一二三四五六七八九十天使首]{1,3}(?:轮|期|批|次)")
_AFTER_PERIOD = re.compile(r"^(?:的|里|内|年|间|中(?![国心央小型]))+")
_DISPOSED = re.compile(r"^(?P<who>[^把将]{2,30})(?:把|将)(?P<what>[^把将，,]{2,16}?)(?:由|从)?$")
_OUTLOOK = re.compile("的?(?:预测|预期|预计|预估|估计)(?:值|数)?$")
_LONG_NAME = 16
_SETTING = r"^在[^，]{2,30}?(?:(?:中(?![国心央小型])|方面)[，,]?|(?:上|里|下|时|后|前)(?:[，,]|$))"
_PRONOUN = re.compile(r"^(?:其|该(?:公司|企业|平台|集团|厂商)?|这家公司|两者|二者|它们?|他们?|她们?|本公司|公司|我们)")
_THIS_PERIOD = re.compile(
    r"(?:该|本|当|同|此)(?:季度?|年度?|月份?|期|财季|财年)|(?:第?[一二三四]?季度|年度|全年|单季|"
    r"月度|季度)(?=$)"
)
_ANNOUNCED = re.compile(
    r"^(?P<who>.{2,16}?)(?:则|也|还|又|刚刚?|已)*(?:发布|公布|披露|宣布|报告|录得|实现|取得|完成|"
    r"获得|签订|签下)了?(?:其|的)?(?P<what>.*)$"
)
_HEAD = re.compile(
    r"(?:收入|营收|盈利|亏损|净利|利润|利润率|毛利率|净利率|增长率|增速|比例|比重|占比|百分比|份额|占有率|规模|数量|"
    r"总数|总量|总额|"
    r"总值|金额|价值|价格|"
    r"单价|费用|成本|开支|支出|投资额?|融资额?|市值|估值|产值|产量|销量|销售额|营业额|交易额|资产|负债|人数|户数|"
    r"用户数?|客户数?|件数|次数|"
    r"家数|面积|容量|存储量|数据量|申请量|授权量|年龄|工龄|寿命|续约率|使用率|上架率|回款率|周期|天数|时长|时间|得分|评分|权重|排名|"
    r"名次|指数|额度|预算|薪资|"
    r"工资|电量|能耗|带宽|吞吐量|[\u4e00-\u9fff](?:率|额|量|值|价|费)|[^\W\d多少无倍岁系参函级基半整分次之]数)$"
)
_THE_THING = re.compile("(?:该|这一|这个)(?P<kind>项目|平台|系统|产品|工程|计划|服务|品牌|方案)")
_WHOLE_AFTER = re.compile("(?:全年|整年)$")
_QUOTES = re.compile('[“”"]')
_RESTATED = re.compile("经(?:过)?(?:审计|复核|核实|核查)(?:后)?(?:确认|调整|修正|修订|更正|重述)?后?$")
_OFFICER = re.compile(
    "(?:总经理|总裁|总监|经理|董事长|董事|理事长|会长|院长|校长|局长|处长|厂长|站长|行长|主任|书记|秘书长|负责人|发言人|首席[^\\W\\d]{1,3}[官师家]|"
    "工程师|架构师|分析师|教授|研究员|C[A-Z]O)(?!办|室|会|团)[\\u4e00-\\u9fff·]{2,4}$"
)
_NO_ENTITY = re.compile(
    r"^(?:近?[一二两三四五六七八九十几数]+(?:年|个月|季度)?|全年|总|年|平均|年均|每年|月均|单|"
    r"整体|总体|累计|新增|新|调整|上调|下调|提高|降低|提价|降价|恢复|变更|这一?|那一?|该|此|上述|其余|其他|首批|满分|过去|缩短|延长)$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the words before a figure name.

    Attributes:
        entity: Who or what, "" if they do not say.
        metric: What is measured, "" if they do not say.
        pronoun: They refer back to what was named before (其, 该公司).
    """

    entity: str = ""
    metric: str = ""
    pronoun: bool = False


@lru_cache(maxsize=1)
def _metric_words() -> tuple[str, ...]:
    """Metric words of the synonym file, longest first."""
    kinds = (SynonymKind.METRIC, SynonymKind.NOUN)
    found = {word for group in synonym_groups() if group.kind in kinds for word in group.words if _HEAD.search(word)}
    metrics = {word for group in synonym_groups() if group.kind is SynonymKind.METRIC for word in group.words}
    return tuple(sorted(found | {w for w in metrics if not w.isascii() and len(w) > 1}, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _general_nouns() -> frozenset[str]:
    return frozenset(
        word for group in synonym_groups() if group.kind is SynonymKind.NOUN for word in group.words if len(word) > 1
    )


def split_subject(words: str) -> Subject:
    """The entity and metric that the words before a predicate name; periods in them separate the two."""
    words = _bare(words)
    disposed = _DISPOSED.match(words)
    if disposed is not None and is_metric(what := _OUTLOOK.sub("", _undated(disposed["what"]))):
        return Subject(_entity(re.sub("[起自从于]+$", "", _undated(disposed["who"]))), what)
    announced = _ANNOUNCED.match(words)
    if announced is not None and announced["what"]:
        inner = split_subject(announced["what"])
        if inner.metric and _ROUND.fullmatch(inner.entity):
            return Subject(_entity(announced["who"]), inner.entity + inner.metric)
        who = _entity(_undated(announced["who"]))
        return Subject(inner.entity or who, inner.metric) if inner.metric else inner
    pronoun = _PRONOUN.match(words)
    if pronoun is not None:
        words = words[pronoun.end() :]
    if is_metric(measured := _WHOLE_AFTER.sub("", words)):
        words = measured
    entity, metric = _split(words)
    name = _entity(entity)
    if len(name) > _LONG_NAME or re.search("[在以把]|要求|成为|规定", name):
        name = clause_subject(name) or ("" if len(name) > _LONG_NAME else name)
    return Subject(name, _CLOSING.sub("", re.sub(r"^[的在]+", "", metric)), pronoun is not None)


def _bare(words: str) -> str:
    """The words without brackets and without what only opens or closes a clause."""
    words = re.sub(r"[(（][^()（）]*[)）]", "", words)
    words = re.sub(_SETTING, "", words.rpartition("给予")[2])
    words = _RESTATED.sub("", re.sub(r"^(?:[一-龥]{2,8}而言)[，,]?", "", words))
    return _CLOSING.sub("", _OPENING.sub("", words.strip()))


def _split(words: str) -> tuple[str, str]:
    """Entity and metric: cut at a period or 该季度 between them, at the last 的, or before a known metric word."""
    cuts = [(m.start, m.end) for m in find_periods(words)]
    cuts.extend((m.start(), m.end()) for m in _THIS_PERIOD.finditer(words) if m.end() < len(words))
    for start, end in sorted(cuts, reverse=True):
        before, after = _trimmed(words[:start]), _AFTER_PERIOD.sub("", words[end:].strip())
        if _undated(before) and _CLOSING.sub("", after):
            return (_undated(before), after) if is_metric(after) or not is_metric(before) else _split(before)
        if _CLOSING.sub("", after):
            return _split_undated(_trimmed(after))
        words = before
    return _split_undated(_trimmed(words))


def _undated(words: str) -> str:
    """The words without the periods in them."""
    for mention in reversed(find_periods(words)):
        words = words[: mention.start] + words[mention.end :]
    return _trimmed(words)


def _trimmed(words: str) -> str:
    return re.sub(r"(?:在|于|自|从|到|截至)$", "", words.strip("的，, "))


def _split_undated(words: str) -> tuple[str, str]:
    if (m := re.match(r"^(?P<who>[^的占]{2,14})占(?P<of>[^的]{2,14})的(?P<what>.{2,6})$", words)) is not None:
        return m["who"], words[m.end("who") :]
    if words.startswith("占"):
        return "", words
    at = words.rfind("的")
    if at > 0 and is_metric(words[at + 1 :]):
        return words[:at], words[at + 1 :]
    known = next((w for w in _metric_words() if normal_text(words).endswith(w)), "")
    if known and len(normal_text(words)) == len(words):
        entity = words[: len(words) - len(known)]
        if entity.endswith(("及", "和", "与", "、", "等")) or normal_text(entity) in _general_nouns():
            return "", words
        return entity, words[len(words) - len(known) :]
    if is_metric(words):
        return "", words
    return words, ""


def is_metric(words: str) -> bool:
    """Whether words end like something that is measured."""
    words = _CLOSING.sub("", words)
    return bool(words) and (_HEAD.search(words) is not None or normal_text(words).endswith(_metric_words()))


def measured_word(words: str) -> str:
    """The word for something measured that words end with; "" if they end with none."""
    found = _HEAD.search(_CLOSING.sub("", words))
    return re.sub("^[调涨降提定报]价$", "价格", found.group()) if found is not None else ""


def _entity(words: str) -> str:
    """A name without the words around it; "" for what is none."""
    words = _QUOTES.sub("", _THIS_PERIOD.sub("", _OPENING.sub("", words.strip("的，,、：: "))))
    words = re.sub(
        r"(?:则|也|还|又|已|第?[一二三四]?季度|年度|季度|单季|全年|其中|当季|当年|总|平均|"
        r"每)+$",
        "",
        words,
    ).strip("的 ")
    return "" if _NO_ENTITY.match(words) or _PRONOUN.fullmatch(words) or len(words) > 30 or (words.isdigit()) else words


_SUBJECT_END = re.compile(
    r"(?:财年|财季|则|也|都|均|仍|又|还|已经?|将|曾经?|正在|正|一直|尚未|尚|没有|未|不|就|才|共|再次?|首次|成功|率先|陆续|凭借|"
    r"通过|作为|自从?|从|由|在|"
    r"于|对|向|以|把|被|与|和|及|为|是|有|占|获得|获|完成|发布|公布|宣布|披露|推出|实现|达到?|达|介绍|记录|利用|运用|"
    r"而言|来说|最|较|更|新增|净增|累计|接待|售出|交付|逐渐|想要|构建|封顶|带动|联合|针对|承载|根据|必须|造成|导致|"
    r"形成|超过|成为|"
    r"跨过|要求|建立|同比|环比|开始|成立|进入|采用|采取|位列|位居|"
    r"签订|签约|公告|启用|更换|接替|启动|收购|并购|关闭|拥有|包括|主要|起步|提供|表示|认为|预计|显示|增长|增加|下降|减少|呈|快速|年|月|日|\d|[，,。；：“”（(])"
)


def named_thing(clause: str, before: str) -> str:
    """The quoted name of what a clause calls 该项目 or 该平台; "" where the text before quotes none."""
    m = _THE_THING.search(clause)
    if m is None:
        return ""
    found = re.findall(rf"[“\"「『]([^“”\"「」『』]{{2,16}})[”\"」』]{m['kind']}", before)
    return found[-1] if found else ""


def is_officer(name: str) -> bool:
    """Whether it is a person with an office (某公司总经理某某): who tells something, not what is counted."""
    return _OFFICER.search(name) is not None


def clause_subject(text: str) -> str:
    """The name that a clause begins with, for the clauses after it; "" if it begins with none."""
    words = _OPENING.sub("", text.strip())
    words = re.sub(_SETTING, "", words)
    for mention in find_periods(words)[:1]:
        if mention.start <= 1:
            words = _OPENING.sub("", words[mention.end :].lstrip("，, 在起"))
    found = _SUBJECT_END.search(words)
    if found is None:
        return ""
    name = words[: found.start()]
    pronoun = _PRONOUN.match(name)
    name = _entity(name.split("的")[0])
    if is_metric(name):
        name = _entity(_split_undated(name)[0])
    return "" if pronoun or not 2 <= len(name) <= 20 else name


def is_estimate(metric: str) -> bool:
    """Whether a metric is what others had expected (预估值), and so no subject for the clauses after it."""
    return _ESTIMATE.search(metric) is not None


_ESTIMATE = re.compile(r"(?:预估|预期|预测|估计)值?$|市场预期$")
