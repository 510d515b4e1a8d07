from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudqa.quantities import (
    Dimension,
    Unit,
    UnitMismatchError,
    UnknownUnitError,
    convert,
    convertible,
    find_quantities,
    find_unit,
    header_units,
    parse_unit,
)

SYMBOLS = [
    ("(亿元)", "money", "CNY", 10**8),
    ("（万户）", "count", "", 10**4),
    ("百万美元", "money", "USD", 10**6),
    ("( 亿 元)", "money", "CNY", 10**8),
    ("单位：万元", "money", "CNY", 10**4),
    ("人民币亿元", "money", "CNY", 10**8),
    ("亿元（人民币）", "money", "CNY", 10**8),
    ("RMB million", "money", "CNY", 10**6),
    ("US$ million", "money", "USD", 10**6),
    ("億港元", "money", "HKD", 10**8),
    ("%", "percent", "", Decimal("0.01")),
    ("％", "percent", "", Decimal("0.01")),
    ("个百分点", "percentage_point", "", Decimal("0.01")),
    ("百分点", "percentage_point", "", Decimal("0.01")),
    ("倍", "times", "", 1),
    ("GB", "data_size", "", 1024**3),
    ("TB", "data_size", "", 1024**4),
    ("PB", "data_size", "", 1024**5),
    ("EB", "data_size", "", 1024**6),
    ("万", "unstated", "", 10**4),
    ("", "unstated", "", 1),
    ("人", "people", "", 1),
    ("千瓦时", "energy", "", 1),
    ("万千瓦", "power", "", 10**7),
    ("千克", "weight", "", 1),
    ("万平方米", "area", "", 10**4),
    ("公里", "length", "", 1000),
    ("天", "duration", "", 86400),
    ("million users", "count", "", 10**6),
]
CONVERTIBLE = [
    ("亿元", "元"),
    ("万元", "亿元"),
    ("GB", "EB"),
    ("元/GB", "元/TB"),
    ("亿元/万户", "元/户"),
    ("元/万次", "元/次"),
    ("天", "小时"),
    ("周", "秒"),
    ("%", "倍"),
    ("万户", "户"),
    ("万", ""),
    ("平方米", "公顷"),
    ("个百分点", "个基点"),
    ("百万美元", "亿美元"),
    ("年", "个月"),
]
APART = [
    ("亿元", "亿美元"),
    ("港元", "元"),
    ("%", "个百分点"),
    ("元/GB", "元"),
    ("元/GB", "元/次"),
    ("家", "件"),
    ("GB", "天"),
    ("万", "万元"),
    ("月", "天"),
    ("户", "人"),
    ("倍", "个百分点"),
]


@pytest.mark.parametrize(("text", "dimension", "currency", "scale"), SYMBOLS)
def test_header_units(text: str, dimension: str, currency: str, scale: Decimal) -> None:
    unit = parse_unit(text)
    assert (unit.dimension, unit.currency, unit.scale) == (dimension, currency, scale)


@pytest.mark.parametrize("text", ["元每", "云", "Standard", "Gb", "亿云", "元/", "2017"])
def test_what_is_no_unit_is_said_with_the_text(text: str) -> None:
    assert find_unit(text) is None
    with pytest.raises(UnknownUnitError, match=text.replace("/", "/")):
        parse_unit(text)


def test_compound_units_keep_both_sides() -> None:
    unit = parse_unit("亿元/万用户")
    assert (unit.symbol, unit.scale, unit.currency) == ("亿元/万用户", 10**8, "CNY")
    assert unit.denominator == Unit(Dimension.COUNT, scale=Decimal(10**4), noun="户")
    assert unit.numerator == parse_unit("亿元")
    assert unit == parse_unit("亿元/万户")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6), st.sampled_from(CONVERTIBLE))
def test_converting_there_and_back_is_exact(value: Decimal, pair: tuple[str, str]) -> None:
    one, other = parse_unit(pair[0]), parse_unit(pair[1])
    assert convert(convert(value, one, other), other, one) == value


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_does_not_convert_raises(one: str, other: str) -> None:
    a, b = parse_unit(one), parse_unit(other)
    assert not convertible(a, b)
    assert not convertible(b, a)
    with pytest.raises(UnitMismatchError):
        convert(Decimal(1), a, b)


@pytest.mark.parametrize(
    ("value", "one", "other", "expected"),
    [
        ("24.31", "亿元", "元", "2431000000"),
        ("24.31", "亿元", "万元", "243100"),
        ("10", "TB", "GB", "10240"),
        ("0.13", "元/GB", "元/TB", "133.12"),
        ("0.2087", "亿元/万户", "元/户", "2087"),
        ("96", "%", "倍", "0.96"),
        ("1", "EB", "PB", "1024"),
        ("0.01", "元/万次", "元/次", "0.000001"),
        ("4", "个百分点", "个基点", "400"),
    ],
)
def test_conversions(value: str, one: str, other: str, expected: str) -> None:
    assert str(convert(Decimal(value), parse_unit(one), parse_unit(other))) == expected


def test_base_values_have_no_exponent() -> None:
    bases = [str(q.base()) for q in find_quantities("2.7亿元，48%，1EB，0.01元/万次")]
    assert bases == ["270000000", "0.48", "1152921504606846976", "0.000001"]


def test_units_in_headers_are_found_at_their_place() -> None:
    header = "阿尔法总 营收 ( 亿 元)　平均每万用 户（万元/户） 说明 (Standard)"
    assert [(u.unit.symbol, header[u.start : u.end]) for u in header_units(header)] == [
        ("亿元", "亿 元"),
        ("万元/户", "万元/户"),
    ]
    assert [u.unit.symbol for u in header_units("单位：百万美元")] == ["百万美元"]
