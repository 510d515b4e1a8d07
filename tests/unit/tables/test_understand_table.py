"""Tables are understood by structure: made-up ones, the real report's, the samples'."""

from decimal import Decimal
from pathlib import Path

import pytest

from cloudqa.documents import read_document
from cloudqa.quantities import Period, PeriodKind, Quantity
from cloudqa.tables import Absence, CellRole, ColumnKind, ColumnRole, understand_table

ROOT = Path(__file__).parents[3]


@pytest.fixture
def understood(tmp_path):
    def understand(text, number=0):
        path = tmp_path / "2019-03-test.md"
        path.write_text(text, encoding="utf-8")
        document = read_document(path, tmp_path)
        return understand_table(document.tables[number], document), document

    return understand


@pytest.fixture(scope="module")
def report():
    path = ROOT / "corpus" / "2017-08-issue-08.md"
    document = read_document(path, path.parent)
    return [understand_table(raw, document) for raw in document.tables], document


def figures(table, row):
    return [
        [(v.key, v.value.value, v.value.unit.symbol) for v in cell.values if isinstance(v.value, Quantity)]
        for cell in table.cells[row]
    ]


def quarter(year, number):
    return Period(year, PeriodKind.QUARTER, number)


def test_ocr_blanks_in_headers_are_closed_and_units_found(report):
    table = report[0][0]
    assert [(c.metric, c.unit.symbol if c.unit else "") for c in table.columns[1:]] == [
        ("云收入", "亿元"),
        ("阿里巴巴总营收", "亿元"),
        ("阿里云占阿里总营收百分比", ""),
        ("付费用户数", "万"),
        ("平均每万用户营收", "亿元/万用户"),
    ]
    assert [row.period for row in table.rows[:2]] == [quarter(2015, 2), quarter(2015, 3)]
    assert table.rows[-1].period == quarter(2018, 1)
    assert table.context.fiscal is True
    assert table.not_understood == ()


def test_every_figure_of_the_first_table(report):
    text = """2.85 168.29 1.69|3.62 261.79 1.38|3.88 174.25 2.23|4.85 202.45 2.40|6.49 221.71 2.93 31.1 0.2087
8.19 345.43 2.37 38.3 0.2138|10.66 241.84 4.41 51.3 0.2078|12.43 321.54 3.87 57.7 0.2154|14.9 342.92 4.35 65.1 0.2289
17.64 532.48 3.31 76.5 0.2306|21.63 385.79 5.61 87.4 0.2475|24.31 501.84 4.84 101.1 0.2405"""
    expected = [[Decimal(n) for n in row.split()] for row in text.replace("\n", "|").split("|")]
    table = report[0][0]
    found = [[v for cell in figures(table, row.index) for (_, v, _) in cell] for row in table.rows]
    assert found == expected
    blank = table.cells[1][4]
    assert (blank.role, blank.absence) == (CellRole.NOTHING, Absence.BLANK)


def test_every_figure_of_the_growth_table(report):
    table = report[0][1]
    found = {row.period.label: [v for cell in figures(table, row.index) for (_, v, _) in cell] for row in table.rows}
    assert {label: [str(v) for v in values] for label, values in found.items()} == {
        "FY2016Q1": ["4.85"], "FY2017Q1": ["12.43", "156.29"], "FY2018Q1": ["24.31", "95.58"],
        "FY2015Q2": ["2.85"], "FY2016Q2": ["6.49", "127.72"], "FY2017Q2": ["14.9", "129.58"],
        "FY2015Q3": ["3.62"], "FY2016Q3": ["8.19", "126.24"], "FY2017Q3": ["17.64", "115.38"],
        "FY2015Q4": ["3.88"], "FY2016Q4": ["10.66", "174.74"], "FY2017Q4": ["21.63", "102.91"],
    }  # fmt: skip


def test_things_in_columns_with_specifications_in_cells(report):
    table, document = report[0][2], report[1]
    assert [c.entity for c in table.columns[1:]] == [
        "COS标准存储(Standard)", "COS低频存储(Infrequent Access)", "COS近线存储(Nearline)",
    ]  # fmt: skip
    assert [row.metric for row in table.rows] == ["产品介绍", "服务特性", "产品性能", "适用场景", "定价"]
    low = table.cells[3][2]
    assert [(v.key, v.text) for v in low.values] == [
        ("持久性", "99.999999999%"), ("可用性", "99.9%"), ("最低存储时间", "30天"), ("检索费用", "按量收费 (GB)"),
        ("首字节延迟", "毫秒"),
    ]  # fmt: skip
    prices = [cell for cell in figures(table, 5) if cell]
    assert prices == [
        [("存储费用", Decimal("0.13"), "元/GB"), ("请求费用", Decimal("0.01"), "元/万次")],
        [("存储费用", Decimal("0.1"), "元/GB"), ("请求费用", Decimal("0.05"), "元/万次")],
        [("存储费用", Decimal("0.06"), "元/GB"), ("请求费用", Decimal("0.06"), "元/万次")],
    ]
    span = table.cells[5][1].values[0].span
    assert document.text[span.start : span.end] == "存储费用 0.13元/GB 起"
    assert table.cells[5][1].values[0].value.qualifier.value == "起"


def test_two_part_keys_periods_as_columns_negatives_and_footnotes(understood):
    table, _ = understood(
        "# 报告\n\n## 经营\n\n**表1 季度数据**\n\n| 公司 | 指标 | 2016Q3 | 2016Q4 |\n|---|---|---|---|\n"
        "| 甲科技 | 收入（亿元） | 3.42 | 5.73① |\n| 甲科技 | 净利润（万元） | (2,145) | — |\n"
        "| 乙云 | 收入（亿元） | 6.87 | N/A |\n| 乙云 | 净利润（万元） | 3,610 | None |\n\n① 含并表收入0.31亿元。\n"
    )
    assert [(r.entity, r.metric, r.unit.symbol) for r in table.rows] == [
        ("甲科技", "收入", "亿元"), ("甲科技", "净利润", "万元"), ("乙云", "收入", "亿元"), ("乙云", "净利润", "万元"),
    ]  # fmt: skip
    assert [c.period for c in table.columns[2:]] == [quarter(2016, 3), quarter(2016, 4)]
    assert figures(table, 2)[2] == [("", Decimal("-2145"), "万元")]
    assert table.cells[1][3].marks == ("①",)
    assert figures(table, 1)[3] == [("", Decimal("5.73"), "亿元")]
    assert [table.cells[i][3].absence for i in (2, 3, 4)] == [
        Absence.DASH, Absence.NOT_AVAILABLE, Absence.NONE_WORD,
    ]  # fmt: skip
    assert [(n.mark, n.text) for n in table.notes] == [("①", "① 含并表收入0.31亿元。")]


def test_entity_and_period_in_one_header_cell_and_a_total_row(understood):
    table, _ = understood(
        "# 报告\n\n## 人员\n\n**表3 甲公司与乙公司分部门人数（人）**\n\n| 部门 | 甲公司 2015年末 | 乙公司 2015年末 |\n"
        "|---|---|---|\n| 研发 | 410 | 1,150 |\n| 销售 | 188 | 640 |\n| 合计 | 598 | 1,790 |\n"
    )
    assert [(c.entity, c.metric, c.unit.symbol, c.period.label) for c in table.columns[1:]] == [
        ("甲公司", "人数", "人", "2015末"), ("乙公司", "人数", "人", "2015末"),
    ]  # fmt: skip
    assert [(row.entity, row.total) for row in table.rows] == [("研发", False), ("销售", False), ("", True)]


def test_header_of_two_rows(understood):
    table, _ = understood(
        "# 报告\n\n## 分区\n\n| 地区 | 销量（万台） | | 均价（元） | |\n|---|---|---|---|---|\n"
        "| | 2016年 | 2017年 | 2016年 | 2017年 |\n| 华东 | 12 | 15 | 3,100 | 3,050 |\n"
        "| 华北 | 9 | 8 | 2,900 | 2,980 |\n"
    )
    assert table.header_rows == 2
    assert [(c.metric, c.period.label, c.unit.symbol) for c in table.columns[1:]] == [
        ("销量", "2016", "万台"), ("销量", "2017", "万台"), ("均价", "2016", "元"), ("均价", "2017", "元"),
    ]  # fmt: skip
    assert [row.entity for row in table.rows] == ["华东", "华北"]


def test_text_class_and_date_columns_are_values(understood):
    table, _ = understood(
        "# 附录\n\n## 甲市2021年09月价格表\n\n| 项目名称 | 区域 | 均价 | 时间（月份） | 是否国有 |\n"
        "|---|---|---|---|---|\n"
        "| 一号院 | 甲市东区 | 121668.63 | 2021-09-01 08:00:00 | 是 |\n"
        "| 二号院 | 甲市东区 | 98000.5 | 2021-09-01 08:00:00 | 否 |\n"
    )
    assert [(c.role, c.kind) for c in table.columns] == [
        (ColumnRole.KEY, ColumnKind.TEXT), (ColumnRole.VALUE, ColumnKind.TEXT),
        (ColumnRole.VALUE, ColumnKind.NUMBER), (ColumnRole.VALUE, ColumnKind.DATE),
        (ColumnRole.VALUE, ColumnKind.TEXT),
    ]  # fmt: skip
    september = Period(2021, PeriodKind.MONTH, 9)
    assert table.context.period == september
    assert [row.period for row in table.rows] == [september, september]
    assert [cell.values[0].value for cell in table.cells[2][1:] if cell.values][3] == "否"
    assert figures(table, 1)[2] == [("", Decimal("121668.63"), "")]


def test_ordinals_founding_dates_and_repeated_group_labels(understood):
    table, _ = understood(
        "# 报告\n\n## 排名\n\n| 名次 | 厂商 | 成立时间 | 得分 | 上年名次 |\n|---|---|---|---|---|\n"
        "| 1 | 甲云 | 2010年4月 | 91.6 | 2 |\n| 2 | 乙云 | 2012年9月 | 88.3 | 新上榜 |\n"
    )
    assert table.columns[0].role is ColumnRole.ORDINAL
    assert table.cells[1][0].role is CellRole.FACT
    assert table.rows[0].period is None  # founded in 2010 says nothing of when the score was given
    assert table.cells[2][4].values[0].value == "新上榜"


def test_labels_printed_once_for_several_rows(understood):
    table, _ = understood(
        "# 报告\n\n## 数据\n\n| 公司 | 年份 | 收入（亿元） |\n|---|---|---|\n| 甲 | 2015 | 1.5 |\n| | 2016 | 2.5 |\n"
        "| 乙 | 2015 | 3.5 |\n| | 2016 | 4.5 |\n"
    )
    assert [(row.entity, row.period.label) for row in table.rows] == [
        ("甲", "2015"), ("甲", "2016"), ("乙", "2015"), ("乙", "2016"),
    ]  # fmt: skip


def test_row_groups(understood):
    table, _ = understood(
        "# 报告\n\n## 数据\n\n| 指标 | 2015年 | 2016年 |\n|---|---|---|\n| 国内业务 | | |\n| 收入（亿元） | 1 | 2 |\n"
        "| 海外业务 | | |\n| 收入（亿元） | 3 | 4 |\n"
    )
    assert [(row.group, row.metric) for row in table.rows] == [("国内业务", "收入"), ("海外业务", "收入")]
    assert table.cells[1][0].role is CellRole.LABEL


def test_fiscal_years_that_are_calendar_years(understood):
    table, _ = understood(
        "# 报告\n\n## 数据\n\n公司的财年与自然年一致。\n\n"
        "| 财年 | 收入（亿元） |\n|---|---|\n| 2015 | 1 |\n| 2016 | 2 |\n"
    )
    assert table.context.fiscal is False


def test_every_cell_of_the_samples_is_understood():
    folder = ROOT / "tests" / "data" / "samples"
    for name in ("2017-10-issue-10.md", "2017-12-issue-12.docx"):
        document = read_document(folder / name, folder)
        for raw in document.tables:
            table = understand_table(raw, document)
            assert table.not_understood == ()
            assert {cell.role for row in table.cells for cell in row} <= {
                CellRole.FACT, CellRole.HEADER, CellRole.LABEL, CellRole.NOTHING,
            }  # fmt: skip
