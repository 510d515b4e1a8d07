"""The words units are written with, and reading a unit from a header or after a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from cloudqa.quantities.folding import fold
from cloudqa.quantities.numerals import parse_numeral, scale_of
from cloudqa.quantities.unit import UNSTATED, Dimension, Unit, UnknownUnitError

CURRENCIES = {
    "人民币元": "CNY", "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "块钱": "CNY", "块": "CNY", "RMB": "CNY",
    "CNY": "CNY", "yuan": "CNY", "renminbi": "CNY",
    "美元": "USD", "美金": "USD", "USD": "USD", "US dollars": "USD", "U.S. dollars": "USD", "dollars": "USD",
    "港元": "HKD", "港币": "HKD", "港纸": "HKD", "HKD": "HKD", "Hong Kong dollars": "HKD",
    "欧元": "EUR", "EUR": "EUR", "euros": "EUR", "euro": "EUR",
    "日元": "JPY", "日圆": "JPY", "JPY": "JPY", "yen": "JPY",
    "英镑": "GBP", "GBP": "GBP", "pounds": "GBP", "韩元": "KRW", "KRW": "KRW",
    "新台币": "TWD", "台币": "TWD", "TWD": "TWD", "澳元": "AUD", "AUD": "AUD", "加元": "CAD", "CAD": "CAD",
    "新加坡元": "SGD", "新元": "SGD", "SGD": "SGD", "瑞士法郎": "CHF", "CHF": "CHF", "卢布": "RUB", "RUB": "RUB",
    "卢比": "INR", "印度卢比": "INR", "INR": "INR", "泰铢": "THB", "THB": "THB", "澳门元": "MOP", "MOP": "MOP",
}  # fmt: skip
PREFIXES = {
    "US$": "USD", "U.S.$": "USD", "USD": "USD", "HK$": "HKD", "HKD": "HKD", "NT$": "TWD", "A$": "AUD", "S$": "SGD",
    "$": "USD", "RMB¥": "CNY", "RMB": "CNY", "CNY": "CNY", "CN¥": "CNY", "¥": "CNY", "人民币": "CNY", "JP¥": "JPY",
    "JPY": "JPY", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "美元": "USD", "港元": "HKD", "港币": "HKD",
    "美金": "USD",
}  # fmt: skip
CURRENCY_NAMES = {
    "CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元",
    "TWD": "新台币", "AUD": "澳元", "CAD": "加元", "SGD": "新加坡元", "CHF": "瑞士法郎", "RUB": "卢布",
    "INR": "印度卢比", "THB": "泰铢", "MOP": "澳门元",
}  # fmt: skip
COUNTERS = (
    "个家件款户场届座套台部条项次笔张份只支辆架艘幢栋间门种类例宗批轮章节册本篇颗枚头匹株棵所处股单桶箱组级块核"
    "层代站班列根片封盘副双对队群期名位"
)
_COUNT_NOUNS = {
    "用户": "户", "users": "户", "user": "户", "subscribers": "户", "customers": "户", "customer": "户", "人次": "人次",
    "架次": "架次", "车次": "车次", "标箱": "标箱", "TEU": "标箱", "times": "次", "requests": "次", "节点": "节点",
    "机柜": "机柜", "companies": "家", "projects": "个", "企业": "家",
}  # fmt: skip
_PEOPLE = ("人", "people", "employees", "persons")
_MEASURES: tuple[tuple[Dimension, str, tuple[str, ...]], ...] = (
    (Dimension.PERCENT, "0.01", ("%", "percent", "per cent", "百分比", "pct")),
    (Dimension.PERCENT, "0.001", ("‰",)),
    (Dimension.PERCENT, "0.1", ("成",)),
    (
        Dimension.PERCENTAGE_POINT,
        "0.01",
        ("个百分点", "百分点", "percentage points", "percentage point", "pp", "ppt", "pts"),
    ),
    (Dimension.PERCENTAGE_POINT, "0.0001", ("个基点", "基点", "bps", "bp", "basis points")),
    (Dimension.TIMES, "1", ("倍", "x", "fold")),
    (Dimension.DATA_SIZE, "1", ("字节", "bytes", "byte", "B")),
    (Dimension.DATA_SIZE, str(1024), ("KB", "KiB", "千字节")),
    (Dimension.DATA_SIZE, str(1024**2), ("MB", "MiB", "兆字节")),
    (Dimension.DATA_SIZE, str(1024**3), ("GB", "GiB", "gigabytes", "gigabyte", "吉字节")),
    (Dimension.DATA_SIZE, str(1024**4), ("TB", "TiB", "terabytes", "terabyte", "太字节")),
    (Dimension.DATA_SIZE, str(1024**5), ("PB", "PiB", "petabytes", "petabyte", "拍字节")),
    (Dimension.DATA_SIZE, str(1024**6), ("EB", "EiB", "exabytes", "exabyte", "艾字节")),
    (Dimension.DATA_SIZE, str(1024**7), ("ZB", "ZiB", "zettabytes", "zettabyte", "泽字节")),
    (Dimension.DATA_RATE, "1", ("bps/s", "bit/s")),
    (Dimension.DATA_RATE, "1E3", ("Kbps", "kbps", "Kbit/s")),
    (Dimension.DATA_RATE, "1E6", ("Mbps", "Mb/s", "Mbit/s", "兆比特每秒")),
    (Dimension.DATA_RATE, "1E9", ("Gbps", "Gb/s", "Gbit/s")),
    (Dimension.DATA_RATE, "1E12", ("Tbps", "Tb/s", "Tbit/s")),
    (Dimension.DURATION, "1E-9", ("纳秒", "ns")),
    (Dimension.DURATION, "1E-6", ("微秒", "μs", "us")),
    (Dimension.DURATION, "0.001", ("毫秒", "ms", "milliseconds")),
    (Dimension.DURATION, "1", ("秒钟", "秒", "seconds", "second", "s")),
    (Dimension.DURATION, "60", ("分钟", "minutes", "minute", "min")),
    (Dimension.DURATION, "3600", ("个小时", "小时", "hours", "hour", "h", "个钟头")),
    (Dimension.DURATION, "86400", ("个工作日", "天", "日", "days", "day")),
    (Dimension.DURATION, "604800", ("个星期", "星期", "周", "weeks", "week")),
    (Dimension.CALENDAR, "1", ("个月", "月", "months", "month")),
    (Dimension.CALENDAR, "3", ("个季度", "个财季", "季度", "季", "quarters", "quarter")),
    (Dimension.CALENDAR, "12", ("周年", "年", "个财年", "年度", "财年", "years", "year")),
    (Dimension.CALENDAR, "120", ("个年代",)),
    (Dimension.AREA, "1", ("平方米", "㎡", "m²", "m2", "平米", "平方公尺", "square metres", "square meters", "sqm")),
    (Dimension.AREA, "1E4", ("公顷", "hectares", "ha")),
    (Dimension.AREA, "1E6", ("平方公里", "平方千米", "km²", "km2", "square kilometres", "square kilometers")),
    (Dimension.LENGTH, "1000", ("公里", "千米", "km", "kilometres", "kilometers")),
    (Dimension.LENGTH, "1", ("米", "m", "metres", "meters")),
    (Dimension.LENGTH, "0.01", ("厘米", "cm")),
    (Dimension.LENGTH, "0.001", ("毫米", "mm")),
    (Dimension.LENGTH, "1E-9", ("纳米", "nm")),
    (Dimension.LENGTH, "500", ("里",)),
    (Dimension.LENGTH, "1852", ("海里",)),
    (Dimension.VOLUME, "1", ("升", "L", "litres", "liters")),
    (Dimension.VOLUME, "1000", ("立方米", "m³", "m3", "方")),
    (Dimension.WEIGHT, "1000", ("吨", "公吨", "tonnes", "tons", "t")),
    (Dimension.WEIGHT, "1", ("公斤", "千克", "kg")),
    (Dimension.WEIGHT, "0.5", ("斤",)),
    (Dimension.WEIGHT, "0.001", ("克", "g")),
    (Dimension.ENERGY, "1", ("千瓦时", "千瓦小时", "度电", "度", "kWh", "kwh", "KWh")),
    (Dimension.ENERGY, "1000", ("兆瓦时", "MWh")),
    (Dimension.ENERGY, "1E6", ("吉瓦时", "GWh")),
    (Dimension.ENERGY, "1E9", ("太瓦时", "TWh")),
    (Dimension.POWER, "1", ("瓦", "W")),
    (Dimension.POWER, "1000", ("千瓦", "kW", "KW", "kw")),
    (Dimension.POWER, "1E6", ("兆瓦", "MW")),
    (Dimension.POWER, "1E9", ("吉瓦", "GW")),
    (Dimension.FREQUENCY, "1", ("赫兹", "Hz")),
    (Dimension.FREQUENCY, "1E6", ("MHz", "兆赫")),
    (Dimension.FREQUENCY, "1E9", ("GHz", "吉赫")),
    (Dimension.TEMPERATURE, "1", ("摄氏度", "℃", "°C")),
)
_ENGLISH_SCALES = {
    "hundred": "1E2", "thousand": "1E3", "million": "1E6", "mln": "1E6", "mn": "1E6", "billion": "1E9", "bn": "1E9",
    "trillion": "1E12", "tn": "1E12",
}  # fmt: skip
_SCALE = "[十百千]?(?:百万|千万|十万|万亿|万|亿)|十亿|百亿|千亿|百|千|十"
_LATIN = "A-Za-z"
_PER = re.compile(r"\s?(?:/|每|\bper\b)\s?")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit in a text.

    Attributes:
        unit: What it is.
        start: Where it begins in the text searched, in code points.
        end: Where it ends, exclusive.
    """

    unit: Unit
    start: int
    end: int


@cache
def words() -> dict[str, Unit]:
    """Every unit word, folded, with its unit; words that ignore case are also there in lower case."""
    table: dict[str, Unit] = {}
    for dimension, scale, names in _MEASURES:
        for name in names:
            table[name] = Unit(dimension, scale=Decimal(scale), symbol=name)
    for name, code in CURRENCIES.items():
        table[name] = Unit(Dimension.MONEY, code, symbol=name)
    for counter in COUNTERS:
        people = counter == "名"
        table[counter] = Unit(
            Dimension.PEOPLE if people else Dimension.COUNT, noun="人" if people else counter, symbol=counter
        )
    for name, counter in _COUNT_NOUNS.items():
        table[name] = Unit(Dimension.COUNT, noun=counter, symbol=name)
    for name in _PEOPLE:
        table[name] = Unit(Dimension.PEOPLE, noun="人", symbol=name)
    return table


@cache
def _word_pattern() -> re.Pattern[str]:
    names = sorted(words(), key=len, reverse=True)
    latin = [re.escape(n) for n in names if n[-1].isascii() and n[-1].isalpha()]
    other = [re.escape(n) for n in names if not (n[-1].isascii() and n[-1].isalpha())]
    sizes = "(?i:[kmgtpez]b)"
    return re.compile(f"(?:(?:{'|'.join(latin)}|{sizes})(?![A-Za-z0-9])|(?:{'|'.join(other)}))")


@cache
def _scale_pattern() -> re.Pattern[str]:
    english = "|".join(sorted(_ENGLISH_SCALES, key=len, reverse=True))
    return re.compile(f"(?:{_SCALE})|(?i:{english})(?![A-Za-z])")


@cache
def prefix_pattern() -> re.Pattern[str]:
    """A currency before a number: US$, ¥, RMB, 人民币."""
    names = "|".join(re.escape(n) for n in sorted(PREFIXES, key=len, reverse=True))
    return re.compile(f"(?:{names})")


def scale_value(word: str) -> Decimal:
    """What a scale word multiplies by: 万, 百万, million."""
    english = _ENGLISH_SCALES.get(word.lower())
    return scale_of(word) if english is None else plain_scale(english)


def plain_scale(text: str) -> Decimal:
    """A scale written 1E6 as the plain integer."""
    return Decimal(int(Decimal(text)))


def word_unit(word: str) -> Unit | None:
    """The unit a single word stands for, or None. GB, gb and Gb... are told apart: only Gb and Mb are not bytes."""
    found = words().get(word)
    if found is None and len(word) == 2 and word[1] in "bB":
        if word[0].isupper() and word[1] == "b":
            return None
        found = words().get(word.upper())
    return found


def match_unit(text: str, start: int) -> UnitMention | None:
    """The unit that begins at ``start`` of a folded text: scale, word, what it is per; None if none does.

    The longest that is well formed is taken: 亿元/万户, 百万美元, 元每GB, million users.
    """
    at = start
    scale, scale_word = Decimal(1), ""
    if _match_word(text, at) is None and (m := _scale_pattern().match(text, at)) is not None:
        scale, scale_word, at = scale_value(m.group()), m.group(), m.end()
    gap = _skip_blank(text, at)
    head = _match_word(text, gap)
    if head is None and scale_word and (of := re.compile(r"\s?of\s?").match(text, at)) is not None:
        head = _match_word(text, of.end())
    if head is None:
        return UnitMention(_scaled(UNSTATED, scale, scale_word, ""), start, at) if scale_word else None
    unit = _scaled(head.unit, scale, scale_word, text[gap : head.end])
    return _with_denominators(text, UnitMention(unit, start, head.end))


def _skip_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "\t") else at


def _match_word(text: str, at: int) -> UnitMention | None:
    m = _word_pattern().match(text, at)
    unit = word_unit(m.group()) if m else None
    if m is None or unit is None:
        return None
    end = m.end()
    if unit.currency == "CNY" and (tail := re.compile("人民币").match(text, end)):
        end = tail.end()
    return UnitMention(unit, at, end)


def _scaled(unit: Unit, scale: Decimal, scale_word: str, word: str) -> Unit:
    blank = " " if scale_word.isascii() and scale_word and word else ""
    return replace(unit, scale=unit.scale * scale, symbol=scale_word + blank + word)


def _with_denominators(text: str, mention: UnitMention) -> UnitMention:
    """The mention with what follows a slash, 每 or per; a slash before no unit stays outside."""
    per = _PER.match(text, mention.end)
    if per is None:
        return mention
    below = _denominator(text, per.end())
    if below is None:
        return mention
    symbol = f"{mention.unit.symbol}/{below.unit.symbol}"
    return UnitMention(replace(mention.unit, denominator=below.unit, symbol=symbol), mention.start, below.end)


def _denominator(text: str, at: int) -> UnitMention | None:
    """A unit after a slash, perhaps with a number before it (元/100万次)."""
    number = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+").match(text, at)
    mention = match_unit(text, number.end() if number else at)
    if mention is None or not mention.unit.stated or number is None:
        return mention if mention is not None and mention.unit.stated else None
    count = parse_numeral(number.group())
    if count is None or count == 0:
        return None
    unit = replace(
        mention.unit,
        scale=mention.unit.scale * count,
        symbol=number.group().removeprefix("1") + mention.unit.symbol
        if number.group() == "1"
        else number.group() + mention.unit.symbol,
    )
    return UnitMention(unit, at, mention.end)


def parse_unit(text: str) -> Unit:
    """The unit a whole text states: 亿元, （万户）, 百万美元, %, 元/GB, 单位：亿元, RMB million.

    Brackets, blanks and a leading 单位 are not part of it. The empty text is the unit not stated.

    Raises:
        UnknownUnitError: The text is no unit known here; the message has it.
    """
    unit = find_unit(text)
    if unit is None:
        raise UnknownUnitError(f"不认识的单位：“{text.strip()}”。")
    return unit


def find_unit(text: str) -> Unit | None:
    """What :func:`parse_unit` returns, or None where it raises."""
    body = re.sub(r"\s+(?=[^A-Za-z])|(?<=[^A-Za-z])\s+", "", fold(text).strip())
    body = re.sub(r"^[(（\[【]+|[)）\]】]+$", "", body)
    body = re.sub(r"^(?:计量)?单位[:：]?", "", body).strip()
    if not body:
        return UNSTATED
    mention = match_unit(body, 0)
    if mention is not None and mention.end == len(body):
        return mention.unit
    return _currency_first(body)


def _currency_first(body: str) -> Unit | None:
    """人民币亿元, 人民币百万, US$ million, RMB mn, $bn; 亿元(人民币)."""
    tail = re.fullmatch(r"(.+?)[(（]人民币[)）]?", body)
    if tail is not None:
        unit = find_unit(tail.group(1))
        return unit if unit is not None and unit.currency == "CNY" else None
    m = prefix_pattern().match(body)
    if m is None:
        return None
    rest = match_unit(body, _skip_blank(body, m.end()))
    if rest is None or rest.end != len(body):
        return None
    return prefixed(rest.unit, m.group())


def prefixed(unit: Unit, prefix: str) -> Unit | None:
    """The unit after a currency prefix: a scale becomes money, money must be of the same currency."""
    code = PREFIXES[prefix]
    if unit.dimension is Dimension.MONEY:
        return unit if unit.currency == code else None
    if unit.dimension is not Dimension.UNSTATED or unit.denominator is not None:
        return None
    blank = " " if unit.symbol.isascii() and unit.symbol else ""
    name = code if blank else CURRENCY_NAMES[code]
    return Unit(Dimension.MONEY, code, unit.scale, symbol=f"{unit.symbol}{blank}{name}")


def header_units(text: str) -> Iterator[UnitMention]:
    """The units a header states in brackets or after 单位, in order: 营业收入（亿元）, 单位：万元.

    Offsets are into the text given and cover the bracketed unit without its brackets.
    """
    folded = fold(text)
    for m in re.finditer(
        r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]|单位\s*[:：]\s*([^\s,，;；)）]+(?: [^\s,，;；)）]+)?)", folded
    ):
        group = 1 if m.group(1) is not None else 2
        body = re.sub(r"^\s*(?:(?:计量)?单位\s*[:：]?\s*)?", "", m.group(group))
        unit = find_unit(body) if body.strip() else None
        if unit is not None:
            start = m.end(group) - len(body)
            yield UnitMention(unit, start, m.end(group))
