"""The rebuild in a process of its own: the same outcome, and stopping it leaves everything as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cloudqa.errors import IndexUnusableError
from cloudqa.index import Generation
from cloudqa.index.generation import current_id
from cloudqa.index.lock import index_lock
from cloudqa.rebuild import Event, Stage, rebuild
from cloudqa.settings import Settings
from cloudqa.tui.archive.rebuilding import rebuild_apart


class Stopped(Exception):
    """What a test raises to stop a rebuild."""


@pytest.fixture
def settings(tmp_path) -> Settings:
    corpus = tmp_path / "文集 a"
    corpus.mkdir()
    (corpus / "甲-01.md").write_text("# 试刊\n\n2017年第1期\n\n甲公司收入为41.00亿元。\n", encoding="utf-8")
    return Settings(corpus=corpus, index=tmp_path / "index")


def many_reports(settings: Settings, count: int = 10) -> None:
    """So many reports that reading them takes longer than stopping does."""
    rows = "\n".join(f"| 公司{n} | {n}.50 | {n * 7} |" for n in range(200))
    for number in range(2, 2 + count):
        text = f"# 试刊\n\n2017年第{number}期\n\n| 公司 | 收入（亿元） | 人数（人） |\n|---|---|---|\n{rows}\n"
        (settings.corpus / f"乙-{number:02}.md").write_text(text, encoding="utf-8")


def lock_is_free(settings: Settings) -> bool:
    try:
        with index_lock(settings.index, timeout_s=0):
            return True
    except IndexUnusableError:
        return False


def leftovers(settings: Settings) -> list[str]:
    return [path.name for path in (settings.index / "generations").iterdir() if path.name.startswith(".")]


def test_it_does_what_a_rebuild_does_and_tells_every_stage(settings):
    events: list[Event] = []
    summary = rebuild_apart(settings, events.append, full=False)
    assert summary == rebuild_and_compare(settings, summary)
    assert summary.changes.added == ("甲-01.md",)
    stages = list(dict.fromkeys(event.stage for event in events))
    assert stages == [Stage.READING, Stage.WRITING, Stage.FINISHED]
    assert Event(Stage.READING, 0, 1, "甲-01.md") in events
    assert rebuild_apart(settings, events.append, full=False).built is False


def rebuild_and_compare(settings, summary):
    """The same rebuild in this process, over another index."""
    other = Settings(corpus=settings.corpus, index=settings.index.with_name("other"))
    return rebuild(other)


@pytest.mark.parametrize(("stage", "count"), [(Stage.READING, 10), (Stage.WRITING, 1), (Stage.READING, 17)])
def test_stopping_leaves_the_old_index_and_frees_the_lock(settings, stage, count):
    old = rebuild(settings).generation
    many_reports(settings, count)

    def tell(event: Event) -> None:
        if event.stage is stage and (stage is Stage.WRITING or event.total > 1):
            assert not lock_is_free(settings)
            raise Stopped

    with pytest.raises(Stopped):
        rebuild_apart(settings, tell, full=False)
    assert current_id(settings.index) == old
    assert lock_is_free(settings)
    assert leftovers(settings) == []
    with Generation.open(settings.index) as generation:
        assert generation.reports() == ["甲-01"]


def test_it_can_be_stopped_before_it_has_said_anything(settings):
    def tell(event: Event) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rebuild_apart(settings, tell, full=False)
    assert not (settings.index / "CURRENT").exists()


def test_while_another_process_rebuilds_it_waits_and_says_for_whom(settings):
    seen: list[Event] = []

    def tell(event: Event) -> None:
        seen.append(event)
        if event.stage is Stage.WAITING:
            raise Stopped

    with index_lock(settings.index, timeout_s=0), pytest.raises(Stopped):
        rebuild_apart(settings, tell, full=False)
    assert seen[-1].detail == str(os.getpid())
    assert lock_is_free(settings)


def test_what_makes_a_rebuild_fail_is_told_with_the_next_step(settings):
    (settings.corpus / "甲-01.md").unlink()
    with pytest.raises(IndexUnusableError) as failure:
        rebuild_apart(settings, lambda event: None, full=False)
    assert failure.value.message.startswith("There is no report in the corpus folder")
    assert failure.value.hint


def test_a_process_that_dies_is_an_error(settings, monkeypatch):
    monkeypatch.setattr("cloudqa.tui.archive.rebuilding._MODULE", "cloudqa.no_such_module")
    with pytest.raises(IndexUnusableError, match="ended before it was finished"):
        rebuild_apart(settings, lambda event: None, full=False)


def test_a_process_left_alone_stops_by_itself(settings):
    rebuild(settings)
    old = current_id(settings.index)
    many_reports(settings)
    wanted = {"corpus": str(settings.corpus), "index": str(settings.index), "model": None, "full": False}
    source = str(Path(sys.modules["cloudqa"].__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "cloudqa.tui.archive.rebuild_process", json.dumps(wanted)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert b"reading" in process.stdout.readline()
    process.stdin.close()
    started = time.monotonic()
    process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == 130
    assert time.monotonic() - started < 60
    assert current_id(settings.index) == old
    assert leftovers(settings) == []


def test_the_process_does_not_load_the_interface():
    code = "import sys, cloudqa.tui.archive.rebuild_process; print(sorted({'textual', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
