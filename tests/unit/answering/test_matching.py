"""Coverage of a question by a text."""

import pytest

from cloudqa.answering.matching import Matcher, rarity_of
from cloudqa.questions.asking import read_asking


def matcher(question, alternatives=None):
    return Matcher(read_asking(question), lambda term: 1.0, alternatives)


def test_all_content_words_met_is_full_coverage():
    m = matcher("小麦产量是多少？")
    assert m.cover("今年小麦产量创新高").share == pytest.approx(1.0)
    assert m.cover("天气晴朗").share == 0.0


def test_a_character_alone_counts_little():
    m = matcher("小麦")
    assert m.cover("麦当劳").share == pytest.approx(0.35 / 2)


def test_latin_words_and_numbers_are_met_whole():
    m = matcher("GDP 2016")
    assert m.cover("gdp in 2016").share == pytest.approx(1.0)
    assert m.cover("gdpx in 20161").share == 0.0


def test_what_is_missing_is_named_as_the_question_spells_it():
    m = matcher("广州的钢铁产量")
    assert m.missing(m.cover("钢铁产量增长")) == ("广州",)


def test_two_texts_together_and_discounted():
    m = matcher("小麦产量")
    first, second = m.cover("小麦"), m.cover("产量")
    assert m.together(first, second).share == pytest.approx(1.0)
    assert m.together(first, second, 0.5).share == pytest.approx(0.75)


def test_another_word_for_the_same_covers_it():
    m = matcher("营收多少", lambda text: [(0, 2, ("收入",))])
    assert m.cover("收入增长").share == pytest.approx(1.0)


def test_rare_terms_weigh_more():
    rare = {"小麦": 1.0, "产量": 0.1}
    m = Matcher(read_asking("小麦产量"), lambda term: rare.get(term))
    assert m.cover("小麦").share > 0.8


def test_rarity_runs_from_one_passage_to_all():
    assert rarity_of(1, 99) == pytest.approx(1.0)
    assert rarity_of(99, 99) == pytest.approx(0.002, abs=0.001)
    assert rarity_of(0, 99) is None


def test_a_text_amid_what_stands_above_and_before_it():
    m = matcher("广州的小麦产量")
    own, above, before = m.cover("产量"), m.cover("小麦"), m.cover("广州")
    expected = m.together(own, m.together(above, before), 0.7)
    assert m.amid(own, above, before, 0.7) == expected
    assert expected.share == pytest.approx((2 + 4 * 0.7) / 6)
    assert m.amid(own, above, above, 0.7) == m.together(own, above, 0.7)


def test_a_latin_word_for_the_same_is_met_whole_in_a_question_of_chinese_characters():
    m = matcher("小麦", lambda text: [(0, 2, ("wheat",))])
    assert m.cover("wheat prices").share == pytest.approx(1.0)
    assert m.cover("wheaten").share == 0.0
