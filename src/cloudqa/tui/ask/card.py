"""An answer as a card: what was asked, what is said, how it is known, where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.tui.ask.figures_shown import printed_in, shown_value
from cloudqa.tui.ask.turn import Turn
from cloudqa.tui.page.big_figures import big_figure
from cloudqa.tui.page.cells import cut, padded, visible, width_of
from cloudqa.tui.page.lines import Layout, Line, Run, run, runs_width, wrap_runs
from cloudqa.tui.page.tables import table_lines
from cloudqa.tui.wording import Words

_EDGE = "▎ "
_WIDEST = 92  # cells; longer lines are hard to read
_QUOTE_LINES = 3
_LABELS = ("working", "missing", "caveat", "closest", "context", "sources", "next")


class ItemKind(StrEnum):
    """What choosing an item of a card does."""

    CITATION = "citation"  # opens the source
    QUESTION = "question"  # asks it


@dataclass(frozen=True, slots=True)
class CardItem:
    """Something on a card that can be chosen.

    Attributes:
        kind: What choosing it does.
        number: 0-based citation of the answer, or next question.
    """

    kind: ItemKind
    number: int


class Card:
    """A turn laid out; kept until the width, the language or the turn changes.

    Attributes:
        turn: What is shown.
        items: What can be chosen on it, in reading order.
    """

    def __init__(self, turn: Turn, words: Words) -> None:
        self.turn = turn
        self.words = words
        self.items: list[CardItem] = []
        self._kept: tuple[int, Layout] | None = None

    def changed(self, words: Words | None = None) -> None:
        """Forgets the layout: the turn, or the language, is another one."""
        self.words = words or self.words
        self._kept = None

    def layout(self, width: int) -> Layout:
        """The lines of the card for a page of so many cells."""
        if self._kept is None or self._kept[0] != width:
            self._kept = (width, _Maker(self, min(width - width_of(_EDGE) - 1, _WIDEST)).made())
        return self._kept[1]


class _Maker:
    """Lays out one card."""

    def __init__(self, card: Card, width: int) -> None:
        self._turn = card.turn
        self._words = card.words
        self._width = max(20, width)
        self._layout = Layout()
        self._items = card.items
        self._items.clear()
        self._label_width = max(width_of(self._words(f"card.{label}")) for label in _LABELS) + 2
        self._label_width = min(self._label_width, self._width // 3)

    def made(self) -> Layout:
        """The finished lines, the edge of the card before each, a blank line after the last."""
        self._layout.add_text(self._turn.question, "question", self._width)
        self._layout.blank()
        if self._turn.answer is not None:
            self._answer(self._turn.answer)
        elif self._turn.problem is not None:
            self._problem(*self._turn.problem)
        else:
            self._layout.add([run(self._words("card.pending"), "muted")], self._width)
        lines: list[Line] = [(Run(_EDGE, "edge"), *line) for line in self._layout.lines]
        return Layout([*lines, ()])

    def _problem(self, message: str, hint: str) -> None:
        self._layout.add([run(message, "problem")], self._width)
        if hint:
            self._layout.add([run(hint, "text")], self._width)

    def _answer(self, answer: Answer) -> None:
        self._figure(answer)
        style = "caution" if answer.refused else "answer"
        self._layout.add_text(answer.answer, style, self._width)
        if not answer.refused:
            self._layout.lines.extend(wrap_runs([run(self._basis(answer), "muted")], self._width))
        self._values(answer)
        self._working(answer)
        self._remarks(answer)
        self._citations(answer.citations)
        self._suggestions()

    def _figure(self, answer: Answer) -> None:
        """The figure of the answer, three lines high, as its sentence prints it."""
        if answer.value is None or answer.kind is not AnswerKind.NUMBER:
            return
        printed = printed_in(answer.answer, answer.value)
        drawn = big_figure(printed) if printed else None
        if printed is None or drawn is None or width_of(drawn[0]) + width_of(answer.unit or "") + 2 > self._width:
            return
        for number, line in enumerate(drawn):
            unit = [run(f" {answer.unit}", "figure")] if number == len(drawn) - 1 and answer.unit else []
            self._layout.lines.append((Run(line, "figure"), *unit))
        self._layout.blank()

    def _basis(self, answer: Answer) -> str:
        """What sort of answer it is, how it is known, and which issue says so."""
        parts = [self._words(f"kind.{answer.kind}")]
        if answer.working is not None:
            parts.append(self._words("basis.calculated"))
        elif answer.citations and answer.kind is not AnswerKind.META:
            parts.append(self._words("basis.table" if answer.citations[0].table is not None else "basis.text"))
        parts.extend(dict.fromkeys(citation.issue for citation in answer.citations if citation.issue))
        return " · ".join(parts)

    def _values(self, answer: Answer) -> None:
        if not answer.values:
            return
        self._layout.blank()
        rows = [
            [run(v.label, "text"), run(shown_value(v.value, answer.answer), "strong"), run(v.unit, "muted")]
            for v in answer.values
        ]
        self._layout.lines.extend(table_lines(rows, self._width, headers=0, indent=2))

    def _working(self, answer: Answer) -> None:
        """The operands below each other with their citations, then the formula, its equals signs aligned."""
        if answer.working is None:
            return
        self._layout.blank()
        operands = [o for step in answer.working.steps for o in step.operands if o.citation is not None]
        rows: list[list[Run]] = []
        for operand in dict.fromkeys(operands):
            number = operand.citation if operand.citation is not None else 0
            rows.append([
                run(shown_value(operand.value, answer.working.formula), "text"),
                run(operand.unit, "muted"),
                self._reference(number) if number < len(answer.citations) else run(""),
            ])  # fmt: skip
        lines = [*table_lines(rows, self._inner, headers=0), *self._formula(answer.working.formula)]
        self._labelled_lines("working", lines)

    def _formula(self, formula: str) -> list[Line]:
        """The parts of a formula, one a line, with the last equals sign of each below the other."""
        parts = [part.strip() for part in formula.replace("；", "\n").replace("; ", "\n").split("\n") if part.strip()]
        sides = [part.rpartition(" = ") for part in map(visible, parts)]
        widest = max((width_of(left) for left, _, _ in sides), default=0)
        lines: list[Line] = []
        for left, equals, right in sides:
            aligned = padded(left, widest, right=True) if equals else ""
            lines.extend(wrap_runs([Run(aligned + equals, "text"), Run(right, "strong")], self._inner))
        return lines

    @property
    def _inner(self) -> int:
        return self._width - self._label_width

    def _labelled_lines(self, label: str, lines: Sequence[Line]) -> None:
        for number, line in enumerate(lines):
            shown = cut(self._words(f"card.{label}"), self._label_width - 1) if number == 0 else ""
            self._layout.lines.append((Run(padded(shown, self._label_width), "label"), *line))

    def _remarks(self, answer: Answer) -> None:
        """What is missing, what limits the answer, what comes closest, what was carried over."""
        remarks = [
            ("missing", "problem", ["、".join(answer.missing)] if answer.missing else []),
            ("caveat", "caution", list(answer.caveats)),
            ("closest", "text", list(answer.alternatives)),
            ("context", "text", [" · ".join(answer.context)] if answer.context else []),
        ]
        for label, style, texts in remarks:
            if texts:
                self._layout.blank()
                lines = [line for text in texts for line in wrap_runs([run(text, style)], self._inner)]
                self._labelled_lines(label, lines)

    def _reference(self, number: int) -> Run:
        """A citation's number in brackets, to be chosen."""
        return run(f"[{number + 1}]", "link", self._item(ItemKind.CITATION, number))

    def _item(self, kind: ItemKind, number: int) -> int:
        item = CardItem(kind, number)
        if item not in self._items:
            self._items.append(item)
        return self._items.index(item)

    def _citations(self, citations: Sequence[Citation]) -> None:
        if not citations:
            return
        self._layout.blank()
        self._labelled_lines("sources", [line for n, c in enumerate(citations) for line in self._citation(n, c)])

    def _citation(self, number: int, citation: Citation) -> Iterator[Line]:
        """The quote, then where it stands."""
        item = self._item(ItemKind.CITATION, number)
        lead = (run(f"[{number + 1}] ", "link", item),)
        shown = [run(" │ ".join(citation.quote.split("\t")), "text", item)]
        lines = wrap_runs(shown, self._inner, lead)
        if len(lines) > _QUOTE_LINES:
            lines = [*lines[: _QUOTE_LINES - 1], (*lines[_QUOTE_LINES - 1], Run("…", "muted"))]
        yield from lines
        indent = runs_width(lead)
        yield (Run(" " * indent), run(self._place(citation, self._inner - indent), "muted", item))

    def _place(self, citation: Citation, room: int) -> str:
        """The nearest headings, cut where they are too long, then page and line."""
        places = [self._words("card.line", line=citation.line)]
        if citation.page is not None:
            places.insert(0, self._words("card.page", page=citation.page))
        place = " ".join(places)
        headings = cut(visible(" › ".join(citation.section[-2:])), room - width_of(place) - 3)
        return f"{headings} · {place}" if headings else place

    def _suggestions(self) -> None:
        if not self._turn.suggestions:
            return
        self._layout.blank()
        lines: list[Line] = []
        for number, question in enumerate(self._turn.suggestions):
            item = self._item(ItemKind.QUESTION, number)
            lines.extend(wrap_runs([run(question, "link", item)], self._inner, (run("› ", "link", item),)))
        self._labelled_lines("next", lines)
