"""Archives for conversations: the real report, the samples, and a made-up report with one table."""

import shutil

import pytest

from cloudqa.answering import Assistant
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

MADE_UP = """# 果蔬周报

2021年5月第5期(总第9期)

## 一、批发市场

编辑部走访了三家批发市场。东湾市场建成于1998年，是全省最早的批发市场，因为靠近港口，进口水果都在这里交易。

**表1　批发市场经营数据**

| 市场 | 指标 | 2020Q1 | 2020Q2 | 2020Q3 | 2020Q4 | 2021Q1 |
|---|---|---|---|---|---|---|
| 东湾市场 | 交易额（亿元） | 4.0 | 5.0 | 6.0 | 7.5 | 8.0 |
| 东湾市场 | 商户数（家） | 200 | 210 | 220 | 230 | 250 |
| 西岭市场 | 交易额（亿元） | 2.0 | 2.5 | 3.0 | 3.2 | 4.0 |
| 西岭市场 | 商户数（家） | 90 | 95 | — | 110 | 120 |
| 南坡市场 | 交易额（亿元） | 1.0 | 1.5 | 1.2 | 1.8 | 2.1 |
| 南坡市场 | 商户数（家） | 60 | 66 | 70 | 75 | 80 |
"""


def _assistant(folder, files):
    (folder / "corpus").mkdir()
    for file in files:
        shutil.copy(file, folder / "corpus" / file.name)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    rebuild(settings)
    return Assistant.open(settings)


@pytest.fixture(scope="session")
def talking_archives(tmp_path_factory, repository):
    """An assistant for each corpus that the conversations are held with, by its name."""
    data = repository / "tests" / "data"
    return {
        "report": _assistant(tmp_path_factory.mktemp("report"), [repository / "corpus" / "2017-08-issue-08.md"]),
        "samples": _assistant(tmp_path_factory.mktemp("samples"), sorted((data / "samples").glob("2017-*"))),
        "archive": _assistant(tmp_path_factory.mktemp("archive"), sorted((data / "archive").glob("2019-0[36]-*"))),
        "made_up": _assistant(tmp_path_factory.mktemp("made_up"), sorted((data / "made_up").glob("20*.md"))),
    }


@pytest.fixture(scope="session")
def markets(tmp_path_factory):
    """An assistant over the made-up report."""
    folder = tmp_path_factory.mktemp("markets")
    file = folder / "2021-05-issue-05.md"
    file.write_text(MADE_UP, encoding="utf-8")
    return _assistant(folder, [file])
