"""Whether a sentence holds the sort of thing that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

from cloudqa.questions.asking import Asked, Asking

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
)
_PERSON = re.compile(
    rf"(?:[{_SURNAMES}][^\W\x00-\xff]{{1,2}})"
    r"(?=为|介绍|解读|表示|分享|阐述|认为|指出|曾|说|称|博士|教授|先生|女士|和|、|，|,|$|）|\))"
    r"|创始人|董事长|总经理|总裁|ceo|cto|cfo|博士|教授|院士|所长|主任|首席"
    r"|分析师|主编|负责人|编辑|[a-z]+ [a-z]+(?=分析师)"
)
_PLACE = re.compile(
    r"在.{1,12}?(?:召开|举行|举办|建立|设立|增设|成立|开幕|落户|拉开|新建|建设)|位于|坐落|地处|总部|国家|[省市县区州国]|在京|在沪|香港|澳门|台湾"
)
_NAMED = re.compile(r"[“《「『][^”》」』]+[”》」』]|名为|叫做|称为|称作|又称|即|简称|命名")
_REASON = re.compile(
    r"因为|由于|因此|所以|原因|为了|导致|使得?|从而|以便|来自|基于|正因|得益|克服|之所以|缺陷|才能|造成|优势|拖累|意味|因而"
)
_DEFINITION = re.compile(
    r"是(?:一[种个项类]|指|支持|由|基于|以|用|为)|是.{2,40}(?:系统|技术|数据库|方式|服务|账本|机制|协议|平台|产品|概念|指标)|是指|即|定义|本质上|称为|比"
)
_SERIES = re.compile(
    r"、.+(?:、|和|与|及|以及)|[;；].+[;；]?|[1-9１-９一二三][)）.、].+[2-9２-９二三四][)）.、]|包括|分为|分别|首先|其次|一是|二是|以及"
)
_MANNER = re.compile(
    r"通过|利用|采用|使用|运用|借助|以.{1,10}方式|将|把|可以|能够|用来|用于|依托|先|再|然后|从.{2,12}到"
)
_TIME = re.compile(
    r"\d{4}年?|\d{1,2}月|\d{1,2}日|季度|年[初末底中]|月[初末底中]|上半年|下半年|去年|今年|前年|[a-z]+ \d{1,2}, \d{4}"
)
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两]{2,}|[一二三四五六七八九十两][家个名位座项倍成]")
_YES_NO = re.compile(r"不|没|未|无|是|会|可以|能|超过|低于|高于|已|仍|尚|收窄|下降|增长")

_DEFINES = 4.0  # "X is …" is no mere hint where it is asked what X is
_CHECKS: dict[Asked, Callable[[str], bool]] = {
    Asked.PERSON: lambda s: bool(_PERSON.search(s)),
    Asked.PLACE: lambda s: bool(_PLACE.search(s)),
    Asked.NAME: lambda s: bool(_NAMED.search(s)),
    Asked.REASON: lambda s: bool(_REASON.search(s)),
    Asked.DEFINITION: lambda s: bool(_DEFINITION.search(s)),
    Asked.LIST: lambda s: bool(_SERIES.search(s)),
    Asked.MANNER: lambda s: bool(_MANNER.search(s)),
    Asked.YES_NO: lambda s: bool(_YES_NO.search(s)),
    Asked.TIME: lambda s: bool(_TIME.search(s)),
    Asked.NUMBER: lambda s: bool(_NUMBER.search(s)),
}


def says_time(sentence: str) -> bool:
    """Whether a normalised sentence names a date, a year, a season or a time told from another."""
    return bool(_TIME.search(sentence))


def fitness(asking: Asking, sentence: str) -> float:
    """The share of the kinds asked for that a normalised sentence holds, from 0 to 1; kinds without a mark count half.

    A mark is a hint, never a proof: it lifts one of two sentences that cover the question alike.
    """
    marks = [1.0 if _CHECKS[kind](sentence) else 0.0 for kind in asking.asked if kind in _CHECKS]
    if Asked.DEFINITION in asking.asked:
        marks.append(_DEFINES if _defines(asking, sentence) else 0.0)
    return sum(marks) / len(marks) if marks else 0.5


def _defines(asking: Asking, sentence: str) -> bool:
    """Whether a sentence says of the question's topic what it is."""
    topic = max(_runs(asking), key=len, default="").strip("是的")
    return bool(topic) and bool(
        re.search(
            re.escape(topic)
            + "(?:技术|系统|本质上|从本质上|其实|实际上|主要)?(?:就是|是|即|指的是|指)(?!为了|否|不是)",
            sentence,
        )
    )


def _runs(asking: Asking) -> list[str]:
    """The unbroken stretches of the question that carry weight."""
    kept = "".join(c if w > 0.0 else " " for c, w in zip(asking.text, asking.weights, strict=True))
    return kept.split()
