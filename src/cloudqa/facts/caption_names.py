"""Whom the captions of a report are about: the name before 季度经营数据, where the text speaks of it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudqa.documents import Document
from cloudqa.tables import caption_words

_BEFORE_DATA = re.compile(
    r"(?P<who>[^\W\d_的与和及、]{2,12}?)(?:各?季度|年度|月度|半年度?|历年|历季|近[一二两三四五]年|主要|经营|财务|运营|业绩)"
)
_GENERAL = re.compile(r"(?:公司|企业|厂商|机构|行业|上市|主要|部分|两家|[一二两三四五六七八九十\d]+[家座个项])$")


def caption_names(document: Document) -> frozenset[str]:
    """The names that captions begin with and that stand in the report's text outside of that caption, too."""
    return frozenset(_names(document))


def _names(document: Document) -> Iterator[str]:
    for raw in document.tables:
        found = _BEFORE_DATA.match(caption_words(raw.caption))
        if found is None or _GENERAL.search(found["who"]):
            continue
        name = found["who"]
        own = raw.caption.count(name)
        if document.text.count(name) > own:
            yield name
