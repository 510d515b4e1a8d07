"""What several issues say together: prices in force, corrections, restated figures, forecasts that came out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cloudqa.questions.corrections import asks_about_corrections, corrections, without
from cloudqa.questions.cues import CueKind
from cloudqa.questions.effective import InForce, in_force
from cloudqa.questions.finding import Finding, FindingKind
from cloudqa.questions.pool import Pool
from cloudqa.questions.reading import Question
from cloudqa.questions.restating import Restatements, restate, without_forecasts
from cloudqa.questions.view import WHOLE, View


@dataclass(frozen=True, slots=True)
class Told:
    """A pool as its issues together tell it.

    Attributes:
        pool: The facts, each with its latest value; prices as they are in force.
        view: The issues.
        restated: What later issues restate.
        prices: Which prices are in force.
        notes: How the question's periods were taken.
    """

    pool: Pool
    view: View = WHOLE
    restated: Restatements = field(default_factory=Restatements)
    prices: InForce = field(default_factory=lambda: InForce({}))
    notes: tuple[str, ...] = ()

    def noted(self, finding: Finding, *, english: bool) -> Finding:
        """The finding with what must be said of its issues: which restates which, from when a price holds."""
        if finding.kind is not FindingKind.MISSING and self.notes:
            finding = replace(finding, caveats=(*self.notes, *finding.caveats))
        priced = self.prices.noted(finding, self.view, english=english)
        return self.restated.noted(priced, self.view, english=english)


def across_issues(pool: Pool, question: Question, view: View) -> Told:
    """The facts of a pool as all its issues together tell them.

    Args:
        pool: The facts of the issues asked.
        question: The question.
        view: The issues.
    """
    pool, prices = in_force(pool, question, view)
    if asks_about_corrections(question.text) and not view.before:
        return Told(pool, view, prices=prices)
    corrected, said_only = corrections(pool, view)
    pool, restated = restate(without(pool, said_only), view, corrected, before=view.before)
    if not question.has(CueKind.FORECAST):
        pool = without_forecasts(pool)
    return Told(pool, view, restated, prices)
