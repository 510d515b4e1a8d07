"""Places of a text that tell nothing of what is measured, and names that are common nouns."""

from __future__ import annotations

import re

from cloudqa.language.synonyms import SynonymKind
from cloudqa.quantities import find_unit
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.phrase import bits, phrase_of

_GENERIC = ("部门", "业务", "公司", "集团", "平台", "板块", "领域", "行业", "市场", "产业", "机构")
_PER = lazily("每(?:1|一)?[万千百亿]?(?:个|名|位)?")
_UNTELLING = re.compile(r"[^\w]|[_的之数量额值每各第一了]|(?<![a-z])(?:of|the|in|per)(?![a-z])")
_ASPECT = re.compile("(?:的?(?:情况|状况|现状|表现))(?=$|[?。!,]|如何|怎|各|分别|是|有)")


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
