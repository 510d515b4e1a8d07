"""Which issues a question asks."""

from __future__ import annotations

import pytest

from cloudqa.questions.dating import with_years
from cloudqa.questions.issue_filter import Issue, read_issue_filter, with_issues

ISSUES = (
    Issue("x18-11", "11", "11", "2018-11"),
    Issue("x19-03", "3", "15", "2019-03"),
    Issue("x19-06", "6", "18", "2019-06"),
    Issue("x19-11", "11", "23", "2019-11"),
)
SECTIONS = ("一、要闻聚焦", "四、观点：司机比车更紧缺")


def read(question):
    return read_issue_filter(question, ISSUES, lambda: SECTIONS)


@pytest.mark.parametrize(
    ("question", "reports", "rest"),
    [
        ("第3期刊载的甲公司收入是多少？", ["x19-03"], "甲公司收入是多少？"),
        ("第三期里甲公司收入是多少？", ["x19-03"], "甲公司收入是多少？"),
        ("仅按第3期表1，甲公司2018Q2的用户是多少？", ["x19-03"], "甲公司2018Q2的用户是多少？"),
        ("2018年第11期的主编是谁？", ["x18-11"], "主编是谁？"),
        ("总第18期说了什么？", ["x19-06"], "了什么？"),
        ("今年6月那期有哪些栏目？", ["x19-06"], "有哪些栏目？"),
        ("去年11月那期有哪些栏目？", ["x18-11"], "有哪些栏目？"),
        ("最新一期的主编是谁？", ["x19-11"], "主编是谁？"),
        ("上一期里甲公司收入是多少？", ["x19-06"], "甲公司收入是多少？"),
        ("甲公司收入在第3期和第6期里分别是多少？", ["x19-03", "x19-06"], "甲公司收入分别是多少？"),
        ("What is the revenue of 甲公司 in issue 6?", ["x19-06"], "What is the revenue of 甲公司?"),
        ("the latest issue: who is the editor?", ["x19-11"], "who is the editor?"),
        ("北川第6期调查的五座冷库中最低的是哪座？", ["x19-06"], "北川五座冷库中最低的是哪座？"),
    ],
)
def test_words_for_an_issue_are_read_and_left_out(question, reports, rest):
    found = read(question)
    assert [i.report for i in found.issues] == reports
    assert found.rest == rest
    assert found.missing == ""


@pytest.mark.parametrize(
    "question",
    [
        "第二期工程投资多少？",
        "第1期债券的利率是多少？",
        "收入比上期增长多少？",
        "与上期相比下降了多少？",
        "7月期末余额是多少？",
        "2019年3月甲公司收入是多少？",
        "哪几期提到了甲公司？",
        "区块链有哪些栏目？",
    ],
)
def test_other_words_are_no_issue(question):
    found = read(question)
    assert not found.chosen
    assert found.rest == question


@pytest.mark.parametrize(
    "question", ["第5期讲了什么？", "2018年第3期讲了什么？", "2019年7月那期讲了什么？", "第3、5期讲了什么？"]
)
def test_an_issue_that_there_is_none_of_is_named(question):
    assert read(question).missing in question
    assert read(question).missing


def test_a_number_of_several_years_is_the_newest_and_said():
    found = read("第11期的主编是谁？")
    assert [i.report for i in found.issues] == ["x19-11"]
    assert found.notes == ("“第11期”指2019年第11期（2019年11月）。",)


def test_relative_words_count_from_the_newest_issue_and_say_so():
    assert read("最新一期的主编是谁？").notes == ("“最新一期”指2019年第11期（2019年11月）。",)
    assert read("2019年6月那期的主编是谁？").notes == ()


def test_several_issues_asked_for_each_by_itself():
    assert read("收入在第3期和第6期里分别是多少？").each
    assert not read("第3期和第6期里收入是多少？").each


def test_a_section_is_told_by_its_title():
    found = read("第6期观点栏目调查了几家车队？")
    assert found.sections == ("四、观点：司机比车更紧缺",)
    assert found.rest == "调查了几家车队？"


def test_limits_leave_what_both_allow():
    found = with_issues(read("第3期和第6期里收入是多少？"), ISSUES[2:])
    assert [i.report for i in found.issues] == ["x19-06"]
    assert with_issues(read("第3期里收入是多少？"), ISSUES[2:]).missing == "2019年第3期"
    assert [i.report for i in with_issues(read("收入是多少？"), ISSUES[:1]).issues] == ["x18-11"]


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("甲公司今年一季度收入是多少？", "甲公司2019年一季度收入是多少？"),
        ("甲公司去年收入是多少？", "甲公司2018年收入是多少？"),
        ("甲公司本年度收入是多少？", "甲公司2019年收入是多少？"),
    ],
)
def test_years_counted_from_now_are_said_outright(question, dated):
    written, said = with_years(question, "2019-11")
    assert written == dated
    assert said.startswith("“")
    assert "2019年11月" in said


@pytest.mark.parametrize(
    "question", ["比去年同期增长多少？", "2017年收入比去年高多少？", "今年以来收入是多少？", "收入是多少？"]
)
def test_years_that_count_from_something_else_stay(question):
    assert with_years(question, "2019-11") == (question, "")


def test_without_a_date_nothing_is_counted():
    assert with_years("今年收入是多少？", "") == ("今年收入是多少？", "")
