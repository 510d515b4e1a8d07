"""The words units are written with, and reading a unit from a header or after a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from cloudqa.quantities.folding import fold
from cloudqa.quantities.numerals import parse_numeral, scale_of
from cloudqa.quantities.patterns import lazily
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
    "个家件款户场届座套台部条项次笔张份只支辆架艘幢栋间门种类例宗批轮章节册本篇颗枚头匹株棵所处股单桶箱组块核"
    "站班列根片封盘副对队期名位"
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
    (Dimension.DATA_SIZE, "1", ("字节", "bytes", "byte")),
    (Dimension.DATA_SIZE, str(1024), ("KB", "KiB", "千字节")),
    (Dimension.DATA_SIZE, str(1024**2), ("MB", "MiB", "兆字节")),
    (Dimension.DATA_SIZE, str(1024**3), ("GB", "GiB", "gigabytes", "gigabyte", "吉字节")),
    (Dimension.DATA_SIZE, str(1024**4), ("TB", "TiB", "terabytes", "terabyte", "太字节")),
    (Dimension.DATA_SIZE, str(1024**5), ("PB", "PiB", "petabytes", "petabyte", "拍字节")),
    (Dimension.DATA_SIZE, str(1024**6), ("EB", "EiB", "exabytes", "exabyte", "艾字节")),
    (Dimension.DATA_SIZE, str(1024**7), ("ZB", "ZiB", "zettabytes", "zettabyte", "泽字节")),
    (Dimension.DATA_RATE, "1", ("bit/s",)),
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
    (Dimension.AREA, "1", ("平方米", "㎡", "m²", "m2", "平米", "平方公尺", "square metres", "square meters", "sqm")),
    (Dimension.AREA, "1E4", ("公顷", "hectares", "ha")),
    (Dimension.AREA, "1E6", ("平方公里", "平方千米", "km²", "km2", "square kilometres", "square kilometers")),
    (Dimension.LENGTH, "1000", ("公里", "千米", "km", "kilometres", "kilometers")),
    (Dimension.LENGTH, "1", ("米", "metres", "meters")),
    (Dimension.LENGTH, "0.01", ("厘米", "cm")),
    (Dimension.LENGTH, "0.001", ("毫米", "mm")),
    (Dimension.LENGTH, "1E-9", ("纳米", "nm")),
    (Dimension.LENGTH, "1852", ("海里",)),
    (Dimension.VOLUME, "1", ("升", "L", "litres", "liters")),
    (Dimension.VOLUME, "1000", ("立方米", "m³", "m3")),
    (Dimension.WEIGHT, "1000", ("吨", "公吨", "tonnes", "tons")),
    (Dimension.WEIGHT, "1", ("公斤", "千克", "kg")),
    (Dimension.WEIGHT, "0.5", ("斤",)),
    (Dimension.WEIGHT, "0.001", ("克", "g")),
    (Dimension.ENERGY, "1", ("千瓦时", "千瓦小时", "度电", "kWh", "kwh", "KWh")),
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
_PER = lazily(r"\s?(?:/|每|\bper\b)\s?")
_COUNT = lazily(r"[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十]+")


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
        if counter in table:
            continue
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
def _by_first_character() -> dict[str, tuple[str, ...]]:
    """Unit words by their first character in lower case, the longest first."""
    index: dict[str, list[str]] = {}
    for word in sorted(words(), key=len, reverse=True):
        index.setdefault(word[0].lower(), []).append(word)
    return {first: tuple(found) for first, found in index.items()}


def _word_at(text: str, at: int) -> str:
    """The longest unit word at a place, as the table has it; empty if there is none.

    A Latin word ends where letters and digits do. Words of four letters and more and the sizes in bytes ignore case,
    but Gb and Mb are left alone: they may mean bits.
    """
    for word in _by_first_character().get(text[at : at + 1].lower(), ()):
        end = at + len(word)
        printed = text[at:end]
        if printed != word and not _same_but_case(printed, word):
            continue
        after = text[end : end + 1]
        if not (_is_latin(word[-1]) and _is_latin(after)):
            return word
    return ""


def _same_but_case(printed: str, word: str) -> bool:
    if printed.lower() != word.lower():
        return False
    is_size = len(word) == 2 and word[1] == "B" and printed.isascii()
    return not (printed[0].isupper() and printed[1] == "b") if is_size else len(word) > 3


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


_CHINESE_SCALES = ("百万亿", "十万亿", "万亿", "百亿", "十亿", "千亿", "千万", "百万", "十万", "亿", "万", "千", "百", "十")  # fmt: skip


def _scale_at(text: str, at: int) -> str:
    """The scale word at a place, as printed; empty if there is none."""
    if text[at : at + 1].isascii():
        end = at
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
        return text[at:end] if text[at:end].lower() in _ENGLISH_SCALES else ""
    return next((scale for scale in _CHINESE_SCALES if text.startswith(scale, at)), "")


@cache
def _marks() -> tuple[str, ...]:
    return tuple(sorted(PREFIXES, key=len, reverse=True))


def prefix_before(text: str, end: int) -> tuple[int, str]:
    """Where a currency mark that ends at ``end`` (a blank may follow it) begins, and the mark, empty if none does."""
    stop = end - 1 if text[end - 1 : end] == " " else end
    for mark in _marks():
        start = stop - len(mark)
        if start >= 0 and text.startswith(mark, start):
            joined = _is_latin(mark[0]) and _is_latin(text[start - 1 : start])
            if not joined:
                return start, mark
    return end, ""


def _scale_value(word: str) -> Decimal:
    english = _ENGLISH_SCALES.get(word.lower())
    return scale_of(word) if english is None else Decimal(int(Decimal(english)))


def match_unit(text: str, start: int) -> UnitMention | None:
    """The unit that begins at ``start`` of a folded text: scale, word, what it is per; None if none does.

    The longest that is well formed is taken: 亿元/万户, 百万美元, 元每GB, million users.
    """
    head = _match_word(text, start)
    if head is not None:
        return _with_denominators(text, head)
    scale_word = _scale_at(text, start)
    if not scale_word:
        return None
    scale, at = _scale_value(scale_word), start + len(scale_word)
    gap = at + 4 if text.startswith(" of ", at) else _skip_blank(text, at)
    head = _match_word(text, gap)
    if head is None:
        return UnitMention(_scaled(UNSTATED, scale, scale_word, ""), start, at)
    unit = _scaled(head.unit, scale, scale_word, text[gap : head.end])
    return _with_denominators(text, UnitMention(unit, start, head.end))


def _skip_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "\t") else at


def _match_word(text: str, at: int) -> UnitMention | None:
    word = _word_at(text, at)
    if not word:
        return None
    unit, end = words()[word], at + len(word)
    if unit.currency == "CNY" and text.startswith("人民币", end):
        end += len("人民币")
    return UnitMention(replace(unit, symbol=text[at:end]), at, end)


def _scaled(unit: Unit, scale: Decimal, scale_word: str, word: str) -> Unit:
    blank = " " if scale_word.isascii() and scale_word and word else ""
    return replace(unit, scale=unit.scale * scale, symbol=scale_word + blank + word)


def _with_denominators(text: str, mention: UnitMention) -> UnitMention:
    """The mention with what follows a slash, 每 or per; a slash before no unit stays outside."""
    per = _PER().match(text, mention.end)
    if per is None:
        return mention
    below = _denominator(text, per.end())
    if below is None:
        return mention
    symbol = f"{mention.unit.symbol}/{below.unit.symbol}"
    return UnitMention(replace(mention.unit, denominator=below.unit, symbol=symbol), mention.start, below.end)


def _denominator(text: str, at: int) -> UnitMention | None:
    """A unit after a slash, perhaps with a number before it (元/100万次)."""
    number = _COUNT().match(text, at)
    mention = match_unit(text, number.end() if number else at)
    if mention is None or not mention.unit.stated or number is None:
        return mention if mention is not None and mention.unit.stated else None
    count = parse_numeral(number.group())
    if count is None or count == 0:
        return None
    symbol = ("" if count == 1 else number.group()) + mention.unit.symbol
    return UnitMention(replace(mention.unit, scale=mention.unit.scale * count, symbol=symbol), at, mention.end)


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
    mark = next((mark for mark in _marks() if body.startswith(mark)), "")
    rest = match_unit(body, _skip_blank(body, len(mark))) if mark else None
    return prefixed(rest.unit, mark) if rest is not None and rest.end == len(body) else None


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
