"""Passages that many issues print alike: read once, each ranked by its own signals."""

from cloudqa.answering import evidence as module
from cloudqa.answering.evidence import rank_evidence
from cloudqa.answering.matching import Matcher
from cloudqa.passages import Passage, PassageKind
from cloudqa.questions.asking import read_asking

TEXT = "小麦产量创新高。它的价格下降。"


def passage(report, text=TEXT, section=("农业",)):
    spans = ((0, 8), (8, len(text)))
    return Passage(
        id=report, report=report, kind=PassageKind.PROSE, section=section, text=text, context="", sentences=spans,
        pieces=(), order=0,
    )  # fmt: skip


def matcher():
    return Matcher(read_asking("小麦的价格如何？"), lambda term: 1.0)


def test_copies_rank_as_each_does_alone():
    passages = [passage("a"), passage("b"), passage("c", section=("小麦",)), passage("d", TEXT.replace("下降", "上升"))]
    cosines = [(0.1, 0.4), (0.3, 0.2), (0.1, 0.4), (0.1, 0.4)]
    strengths = [1.0, 0.25, 0.5, 0.5]
    together = rank_evidence(matcher(), passages, cosines, strengths)
    alone = [rank_evidence(matcher(), [p], [c], [s]) for p, c, s in zip(passages, cosines, strengths, strict=True)]
    assert together == sorted((e for found in alone for e in found), key=lambda e: -e.score)
    assert [e.passage.report for e in together].count("b") == 2
    assert {e.similarity for e in together if e.passage.report == "b"} == {0.3, 0.2}


def test_a_passage_that_issues_print_alike_is_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(module, "fitness", lambda asking, sentence: read.append(sentence) or 0.0)
    found = rank_evidence(matcher(), [passage(r) for r in "abc"], [(0.1, 0.2)] * 3, [1.0, 0.8, 0.6])
    assert len(read) == 2
    assert [e.passage.report for e in found] == ["a", "b", "c"] * 2
