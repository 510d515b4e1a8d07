"""What can be asked of the store."""

from __future__ import annotations

from dataclasses import dataclass

from cloudqa.facts.model import FactSource
from cloudqa.quantities import Period


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Conditions that a fact must fulfil, all of them; an empty one is no condition.

    Names are compared in their normal spelling (``language.normal_text`` with blanks left out), so a term's ``text``
    or ``canonical`` can be handed on as it is.

    Attributes:
        entities: The fact's entity is one of these.
        metrics: Its metric, or the metric that its growth or share belongs to, is one of these.
        keys: Every one of these stands in a key or class cell of its table row.
        periods: Its period is one of these, exactly.
        within: Its period lies within this one (months of a year, quarters of a range).
        tables: (report, number) of its table is one of these.
        reports: It is stated in one of these reports.
        sources: It was read from one of these.
        nothing: Cells that state that there is no value are found, too.
    """

    entities: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    within: Period | None = None
    tables: tuple[tuple[str, int], ...] = ()
    reports: tuple[str, ...] = ()
    sources: tuple[FactSource, ...] = ()
    nothing: bool = False
