"""What was found for a question, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation


class FindingKind(StrEnum):
    """What sort of finding it is."""

    FIGURE = "figure"
    TEXT = "text"
    SERIES = "series"
    RANKING = "ranking"
    LIST = "list"
    COUNT = "count"
    VERDICT = "verdict"
    CORRECTION = "correction"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled value.

    Attributes:
        label: Period, name or metric that tells it from the other items; "" where there is only one.
        value: A figure, or text as printed.
        unit: Its unit, "" where none is stated or it is text.
        fact: Where it was read, None for a computed one.
        places: Decimals to show, None for as many as the value has.
        note: A hedge or condition said beside it (起, 约, 预计).
    """

    label: str
    value: Decimal | str
    unit: str = ""
    fact: Fact | None = None
    places: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    Attributes:
        kind: What sort of finding it is.
        subject: What the figures are of, for a sentence (甲公司 收入).
        items: The values, the answer itself first or in the order asked for.
        value: The answer as one figure, None if it is none.
        unit: Its unit.
        places: Decimals to show of ``value``, None for as many as it has.
        calculations: How the value came about, in order.
        evidence: Facts that prove it, the most telling first.
        stated: Facts that state the computed figure themselves.
        conflicts: Facts that give another figure for the same thing.
        caveats: What a reader must know beside the answer, in the question's language.
        missing: What the archive does not have, in the question's words.
        nearest: What it has instead.
        verdict: The answer to a yes/no question.
        lead: Words that stand before the figure or list (2016Q4、2017Q1 …), "" for the usual ones.
    """

    kind: FindingKind
    subject: str = ""
    items: tuple[Item, ...] = ()
    value: Decimal | None = None
    unit: str = ""
    places: int | None = None
    calculations: tuple[Calculation, ...] = ()
    evidence: tuple[Fact, ...] = ()
    stated: tuple[Fact, ...] = ()
    conflicts: tuple[Fact, ...] = ()
    caveats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    verdict: bool | None = None
    lead: str = ""


def missing(*words: str, nearest: tuple[str, ...] = ()) -> Finding:
    """The finding that the archive does not have something."""
    return Finding(FindingKind.MISSING, missing=tuple(dict.fromkeys(words)), nearest=nearest)
