"""Whether two periods are the same stretch, however each is written."""

from itertools import product

import pytest

from cloudqa.quantities import parse_period

SPELLED = (
    "2016年", "FY2016", "2016财年", "2016年末", "2016年初", "2017年", "2016年上半年", "2016Q2", "FY2016Q2",
    "2016年6月", "2016年7月", "2016年6月16日", "2016Q1-Q2", "2016年1-6月",
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(product(SPELLED, repeat=2)))
def test_the_same_days_of_calendars_that_go_together(one, other):
    first, second = parse_period(one), parse_period(other)
    same_days = first.span == second.span and (first.edge is None) == (second.edge is None)
    assert first.matches(second) == (same_days and first.compatible(second))
    assert first.matches(second) == second.matches(first)


def test_other_ways_to_write_a_period_match_it():
    assert parse_period("2016年上半年").matches(parse_period("2016Q1-Q2"))
    assert parse_period("2016年").matches(parse_period("FY2016"))
    assert not parse_period("2016年6月").matches(parse_period("2016年7月"))
    assert not parse_period("2016年").matches(parse_period("2016年末"))
    assert not parse_period("FY2016Q1-Q2").matches(parse_period("2016年1-6月"))
