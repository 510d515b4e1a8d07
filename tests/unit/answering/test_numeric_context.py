"""A region that stands only in the title above a table is a condition on its rows."""

import pytest

TABLE = """## {region}2013年8月商品房成交表

| 楼盘名称 | 成交均价（元/平方米） | 成交套数（套） |
|---|---|---|
| {rows} |

"""
REGIONS = {"宝滨市": "甲花园 | 100 | 5 |\n| 乙家园 | 300 | 6", "安滨市": "丙花园 | 200 | 7 |\n| 丁家园 | 500 | 8"}


@pytest.fixture(scope="module")
def ask(facts_of):
    """Asks the facts of a report with one table for each of two regions."""
    tables = "".join(TABLE.format(region=region, rows=rows) for region, rows in REGIONS.items())
    return facts_of("# 成交数据附录\n\n" + tables)


@pytest.mark.parametrize(
    ("question", "value", "name"),
    [
        ("2013年8月宝滨市成交均价最高的楼盘是哪个？", "300", "乙家园"),
        ("宝滨市2013年8月成交均价最低的楼盘是哪个？", "100", "甲花园"),
        ("2013年8月安滨市成交均价最低的楼盘是哪个？", "200", "丙花园"),
        ("2013年8月安滨市成交均价最高的楼盘是哪个？", "500", "丁家园"),
    ],
)
def test_rows_of_another_regions_table_are_left_out(ask, question, value, name):
    answer = ask(question)
    assert str(answer.value) == value
    assert name in answer.answer


LAND = """# 土地数据附录

## 宝滨市土地成交表

| 地块名称 | 项目名称 | 成交日期 | 容积率 |
|---|---|---|---|
| 一号地块 | 云栖花园 | 2019年04月 | 2.5 |
| 二号地块 | 松风家园 | 2020年07月 | 1.8 |
"""


def test_the_date_of_a_single_row_does_not_forbid_comparing(facts_of):
    answer = facts_of(LAND)("云栖花园和松风家园哪个小区的容积率更低？")
    assert not answer.refused
    assert str(answer.value) == "1.8"
