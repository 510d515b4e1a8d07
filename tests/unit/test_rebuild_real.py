"""The real report through the real stages."""

from __future__ import annotations

import pytest

from cloudqa.facts import FactStore
from cloudqa.index import Generation
from cloudqa.rebuild import rebuild
from cloudqa.settings import Settings


@pytest.fixture(scope="module")
def generation(report_path, tmp_path_factory):
    index = tmp_path_factory.mktemp("index")
    rebuild(Settings(corpus=report_path.parent, index=index))
    with Generation.open(index) as opened:
        yield opened


def test_the_text_is_kept_to_the_letter(generation, report_path):
    assert generation.report(report_path.stem).text == report_path.read_text(encoding="utf-8")


def test_every_passage_is_cut_out_of_that_text(generation, report_path):
    text = generation.report(report_path.stem).text
    for passage in generation.iter_passages():
        for start, end, span in passage.pieces:
            assert text[span.start : span.end] == passage.text[start:end]


def test_the_rows_of_all_parts_agree(generation):
    rows = [generation.passages([row])[0].id for row in range(generation.manifest.passages)]
    assert rows == [passage.id for passage in generation.iter_passages()]
    assert len(generation.postings.lengths) == generation.vectors.passages == len(rows)
    counts = [len(passage.sentences) for passage in generation.iter_passages()]
    assert generation.vectors.sentence_starts.tolist()[1:] == [sum(counts[:i]) for i in range(1, len(counts) + 1)]


def test_facts_lie_in_the_same_file(generation, report_path):
    assert FactStore(generation.connection).reports() == [report_path.stem]
    assert FactStore(generation.connection).count() > 50
