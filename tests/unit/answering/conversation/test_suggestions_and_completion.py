"""Next questions that are answered, and names that continue what is typed."""

from decimal import Decimal

from cloudqa.answering.completing import Completion, complete
from cloudqa.answering.conversation import Conversation
from cloudqa.answering.suggesting import suggest


def test_suggestions_are_near_the_figure_and_answered(markets):
    conversation = Conversation(markets)
    answer = conversation.ask("东湾市场2020Q3交易额是多少？")
    suggested = suggest(conversation, answer)
    assert suggested == (
        "东湾市场2020Q3交易额环比增长多少？",
        "西岭市场2020Q3交易额是多少？",
        "东湾市场交易额最高的是哪个季度？",
    )
    assert [markets.ask(q).value for q in suggested] == [Decimal(20), Decimal("3.0"), Decimal("8.0")]


def test_suggestions_after_a_follow_up_are_full_questions(markets):
    conversation = Conversation(markets)
    conversation.ask("东湾市场2020Q3交易额是多少？")
    answer = conversation.ask("西岭市场呢？")
    assert suggest(markets, answer, limit=2) == ("西岭市场2020Q3交易额环比增长多少？", "东湾市场2020Q3交易额是多少？")


def test_suggestions_are_in_the_language_of_the_question(markets):
    answer = markets.ask("What was the 交易额 of 东湾市场 in 2020Q3?")
    assert suggest(markets, answer, limit=2) == (
        "What was the quarter-on-quarter growth of the 交易额 of 东湾市场 in 2020Q3?",
        "What was the 交易额 of 西岭市场 in 2020Q3?",
    )


def test_an_empty_cell_is_never_suggested(markets):
    answer = markets.ask("东湾市场2020Q3商户数是多少？")
    suggested = suggest(markets, answer, limit=6)
    assert "西岭市场2020Q3商户数是多少？" not in suggested
    assert "南坡市场2020Q3商户数是多少？" in suggested


def test_nothing_is_suggested_after_a_refusal_or_an_answer_in_words(markets):
    assert suggest(markets, markets.ask("北湖市场2020Q3交易额是多少？")) == ()
    assert suggest(markets, markets.ask("东湾市场建成于哪一年？")) == ()


def test_completions_continue_the_last_word(markets):
    assert complete(markets, "请看西岭") == (Completion("西岭市场", "entity", 2),)
    assert complete(markets, "东湾市场的交易") == (Completion("交易额", "metric", 5),)
    assert complete(markets.facts, "交易额和商") == (Completion("商户数", "metric", 4),)


def test_periods_are_completed_the_latest_of_the_most_frequent_first(markets):
    assert [c.text for c in complete(markets, "2020Q")] == ["2020Q4", "2020Q3", "2020Q2", "2020Q1"]
    assert complete(markets, "东湾市场2021") == (Completion("2021Q1", "period", 4),)


def test_nothing_is_completed_after_a_whole_name_a_mark_or_nothing(markets):
    assert complete(markets, "东湾市场") == ()
    assert complete(markets, "东湾市场，") == ()
    assert complete(markets, "") == ()


def test_at_most_so_many_are_returned(markets):
    assert len(complete(markets, "2020", limit=2)) == 2
