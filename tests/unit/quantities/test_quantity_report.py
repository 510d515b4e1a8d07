"""The report of the corpus: every offset cuts its text, and what a reader knows of it is found."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from cloudqa.quantities import find_periods, read_quantities

ROOT = Path(__file__).parents[3]


@cache
def _report() -> str:
    return (ROOT / "corpus" / "2017-08-issue-08.md").read_text(encoding="utf-8")


def test_offsets_of_the_report() -> None:
    text = _report()
    reading = read_quantities(text)
    for found in (*reading.quantities, *reading.unread, *find_periods(text)):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("before", "figure", "value", "symbol", "qualifier"),
    [
        ("第二季度净营收为", "41.00亿美元", "41.00", "亿美元", None),
        ("2020年将达到", "290亿元人民币", "290", "亿元人民币", "预计"),
        ("平均每用户营收约", "0.24亿元", "0.24", "亿元", "约"),
        ("同时带动超过", "十万家", "10", "万家", "超过"),
        ("有望达到上", "万亿人民币", "1", "万亿人民币", "超过"),
        ("份额增长了近", "10个百分点", "10", "个百分点", "近"),
        ("EBITA margin）为", "-4%", "-4", "%", None),
        ("预估值为", "71.9亿美元", "71.9", "亿美元", "预计"),
        ("请求费用 ", "0.05元/万次", "0.05", "元/万次", "起"),
        ("造成近", "7000万美元", "7000", "万美元", "近"),
        ("联合", "30余家", "30", "家", "超过"),
    ],
)
def test_figures_of_the_report(before: str, figure: str, value: str, symbol: str, qualifier: str | None) -> None:
    text = _report()
    at = text.index(before + figure) + len(before)
    found = next(q for q in read_quantities(text).quantities if q.start == at)
    assert (found.text, str(found.value), found.unit.symbol, found.qualifier) == (figure, value, symbol, qualifier)


def test_what_the_report_says_vaguely_is_not_made_a_figure() -> None:
    unread = {u.text for u in read_quantities(_report()).unread}
    assert {"数十亿", "百万级", "11个9", "3个9", "4个9", "两个9"} <= unread


def test_reading_needs_nothing_heavy() -> None:
    code = (
        "import sys, cloudqa.quantities as q; q.find_quantities('2017Q3 为 24.31亿元'); "
        "print([m for m in ('numpy', 'opencc', 'torch', 'pydantic', 'cloudqa.settings') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "src", check=True)
    assert run.stdout.strip() == "[]"
