"""The interface over a scripted archive, and over the real assistant on the real report."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from cloudqa.answering.answer import Answer, AnswerKind, Citation, Operand, Step, Value, Working
from cloudqa.answering.completing import Completion
from cloudqa.answering.sources import ArchiveSources
from cloudqa.documents import read_document
from cloudqa.facts import FactStore, FactWriter, create
from cloudqa.index import StoredReport
from cloudqa.settings import Settings
from cloudqa.tui.app import CloudQAApp
from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened
from cloudqa.tui.places import Places

NOW = datetime(2017, 9, 1, 9, 30, tzinfo=UTC)

REPORT = """# 海川观察

2017年8月第8期

## • 数据 •

### 甲公司财务分析

甲公司本季度收入为41.00亿元，比去年同期的10.00亿元增长310%。控制符\x1b[31m在此，[/foo] [a=b] 不是标记。

甲公司2016Q4-2017Q2数据如下：

	云收入(亿元)	总营收(亿元)	占比
2016Q4	8.85	168.29	5.26%
2017Q1	10.00	261.79	3.82%
2017Q2	41.00	501.84	8.17%

由上表可知，甲公司的收入正在逐年递增。

## • 观察 •

### 一、其他公司

乙公司没有公布数据。
"""


NAMES = (("甲公司", "entity"), ("甲公司云收入", "metric"), ("2017Q2", "period"))


class ScriptedContext:
    def __init__(self, asked):
        self.asked = asked

    def as_dict(self):
        return {"asked": list(self.asked)}


class ScriptedConversation:
    """A conversation that remembers what was asked."""

    def __init__(self, assistant, context):
        self.assistant = assistant
        self.context = ScriptedContext((context or {}).get("asked", []))

    def ask(self, question):
        answer = self.assistant.ask(question)
        self.context.asked.append(question)
        return answer

    def clear(self):
        self.context.asked.clear()


@dataclass
class ScriptedAssistant:
    """Answers from a table; a question that is not in it is refused."""

    answers: dict[str, Answer]
    report: StoredReport
    asked: list[str] = field(default_factory=list)

    facts: FactStore = None

    def __post_init__(self):
        self.sources = ArchiveSources([self.report.report], {self.report.report: self.report}.get)
        self.generation = SimpleNamespace(id="0123456789abcdef", iter_passages=lambda report: iter(()))

    def ask(self, question):
        self.asked.append(question)
        answer = self.answers.get(question)
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            return answer
        return Answer(
            question=question, answer="资料中没有。", kind=AnswerKind.REFUSAL, refused=True, missing=(question,)
        )

    def search(self, question, k):
        return []


class ScriptedDoor:
    """An archive that opens as the test says, and rebuilds in the steps that the test gives."""

    def __init__(self, *opened: Opened, events=(), outcome=None):
        self.opened = list(opened)
        self.events = events
        self.outcome = outcome
        self.warmed = 0
        self.before_event = {}
        self.suggestions = {"收入增长多少？": ("各季度收入？",)}

    def open(self):
        return self.opened.pop(0) if len(self.opened) > 1 else self.opened[0]

    def warm(self, opened):
        self.warmed += 1

    def converse(self, assistant, context):
        return ScriptedConversation(assistant, context)

    def suggest(self, conversation, answer):
        return self.suggestions.get(answer.question, ())

    def complete(self, assistant, text):
        return tuple(
            Completion(name, kind, text.rindex(name[0]))
            for name, kind in NAMES
            if text and name[0] in text and name.startswith(text[text.rindex(name[0]) :]) and name != text
        )

    def begin(self, assistant):
        return ("收入增长多少？", "各季度收入？")

    def rebuild(self, tell, *, full):
        for event in self.events:
            self.before_event.get(event.stage, int)()
            tell(event)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture(autouse=True)
def _user(monkeypatch, tmp_path):
    """A Chinese user with a terminal of its own."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(scope="session")
def made_up_report(tmp_path_factory) -> StoredReport:
    """The made-up report as the index keeps it."""
    return StoredReport.of(_made_up_document(tmp_path_factory))


def _made_up_document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tui-corpus")
    (folder / "made-up-08.md").write_text(REPORT, encoding="utf-8")
    return read_document(folder / "made-up-08.md", folder)


@pytest.fixture(scope="session")
def made_up_facts(tmp_path_factory) -> FactStore:
    """The facts of the made-up report."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    create(connection)
    FactWriter(connection).add_document(_made_up_document(tmp_path_factory))
    yield FactStore(connection)
    connection.close()


def citation_of(report: StoredReport, quote: str, **place) -> Citation:
    """The citation of a stretch of the made-up report."""
    start = report.text.index(quote)
    return Citation(
        report=report.report,
        issue="《海川观察》 2017-08 第8期",
        section=("数据", "甲公司财务分析"),
        quote=quote,
        start=start,
        end=start + len(quote),
        line=report.text.count("\n", 0, start) + 1,
        **place,
    )


@pytest.fixture
def answers(made_up_report) -> dict[str, Answer]:
    """The scripted answers by question."""
    text = citation_of(made_up_report, "甲公司本季度收入为41.00亿元")
    cell = citation_of(made_up_report, "2017Q2\t41.00", table=0, row=3, column=1)
    base = citation_of(made_up_report, "2017Q1\t10.00", table=0, row=2, column=1)
    growth = Answer(
        question="收入增长多少？",
        answer="甲公司 云收入：310%（41.00 ÷ 10.00 − 1 = 310%）。",
        kind=AnswerKind.NUMBER,
        value=Decimal("310.00"),
        unit="%",
        working=Working(
            formula="41.00 ÷ 10.00 − 1 = 310%",
            steps=(
                Step(
                    op="growth",
                    operands=(
                        Operand(value=Decimal("41.00"), unit="亿元", citation=0),
                        Operand(value=Decimal("10.00"), unit="亿元", citation=1),
                    ),
                    result=Decimal("310.00"),
                    unit="%",
                ),
            ),
        ),
        caveats=("只有一个季度。",),
        citations=(cell, base, text),
    )
    level = Answer(
        question="甲公司本季度收入是多少？",
        answer="甲公司 收入：41.00亿元。",
        kind=AnswerKind.NUMBER,
        value=Decimal("41.00"),
        unit="亿元",
        citations=(text,),
    )
    series = Answer(
        question="各季度收入？",
        answer="甲公司 云收入，3个季度。",
        kind=AnswerKind.SERIES,
        values=(
            Value(label="2016Q4", value=Decimal("8.85"), unit="亿元"),
            Value(label="2017Q1", value=Decimal("10.00"), unit="亿元"),
            Value(label="2017年第二季度", value=Decimal("41.00"), unit="亿元"),
        ),
        context=("甲公司", "云收入"),
        citations=(cell,),
    )
    refusal = Answer(
        question="乙公司收入？",
        answer="资料中没有乙公司的收入。",
        kind=AnswerKind.REFUSAL,
        refused=True,
        missing=("乙公司的收入",),
        alternatives=("甲公司 收入 2017Q2 41.00亿元",),
    )
    hostile = replace(
        level,
        question="hostile",
        answer="a\x1b[31mred\x9b2J\u202eb [/foo] [a=b]",
        kind=AnswerKind.TEXT,
        caveats=("\x07[b]bold[/b]",),
    )
    return {answer.question: answer for answer in (growth, level, series, refusal, hostile)}


@pytest.fixture
def assistant(answers, made_up_report, made_up_facts) -> ScriptedAssistant:
    """The scripted assistant."""
    return ScriptedAssistant(answers, made_up_report, facts=made_up_facts)


@pytest.fixture
def scripted_door():
    """:class:`ScriptedDoor`, for test modules."""
    return ScriptedDoor


@pytest.fixture
def places(tmp_path) -> Places:
    """A folder of the test's own."""
    return Places(tmp_path / "user")


@pytest.fixture
def make_app(assistant, places, tmp_path):
    """Makes the application over the scripted assistant, or over another door."""

    def make(door=None) -> CloudQAApp:
        ready = Opened(ArchiveStatus(ArchiveState.READY, 1), assistant)
        settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
        return CloudQAApp(settings, door=door or ScriptedDoor(ready), places=places, clock=lambda: NOW)

    return make


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory, report_path) -> Settings:
    """The real report, indexed once."""
    from cloudqa.rebuild import rebuild

    home = tmp_path_factory.mktemp("tui-real")
    (home / "corpus").mkdir()
    shutil.copy2(report_path, home / "corpus")
    settings = Settings(corpus=home / "corpus", index=home / "index")
    rebuild(settings)
    return settings


@pytest.fixture
def make_real_app(real_settings, places):
    """Makes the application over the real assistant on the real report."""
    return lambda: CloudQAApp(real_settings, places=places, clock=lambda: NOW)


async def settled(pilot) -> None:
    """Waits until every worker has ended and all that they said has been heard."""
    for _ in range(2):  # what the first ones said may have started others
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def completed(pilot) -> None:
    """Waits until names are on offer."""
    for _ in range(200):
        await pilot.pause(0.02)
        if pilot.app.screen.query_one("#completions")._offered:
            return
    raise AssertionError("no names were offered")


@pytest.fixture(name="completed")
def completed_fixture():
    """:func:`completed`, for test modules."""
    return completed


@pytest.fixture(name="settled")
def settled_fixture():
    """:func:`settled`, for test modules."""
    return settled


def text_of(app) -> str:
    """What the terminal shows, line by line."""
    return "\n".join("".join(s.text for s in strip) for strip in _strips(app))


def _strips(app):
    return app.screen._compositor.render_strips(app.size)


@pytest.fixture(name="text_of")
def text_of_fixture():
    """:func:`text_of`, for test modules."""
    return text_of
