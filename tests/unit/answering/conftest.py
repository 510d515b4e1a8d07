"""A made-up report of another field, indexed with the built-in encoder, and an assistant over it."""

import sqlite3

import pytest

from cloudqa.answering import Assistant
from cloudqa.answering.numeric import answer_numeric
from cloudqa.answering.sources import ArchiveSources
from cloudqa.documents import read_document
from cloudqa.facts import FactStore, FactWriter, create
from cloudqa.index import StoredReport
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings

REPORT = """# 粮食观察

（内部资料 注意保存）

2019年5月第5期(总第41期)

## 目录

- 要闻：南坪建成新粮库
- 研究：精准灌溉的五道难关

## • 要闻 •

### 一、南坪建成新粮库

2019年4月12日，南坪县新粮库在北湾镇落成，县粮食局局长周敏主持了仪式。粮库由禾源集团承建，采用名为“恒仓”的低温系统。禾源集团在新粮库投资3.6亿元，仓容为12万吨。农户可以凭手机预约送粮，无需再排队过夜。

### 二、长岭推广新品种

长岭县今年推广抗旱小麦“岭麦9号”，因为连续三年春旱使普通品种减产。农技站站长郑雪介绍，岭麦9号的根系更深，能吸收一米以下的水分。与普通品种相比，它的缺点是成熟期晚七天。

（本节负责人：顾明 郝静）

## • 研究 •

### 精准灌溉的五道难关

精准灌溉是根据土壤墒情和作物需水量按需供水的技术。目前它的推广还存在不少困难。

#### 1、设备昂贵

一套设备的价格相当于农户两年的纯收入。

## 2、维护人员不足

乡镇平均只有一名技术员。

## 3. 电力不稳

偏远地块常常停电。

## 4. 数据分散

气象和土壤数据由不同部门保管。

## 5. 农户观望

多数农户要等邻居先用。

（本节负责人：柳青）

主编：任远

地址：宁川市稻香路8号
"""


@pytest.fixture(scope="module")
def facts_of(tmp_path_factory):
    """Makes, of a report in Markdown, a function that asks its facts."""

    def asker(markdown):
        folder = tmp_path_factory.mktemp("facts")
        path = folder / "report.md"
        path.write_text(markdown, encoding="utf-8")
        document = read_document(path, folder)
        connection = sqlite3.connect(":memory:")
        create(connection)
        FactWriter(connection).add_document(document)
        sources = ArchiveSources([document.report], {document.report: StoredReport.of(document)}.get)
        store = FactStore(connection)
        return lambda question: answer_numeric(question, store, sources)

    return asker


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """An assistant over the made-up report."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "2019-05-issue-05.md").write_text(REPORT, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    rebuild(settings)
    return Assistant.open(settings)
