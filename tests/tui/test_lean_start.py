"""What the interface loads before its first frame, and that what it needs lies in the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cloudqa.tui
from cloudqa.tui.ask.figures_shown import printed_in, shown_value

HEAVY = ("numpy", "pydantic", "faiss", "torch", "sentence_transformers", "sqlite3", "opencc")


def test_the_first_frame_waits_for_nothing_heavy():
    code = (
        "import sys; from cloudqa.tui.app import CloudQAApp; from cloudqa.tui.areas import AREAS;"
        "from cloudqa.tui.ask.screen import AskScreen;"
        f"print(sorted(set(sys.modules) & set({HEAVY!r})))"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert outcome.stdout.strip() == "[]"


def test_styles_and_words_lie_beside_the_modules():
    folder = Path(cloudqa.tui.__file__).parent
    assert {path.name for path in folder.rglob("*.tsv")} >= {"app.tsv", "ask.tsv", "check.tsv"}
    assert {path.name for path in folder.rglob("*.tcss")} >= {"screen.tcss", "source_pane.tcss"}


def test_a_figure_is_printed_as_its_sentence_prints_it():
    from decimal import Decimal

    assert printed_in("收入：95.58%（24.31 ÷ 12.43 − 1 = 95.58%）。", Decimal("95.575221238938")) == "95.58"
    assert printed_in("2017Q2 41.00亿元", Decimal("41.00")) == "41.00"
    assert printed_in("共 1,024 家", Decimal("1024")) == "1,024"
    assert printed_in("下降−5.0%", Decimal("-5.04")) == "−5.0"
    assert printed_in("约为 95.6%", Decimal("95.4")) is None
    assert printed_in("在2017年", Decimal("2016.6")) is None
    assert shown_value(Decimal("3.333333333333"), "没有数字") == "≈3.33"
    assert shown_value(Decimal("3.30"), "没有数字") == "3.30"
    assert shown_value("低风险", "没有数字") == "低风险"
