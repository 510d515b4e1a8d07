"""English words of a question and their Chinese equivalents."""

from cloudqa.language.glossary import find_glossary


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
