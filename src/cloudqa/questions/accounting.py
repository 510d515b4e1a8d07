"""What of a question chosen facts account for, and what is left over beside a name that is nearly the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.facts import Fact, FactSource, TermKind
from cloudqa.facts.fields import begins_with_field
from cloudqa.language.synonyms import SynonymKind
from cloudqa.questions.evidence import Examiner
from cloudqa.questions.names import Name
from cloudqa.questions.phrase import bits, compact, places
from cloudqa.questions.pool import Pool
from cloudqa.questions.reading import Question
from cloudqa.questions.selection import Examined

_LEAST_INITIALS = 3
_LOOKED_AT = 4
_MOST_UNSAID = 2  # characters of a part of a metric that the question does not say
_UNNAMED = ("相关", "有关", "其他", "其它", "周边")
_LONGEST_STEM = 6
_COORDINATED = re.compile("以及|[及和与、]")
_DIVISION = re.compile("(?:板块|业务|部门|事业部|分部|分公司|子公司)$")
_PER_THING = re.compile("[每均]|\\bper\\b", re.IGNORECASE)
_KIND_OF_NAME = re.compile("集团|公司|银行|大学|学院|医院|研究院|基金|协会|证券|保险|出版社")


@dataclass(frozen=True)
class Accounting:
    """Accounts for the places of a question.

    Attributes:
        question: As read.
        names: The names it mentions.
        pool: The facts looked through.
        examiner: Compares facts with the question.
    """

    question: Question
    names: tuple[Name, ...]
    pool: Pool
    examiner: Examiner

    def places_of(self, members: Sequence[Examined], closest: Sequence[Examined], *, narrow: bool) -> int:
        """Places that the members account for, the closest facts of the metric where there is no member."""
        accounted = _accounted(members or closest, narrow=narrow) | self._named_places(members)
        return accounted | self._modifiers(members, accounted) | self._initials(members, accounted)

    def altered(self, members: Sequence[Examined], accounted: int) -> tuple[str, ...]:
        """Words of which a key has all but one character: 恒温库 beside 常温库 is something else.

        So is a name that is not spelled as the reports do and has a character more: 甲乙丙丁 beside 甲乙戊.
        """
        identity, label = 0, 0
        for m in members:
            identity |= m.support.identity
            label |= m.support.label
        edges = self._edges_of_inexact
        keyed = identity & ~label & ~self.examiner.name_places
        found = []
        for start, end in places(self.examiner.open_places(accounted)):
            beside = bits(max(0, start - 1), start) | bits(end, end + 1)
            if end - start == 1 and (keyed & beside or {start, end} & edges):
                found.append(self.question.text[max(0, start - 2) : end + 2])
        return tuple(found)

    def beyond(self, members: Sequence[Examined]) -> tuple[str, ...]:
        """The question's words for a metric or name where the facts are of more, or of another, than it says.

        云计算收入 is not 云计算及其他服务收入, and 甲乙集团 is not 甲乙科技.
        """
        found = []
        for m in members[:_LOOKED_AT]:
            if self._is_composite(m.fact.metric) or (m.fact.table is None and self._is_composite(m.fact.entity)):
                said = max(
                    places(m.support.label & ~self.examiner.name_places), key=lambda p: p[1] - p[0], default=None
                )
                found.append(self.question.text[said[0] : said[1]] if said is not None else "")
            found.append(self._other_kind_of_name(m.fact))
        return tuple(dict.fromkeys(w for w in found if w))

    def _is_composite(self, metric: str) -> bool:
        """Whether a metric sums up several things of which the question says not all."""
        parts = _COORDINATED.split(compact(metric))
        if len(parts) < 2 or min(map(len, parts)) < 2 or any(p.startswith(_UNNAMED) for p in parts[1:]):
            return False
        return any(not self.examiner.cover(part)[0] for part in parts) or any(
            self.examiner.excess_of(part) >= _MOST_UNSAID for part in parts
        )

    def _other_kind_of_name(self, fact: Fact) -> str:
        """The name of the question that begins like a fact's entity, which goes on with another kind or a division."""
        entity = compact(fact.entity)
        for length in range(min(len(entity) - 1, _LONGEST_STEM), 1, -1):
            at = self.question.text.find(entity[:length])
            if at < 0:
                continue
            if bits(at, at + length) & self.examiner.name_places:
                return ""
            rest = entity[length:]
            if (begins_with_field(rest) or _DIVISION.search(rest)) and rest[0] not in self.question.text:
                return self.question.text[at : at + length]
            kind = _KIND_OF_NAME.match(self.question.text, at + length)
            return "" if kind is None or kind.group() in rest else self.question.text[at : kind.end()]
        return ""

    @property
    def _edges_of_inexact(self) -> frozenset[int]:
        """Where names begin and end that are not spelled as the reports spell them."""
        return frozenset(edge for n in self.names if not n.exact for edge in (n.start, n.end))

    def _named_places(self, members: Sequence[Examined]) -> int:
        """Places of the names that any of the members is about."""
        mask = 0
        for number, name in enumerate(self.names):
            if any(m.support.names >> number & 1 for m in members):
                mask |= name.mask
                if name.kinds == {TermKind.CLASS} and not name.canonicals:
                    mask |= self._class_headers(name)
        return mask

    def _class_headers(self, name: Name) -> int:
        """Places of the header of the column that has a value that rows are chosen by: 状态 of 状态为在用."""
        headers = {f.metric for f in self.pool.facts if isinstance(f.value, str) and compact(f.value) in name.spellings}
        return self.examiner.cover(" ".join(sorted(headers)))[0]

    def _modifiers(self, members: Sequence[Examined], accounted: int) -> int:
        """Places of a metric's word of which the label has the rest, where a neighbouring column has the whole word."""
        label = 0
        for m in members:
            label |= m.support.label
        mask = 0
        for match in self.question.phrase.matches:
            span = bits(match.start, match.end)
            if match.kind is SynonymKind.METRIC and span & label and span & ~accounted:
                # 检索费用 beside 存储费用: a neighbour that is named in full is itself the one that is meant
                others = {f.metric for f in self._neighbours(members)}
                if not any(_PER_THING.search(m.fact.metric) for m in members):
                    others = {metric for metric in others if not self.examiner.says_all_of(metric)}
                for metric in others:
                    said = self.examiner.cover(metric)[0] & span & ~self.examiner.of_other_kind(metric)
                    mask |= said if said == span else 0
        return mask

    def _neighbours(self, members: Sequence[Examined]) -> list[Fact]:
        tables = {(m.fact.report, m.fact.table) for m in members if m.fact.table is not None}
        return [f for f in self.pool.facts if (f.report, f.table) in tables]

    def _initials(self, members: Sequence[Examined], accounted: int) -> int:
        """Places of a row of initials (京沪广) of the things that the sentence lists."""
        texts = {m.fact.text for m in members if m.fact.table is None}
        listed = {f.entity[:1] for f in self.pool.facts if f.source is FactSource.LIST and f.text in texts}
        mask = 0
        for start, end in places(self.examiner.open_places(accounted)):
            if end - start >= _LEAST_INITIALS and set(self.question.text[start:end]) <= listed:
                mask |= bits(start, end)
        return mask


def _accounted(members: Sequence[Examined], *, narrow: bool) -> int:
    """Places that the members account for; of many rows, only what their own words have in common and their names."""
    mask, common = 0, -1
    for m in members:
        support = m.support
        mask |= support.together if narrow else support.label | support.near | support.around
        common &= support.identity | support.row
    return mask if narrow else mask | (common if members else 0)


def without_absorbed(question: Question, pool: Pool, examiner: Examiner) -> Question:
    """The question without grammar words that are a part of the name of a metric it names in full."""
    mask = 0
    seen: set[str] = set()
    for fact in pool.facts:
        if fact.metric not in seen:
            seen.add(fact.metric)
            mask |= examiner.absorbed(fact)
    kept = tuple(c for c in question.cues if bits(c.start, c.end) & ~mask or not mask)
    return replace(question, cues=kept) if len(kept) != len(question.cues) else question
