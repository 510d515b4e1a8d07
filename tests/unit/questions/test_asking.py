"""What a question in words asks for."""

import pytest

from cloudqa.questions.asking import Asked, read_asking


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("小麦产量是多少？", Asked.NUMBER),
        ("谁主持了会议", Asked.PERSON),
        ("大会什么时候开幕", Asked.TIME),
        ("新厂建在哪里？", Asked.PLACE),
        ("为什么钢价下跌？", Asked.REASON),
        ("什么是精准灌溉", Asked.DEFINITION),
        ("这种药叫什么名字", Asked.NAME),
        ("如何降低能耗", Asked.MANNER),
        ("产量是不是下降了", Asked.YES_NO),
        ("有哪些措施", Asked.LIST),
        ("帮我写一首诗", Asked.TASK),
        ("医保改革的影响", Asked.DESCRIPTION),
        ("When did the mill open?", Asked.TIME),
        ("Why did prices fall?", Asked.REASON),
        ("How many beds are there?", Asked.NUMBER),
        ("Who chaired the meeting?", Asked.PERSON),
        ("Is the plant profitable?", Asked.YES_NO),
    ],
)
def test_the_sort_of_thing_asked_for(question, first):
    assert read_asking(question).asked[0] is first


def test_a_negated_few_asks_for_no_number():
    assert not read_asking("用了没几天就坏，能退吗？").asks(Asked.NUMBER)


def test_how_many_are_asked_for():
    assert read_asking("包括哪三个领域？").count == 3
    assert read_asking("粮食的五大风险是什么").count == 5
    assert read_asking("有哪些风险").count is None


def test_items_asked_about_one_by_one():
    assert read_asking("小麦、玉米和大豆分别产自哪里？").items == ("小麦", "玉米", "大豆")
    assert read_asking("小麦产自哪里？").items == ()


def test_grammar_carries_no_weight_and_topics_do():
    asking = read_asking("请问小麦的产量是多少？")
    heavy = "".join(c for c, w in zip(asking.text, asking.weights, strict=True) if w == 1.0)
    assert heavy == "小麦产量"


def test_an_english_question_is_known_as_such():
    assert read_asking("What is the yield of 小麦?").english
    assert not read_asking("GDP 增长多少").english
