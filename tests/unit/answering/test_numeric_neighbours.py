"""A metric that a neighbouring row names in full is the one that is meant, and a word may stand for its figure."""

import sqlite3

import pytest

from cloudqa.answering.numeric import answer_numeric
from cloudqa.answering.sources import ArchiveSources
from cloudqa.documents import read_document
from cloudqa.facts import FactStore, FactWriter, create
from cloudqa.index import StoredReport

REPORT = """# 仓库价目

## 仓位对比

| 项目 | 普通仓位 | 恒温仓位 |
|---|---|---|
| 存放费用 | 3元/吨 起 | 8元/吨 起 |
| 翻检费用 | 无 | 2元/吨 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Asks the facts of a small price list."""
    folder = tmp_path_factory.mktemp("prices")
    path = folder / "prices.md"
    path.write_text(REPORT, encoding="utf-8")
    document = read_document(path, folder)
    connection = sqlite3.connect(":memory:")
    create(connection)
    FactWriter(connection).add_document(document)
    sources = ArchiveSources([document.report], {document.report: StoredReport.of(document)}.get)
    store = FactStore(connection)
    return lambda question: answer_numeric(question, store, sources)


def test_each_charge_is_told_from_the_other(ask):
    assert str(ask("恒温仓位的翻检费用是多少？").value) == "2"
    assert str(ask("恒温仓位的存放费用是多少？").value) == "8"


def test_another_charge_never_answers_for_one_that_is_a_word(ask):
    answer = ask("普通仓位的翻检费用是多少？")
    assert answer is None or answer.value is None
    assert answer is None or answer.refused or "无" in answer.answer
