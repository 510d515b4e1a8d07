"""Follow-ups over a made-up report: values, what is carried over, and what is refused."""

from decimal import Decimal

import pytest

from cloudqa.answering.answer import AnswerKind, exact_json
from cloudqa.answering.conversation import Context, Conversation
from cloudqa.errors import UsageError

FIRST = "东湾市场2020Q3交易额是多少？"


@pytest.fixture
def talk(markets):
    """Asks several questions in a row and gives the answers."""

    def ask(*questions):
        conversation = Conversation(markets)
        return [conversation.ask(question) for question in questions]

    return ask


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        ([FIRST, "那2020Q4呢？"], "7.5"),
        ([FIRST, "西岭市场呢？"], "3.0"),
        ([FIRST, "西岭呢？"], "3.0"),
        ([FIRST, "商户数呢？"], "220"),
        ([FIRST, "西岭市场2021Q1呢？"], "4.0"),
        ([FIRST, "西岭市场2020Q4商户数呢？"], "110"),
        ([FIRST, "上一季度呢？"], "5.0"),
        ([FIRST, "再往前一个季度呢？"], "5.0"),
        ([FIRST, "第一季度呢？"], "4.0"),
        ([FIRST, "环比呢？"], "20"),
        ([FIRST, "环比呢？", "多了多少亿元？"], "1.0"),
        (["东湾市场2021Q1交易额是多少？", "同比呢？"], "100"),
        (["东湾市场2021Q1交易额是多少？", "同比呢？", "不是，我问的是环比"], "6.666666666667"),
        (["东湾市场2021Q1交易额是多少？", "同比呢？", "西岭市场呢？"], "100"),
        ([FIRST, "我是说2020Q1"], "4.0"),
        ([FIRST, "和西岭市场比呢？"], "3.0"),
        ([FIRST, "比南坡市场多多少？"], "4.8"),
        ([FIRST, "和2020Q2比呢？"], "20"),
        (["东湾市场2020Q1交易额是多少？", "和2020Q2比呢？"], "25"),
        ([FIRST, "西岭市场呢？", "相差多少？"], "3.0"),
        ([FIRST, "西岭市场呢？", "前者是后者的几倍？"], "2"),
        ([FIRST, "西岭市场呢？", "相差多少？", "后者呢？"], "3.0"),
        ([FIRST, "那2020Q4呢？", "这两个季度相差多少？"], "1.5"),
        (["东湾市场2020年交易额合计多少？", "西岭市场呢？"], "10.7"),
        (["东湾市场2020年交易额合计多少？", "平均呢？"], "5.625"),
        (["列出东湾市场2020年各季度的交易额", "总共呢？"], "22.5"),
        (["2021Q1交易额最高的是哪家市场？", "第二名呢？"], "4.0"),
        (["2021Q1交易额最高的是哪家市场？", "那最低的呢？"], "2.1"),
        (["2021Q1交易额最高的是哪家市场？", "它的商户数是多少？"], "250"),
        (["2021Q1交易额最高的是哪家市场？", "西岭市场呢？"], "4.0"),
        (["东湾市场哪个季度交易额最高？", "那个季度的商户数是多少？"], "250"),
        (["东湾市场哪个季度交易额最高？", "2020Q1呢？"], "4.0"),
        (["东湾市场2020年交易额合计多少？", "哪个季度最高？"], "7.5"),
        (["What was the 交易额 of 东湾市场 in 2020Q3?", "What about 2020Q4?", "And QoQ?"], "25"),
        (["What was the 交易额 of 东湾市场 in 2020Q3?", "And the 商户数?"], "220"),
        (["东湾市场和西岭市场2021Q1商户数分别是多少？", "一共多少？"], "370"),
        (["2020Q1到2021Q1东湾市场交易额增长了多少？", "西岭市场的商户数呢？"], "33.333333333333"),
    ],
)
def test_a_follow_up_has_the_value_of_the_completed_question(talk, turns, value):
    answer = talk(*turns)[-1]
    assert answer.value == Decimal(value), answer.answer
    assert answer.question == turns[-1]
    assert answer.citations


def test_another_threshold_takes_the_place_of_the_last_one(talk):
    answer = talk("东湾市场哪些季度交易额超过5亿元？", "超过7亿元呢？")[-1]
    assert [v.label for v in answer.values] == ["2020Q4", "2021Q1"]


def test_figures_spoken_of_before_an_answer_in_words_are_gone_back_to(talk):
    answer = talk(FIRST, "最早的批发市场靠近什么？", "那2020Q4呢？")[-1]
    assert answer.value == Decimal("7.5")


def test_what_was_carried_over_is_said_with_the_completed_question(talk):
    first, second = talk(FIRST, "那2020Q4呢？")
    assert first.context == ()
    assert second.context == (
        "对象：东湾市场（承上）",
        "指标：交易额（承上）",
        "理解为：东湾市场2020Q4交易额是多少？",
    )


def test_a_bare_period_is_in_the_language_of_the_conversation(talk):
    assert talk(FIRST, "2020Q4")[-1].context[0] == "对象：东湾市场（承上）"


def test_words_about_another_thing_are_no_answer(talk):
    answer = talk("东湾市场建成于哪一年？", "西岭市场呢？")[-1]
    assert answer.refused
    assert "西岭市场" in answer.missing


def test_a_full_question_carries_nothing_over(talk):
    answer = talk(FIRST, "南坡市场2020Q2商户数是多少？")[-1]
    assert (answer.value, answer.context) == (Decimal(66), ())


def test_the_source_is_the_place_of_the_last_answer(talk):
    answers = talk(FIRST, "来源在哪？")
    assert answers[1].kind is AnswerKind.META
    assert answers[1].citations == answers[0].citations
    assert answers[1].answer.startswith("[1] 《果蔬周报》 2021-05 第5期 › 一、批发市场，第")


def test_the_working_is_told_when_asked_for(talk):
    assert talk(FIRST, "环比呢？", "怎么算的？")[-1].answer == "6.0 ÷ 5.0 − 1 = 20.00%"
    assert talk(FIRST, "怎么算的？")[-1].answer == "不是计算得出的，报告中就是这样写的。"


@pytest.mark.parametrize(
    ("turns", "missing"),
    [
        (["那2020Q4呢？"], "对象"),
        (["环比呢？"], "指标"),
        (["它呢？"], "“它”所指的对象"),
        (["前者呢？"], "“前者”所指的对象"),
        (["来源在哪？"], "已回答的问题"),
        (["为什么？"], "要问原因的事情"),
        ([FIRST, "北湖市场呢？"], "北湖"),
        ([FIRST, "利润呢？"], "利润"),
        ([FIRST, "同比呢？"], "东湾市场 交易额 2019Q3"),
        ([FIRST, "第二名呢？"], "对象"),
        ([FIRST, "为什么？"], "原因"),
        ([FIRST, "谢谢"], "对象"),
        ([FIRST, "贵多少？"], "“贵多少”所指的对象"),
        (["2021Q1交易额最高的是哪家市场？", "哪家增长最快？"], "对象"),
        (["西岭市场2020Q2交易额是多少？", "那2020Q3的商户数呢？"], "西岭市场 2020Q3 商户数"),
    ],
)
def test_what_cannot_be_completed_is_refused_by_name(talk, turns, missing):
    answer = talk(*turns)[-1]
    assert answer.refused
    assert answer.value is None
    assert missing in answer.missing


def test_a_refusal_keeps_what_was_asked_for(talk):
    answers = talk("西岭市场2020Q3商户数是多少？", "那2020Q4呢？", "同比呢？", "环比呢？", "交易额呢？")
    assert [a.refused for a in answers] == [True, False, True, True, False]
    assert answers[1].value == 110
    assert answers[4].value == Decimal("6.666666666667")


def test_nonsense_in_between_is_not_what_follows_leans_on(talk):
    answers = talk(FIRST, "今天天气怎么样？", "那2020Q4呢？")
    assert answers[1].refused
    assert answers[2].value == Decimal("7.5")


def test_the_source_of_a_refusal_is_none(talk):
    assert talk(FIRST, "利润呢？", "来源呢？")[-1].refused


def test_the_reason_is_given_where_the_report_has_one(talking_archives):
    conversation = Conversation(talking_archives["samples"])
    assert conversation.ask("海岳云2017Q1净利润是多少？").value == -1870
    reason = conversation.ask("为什么？")
    assert "受机房搬迁拖累" in reason.answer
    assert conversation.ask("那2017Q2呢？").value == 2240


def test_money_is_converted_at_the_stated_rate_only(talking_archives):
    conversation = Conversation(talking_archives["samples"])
    conversation.ask("云岭科技2017Q3海外收入是多少？")
    converted = conversation.ask("换成人民币呢？")
    assert (converted.value, converted.unit) == (Decimal("3657.50"), "万元")
    assert any("6.65" in c.quote for c in converted.citations)
    conversation = Conversation(talking_archives["report"])
    conversation.ask("亚马逊AWS第二季度净营收是多少？")
    assert conversation.ask("换成人民币呢？").refused


def test_clear_forgets_everything(markets):
    conversation = Conversation(markets)
    conversation.ask(FIRST)
    conversation.clear()
    assert conversation.context == Context()
    assert conversation.ask("那2020Q4呢？").refused


def test_a_saved_context_goes_on_where_it_was(markets):
    import json

    conversation = Conversation(markets)
    conversation.ask(FIRST)
    saved = exact_json(conversation.context.as_dict())
    again = Conversation(markets, Context.from_dict(json.loads(saved, parse_float=Decimal)))
    assert again.context == conversation.context
    assert again.ask("西岭市场呢？") == conversation.ask("西岭市场呢？")


def test_a_damaged_context_is_wrong_use():
    with pytest.raises(UsageError):
        Context.from_dict({"question": "x", "answer": {"kind": "number"}})


def test_the_assistant_may_be_exchanged_between_turns(markets, talking_archives):
    conversation = Conversation(talking_archives["samples"])
    conversation.ask("云岭科技2017Q3营业收入是多少？")
    conversation.assistant = markets
    assert conversation.ask("那2017Q2呢？").refused
    assert conversation.ask(FIRST).value == Decimal("6.0")
    assert conversation.ask("西岭市场呢？").value == Decimal("3.0")


def test_a_matter_named_without_a_question_word_is_asked_by_itself(talking_archives):
    conversation = Conversation(talking_archives["report"])
    conversation.ask("2018Q1云收入是多少？")
    answer = conversation.ask("区块链在跨境支付中的作用")
    assert not answer.refused
    assert "区块链" in answer.answer
    assert answer.context == ()
