"""Places of a text that tell nothing of what is measured, common nouns, and what of a sentence speaks of a figure."""

from __future__ import annotations

import re
from functools import lru_cache

from cloudqa.facts import Fact
from cloudqa.language import clause_spans
from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import Quantity, find_unit
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.phrase import bits, phrase_of

_GENERIC = ("部门", "业务", "公司", "集团", "平台", "板块", "领域", "行业", "市场", "产业", "机构")
_PER = lazily("每(?:1|一)?[万千百亿]?(?:个|名|位)?")
_UNTELLING = re.compile(r"[^\w]|[_的之数量额值每各第一了]|(?<![a-z])(?:of|the|in|per)(?![a-z])")
_ASPECT = re.compile("(?:的?(?:情况|状况|现状|表现))(?=$|[?。!,]|如何|怎|各|分别|是|有)")
_SEGMENT_ENDS = "；;。！？!?"
_REACH = 300  # characters of a sentence on either side of a figure that may speak of it


def per_unit(text: str) -> int:
    """Places of words such as 每吨 and 每一万个, which say only what a figure is per."""
    mask = 0
    for m in _PER().finditer(text) if "每" in text else ():
        end = m.end()
        for length in (2, 1):
            unit = find_unit(text[end : end + length])
            if end + length <= len(text) and unit is not None and unit.stated:
                end += length
                break
        mask |= bits(m.start(), end)
    return mask


def aspects(text: str) -> int:
    """Places of nouns that only close a question (负债情况如何): no column is meant by them alone."""
    mask = 0
    for m in _ASPECT.finditer(text):
        mask |= bits(m.start(), m.end())
    return mask


def is_common_noun(entity: str) -> bool:
    """Whether an entity is a common noun for a part of something named elsewhere: 云计算部门, 该公司."""
    phrase = phrase_of(entity)
    if phrase.latin or any(m.kind is SynonymKind.ORGANISATION for m in phrase.matches):
        return False
    common = untelling(phrase.text)
    for match in phrase.matches:
        common |= bits(match.start, match.end)
    stem = next((phrase.text.removesuffix(word) for word in _GENERIC if phrase.text.endswith(word)), None)
    return stem is not None and not bits(0, len(stem.lstrip("其该本此"))) & ~common


def untelling(label: str) -> int:
    """Places of a label that tell nothing of what is measured."""
    mask = 0
    for m in _UNTELLING.finditer(label):
        mask |= bits(m.start(), m.end())
    return mask


def sentence_parts(fact: Fact) -> tuple[str, str]:
    """The figure's clause with those before it up to a semicolon or full stop, and the sentence around it."""
    if fact.table is not None or not fact.text:
        return "", ""
    return _parts(fact.text, fact.printed)


@lru_cache(maxsize=8192)
def _parts(text: str, printed: str) -> tuple[str, str]:
    """The same for a sentence and a figure as printed; of one of monstrous length only what stands near the figure."""
    whole = re.search(rf"(?<![\d.]){re.escape(printed)}(?!\d)", text)
    at = whole.start() if whole is not None else text.find(printed)
    if at < 0:
        return text[:_REACH], ""
    low = max(0, at - _REACH)
    around = text[low : at + _REACH]
    return _segment(around, at - low), around


def _segment(text: str, at: int) -> str:
    """The clause at an offset with those before it up to a semicolon or full stop."""
    start = max(text.rfind(mark, 0, at) for mark in _SEGMENT_ENDS) + 1
    end = next((b for a, b in clause_spans(text) if a <= at < b), len(text))
    return text[start:end]


def unit_words(fact: Fact) -> str:
    """The unit, whose words a question may use: 每万次请求 of 元/万次."""
    return fact.value.unit.symbol.replace("/", " ") if isinstance(fact.value, Quantity) else ""
