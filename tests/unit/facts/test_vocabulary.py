"""Names are found in questions however they are written."""

import sqlite3
from pathlib import Path

import pytest

from cloudqa.documents import read_document
from cloudqa.facts import FactStore, FactWriter, TermKind, create, short_forms, spelling
from cloudqa.language.synonyms import find_synonyms, groups_of, synonym_groups, synonyms_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def vocabulary():
    connection = sqlite3.connect(":memory:")
    create(connection)
    writer = FactWriter(connection)
    for path in (ROOT / "corpus" / "2017-08-issue-08.md", ROOT / "tests/data/samples/2017-12-issue-12.docx"):
        writer.add_document(read_document(path, path.parent))
    return FactStore(connection).vocabulary


def said(vocabulary, question, kind=TermKind.ENTITY, **flags):
    return [
        (question[m.start : m.end], {t.canonical for t in m.terms if t.kind is kind})
        for m in vocabulary.mentions(question)
        if any(t.kind is kind for t in m.terms) and all(getattr(m, k) == v for k, v in flags.items())
    ]


def test_width_case_and_traditional_characters(vocabulary):
    assert said(vocabulary, "阿里雲２０１７Ｑ３收入是多少") == [("阿里雲", {"阿里云"})]
    assert said(vocabulary, "騰訊雲cos標準存儲多少錢1gb") == [
        ("騰訊雲", {"腾讯云"}), ("cos標準存儲", {"cos标准存储(standard)"}),
    ]  # fmt: skip


def test_short_forms_of_a_name(vocabulary):
    assert said(vocabulary, "标准存储的请求费用")[0] == ("标准存储", {"标准存储", "cos标准存储(standard)"})
    assert said(vocabulary, "nearline price") == [("nearline", {"cos近线存储(nearline)"})]
    assert said(vocabulary, "Azure的毛利率") == [("Azure", {"微软云平台azure"})]


def test_a_latin_word_is_never_cut(vocabulary):
    assert said(vocabulary, "the costs of standardisation") == []


def test_metrics_longest_first(vocabulary):
    found = said(vocabulary, "平均每万用户营收最高是哪季度", TermKind.METRIC)
    assert found == [("平均每万用户营收", {"平均每万用户营收"})]


def test_one_wrong_character_is_flagged(vocabulary):
    assert said(vocabulary, "蓝鲸存贮的综合得分", fuzzy=True) == [("蓝鲸存贮", {"蓝鲸存储"})]
    assert said(vocabulary, "蓝鲸存储的综合得分", fuzzy=True) == []


def test_a_name_with_more_inside_it_or_only_a_part_of_it(vocabulary):
    assert said(vocabulary, "岳擎的云主机", TermKind.CLASS, partial=True) == [("岳擎的云主机", {"岳擎云主机"})]
    assert said(vocabulary, "岳擎云主", TermKind.CLASS, partial=True) == [("岳擎云主", {"岳擎云主机"})]


def test_nearest_and_known(vocabulary):
    assert [t.text for t in vocabulary.nearest("蓝鲸仓储", 1)] == ["蓝鲸存储"]
    assert {t.kind for t in vocabulary.known("ＡＡ＋")} == {TermKind.CLASS}
    assert vocabulary.known("不存在的名字") == ()


def test_short_forms_come_from_the_name_alone():
    assert set(short_forms("甲江市乙山区")) >= {"甲江乙山", "甲江市乙山", "乙山区"}
    assert short_forms("远航集团有限公司") == ("远航",)
    assert set(short_forms("东方花园/东方苑")) == {"东方花园", "东方苑"}
    assert short_forms("2017") == ()
    assert spelling("总 营收 （亿 元）") == "总营收(亿元)"


def test_synonyms_are_general_and_unambiguous_names():
    assert "gross margin" in synonyms_of("毛利率")
    assert [(m.group.name, m.start, m.end) for m in find_synonyms("year-on-year growth of revenue")] == [
        ("同比", 0, 12), ("增长率", 13, 19), ("营收", 23, 30),
    ]  # fmt: skip
    assert groups_of("Deutsche Bank")[0].name == "德意志银行"
    assert find_synonyms("prevenue") == []
    names = [group.name for group in synonym_groups()]
    assert len(names) == len(set(names))
