"""The few words the text output adds to an answer, in the language of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = re.compile(r"[^\W\x00-\xff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels of the text output.

    Attributes:
        missing: Before what the archive does not contain.
        working: Before the formula.
        caveat: Before each caveat.
        alternative: Before what comes closest.
        context: Before what was carried over from earlier questions.
        colon: Between a label and what it labels.
        line: A place's line, with ``{line}``.
        page: A place's page, with ``{page}``.
        quote: A quote, with ``{quote}``.
    """

    missing: str
    working: str
    caveat: str
    alternative: str
    context: str
    colon: str
    line: str
    page: str
    quote: str


CHINESE = Wording("缺少", "计算", "注意", "相近", "承接", "：", "第{line}行", "第{page}页", "“{quote}”")
ENGLISH = Wording(
    "Missing", "Working", "Note", "Closest", "Carried over", ": ", "line {line}", "page {page}", "“{quote}”"
)


def wording_for(question: str) -> Wording:
    """Chinese for a question that holds a Chinese character, English otherwise."""
    return CHINESE if _CJK.search(question) else ENGLISH
