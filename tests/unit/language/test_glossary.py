"""English words of a question and their Chinese equivalents."""

from cloudqa.language.glossary import find_glossary
from cloudqa.language.thesaurus import find_alike


def words(text):
    return [(text[a:b], chinese) for a, b, chinese in find_glossary(text)]


def test_a_phrase_is_taken_before_its_words():
    assert words("supply chain risk") == [("supply chain", ("供应链",)), ("risk", ("风险",))]


def test_inflected_words_are_found_by_their_base():
    assert words("hospitals invested in planning") == [
        ("hospitals", ("医院",)),
        ("invested", ("投资",)),
        ("planning", ("计划", "规划")),
    ]


def test_unknown_words_and_chinese_give_nothing():
    assert find_glossary("xyzzy 小麦") == []


def test_words_that_say_much_the_same():
    found = find_alike("大会在哪举行")
    assert [(a, b) for a, b, _ in found] == [(4, 6)]
    assert {"召开", "举办"} <= set(found[0][2])


def test_a_word_of_two_groups_has_the_words_of_both():
    (_, _, words) = find_alike("减少")[0]
    assert {"下降", "收窄", "省去"} <= set(words)
