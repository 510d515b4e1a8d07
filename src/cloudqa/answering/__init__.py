"""Answering: route a question, compose the answer, cite it or refuse it.

The names are loaded when first used, so that importing one module of the package does not import them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cloudqa.answering.answer import Answer, AnswerKind, Citation
    from cloudqa.answering.assistant import Assistant

__all__ = ["Answer", "AnswerKind", "Assistant", "Citation"]


def __getattr__(name: str) -> Any:
    if name == "Assistant":
        from cloudqa.answering.assistant import Assistant

        return Assistant
    if name in __all__:
        from cloudqa.answering import answer

        return getattr(answer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
