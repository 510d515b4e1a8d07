"""Corpus to index: what is read, kept, refused; killed and concurrent rebuilds; incremental equal to full."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from made_up_pieces import LetterEmbedder
from made_up_reports import cut_lines, read_report

from cloudqa import rebuild as module
from cloudqa.errors import CorpusError, IndexCorruptError, IndexUnusableError
from cloudqa.facts import FactQuery, FactStore
from cloudqa.index import Generation
from cloudqa.index.freshness import Changes
from cloudqa.index.generation import current_id
from cloudqa.index.lock import index_lock
from cloudqa.rebuild import Event, Failure, Stage, Steps, ensure_current, rebuild
from cloudqa.retrieval.retriever import Retriever
from cloudqa.settings import Settings


class CountingSteps:
    """The made-up stages; remembers which files were read."""

    def __init__(self, embedder):
        self.embedder = embedder
        self.read_files = []

    def steps(self):
        def read(file, corpus):
            self.read_files.append(file.name)
            return read_report(file, corpus)

        return Steps(read, cut_lines, lambda model: self.embedder)


@pytest.fixture
def made_up(hash_embedder, monkeypatch):
    counting = CountingSteps(hash_embedder)
    monkeypatch.setattr(Steps, "real", counting.steps)
    return counting


@pytest.fixture
def settings(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("甲刊\n云存储便宜。\n云网络快。\n")
    (corpus / "b.md").write_text("乙刊\n安全合规。\n")
    return Settings(corpus=corpus, index=tmp_path / "index")


def texts(settings):
    with Generation.open(settings.index) as generation:
        return {report: generation.report(report).text for report in generation.reports()}


def test_a_first_build(settings, made_up):
    told = []
    summary = rebuild(settings, progress=told.append)
    assert (summary.built, summary.reports, summary.passages) == (True, 2, 3)
    assert summary.changes == Changes(("a.md", "b.md"), (), (), ())
    assert (summary.failed, summary.not_understood) == ((), ())
    assert summary.generation == current_id(settings.index)
    assert told == [
        Event(Stage.READING, 0, 2, "a.md"),
        Event(Stage.READING, 1, 2, "b.md"),
        Event(Stage.WRITING),
        Event(Stage.FINISHED, detail=summary.generation),
    ]


def test_nothing_to_do(settings, made_up):
    first = rebuild(settings)
    again = rebuild(settings)
    assert (again.built, again.generation, again.reports, again.passages) == (False, first.generation, 2, 3)
    assert again.changes == Changes((), (), (), ("a.md", "b.md"))
    assert made_up.read_files == ["a.md", "b.md"]


def test_a_full_rebuild_reads_all_and_gives_the_same(settings, made_up):
    first = rebuild(settings)
    full = rebuild(settings, full=True)
    assert (full.built, full.generation) == (True, first.generation)
    assert made_up.read_files == ["a.md", "b.md"] * 2


def test_only_what_changed_is_read(settings, made_up):
    rebuild(settings)
    made_up.read_files.clear()
    (settings.corpus / "b.md").write_text("乙刊\n安全合规第二版。\n")
    (settings.corpus / "c.md").write_text("丙刊\n新。\n")
    (settings.corpus / "a.md").touch()
    summary = rebuild(settings)
    assert made_up.read_files == ["b.md", "c.md"]
    assert summary.changes == Changes(("c.md",), ("b.md",), (), ("a.md",))
    assert texts(settings) == {
        "a": "甲刊\n云存储便宜。\n云网络快。\n",
        "b": "乙刊\n安全合规第二版。\n",
        "c": "丙刊\n新。\n",
    }


def test_a_removed_report_disappears(settings, made_up):
    rebuild(settings)
    (settings.corpus / "a.md").unlink()
    assert rebuild(settings).changes == Changes((), (), ("a.md",), ("b.md",))
    assert list(texts(settings)) == ["b"]


def test_facts_follow_their_reports(settings, made_up):
    def known():
        with Generation.open(settings.index) as generation:
            return FactStore(generation.connection).reports()

    rebuild(settings)
    assert known() == ["a", "b"]
    (settings.corpus / "a.md").unlink()
    (settings.corpus / "b.md").write_text("乙刊\n安全合规第二版。\n")
    (settings.corpus / "c.md").write_text("丙刊\n新。\n")
    rebuild(settings)
    assert known() == ["b", "c"]


def stored(pieces):
    return pieces and [getattr(pieces, field.name).tolist() for field in fields(pieces)]


def ranking(settings, embedder, question):
    with Generation.open(settings.index) as generation:
        return [(hit.passage, hit.score, hit.reasons) for hit in Retriever(generation, embedder).search(question, 9)]


@pytest.mark.parametrize("pieces", [False, True])
def test_after_any_sequence_of_changes_answers_are_those_of_a_full_build(settings, made_up, tmp_path, pieces):
    if pieces:
        made_up.embedder = LetterEmbedder(made_up.embedder)
    chance = random.Random(5)
    names, words = ["a", "b", "c", "d"], "云网络存储安全合规快便宜"
    full = replace(settings, index=tmp_path / "full")
    for step in range(12):
        for name in chance.sample(names, 2):
            file = settings.corpus / f"{name}.md"
            if file.exists() and len(list(settings.corpus.iterdir())) > 1 and chance.random() < 0.4:
                file.unlink()
            else:
                lines = ["".join(chance.choices(words, k=8)) + "。" for _ in range(chance.randint(1, 4))]
                file.write_text(f"{name}刊{step}\n" + "\n".join(lines))
        rebuild(settings)
        rebuild(full, full=True)
        assert texts(settings) == texts(full)
        for question in ("云网络", "安全合规", "便宜的存储"):
            incremental = ranking(settings, made_up.embedder, question)
            assert incremental == ranking(full, made_up.embedder, question)
            assert incremental
            assert pieces or not any(reasons.pieces for _, _, reasons in incremental)
        with Generation.open(settings.index) as one, Generation.open(full.index) as other:
            assert stored(one.pieces) == stored(other.pieces)
            assert (one.pieces is not None) == pieces


def test_identical_builds_rank_identically(settings, made_up):
    rebuild(settings)
    first = ranking(settings, made_up.embedder, "云存储")
    shutil.rmtree(settings.index)
    rebuild(settings)
    assert repr(ranking(settings, made_up.embedder, "云存储")) == repr(first)


def test_an_unreadable_file_is_told_and_the_others_are_indexed(settings, made_up):
    (settings.corpus / "bad.md").write_bytes(b"\xff\xfe\x00")
    summary = rebuild(settings)
    assert summary.failed == (Failure("bad.md", "bad.md is not text."),)
    assert list(texts(settings)) == ["a", "b"]
    made_up.read_files.clear()
    again = rebuild(settings)
    assert (again.built, again.failed, made_up.read_files) == (False, summary.failed, [])
    (settings.corpus / "bad.md").write_text("好\n读得懂了。\n")
    assert rebuild(settings).failed == ()
    assert list(texts(settings)) == ["a", "b", "bad"]


def test_what_was_not_understood_is_told(settings, made_up):
    (settings.corpus / "b.md").write_text("乙刊\n读不懂的表。\n")
    assert rebuild(settings).not_understood == (("b.md", ("第二页的表没有读懂。",)),)
    assert rebuild(settings).not_understood == (("b.md", ("第二页的表没有读懂。",)),)


def test_of_two_reports_of_one_name_the_first_is_taken(settings, made_up):
    (settings.corpus / "b.txt").write_text("另一个\n正文。\n")
    assert rebuild(settings).failed == (Failure("b.txt", "b.md is a report of the same name"),)
    assert texts(settings)["b"] == "乙刊\n安全合规。\n"
    (settings.corpus / "b.md").unlink()
    assert rebuild(settings).failed == ()
    assert texts(settings)["b"] == "另一个\n正文。\n"


def test_no_corpus_or_an_empty_one_leaves_the_index(settings, made_up):
    before = rebuild(settings).generation
    shutil.rmtree(settings.corpus)
    with pytest.raises(CorpusError, match="no corpus folder"):
        rebuild(settings, full=True)
    settings.corpus.mkdir()
    (settings.corpus / "README.md").write_text("not a report")
    for call in (rebuild, ensure_current):
        with pytest.raises(CorpusError, match="no report in"):
            call(settings)
    assert current_id(settings.index) == before


def test_a_corpus_of_which_nothing_can_be_read_leaves_the_index(settings, made_up):
    before = rebuild(settings).generation
    for name in ("a.md", "b.md"):
        (settings.corpus / name).write_bytes(b"\xff")
    with pytest.raises(CorpusError, match=r"a\.md and 1 more: a\.md is not text"):
        rebuild(settings)
    assert current_id(settings.index) == before


def test_a_damaged_index_is_repaired_by_a_full_rebuild_only(settings, made_up):
    before = rebuild(settings).generation
    archive = settings.index / "generations" / before / "archive.sqlite"
    archive.write_bytes(archive.read_bytes()[:-7])
    for call in (rebuild, ensure_current):
        with pytest.raises(IndexCorruptError, match="cloudqa index --full"):
            call(settings)
    assert rebuild(settings, full=True).generation == before
    assert list(texts(settings)) == ["a", "b"]


def test_ensure_current_builds_what_is_missing_or_outdated_and_nothing_else(settings, made_up):
    told = []
    assert ensure_current(settings, told.append).reports() == ["a", "b"]
    assert told[-1].stage is Stage.FINISHED
    told.clear()
    assert ensure_current(settings, told.append).reports() == ["a", "b"]
    assert told == []
    (settings.corpus / "c.md").write_text("丙刊\n新。\n")
    assert ensure_current(settings, told.append).reports() == ["a", "b", "c"]
    assert Event(Stage.READING, 2, 3, "c.md") in told


@pytest.mark.parametrize("change", ["version", "model", "encoder"])
def test_another_program_or_model_reads_everything_anew(settings, made_up, monkeypatch, change):
    rebuild(settings)
    made_up.read_files.clear()
    if change == "version":
        monkeypatch.setattr(module.cloudqa, "__version__", "99")
    elif change == "model":
        settings = replace(settings, model="other")
    else:
        made_up.embedder.name = "other"
    assert rebuild(settings).built
    assert made_up.read_files == ["a.md", "b.md"]


def test_a_rebuild_waits_for_another_one(settings, made_up, monkeypatch):
    monkeypatch.setattr(module, "LOCK_TIMEOUT_S", 0.1)
    told = []
    with (
        index_lock(settings.index, timeout_s=0),
        pytest.raises(IndexUnusableError, match="Another process"),
    ):
        rebuild(settings, progress=told.append)
    assert [event.stage for event in told] == [Stage.WAITING]
    assert rebuild(settings).built


KILLED = """
import os, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from pathlib import Path
import cloudqa.index.writer as writer
from cloudqa.rebuild import Steps, rebuild
from cloudqa.settings import Settings
from conftest import HashEmbedder
from made_up_reports import cut_lines, read_report
if sys.argv[4] == "before the switch":
    writer.switch_to = lambda *args: os._exit(9)
else:
    writer.GenerationWriter.add_search = lambda *args: os._exit(9)
home = Path(sys.argv[3])
settings = Settings(corpus=home / "corpus", index=home / "index")
rebuild(settings, steps=Steps(read_report, cut_lines, lambda model: HashEmbedder()))
"""


@pytest.mark.parametrize("moment", ["before the switch", "while writing"])
def test_a_killed_rebuild_costs_nothing(settings, made_up, tmp_path, moment):
    before = rebuild(settings).generation
    (settings.corpus / "c.md").write_text("丙刊\n新。\n")
    here = Path(__file__).parent
    words = [str(here.parent), str(here), str(tmp_path), moment]
    assert subprocess.run([sys.executable, "-c", KILLED, *words], check=False).returncode == 9
    assert current_id(settings.index) == before
    assert list(texts(settings)) == ["a", "b"]
    assert rebuild(settings).reports == 3
    assert list(texts(settings)) == ["a", "b", "c"]
    assert not [path for path in (settings.index / "generations").iterdir() if path.name.startswith(".")]


def test_another_built_in_encoder_makes_the_index_outdated(settings, made_up, monkeypatch):
    generation = ensure_current(settings)
    monkeypatch.setattr(module, "builtin_name", lambda: generation.manifest.encoder)
    assert module.is_of_this_program(generation, settings)
    monkeypatch.setattr(module, "builtin_name", lambda: "another@1")
    assert not module.is_of_this_program(generation, settings)


@pytest.fixture
def real_corpus(tmp_path):
    """Reports with tables and figures, one that cannot be read, and two of one name."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(4):
        rows = "".join(f"| 甲{i}号 | {number * 10 + i} |\n" for i in range(3))
        (corpus / f"{number}.md").write_text(
            f"# 刊物第{number}期\n\n营收为{number + 2}亿元。\n\n| 名称 | 产量（吨） |\n|---|---|\n{rows}"
        )
    (corpus / "2.txt").write_text("同名的另一期。\n")
    (corpus / "broken.docx").write_bytes(b"no archive")
    return corpus


def test_several_processes_build_the_same_index(real_corpus, tmp_path):
    told = []
    alone = rebuild(Settings(corpus=real_corpus, index=tmp_path / "one"), progress=told.append)
    several = rebuild(Settings(corpus=real_corpus, index=tmp_path / "two"), jobs=2)
    assert several == alone  # the generation's id stands for every byte of it
    assert [failure.path for failure in alone.failed] == ["2.txt", "broken.docx"]
    assert [event.detail for event in told if event.stage is Stage.READING] == [
        "0.md", "1.md", "2.md", "2.txt", "3.md", "broken.docx",
    ]  # fmt: skip
    with Generation.open(tmp_path / "two") as generation:
        facts = FactStore(generation.connection)
        assert [f.printed for f in facts.find(FactQuery(keys=("甲2号",)))] == ["2", "12", "22", "32"]
    assert [path.name for path in (tmp_path / "two" / "generations").iterdir()] == [several.generation]


def test_one_process_for_few_reports_and_one_for_each_core_for_many(settings, made_up, monkeypatch):
    asked = []
    real = module.preparing

    def preparing(task, files, embedder, jobs, folder):
        asked.append(jobs)
        return real(task, files, embedder, 1, folder)

    monkeypatch.setattr(module, "preparing", preparing)
    monkeypatch.setattr(module, "_cores", lambda: 5)
    rebuild(settings, jobs=0)
    monkeypatch.setattr(module, "_MANY", 2)
    rebuild(settings, full=True, jobs=0)
    rebuild(settings, full=True, jobs=3)
    assert asked == [1, 5, 3]
