"""Words for the two ends of what is allowed or reached: a figure for one end says nothing of the other."""

from __future__ import annotations

import re

_LEAST = re.compile(r"最[低短少小]|至少|不[少低]于|\b(?:minimum|lowest|shortest|at least)\b")
_MOST = re.compile(r"最[高长多大]|至多|不超过|\b(?:maximum|highest|longest|at most)\b")


def opposed(asked: str, label: str) -> tuple[str, ...]:
    """The word of a question for a limit that a label or text gives the other end of: 最长 beside 最低存储时间."""
    for mine, other in ((_LEAST, _MOST), (_MOST, _LEAST)):
        said = mine.search(asked)
        if said and not other.search(asked) and other.search(label) and not mine.search(label):
            return (said.group(),)
    return ()
