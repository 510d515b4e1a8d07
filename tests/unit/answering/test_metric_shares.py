"""One metric as a share of another of the same thing and time; columns that are a part of the one before them."""

from decimal import Decimal

import pytest

from cloudqa.answering import Assistant
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

REPORT = """# 港口观察 2019年第2期（2019年4月）

## 数据

表1 北港公司季度经营数据（单位：万元）

| 季度 | 营业收入 | 其中：外贸 | 研发费用 | 毛利率 |
|---|---|---|---|---|
| 2018Q4 | 500 | 200 | 20 | 31% |
| 2019Q1 | 640 | 288 | 32 | 30% |

表2 码头作业情况

| 公司 | 码头 | 吞吐量（万吨） |
|---|---|---|
| 北港公司 | 一号码头 | 120 |
| 北港公司 | 二号码头 | 95 |
| 东港公司 | 甲码头 | 88 |
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shares")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "2019-04.md").write_text(REPORT, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    rebuild(settings)
    return Assistant.open(settings)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("北港公司2019Q1研发费用占营业收入的比例是多少？", "5"),
        ("北港公司2018Q4研发费用占收入的比重", "4"),
        ("北港公司2019年第一季度外贸收入占营业收入的比重是多少？", "45"),
    ],
)
def test_one_metric_as_a_share_of_another(archive, question, value):
    answer = archive.ask(question)
    assert (answer.value, answer.unit) == (Decimal(value), "%")
    assert answer.working is not None


@pytest.mark.parametrize(
    "question",
    [
        "北港公司2019Q1毛利率占营业收入的比例是多少？",
        "北港公司2019Q1管理费用占营业收入的比例是多少？",
        "北港公司2019Q2研发费用占营业收入的比例",
    ],
)
def test_what_is_not_stated_is_no_part(archive, question):
    assert archive.ask(question).refused


def test_a_part_column_measures_a_part_of_the_metric_before_it(archive):
    assert archive.ask("北港公司2018Q4的外贸收入是多少？").value == 200


def test_rows_of_two_keys_are_named_by_the_one_that_differs(archive):
    assert [v.label for v in archive.ask("各码头的吞吐量从高到低排列").values] == ["一号码头", "二号码头", "甲码头"]
    assert archive.ask("吞吐量最低的是哪个码头？").answer.startswith("甲码头")


def test_a_name_made_of_grammar_characters_is_a_name(tmp_path):
    (tmp_path / "corpus").mkdir()
    table = "| 城市 | 泊位数（个） |\n|---|---|\n| 贵阳 | 56 |\n| 成都 | 41 |\n| 西安 | 27 |\n"
    (tmp_path / "corpus" / "2019-04.md").write_text(
        f"# 港口观察 2019年第2期（2019年4月）\n\n## 数据\n\n{table}", "utf-8"
    )
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    rebuild(settings)
    archive = Assistant.open(settings)
    assert archive.ask("成都和西安哪个泊位数多？").answer.startswith("成都")
    assert archive.ask("贵阳和成都的泊位数相差多少？").value == 15


def test_staff_is_counted_in_people_and_the_total_is_the_whole(tmp_path):
    (tmp_path / "corpus").mkdir()
    rows = "| 船队 | 310 | 402 |\n| 装卸 | 355 | 408 |\n| 合计 | 665 | 810 |\n"
    table = f"| 部门 | 2017年末 | 2018年末 |\n|---|---|---|\n{rows}"
    text = f"# 港口观察 2019年第2期（2019年4月）\n\n## 人员\n\n表1 北港公司人员结构（人）\n\n{table}"
    (tmp_path / "corpus" / "2019-04.md").write_text(text, "utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    rebuild(settings)
    archive = Assistant.open(settings)
    assert archive.ask("北港公司2018年末人数是多少？").value == 810
    assert archive.ask("北港公司2018年末船队有多少人？").value == 402
    assert "402 ÷ 810 = 49.63%" in archive.ask("北港公司2018年末船队人员占比是多少？").answer
    assert [v.value for v in archive.ask("北港公司各部门2018年末人数").values] == [810, 402, 408]


@pytest.mark.parametrize(
    "question",
    [
        "北港公司2019Q1营业收入比2019Q2增长多少？",  # no later quarter is stated
        "北港公司营业收入增长率是多少？",
        "北港公司2019Q1营业收入减少了多少？",
    ],
)
def test_a_level_is_no_change(archive, question):
    answer = archive.ask(question)
    assert answer.value not in (500, 640)
    assert answer.refused or answer.working is not None


def test_what_a_figure_grew_to_is_a_level(archive):
    assert archive.ask("北港公司2019Q1营业收入增长到多少？").value == 640
