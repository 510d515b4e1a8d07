"""Conditions on columns that say yes or no: 国有的企业, 没有电梯的小区."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cloudqa.facts import Fact, TermKind
from cloudqa.language.synonyms import SynonymKind
from cloudqa.questions.names import Name
from cloudqa.questions.phrase import bits, compact, phrase_of
from cloudqa.questions.reading import Question

_YES = frozenset({"是", "有", "√", "✓", "✔", "yes", "y", "true"})
_NO = frozenset({"否", "无", "不是", "没有", "×", "✗", "✘", "no", "n", "false"})
_ASKED_WHETHER = re.compile("^(?:是否|有无|是不是|有没有)")
_DENIED = re.compile("(?:不是|并非|不属于|没有|不含|不带|[非无未不])$")


def flag_of(fact: Fact) -> str:
    """What the cell of such a column says of its row, as a word that stands in no sentence; "" for other cells.

    The characters of the header are set apart, so that they account for no word of a question by themselves.
    """
    if not isinstance(fact.value, str) or len(fact.value) > len("false"):
        return ""
    said = compact(fact.value)
    if said not in _YES and said not in _NO:
        return ""
    return _token(_aspect(fact.metric), holds=said in _YES)


def flag_names(question: Question, names: Iterable[Name], facts: Iterable[Fact]) -> tuple[Name, ...]:
    """The conditions of a question on such columns, as names that rows have."""
    taken = 0
    for name in names:
        taken |= name.mask
    found: list[Name] = []
    cells = [f for f in facts if f.table is not None and f.absence is None]
    other = {f.metric for f in cells if not flag_of(f)}
    for metric in sorted({f.metric for f in cells} - other):
        spot = _spot(question, metric)
        if spot is None or bits(*spot) & taken:
            continue
        denied = _DENIED.search(question.text[: spot[0]])
        start = denied.start() if denied is not None else spot[0]
        token = _token(_aspect(metric), holds=denied is None)
        kinds = frozenset({TermKind.CLASS})
        found.append(Name(start, spot[1], question.text[start : spot[1]], (token,), (), kinds, True))
        taken |= bits(start, spot[1])
    return tuple(found)


def _aspect(metric: str) -> str:
    return _ASKED_WHETHER.sub("", compact(metric))


def _token(aspect: str, *, holds: bool) -> str:
    return f"{'|'.join(aspect)}={'是' if holds else '否'}"


def _spot(question: Question, metric: str) -> tuple[int, int] | None:
    """Where the question says what the column says yes or no to; None where it asks whether it is so."""
    aspect = _aspect(metric)
    whole = {m.number for m in phrase_of(metric).matches if m.end - m.start == len(compact(metric))}
    whole |= {m.number for m in phrase_of(aspect).matches if m.end - m.start == len(aspect)}
    spots = [(m.start, m.end) for m in question.phrase.matches if m.kind is SynonymKind.METRIC and m.number in whole]
    at = question.text.find(aspect)
    if at >= 0 and len(aspect) > 1:
        spots.append((at, at + len(aspect)))
    spot = max(spots, key=lambda s: s[1] - s[0], default=None)
    if spot is None or _ASKED_WHETHER.search(question.text[max(0, spot[0] - 3) : spot[1]].lstrip("的")):
        return None
    return spot
