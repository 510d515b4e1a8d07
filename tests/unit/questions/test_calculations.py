"""Exact arithmetic with its formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cloudqa.facts.calculate import Figure, Op, UndefinedResultError, calculate, recompute


def figures(*values):
    return [Figure(Decimal(v), "亿元") for v in values]


@pytest.mark.parametrize(
    ("op", "values", "unit", "result", "formula"),
    [
        (Op.SUM, ("4.85", "6.49"), "亿元", "11.34", "4.85 + 6.49 = 11.34亿元"),
        (Op.DIFFERENCE, ("24.31", "12.43"), "亿元", "11.88", "24.31 − 12.43 = 11.88亿元"),
        (Op.DIFFERENCE, ("2", "-3.5"), "亿元", "5.5", "2 − (-3.5) = 5.5亿元"),
        (Op.MEAN, ("1", "2"), "亿元", "1.5", "(1 + 2) ÷ 2 = 1.5亿元"),
        (Op.GROWTH, ("24.31", "12.43"), "%", "95.575221238938", "24.31 ÷ 12.43 − 1 = 95.58%"),
        (Op.RATIO, ("0.13", "0.06"), "倍", "2.166666666667", "0.13 ÷ 0.06 = 2.17倍"),
        (Op.CAGR, ("14.9", "2.85", "2"), "%", "128.649735959581", "(14.9 ÷ 2.85)^(1/2) − 1 = 128.65%"),
    ],
)
def test_result_and_formula(op, values, unit, result, formula):
    done = calculate(op, figures(*values), unit)
    assert done.result.value == Decimal(result)
    assert done.result.unit == unit
    assert done.formula == formula
    assert recompute(op, [Decimal(v) for v in values]) == done.result.value


def test_asked_decimals_are_shown_and_the_value_is_kept():
    done = calculate(Op.GROWTH, figures("5.73", "3.42"), "%", decimals_shown=1)
    assert done.formula == "5.73 ÷ 3.42 − 1 = 67.5%"
    assert done.result.value == Decimal("67.543859649123")


NO_RESULT = [(Op.RATIO, ("1", "0")), (Op.GROWTH, ("1", "-2")), (Op.CAGR, ("1", "0", "2"))]


@pytest.mark.parametrize(("op", "values"), NO_RESULT)
def test_no_meaningful_result(op, values):
    with pytest.raises(UndefinedResultError):
        calculate(op, figures(*values), "%")


def test_how_many_times_more_leaves_the_base_out():
    done = calculate(Op.EXCESS, figures("24", "3"), "倍")
    assert done.result.value == 7
    assert done.formula == "24 ÷ 3 − 1 = 7倍"
