"""Small archives of two issues: what counts as one figure stated twice, what does not, and which price holds when."""

from __future__ import annotations

import pytest

from cloudqa.answering import Assistant
from cloudqa.settings import Settings

TITLE = "# 行业月报（{date} · 第{number}期）\n\n## 一、数据\n\n"


@pytest.fixture
def archive(tmp_path):
    """Opens an archive of the issues March, June, … 2019 with these texts."""

    def open_archive(*texts):
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for number, text in zip((3, 6, 9), texts, strict=False):
            title = TITLE.format(date=f"2019年{number}月", number=number)
            (corpus / f"m{number}.md").write_text(title + text, encoding="utf-8")
        return Assistant.open(Settings(corpus=corpus, index=tmp_path / "index"))

    return open_archive


def table(caption, header, *rows):
    lines = [header, "|" + "---|" * (header.count("|") - 1), *rows]
    return f"**{caption}**\n\n" + "\n".join(lines) + "\n"


def test_rows_named_alike_in_tables_of_others_restate_nothing(archive):
    header = "| 部门 | 2018年末人数（人） |"
    assistant = archive(
        table("表1　甲厂各部门人数", header, "| 研发 | 120 |", "| 销售 | 80 |"),
        table("表1　乙厂各部门人数", header, "| 研发 | 210 |", "| 销售 | 90 |"),
    )
    first, second = assistant.ask("甲厂2018年末研发人数是多少？"), assistant.ask("乙厂2018年末研发人数是多少？")
    assert (str(first.value), str(second.value)) == ("120", "210")
    assert first.caveats == second.caveats == ()


def test_a_part_of_the_whole_restates_nothing(archive):
    header = "| 公司 | 2018Q4收入（亿元） |"
    assistant = archive(
        table("表1　两家公司收入", header, "| 甲厂 | 5.2 |", "| 乙厂 | 6.1 |"),
        table("表1　两家公司海外收入", header, "| 甲厂 | 1.3 |", "| 乙厂 | 1.9 |"),
    )
    assert assistant.ask("第3期里甲厂2018Q4收入是多少？").caveats == ()
    assert not any("为准" in c for c in assistant.ask("甲厂2018Q4收入是多少？").caveats)


def test_a_later_figure_that_only_rounds_the_earlier_one_restates_nothing(archive):
    header = "| 公司 | 2018Q4收入（亿元） |"
    assistant = archive(
        table("表1　两家公司收入", header, "| 甲厂 | 5.24 |", "| 乙厂 | 6.13 |"), "甲厂2018年第四季度收入为5.2亿元。\n"
    )
    answer = assistant.ask("甲厂2018年第四季度收入是多少亿元？")
    assert str(answer.value) == "5.24"
    assert not any("为准" in c for c in answer.caveats)


@pytest.mark.parametrize(
    "sentence",
    [
        "第3期表1中，甲厂2018Q4收入应为5.42亿元，原刊5.24亿元有误。",
        "本刊第3期表1的甲厂2018Q4收入误刊为5.24亿元，现更正为5.42亿元。",
        "因审计调整，甲厂2018Q4收入由5.24亿元更正为5.42亿元。",
    ],
)
def test_a_sentence_corrects_a_cell(archive, sentence):
    header = "| 公司 | 2018Q3收入（亿元） | 2018Q4收入（亿元） |"
    assistant = archive(
        table("表1　两家公司收入", header, "| 甲厂 | 4.80 | 5.24 |", "| 乙厂 | 5.90 | 6.13 |"), sentence + "\n"
    )
    answer = assistant.ask("甲厂2018Q4收入是多少亿元？")
    assert str(answer.value) == "5.42"
    assert [c.report for c in answer.citations] == ["m6", "m3"]
    assert "5.42" in answer.citations[0].quote
    growth = assistant.ask("甲厂2018Q4收入比2018Q3增长百分之几？")
    assert f"{growth.value:.2f}" == "12.92"
    assert str(assistant.ask("第3期里甲厂2018Q4收入是多少亿元？").value) == "5.24"
    assert str(assistant.ask("乙厂2018Q4收入是多少亿元？").value) == "6.13"


def test_a_correction_of_another_thing_corrects_nothing(archive):
    header = "| 公司 | 2018Q3收入（亿元） | 2018Q4收入（亿元） |"
    assistant = archive(
        table("表1　两家公司收入", header, "| 甲厂 | 5.24 | 5.24 |", "| 乙厂 | 5.90 | 5.24 |"),
        "第3期表1中，乙厂2018Q4收入应为5.42亿元，原刊5.24亿元有误。\n",
    )
    assert str(assistant.ask("甲厂2018Q4收入是多少亿元？").value) == "5.24"
    assert str(assistant.ask("甲厂2018Q3收入是多少亿元？").value) == "5.24"
    assert str(assistant.ask("乙厂2018Q4收入是多少亿元？").value) == "5.42"


PRICES = "| 存储类型 | 单价（元/GB/月） |"
CHANGES = "| 存储类型 | 原价（元/GB/月） | 新价（元/GB/月） | 生效日期 |"


@pytest.fixture
def priced(archive):
    """Prices from January on, and a table of changes with a day for each row."""
    return archive(
        table("表1　甲厂存储价目（自2019年1月1日起执行）", PRICES, "| 标准存储 | 0.120 |", "| 归档存储 | 0.033 |"),
        table(
            "表1　甲厂存储调价表",
            CHANGES,
            "| 标准存储 | 0.120 | 0.110 | 2019-07-01 |",
            "| 归档存储 | 0.033 | 0.030 | 2019-08-15 |",
        ),
    )


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("2019年2月甲厂标准存储的单价是多少？", "0.120"),
        ("2019年6月30日甲厂标准存储的单价是多少？", "0.120"),
        ("2019年7月甲厂标准存储的单价是多少？", "0.110"),
        ("2019年7月甲厂归档存储的单价是多少？", "0.033"),
        ("2019年9月甲厂归档存储的单价是多少？", "0.030"),
        ("甲厂标准存储的单价是多少？", "0.120"),
    ],
)
def test_each_row_changes_on_its_own_day(priced, question, price):
    assert str(priced.ask(question).value) == price


def test_a_day_before_the_first_price_is_refused(priced):
    assert priced.ask("2018年12月甲厂标准存储的单价是多少？").refused


def test_a_change_inside_the_month_asked_for_is_said(priced):
    answer = priced.ask("2019年8月甲厂归档存储的单价是多少？")
    assert str(answer.value) == "0.033"
    assert "自2019年8月15日起为0.030元/GB/月。" in answer.caveats


def test_a_price_named_in_a_sentence_before_its_change_held_until_then(archive):
    assistant = archive("甲厂的下行流量费为0.50元/GB，自2019年4月1日起调整为0.45元/GB。\n", "乙厂没有调价。\n")
    assert str(assistant.ask("2019年3月甲厂的下行流量费是多少？").value) == "0.50"
    assert str(assistant.ask("2019年5月甲厂的下行流量费是多少？").value) == "0.45"


def test_a_forecast_that_came_out_is_kept_apart_from_it(archive):
    assistant = archive("甲厂预计2019年第二季度收入为2.6亿元。\n", "", "甲厂2019年第二季度收入为2.71亿元。\n")
    assert str(assistant.ask("甲厂2019年第二季度收入是多少亿元？").value) == "2.71"
    assert str(assistant.ask("甲厂2019年第二季度预计收入是多少亿元？").value) == "2.6"
    gap = assistant.ask("甲厂2019年第二季度实际收入比预计高多少亿元？")
    assert str(gap.value) == "0.11"
    assert {c.report for c in gap.citations} == {"m3", "m9"}


def test_a_later_forecast_takes_the_place_of_an_earlier_one(archive):
    assistant = archive("甲厂预计2019年收入为10.0亿元。\n", "甲厂预计2019年收入为11.5亿元。\n")
    answer = assistant.ask("甲厂预计2019年收入是多少亿元？")
    assert str(answer.value) == "11.5"
    assert any("10.0亿元" in c for c in answer.caveats)
