"""A made-up archive of four issues: named issues, restated figures, prices in force, forecasts, fiscal years."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.answer import AnswerKind
from cloudqa.answering.scoping import Limits
from cloudqa.errors import UsageError
from cloudqa.evaluation import answer_lines, load_questions
from cloudqa.settings import Settings

CATEGORIES = ("restated", "named_issue", "price", "forecast", "fiscal", "series", "meta", "unanswerable")


@pytest.fixture(scope="module")
def questions(repository):
    return repository / "tests" / "data" / "archive" / "questions.jsonl"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, questions):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "corpus").mkdir()
    for issue in sorted(questions.parent.glob("2019-*")):
        shutil.copy(issue, folder / "corpus")
    return Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory, questions, assistant):
    folder = tmp_path_factory.mktemp("verdicts")
    lines = answer_lines(assistant, load_questions(questions))
    (folder / "answers.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    words = [sys.executable, questions.parents[1] / "gold" / "score.py", questions, folder / "answers.jsonl"]
    subprocess.run([*words, "--json", folder / "verdicts.json"], check=True, capture_output=True)
    return json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))


def test_nine_of_ten_questions_are_answered_right(verdicts):
    items = verdicts["items"]
    assert len(items) >= 60
    assert sum(item["ok"] for item in items) / len(items) >= 0.92


def test_no_figure_is_wrong(verdicts):
    assert [item["id"] for item in verdicts["items"] if item["kind"] in ("wrong-number", "missed-refusal")] == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_sort_of_question_is_answered(verdicts, category):
    own = [item for item in verdicts["items"] if item["category"] == category]
    assert len(own) >= 2
    assert sum(item["ok"] for item in own) / len(own) >= 0.85


def test_a_restated_figure_says_so_and_cites_both_issues(assistant):
    answer = assistant.ask("北川冷运2018年第四季度营业收入是多少亿元？")
    assert str(answer.value) == "2.80"
    assert answer.caveats == ("北川冷运 营业收入 2018Q4以2019年第11期为准，2019年第3期为2.91亿元。",)
    assert [c.report for c in answer.citations] == ["2019-11-issue-11", "2019-03-issue-03"]
    assert "2.80" in answer.citations[0].quote
    assert "2.91" in answer.citations[1].quote


def test_a_figure_that_two_issues_state_alike_is_not_restated(assistant):
    answer = assistant.ask("北川冷运2018Q2的净利润是多少？")
    assert str(answer.value) == "425"
    assert answer.caveats == ()


def test_a_named_issue_gives_its_own_figure_without_a_word_of_later_ones(assistant):
    answer = assistant.ask("第3期刊载的北川冷运2018Q4营业收入是多少？")
    assert (str(answer.value), answer.caveats) == ("2.91", ())
    assert {c.report for c in answer.citations} == {"2019-03-issue-03"}


def test_the_value_before_a_correction_can_be_asked_for(assistant):
    assert str(assistant.ask("北川冷运2018年第一季度的营业收入重述前是多少亿元？").value) == "2.10"
    assert str(assistant.ask("北川冷运2018年第一季度的营业收入重述后是多少亿元？").value) == "2.02"


def test_a_growth_is_calculated_from_restated_figures_of_which_each_is_cited(assistant):
    answer = assistant.ask("北川冷运2019Q3营业收入同比增长百分之几？（保留两位小数）")
    assert f"{answer.value:.2f}" == "10.53"
    (step,) = answer.working.steps
    assert [str(o.value) for o in step.operands] == ["2.73", "2.47"]
    cited = [answer.citations[o.citation] for o in step.operands]
    assert [c.report for c in cited] == ["2019-11-issue-11"] * 2
    assert "2.47" in cited[1].quote


def test_a_price_says_from_when_it_holds_and_what_follows(assistant):
    answer = assistant.ask("澄湖冷仓冷冻库100吨以上至500吨的单价是多少？")
    assert str(answer.value) == "2.35"
    assert "2019年7月1日" in answer.caveats[0]
    assert "2019年11月" in answer.caveats[0]
    assert "2019年12月1日起为2.40" in answer.caveats[1]


@pytest.mark.parametrize(
    ("day", "price"),
    [
        ("2019年1月1日", "2.80"),
        ("2019年6月30日", "2.80"),
        ("2019年7月1日", "2.60"),
        ("2019年11月30日", "2.60"),
        ("2019年12月1日", "2.70"),
    ],
)
def test_a_price_changes_on_its_day_and_not_before(assistant, day, price):
    answer = assistant.ask(f"{day}澄湖冷仓冷冻库100吨及以下的单价是多少？")
    assert str(answer.value) == price


def test_a_price_before_any_is_stated_is_refused_with_the_first_day(assistant):
    answer = assistant.ask("2018年12月31日澄湖冷仓冷冻库100吨及以下的单价是多少？")
    assert answer.refused
    assert "2019年1月1日" in answer.answer


def test_a_forecast_is_not_given_for_what_came_out_nor_the_other_way_round(assistant):
    assert str(assistant.ask("雪原冷链2019财年营业收入是多少亿元？").value) == "21.06"
    expected = assistant.ask("雪原冷链预计2019财年营业收入是多少亿元？")
    assert str(expected.value) == "21.0"
    assert "预计" in expected.answer


def test_months_of_the_calendar_are_the_fiscal_quarter_that_the_reports_say(assistant):
    answer = assistant.ask("雪原冷链2019年4月至6月的营业收入是多少亿元？")
    assert str(answer.value) == "5.24"
    assert answer.caveats[0] == "雪原冷链的财年自4月起，2019年4月至6月即2020财年第一季度。"


def test_an_issue_that_there_is_none_of_is_refused_with_those_there_are(assistant):
    answer = assistant.ask("第5期讲了什么？")
    assert answer.refused
    assert answer.missing == ("第5期",)
    assert answer.alternatives == ("2019年第3期", "2019年第6期", "2019年第9期", "2019年第11期")


def test_limits_do_what_words_in_the_question_do(assistant):
    question = "北川冷运2018Q4营业收入是多少亿元？"
    assert str(assistant.ask(question, Limits(issue="3")).value) == "2.91"
    assert str(assistant.ask(question, Limits(until="2019-06")).value) == "2.91"
    assert str(assistant.ask(question, Limits(since="2019-11")).value) == "2.80"
    assert assistant.ask(question, Limits(since="2020")).missing == ("2020 →",)
    assert assistant.ask(question, Limits(section="价格行情")).refused
    with pytest.raises(UsageError, match="is not a date"):
        assistant.ask(question, Limits(since="bald"))


def test_passages_are_searched_within_limits(assistant):
    found = assistant.search("冷库温度采样间隔", 10, Limits(issue="第11期"))
    assert {hit.passage.report for hit in found} == {"2019-11-issue-11"}
    assert "三分钟" in found[0].passage.text
    only = assistant.search("营业收入", 5, Limits(section="观点"))
    assert {hit.passage.section[0][:4] for hit in only} == {"四、观点"}
    assert assistant.search("营业收入", 5, Limits(issue="5")) == []


def test_the_archive_as_a_whole(assistant):
    count = assistant.ask("资料库里一共有几期？")
    assert (count.kind, count.value) == (AnswerKind.META, 4)
    mentions = assistant.ask("哪几期提到了飞鹭速运？")
    assert mentions.answer.splitlines()[1:] == ["2019年第6期（2019年6月）", "2019年第9期（2019年9月）"]
    assert {c.report for c in mentions.citations} == {"2019-06-issue-06", "2019-09-issue-09"}
    assert assistant.ask("哪几期提到了青松冷链？").missing == ("青松冷链",)


def test_what_an_issue_corrects_can_be_asked_for(assistant):
    answer = assistant.ask("第11期更正了哪些数据？")
    assert answer.answer.splitlines() == [
        "北川冷运 冷藏车 2018Q3：N/A → 681辆",
        "雪原冷链 净利润 2019财年Q2：2,240 → 2,190万元",
        "海宁一号库 设计单位电耗：0.45 → 0.42",
        "常德库 单位电耗 2019-01~2019-05：0.60 → 0.57",
        "冷藏车司机 平均年龄：46岁 → 44岁",
        "北川冷运 营业收入 2018Q1…2019Q2：6个数",
    ]
    assert {c.report for c in answer.citations} == {"2019-11-issue-11"}
    of_sixth = assistant.ask("第11期更正了第6期的哪些数据？")
    assert len(of_sixth.answer.splitlines()) == 2
