"""The commands over the real report: what a user sees, and what goes wrong in ordinary ways."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cloudqa.cli.main import main

QUESTION = "2018财年第一季度阿里云收入同比增长多少？"
EASY = "本期的主编是谁？"


@pytest.fixture(scope="module")
def archive(tmp_path_factory, report_path) -> Path:
    """A folder with the real report in ``corpus/`` and its index in ``index/``."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "corpus").mkdir()
    shutil.copy(report_path, folder / "corpus")
    assert main(["index", "--corpus", str(folder / "corpus")]) == 0
    return folder


@pytest.fixture
def run(archive, capfd):
    """Runs one command on the archive; returns code, stdout, stderr."""

    def run_command(*words: str, folder: Path = archive) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([words[0], "--corpus", str(folder / "corpus"), *words[1:]])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def copy(archive, tmp_path) -> Path:
    """A copy of the archive to do harm to."""
    return Path(shutil.copytree(archive, tmp_path / "copy"))


def index_files(folder: Path) -> dict[str, bytes]:
    """Every file of the folder's index with its content."""
    files = (path for path in sorted((folder / "index").rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_question_of_the_readme_is_answered_and_cited(run):
    code, out, err = run("ask", QUESTION)
    assert code == 0
    assert err == ""
    assert re.search("95.58|96", out.splitlines()[0])
    assert re.search(r"2017-08-issue-08:\d+-\d+  第\d+行", out)


def test_the_index_does_not_depend_on_the_order_in_which_sets_are_walked(archive, tmp_path):
    built = set()
    for seed in ("1", "2"):
        words = [sys.executable, "-m", "cloudqa", "index", "--corpus", str(archive / "corpus")]
        index = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*words, "--index", str(index)], capture_output=True, check=True, env=environment)
        built.add((index / "CURRENT").read_text())
    assert len(built) == 1


def test_every_place_of_an_answer_can_be_shown(run, report_text):
    _, out, _ = run("ask", QUESTION, "--format", "json")
    citations = json.loads(out)["citations"]
    assert 1 <= len(citations) <= 5
    for citation in citations:
        assert report_text[citation["start"] : citation["end"]] == citation["quote"]
        code, shown, _ = run("show", f"{citation['report']}:{citation['start']}-{citation['end']}")
        assert code == 0
        assert citation["quote"].split("\n")[0].replace("\t", " ") in shown.replace("\t", " ").replace("⟦", "").replace(
            "⟧", ""
        )
        assert f"> {citation['line']:>{len(str(citation['line'] + 2))}}" in shown


def test_the_same_question_gives_the_same_bytes_in_another_process(archive):
    words = [sys.executable, "-m", "cloudqa", "ask", EASY, "--format", "json", "--corpus", str(archive / "corpus")]
    first, second = (
        subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert first.endswith(b"}\n")


def test_what_the_report_does_not_hold_is_refused(run):
    code, out, _ = run("ask", "2031年火星殖民地的人口是多少？", "--format", "json")
    assert (code, json.loads(out)["refused"], json.loads(out)["value"]) == (1, True, None)


def test_search_finds_the_passage(run):
    code, out, _ = run("search", "本期的主编是谁", "--format", "json", "--top-k", "3")
    assert code == 0
    hits = json.loads(out)["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert any("主编" in hit["text"] for hit in hits)


def test_ask_opens_no_socket_and_loads_no_torch(archive):
    code = f"""
import json, sys
opened = []
sys.addaudithook(lambda name, args: opened.append(name) if name.startswith("socket.") else None)
from cloudqa.cli.main import main
for words in (["ask", {QUESTION!r}], ["ask", "区块链是什么？"], ["search", "区块链"], ["index", "--full"]):
    main([*words, "--corpus", {str(archive / "corpus")!r}])
heavy = {{"torch", "sentence_transformers", "transformers", "textual"}} & set(sys.modules)
print("\\n" + json.dumps([opened, sorted(heavy)]))
"""
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(outcome.stdout.splitlines()[-1]) == [[], []]


def test_a_figure_is_answered_without_vectors(archive):
    code = f"""
import json, sys
from cloudqa.cli.main import main
code = main(["ask", {QUESTION!r}, "--corpus", {str(archive / "corpus")!r}])
print("\\n" + json.dumps([code, sorted({{"torch", "faiss", "numpy"}} & set(sys.modules))]))
"""
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(outcome.stdout.splitlines()[-1]) == [0, []]


def test_an_index_is_built_by_the_first_question(report_path, tmp_path, run):
    (tmp_path / "corpus").mkdir()
    shutil.copy(report_path, tmp_path / "corpus")
    code, out, err = run("ask", EASY, folder=tmp_path)
    assert code == 0
    assert out
    assert err.startswith("index: reading 0/1 2017-08-issue-08.md\n")
    assert err.splitlines()[-1].startswith("index: finished ")
    assert run("ask", EASY, folder=tmp_path) == (0, out, "")


def test_status_says_how_the_index_stands(run, copy):
    assert "state       up to date\n" in run("index", "--status", folder=copy)[1]
    (copy / "corpus" / "2017-09-issue-09.md").write_text("# 试刊\n\n甲公司收入为3.50亿元。\n", encoding="utf-8")
    assert "state       outdated: 1 added\n" in run("index", "--status", folder=copy)[1]
    code, out, _ = run("index", folder=copy)
    assert code == 0
    assert re.match(r"Index [0-9a-f]{16} built \(1 added\): 2 reports, \d+ passages\.\n", out)
    shutil.rmtree(copy / "index")
    code, out, _ = run("index", "--status", folder=copy)
    assert (code, "state       to be built: Nothing has been indexed yet" in out) == (0, True)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_indexed(run, copy):
    (copy / "corpus" / "bad.docx").write_bytes(b"not a zip file")
    code, out, err = run("index", folder=copy)
    assert code == 4
    assert ": 1 report, " in out
    assert "cloudqa: bad.docx cannot be read: " in err
    assert run("ask", EASY, folder=copy)[0] == 0


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda folder: None, "There is no corpus folder"),
        (lambda folder: (folder / "corpus").mkdir(), "There is no report in the corpus folder"),
        (lambda folder: (folder / "corpus").write_text("a file"), "There is no corpus folder"),
    ],
    ids=["no corpus", "empty corpus", "a file for a corpus"],
)
def test_a_corpus_that_is_none(run, tmp_path, prepare, message):
    prepare(tmp_path)
    code, out, err = run("ask", EASY, folder=tmp_path)
    assert (code, out) == (3, "")
    assert err.startswith(f"cloudqa: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("CURRENT", b"not a generation\n"), ("CURRENT", b"\xff\x00"), ("archive.sqlite", b""), ("manifest.json", b"{}")],
)
def test_a_damaged_index_is_reported_and_left_alone(run, copy, name, content):
    (damaged,) = (copy / "index").rglob(name)
    damaged.write_bytes(content)
    before = index_files(copy)
    code, out, err = run("ask", EASY, folder=copy)
    assert (code, out) == (3, "")
    assert err.endswith("Run: cloudqa index --full\n")
    assert err.count("\n") == 1
    assert index_files(copy) == before
    assert run("index", "--full", folder=copy)[0] == 0
    assert run("ask", EASY, folder=copy)[0] == 0


def test_wrong_use_leaves_the_index_as_it_is(run, archive):
    before = index_files(archive)
    assert run("ask", "x" * 100_000)[0] == 2
    assert run("ask", "")[0] == 2
    assert run("show", "2017-08-issue-08:1-99999999")[0] == 2
    assert run("show", "no-such-report:1-2")[0] == 2
    assert index_files(archive) == before


def test_a_model_that_is_not_there(run, copy):
    code, out, err = run("ask", EASY, "--model", str(copy / "no-model"), folder=copy)
    assert (code, out) == (3, "")
    assert err.splitlines()[-1].startswith("cloudqa: ")
    assert run("ask", EASY, folder=copy)[0] == 0


@pytest.fixture
def warm_batch(archive):
    """A process that answers a batch line by line; its first answer has been read."""
    words = [sys.executable, "-m", "cloudqa", "ask", "--batch", "-", "--corpus", str(archive / "corpus")]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ask_line(process)
    assert json.loads(process.stdout.readline())["id"] == 1
    yield process
    process.kill()
    process.communicate()


def ask_line(process: subprocess.Popen[bytes]) -> None:
    process.stdin.write(json.dumps({"id": 1, "question": EASY}).encode() + b"\n")
    process.stdin.flush()


def test_an_interrupted_batch_says_so_in_one_line(warm_batch):
    warm_batch.send_signal(signal.SIGINT)
    assert warm_batch.wait(60) == 130
    assert warm_batch.stderr.read() == b"cloudqa: interrupted\n"


def test_a_batch_whose_reader_left_stops_silently(warm_batch):
    warm_batch.stdout.close()
    ask_line(warm_batch)
    assert warm_batch.wait(60) == 141
    assert warm_batch.stderr.read() == b""
