"""``cloudqa search`` and ``cloudqa show`` over a scripted archive."""

from __future__ import annotations

import json

import pytest

from cloudqa.cli.console import Style
from cloudqa.cli.rendering import render_excerpt, source_ranges
from cloudqa.documents import Span
from cloudqa.passages import Passage, PassageKind


def test_search_lists_passages_with_their_places(cloudqa_run):
    outcome = cloudqa_run("search", "收入增长多少", "--explain")
    assert outcome.code == 0
    assert outcome.out == (
        "1. 本季度收入为41.00亿元，同比增长310%。\n"
        "    一、数据\n"
        "    made-up-01:32-55\n"
        "    score 1.500: bm25 +1.25, coverage +0.50, pieces +0.25, dense 0.60 × (passage -0.25, sentence +0.75); "
        "50% of the terms: 收入 增长\n"
    )


def test_search_without_a_hit_exits_1(cloudqa_run):
    assert (cloudqa_run("search", "nothing").code, cloudqa_run("search", "nothing").out) == (1, "")


def test_search_as_json(cloudqa_run):
    hits = json.loads(cloudqa_run("search", "收入增长多少", "--format", "json").out)["hits"]
    assert [(hit["rank"], hit["places"]) for hit in hits] == [(1, [{"start": 32, "end": 55}])]


def test_show_marks_the_quote_in_its_lines(cloudqa_run):
    outcome = cloudqa_run("show", "made-up-01:32-45", "--lines", "1")
    assert outcome.code == 0
    assert outcome.out == "  4\n> 5  甲公司上季度收入为10.00亿元。⟦本季度收入为41.00亿元⟧，同比增长310%。\n  6\n"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("made-up-01", "cloudqa: 'made-up-01' is not a place. Give REPORT:START-END as a citation prints it."),
        ("made-up-01:5-5", "cloudqa: 'made-up-01:5-5' is empty: it ends before it begins."),
        ("made-up-01:٣-٤", "cloudqa: 'made-up-01:٣-٤' is not a place."),
        ("other:1-2", "cloudqa: other:1-2 is not in the archive."),
        ("made-up-01:1-99999", "cloudqa: made-up-01:1-99999 is not in the archive."),
    ],
)
def test_a_place_that_is_none_is_a_usage_error(cloudqa_run, place, message):
    outcome = cloudqa_run("show", place)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.removeprefix("index: reading 1/2 a.md\n").startswith(message)


def test_an_excerpt_over_several_lines_marks_each_part():
    text = "first\nsecond line\nthird\nfourth"
    start, end = text.index("line"), text.index("ird")
    assert render_excerpt(text, start, end, 0, Style()) == "> 2  second ⟦line⟧\n> 3  ⟦th⟧ird"


def test_an_excerpt_on_a_terminal_is_reversed():
    assert render_excerpt("a bc d", 2, 4, 0, Style(colour=True)) == "> 1  a \x1b[7mbc\x1b[0m d"


def test_an_excerpt_does_not_steer_the_terminal():
    assert render_excerpt("a\x1b[2J\nb\x07c", 6, 8, 1, Style()) == "  1  a[2J\n> 2  ⟦b⟧c"


def test_stretches_that_touch_are_one_place_and_a_page_break_makes_two():
    passage = Passage(
        id="0" * 16,
        report="r",
        kind=PassageKind.PROSE,
        section=(),
        text="abcdef",
        context="",
        sentences=((0, 6),),
        pieces=((0, 2, Span(5, 7)), (2, 4, Span(7, 9)), (4, 6, Span(12, 14))),
        order=0,
    )
    assert source_ranges(passage) == [(5, 9), (12, 14)]
