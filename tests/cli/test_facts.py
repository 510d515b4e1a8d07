"""``cloudqa facts`` and ``cloudqa tables`` over a made-up report and the real one."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from decimal import Decimal

import pytest

from cloudqa.answering.fact_export import CSV_COLUMNS
from cloudqa.cli.main import main
from cloudqa.documents import read_document
from cloudqa.tables import CellRole, understand_table
from cloudqa.terminal_text import aligned_lines, cell_width, cut_to_width

REPORT = """# 试刊

2017年第3期

## 一、数据

松田云2017年第一季度收入为41.00亿元，同比增长310%。

表 1 各公司季度收入

| 公司 | 季度 | 收入(亿元) | 备注 |
|---|---|---|---|
| 松田云 | 2017Q1 | 12.30 | =HYPERLINK("x") |
| 松田云 | 2017Q2 | -0.50 | ＋乙，"丙" |
| 松田雲二號 | 2017Q1 | 7.00 | 正常 |

## 二、其他

表 2 各地机房

| 城市 | 机房数(个) | 情况 |
|---|---|---|
| 松城 | 12 | @here |
| 柏城 | 9 | 好\x07的 |
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, report_path):
    """A corpus of the made-up report and the real one, indexed."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "made-up-03.md").write_text(REPORT, encoding="utf-8")
    shutil.copy(report_path, folder / "corpus")
    assert main(["index", "--corpus", str(folder / "corpus")]) == 0
    return folder


@pytest.fixture
def run(folder, capfd):
    """Runs one command on the archive; returns code, stdout, stderr."""

    def run_command(*words: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([words[0], "--corpus", str(folder / "corpus"), *words[1:]])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


def facts(run, *words: str) -> list[dict]:
    """The facts of the JSON output, figures as decimals."""
    code, out, err = run("facts", "--format", "json", *words)
    assert (code, err) == (0, "")
    return [json.loads(line, parse_float=Decimal) for line in out.splitlines()]


def values(found: list[dict]) -> list[str]:
    return [f"{fact['period']} {fact['value']}{fact['unit']}" for fact in found]


def test_a_metric_of_an_entity_in_a_fiscal_year(run):
    found = facts(run, "--metric", "付费用户数", "--entity", "阿里云", "--period", "2017财年")
    assert values(found) == ["FY2017Q1 57.7万", "FY2017Q2 65.1万", "FY2017Q3 76.5万", "FY2017Q4 87.4万"]


def test_figures_keep_their_digits_and_every_citation_resolves(run, folder):
    found = facts(run, "--report", "made-up-03", "--metric", "收入")
    assert [str(fact["value"]) for fact in found] == ["41.00", "310", "12.30", "-0.50", "7.00"]
    assert [fact["measure"] for fact in found] == ["level", "growth", "level", "level", "level"]
    text = (folder / "corpus" / "made-up-03.md").read_text(encoding="utf-8")
    citations = [citation for fact in found for citation in fact["citations"]]
    assert len(citations) >= len(found)
    assert [c["quote"] for c in citations] == [text[c["start"] : c["end"]] for c in citations]
    assert "12.30" in found[2]["citations"][0]["quote"]
    assert [found[2]["citations"][0][name] for name in ("table", "row", "column")] == [0, 1, 2]
    assert found[2]["section"] == ["一、数据"]


def test_every_citation_of_every_fact_of_the_real_report_resolves(run, report_text):
    found = facts(run, "--issue", "2017-08")
    assert {fact["report"] for fact in found} == {"2017-08-issue-08"}
    for fact in found:
        assert fact["citations"], fact["id"]
        for citation in fact["citations"]:
            assert report_text[citation["start"] : citation["end"]] == citation["quote"]
        assert fact["printed"].replace(" ", "") in fact["citations"][0]["quote"].replace(" ", "")


@pytest.mark.parametrize("entity", ["騰訊雲", " 腾讯云 ", "腾 讯云"])
def test_an_entity_is_found_in_any_spelling(run, entity):
    assert facts(run, "--entity", entity) == facts(run, "--entity", "腾讯云") != []


@pytest.mark.parametrize("metric", ["EBITDA利润率", "ｅｂｉｔｄａ利润率"])
def test_a_general_synonym_is_understood(run, metric):
    assert {fact["metric"] for fact in facts(run, "--metric", metric)} == {"息税折旧摊销前利润率"}


def test_width_and_case_make_no_difference(run):
    assert facts(run, "--entity", "ＣＯＳ标准存储（standard）") == facts(run, "--entity", "COS标准存储(Standard)") != []
    assert facts(run, "--period", "２０１７Ｑ１") == facts(run, "--period", "2017q1") != []


def test_a_name_spelled_like_the_filter_goes_before_those_that_contain_it(run):
    assert {fact["entity"] for fact in facts(run, "--entity", "松田云", "--report", "made")} == {"松田云"}
    assert {fact["entity"] for fact in facts(run, "--entity", "松田", "--report", "made")} == {"松田云", "松田雲二號"}


def test_a_table_row_is_found_by_its_key(run):
    found = facts(run, "--entity", "定价", "--metric", "存储费用")
    assert [str(fact["value"]) for fact in found] == ["0.13", "0.1", "0.06"]
    assert {(fact["unit"], fact["qualifier"]) for fact in found} == {("元/GB", "起")}


def test_the_table_is_aligned_by_cells(run):
    code, out, _ = run("facts", "--report", "made-up-03", "--metric", "收入", "--entity", "松田云")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["entity", "metric", "measure", "period", "value", "place", "quote"]
    assert [line.count("made-up-03:") for line in lines] == [0, 1, 1, 1, 1]
    begin = {cell_width(line[: line.index("made-up-03:")]) for line in lines[1:]}
    assert begin == {cell_width(lines[0][: lines[0].index("place")])}
    assert "12.30亿元" in out


def test_csv_follows_the_rules_and_runs_no_formula(folder):
    words = [sys.executable, "-m", "cloudqa", "facts", "--corpus", str(folder / "corpus"), "--format", "csv"]
    raw = subprocess.run([*words, "--report", "made-up-03"], capture_output=True, check=True).stdout
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    by_value = {row["value"]: row for row in rows}
    assert {'\'=HYPERLINK("x")', '\'＋乙，"丙"', "-0.50", "'@here", "好的", "41.00", "12"} <= set(by_value)
    assert by_value["12"]["unit"] == "个"
    assert by_value["-0.50"]["unit"] == "亿元"
    assert [row for row in rows for cell in row.values() if cell.lstrip()[:1] in "=@＝＠＋" and cell.strip()] == []


def test_nothing_found_says_what_comes_near(run):
    code, out, err = run("facts", "--metric", "付费用户")
    assert code == 0, err
    code, out, err = run("facts", "--metric", "付费租户数")
    assert (code, out) == (1, "")
    assert err.startswith("cloudqa: No fact has the metric “付费租户数”; near: 付费用户数, ")
    assert err.count("\n") == 1
    code, out, err = run("facts", "--period", "2018Q2", "--metric", "付费用户数", "--format", "csv")
    assert (code, out) == (1, "")
    assert err == (
        "cloudqa: No fact has the period “2018Q2”; near: FY2017Q1, FY2017Q2, FY2017Q3, FY2017Q4, FY2018Q1.\n"
    )
    assert run("facts", "--metric", "存储费用", "--period", "2017")[2] == (
        "cloudqa: No fact fits all filters; with another metric there is: "
        "付费用户, 付费用户数, 云计算付费用户数量, 平均每万用户营收, 市场规模.\n"
    )
    assert run("facts", "--report", "2016-01")[2] == (
        "cloudqa: No fact has the report “2016-01”; near: 2017-08-issue-08, made-up-03.\n"
    )


@pytest.mark.parametrize(
    "words", [["--period", "上半年"], ["--period", "abc"], ["--metric", " "], ["--entity", "x" * 999]]
)
def test_a_filter_that_is_none_is_wrong_use(run, words):
    code, out, err = run("facts", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("wanted", "report"), [("3", "made-up-03"), ("8", "2017-08-issue-08"), ("试刊", "made-up-03")])
def test_a_report_is_found_by_number_and_title(run, wanted, report):
    assert {fact["report"] for fact in facts(run, "--report", wanted)} == {report}


def test_every_cell_of_every_table_is_accounted_for(run, folder):
    code, out, err = run("tables", "--format", "json")
    assert (code, err) == (0, "")
    shown = [json.loads(line) for line in out.splitlines()]
    understood = [
        understand_table(raw, document)
        for name in ("2017-08-issue-08.md", "made-up-03.md")
        for document in [read_document(folder / "corpus" / name, folder / "corpus")]
        for raw in document.tables
    ]
    assert [(t["report"], t["table"]) for t in shown] == [(t.report, t.index) for t in understood]
    for table, read in zip(shown, understood, strict=True):
        roles = [cell.role for row in read.cells for cell in row]
        assert table["cells"] == {role.value: roles.count(role) for role in CellRole}
        assert len(table["not_understood"]) == table["cells"]["not_understood"]
        assert table["facts"] == sum(len(c.values) for row in read.cells for c in row if c.role is CellRole.FACT)


def test_tables_for_reading(run):
    code, out, _ = run("tables", "--report", "made-up-03")
    assert code == 0
    first, second = out.split("\n\n")
    lines = first.splitlines()
    assert lines[0] == "made-up-03 table 0: 表 1 各公司季度收入"
    assert lines[1] == "    一、数据"
    assert "    16 cells: 4 header, 6 label, 6 with facts, 0 without a value, 0 not understood; 6 facts read" in lines
    assert any(line.split() == ["2", "收入(亿元)", "收入", "value", "number", "亿元"] for line in lines)
    assert second.startswith("made-up-03 table 1: 表 2 各地机房\n")


def test_no_such_report_has_no_table(run):
    assert run("tables", "--report", "2016-01") == (
        1, "", "cloudqa: No report is “2016-01”; there are: 2017-08-issue-08, made-up-03.\n",
    )  # fmt: skip


def test_neither_loads_vectors(folder):
    code = f"""
import sys
from cloudqa.cli.main import main
for words in (["facts"], ["facts", "--metric", "x"], ["tables"]):
    main([*words, "--corpus", {str(folder / "corpus")!r}])
print("\\n", sorted({{"torch", "faiss", "numpy", "sentence_transformers"}} & set(sys.modules)))
"""
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert outcome.stdout.splitlines()[-1].strip() == "[]"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("ab", 2), ("云", 2), ("Ｑ1", 3), ("e\u0301", 1), ("a\u200bb", 2), ("“云”", 4)]
)
def test_widths_in_cells(text, width):
    assert cell_width(text) == width


def test_a_cut_text_is_never_wider_than_allowed():
    assert cut_to_width("云计算发展", 10) == "云计算发展"
    assert [cut_to_width("云计算发展", cells) for cells in (9, 8, 3)] == ["云计算发…", "云计算…", "云…"]


def test_columns_line_up_at_either_end():
    assert list(aligned_lines([("a", "甲", "x"), ("云云", "1", "")], right=frozenset({1}))) == [
        "a     甲  x",
        "云云   1",
    ]
