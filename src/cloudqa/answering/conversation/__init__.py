"""A conversation: questions of one user in a row, of which later ones may lean on earlier ones.

The names are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cloudqa.answering.conversation.context import Context
    from cloudqa.answering.conversation.conversing import Conversation

__all__ = ["Context", "Conversation"]


def __getattr__(name: str) -> Any:
    if name == "Conversation":
        from cloudqa.answering.conversation.conversing import Conversation

        return Conversation
    if name == "Context":
        from cloudqa.answering.conversation.context import Context

        return Context
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
