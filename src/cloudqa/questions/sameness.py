"""Whether two facts of different issues are one figure stated twice: same thing, metric, period and measure."""

from __future__ import annotations

import re
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import round_half_up
from cloudqa.quantities import Qualifier, Quantity, UnitMismatchError, convert, convertible, find_periods
from cloudqa.questions.evidence import normal_label
from cloudqa.questions.phrase import compact, is_period

_SCOPE = re.compile(
    "国内|海外|境外|境内|全球|中国|全国|母公司|合并|分部|口径|含税|不含税|首年|新用户|老用户|促销|活动|优惠|试用|批发|零售|税前|税后|线上|线下"
)
_WHO = re.compile(
    "公司|企业|厂商|集团|机构|品牌|平台|单位|运营|服务商|供应商|数据中心|项目|城市|地区|省|市|县|国家|医院|学校|银行"
    "|company|vendor|firm|city|country|provider",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    "季度|年度|月度|数据|情况|调查|复查|结果|一览|统计|汇总|明细|对照|清单|表|价目|价格|单价|调价|定价|报价|资费|收费|标准"
    "|重述|修订|更正|调整|审计|最新|主要|部分|经营|财务|执行|分档|[及和与、的各（）()：:，,\\s]"
)
_ROUGH = (Qualifier.ABOUT, Qualifier.NEAR, Qualifier.OVER, Qualifier.UNDER)

Key = tuple[object, ...]


def series_key(fact: Fact) -> Key | None:
    """What facts of one thing and metric have in common over all periods and issues; None for what nothing names."""
    entity = compact(fact.entity or fact.speaker)
    label = normal_label(fact)
    keys = {compact(v) for _, v in fact.keys if not is_period(v)} - {entity, ""}
    keys = {k for k in keys if not k.startswith(label)}
    if fact.table is None and (not entity or not label):
        return None
    if not entity and not keys and not label:
        return None
    return (label, compact(fact.of), fact.measure, fact.comparison, entity, frozenset(keys))


def same_figure(one: Fact, other: Fact) -> bool:
    """Whether two facts with one :func:`series_key` are of one period and scope, and can be compared.

    A forecast and an actual figure are not the same.
    """
    if is_forecast(one) != is_forecast(other) or one.relative or other.relative or one.total != other.total:
        return False
    if (one.period is None) != (other.period is None):
        return False
    if one.period is not None and other.period is not None and not one.period.matches(other.period):
        return False
    if one.period is None and (one.table is None or other.table is None):
        return False  # a sentence without a period says too little to be compared
    if not one.entity and not other.entity and _named_by(one) != _named_by(other):
        return False
    return scope_of(one) == scope_of(other) and same_owner(one, other) and _comparable(one, other)


def same_owner(one: Fact, other: Fact) -> bool:
    """Whether two rows that are named alike belong to the same: 研发 in a table of 甲 and in one of 乙 do not.

    Rows of companies, places and the like name themselves, and so do rows whose name the caption has; of others the
    captions must be of one thing, or what one of them says more must stand in the other one's headings.
    """
    if one.table is None or other.table is None or _names_itself(one) or _names_itself(other):
        return True
    mine, theirs = _owner_words(one), _owner_words(other)
    if mine == theirs:
        return True
    longer, shorter, fact = (mine, theirs, other) if len(mine) > len(theirs) else (theirs, mine, one)
    if shorter not in longer:
        return False
    more = longer.replace(shorter, "", 1)
    return more in compact(" ".join((*fact.context, *fact.section)))


def _names_itself(fact: Fact) -> bool:
    caption = compact(fact.context[0]) if fact.context else ""
    if fact.entity and compact(fact.entity) in caption:
        return True
    return any(_WHO.search(header) for header, _ in fact.keys)


def _owner_words(fact: Fact) -> str:
    """What a caption says of whom its table is, without periods, brackets and words that captions have in general."""
    caption = re.sub(r"[(（][^()（）]*[)）]", "", fact.context[0]) if fact.context else ""
    words = compact(re.sub(r"^[附]?表\s*[\d一二三四五六七八九十]+", "", caption))
    for mention in reversed(find_periods(words)):
        words = words[: mention.start] + words[mention.end :]
    return _GENERAL.sub("", words)


def is_forecast(fact: Fact) -> bool:
    """Whether a fact states what is expected."""
    return fact.forecast or (isinstance(fact.value, Quantity) and fact.value.expected)


def scope_of(fact: Fact) -> frozenset[str]:
    """Words of caption and innermost heading that say of which part a table is: 国内, 合并口径."""
    return frozenset(_SCOPE.findall(" ".join(fact.context[:1]))) if fact.table is not None else frozenset()


def _named_by(fact: Fact) -> str:
    """What a caption says of a table that no name stands in, without brackets."""
    return compact(re.sub(r"[(（][^()（）]*[)）]", "", fact.context[0])) if fact.context else ""


def _comparable(one: Fact, other: Fact) -> bool:
    if one.absence is not None or other.absence is not None:
        return True
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return convertible(one.value.unit, other.value.unit) or one.value.unit == other.value.unit
    return type(one.value) is type(other.value)


def says_alike(later: Fact, earlier: Fact) -> bool:
    """Whether a later statement repeats an earlier one, be it rounded or hedged, and so restates nothing."""
    if later.absence is not None:
        return True
    if earlier.absence is not None:
        return False
    if not isinstance(later.value, Quantity) or not isinstance(earlier.value, Quantity):
        return compact(str(later.value)) == compact(str(earlier.value))
    if later.value.qualifier in _ROUGH:
        return True
    try:
        before = convert(earlier.value.value, earlier.value.unit, later.value.unit)
    except UnitMismatchError:
        before = earlier.value.value
    now = later.value.value
    return now == before or round_half_up(before, _places(now)) == now


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
