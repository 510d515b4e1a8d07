"""Which words of a question are looked for."""

from __future__ import annotations

import re

from cloudqa.errors import UsageError
from cloudqa.language import normal_text, terms

MAX_QUESTION_CHARS = 1000
"""What a question is ranked by: its beginning, up to so many characters."""

# Words that ask, and the little words of English. A passage that answers seldom repeats them, yet they are rare in
# reports and would weigh much.
_ASKING = re.compile(
    "请问|请教|想知道|想了解|告诉我|什么时候|为什么|什么样|什么|哪[些个里儿种家年几]?|多少|多久"
    "|怎么样|怎么办|怎么|怎样|如何|为何|何[时地处种人]|是谁|谁|几|是否|能否|[吗呢]"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|much|many|is|are|was|were|be|been|do|does|did|has|have|had"
    r"|can|could|will|would|should|may|the|a|an|of|in|on|at|to|for|from|by|with|as|and|or|that|this|these|those"
    r"|it|its|their|there|please|tell|me|about)\b"
)


def question_text(question: str) -> str:
    """The question, normalised and bounded.

    Raises:
        UsageError: It is blank.
    """
    normal = normal_text(question[:MAX_QUESTION_CHARS]).strip()
    if not normal:
        raise UsageError("The question is empty.", 'Ask one, for example: cloudqa ask "…"')
    return normal


def asks(normal: str) -> bool:
    """Whether a normalised question has words that ask, rather than only naming what it is about."""
    return bool(_ASKING.search(normal))


def question_words(normal: str) -> str:
    """A normalised question without the words that ask; all of it where it has no others."""
    left = _ASKING.sub(" ", normal)
    return left if terms(left, normalised=True) else normal


def question_terms(normal: str) -> list[str]:
    """The terms of :func:`question_words`."""
    return terms(question_words(normal), normalised=True)
