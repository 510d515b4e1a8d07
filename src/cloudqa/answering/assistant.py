"""The one door to the archive: open it, ask it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind
from cloudqa.answering.routing import Route, route
from cloudqa.answering.scoping import NO_LIMITS, Limits, Scope, Scoping
from cloudqa.answering.sources import ArchiveSources
from cloudqa.errors import UsageError
from cloudqa.questions.asking import read_asking
from cloudqa.questions.corrections import without_before
from cloudqa.questions.dating import with_years
from cloudqa.settings import Settings

if TYPE_CHECKING:
    from cloudqa.answering.fact_catalogue import FactCatalogue
    from cloudqa.answering.issues import IssueSummary, UnreadableFile
    from cloudqa.answering.numeric import FoundAnswer
    from cloudqa.facts import FactStore, TableSummary
    from cloudqa.index import Generation
    from cloudqa.passages import Passage
    from cloudqa.questions.finding import Finding
    from cloudqa.rebuild import Event
    from cloudqa.retrieval.retriever import Hit, Retriever

MAX_QUESTION_CHARS = 2_000
"""A longer question is refused as wrong use: it is a document, not a question."""

_SEARCH_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what the facts found where it is theirs."""

    answer: Answer
    finding: Finding | None = None

    @classmethod
    def of(cls, found: FoundAnswer) -> Reply:
        """The reply that is an answer of the facts."""
        return cls(found.answer, found.finding)


class Assistant:
    """Answers questions from one generation of the index.

    Opening costs milliseconds; the encoder and the vectors are loaded by the first question that needs them. Usable
    from several threads.
    """

    def __init__(self, settings: Settings, generation: Generation) -> None:
        """An assistant over an open generation; see :meth:`open`."""
        self.settings = settings
        self.generation = generation
        self.sources = ArchiveSources(generation.reports(), generation.report, generation.heads)
        self.scoping = Scoping(generation.connection)
        self._lock = threading.Lock()

    @classmethod
    def open(cls, settings: Settings, progress: Callable[[Event], None] | None = None) -> Assistant:
        """Open the archive; a missing or outdated index is brought up to date first.

        Args:
            settings: Where corpus and index are.
            progress: Is told what is being built.

        Raises:
            CorpusError: There is nothing to build from and no index.
            IndexUnusableError: The index is damaged.
            ModelUnavailableError: The embedding model cannot be loaded.
        """
        from cloudqa.rebuild import ensure_current

        return cls(settings, ensure_current(settings, progress))

    def ask(self, question: str, limits: Limits = NO_LIMITS) -> Answer:
        """The answer to a question: with citations, or a refusal that says what is missing.

        Args:
            question: As the user wrote it; it may itself name an issue, a month or a section.
            limits: What of the archive may answer.

        Raises:
            UsageError: The question is empty or longer than :data:`MAX_QUESTION_CHARS`, or a limit is no date.
        """
        return self.reply(question, limits).answer

    def reply(self, question: str, limits: Limits = NO_LIMITS) -> Reply:
        """As :meth:`ask`, with what the facts found where the answer is theirs.

        Raises:
            UsageError: As :meth:`ask`.
        """
        question = checked_question(question)
        scope = self.scoping.read(question, limits)
        if scope.missing:
            return Reply(self.scoping.no_such(scope, english=read_asking(question).english))
        about = self._of_archive(scope) or self._meta(scope) or self._each(scope)
        reply = Reply(about) if about is not None else self._answered(scope)
        answer = replace(reply.answer, question=question, caveats=(*scope.notes, *reply.answer.caveats))
        return replace(reply, answer=answer)

    def search(self, question: str, k: int, limits: Limits = NO_LIMITS) -> list[Hit]:
        """The ``k`` best passages, best first; for an English question also those that hold its words in Chinese.

        Args:
            question: As the user wrote it.
            k: How many passages at most.
            limits: Which passages may be found. An issue that the question names is not one.

        Raises:
            UsageError: The question is empty or too long, or a limit is no date.
        """
        question = checked_question(question)
        if not limits:
            return self._ranked(question, k, None)
        scope = self.scoping.read(question, limits)
        return [] if scope.missing else self._ranked(scope.asked, k, self.scoping.rows(scope))

    def show(self, report: str, start: int, end: int) -> str:
        """The canonical text of a report.

        Raises:
            UsageError: There is no such report, or ``start`` to ``end`` does not lie inside its text.
        """
        text = self.sources.text_of(report)
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{report} has {len(text)} characters; {start}-{end} does not lie inside it.")
        return text

    def issues(self) -> tuple[IssueSummary, ...]:
        """The issues of the archive, the oldest first, with what was read out of each."""
        from cloudqa.answering.issues import list_issues

        return list_issues(self.generation)

    def unreadable(self) -> tuple[UnreadableFile, ...]:
        """The files of the corpus that could not be read, by path."""
        from cloudqa.answering.issues import list_unreadable

        return list_unreadable(self.generation)

    def tables(self, report: str) -> list[TableSummary]:
        """The tables of a report, in order."""
        from cloudqa.facts import FactStore

        return FactStore(self.generation.connection).tables(reports=(report,))

    def fact_catalogue(self) -> FactCatalogue:
        """All facts of the archive in memory, to be narrowed while a filter is typed; takes a second for 20,000."""
        from cloudqa.answering.fact_catalogue import FactCatalogue
        from cloudqa.facts import FactQuery, FactStore

        facts = FactStore(self.generation.connection).find(FactQuery(nothing=True))
        return FactCatalogue(facts, self.sources)

    def _undone(self, scope: Scope, words: Answer) -> Answer | None:
        """A refusal, where an answer in words leaves undone what a question for a figure asks; None where it stands."""
        from cloudqa.answering.objections import objections
        from cloudqa.answering.refusing import refusal

        asking = read_asking(scope.asked)
        undone = objections(scope.asked, asking, words, self.facts, self.sources)
        return refusal(scope.asked, undone, "", asking.english) if undone else None

    @cached_property
    def _retriever(self) -> Retriever:
        from cloudqa.embedding import open_embedder
        from cloudqa.retrieval.retriever import Retriever

        with self._lock:
            return Retriever(self.generation, open_embedder(self.settings.model))

    def _answered(self, scope: Scope) -> Reply:
        """The answer of the facts or of the text, whichever has the last word."""
        found = self._numeric(scope)
        if found is not None and route(read_asking(scope.asked), found.answer) is Route.FIGURES:
            return Reply.of(found)
        words = self._text(scope)
        unproven = words.refused or words.kind is AnswerKind.NUMBER
        if found is not None and found.answer.refused and unproven:
            return Reply.of(found)
        undone = self._undone(scope, words)
        if undone is None:
            return Reply(words)
        return Reply.of(found) if found is not None and found.answer.refused else Reply(undone)

    def _of_archive(self, scope: Scope) -> Answer | None:
        from cloudqa.answering.archive_meta import answer_archive_meta
        from cloudqa.answering.restated import answer_restated

        issues = self.scoping.issues if not scope.issues or "期" in scope.asked else scope.issues
        found = answer_archive_meta(scope.question, issues, self.sources, self.generation.connection)
        return found or answer_restated(scope, self.scoping, self.facts, self.sources)

    def _meta(self, scope: Scope) -> Answer | None:
        from cloudqa.answering.meta import answer_meta

        asked = scope.asked if scope.sections else scope.question
        issues = [self.sources.report(r) for r in scope.reports] or self.sources.issues_named(scope.question)
        for issue in issues:
            answer = answer_meta(asked, issue, self.sources)
            if answer is not None:
                return answer
        return None

    def _each(self, scope: Scope) -> Answer | None:
        """The figures of each of several issues side by side, where the question asks for each."""
        if not scope.each:
            return None
        from cloudqa.answering.per_issue import side_by_side

        alone = [replace(scope, issues=(issue,), each=False) for issue in scope.issues]
        found = [self._numeric(s) for s in alone]
        return side_by_side(scope.question, scope.issues, [None if f is None else f.answer for f in found])

    def reply_in_figures(self, question: str) -> Reply | None:
        """What the facts alone say to a question: figures or a refusal; None where a text would have to answer.

        Raises:
            UsageError: The question is empty or too long.
        """
        question = checked_question(question)
        scope = self.scoping.read(question, NO_LIMITS)
        found = None if scope.missing else self._numeric(scope)
        if found is None or (not found.answer.refused and route(read_asking(scope.asked), found.answer) is Route.TEXT):
            return None
        answer = replace(found.answer, question=question, caveats=(*scope.notes, *found.answer.caveats))
        return Reply(answer, found.finding)

    @cached_property
    def facts(self) -> FactStore:
        """The facts of the generation; to be used by one thread at a time."""
        from cloudqa.facts import FactStore

        return FactStore(self.generation.connection)

    def _numeric(self, scope: Scope) -> FoundAnswer | None:
        from cloudqa.answering.numeric import find_numeric

        asked, before = without_before(scope.asked)
        view = self.scoping.view(scope, self.sources, before=before)
        asked, counted = with_years(asked, view.date)
        found = find_numeric(asked, self.facts, self.sources, view)
        if found is None or not counted or found.answer.refused:
            return found
        return replace(found, answer=replace(found.answer, caveats=(counted, *found.answer.caveats)))

    def _text(self, scope: Scope) -> Answer:
        from cloudqa.answering.evidence import rank_evidence
        from cloudqa.answering.matching import Matcher
        from cloudqa.answering.text import answer_text
        from cloudqa.answering.wording import other_words

        question = scope.asked
        matcher = Matcher(read_asking(question), self._rarity, other_words, self._word_spans)
        found = self._ranked(question, _SEARCH_DEPTH, self.scoping.rows(scope))
        hits = [hit for hit in found if not self._is_contents(hit.passage)]
        top = max((hit.score for hit in hits), default=0.0)
        ranked = rank_evidence(
            matcher,
            [hit.passage for hit in hits],
            [hit.reasons.sentence_cosines for hit in hits],
            [max(0.0, hit.score / top) if top > 0 else 0.0 for hit in hits],
        )
        return answer_text(question, matcher, ranked, [hit.passage for hit in hits], self.sources)

    def _ranked(self, question: str, k: int, only: Sequence[int] | None) -> list[Hit]:
        from cloudqa.answering.wording import in_chinese_too

        query = in_chinese_too(question) if read_asking(question).english else question
        return self._retriever.search(query, k, only)

    @cached_property
    def _word_spans(self) -> Callable[[str], list[tuple[int, int]]]:
        from cloudqa.embedding import word_splitter

        return word_splitter(self._retriever.embedder).word_spans

    def _is_contents(self, passage: Passage) -> bool:
        """Whether a passage is the table of contents, which names everything and says nothing."""
        contents = self.sources.report(passage.report).metadata.contents
        if not contents or not passage.pieces:
            return False
        start = passage.pieces[0][2].start
        return contents[0][2].start <= start < contents[-1][2].end

    def _rarity(self, term: str) -> float | None:
        from cloudqa.answering.matching import rarity_of

        postings = self.generation.postings
        number = int(postings.find([term])[0])
        return None if number < 0 else rarity_of(len(postings.postings(number)[0]), len(postings.lengths))


def checked_question(question: str) -> str:
    """The question without control characters and outer blanks.

    Raises:
        UsageError: Nothing is left of it, or it is too long.
    """
    if len(question) > MAX_QUESTION_CHARS:
        raise UsageError(
            f"The question has {len(question)} characters, at most {MAX_QUESTION_CHARS} are read.",
            "Ask in one sentence.",
        )
    clean = "".join(c if c.isprintable() else " " for c in question).strip()
    if not any(c.isalnum() for c in clean):
        raise UsageError("The question is empty.", 'Ask for example: cloudqa ask "…"')
    return clean
