"""The source beside the conversation: the report, scrolled to the quote, which is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from cloudqa.answering.answer import Citation
from cloudqa.tui.check.reading import Reading, find_in, marks_of, open_reading, place_now
from cloudqa.tui.check.report_part import ReportPart
from cloudqa.tui.page.cells import visible
from cloudqa.tui.page.view import Mark, PageView
from cloudqa.tui.service import said_of

if TYPE_CHECKING:
    from cloudqa.tui.app import CloudQAApp
    from cloudqa.tui.check.section_tree import SectionTree
    from cloudqa.tui.wording import Words

_LINES_ABOVE = 5


class SourcePane(Vertical):
    """A report opened at a citation.

    Attributes:
        reading: The report that is shown, None before it is loaded.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "check.key.next"),
        Binding("p,N", "previous", "check.key.previous"),
        Binding("slash", "search", "check.key.search", key_display="/"),
        Binding("t", "sections", "check.key.sections"),
        Binding("escape,q", "close", "check.key.close"),
        *(Binding(str(n), f"citation({n - 1})", show=False) for n in range(1, 10)),
    ]

    class Closed(Message):
        """The user is done with the source."""

    def __init__(self) -> None:
        super().__init__(id="source")
        self.reading: Reading | None = None
        self._citations: tuple[Citation, ...] = ()
        self._number = 0
        self._marks: tuple[Mark, ...] = ()
        self._found: list[tuple[int, int]] = []
        self._at = 0
        self._request = 0

    def compose(self) -> ComposeResult:
        """What is shown, the report, and a line for the search."""
        yield Static("", id="source-title", markup=False)
        with Horizontal(id="source-body"):
            yield PageView(id="report")
        yield Input(id="source-search", placeholder=self._words("check.search"), compact=True)
        yield Static("", id="source-state", markup=False)

    @property
    def _app(self) -> CloudQAApp:
        return cast("CloudQAApp", self.app)

    @property
    def _words(self) -> Words:
        return self._app.words

    @property
    def page(self) -> PageView:
        """The report."""
        return self.query_one("#report", PageView)

    def open(self, citations: tuple[Citation, ...], number: int) -> None:
        """Shows a citation; the others are a key away."""
        self._citations = citations
        self.end_search()
        self._show(number)
        self.page.focus()

    def _show(self, number: int) -> None:
        self._number = number
        self._request += 1
        # After the next frame: a pane that opens only now has no width before.
        self.call_after_refresh(self._begin_to_load, self._request, self._citations[number])

    def _begin_to_load(self, request: int, citation: Citation) -> None:
        self._load(request, citation, self.page.part_width)

    @work(thread=True, group="source", exit_on_error=False)
    def _load(self, request: int, citation: Citation, width: int) -> None:
        assistant, known = self._app.service.assistant, self.reading
        if assistant is None:
            return
        try:
            stored = assistant.sources.report(citation.report)
            same = known is not None and (known.report, known.text) == (citation.report, stored.text)
            reading = known if same and known is not None else open_reading(assistant, citation.report)
            place = place_now(stored.text, citation)
            marks = () if place is None else marks_of(assistant, place)
            part = None if reading is known else ReportPart(reading.blocks)
            if part is not None and width > 0:
                part.layout(width)  # here, so that a long report does not hold up the typing
        except Exception as error:  # the worker's edge: whatever it is, it is shown with the next step
            self.app.call_later(self._app.warn, *said_of(error))
            return
        self.app.call_later(self._loaded, request, reading, marks, part)

    def _loaded(self, request: int, reading: Reading, marks: tuple[Mark, ...], part: ReportPart | None) -> None:
        if request != self._request or not self.is_attached:
            return
        if part is not None:
            self.reading = reading
            self.page.set_parts([part])
            for tree in self._tree():
                tree.show_sections(reading.sections)
        self._marks = marks
        self._draw_marks()
        if marks:  # from the column header on, where both fit into the window
            self.page.show_offset(marks[0].start, _LINES_ABOVE, since=min(mark.start for mark in marks))
        else:
            self._app.warn(self._words("check.changed"))
        self._say()

    def _go_to(self, offset: int) -> None:
        """Shows a place of the report, a few lines below the upper edge."""
        self.page.show_offset(offset, above=_LINES_ABOVE)

    def _draw_marks(self) -> None:
        here = self._found[self._at] if self._found else None
        found = [Mark(s, e, "matchhere" if (s, e) == here else "match") for s, e in self._found]
        self.page.set_marks([*found, *self._marks])

    def _say(self) -> None:
        """Says above which issue it is and below which citation or match."""
        words = self._words
        if self.reading is None:
            return
        self.query_one("#source-title", Static).update(Content(visible(self.reading.issue)))
        if self._found:
            state = words("check.matches", number=self._at + 1, count=len(self._found))
        else:
            citation = self._citations[self._number]
            where = " › ".join([*citation.section[-1:], words("card.line", line=citation.line)])
            state = words("check.citation", number=self._number + 1, count=len(self._citations), where=where)
        self.query_one("#source-state", Static).update(Content(visible(state)))

    def relabel(self) -> None:
        """Says everything in the present language."""
        self.query_one("#source-search", Input).placeholder = self._words("check.search")
        self._say()

    def action_next(self) -> None:
        """The next match of a search, else the next citation."""
        self._step(1)

    def action_previous(self) -> None:
        """The match or citation before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._draw_marks()
            self._show_match()
        elif self._citations:
            self._show((self._number + step) % len(self._citations))

    def action_citation(self, number: int) -> None:
        """A citation by its number."""
        if number < len(self._citations):
            self.end_search()
            self._show(number)

    def action_search(self) -> None:
        """Asks for words to search for."""
        self.add_class("-searching")
        self.query_one("#source-search", Input).focus()

    @on(Input.Changed, "#source-search")
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        text = self.reading.text if self.reading is not None else ""
        self._found = find_in(text, event.value)
        here = self._marks[0].start if self._marks else 0
        self._at = next((n for n, (start, _) in enumerate(self._found) if start >= here), 0)
        self._draw_marks()
        if self._found:
            self._show_match()
        elif event.value.strip():
            self.query_one("#source-state", Static).update(self._words("check.no_match"))

    @on(Input.Submitted, "#source-search")
    def _search_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.page.focus()

    def _show_match(self) -> None:
        self._go_to(self._found[self._at][0])
        self._say()

    def end_search(self) -> None:
        """Forgets the search."""
        self._found, self._at = [], 0
        self.remove_class("-searching")
        with self.prevent(Input.Changed):
            self.query_one("#source-search", Input).value = ""
        self._draw_marks()
        self._say()

    def _tree(self) -> list[SectionTree]:
        from cloudqa.tui.check.section_tree import SectionTree

        return list(self.query(SectionTree))

    async def action_sections(self) -> None:
        """Shows the section tree in the place of the report, or the report again."""
        from cloudqa.tui.check.section_tree import SectionTree

        shown = self._tree()
        self.set_class(not shown and self.reading is not None, "-sections")
        if shown:
            await shown[0].remove()
            self.page.focus()
        elif self.reading is not None:
            tree = SectionTree()
            await self.query_one("#source-body").mount(tree, before=0)
            tree.show_sections(self.reading.sections)
            tree.focus()

    async def on_section_tree_chosen(self, message: SectionTree.Chosen) -> None:
        """Shows the chosen heading."""
        message.stop()
        await self.action_sections()
        self._go_to(message.offset)

    async def action_close(self) -> None:
        """Ends the search, then hides the section tree, then closes the source."""
        if self.has_class("-searching"):
            self.end_search()
            self.page.focus()
        elif self._tree():
            await self.action_sections()
        else:
            self.post_message(self.Closed())
