"""The way to the archive on disk; tests put a scripted one in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, Opened

if TYPE_CHECKING:
    from cloudqa.answering import Answer, Assistant
    from cloudqa.answering.completing import Completion
    from cloudqa.answering.conversation import Conversation
    from cloudqa.index import Generation
    from cloudqa.rebuild import Event, Summary
    from cloudqa.settings import Settings


_TABLES_TRIED = 12
_QUESTIONS_TO_BEGIN = 3


class Door(Protocol):
    """What the interface does with the archive; every method takes its time and is called in a thread."""

    def open(self) -> Opened:
        """The archive as it is, nothing built."""

    def warm(self, opened: Opened) -> None:
        """Loads what the first question would wait for."""

    def rebuild(self, tell: Callable[[Event], None], *, full: bool) -> Summary:
        """Brings the index up to date; what ``tell`` raises ends it, and the old index stays."""

    def converse(self, assistant: Assistant, context: dict[str, Any] | None) -> Conversation:
        """A conversation with what an earlier part of it had established, None for a new one."""

    def suggest(self, conversation: Conversation, answer: Answer) -> tuple[str, ...]:
        """Next questions that can be answered."""

    def complete(self, assistant: Assistant, text: str) -> tuple[Completion, ...]:
        """Names that continue what is being typed."""

    def begin(self, assistant: Assistant) -> tuple[str, ...]:
        """Questions to begin with, which can be answered."""


class DiskDoor:
    """The archive that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open(self) -> Opened:
        """The index as it lies there.

        An index that this program did not build counts as none; one of which the corpus has moved on answers.
        """
        from cloudqa.answering import Assistant
        from cloudqa.errors import CloudQAError, IndexMissingError, IndexStaleError
        from cloudqa.index import Generation
        from cloudqa.rebuild import is_of_this_program

        try:
            generation = Generation.open(self._settings.index)
        except (IndexMissingError, IndexStaleError):
            return self._without_index()
        except CloudQAError as error:
            return Opened(ArchiveStatus(ArchiveState.BROKEN, message=error.message, hint=error.hint))
        if not is_of_this_program(generation, self._settings):
            generation.close()
            return self._without_index()
        status = ArchiveStatus(ArchiveState.READY, len(generation.reports()), self._outdated(generation))
        return Opened(status, Assistant(self._settings, generation))

    def _without_index(self) -> Opened:
        files = self._files()
        return Opened(ArchiveStatus(ArchiveState.UNBUILT if files else ArchiveState.EMPTY, files))

    def _files(self) -> int:
        from cloudqa.index.freshness import find_reports

        return len(find_reports(self._settings.corpus)) if self._settings.corpus.is_dir() else 0

    def _outdated(self, generation: Generation) -> int:
        from cloudqa.index.freshness import compare_corpus, find_reports

        corpus = self._settings.corpus
        if not corpus.is_dir():
            return 0
        changes = compare_corpus(corpus, find_reports(corpus), generation.manifest.sources)
        return len(changes.added) + len(changes.changed) + len(changes.removed)

    def warm(self, opened: Opened) -> None:
        """Loads encoder and vectors by searching for a word."""
        if opened.assistant is not None:
            opened.assistant.search("收入 income", 1)

    def rebuild(self, tell: Callable[[Event], None], *, full: bool) -> Summary:
        """Rebuilds in a process of its own, so that typing never waits."""
        from cloudqa.tui.archive.rebuilding import rebuild_apart

        return rebuild_apart(self._settings, tell, full=full)

    def converse(self, assistant: Assistant, context: dict[str, Any] | None) -> Conversation:
        """A conversation; a context that cannot be read any more is left out."""
        from cloudqa.answering.conversation import Context, Conversation
        from cloudqa.errors import UsageError

        try:
            restored = None if context is None else Context.from_dict(context)
        except UsageError:
            restored = None
        return Conversation(assistant, restored)

    def suggest(self, conversation: Conversation, answer: Answer) -> tuple[str, ...]:
        """As :func:`cloudqa.answering.suggesting.suggest` finds them."""
        from cloudqa.answering.suggesting import suggest

        return suggest(conversation, answer)

    def complete(self, assistant: Assistant, text: str) -> tuple[Completion, ...]:
        """As :func:`cloudqa.answering.completing.complete` finds them."""
        from cloudqa.answering.completing import complete

        return complete(assistant, text)

    def begin(self, assistant: Assistant) -> tuple[str, ...]:
        """One question a table, about its last figure, each tried before."""
        found: list[str] = []
        for table in assistant.facts.tables()[:_TABLES_TRIED]:
            question = _about_table(assistant, table.report, table.index)
            reply = assistant.reply_in_figures(question) if question else None
            if reply is not None and not reply.answer.refused and question not in found:
                found.append(question)
            if len(found) == _QUESTIONS_TO_BEGIN:
                break
        return tuple(found)


def _about_table(assistant: Assistant, report: str, table: int) -> str:
    """A question for the last figure of a table's first column of figures, "" where it has none."""
    facts = [f for f in assistant.facts.table_facts(report, table) if f.period is not None and f.entity and f.metric]
    first = [fact for fact in facts if fact.column == facts[0].column]
    return f"{first[-1].entity}{first[-1].period}{first[-1].metric}是多少？" if first else ""
