from __future__ import annotations

from decimal import Decimal

import pytest

from cloudqa.quantities import CellKind, PeriodKind, Qualifier, parse_cell, parse_unit

NUMBERS = [
    ("24.31", "24.31", "", ()),
    ("1.69%", "1.69", "%", ()),
    ("(2,145)", "-2145", "", ()),
    ("（1,870）②", "-1870", "", ("②",)),
    ("5.73①", "5.73", "", ("①",)),
    ("11*", "11", "", ("*",)),
    ("5.2 [1]", "5.2", "", ("[1]",)),
    ("7.5²", "7.5", "", ("²",)),
    ("3（注1）", "3", "", ("（注1）",)),
    ("0", "0", "", ()),
    ("-4%", "-4", "%", ()),
    ("−4", "-4", "", ()),
    ("(4%)", "-4", "%", ()),
    ("(4)%", "-4", "%", ()),
    ("30天", "30", "天", ()),
    ("0.13元/GB 起", "0.13", "元/GB", ()),
    ("1,234.5万", "1234.5", "万", ()),
    ("123.45亿", "123.45", "亿", ()),
    ("约50%", "50", "%", ()),
    ("12", "12", "", ()),
    ("１，２３４", "1234", "", ()),
    ("99.999999999%", "99.999999999", "%", ()),
    ("12 m²", "12", "m²", ()),
    ("+5%", "5", "%", ()),
    ("3.59亿美元", "3.59", "亿美元", ()),
    ("41.00", "41.00", "", ()),
]


@pytest.mark.parametrize(("text", "value", "symbol", "notes"), NUMBERS)
def test_numbers(text: str, value: str, symbol: str, notes: tuple[str, ...]) -> None:
    cell = parse_cell(text)
    assert cell.kind is CellKind.NUMBER
    assert cell.quantity is not None
    assert (str(cell.quantity.value), cell.quantity.unit.symbol, cell.notes) == (value, symbol, notes)
    assert text[cell.quantity.start : cell.quantity.end] == cell.quantity.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("　", "blank"),
        ("—", "dash"),
        ("——", "dash"),
        ("-", "dash"),
        ("–", "dash"),
        ("/", "dash"),
        ("N/A", "not_available"),
        ("n.a.", "not_available"),
        ("未披露", "not_available"),
        ("不适用", "not_available"),
        ("暂无数据", "not_available"),
        ("0", "number"),
        ("无", "text"),
        ("按量收费 (GB)", "text"),
        ("同比增长96%", "text"),
        ("3:1", "text"),
        ("持久性: 99.9% 可用性: 99%", "text"),
        ("2017Q3", "period"),
        ("2015-06-18", "period"),
        ("2016年末", "period"),
        ("10~20", "range"),
        ("60%-70%", "range"),
        ("数十亿", "text"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert parse_cell(text).kind == kind


def test_a_range_has_two_ends() -> None:
    cell = parse_cell("10~20亿元")
    assert cell.quantity is not None
    assert cell.last is not None
    assert [(str(q.value), q.unit.symbol) for q in (cell.quantity, cell.last)] == [("10", "亿元"), ("20", "亿元")]


def test_the_header_unit_goes_to_a_bare_number_only() -> None:
    bare, scaled, own = (parse_cell(text, parse_unit("元")).quantity for text in ("24.31", "87.4万", "96%"))
    assert bare
    assert scaled
    assert own
    assert (bare.unit.symbol, scaled.unit.symbol, own.unit.symbol) == ("元", "万元", "%")
    assert scaled.base() == Decimal(874000)


def test_four_digits_may_be_a_year() -> None:
    cell = parse_cell("2016")
    assert (cell.kind, cell.period and cell.period.label, cell.quantity and cell.quantity.value) == (
        CellKind.PERIOD,
        "2016",
        Decimal(2016),
    )
    assert parse_cell("2016", parse_unit("人")).kind is CellKind.NUMBER


def test_a_floor_price_is_one() -> None:
    cell = parse_cell("0.06元/GB 起")
    assert cell.quantity is not None
    assert (cell.quantity.qualifier, cell.quantity.qualifier_text) == (Qualifier.FROM, "起")


def test_a_date_cell() -> None:
    period = parse_cell("2015-06-18").period
    assert period is not None
    assert (period.kind, period.label) == (PeriodKind.DAY, "2015-06-18")
