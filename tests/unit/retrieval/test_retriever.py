"""Hits on a generation on disk."""

from __future__ import annotations

import pytest
from made_up_reports import cut_lines, make_report

from cloudqa.errors import IndexStaleError
from cloudqa.index import Generation, GenerationWriter, Origin, StoredReport
from cloudqa.index.assemble import SearchBuilder, index_passages
from cloudqa.retrieval.retriever import Retriever

DOCUMENT = make_report("r", "云的报告\n云存储便宜。云网络快。\n安全合规。\n")


@pytest.fixture
def generation(tmp_path, hash_embedder):
    passages = cut_lines(DOCUMENT)
    with GenerationWriter(tmp_path) as writer, SearchBuilder(writer.folder, hash_embedder.dimension) as search:
        writer.add_report(StoredReport.of(DOCUMENT), passages)
        search.add(index_passages(passages, hash_embedder))
        writer.add_search(search)
        writer.publish(Origin("1", "", hash_embedder.name, hash_embedder.dimension, ()))
    with Generation.open(tmp_path) as opened:
        yield opened


def test_hits_carry_the_passage_and_its_reasons(generation, hash_embedder):
    first, second = Retriever(generation, hash_embedder).search("云网络快吗", 5)
    assert first.passage == cut_lines(DOCUMENT)[0]
    assert first.score > second.score
    assert first.reasons.best_sentence == 1
    assert first.reasons.matched[:3] == ("网", "络", "快")
    span = first.passage.source_spans(*first.passage.sentences[1])[0]
    assert generation.report("r").text[span.start : span.end] == "云网络快。"


def test_a_word_of_the_heading_finds_its_passages(generation, hash_embedder):
    assert "报告" in Retriever(generation, hash_embedder).search("报告", 1)[0].reasons.matched


def test_another_encoder_is_refused(generation, hash_embedder):
    hash_embedder.name = "other"
    with pytest.raises(IndexStaleError, match="hash-test, not other"):
        Retriever(generation, hash_embedder)
