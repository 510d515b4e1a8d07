"""A table of prices before and after a change: which of the two holds on the day asked."""

from decimal import Decimal

import pytest

from cloudqa.answering import Assistant
from cloudqa.facts.measures import Side, side_of
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

FIRST = """# 港口观察 2019年第1期（2019年1月）

## 价格

北港宣布，自2019年2月1日起调整仓储价格，调整前后的价格见表1。

表1 北港仓储价格（元/吨/月）

| 货类 | 调整前 | 调整后 |
|---|---|---|
| 散粮 | 14 | 12 |
| 钢材 | 9 | 8.5 |
"""
SECOND = """# 港口观察 2019年第4期（2019年4月）

## 价格一览

自2019年4月1日起执行的北港仓储价格：

| 货类 | 价格（元/吨/月） |
|---|---|
| 散粮 | 11 |
| 钢材 | 8.5 |
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prices")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "2019-01.md").write_text(FIRST, encoding="utf-8")
    (folder / "corpus" / "2019-04.md").write_text(SECOND, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    rebuild(settings)
    return Assistant.open(settings)


@pytest.mark.parametrize(
    ("header", "side"),
    [
        ("调整前", Side.BEFORE),
        ("调价 后", Side.AFTER),
        ("原价", Side.BEFORE),
        ("新标准", Side.AFTER),
        ("价格", None),
        ("前三名", None),
    ],
)
def test_sides_of_a_change(header, side):
    assert side_of(header) is side


@pytest.mark.parametrize("question", ["北港散粮降了多少钱？", "北港散粮的仓储价格下降了多少？"])
def test_a_price_is_no_reduction(archive, question):
    assert archive.ask(question).value in (None, Decimal(1), Decimal(2), Decimal(3))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("北港散粮2019年1月的仓储价格是多少？", "14"),
        ("北港散粮2019年3月的仓储价格是多少？", "12"),
        ("北港散粮2019年5月的仓储价格是多少？", "11"),
        ("北港散粮的仓储价格是多少？", "11"),
    ],
)
def test_the_price_in_force_on_the_day_asked(archive, question, value):
    assert archive.ask(question).value == Decimal(value)
