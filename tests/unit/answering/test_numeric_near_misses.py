"""Questions that name a near but other entity, metric, unit, period or currency, on a made-up report."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_up_archive import build_archive

from cloudqa.answering.answer import AnswerKind
from cloudqa.answering.numeric import answer_numeric

HARBOURS = """# 港航月报

2020年11月第11期

## 要闻

海宁港公布了2020财年第三季度财报。财报显示，海宁港营收为8.40亿元人民币（1.20亿美元），同比增长21%。清河港季度营收同比增长35%，毛利率增至18%；北屿航运平台Harbora季度营收同比增长64%；东泊港季度营收同比增长27%。

2020年专利申请数量已达到90件，其中海宁机械申请量为31件，东渡重工22件，云桥船舶科技14件。

预计海宁港的市场份额将从当前的46%下降至38%。

北岬、南岬、东岬分别以21家、13家和9家企业位列国内船厂企业数量最多的三座城市。

船舶设计公司Keelworks获得5500万元B轮融资。

## 数据

**表1　海宁港2019财年和2020财年各季度数据**

| 季度 | 货运收入（亿元） | 总收入（亿元） | 货运占总收入百分比 | 签约船东数（万） |
|---|---|---|---|---|
| 2019Q1 | 6.10 | 40.10 | 15.21% | 10.2 |
| 2019Q2 | 6.55 | 41.00 | 15.98% | 11.0 |
| 2019Q3 | 6.93 | 42.50 | 16.31% | 11.9 |
| 2019Q4 | 7.20 | 45.00 | 16.00% | 12.4 |
| 2020Q1 | 7.48 | 44.10 | 16.96% | 13.3 |
| 2020Q2 | 7.95 | 46.20 | 17.21% | 14.1 |
| 2020Q3 | 8.40 | 47.30 | 17.76% | 15.6 |

**表2　海宁港2020财年货运收入同比增长百分比**

| 季度 | 同比增长百分比 |
|---|---|
| 2020Q2 | 21.37% |
| 2020Q3 | 21.21% |

**表3　白礁港2020年数据**

| 季度 | 净利润（万元） | 营业收入（万元） |
|---|---|---|
| 2020Q1 | 312 | 80 |
| 2020Q2 | 340 | 82 |

**表4　堆场价目**

| 项目 | 标准堆场 | 冷藏堆场 |
|---|---|---|
| 条件 | 最低堆存时间: 7天 堆存费用: 3元/吨 | 最低堆存时间: 20天 堆存费用: 5元/吨 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    store, sources = build_archive(tmp_path_factory.mktemp("harbours"), {"harbours": HARBOURS})
    return lambda question: answer_numeric(question, store, sources)


ANSWERED = [
    ("清河港毛利率是多少", "18", "%"),
    ("白礁港2020Q1净利润是多少", "312", "万元"),
    ("清河港季度营收同比增长多少", "35", "%"),
    ("Harbora季度营收同比增长多少", "64", "%"),
    ("北屿Harbora季度营收同比增长多少", "64", "%"),
    ("云桥船舶和东渡重工谁的专利多", "22", "件"),
    ("东渡重工和海宁机械谁的专利申请量更少", "22", "件"),
    ("海宁港2020财年第三季度货运收入是多少美元", "1.20", "亿美元"),
    ("海宁港2020财年第三季度货运收入折合美元是多少", "1.20", "亿美元"),
    ("海宁港2020财年第三季度货运收入折合多少万元", "84000", "万元"),
    ("2020Q3货运收入占总收入的比重比2019Q3高多少个百分点", "1.45", "百分点"),
    ("海宁港2020Q3签约船东数环比增加了多少万", "1.5", "万"),
    ("海宁港2020Q3签约船东数环比增长百分之几", "10.64", "%"),
    ("海宁港市场份额预计会降到多少", "38", "%"),
    ("预计海宁港的市场份额将降到多少", "38", "%"),
    ("冷藏堆场最低堆存时间是几天？", "20", "天"),
]


@pytest.mark.parametrize(("question", "value", "unit"), ANSWERED)
def test_the_figure_asked_for_is_given_in_the_unit_asked_for(ask, question, value, unit):
    answer = ask(question)
    assert answer is not None
    assert not answer.refused, answer.answer
    shown = answer.value.quantize(Decimal(value)) if answer.value is not None else None
    assert (shown, answer.unit) == (Decimal(value), unit)


REFUSED = [
    "清河港营收多少",
    "清河港季度净利润是多少",
    "清河海航季度营收同比增长多少",
    "清河港毛利率是多少亿元",
    "海宁港2020Q2货运收入折合多少美元",
    "东泊港季度毛利率是多少",
    "海宁机械和西渡重工谁的专利多",
    "东泊港预计收入多少",
    "Keelworks的A轮融资多少",
    "白礁港2020Q1营业利润是多少",
]


@pytest.mark.parametrize("question", REFUSED)
def test_a_near_but_other_thing_is_refused(ask, question):
    answer = ask(question)
    assert answer is None or answer.refused, answer.answer


def test_the_greater_of_two_is_named(ask):
    assert "东渡重工" in ask("云桥船舶和东渡重工谁的专利多").answer


def test_a_year_taken_as_a_fiscal_year_is_said(ask):
    answer = ask("海宁港2019年货运收入是多少？")
    assert answer.value == Decimal("26.78")
    assert answer.caveats == ("“2019年”按报告的财年计，不是自然年。",)
    assert ask("海宁港2019财年货运收入是多少？").caveats == ()


def test_what_has_risen_is_not_said_to_have_fallen(ask):
    answer = ask("海宁港2020Q3货运收入环比下降了多少")
    assert answer.kind is AnswerKind.CORRECTION
    assert "货运收入并未下降，而是上升：8.40 ÷ 7.95 − 1 = 5.66%。" in answer.answer


def test_a_change_stated_twice_is_given_with_both_places(ask):
    answer = ask("海宁港2020Q3货运收入同比增长多少")
    assert answer.value.quantize(Decimal("0.01")) == Decimal("21.21")
    assert "报道称21%，表2为21.21%。" in answer.answer
    quotes = [c.quote for c in answer.citations]
    assert any("同比增长21%" in q for q in quotes)
    assert any("21.21%" in q for q in quotes)
