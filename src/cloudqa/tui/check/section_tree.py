"""The headings of a report, to go to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message
from textual.widgets import Tree

from cloudqa.tui.page.cells import visible

if TYPE_CHECKING:
    from textual.widgets.tree import TreeNode

    from cloudqa.documents import Section


class SectionTree(Tree[int]):
    """The section tree; choosing a heading shows it."""

    DEFAULT_CSS = """
    SectionTree {
        width: 1fr;
        background: $background;
        padding: 1 1;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
    }
    """

    class Chosen(Message):
        """A heading was chosen.

        Attributes:
            offset: Where it stands in the report.
        """

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self) -> None:
        super().__init__("", id="sections")
        self.show_root = False
        self.guide_depth = 2

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Shows the headings of a report, all of them unfolded."""
        self.clear()
        nodes: dict[int, TreeNode[int]] = {0: self.root}
        with_children = {section.parent for section in sections}
        for section in sections[1:]:
            parent = nodes.get(section.parent or 0, self.root)
            label = Text(visible(section.number + section.title))
            if section.index in with_children:
                nodes[section.index] = parent.add(label, section.heading.start, expand=True)
            else:
                nodes[section.index] = parent.add_leaf(label, section.heading.start)

    def on_tree_node_selected(self, event: Tree.NodeSelected[int]) -> None:
        """Goes to the heading."""
        event.stop()
        if event.node.data is not None:
            self.post_message(self.Chosen(event.node.data))
