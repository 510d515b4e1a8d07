"""The terms that texts and questions are matched by."""

from __future__ import annotations

import re

from cloudqa.language.normal import normal_text

# Latin words keep inner dots and hyphens apart so that "2015q2-2018q1" gives both quarters.
# Letters beyond Latin-1 are the Chinese ones: a class of code points would take milliseconds to compile.
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:\.[0-9]+)?|[^\W\x00-\xff]+")


def terms(text: str, *, normalised: bool = False) -> list[str]:
    """The lexical terms of a text, in order, repeated as often as they occur.

    Single Chinese characters and overlapping pairs of them within a run, Latin words, whole numbers, and a Latin word
    joined to the number beside it (``q3``, ``2017q3``).

    Args:
        text: Any text.
        normalised: The text is already normalised.
    """
    text = text if normalised else normal_text(text)
    found: list[str] = []
    previous_end, previous = -1, ""
    for m in _TOKEN.finditer(text):
        token = m.group()
        if not token[0].isascii():
            found.extend(token)
            found.extend(token[i : i + 2] for i in range(len(token) - 1))
        else:
            found.append(token)
            if m.start() == previous_end and previous[0].isascii():
                found.append(previous + token)
                token = previous + token
        previous_end, previous = m.end(), token
    return found
