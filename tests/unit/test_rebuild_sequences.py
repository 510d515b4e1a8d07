"""After any sequence of adding, changing and removing reports, every answer is that of a full build."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudqa.answering import Assistant
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

MONTHS = (3, 6, 9)
QUESTIONS = (
    "甲厂2018Q4收入是多少亿元？",
    "乙厂2018Q3收入是多少亿元？",
    "甲厂2018Q4收入环比增长多少？",
    "最新一期是哪一期？",
    "哪几期提到了乙厂？",
    "第6期里甲厂2018Q4收入是多少？",
    "乙厂的产品有什么特点？",
)


def report(month, version):
    """A small issue whose figures, forecast and price depend on its version."""
    tenth = version * month
    return f"""# 行业月报（2019年{month}月 · 第{month}期）

## 一、数据

**表1　两厂季度数据**

| 工厂 | 季度 | 收入（亿元） |
|---|---|---|
| 甲厂 | 2018Q3 | 1.{tenth} |
| 甲厂 | 2018Q4 | 2.{tenth} |
| {"乙厂" if version % 2 else "丙厂"} | 2018Q3 | 3.{month} |

## 二、产品

{"乙厂" if version % 2 else "丙厂"}的产品以耐用见长，第{version}代于2019年{month}月1日上市。
"""


actions = st.lists(st.tuples(st.sampled_from(MONTHS), st.integers(0, 3)), min_size=1, max_size=5)


def answers(place):
    """The JSON of all answers, and everything that is said of the issues."""
    with Assistant.open(place).generation:
        assistant = Assistant.open(place)
        return [assistant.ask(question).to_json() for question in QUESTIONS], assistant.issues()


def carry_out(corpus, month, version):
    """Version 0 removes the report of a month, any other adds it or changes it to that."""
    file = corpus / f"m{month}.md"
    if version:
        file.write_text(report(month, version), encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(actions)
def test_an_index_that_followed_every_change_answers_like_one_built_from_nothing(sequence):
    folder = Path(tempfile.mkdtemp(prefix="sequences-"))
    try:
        corpus = folder / "corpus"
        corpus.mkdir()
        (corpus / "fixed.md").write_text(report(1, 1), encoding="utf-8")
        followed = Settings(corpus=corpus, index=folder / "followed")
        for month, version in sequence:
            carry_out(corpus, month, version)
            rebuild(followed)
        fresh = Settings(corpus=corpus, index=folder / "fresh")
        rebuild(fresh)
        assert answers(followed) == answers(fresh)
    finally:
        shutil.rmtree(folder)
