"""Answers and conversations as Markdown, with their citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cloudqa.answering.answer import Answer, Citation
from cloudqa.tui.ask.figures_shown import shown_value
from cloudqa.tui.ask.turn import Turn
from cloudqa.tui.page.cells import visible, visible_lines
from cloudqa.tui.wording import Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def conversation_markdown(turns: Sequence[Turn], words: Words) -> str:
    """A whole conversation: a heading a question."""
    title = words("export.title")
    return f"# {title}\n\n" + "\n".join(turn_markdown(turn, words) for turn in turns)


def turn_markdown(turn: Turn, words: Words) -> str:
    """A question with its answer, working, remarks and numbered citations."""
    question = " ".join(map(_plain, visible_lines(turn.question)))
    body = list(_answer(turn.answer, words)) if turn.answer else [_plain(" ".join(turn.problem or ()))]
    return "\n\n".join([f"## {question}", *filter(None, body)]) + "\n"


def _answer(answer: Answer, words: Words) -> Iterator[str]:
    yield "  \n".join(f"**{_plain(line)}**" if line.strip() else "" for line in visible_lines(answer.answer))
    if answer.values:
        rows = [
            f"| {_plain(v.label)} | {_plain(shown_value(v.value, answer.answer))} | {_plain(v.unit)} |"
            for v in answer.values
        ]
        yield "\n".join(["| | | |", "|---|---:|---|", *rows])
    if answer.working is not None:
        yield f"{words('card.working')}{words('export.colon')}{_plain(answer.working.formula)}"
    yield "\n".join(_remarks(answer, words))
    yield "\n".join(_citation(number, citation, words) for number, citation in enumerate(answer.citations, start=1))


def _remarks(answer: Answer, words: Words) -> Iterator[str]:
    remarks = [
        ("missing", ["、".join(answer.missing)] if answer.missing else []),
        ("caveat", answer.caveats),
        ("closest", answer.alternatives),
        ("context", [" · ".join(answer.context)] if answer.context else []),
    ]
    for label, texts in remarks:
        for text in texts:
            yield f"- {words(f'card.{label}')}{words('export.colon')}{_plain(text)}"


def _citation(number: int, citation: Citation, words: Words) -> str:
    places = [words("card.line", line=citation.line)]
    if citation.page is not None:
        places.insert(0, words("card.page", page=citation.page))
    where = " › ".join([citation.issue, *citation.section, " ".join(places)])
    place = f"{citation.report}:{citation.start}-{citation.end}"
    return f"{number}. “{_plain(citation.quote)}”  \n   {_plain(where)} ({_plain(place)})"


def _plain(text: str) -> str:
    """Text of one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", visible(text))
