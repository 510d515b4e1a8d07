"""Which characters of a question belong together, which of its words nothing covers, and which years and ordinals."""

from itertools import pairwise

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.matching import Matcher
from cloudqa.questions.asking import read_asking
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

REPORT = """# 港口观察 2019年第3期

## 会议

2018年9月12日，“绿色航运工作组”第六次会议在青岛召开，来自三十家单位的代表参会。

2016年7月，海事研究会发布了一份关于岸电的报告，其中介绍了四十个试点泊位。

## 服务

北港码头进入市场最早，主要为钢铁、粮食、化工等领域提供装卸服务，且于2013年开始经营外贸航线；东港码头的业务起步于旅客运输。

作出这样高的预期必然有多方面的原因，其中最主要的是东港码头的位置，在为自己的船队提供补给的同时，也为其他船队提供同样的服务。

仓储公司正在开发新的报关系统，为进口商提供支持。
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("port")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "2019-03.md").write_text(REPORT, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    rebuild(settings)
    return Assistant.open(settings)


def matcher(question, words=None):
    spans = None
    if words is not None:
        cuts = [0]
        for word in words:
            cuts.append(cuts[-1] + len(word))
        spans = list(pairwise(cuts))
    known = {"码头", "提供", "服务", "云主"}
    return Matcher(
        read_asking(question),
        lambda term: 0.5 if term in known else None,
        words=(lambda text: spans) if spans else None,
    )


def test_characters_of_two_words_make_no_word():
    joined = matcher("码头提供服务")
    apart = matcher("码头提供服务", ["码头", "提供", "服务"])
    assert [t.pairs for t in joined.tokens][1] == ("码头", "头提")
    assert [t.pairs for t in apart.tokens] == [("码头",), ("码头",), ("提供",), ("提供",), ("服务",), ("服务",)]


def test_a_word_of_one_character_stays_joined_to_its_neighbours_unless_they_are_grammar():
    pairs = [t.pairs for t in matcher("北港在港口", ["北", "港", "在", "港口"]).tokens]
    assert pairs == [("北港",), ("北港",), ("在",), ("港口",), ("港口",)]


def test_what_is_missing_is_said_in_whole_words():
    prepared = matcher("码头总资产", ["码头", "总资产"])
    assert prepared.unknown(prepared.cover("码头的产量")) == ("总资产",)


@pytest.mark.parametrize(
    ("words", "is_name"),
    [
        (["沈", "陶", "磊"], True),  # characters that make up no word
        (["马来西亚"], True),
        (["小弟", "绑", "一块儿"], False),
        (["吃", "重"], False),
    ],
)
def test_a_name_is_told_from_a_turn_of_speech(words, is_name):
    text = "".join(words)
    assert matcher(text, words).is_name(text) is is_name


def test_the_sentence_that_has_the_words_together_is_quoted(archive):
    answer = archive.ask("北港码头主要给哪些领域提供服务？")
    assert "钢铁、粮食、化工" in answer.answer


def test_another_ordinal_is_another_thing(archive):
    assert "2018年9月12日" in archive.ask("绿色航运工作组第六次会议是什么时候召开的？").answer
    refused = archive.ask("绿色航运工作组第七次会议是什么时候召开的？")
    assert refused.refused
    assert refused.missing == ("第7次",)


def test_another_year_is_another_report(archive):
    assert "岸电" in archive.ask("海事研究会2016年发布了什么报告？").answer
    refused = archive.ask("海事研究会2017年发布了什么报告？")
    assert refused.refused
    assert "2017" in "".join(refused.missing)


def test_a_time_is_not_answered_by_a_sentence_without_one(archive):
    refused = archive.ask("仓储公司的报关系统什么时候上线？")
    assert refused.refused


def test_a_figure_that_is_no_time_does_not_say_how_long(archive):
    answer = archive.ask("岸电试点泊位要建多长时间？")
    assert answer.value is None
