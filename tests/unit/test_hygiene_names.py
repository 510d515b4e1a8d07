"""No entity of any report is named in the sources: what the program knows of them it has learned from the corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpus_entities import entities

SOURCE_SUFFIXES = {".py", ".tsv", ".toml", ".md", ".tcss"}
# General knowledge that users can extend: generic metrics and operations, widely known organisations.
EXEMPT = {"synonyms.tsv"}


def _reports(repository: Path) -> list[Path]:
    return [*(repository / "corpus").glob("20*.md"), *(repository / "tests" / "data" / "samples").glob("*.md")]


def _sources(repository: Path) -> list[Path]:
    files = (repository / "src").rglob("*")
    return [f for f in files if f.suffix in SOURCE_SUFFIXES and f.name not in EXEMPT]


def _named(name: str, source: str) -> bool:
    """Whether the source names it; a Latin name must stand as a word of its own."""
    if name.isascii():
        return re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", source) is not None
    return name in source


@pytest.mark.parametrize(
    "name",
    [
        "阿里云",
        "腾讯",
        "雷盈科技",
        "王宁",
        "武源文",
        "可信区块链联盟",
        "Gartner",
        "Ripple",
        "COS",
        "云岭科技",
        "何雨桐",
    ],
)
def test_the_extraction_finds_names_of_every_sort(repository, name):
    assert name in set().union(*(entities(path.read_text(encoding="utf-8")) for path in _reports(repository)))


def test_no_entity_of_the_corpus_is_named_in_the_sources(repository):
    names = set().union(*(entities(path.read_text(encoding="utf-8")) for path in _reports(repository)))
    found = {}
    for path in _sources(repository):
        source = path.read_text(encoding="utf-8")
        hits = sorted(name for name in names if _named(name, source))
        if hits:
            found[path.relative_to(repository).as_posix()] = hits
    assert found == {}


def test_no_path_of_one_machine_is_written_down(repository):
    pattern = re.compile(r"(?<![\w/])/(?:home|root|Users|work|mnt)/\w")
    folders = [repository / name for name in ("src", "scripts", "docs", "benchmarks", "training", ".ci")]
    files = [
        f for folder in folders if folder.is_dir() for f in folder.rglob("*") if f.suffix in {".py", ".md", ".toml", ""}
    ]
    found = [f.relative_to(repository).as_posix() for f in files if f.is_file() and pattern.search(_text(f))]
    assert found == []


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
