"""The pages say what the program does."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from cloudqa.answering.answer import Answer, Citation, Operand, Step, Value, Working
from cloudqa.answering.fact_export import CSV_COLUMNS
from cloudqa.cli.main import BROKEN_PIPE
from cloudqa.cli.parser import build_parser
from cloudqa.cli.reading import MAX_QUESTION_CHARS
from cloudqa.errors import ExitCode

TWO_COMMANDS = (
    'pip install . && cloudqa ask "2018财年第一季度阿里云收入同比增长多少？"',
    'pip install ".[test]" && pytest',
)


@pytest.fixture(scope="module")
def json_page(repository):
    return (repository / "docs" / "json.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [Answer, Citation, Value, Working, Step, Operand])
def test_every_field_of_the_json_is_described(json_page, model):
    assert [f.name for f in fields(model) if f"`{f.name}`" not in json_page] == []


def test_every_field_of_a_fact_is_described(json_page):
    assert [name for name in CSV_COLUMNS if f"`{name}`" not in json_page] == []


def test_every_exit_code_is_described(json_page):
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", json_page, re.M)]
    assert codes == [*ExitCode, BROKEN_PIPE]
    assert [code for code in ExitCode if f"  {code.value:<4} " not in build_parser().format_help()] == []


def test_the_limit_is_the_one_described(json_page):
    assert f"at most {MAX_QUESTION_CHARS:,} characters" in json_page


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_stand_in_the_readme(repository, name):
    text = (repository / name).read_text(encoding="utf-8")
    assert [command for command in TWO_COMMANDS if f"\n    {command}\n" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/json.md", "corpus/README.md"])
def test_linked_files_exist(repository, name):
    page = repository / name
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
