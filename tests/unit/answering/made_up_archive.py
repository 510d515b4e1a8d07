"""A made-up archive of tables and sentences from other fields, and the store built from it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cloudqa.documents import Document
from cloudqa.documents.reader import read_document
from cloudqa.facts.schema import create
from cloudqa.facts.store import FactStore
from cloudqa.facts.writer import FactWriter

HOSPITALS = """# 卫生统计月报

2021年3月第3期

## 床位情况

**表1　城东医院、滨河医院季度运行数据**

| 医院 | 指标 | 2020Q1 | 2020Q2 | 2020Q3 | 2020Q4 | 2021Q1 |
|---|---|---|---|---|---|---|
| 城东医院 | 开放床位（张） | 820 | 840 | 860 | 900 | 930 |
| 城东医院 | 门诊收入（万元） | 1,250 | 1,310 | 1,420 | 1,505 | 1,580① |
| 城东医院 | 结余（万元） | (120) | (35) | 60 | 85 | N/A |
| 滨河医院 | 开放床位（张） | 610 | 612 | 640 | 655 | 655 |
| 滨河医院 | 门诊收入（万元） | 980 | 1,005 | 1,090 | 1,120 | 1,060 |
| 滨河医院 | 结余（万元） | 45 | 52 | 38 | 70 | 66 |

注：括号内为负数；“N/A”表示未提供。

① 含体检中心并入的收入80万元。

## 设备

**表2　各科室设备台账**

| 科室 | 负责人 | 设备数（台） | 购置日期 | 状态 |
|---|---|---|---|---|
| 放射科 | 林岚 | 14 | 2015-06-01 | 在用 |
| 检验科 | 周牧 | 31 | 2018-03-12 | 在用 |
| 口腔科 | 何川 | 9 | 2012-11-20 | 停用 |
| 急诊科 | 许望 | 22 | 2019-09-05 | 在用 |
| 合计 | | 76 | | |
"""

STEEL = """# 钢铁观察

2022年2月第2期

## 产量与价格

**表1　华岭钢厂年度经营数据**

| 年份 | 粗钢产量（万吨） | 营业收入（亿元） | 出口量占产量百分比 |
|---|---|---|---|
| 2017年 | 410 | 152.4 | 12.5% |
| 2018年 | 436 | 168.9 | 11.8% |
| 2019年 | 452 | 171.2 | 10.4% |
| 2020年 | 438 | 160.7 | 8.9% |
| 2021年 | 471 | 205.3 | 9.6% |

华岭钢厂2021年粗钢产量为471万吨，同比增长7.5%。

北坡钢厂2021年营业收入为98.6亿元，比上年的90.1亿元增长9.4%；南湾钢厂毛利率升至14.2%。

## 仓储价目

**表2　云港仓库租用价目**

| 项目 | 常温库 | 冷藏库 | 冷冻库 |
|---|---|---|---|
| 价目 | 存放费用: 2.5元/吨 起 搬运费用: 12元/百件 | 存放费用: 4.0元/吨 起 搬运费用: 15元/百件 | 存放费用: 6.2元/吨 起 搬运费用: 18元/百件 |
| 温度 | 常温 | 零上 | 零下 |
"""  # noqa: E501

HOUSING = """# 房产周报

2021年6月第6期

## 清江市楼市

**表1　清江市2021年05月商品房成交价格表**

| 项目名称 | 区域 | 成交均价 | 成交套数 | 开发企业 | 类别 |
|---|---|---|---|---|---|
| 望江名邸 | 清江市南岸区 | 21500.5 | 64 | 望江置业有限公司 | 高层 |
| 栖云小筑 | 清江市南岸区 | 18320.0 | 120 | 栖云地产有限公司 | 洋房 |
| 枫桥雅苑 | 清江市北岸区 | 15880.0 | 75 | 枫桥集团有限公司 | 高层 |
| 东篱新居 | 清江市北岸区 | 14260.3 | 75 | 东篱建设有限公司 | 高层 |
| 竹溪公馆 | 清江市北岸区 | 26700.0 | 18 | 竹溪控股有限公司 | 别墅 |

**表2　清江市2021年04月商品房成交价格表**

| 项目名称 | 区域 | 成交均价 | 成交套数 | 开发企业 | 类别 |
|---|---|---|---|---|---|
| 望江名邸 | 清江市南岸区 | 20900.0 | 51 | 望江置业有限公司 | 高层 |
| 枫桥雅苑 | 清江市北岸区 | 15910.0 | 66 | 枫桥集团有限公司 | 高层 |
"""

CROPS = """# Crop Bulletin

2020 issue 4

## Harvest

Table 1 Green Valley harvest by year

| Year | Wheat output (tonnes) | Sown area (hectares) | Export share |
|---|---|---|---|
| 2016 | 1200 | 300 | 21.5% |
| 2017 | 1350 | 310 | 24.0% |
| 2018 | 1290 | 305 | 22.8% |
| 2019 | 1505 | 330 | 25.1% |
"""

REPORTS = {"hospitals": HOSPITALS, "steel": STEEL, "housing": HOUSING, "crops": CROPS}


class MadeUpSources:
    """The texts of the made-up reports."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self._documents = documents

    def text_of(self, report: str) -> str:
        return self._documents[report].text

    def issue_of(self, report: str) -> str:
        return self._documents[report].metadata.title

    def page_at(self, report: str, offset: int) -> int | None:
        return None

    def section_at(self, report: str, offset: int) -> tuple[str, ...]:
        return ()


def build_archive(folder: Path, reports: dict[str, str] = REPORTS) -> tuple[FactStore, MadeUpSources]:
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    documents = {}
    for name, text in reports.items():
        path = folder / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        documents[name] = read_document(path, folder)
        writer.add_document(documents[name])
    return FactStore(connection), MadeUpSources(documents)
