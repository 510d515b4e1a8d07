"""What of a question one fact accounts for, told apart by where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Where a word of the question is found, nearest to the figure first."""

    LABEL = "label"  # the metric's own name
    IDENTITY = "identity"  # entity and keys of the row
    NEAR = "near"  # the figure's clause and those before it up to a semicolon
    ROW = "row"  # the other cells of the row
    AROUND = "around"  # caption, headings, the rest of the sentence


@dataclass(frozen=True, slots=True)
class Support:
    """What one fact accounts for.

    Attributes:
        label: Places of the question that the metric's name covers.
        identity: Places that entity and keys cover.
        near: Places that the figure's own clauses cover.
        row: Places that other cells of the row cover.
        around: Places that caption, headings and the rest of the sentence cover.
        names: Numbers of the question's names that the fact is about, as a bit set.
        score: Higher is better: weighted places, less what the fact says beyond the question.
        label_share: How much of the metric's name the question says, from 0 to 1.
        metric: Places of words for the metric: those of ``label`` that are no name.
    """

    label: int
    identity: int
    near: int
    row: int
    around: int
    names: int
    score: float
    label_share: float
    metric: int

    @property
    def together(self) -> int:
        """All places that are covered."""
        return self.label | self.identity | self.near | self.row | self.around
