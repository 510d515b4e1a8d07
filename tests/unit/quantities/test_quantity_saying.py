from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudqa.quantities import (
    find_asked_decimals,
    find_asked_units,
    find_quantities,
    parse_unit,
    round_half_up,
    say,
    say_converted,
    say_number,
    say_quantity,
)


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("41", 2, "41.00"),
        ("95.575", 2, "95.58"),
        ("2.5", 0, "3"),
        ("-0.001", 2, "0.00"),
        ("1E+3", None, "1000"),
        ("41.00", None, "41.00"),
        ("0", None, "0"),
    ],
)
def test_rounding_and_digits(value: str, decimals: int | None, said: str) -> None:
    assert say_number(Decimal(value), decimals) == said


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 5))
def test_rounding_moves_by_half_a_unit_at_most(value: Decimal, decimals: int) -> None:
    assert abs(round_half_up(value, decimals) - value) * 2 <= Decimal(10) ** -decimals


def test_figures_with_units() -> None:
    assert say(Decimal("24.31"), parse_unit("亿元")) == "24.31亿元"
    assert say(Decimal("3.2"), parse_unit("US$ billion"), 2) == "3.20 billion USD"
    assert say(Decimal(243100), parse_unit("万元"), grouped=True) == "243,100万元"
    assert say_converted(Decimal("24.31"), parse_unit("亿元"), parse_unit("万元")) == "243100万元"
    assert say_converted(Decimal("0.2087"), parse_unit("亿元/万户"), parse_unit("元/户"), 2) == "2087.00元/户"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("超过10%", "超过10%"),
        ("0.13元/GB 起", "0.13元/GB 起"),
        ("约2.70亿元", "约2.70亿元"),
        ("预计将超过2000亿元", "预计超过2000亿元"),
        ("预计达3亿元", "预计3亿元"),
        ("4个百分点", "4个百分点"),
        ("十余家", "超过10家"),
    ],
)
def test_saying_what_was_read(text: str, said: str) -> None:
    assert say_quantity(find_quantities(text)[0]) == said


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("营收多少亿元？", [("亿元", False)]),
        ("每个付费用户贡献营收折合多少元？", [("元", True)]),
        ("提高了多少个百分点？", [("百分点", False)]),
        ("增长了百分之几？", [("%", False)]),
        ("是近线的几倍？", [("倍", False)]),
        ("标准存储多少钱1gb", [("钱", False)]),
        ("in USD", [("USD", True)]),
        ("以万元为单位", [("万元", True)]),
        ("有多少万付费用户", [("万", False)]),
        ("应用场景", []),
        ("付费用户折合", []),
        ("第几期", []),
        ("哪几个城市", []),
        ("收入多少 美金", [("美金", False)]),
    ],
)
def test_units_a_question_asks_for(question: str, units: list[tuple[str, bool]]) -> None:
    asked = find_asked_units(question)
    assert [(a.unit.symbol, a.converts) for a in asked] == units
    assert all(question[a.start : a.end] == a.text for a in asked)


@pytest.mark.parametrize(
    ("question", "decimals"),
    [
        ("保留两位小数", 2),
        ("结果保留1位", 1),
        ("精确到小数点后三位", 3),
        ("四舍五入取整", 0),
        ("to two decimals", 2),
        ("保留三位有效数字", None),
        ("收入是多少", None),
    ],
)
def test_decimals_a_question_asks_for(question: str, decimals: int | None) -> None:
    asked = find_asked_decimals(question)
    assert (asked and asked.decimals) == decimals
