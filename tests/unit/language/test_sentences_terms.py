"""Sentences, clauses and terms."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cloudqa.language import clause_spans, sentence_spans, terms


def cut(text, spans):
    return [text[a:b] for a, b in spans]


def test_a_sentence_keeps_its_closing_quote():
    text = "他说：“好。”然后走了。再见！"
    assert cut(text, sentence_spans(text)) == ["他说：“好。”", "然后走了。", "再见！"]


def test_an_end_mark_inside_brackets_ends_nothing():
    text = "甲（见前文。）乙。丙"
    assert cut(text, sentence_spans(text)) == ["甲（见前文。）乙。", "丙"]


def test_english_and_decimals():
    text = "Sales rose 1.5 times. Profit fell."
    assert cut(text, sentence_spans(text)) == ["Sales rose 1.5 times.", "Profit fell."]


def test_a_comma_inside_a_number_or_brackets_separates_no_clauses():
    text = "收入1,234万元，利润(同比，调整后)下降；成本持平"
    assert cut(text, clause_spans(text)) == ["收入1,234万元，", "利润(同比，调整后)下降；", "成本持平"]


def test_an_unclosed_bracket_does_not_swallow_the_next_line():
    text = "甲（未完\n乙。丙。"
    assert cut(text, sentence_spans(text)) == ["甲（未完", "乙。", "丙。"]


@given(st.text(alphabet="甲乙，。！（）“”1.,\n ab", max_size=60))
def test_sentences_lose_only_blanks(text):
    spans = sentence_spans(text)
    assert "".join("".join(cut(text, spans)).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_terms_are_characters_pairs_words_and_joined_numbers():
    assert terms("云收入17Q4") == ["云", "收", "入", "云收", "收入", "17", "q", "17q", "4", "17q4"]


def test_both_sides_of_a_range_are_terms():
    assert {"2015q2", "2018q1"} <= set(terms("2015Q2-2018Q1"))


def test_traditional_and_simplified_give_the_same_terms():
    assert terms("騰訊雲２０１７") == terms("腾讯云2017")
