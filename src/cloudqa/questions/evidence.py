"""What of a question one fact accounts for, layer by layer: its label, what it is about, what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudqa.facts import Fact
from cloudqa.language import clause_spans
from cloudqa.quantities import parse_period
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.names import Name, NameMatcher
from cloudqa.questions.phrase import Phrase, bits, compact, covered, normal_phrase, phrase_of, places
from cloudqa.questions.reading import Question


class Layer(StrEnum):
    """Where a word of the question is found, nearest to the figure first."""

    LABEL = "label"  # the metric's own name
    IDENTITY = "identity"  # entity and keys of the row
    NEAR = "near"  # the figure's clause and those before it up to a semicolon
    ROW = "row"  # the other cells of the row
    AROUND = "around"  # caption, headings, the rest of the sentence


_WEIGHT = {Layer.LABEL: 2.0, Layer.IDENTITY: 2.0, Layer.NEAR: 1.2, Layer.ROW: 1.2, Layer.AROUND: 0.7}
_EXCESS_OF_LABEL = 0.6
_EXCESS_OF_ENTITY = 0.8
_SEGMENT_ENDS = "；;。！？!?"


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
    """

    label: int
    identity: int
    near: int
    row: int
    around: int
    names: int
    score: float
    label_share: float

    @property
    def together(self) -> int:
        """All places that are covered."""
        return self.label | self.identity | self.near | self.row | self.around


class Examiner:
    """Compares facts with one question."""

    def __init__(self, question: Question, names: tuple[Name, ...], matcher: NameMatcher) -> None:
        """Prepare for a question with the names it mentions."""
        self.question = question
        self.names = names
        self._matcher = matcher
        self._covered: dict[str, tuple[int, int]] = {}
        self._excess: dict[str, tuple[int, int]] = {}
        taken = question.wanted_places
        for thing in (*question.periods, *question.amounts):
            taken |= bits(thing.start, thing.end)
        self.content = question.everything & ~taken
        """Places that are neither period nor figure nor wanted unit."""
        self._name_places = 0
        for name in names:
            self._name_places |= name.mask

    def examine(self, fact: Fact, row: str = "") -> Support:
        """What a fact accounts for.

        Args:
            fact: The fact.
            row: The other cells of its row, joined.
        """
        entity = "" if fact.entity in fact.metric else fact.entity
        identity = " ".join([fact.entity, *(v for _, v in fact.keys if parse_period(v) is None)])
        label_text = f"{fact.metric} {fact.of}" if fact.of and fact.of not in fact.metric else fact.metric
        near, far = _sentence_parts(fact)
        layers = {
            Layer.LABEL: self.cover(label_text),
            Layer.IDENTITY: self.cover(identity),
            Layer.NEAR: self.cover(f"{near} {fact.speaker}"),
            Layer.ROW: self.cover(row),
            Layer.AROUND: self.cover(" ".join([*fact.context, *fact.section, *(h for h, _ in fact.keys), far])),
        }
        names, seen, score = 0, 0, 0.0
        for layer, (mask, named) in layers.items():
            names |= named
            score += _WEIGHT[layer] * (mask & self.content & ~seen).bit_count()
            seen |= mask
        label_size, label_excess = self._beyond(label_text)
        _, entity_excess = self._beyond(entity)
        score -= _EXCESS_OF_LABEL * label_excess + _EXCESS_OF_ENTITY * entity_excess
        share = 1.0 if not label_size else 1 - label_excess / label_size
        masks = [mask for mask, _ in layers.values()]
        return Support(masks[0], masks[1], masks[2], masks[3], masks[4], names, score, share)

    def cover(self, text: str) -> tuple[int, int]:
        """Places of the question that a text covers, and the numbers of the names it has as a bit set.

        A name is covered as a whole or not at all.
        """
        if not text.strip():
            return 0, 0
        if text not in self._covered:
            evidence = phrase_of(text)
            mask = covered(self.question.phrase, evidence) & ~self._name_places
            named = 0
            for number, name in enumerate(self.names):
                if self._matcher.in_text(name, evidence.text):
                    mask |= name.mask
                    named |= 1 << number
            self._covered[text] = mask, named
        return self._covered[text]

    def _beyond(self, text: str) -> tuple[int, int]:
        """How many places of a label say something, and how many of these the question does not say."""
        if not text:
            return 0, 0
        if text not in self._excess:
            label: Phrase = phrase_of(text)
            said = covered(label, self.question.phrase)
            everything = bits(0, len(label.text))
            telling = everything & ~(silent_places(label.text, everything & ~said))
            self._excess[text] = telling.bit_count(), (telling & ~said).bit_count()
        return self._excess[text]

    def open_places(self, accounted: int) -> int:
        """Places of the question that say something and that nothing accounts for."""
        text = self.question.text
        cues = 0
        for cue in self.question.cues:
            cues |= bits(cue.start, cue.end)
        left = self.content & ~accounted & ~cues
        return left & ~silent_places(text, left)

    def open_words(self, accounted: int) -> tuple[str, ...]:
        """The same as words, in the order of the question."""
        return tuple(self.question.text[a:b].strip() for a, b in places(self.open_places(accounted)))


def _sentence_parts(fact: Fact) -> tuple[str, str]:
    """The figure's clause with those before it up to a semicolon or full stop, and the whole sentence."""
    if fact.table is not None or not fact.text:
        return "", ""
    at = fact.text.find(fact.printed)
    if at < 0:
        return fact.text, ""
    start = max(fact.text.rfind(mark, 0, at) for mark in _SEGMENT_ENDS) + 1
    end = next((b for a, b in clause_spans(fact.text) if a <= at < b), len(fact.text))
    return fact.text[start:end], fact.text


def normal_label(fact: Fact) -> str:
    """The metric's name in the spelling that labels are compared by."""
    return normal_phrase(compact(fact.metric)).text
