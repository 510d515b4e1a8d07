"""Facts from sentences, of made-up texts and of the real report."""

from decimal import Decimal
from pathlib import Path

import pytest

from cloudqa.documents import read_document
from cloudqa.facts import Comparison, FactSource, Measure
from cloudqa.facts.sentences import prose_facts
from cloudqa.quantities import Quantity

ROOT = Path(__file__).parents[3]


@pytest.fixture
def facts_in(tmp_path):
    def facts(sentence, date="2019年3月"):
        path = tmp_path / "2019-03-test.md"
        path.write_text(f"# 月报（{date}）\n\n## 市场\n\n{sentence}\n", encoding="utf-8")
        document = read_document(path, tmp_path)
        found = prose_facts(document)
        for fact in found:
            assert document.text[fact.place.start : fact.place.end] == fact.printed
            assert any(q.start <= fact.place.start and fact.place.end <= q.end for q in fact.quotes)
        return [
            (f.entity, f.metric, str(f.value.value) + f.value.unit.symbol, f.period.label if f.period else f.relative)
            for f in found
        ], found

    return facts


def test_growth_from_the_base_of_a_year_ago(facts_in):
    rows, facts = facts_in("晨星云2018年第二季度净营收为41.00亿美元，比去年同期的28.86亿美元增长42%。")
    assert rows == [
        ("晨星云", "净营收", "41.00亿美元", "2018Q2"),
        ("晨星云", "净营收", "28.86亿美元", "2017Q2"),
        ("晨星云", "净营收", "42%", "2018Q2"),
    ]
    assert [f.measure for f in facts] == [Measure.LEVEL, Measure.LEVEL, Measure.GROWTH]
    assert (facts[2].comparison, facts[2].base.label) == (Comparison.YEAR_AGO, "2017Q2")


def test_what_follows_a_semicolon_belongs_to_its_own_subject(facts_in):
    rows, _ = facts_in(
        "甲公司2018年第二季度净营收为41.00亿美元；远航平台营收同比高涨97%，毛利率增至52%；丙公司营收为30.9亿美元。"
    )
    assert [row for row in rows if "毛利率" in row[1]] == [("远航平台", "毛利率", "52%", "")]
    assert ("远航平台", "营收", "97%", "") in rows
    assert rows[-1][:3] == ("丙公司", "营收", "30.9亿美元")


def test_from_a_to_b(facts_in):
    rows, _ = facts_in("财报显示，远航2018财年第一季度付费用户由前一季的87.4万增长至101.1万，较前一季度增加13.7万。")
    assert rows == [
        ("远航", "付费用户", "87.4万", "FY2017Q4"),
        ("远航", "付费用户", "101.1万", "FY2018Q1"),
        ("远航", "付费用户", "13.7万", "FY2018Q1"),
    ]


def test_forecasts_name_their_speaker_and_year(facts_in):
    rows, facts = facts_in(
        "慧研咨询预计2018年全球储能市场规模将达到2468亿美元，同比2017年的2092亿美元增长18%，而到2020年，有望达到3833亿美元。"
    )
    assert rows == [
        ("全球储能", "市场规模", "2468亿美元", "2018"),
        ("全球储能", "市场规模", "2092亿美元", "2017"),
        ("全球储能", "市场规模", "18%", "2018"),
        ("全球储能", "市场规模", "3833亿美元", "2020"),
    ]
    assert [f.forecast for f in facts] == [True, False, True, True]
    assert {f.speaker for f in facts} == {"慧研咨询"}
    assert (facts[2].comparison, facts[2].base.label) == (Comparison.BASE, "2017")


def test_dealt_out_figures(facts_in):
    rows, facts = facts_in("东城、西城、南城分别以47家、16家和12家企业位列全市企业最多的三座城区。")
    assert [row[:3] for row in rows] == [
        ("东城", "企业", "47家"), ("西城", "企业", "16家"), ("南城", "企业", "12家"),
    ]  # fmt: skip
    assert {f.source for f in facts} == {FactSource.LIST}
    rows, _ = facts_in("评价分技术、服务和财务三个维度，权重依次为50%、30%和20%。")
    assert [row[:3] for row in rows] == [("技术", "权重", "50%"), ("服务", "权重", "30%"), ("财务", "权重", "20%")]


def test_figures_that_do_not_pair_with_names_are_left_out(facts_in):
    rows, _ = facts_in("两地同比增长分别为156%，95%，88%。")
    assert rows == []


def test_elliptic_members(facts_in):
    rows, _ = facts_in("2016年专利申请数量已达到205件，其中布谷网络申请量为29件，太行云19件，复盛科技11件。")
    assert rows == [
        ("", "专利申请数量", "205件", "2016"),
        ("布谷网络", "申请量", "29件", "2016"),
        ("太行云", "申请量", "19件", "2016"),
        ("复盛科技", "申请量", "11件", "2016"),
    ]


def test_relative_periods_without_anchor_stay_relative(facts_in):
    rows, _ = facts_in("其毛利率为-4%，相比一年前是-13%，而上一季度为-8%。")
    assert rows == [
        ("", "毛利率", "-4%", ""), ("", "毛利率", "-13%", "一年前"), ("", "毛利率", "-8%", "上一季度"),
    ]  # fmt: skip


def test_falls_are_negative_and_revisions_are_no_growth(facts_in):
    _, facts = facts_in("远航公司2018年收入同比下降5%。")
    assert (facts[0].value.value, facts[0].printed, facts[0].measure) == (Decimal(-5), "5%", Measure.GROWTH)
    _, facts = facts_in("瑞安证券给予远航云2019年的收入调高14%，2020年调高48%的高预期。")
    assert [(f.entity, f.metric, f.measure, f.period.label) for f in facts] == [
        ("远航云", "收入", Measure.REVISION, "2019"), ("远航云", "收入", Measure.REVISION, "2020"),
    ]  # fmt: skip


def test_counted_things_after_the_figure(facts_in):
    assert facts_in("远航科技完成C轮融资6.8亿元，由东澜基金领投，投后估值52亿元。")[0] == [
        ("远航科技", "C轮融资", "6.8亿元", ""), ("远航科技", "投后估值", "52亿元", ""),
    ]  # fmt: skip
    assert facts_in("在2017财年第一季度，远航云共发布152款新产品和功能。")[0] == [
        ("远航云", "新产品", "152款", "FY2017Q1")
    ]


def test_shares_and_denials(facts_in):
    _, facts = facts_in("这四座城市企业数量占到了全国企业总数的80%。")
    assert (facts[0].measure, facts[0].of, facts[0].metric) == (Measure.SHARE, "全国企业总数", "企业数量")
    assert facts_in("虽然远航营业收入占集团总收入还没有超过10%。")[0] == []


def test_a_semicolon_keeps_the_period_of_the_same_subject_only(facts_in):
    rows, _ = facts_in("公司2019年实现营业收入35.6亿元，同比增长12.3%；净利润4.2亿元，同比下降5.6%。")
    assert rows == [
        ("", "营业收入", "35.6亿元", "2019"), ("", "营业收入", "12.3%", "2019"),
        ("", "净利润", "4.2亿元", "2019"), ("", "净利润", "-5.6%", "2019"),
    ]  # fmt: skip
    rows, _ = facts_in("晨光2019年收入35.6亿元；远山收入4.2亿元。")
    assert rows == [("晨光", "收入", "35.6亿元", "2019"), ("远山", "收入", "4.2亿元", "")]


def test_a_profit_is_no_loss_and_a_fall_names_no_one(facts_in):
    assert facts_in("星海集团2019年净亏损3.2亿元，上年同期盈利1.1亿元。")[0] == [
        ("星海集团", "净亏损", "3.2亿元", "2019"), ("星海集团", "盈利", "1.1亿元", "2018"),
    ]  # fmt: skip
    assert facts_in("星海集团毛利率由2018年的35.2%降至2019年的31.7%，下降3.5个百分点。")[0] == [
        ("星海集团", "毛利率", "35.2%", "2018"), ("星海集团", "毛利率", "31.7%", "2019"),
        ("星海集团", "毛利率", "-3.5个百分点", "2019"),
    ]  # fmt: skip


def test_exchange_rates(facts_in):
    assert facts_in("折算时统一采用1美元兑6.65元人民币。")[0] == [("美元", "汇率", "6.65元人民币/美元", "")]


def test_a_compound_rate(facts_in):
    _, facts = facts_in("自2012年以来，全球储能企业数量以超过65.2%的复合增长率快速增长。")
    assert (facts[0].measure, facts[0].metric, facts[0].value.qualifier.value) == (
        Measure.CAGR, "复合增长率", "超过",
    )  # fmt: skip


REAL = [
    ("亚马逊AWS", "净营收", "28.86", "2016Q2"), ("谷歌云计算及相关板块", "营收", "30.9", "2017Q2"),
    ("谷歌云计算及相关板块", "营收", "42", "2017Q2"), ("微软云平台Azure", "营收", "97", ""),
    ("微软云平台Azure", "毛利率", "52", ""), ("全球公有云服务", "市场规模", "2468", "2017"),
    ("全球公有云服务", "市场规模", "2092", "2016"), ("全球公有云服务", "市场规模", "3833", "2020"),
    ("迅雷云", "云计算收入", "107.8", ""), ("腾讯云", "收入", "290", "2020"), ("腾讯云", "收入", "14", "2019"),
    ("阿里巴巴", "营收", "74.03", "FY2018Q1"), ("阿里巴巴", "预估值", "71.9", "FY2018Q1"),
    ("云计算部门", "息税折旧摊销前利润率", "-4", ""), ("云计算部门", "息税折旧摊销前利润率", "-13", "一年前"),
    ("阿里巴巴", "云计算付费用户数量", "13.7", "FY2018Q1"), ("中国公共云计算", "市场规模", "20", "2016"),
    ("阿里云", "中国公有云市场的份额", "10", "2016"), ("阿里云", "新产品", "152", "FY2017Q1"),
    ("腾讯", "存储量", "500", "2014"), ("全球区块链", "复合增长率", "65.2", "2012"),
    ("这四座城市", "企业数量", "80", ""), ("中国区块链产业", "投融资额", "293", "2016"),
    ("中国区块链技术发明", "专利申请数量", "205", "2016"), ("黑客", "价值", "6000", "2016-06"),
    ("区块链初创公司Ripple", "B轮融资", "5500", ""), ("全球知名信用评级机构穆迪公司", "区块链项目", "120", ""),
    ("亚马逊AWS", "净营收", "41.00", "2017Q2"), ("北京", "企业", "47", ""), ("布比网络", "申请量", "29", "2016"),
]  # fmt: skip


@pytest.fixture(scope="module")
def real():
    path = ROOT / "corpus" / "2017-08-issue-08.md"
    return {
        (f.entity, f.metric, str(f.value.value), f.period.label if f.period else f.relative): f
        for f in prose_facts(read_document(path, path.parent))
        if isinstance(f.value, Quantity)
    }


@pytest.mark.parametrize("key", REAL, ids=lambda key: f"{key[0]} {key[2]}")
def test_the_figures_of_the_real_report(real, key):
    assert key in real


def test_a_quote_reaches_back_to_the_clause_that_names_the_subject(real):
    path = ROOT / "corpus" / "2017-08-issue-08.md"
    text = path.read_text(encoding="utf-8")
    fact = real["微软云平台Azure", "毛利率", "52", ""]
    assert [text[q.start : q.end] for q in fact.quotes] == ["微软云平台Azure季度营收同比高涨97%，毛利率增至52%"]


def test_cells_that_lost_their_columns_state_nothing(facts_in):
    assert facts_in("表3 仓库价格 存储类型 调整前 调整后 标准型 0.14 0.12 低频型 0.09 0.08。")[1] == ()
    assert facts_in("数据：东港四个季度情况 ............ 2 价格：北港调价 ............ 4")[1] == ()
    assert [f.value.value for f in facts_in("东港的吞吐量为 12 万吨，北港为 9 万吨。")[1]] == [12, 9]


def test_who_expects_a_figure_takes_no_name_from_the_sentence_before(facts_in):
    found, _ = facts_in("东港2018年的收入约为41.5亿元。北港预计2019年收入为1,200万元。")
    assert [(entity, value) for entity, _, value, _ in found] == [("东港", "41.5亿元"), ("", "1200万元")]
    found, _ = facts_in("东港协会3月发布计划。协会预计2019年仓库总容量为6,200万吨。")
    assert [(entity, value) for entity, _, value, _ in found] == [("东港协会", "6200万吨")]
    found, _ = facts_in("东港2018年的收入约为41.5亿元，机构预计其2019年收入为50亿元。")
    assert [(entity, value) for entity, _, value, _ in found][1] == ("东港", "50亿元")
