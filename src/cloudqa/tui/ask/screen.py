"""The Ask screen: the conversation, the input below it, the source beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from cloudqa.tui.archive_status import ArchiveState, ArchiveStatus, RebuildState, RebuildStatus
from cloudqa.tui.area_screen import AreaScreen
from cloudqa.tui.ask.completion_bar import CompletionBar
from cloudqa.tui.ask.conversation_view import ConversationView
from cloudqa.tui.ask.history import History
from cloudqa.tui.ask.intro import Intro
from cloudqa.tui.ask.keeping import write_export
from cloudqa.tui.ask.markdown_export import conversation_markdown, turn_markdown
from cloudqa.tui.ask.prompt import Prompt
from cloudqa.tui.ask.questioner import Questioner, Thread
from cloudqa.tui.ask.sessions import SessionSummary, list_sessions, load_session, new_session_path
from cloudqa.tui.ask.turn import Turn
from cloudqa.tui.check.source_pane import SourcePane
from cloudqa.tui.service import said_of

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from cloudqa.answering.completing import Completion
    from cloudqa.tui.ask.offer import Offer

LONGEST_QUESTION = 2_000
"""Characters; a longer text is a document, not a question."""

_PAUSE_BEFORE_COMPLETING_S = 0.05

_BUILDING_HELPS = (ArchiveState.UNBUILT, ArchiveState.BROKEN)


class AskScreen(AreaScreen):
    """The conversation with the archive.

    Attributes:
        conversation: The cards.
        prompt: The input.
        source: The source beside the conversation.
    """

    AREA = "ask"
    CSS_PATH: ClassVar = ["screen.tcss", "../check/source_pane.tcss"]
    AUTO_FOCUS = "#prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+b", "build", "offer.build"),
        Binding("escape", "leave", "ask.key.leave", show=False),
        Binding("f5", "copy", "ask.key.copy"),
        Binding("ctrl+o", "sessions", "ask.key.sessions"),
        Binding("ctrl+n", "new", "ask.key.new"),
        Binding("ctrl+s", "export", "ask.key.export", show=False),
        Binding("ctrl+l", "forget", "ask.key.forget", show=False),
        Binding("f6", "other_pane", "ask.key.other_pane", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._intro = Intro(self.words)
        self._history = History(self.cloudqa.places.history)
        self._questioner = Questioner(self, self.service, self._turn_changed, self._unsaved)
        self._thread = self._new_thread()
        self.conversation = ConversationView(self.words, self._intro)
        self.prompt = Prompt(self._history, self.words("ask.placeholder"))
        self.source = SourcePane()
        self._completions = CompletionBar()
        self._offer_shown: Offer | None = None
        self._brought_up_to_date = False
        self._completing: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The conversation and the input."""
        with Horizontal(id="panes"):
            with Vertical(id="talk"):
                yield self.conversation
                yield self._completions
                with Vertical(id="writing"):
                    yield self.prompt
            yield self.source

    def on_mount(self) -> None:
        """Follows the archive."""
        self.service.status_changed.subscribe(self, self._archive_changed)
        self.service.rebuild_changed.subscribe(self, self._rebuild_changed)
        self._archive_changed(self.service.status)

    def _new_thread(self) -> Thread:
        return Thread(new_session_path(self.cloudqa.places.conversations, self.cloudqa.clock()))

    def _archive_changed(self, status: ArchiveStatus) -> None:
        if status.state is ArchiveState.OPENING or not self.is_attached:
            return
        self._make_offer(status)
        if status.state is ArchiveState.UNBUILT:
            self._build_for_waiting()
            return
        if status.state is not ArchiveState.READY:
            self._questioner.give_up(status.message or self.words(f"archive.{status.state}"), status.hint)
            return
        self._questioner.go_on()
        if not self._intro.questions:
            self._find_beginnings()
        if status.outdated and not self._brought_up_to_date and self.service.start_rebuild():
            self._brought_up_to_date = True
            self.cloudqa.say(self.words.counted("notice.outdated", status.outdated))

    def _make_offer(self, status: ArchiveStatus) -> None:
        """Where questions cannot be asked, the next step stands in the place of the conversation."""
        self.query("#offer").remove()
        self.set_class(status.state is not ArchiveState.READY, "-offering")
        if status.state is not ArchiveState.READY:
            from cloudqa.tui.ask.offer import Offer

            self._offer_shown = Offer(status)
            self.query_one("#talk").mount(self._offer_shown, before=0)
        else:
            self._offer_shown = None
            if self.focused is None or not self.focused.is_on_screen:
                self.prompt.focus()
        self.refresh_bindings()

    def _build_for_waiting(self) -> None:
        """What was asked while the archive was being opened is answered from the index that is built now, once."""
        if self._questioner.waiting and self.service.rebuild_status.state is RebuildState.IDLE:
            self.action_build()

    def _rebuild_changed(self, status: RebuildStatus) -> None:
        """While the index is built the next thing to do is to write a question."""
        if not self.is_attached or self._offer_shown is None:
            return
        if status.state is RebuildState.RUNNING and (self.focused is None or self._offer_shown.has_focus_within):
            self.prompt.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The index can be built here while there is none and nobody builds it."""
        if action == "build":
            return self.service.status.state in _BUILDING_HELPS and not self.service.rebuilding
        return True

    def action_build(self) -> None:
        """Builds the index, as the offer says."""
        if self._offer_shown is not None:
            self._offer_shown.build()
            self._offer_shown.wait_with(self._questioner.waiting)

    @work(thread=True, exclusive=True, group="begin", exit_on_error=False)
    def _find_beginnings(self) -> None:
        assistant = self.service.assistant
        if assistant is not None:
            self.app.call_later(self._begin_with, self.service.door.begin(assistant))

    def _begin_with(self, questions: tuple[str, ...]) -> None:
        self._intro.questions = list(questions)
        self.conversation.part_changed(0)

    @on(Prompt.Asked)
    def _asked(self, message: Prompt.Asked) -> None:
        if len(message.question) > LONGEST_QUESTION:
            count = f"{len(message.question):,}"
            self.cloudqa.warn(self.words("ask.too_long", count=count, most=f"{LONGEST_QUESTION:,}"))
            return
        status = self.service.status
        if status.state in _BUILDING_HELPS:
            self._asked_without_index(message.question)
            return
        if not message.question:
            return
        if status.state is ArchiveState.EMPTY:
            self.cloudqa.warn(status.message or self.words(f"archive.{status.state}"), status.hint)
            return
        self.prompt.clear_text()
        self.ask(message.question)

    def _asked_without_index(self, question: str) -> None:
        """The index is built, and the question waits for it; without a question it is built all the same."""
        if question:
            self.prompt.clear_text()
            self.ask(question)
        self.action_build()

    @on(ConversationView.QuestionChosen)
    def _question_chosen(self, message: ConversationView.QuestionChosen) -> None:
        self.ask(message.question)

    def ask(self, question: str) -> None:
        """Asks, and shows the question at once."""
        try:
            self._history.add(question)
        except OSError as error:
            self._unsaved(error.strerror or str(error))
        turn = Turn(question, self.cloudqa.clock())
        self.conversation.add_turn(turn)
        self._questioner.ask(turn, self._thread)

    def _turn_changed(self, turn: Turn) -> None:
        self.conversation.turn_changed(turn)

    def _unsaved(self, reason: str) -> None:
        self.cloudqa.warn(self.words("notice.not_saved", reason=reason))

    @on(Prompt.Written)
    def _written(self, message: Prompt.Written) -> None:
        self._completions.offer(())
        if self._completing is not None:
            self._completing.stop()
        self._completing = None
        if message.text.strip():
            self._completing = self.set_timer(_PAUSE_BEFORE_COMPLETING_S, lambda: self._complete(message.text))

    @work(thread=True, exclusive=True, group="complete", exit_on_error=False)
    def _complete(self, text: str) -> None:
        assistant = self.service.assistant
        if assistant is not None:
            self.app.call_later(self._offer, text, self.service.door.complete(assistant, text))

    def _offer(self, text: str, completions: tuple[Completion, ...]) -> None:
        if self.prompt.before_cursor == text:
            self.prompt.offer(completions)
            self._completions.offer(completions)

    @on(CompletionBar.Taken)
    def _taken(self, message: CompletionBar.Taken) -> None:
        self.prompt.take(message.completion)
        self.prompt.focus()

    @on(ConversationView.CitationOpened)
    def _citation_opened(self, message: ConversationView.CitationOpened) -> None:
        self.add_class("-checking")
        self.source.open(message.citations, message.number)

    @on(SourcePane.Closed)
    def _source_closed(self) -> None:
        self.remove_class("-checking")
        self.conversation.focus()

    def action_citation(self, number: int) -> None:
        """Opens a citation of the chosen answer."""
        self.conversation.action_citation(number)

    def action_leave(self) -> None:
        """Goes between the input and the conversation."""
        (self.conversation if self.prompt.has_focus else self.prompt).focus()

    def action_other_pane(self) -> None:
        """Goes between the conversation and the source."""
        if self.has_class("-checking") and not self.source.has_focus_within:
            self.source.page.focus()
        else:
            self.prompt.focus()

    def action_copy(self) -> None:
        """Copies the chosen answer with its citations: to the terminal's clipboard, and to a file."""
        turn = self.conversation.chosen_turn
        if turn is None or turn.pending:
            self.cloudqa.warn(self.words("ask.nothing_to_copy"))
            return
        text = turn_markdown(turn, self.words)
        self.app.copy_to_clipboard(text)
        self._write("answer", text, "ask.copied")

    def action_export(self) -> None:
        """Writes the conversation to a Markdown file, with its citations."""
        turns = [turn for turn in self.conversation.turns if not turn.pending]
        if turns:
            self._write("conversation", conversation_markdown(turns, self.words), "ask.exported")
        else:
            self.cloudqa.warn(self.words("ask.nothing_to_export"))

    def _write(self, kind: str, text: str, said: str) -> None:
        try:
            path = write_export(self.cloudqa.places.exports, kind, text, self.cloudqa.clock())
        except OSError as error:
            self._unsaved(error.strerror or str(error))
        else:
            self.cloudqa.say(self.words(said, path=path))

    def action_new(self) -> None:
        """Begins a new conversation; the present one is in the list."""
        self._show_thread(self._new_thread(), [])

    def _show_thread(self, thread: Thread, turns: list[Turn]) -> None:
        self._thread = thread
        self.remove_class("-checking")
        self.conversation.show_turns(turns)
        self.prompt.focus()

    def action_forget(self) -> None:
        """Lets the next question begin anew, without anything carried over."""
        self._questioner.forget(self._thread)
        self.cloudqa.say(self.words("ask.forgotten"))

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def action_sessions(self) -> None:
        """Lists the stored conversations, to reopen one."""
        found = list_sessions(self.cloudqa.places.conversations)
        self.app.call_later(self._list_sessions, found)

    def _list_sessions(self, found: list[SessionSummary]) -> None:
        from cloudqa.tui.ask.sessions_screen import SessionsScreen

        if found:
            self.app.push_screen(SessionsScreen(found, self.words), self._reopen)
        else:
            self.cloudqa.say(self.words("sessions.none"))

    def _reopen(self, path: Path | None) -> None:
        if path is not None and path != self._thread.path:
            self._load_session(path)

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def _load_session(self, path: Path) -> None:
        try:
            stored = load_session(path)
        except Exception as error:  # the worker's edge: whatever it is, it is shown with the next step
            self.app.call_later(self.cloudqa.warn, *said_of(error))
            return
        self.app.call_later(self._show_thread, Thread(path, stored.context), stored.turns)

    def relabel(self) -> None:
        """Shows everything in the present language."""
        self._intro.words = self.words
        self.conversation.relabel(self.words)
        self.source.relabel()
        self.prompt.placeholder = self.words("ask.placeholder")
        self.relabel_bars()
        for offer in self.query("#offer"):
            offer.refresh(recompose=True)
