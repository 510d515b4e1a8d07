"""A scripted archive behind the real commands."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

import cloudqa.answering
from cloudqa.answering.answer import Answer, AnswerKind, Citation, Operand, Step, Working
from cloudqa.cli.main import main
from cloudqa.documents import Span
from cloudqa.errors import UsageError
from cloudqa.passages import Passage, PassageKind

SOURCE = (
    "# 试刊\n\n## 一、数据\n\n甲公司上季度收入为10.00亿元。本季度收入为41.00亿元，同比增长310%。\n\n乙公司没有公布。\n"
)
QUOTE = "本季度收入为41.00亿元"
START = SOURCE.index(QUOTE)

CITATION = Citation(
    report="made-up-01",
    issue="试刊 2017年第1期",
    section=("一、数据",),
    quote=QUOTE,
    start=START,
    end=START + len(QUOTE),
    line=5,
)

ANSWERS = {
    "收入增长多少": Answer(
        question="收入增长多少",
        answer="增长310%。",
        kind=AnswerKind.NUMBER,
        value=Decimal("310.00"),
        unit="%",
        working=Working(
            formula="(41.00 − 10.00) ÷ 10.00 = 310%",
            steps=(
                Step(
                    op="growth",
                    operands=(
                        Operand(value=Decimal("41.00"), unit="亿元", citation=0),
                        Operand(value=Decimal("10.00")),
                    ),
                    result=Decimal("310.00"),
                    unit="%",
                ),
            ),
        ),
        caveats=("只有一个季度。",),
        citations=(CITATION,),
    ),
    "乙公司收入": Answer(
        question="乙公司收入",
        answer="档案里没有乙公司的收入。",
        kind=AnswerKind.REFUSAL,
        refused=True,
        missing=("乙公司的收入",),
        alternatives=("有甲公司的收入。",),
    ),
    "hostile": Answer(
        question="hostile",
        answer="a\x1b[31mred\x9b2J\u202eb",
        kind=AnswerKind.TEXT,
        citations=(replace(CITATION, quote="x\x1b]0;t\x07y", page=3),),
    ),
}

PASSAGE = Passage(
    id="00112233aabbccdd",
    report="made-up-01",
    kind=PassageKind.PROSE,
    section=("一、数据",),
    text="本季度收入为41.00亿元，同比增长310%。",
    context="",
    sentences=((0, 23),),
    pieces=((0, 14, Span(START, START + 14)), (14, 23, Span(START + 14, START + 23))),
    order=0,
)


@dataclass(frozen=True)
class ScriptedReasons:
    bm25: float = 1.25
    coverage: float = 0.5
    pieces: float = 0.25
    passage: float = -0.25
    sentence: float = 0.75
    dense_weight: float = 0.6
    covered: float = 0.5
    matched: tuple[str, ...] = ("收入", "增长")


@dataclass(frozen=True)
class ScriptedHit:
    passage: Passage = PASSAGE
    score: float = 1.5
    reasons: ScriptedReasons = ScriptedReasons()


class ScriptedArchive:
    """Answers from a table; what is not in it fails as a bug would."""

    opened: list[object]

    def ask(self, question):
        if question == "interrupt":
            raise KeyboardInterrupt
        return ANSWERS[question]

    def search(self, question, k):
        return [ScriptedHit()][:k] if question in ANSWERS else []

    def show(self, report, start, end):
        if report != "made-up-01" or end > len(SOURCE):
            raise UsageError(f"{report}:{start}-{end} is not in the archive.")
        return SOURCE


class ScriptedAssistant(ScriptedArchive):
    @classmethod
    def open(cls, settings, progress=None):
        if progress is not None:
            progress(SimpleNamespace(stage=SimpleNamespace(value="reading"), done=1, total=2, detail="a.md"))
        return cls()


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def scripted(monkeypatch):
    """The commands open the scripted archive."""
    monkeypatch.setattr(cloudqa.answering, "Assistant", ScriptedAssistant, raising=False)


@pytest.fixture
def cloudqa_run(scripted, capfd, monkeypatch):
    """Runs ``cloudqa`` in this process with the given words and bytes on stdin."""

    def run(*words: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main(list(words))
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run
