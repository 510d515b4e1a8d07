"""Years that a question counts from now (今年, 去年), counted from the newest issue it asks."""

from __future__ import annotations

import re

from cloudqa.language import normalise

_SAID = re.compile(
    r"(?<![比较与和同跟])(?<!相比)(?P<word>今年|本年度?|去年|前年|明年)度?(?!同期|同1?季|同一?月|同比|相比|以来|的同期|的水平|\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LATER = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "前年": -2, "明年": 1}


def with_years(asked: str, date: str) -> tuple[str, str]:
    """The question with its years said outright, and one sentence that says how they were counted.

    A question that names a year itself may count from that one and is left as it is; so is one without such a word.

    Args:
        asked: The question as the user wrote it.
        date: ISO date of the issue that the years count from, "" if unknown.

    Returns:
        The question and the sentence, "" where nothing was changed.
    """
    normal = normalise(asked)
    found = list(_SAID.finditer(normal.text))
    if not found or not date[:4].isdecimal() or _YEAR.search(normal.text):
        return asked, ""
    written = asked
    for m in reversed(found):
        low, high = normal.source_span(m.start(), m.end())
        written = f"{written[:low]}{_year(m['word'], date)}年{written[high:]}"
    first = found[0]["word"]
    year, _, month = date.partition("-")
    issue = f"{year}年{int(month[:2])}月" if month else f"{year}年"
    return written, f"“{first}”按{issue}的刊期计，指{_year(first, date)}年。"


def _year(word: str, date: str) -> int:
    return int(date[:4]) + _LATER[word]
