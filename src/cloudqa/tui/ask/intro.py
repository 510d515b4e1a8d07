"""What stands above the first question: what can be asked, or what is to be done before."""

from __future__ import annotations

from cloudqa.tui.page.lines import Layout, run
from cloudqa.tui.wording import Words

_WIDEST = 76


class Intro:
    """The words of welcome.

    Attributes:
        questions: Questions to begin with, to be chosen; found in the archive.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.questions: list[str] = []

    def layout(self, width: int) -> Layout:
        """A heading, what cloudqa does, and questions to begin with."""
        layout = Layout()
        inner = min(width - 4, _WIDEST)
        layout.blank()
        layout.add([run(self.words("intro.title"), "heading")], inner, [run("  ")])
        layout.blank()
        layout.add([run(self.words("intro.text"), "muted")], inner, [run("  ")])
        layout.blank()
        for number, question in enumerate(self.questions):
            layout.add([run(question, "link", number)], inner, [run("  › ", "link", number)])
        if self.questions:
            layout.blank()
        return layout
