"""A made-up archive of two issues for what is done with figures: gaps, losses, nothings, hedges, contradictions."""

from __future__ import annotations

from cloudqa.answering import Assistant
from cloudqa.facts import Fact
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

FIRST = """# 松柏观察

2017年第3期

## 一、经营

松田云2017年第一季度收入约为41.5亿元。

预计柏川云2018年收入为1,200万元。

表 1 季度经营数据

| 公司 | 指标 | 2016Q1 | 2016Q2 | 2016Q4 | 2017Q1 | 2017Q2 |
|---|---|---|---|---|---|---|
| 松田云 | 净利润（万元） | 800 | (2,145) | — | 1,240 | 125.5 |
| 松田云 | 毛利率 | 20.0% | 21.4% | 22.0% | 23.55% | 21.0% |
| 柏川云 | 净利润（万元） | 3,000 | 3,610 | 4,025 | 3,055 | N/A |
| 柏川云 | 备注 | 平稳 | =1+1 | 平稳 | | @x |

## 二、机房

表 2 各地机房

| 城市 | 机房数(个) | 单价(元/月) |
|---|---|---|
| 松城 | 12 | 1,999.50 |
| 柏城 | 9 | 无 |
| 桦城 | 30 | 20.25 |
"""

SECOND = """# 松柏观察

2017年第4期

## 一、更正

表 1 季度经营数据

| 公司 | 指标 | 2017Q2 | 2017Q3 |
|---|---|---|---|
| 松田云 | 净利润（万元） | 130 | 260 |
| 松田云 | 毛利率 | 21.0% | 30.0% |
| 柏川云 | 净利润（万元） | 3,666 | 0.4亿元 |
| 柏川云 | 毛利率 | 11.0% | 12.0% |
"""


def make_archive(folder) -> Settings:
    """The archive, indexed."""
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "songbai-03.md").write_text(FIRST, encoding="utf-8")
    (corpus / "songbai-04.md").write_text(SECOND, encoding="utf-8")
    settings = Settings(corpus=corpus, index=folder / "index")
    rebuild(settings)
    return settings


def open_archive(folder) -> Assistant:
    """An assistant over the archive."""
    return Assistant.open(make_archive(folder))


def the_fact(facts, entity: str, metric: str, period: str, report: str = "songbai-03") -> Fact:
    """The one fact of these names in a table of a report."""
    found = [
        f
        for f in facts
        if (f.entity, f.metric, f.period and f.period.label, f.report) == (entity, metric, period, report)
        and f.table is not None
    ]
    assert len(found) == 1, [f.id for f in found]
    return found[0]
