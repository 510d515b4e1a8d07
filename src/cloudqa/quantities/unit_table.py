"""The words units, currencies and counters are written with."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from cloudqa.quantities.unit import Dimension, Unit

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
    "吨公里": "吨公里", "人公里": "人公里",
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
    (Dimension.CALENDAR, "12", ("周年", "年", "个财年", "年度", "财年", "周岁", "岁", "years", "year")),
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
