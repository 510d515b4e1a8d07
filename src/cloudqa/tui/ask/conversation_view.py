"""The conversation: a card for every question, one of them chosen, its citations a key away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from cloudqa.answering.answer import Citation
from cloudqa.tui.ask.card import Card, CardItem, ItemKind
from cloudqa.tui.ask.turn import Turn
from cloudqa.tui.page.lines import Run
from cloudqa.tui.page.view import PageView, Part
from cloudqa.tui.wording import Words


class ConversationView(PageView):
    """Cards below each other, the latest at the end.

    Attributes:
        chosen: Number of the card that keys act on; -1 where there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"citation({n - 1})", "ask.key.citation" if n == 1 else "", show=False)
            for n in range(1, 10)
        ),
        Binding("enter", "choose", "ask.key.open", show=True),
        Binding("tab", "item(1)", show=False),
        Binding("shift+tab", "item(-1)", show=False),
        Binding("right", "item(1)", show=False),
        Binding("left", "item(-1)", show=False),
        Binding("ctrl+up,K", "card(-1)", "ask.key.card_before", show=False),
        Binding("ctrl+down,J", "card(1)", "ask.key.card_after", show=False),
    ]

    class CitationOpened(Message):
        """The user wants to see a source.

        Attributes:
            citations: All citations of the answer.
            number: 0-based one of them.
        """

        def __init__(self, citations: tuple[Citation, ...], number: int) -> None:
            super().__init__()
            self.citations = citations
            self.number = number

    class QuestionChosen(Message):
        """The user wants to ask a suggested question."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, words: Words, intro: Part) -> None:
        """An empty conversation.

        Args:
            words: The texts of the present language.
            intro: What stands above the cards; part 0.
        """
        super().__init__(id="conversation")
        self._words = words
        self._intro = intro
        self._cards: list[Card] = []
        self.chosen = -1

    def on_mount(self) -> None:
        """Shows what stands above the cards."""
        self.set_parts([self._intro, *self._cards])

    @property
    def turns(self) -> list[Turn]:
        """The questions so far."""
        return [card.turn for card in self._cards]

    @property
    def chosen_turn(self) -> Turn | None:
        """The turn that keys act on."""
        return self._cards[self.chosen].turn if 0 <= self.chosen < len(self._cards) else None

    def show_turns(self, turns: Iterable[Turn]) -> None:
        """Shows another conversation."""
        self._cards = [Card(turn, self._words) for turn in turns]
        self.chosen = len(self._cards) - 1
        self.set_active(None)
        self.set_parts([self._intro, *self._cards])
        self.call_after_refresh(self.scroll_end, animate=False, force=True)

    def add_turn(self, turn: Turn) -> None:
        """Adds a question at the end, chooses it and shows it."""
        self._cards.append(Card(turn, self._words))
        self.chosen = len(self._cards) - 1
        self.set_active(None)
        self.add_part(self._cards[-1])
        self.scroll_end(animate=False, immediate=True)

    def turn_changed(self, turn: Turn) -> None:
        """Shows a turn anew; a reader at the end stays there, as far as the question remains in sight."""
        number = next((n for n, card in enumerate(self._cards) if card.turn is turn), None)
        if number is None:
            return
        following = self.scroll_offset.y >= self.max_scroll_y - 1
        self._cards[number].changed()
        self.part_changed(number + 1)
        if following:
            top = self.part_top(number + 1)
            self.scroll_to(
                y=min(top, max(0, self.virtual_size.height - self.window().height)), animate=False, force=True
            )

    def relabel(self, words: Words) -> None:
        """Shows everything in another language."""
        self._words = words
        for card in self._cards:
            card.changed(words)
        self.set_parts(self.parts)

    def style_for(self, part: int, piece: Run) -> str:
        """The edge of the chosen card stands out."""
        return "chosen" if piece.style == "edge" and part == self.chosen + 1 else piece.style

    def action_card(self, step: int) -> None:
        """Chooses the card before or after, and shows it."""
        if self._cards:
            self._choose(min(max(0, self.chosen + step), len(self._cards) - 1))

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.set_active(None)
        self.redraw()
        top = self.part_top(number + 1)
        if not self.window().contains(0, top):
            self.scroll_to(y=top, animate=False, force=True)

    def action_item(self, step: int) -> None:
        """Moves to the next or previous thing that can be chosen; from a card's last to the next card."""
        if self.chosen < 0:
            return
        items = self._cards[self.chosen].items
        at = self.active[1] + step if self.active is not None else (0 if step > 0 else len(items) - 1)
        if 0 <= at < len(items):
            self.set_active((self.chosen + 1, at))
            self._show_item(self.chosen + 1, at)
        elif 0 <= self.chosen + step < len(self._cards):
            self._choose(self.chosen + step)
            self.action_item(step)

    def _show_item(self, part: int, item: int) -> None:
        layout = self.layout_of(part)
        lines = layout.lines if layout else []
        for y, line in enumerate(lines):
            if any(piece.item == item for piece in line):
                self.show_line(self.part_top(part) + y, above=self.window().height // 2)
                return

    def action_choose(self) -> None:
        """Does what the present item is for; without one opens the first citation."""
        if self.active is not None:
            self._do(*self.active)
        else:
            self.action_citation(0)

    def action_citation(self, number: int) -> None:
        """Opens a citation of the chosen card."""
        turn = self.chosen_turn
        if turn is not None and turn.answer is not None and number < len(turn.answer.citations):
            self.post_message(self.CitationOpened(turn.answer.citations, number))

    def on_click(self, event: events.Click) -> None:
        """Chooses the card under the pointer."""
        part, _ = self.line_at(event.y - self.gutter.top + self.scroll_offset.y)
        if part > 0 and "item" not in event.style.meta:
            self.chosen = part - 1
            self.redraw()

    def on_page_view_item_chosen(self, message: PageView.ItemChosen) -> None:
        """Does what the clicked item is for."""
        message.stop()
        if message.part > 0:
            self._choose(message.part - 1)
        self._do(message.part, message.item)

    def _do(self, part: int, number: int) -> None:
        if part == 0:
            questions = cast("list[str]", getattr(self._intro, "questions", []))
            self.post_message(self.QuestionChosen(questions[number]))
            return
        turn = self._cards[part - 1].turn
        item: CardItem = self._cards[part - 1].items[number]
        if item.kind is ItemKind.QUESTION:
            self.post_message(self.QuestionChosen(turn.suggestions[item.number]))
        elif turn.answer is not None:
            self.post_message(self.CitationOpened(turn.answer.citations, item.number))
