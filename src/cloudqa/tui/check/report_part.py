"""A report laid out for reading."""

from __future__ import annotations

from collections.abc import Sequence

from cloudqa.tui.check.blocks import Block, BlockStyle
from cloudqa.tui.page.lines import Layout, Line, Run
from cloudqa.tui.page.tables import table_lines

_WIDEST = 84  # cells; longer lines are hard to read
_MARGIN = 1
_INDENT = "    "  # two Chinese characters, as paragraphs begin in print


class ReportPart:
    """The blocks of a report below each other; the layout is kept until the width changes."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._kept: tuple[int, Layout] | None = None

    def layout(self, width: int) -> Layout:
        """The lines for a page of so many cells."""
        if self._kept is None or self._kept[0] != width:
            self._kept = (width, self._made(max(12, min(width - 2 * _MARGIN, _WIDEST))))
        return self._kept[1]

    def _made(self, width: int) -> Layout:
        layout = Layout()
        before: BlockStyle | None = None
        for block in self.blocks:
            if before is not None and not (block.style is before is BlockStyle.ITEM):
                layout.blank()
            _add(layout, block, width)
            before = block.style
        layout.lines = [_with_margin(line) for line in layout.lines]
        layout.blank()
        return layout


def _with_margin(line: Line) -> Line:
    return (Run(" " * _MARGIN), *line) if line else line


def _add(layout: Layout, block: Block, width: int) -> None:
    """Adds one block."""
    match block.style:
        case BlockStyle.TABLE:
            headers = tuple(tuple(_styled(cell, "strong") for cell in row) for row in block.rows[: block.headers])
            layout.lines.extend(table_lines([*headers, *block.rows[block.headers :]], width, block.headers))
        case BlockStyle.HEADING:
            layout.add([_styled(run, "heading") for run in block.runs], width)
            if block.level == 1:
                layout.lines.append((Run("─" * width, "rule"),))
        case BlockStyle.ITEM:
            layout.add(block.runs[1:], width, (Run("  "), block.runs[0]))
        case BlockStyle.PROSE:
            layout.add(block.runs, width, (Run(_INDENT),), indent=0)
        case BlockStyle.LINE:
            layout.add(block.runs, width)


def _styled(run: Run, style: str) -> Run:
    return Run(run.text, style, run.offset, run.item)
