"""What of a question one fact accounts for, layer by layer: its label, what it is about, what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cloudqa.facts import Fact, Measure, TermKind
from cloudqa.language.synonyms import SynonymKind
from cloudqa.questions.clause_words import enumeration, names_metric
from cloudqa.questions.cues import CueKind
from cloudqa.questions.fillers import silent_places
from cloudqa.questions.leftover import unknown_subject, whole_word
from cloudqa.questions.names import Name, NameMatcher
from cloudqa.questions.phrase import (
    Phrase,
    bits,
    compact,
    covered,
    ends_of_longer,
    is_period,
    phrase_of,
    places,
)
from cloudqa.questions.reading import Question
from cloudqa.questions.support import Layer, Support
from cloudqa.questions.telling import aspects, is_common_noun, per_unit, sentence_parts, unit_words, untelling

_WEIGHT = {Layer.LABEL: 2.0, Layer.IDENTITY: 2.0, Layer.NEAR: 1.2, Layer.ROW: 1.2, Layer.AROUND: 0.7}
_EXCESS_OF_LABEL = 0.6
_EXCESS_OF_ENTITY = 0.8
_MOST_EXCESS = 5  # places of a name beyond which its length counts no more
_WHOLE_LABEL = 0.8  # of a metric's name that the question says for 平均 or 最低 to be a part of it
_OPERATIONS = (
    CueKind.MEAN,
    CueKind.MAX,
    CueKind.MIN,
    CueKind.SUM,
    CueKind.COUNT,
    CueKind.FIRST,
    CueKind.LAST,
    CueKind.RANK,
    CueKind.ORDER,
    CueKind.TOP,
    CueKind.HIGHER,
    CueKind.LOWER,
)
_CHANGES = (CueKind.PERCENT, CueKind.POINTS)
_MEASURED = re.compile("[率额量值价费]$")

_RowPlace = tuple[str, int | None, int | None, str]


class Examiner:
    """Compares facts with one question."""

    def __init__(self, question: Question, names: tuple[Name, ...], matcher: NameMatcher) -> None:
        """Prepare for a question with the names it mentions."""
        self.question = question
        self.names = names
        self._matcher = matcher
        self._covered: dict[str, tuple[int, int]] = {}
        self._named: dict[str, int] = {}
        self._supports: dict[tuple[str, int], Support] = {}
        self._alike: dict[tuple[object, ...], Support] = {}
        self._own_names: dict[tuple[str, int | None], int] = {}
        self._excess: dict[str, tuple[int, int]] = {}
        self._rows: dict[_RowPlace, int] = {}
        self._tables: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        self._enumerated: dict[tuple[str, ...], set[str]] = {}
        taken = question.wanted_places
        for period in question.periods:
            taken |= bits(period.start, period.end)
        for amount in question.amounts:
            taken |= bits(amount.start, amount.end)
        taken |= per_unit(question.text)
        self._aspects = aspects(question.text)
        self.content = question.everything & ~taken & ~self._aspects
        """Places that are neither period nor figure nor wanted unit."""
        self._operations = question.places_of(*_OPERATIONS)
        self.name_places = 0
        """Places of the question's names."""
        for name in names:
            self.name_places |= name.mask
        self.metric_words = self._metric_words()
        """Places of words that name metrics in general (收入, 价格), names left out."""

    def _metric_words(self) -> int:
        mask = 0
        for m in self.question.phrase.matches:
            if m.kind is SynonymKind.METRIC:
                mask |= bits(m.start, m.end)
        return mask & self.content & ~self.name_places & ~self._operations

    def examine(self, fact: Fact, row: str = "", ignored: int = 0) -> Support:
        """What a fact accounts for.

        Args:
            fact: The fact.
            row: The other cells of its row, joined.
            ignored: Places of the question that are no words for a metric (同比增长百分之几).
        """
        key = (fact.id, ignored)
        found = self._supports.get(key)
        if found is None:
            found = self._supports[key] = self._examined_alike(fact, row, ignored)
        return found

    def _examined_alike(self, fact: Fact, row: str, ignored: int) -> Support:
        """What a fact accounts for; of cells that many issues print alike but for their figures it is found once."""
        if fact.table is None:
            return self._examined(fact, row, ignored)
        own = self._own_names.get((fact.report, fact.table), 0)
        named = (fact.entity, fact.keys, fact.metric, fact.of, fact.measure, fact.speaker)
        key = (named, fact.context, fact.section, unit_words(fact), row, own, ignored)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._examined(fact, row, ignored)
        return found

    def learn_rows(self, facts: Iterable[Fact], row_text: Callable[[Fact], str]) -> None:
        """Note which names the rows and columns of each table have: a caption that has them too says nothing more."""
        own: dict[tuple[str, int | None], int] = {}
        for fact in facts:
            if fact.table is None and fact.entity:
                self._enumerated.setdefault(enumeration(fact), set()).add(fact.entity)
        self._own_names = own
        for fact in facts:
            if fact.table is None:
                continue
            named = self._rows.get(_row_place(fact), -1)
            if named < 0:
                named = self._named_in_row(fact, row_text(fact))
            table = (fact.report, fact.table)
            own[table] = own.get(table, 0) | named | self.named(fact.metric)
        self._supports.clear()
        self._alike.clear()

    def asking(self, question: Question) -> Examiner:
        """An examiner for the same question with fewer grammar words; what names texts have is not looked up again."""
        other = Examiner(question, self.names, self._matcher)
        other._covered, other._named, other._excess, other._rows = self._covered, self._named, self._excess, self._rows
        other._own_names, other._enumerated = self._own_names, self._enumerated
        return other

    def _named_in_row(self, fact: Fact, row: str) -> int:
        """Numbers of the names that the keys and the other cells of a table row have, as a bit set."""
        place = _row_place(fact)
        if place not in self._rows:
            keys = " ".join([fact.entity, *(v for _, v in fact.keys)])
            self._rows[place] = self.named(keys) | self.named(row)
        return self._rows[place]

    def about(self, fact: Fact, row: str) -> int:
        """Numbers of the names that a table row is about, as a bit set: of its keys, its other cells, and its table."""
        texts = (fact.context, fact.section)
        around = self._tables.get(texts, -1)
        if around < 0:
            around = self._tables[texts] = self.named(" ".join([*fact.context, *fact.section]))
        around &= ~self._own_names.get((fact.report, fact.table), 0) & ~self._of_other_tables(fact)
        return self._named_in_row(fact, row) | around

    def _of_other_tables(self, fact: Fact) -> int:
        """Numbers of the names that only the headings have above a table whose caption says whom it is about.

        A heading 甲与乙 stands above a table of each.
        """
        caption = fact.context[0] if fact.context else ""
        if fact.table is None or not fact.entity or compact(fact.entity) not in compact(caption):
            return 0
        said = self.named(caption)
        entities = sum(1 << i for i, name in enumerate(self.names) if TermKind.ENTITY in name.kinds)
        return entities & ~said

    def _examined(self, fact: Fact, row: str, ignored: int) -> Support:
        entity = "" if fact.entity in fact.metric else fact.entity
        identity = " ".join([fact.entity, *(v for _, v in fact.keys if not is_period(v) and not names_metric(v, fact))])
        label_text = _label_of(fact)
        near, far = sentence_parts(fact)
        layers = {
            Layer.LABEL: self.cover(label_text),
            Layer.IDENTITY: self.cover(identity),
            Layer.NEAR: self.cover(f"{near} {fact.speaker}"),
            Layer.ROW: self.cover(row),
            Layer.AROUND: self._around(fact, far),
        }
        if self._of_another(fact, layers[Layer.LABEL][1] | layers[Layer.IDENTITY][1]):
            layers[Layer.NEAR] = self._only_speaker(layers[Layer.NEAR], fact)
            layers[Layer.AROUND] = self._only_speaker(layers[Layer.AROUND], fact)
        beside = self._beside(fact)
        for layer in (Layer.NEAR, Layer.AROUND):
            layers[layer] = self._without_names(layers[layer], beside)
        mask, named = layers[Layer.LABEL]
        layers[Layer.LABEL] = mask & ~self.of_other_kind(label_text), named
        label_size, label_excess = self._beyond(label_text)
        layers[Layer.NEAR] = self._with_inherited(layers[Layer.NEAR], fact, near)
        if fact.table is None and self._of_another_metric(label_text, layers[Layer.LABEL][0]):
            for layer in (Layer.NEAR, Layer.AROUND):
                mask, named = layers[layer]
                layers[layer] = mask & ~self.metric_words, named
        share = 1.0 if not label_size else 1 - label_excess / label_size
        if share < _WHOLE_LABEL:
            mask, named = layers[Layer.LABEL]
            layers[Layer.LABEL] = mask & ~self._operations, named
        names, seen, score = 0, 0, 0.0
        for layer, (mask, named) in layers.items():
            names |= named
            score += _WEIGHT[layer] * (mask & self.content & ~ignored & ~seen).bit_count()
            seen |= mask
        entity_excess = 0 if self.cover(entity)[1] else min(_MOST_EXCESS, self._beyond(entity)[1])
        score -= _EXCESS_OF_LABEL * label_excess + _EXCESS_OF_ENTITY * entity_excess
        masks = [mask & ~ignored for mask, _ in layers.values()]
        own = masks[0] & ~self.name_places & ~self.question.places_of(*_CHANGES)
        return Support(masks[0], masks[1], masks[2], masks[3], masks[4], names, score, share, own)

    def _of_another_metric(self, label: str, said: int) -> bool:
        """Whether a label names a metric other than those of the question: 毛利率 where 营收 is asked for.

        The clauses around the figure then say nothing of the question's metric: they state that of another figure.
        """
        if not self.metric_words or said & self.metric_words:
            return False
        known = any(m.kind is SynonymKind.METRIC for m in phrase_of(label).matches)
        return known or (_MEASURED.search(label) is not None and not self.cover(label)[0])

    def of_other_kind(self, label: str) -> int:
        """Places of what tells a metric of the question from a label's that only ends alike: 营业 beside 净利润."""
        phrase = phrase_of(label)
        mask = 0
        for m in self.question.phrase.matches:
            if m.kind is not SynonymKind.METRIC or m.number not in phrase.groups:
                continue
            word = self.question.text[m.start : m.end]
            for end in ends_of_longer(phrase, m.number):
                rest = word.removesuffix(end)
                if rest and rest != word and rest not in phrase.text:
                    mask |= bits(m.start, m.start + len(rest))
        return mask

    def _of_another(self, fact: Fact, named: int) -> bool:
        """Whether a sentence's figure is of something that the question does not mention, whoever else it names."""
        if fact.table is not None or not fact.entity or named or self.cover(fact.entity)[0]:
            return False
        return not is_common_noun(fact.entity)

    def _with_inherited(self, covering: tuple[int, int], fact: Fact, near: str) -> tuple[int, int]:
        """The covering with names that go on where the fact's entity ends: 甲 in 甲云 beside 云存储 in the clause."""
        mask, named = covering
        if fact.table is not None or not fact.entity:
            return covering
        entity, clause = compact(fact.entity), compact(near)
        for number, name in enumerate(self.names):
            rest = name.text.removeprefix(entity)
            following = self.question.text[name.end : name.end + 2]
            if rest and rest != name.text and len(following) == 2 and rest + following in clause:
                mask |= name.mask
                named |= 1 << number
        return mask, named

    def _around(self, fact: Fact, far: str) -> tuple[int, int]:
        """What stands around: caption, headings and headers with their names, the rest of the sentence without."""
        about_itself = fact.table is None and bool(fact.entity) and not is_common_noun(fact.entity)
        inherited = () if about_itself else fact.context  # of a sentence also what it spoke of before
        mask, named = self.cover(" ".join([*inherited, *fact.section, *(h for h, _ in fact.keys), unit_words(fact)]))
        if fact.table is not None:
            mask, named = self._without_names(
                (mask, named), self._own_names.get((fact.report, fact.table), 0) | self._of_other_tables(fact)
            )
        beyond = self.cover(far)[0] & ~self.name_places
        if self._of_another(fact, 0):  # a Latin word elsewhere in the sentence may name what that part is about
            for start, end, _ in self.question.phrase.latin:
                beyond &= ~bits(start, end)
        return mask | beyond, named

    def _only_speaker(self, covering: tuple[int, int], fact: Fact) -> tuple[int, int]:
        """The covering with no other names than who says it."""
        return self._without_names(covering, ~self.cover(fact.speaker)[1])

    def _without_names(self, covering: tuple[int, int], left_out: int) -> tuple[int, int]:
        """The covering without the names of these numbers."""
        mask, named = covering
        if not left_out:
            return covering
        for number, name in enumerate(self.names):
            if left_out >> number & 1:
                mask &= ~name.mask
                named &= ~(1 << number)
        return mask, named

    def _beside(self, fact: Fact) -> int:
        """Names that have a figure of the same metric of their own in the sentence: 甲29件，乙19件."""
        others = self._enumerated.get(enumeration(fact), set()) - {fact.entity} if fact.table is None else set()
        named = self.cover(" ".join(sorted(others)))[1] if others else 0
        if not named:
            return 0
        return named & ~self.cover(f"{fact.entity} {fact.metric} {fact.speaker}")[1]

    def cover(self, text: str) -> tuple[int, int]:
        """Places of the question that a text covers, and the numbers of the names it has as a bit set.

        A name is covered as a whole or not at all.
        """
        if not text.strip():
            return 0, 0
        if text not in self._covered:
            mask = covered(self.question.phrase, phrase_of(text)) & ~self.name_places & ~self._aspects
            named = self.named(text)
            for number, name in enumerate(self.names):
                if named >> number & 1:
                    mask |= name.mask
            self._covered[text] = mask, named
        return self._covered[text]

    def named(self, text: str) -> int:
        """Numbers of the names that a text has, as a bit set: what :meth:`cover` says of them, in less time."""
        found = self._named.get(text)
        if found is None:
            normal = compact(text)
            matches = (self._matcher.in_text(name, normal) for name in self.names)
            found = self._named[text] = sum(1 << number for number, has in enumerate(matches) if has)
        return found

    def says_all_of(self, label: str) -> bool:
        """Whether the question says a label in full: then it means that one, and no other with a part of it."""
        return self._beyond(label)[1] == 0

    def excess_of(self, label: str) -> int:
        """How many telling characters of a label the question does not say."""
        return self._beyond(label)[1]

    def _beyond(self, text: str) -> tuple[int, int]:
        """How many places of a label say something, and how many of these the question does not say."""
        if not text:
            return 0, 0
        if text not in self._excess:
            label: Phrase = phrase_of(text)
            said = covered(label, self.question.phrase)
            everything = bits(0, len(label.text))
            telling = everything & ~untelling(label.text)
            self._excess[text] = telling.bit_count(), (telling & ~said).bit_count()
        return self._excess[text]

    def absorbed(self, fact: Fact) -> int:
        """Places of operation words that are a part of the fact's metric: 最低 in 最低存储时间."""
        if not self.cover(_label_of(fact))[0] & self._operations:
            return 0
        support = self.examine(fact)
        return support.label & self._operations if support.label_share >= _WHOLE_LABEL else 0

    def open_places(self, accounted: int) -> int:
        """Places of the question that say something and that nothing accounts for.

        A name that is not accounted for is open as a whole; of other words only what is no grammar.
        """
        open_names = self.name_places & ~accounted
        cues = 0
        for cue in self.question.cues:
            cues |= bits(cue.start, cue.end)
        left = self.content & ~accounted & ~cues & ~open_names
        return left & ~silent_places(self.question.text, left) | open_names

    def open_words(self, accounted: int) -> tuple[str, ...]:
        """The same as words, in the order of the question."""
        text = self.question.text
        grammar = self.question.places_of(*(c.kind for c in self.question.cues))
        found = [
            whole_word(text, a, b, accounted & self.content | grammar & bits(0, a), self._unknown_ends(accounted))
            for a, b in places(self.open_places(accounted))
        ]
        return (*found, *unknown_subject(self.question, accounted | self.name_places))

    def _unknown_ends(self, accounted: int) -> frozenset[int]:
        """Where names end that are met, but that the archive does not know as its own."""
        return frozenset(n.end for n in self.names if not n.canonicals and n.mask & accounted)


def _row_place(fact: Fact) -> _RowPlace:
    """What tells a table row from others; a row with several entities counts as several."""
    return fact.report, fact.table, fact.row, fact.entity


def _label_of(fact: Fact) -> str:
    """The metric's name, of a growth or share with that of what it is of."""
    return f"{fact.metric} {fact.of}" if fact.of and fact.measure is not Measure.LEVEL else fact.metric


def normal_label(fact: Fact) -> str:
    """The metric's name in the spelling that labels are compared by."""
    return compact(fact.metric)
