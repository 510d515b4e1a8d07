"""``--batch``: one line out for each line in, in order, with the same id."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in records)


def test_answers_come_in_order_with_the_ids_that_came_in(cloudqa_run):
    stdin = lines({"id": "b", "question": "乙公司收入"}, {"id": 7, "question": "收入增长多少"}, {"question": "hostile"})
    outcome = cloudqa_run("ask", "--batch", "-", stdin=stdin)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(a["id"], a["kind"]) for a in answers] == [("b", "refusal"), (7, "number"), (None, "text")]
    assert [next(iter(a)) for a in answers] == ["id", "id", "id"]
    assert '"value": 310.00,' in outcome.out
    assert outcome.code == 0


def test_a_file_gives_the_same_as_stdin(cloudqa_run, tmp_path):
    batch = tmp_path / "questions.jsonl"
    batch.write_bytes(lines({"id": 1, "question": "乙公司收入"}))
    from_file = cloudqa_run("ask", "--batch", str(batch))
    assert from_file.out == cloudqa_run("ask", "--batch", "-", stdin=batch.read_bytes()).out
    assert json.loads(from_file.out)["kind"] == "refusal"


@pytest.mark.parametrize(
    ("bad", "line_id", "error"),
    [
        (b"{\n", None, "line 2: not JSON: "),
        (b"\xff\xfe\n", None, "line 2: not valid UTF-8 (byte 1)"),
        (b"[1]\n", None, 'line 2: not an object such as {"id": 1, "question": "…"}'),
        (b'{"id": 5}\n', 5, 'line 2: no "question" that is a string'),
        (b'{"id": 5, "question": 6}\n', 5, 'line 2: no "question" that is a string'),
        (b'{"id": 5, "question": " "}\n', 5, "line 2: The question is empty."),
        (b'{"id": 5, "question": "\\ud800"}\n', 5, "line 2: The question is not valid UTF-8."),
        (b'{"id": NaN, "question": "x"}\n', None, "line 2: not JSON: NaN is not a JSON value"),
        (b"[" * 100_000 + b"\n", None, "line 2: not JSON: "),
        (lines({"id": 5, "question": "长" * 2001}), 5, "line 2: The question is too long"),
    ],
)
def test_a_bad_line_gives_an_error_with_its_number_and_the_rest_goes_on(cloudqa_run, bad, line_id, error):
    good = lines({"id": 1, "question": "乙公司收入"})
    outcome = cloudqa_run("ask", "--batch", "-", stdin=good + bad + good)
    first, second, third = (json.loads(line) for line in outcome.out.splitlines())
    assert first == third
    assert second["id"] == line_id
    assert second["line"] == 2
    assert second["error"].startswith(error)
    assert outcome.code == 0


def test_a_failing_question_does_not_take_the_batch_with_it(cloudqa_run):
    stdin = lines({"id": 1, "question": "not scripted"}, {"id": 2, "question": "乙公司收入"})
    outcome = cloudqa_run("ask", "--batch", "-", stdin=stdin)
    first, second = (json.loads(line) for line in outcome.out.splitlines())
    assert first == {"id": 1, "line": 1, "error": "line 1: internal error: KeyError: 'not scripted'"}
    assert second["refused"] is True
    assert outcome.code == 4


def test_blank_lines_and_a_byte_order_mark_are_passed_over(cloudqa_run):
    stdin = b"\xef\xbb\xbf" + lines({"id": 1, "question": "乙公司收入"}) + b"\n \n"
    outcome = cloudqa_run("ask", "--batch", "-", stdin=stdin)
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == [1]


def test_an_empty_batch_is_processed(cloudqa_run):
    outcome = cloudqa_run("ask", "--batch", "-", stdin=b"")
    assert (outcome.code, outcome.out) == (0, "")


def test_ids_of_any_kind_come_back_as_they_were(cloudqa_run):
    stdin = '{"id": {"a": [1.50, null]}, "question": "乙公司收入"}'.encode()
    outcome = cloudqa_run("ask", "--batch", "-", stdin=stdin)
    assert json.loads(outcome.out, parse_float=Decimal)["id"] == {"a": [Decimal("1.50"), None]}
    assert outcome.out.startswith('{"id": {"a": [1.50, null]}, ')


def test_search_batch_gives_ranked_passages(cloudqa_run):
    outcome = cloudqa_run("search", "--batch", "-", stdin=lines({"id": "s", "question": "收入增长多少"}))
    assert json.loads(outcome.out) == {
        "id": "s",
        "question": "收入增长多少",
        "hits": [
            {
                "rank": 1,
                "score": 1.5,
                "reasons": {
                    "bm25": 1.25,
                    "coverage": 0.5,
                    "pieces": 0.25,
                    "passage": -0.25,
                    "sentence": 0.75,
                    "dense_weight": 0.6,
                    "covered": 0.5,
                    "matched": ["收入", "增长"],
                },
                "passage": "00112233aabbccdd",
                "report": "made-up-01",
                "kind": "prose",
                "section": ["一、数据"],
                "text": "本季度收入为41.00亿元，同比增长310%。",
                "context": "",
                "places": [{"start": 32, "end": 55}],
            }
        ],
    }
