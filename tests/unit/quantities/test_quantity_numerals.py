"""Numerals written and read back; the writer is only here."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudqa.quantities import find_quantities, parse_numeral

DIGITS = "零一二三四五六七八九"


def spell_section(n: int, *, inner: bool = False) -> str:
    """A number below 10000 in numerals; inside a longer numeral ten is 一十."""
    out, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            out += ("零" if gap and (out or inner) else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out if inner or not out.startswith("一十") else out[1:]


def spell(n: int) -> str:
    if n == 0:
        return "零"
    out = ""
    for place, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = n // place % 10000 if place < 10**8 else n // place
        if not section:
            continue
        written = spell(section) if section >= 10000 else spell_section(section, inner=bool(out))
        if out and section < 1000 and not written.startswith("零"):
            written = "零" + written
        out += written + name
    return out


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_spelled_number_reads_back(n: int) -> None:
    assert parse_numeral(spell(n)) == n


@given(st.integers(min_value=2, max_value=10**8 - 1))
def test_a_spelled_count_in_a_sentence_is_found_whole(n: int) -> None:
    numeral = spell(n)
    found = find_quantities(f"共有{numeral}家。")
    if numeral in ("百", "千", "万") or (set(numeral) <= set("一二三四五六七八九") and len(numeral) > 1):
        return
    assert [(q.base(), q.text) for q in found] == [(Decimal(n), f"{numeral}家")]


@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False), st.sampled_from(["万", "亿", "万亿"]))
def test_an_arabic_coefficient_keeps_its_digits(value: Decimal, scale: str) -> None:
    (figure,) = find_quantities(f"为{value}{scale}元")
    assert (str(figure.value), figure.decimals, figure.unit.symbol) == (str(value), 3, f"{scale}元")


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousand_separators_do_not_change_a_value(n: int) -> None:
    (figure,) = find_quantities(f"为{n:,}元")
    assert figure.value == n


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百五", 150),
        ("三千五", 3500),
        ("一万五", 15000),
        ("一万零五百", 10500),
        ("两千三百万", 23000000),
        ("一万五千亿", 1500000000000),
        ("1亿3000万", 130000000),
        ("2.7亿", 270000000),
        ("负四", -4),
        ("二〇一七", 2017),
        ("壹佰贰拾", 120),
        ("十万亿", 10**13),
    ],
)
def test_numerals(numeral: str, value: int) -> None:
    assert parse_numeral(numeral) == value


@pytest.mark.parametrize(
    "numeral", ["", "万", "一亿三千亿", "三万五万", "十百", "零零五百", "五兆", "两两百", "负负三"]
)
def test_ill_formed_numerals_are_none(numeral: str) -> None:
    assert parse_numeral(numeral) is None
