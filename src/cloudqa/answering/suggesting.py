"""Next questions: only ones that were tried and are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer

if TYPE_CHECKING:
    from cloudqa.answering.assistant import Assistant
    from cloudqa.answering.conversation import Conversation

_MOST_TRIED = 8


def suggest(source: Conversation | Assistant, answer: Answer, limit: int = 3) -> tuple[str, ...]:
    """Questions near an answer that the facts answer, too; () after a refusal.

    Args:
        source: Who answered.
        answer: What was answered.
        limit: The most questions returned.
    """
    from cloudqa.answering.assistant import Assistant

    assistant = source if isinstance(source, Assistant) else source.assistant
    kept: list[str] = []
    for question in _candidates(assistant, answer)[:_MOST_TRIED]:
        if len(kept) == limit:
            break
        tried = assistant.reply_in_figures(question)
        if tried is not None and not tried.answer.refused:
            kept.append(question)
    return tuple(kept)


def _candidates(assistant: Assistant, answer: Answer) -> list[str]:
    """The same figure of the periods beside it and its growth, from the cells that the answer cites."""
    found: list[str] = []
    for citation in answer.citations[:1]:
        if citation.table is None or citation.row is None or citation.column is None:
            continue
        for fact in assistant.facts.table_facts(citation.report, citation.table):
            if fact.column != citation.column or fact.row == citation.row or fact.period is None:
                continue
            found.append(f"{fact.entity}{fact.period.label}{fact.metric}是多少？")
    return found
