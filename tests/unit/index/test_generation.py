"""Writing, switching, opening; and every way in which an index can be unusable."""

from __future__ import annotations

import json
import shutil
import sqlite3

import numpy as np
import pytest
from made_up_pieces import LetterEmbedder
from made_up_reports import cut_lines, make_report

from cloudqa.errors import IndexCorruptError, IndexMissingError, IndexStaleError
from cloudqa.index import Generation, GenerationWriter, Origin, Source, StoredReport
from cloudqa.index.assemble import SearchBuilder, index_passages
from cloudqa.index.generation import current_id
from cloudqa.index.manifest import MANIFEST_NAME
from cloudqa.index.writer import switch_to


def write(index, texts, embedder, mtime_ns=1, publish=True):
    """Writes one generation of reports given by id and text; returns its id."""
    with GenerationWriter(index) as writer, SearchBuilder(writer.folder, embedder.dimension) as search:
        for report, text in texts.items():
            document = make_report(report, text)
            writer.add_report(StoredReport.of(document), cut_lines(document))
            search.add(index_passages(cut_lines(document), embedder))
        writer.connection.execute("CREATE TABLE figures (value TEXT)")
        writer.connection.execute("INSERT INTO figures VALUES ('41.00')")
        writer.add_search(search)
        sources = tuple(Source(f"{report}.md", report, 1, mtime_ns, "00") for report in texts)
        if publish:
            return writer.publish(Origin("1", "", embedder.name, embedder.dimension, sources))
    return ""


ONE = {"a": "标题\n云计算。存储。\n网络。\n"}
TWO = ONE | {"b": "标题\n安全。\n"}


@pytest.fixture
def index(tmp_path, hash_embedder):
    write(tmp_path / "index", ONE, hash_embedder)
    return tmp_path / "index"


def test_a_generation_holds_what_was_written(index):
    with Generation.open(index) as generation:
        assert generation.reports() == ["a"]
        assert generation.report("a").text == ONE["a"]
        assert [p.text for p in generation.iter_passages()] == ["云计算。存储。", "网络。"]
        assert (generation.manifest.passages, generation.manifest.sentences) == (2, 3)
        # The heading gives 一 标 题 标题; the text 云 计 算 云计 计算 存 储 存储, and 网 络 网络.
        assert generation.postings.lengths.tolist() == [4 + 8, 4 + 3]
        assert generation.vectors.sentence_starts.tolist() == [0, 2, 3]
        assert generation.connection.execute("SELECT value FROM figures").fetchall() == [("41.00",)]
        with pytest.raises(sqlite3.OperationalError):
            generation.connection.execute("DELETE FROM figures")


def test_identical_builds_have_the_same_id_whenever_the_files_were_touched(index, hash_embedder):
    before = current_id(index)
    assert write(index, ONE, hash_embedder, mtime_ns=2) == before
    assert Generation.open(index).manifest.sources[0].mtime_ns == 2
    assert write(index, TWO, hash_embedder) != before


def test_the_generation_before_is_kept_and_older_ones_go(index, hash_embedder):
    first = current_id(index)
    second = write(index, TWO, hash_embedder)
    third = write(index, TWO | {"c": "标题\n合规。\n"}, hash_embedder)
    assert current_id(index) == third
    assert sorted(path.name for path in (index / "generations").iterdir()) == sorted([second, third])
    assert first not in (second, third)


def test_a_reader_goes_on_reading_a_generation_that_was_deleted(index, hash_embedder):
    reader = Generation.open(index)
    assert reader.postings.lengths.tolist() == [12, 7]
    assert reader.vectors.passages == 2
    write(index, TWO, hash_embedder)
    write(index, TWO | {"c": "标题\n合规。\n"}, hash_embedder)
    assert not reader.folder.exists()
    assert [p.text for p in reader.iter_passages()] == ["云计算。存储。", "网络。"]
    assert reader.vectors.of_passages(range(2)).shape == (2, 64)


@pytest.mark.parametrize("moment", ["write", "verify", "switch"])
def test_a_build_that_ends_before_the_switch_changes_nothing(index, hash_embedder, monkeypatch, moment):
    before = current_id(index)

    def killed(*args):
        raise KeyboardInterrupt

    if moment != "write":
        monkeypatch.setattr("cloudqa.index.writer." + {"verify": "_verify", "switch": "switch_to"}[moment], killed)
    if moment == "write":
        write(index, TWO, hash_embedder, publish=False)
    else:
        with pytest.raises(KeyboardInterrupt):
            write(index, TWO, hash_embedder)
    monkeypatch.undo()
    assert current_id(index) == before
    with Generation.open(index) as generation:
        assert generation.reports() == ["a"]
    assert write(index, TWO, hash_embedder) == current_id(index)


def test_what_a_killed_build_left_is_cleared_by_the_next(index, hash_embedder):
    left = index / "generations" / ".building-dead"
    left.mkdir()
    (left / "archive.sqlite").write_text("half")
    write(index, TWO, hash_embedder)
    assert not left.exists()


def test_foreign_files_stay(index, hash_embedder):
    foreign = [index / "notes.txt", index / "generations" / "keep.txt", index / "generations" / "mine" / "x.md"]
    for path in foreign:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    for texts in (TWO, ONE, TWO | {"c": "标题\n合规。\n"}):
        write(index, texts, hash_embedder)
    assert [path.read_text() for path in foreign] == ["mine"] * 3


def test_nothing_built_yet(tmp_path):
    with pytest.raises(IndexMissingError, match="Run: cloudqa index"):
        Generation.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"../../etc\n", b"\xff\xfe\x00", b"0123456789abcdef\n"])
def test_a_foreign_pointer(index, content):
    (index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexCorruptError, match="cloudqa index --full"):
        Generation.open(index)


def test_a_file_in_place_of_the_index(tmp_path):
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(IndexCorruptError):
        Generation.open(tmp_path / "index")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": 6}', "\x00\x01"])
def test_a_foreign_manifest(index, content):
    (Generation.open(index).folder / MANIFEST_NAME).write_text(content)
    with pytest.raises(IndexCorruptError, match="cloudqa index --full"):
        Generation.open(index)


def test_a_manifest_that_was_edited(index):
    path = Generation.open(index).folder / MANIFEST_NAME
    path.write_text(path.read_text().replace('"passages": 2', '"passages": 3'))
    with pytest.raises(IndexCorruptError, match="changed after it was written"):
        Generation.open(index)


def test_another_layout_is_stale(index):
    path = Generation.open(index).folder / MANIFEST_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 0, "new": True}))
    with pytest.raises(IndexStaleError, match="layout 0"):
        Generation.open(index)


def test_a_damaged_archive_is_noticed_on_opening(index):
    path = Generation.open(index).folder / "archive.sqlite"
    damaged = bytearray(path.read_bytes())
    damaged[5000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(IndexCorruptError, match=r"archive\.sqlite"):
        Generation.open(index)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("lexical_rows.npy", "postings"),
        ("lexical_keys.npy", "postings"),
        ("piece_rows.npy", "pieces"),
        ("piece_passages.npy", "pieces"),
        ("vectors.faiss", "vectors"),
        ("sentence_starts.npy", "vectors"),
        ("passage_sample.npy", "vectors"),
    ],
)
@pytest.mark.parametrize("damage", ["truncated", "foreign", "missing"])
def test_damage_to_the_search_files_is_noticed_when_they_are_used(index, hash_embedder, name, part, damage):
    write(index, ONE, LetterEmbedder(hash_embedder))
    generation = Generation.open(index)
    path = generation.folder / name
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[:-9] if damage == "truncated" else b"GIF89a" + content[6:])
    with pytest.raises(IndexCorruptError, match=name.replace(".", r"\.")):
        getattr(generation, part)
    assert generation.reports() == ["a"]


def test_a_generation_that_is_gone(index):
    shutil.rmtree(index / "generations")
    with pytest.raises(IndexCorruptError, match="cloudqa index --full"):
        Generation.open(index)


def test_the_pointer_is_replaced_in_one_step(index):
    switch_to(index, "0123456789abcdef")
    assert (index / "CURRENT").read_text() == "0123456789abcdef\n"
    assert [path.name for path in index.iterdir() if path.name.startswith(".CURRENT")] == []


def test_pieces_are_kept_where_the_encoder_has_them(index, hash_embedder):
    with Generation.open(index) as generation:
        assert generation.pieces is None
        assert not any(name.startswith("piece_") for name in generation.manifest.files)
    write(index, ONE, LetterEmbedder(hash_embedder))
    with Generation.open(index) as generation:
        # Both passages stand under the heading 标题; the second says 网络.
        assert generation.pieces.coverage(np.array([ord("标")], np.int32)).tolist() == [1, 1]
        assert generation.pieces.coverage(np.array([ord("网")], np.int32)).tolist() == [0, 1]
        assert {name for name in generation.manifest.files if name.startswith("piece_")} == {
            "piece_ids.npy",
            "piece_starts.npy",
            "piece_rows.npy",
            "piece_passages.npy",
        }


def test_a_search_over_other_passages_is_refused(tmp_path, hash_embedder):
    document = make_report("a", ONE["a"])
    with GenerationWriter(tmp_path) as writer, SearchBuilder(writer.folder, hash_embedder.dimension) as search:
        search.add(index_passages(cut_lines(document), hash_embedder))
        with pytest.raises(ValueError, match="2 passages are searched, 0 are stored"):
            writer.add_search(search)


def test_a_report_that_the_base_does_not_hold_cannot_be_kept(index):
    with (
        Generation.open(index) as base,
        GenerationWriter(index, base) as writer,
        pytest.raises(IndexCorruptError, match="does not hold b"),
    ):
        writer.keep_report("b")
