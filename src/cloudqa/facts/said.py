"""A figure as it is read in a sentence, and what the clauses read so far leave for the next one."""

from __future__ import annotations

from dataclasses import dataclass, field

from cloudqa.facts.clauses import Clause
from cloudqa.facts.model import Comparison, FactSource, Measure
from cloudqa.quantities import Period, Quantity


@dataclass(slots=True)
class Said:
    """A figure with all that its clause and the clauses before it say of it; offsets count in the paragraph.

    Attributes:
        figure: The figure, at its offsets in the paragraph.
        clause: Its clause.
        since: Where the clause begins that its subject was taken from.
    """

    figure: Quantity
    clause: Clause
    since: int
    entity: str = ""
    metric: str = ""
    of: str = ""
    measure: Measure = Measure.LEVEL
    comparison: Comparison = Comparison.NONE
    period: Period | None = None
    base: Period | None = None
    relative: str = ""
    forecast: bool = False
    source: FactSource = FactSource.SENTENCE


@dataclass(slots=True)
class State:
    """What the clauses read so far leave for the next one."""

    entity: str = ""
    entity_at: int = 0
    metric: str = ""
    metric_at: int = 0
    speaker: str = ""
    expecting: bool = False
    last: Said | None = None
    subjects: list[str] = field(default_factory=list)
    skipping: bool = False
    sentence_at: int = 0
