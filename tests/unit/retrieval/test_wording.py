"""Words that ask are not looked for."""

from __future__ import annotations

import pytest

from cloudqa.errors import UsageError
from cloudqa.retrieval.wording import asks, question_terms, question_text, question_words


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("请问云是什么？", ["云", "是", "云是"]),
        ("哪些云？", ["云"]),
        ("云在哪里？", ["云", "在", "云在"]),
        ("哪一年", ["一", "年", "一年"]),
        ("AWS为什么涨", ["aws", "涨"]),
        ("什么", ["什", "么", "什么"]),
        ("What is the growth of AWS?", ["growth", "aws"]),
        ("AWS的A类", ["aws", "的", "a", "类"]),
    ],
)
def test_terms_of_a_question(question, found):
    assert question_terms(question_text(question)) == found


def test_a_question_is_normalised_and_bounded():
    assert question_text(" 雲Ａ ") == "云a"
    assert len(question_text("云" * 5000)) == 1000
    with pytest.raises(UsageError):
        question_text("\u2003")


def test_words_that_ask_are_left_out_unless_nothing_else_is_there():
    assert question_words("哪些云") == " 云"
    assert question_words("什么") == "什么"


def test_a_topic_asks_nothing():
    assert [asks(text) for text in ("云有哪些", "how is aws doing", "云的发展", "aws growth")] == [
        True,
        True,
        False,
        False,
    ]
