"""A ``---`` block of ``key: value`` lines at the beginning of a file: it overrides what the title page says."""

from __future__ import annotations

import re
from dataclasses import replace

from cloudqa.documents.blocks import trimmed
from cloudqa.documents.issue_numbers import find_issue_numbers
from cloudqa.documents.model import Field, Metadata, Span

_BEGIN = re.compile(r"\s{0,20}---[ \t]*\n")
_LINE = re.compile(r"([^\s:：#][^:：\n]{0,40}?)\s*[:：][ \t]*(.*)")
_MAX_LINES = 100
_KEYS = {
    "title": ("title", "标题", "刊名", "名称"),
    "issue": ("issue", "期号", "期"),
    "total_issue": ("total_issue", "total", "总期号", "总期"),
    "date": ("date", "日期", "出版日期", "时间"),
    "audience": ("audience", "读者", "读者对象"),
    "classification": ("classification", "密级"),
}
_ATTRIBUTES = {key: attribute for attribute, keys in _KEYS.items() for key in keys}
_LABELS = {"title": "刊名", "issue": "期号", "total_issue": "总期号", "date": "日期"}
_LABELS |= {"audience": "读者对象", "classification": "密级"}


def read_front_matter(text: str) -> tuple[tuple[Field, ...], int]:
    """The fields of the front matter, and the offset where the report itself begins (0 where there is none)."""
    begin = _BEGIN.match(text)
    if begin is None:
        return (), 0
    fields: list[Field] = []
    at = begin.end()
    for _ in range(_MAX_LINES):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if line.strip() in ("---", "..."):
            return (tuple(fields), min(end + 1, len(text))) if fields else ((), 0)
        m = _LINE.fullmatch(line)
        if m is not None:
            fields += _field(text, m.group(1), at + m.start(2), at + m.end(2))
        elif line.strip() and not line.startswith((" ", "\t", "#", "-")):
            return (), 0
        at = end + 1
        if at > len(text):
            break
    return (), 0


def _field(text: str, key: str, start: int, end: int) -> list[Field]:
    span = trimmed(text, start, end)
    if span.end - span.start > 1 and text[span.start] == text[span.end - 1] and text[span.start] in "\"'":
        span = Span(span.start + 1, span.end - 1)
    value = text[span.start : span.end]
    return [Field(key, value, span)] if value else []


def override(metadata: Metadata, fields: tuple[Field, ...]) -> Metadata:
    """The metadata with what the front matter says in place of what the title page says."""
    changes: dict[str, str] = {}
    given: list[Field] = []
    for field in fields:
        attribute = _ATTRIBUTES.get(field.label.lower())
        if attribute is None:
            given.append(field)
            continue
        changes[attribute] = _value(attribute, field.value)
        given.append(replace(field, label=_LABELS[attribute]))
    labels = {field.label for field in given}
    kept = tuple(field for field in metadata.fields if field.label not in labels)
    return replace(
        metadata,
        title=changes.get("title", metadata.title),
        issue=changes.get("issue", metadata.issue),
        total_issue=changes.get("total_issue", metadata.total_issue),
        date=changes.get("date", metadata.date),
        audience=changes.get("audience", metadata.audience),
        classification=changes.get("classification", metadata.classification),
        fields=(*given, *kept),
    )


def _value(attribute: str, value: str) -> str:
    numbers = find_issue_numbers(value)
    if attribute == "date":
        return numbers.date or value
    if attribute in ("issue", "total_issue"):
        digits = re.search(r"\d+", numbers.issue if attribute == "issue" and numbers.issue else value)
        return str(int(digits.group())) if digits else value
    return value
