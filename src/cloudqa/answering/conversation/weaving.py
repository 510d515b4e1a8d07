"""Completing a follow-up: the last question with the slots changed that the turn names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cloudqa.answering.conversation.draft import SLOTS, Draft, Part
from cloudqa.answering.conversation.matter import Matter, roles
from cloudqa.answering.conversation.operating import core, operated, tail_of
from cloudqa.answering.conversation.pieces import Cut, Piece, PieceKind, is_group
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, groups_of
from cloudqa.quantities import Period, PeriodError, PeriodKind, PeriodMention, Relation
from cloudqa.questions.cues import CueKind

_DIRECTIONS = ("增", "减", "净")
"""What belongs to the grammar word behind it: 减 of 减少了多少."""
_ASKS = re.compile(
    "(?:是?在)?(?:什么(?:时候|地方|时间)|何时|何地|哪里|哪儿|哪一?[年天月日])|谁|什么|多少|怎么样|如何|"
    r"\b(?:who|what|when|where|which)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Woven:
    """A completed question.

    Attributes:
        text: The question.
        carried: What it has from the question before: kind and words.
        changed: The kinds of slots that the turn gave.
        operated: Something else is done with the figures than before.
        undated: The period carried over was left out: only facts that have none answer it.
        names: The names that the turn gave, which the facts must bear.
    """

    text: str
    carried: tuple[tuple[PieceKind, str], ...]
    changed: frozenset[PieceKind]
    operated: bool
    undated: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a turn gives for each slot, as it is to stand in the question; "" for what it leaves to the last one.

    ``known`` is the word of the turn that a known name or metric was found for.
    """

    name: str = ""
    metric: str = ""
    period: str = ""
    amount: str = ""
    word: str = ""
    tail: str = ""
    known: str = ""

    @property
    def changed(self) -> frozenset[PieceKind]:
        """The kinds of the slots given."""
        given = {PieceKind.NAME: self.name, PieceKind.METRIC: self.metric, PieceKind.PERIOD: self.period}
        return frozenset(kind for kind, text in given.items() if text)


def weave(matter: Matter, turn: Cut, *, english: bool) -> Iterator[Woven]:
    """The questions that the turn may mean after the last one, the likeliest first."""
    if (asked := _asked_otherwise(matter, turn)) is not None:
        yield asked
        return
    further: list[Woven] = []
    for said in _readings(matter, turn, english=english):
        draft = _start(matter, turn, said, english=english)
        if draft is None:
            continue
        for done in _filled(matter, turn, draft, said):
            if not _says_all(done, turn, said):
                continue
            otherwise = bool(said.tail) or _is_settled(matter, turn, said)
            names = _names(turn, said)
            yield Woven(done.text, done.carried, said.changed, otherwise, names=names)
            general = _in_general_words(done, said)
            if general is not None:
                further.append(Woven(general.text, general.carried, said.changed, otherwise, names=names))
            bare = done.without(lambda p: p.kind is PieceKind.PERIOD and p.carried)
            if (said.metric or said.name) and not said.period and bare != done:
                further.append(Woven(bare.text, bare.carried, said.changed, otherwise, True, names))
    yield from further


def _names(turn: Cut, said: Said) -> tuple[str, ...]:
    """The names given, one by one, and a word that was taken for a metric; a number of things is none (四座城市)."""
    if said.known and said.metric:
        return (said.metric,)
    if not said.name or is_group(said.name):
        return ()
    return tuple(p.text.strip() for p in turn.of(PieceKind.NAME) if not is_group(p.text)) or (said.name,)


def _asked_otherwise(matter: Matter, turn: Cut) -> Woven | None:
    """A question in words with the turn's question word for its own: 在哪里 after 什么时候召开."""
    wanted = _ASKS.fullmatch(turn.text.strip(" ?？。"))
    if wanted is None or matter.reply.finding is not None or len(_ASKS.findall(matter.cut.text)) != 1:
        return None
    text = _ASKS.sub(wanted.group(), matter.cut.text)
    carried = tuple((p.kind, p.text.strip()) for p in matter.cut.pieces if p.kind in SLOTS)
    return Woven(text, carried, frozenset(), True)


def _says_all(draft: Draft, turn: Cut, said: Said) -> bool:
    """Whether nothing that the turn names is left out of the question."""
    text = draft.text
    given = (said.name, said.metric, said.period, said.amount)
    if not all(g in text for g in given if g):
        return False
    words = (w for p in turn.of(PieceKind.WORD, PieceKind.AMOUNT) if len(w := p.text.strip()) > 1)
    return all(w in text or any(w in g for g in given) or w == said.known for w in words)


def _readings(matter: Matter, turn: Cut, *, english: bool) -> Iterator[Said]:
    """What the turn gives; a word that is no known name or metric may be either."""
    said = read_slots(matter, turn, english=english)
    if said is None:
        return
    if not said.word or said.tail:
        yield replace(said, word="")
        return
    name, metric = matter.named_like(said.word), matter.measured_like(said.word)
    if name and not said.name:
        yield replace(said, name=name, word="", known=said.word)
    if metric and not said.metric:
        yield replace(said, metric=metric, word="", known=said.word)
    if not name and not metric:
        if not said.name:
            yield replace(said, name=said.word, word="")
        if not said.metric:
            yield replace(said, metric=said.word, word="", known=said.word)


def read_slots(matter: Matter, turn: Cut, *, english: bool) -> Said | None:
    """What the turn gives for each slot; None where a period cannot be counted from the last one."""
    head, rest = _divided(turn)
    period = _period(matter, turn, [p for p in head if p.kind is PieceKind.PERIOD])
    if period is None:
        return None
    return Said(
        name=_stretch(head, PieceKind.NAME),
        metric=_stretch(head, PieceKind.METRIC),
        period=period,
        amount=_stretch(head, PieceKind.AMOUNT),
        word=_stretch(tuple(p for p in head if len(p.text.strip()) > 1), PieceKind.WORD),
        tail=tail_of(turn, rest, english=english) if rest else "",
    )


def _divided(turn: Cut) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces that name slots, and from the first one that does something with them on those that say what.

    What only asks (是多少) does nothing.
    """
    doing = (PieceKind.DOING, PieceKind.SHOWING)
    at = next((i for i, p in enumerate(turn.pieces) if p.kind in doing), None)
    if at is None:
        return tuple(p for p in turn.pieces if p.kind is not PieceKind.ASKING), ()
    if at and turn.pieces[at - 1].text in _DIRECTIONS:
        at -= 1
    after = turn.pieces[at:]
    compares = turn.does(CueKind.SHARE, CueKind.ABOVE, CueKind.BELOW, CueKind.DIFFERENCE)
    slots = (
        () if compares else tuple(p for p in after if p.kind in (PieceKind.NAME, PieceKind.METRIC, PieceKind.PERIOD))
    )
    return (*turn.pieces[:at], *slots), tuple(p for p in after if p not in slots)


def _stretch(pieces: tuple[Piece, ...], kind: PieceKind) -> str:
    """From the first to the last piece of a kind, as written."""
    at = [i for i, p in enumerate(pieces) if p.kind is kind]
    return "".join(p.text for p in pieces[at[0] : at[-1] + 1]).strip() if at else ""


def _period(matter: Matter, turn: Cut, pieces: list[Piece]) -> str | None:
    """The period that the turn gives, counted from the last one where it must be; None where it cannot."""
    if not pieces:
        return ""
    mentions = [
        m for m in turn.question.periods if turn.question.asked_text(m.start, m.end).strip() == pieces[0].text.strip()
    ]
    if len(pieces) > 1 or not mentions or mentions[0].relative is None:
        return turn.text[pieces[0].start : pieces[-1].end].strip()
    counted = _counted(mentions[0], matter.period)
    if counted is not None:
        return _said(counted, matter)
    return pieces[0].text.strip()


def _counted(mention: PeriodMention, anchor: Period | None) -> Period | None:
    """The period meant; a year before a quarter is the same quarter of it."""
    if anchor is None or mention.relative is None:
        return None
    relative = mention.relative
    whole_year = relative.part is not None and relative.part.kind is PeriodKind.YEAR
    try:
        if relative.relation is Relation.WITHIN and whole_year:
            return anchor.year_shifted(relative.steps)
        return mention.resolve(anchor)
    except PeriodError:
        return None


def _said(period: Period, matter: Matter) -> str:
    """A period in the way the last question said its own: 2017Q3, FY2017Q3, 2017年9月末."""
    if period.kind in (PeriodKind.QUARTER, PeriodKind.HALF):
        named = any(p.period is not None for p in matter.cut.question.periods)
        return period.label if named else period.label.removeprefix("FY").removeprefix("CY")
    return period.chinese


def _start(matter: Matter, turn: Cut, said: Said, *, english: bool) -> Draft | None:
    """The last question, with what the turn does with it."""
    if said.tail:
        return operated(matter, turn, said.tail, english=english)
    whole = Draft.of(matter.cut.pieces, english=english)
    if matter.joins and said.name and not _joins(turn):
        return _of_one(matter, english=english)
    if _is_settled(matter, turn, said):
        bare = core(matter, english=english)
        return bare.asked("" if english else "是多少")
    return whole


def _is_settled(matter: Matter, turn: Cut, said: Said) -> bool:
    """Whether after a pick the figure of one thing or period is asked for."""
    ranks = matter.ranks or matter.picked is not None
    return ranks and not said.tail and (turn.has(PieceKind.ASKING) or _picks_given(matter, said))


def _in_general_words(draft: Draft, said: Said) -> Draft | None:
    """For another thing the metric in the word for all of its kind: 总营收 → 营收; None where it is that already."""
    at = draft.places(lambda p: p.kind is PieceKind.METRIC)
    if not said.name or said.metric or len(at) != 1:
        return None
    own = normal_text(draft.parts[at[0]].text).strip()
    groups = [g for g in groups_of(own) if g.kind is SynonymKind.METRIC]
    if not groups or groups[0].name == own:
        return None
    return draft.replaced(at[0], at[0], replace(draft.parts[at[0]], text=groups[0].name))


def _joins(turn: Cut) -> bool:
    return len(turn.of(PieceKind.NAME)) > 1


def _of_one(matter: Matter, *, english: bool) -> Draft:
    """What was compared, of one thing: its names are one slot."""
    bare = core(matter, english=english)
    at = bare.places(lambda p: p.kind is PieceKind.NAME)
    one = bare.replaced(at[0], at[-1], bare.parts[at[0]]) if at else bare
    return one.asked("" if english else "是多少")


def _picks_given(matter: Matter, said: Said) -> bool:
    """Whether the turn gives one of the things among which the last question picked: its figure is wanted."""
    if matter.cut.does(CueKind.WHICH_PERIOD):
        return bool(said.period) and not matter.cut.has(PieceKind.PERIOD)
    return bool(said.name) and all(is_group(p.text) for p in matter.cut.of(PieceKind.NAME))


def _filled(matter: Matter, turn: Cut, draft: Draft, said: Said) -> Iterator[Draft]:
    """The draft with the slots given; where a name can take the place of several, each."""
    for named in _with_name(matter, turn, draft, said):
        dated = _with_period(named, said)
        if dated is not None:
            yield from _with_metric(matter, _with_amount(dated, said), said)


def _with_name(matter: Matter, turn: Cut, draft: Draft, said: Said) -> Iterator[Draft]:
    if not said.name:
        yield draft
        return
    part = Part(PieceKind.NAME, said.name, False)
    at = draft.places(lambda p: p.kind is PieceKind.NAME)
    if not at:
        yield draft.begun_with(part)
        return
    olds = [draft.parts[i].text.strip() for i in at]
    if len(at) > 1 and all(old in said.name for old in olds):
        yield draft.replaced(at[0], at[-1], part)
        return
    places = _likeliest(matter, turn, draft, at, said)
    for i in places:
        yield draft.replaced(i, i, part)
    if not places:
        yield _beside(draft, part)


def _beside(draft: Draft, part: Part) -> Draft:
    """With one name more, before what is measured: 甲公司2017年末研发人数."""
    at = draft.places(lambda p: p.kind in (PieceKind.METRIC, PieceKind.ASKING))
    first = at[0] if at else len(draft.parts)
    return replace(draft, parts=(*draft.parts[:first], part, *draft.parts[first:]))


def _likeliest(matter: Matter, turn: Cut, draft: Draft, at: list[int], said: Said) -> list[int]:
    """The names that a new one may take the place of: those of the same column; all, last first, where none is known.

    None where it is known to stand in another column than all of them: it narrows what was spoken of.
    """
    new = frozenset[str]().union(*(roles(n, matter.neighbours) for n in turn.names))
    if not turn.names:
        new = frozenset(
            role
            for f in matter.neighbours
            for role, value in (("entity", f.entity), *f.keys)
            if value and value == said.name
        )
    named = {n.text: roles(n, matter.facts) for n in matter.cut.names}
    by_text = {p.text.strip(): r for p, r in zip(matter.cut.of(PieceKind.NAME), named.values(), strict=False)}
    old = {i: by_text.get(draft.parts[i].text.strip(), frozenset()) for i in at}
    alike = [i for i in at if new & old[i]]
    apart = bool(new) and all(old.values()) and not alike
    return [] if apart else alike or at[::-1]


def _with_period(draft: Draft, said: Said) -> Draft | None:
    if not said.period:
        return draft
    part = Part(PieceKind.PERIOD, said.period, False)
    at = draft.places(lambda p: p.kind is PieceKind.PERIOD)
    if len(at) > 1:
        return draft if all(draft.parts[i].text.strip() in said.period for i in at) else None
    return draft.replaced(at[0], at[0], part) if at else draft.begun_with(part)


def _with_amount(draft: Draft, said: Said) -> Draft:
    at = draft.places(lambda p: p.kind is PieceKind.AMOUNT) if said.amount else []
    return draft.replaced(at[0], at[-1], Part(PieceKind.AMOUNT, said.amount, False)) if at else draft


def _with_metric(matter: Matter, draft: Draft, said: Said) -> Iterator[Draft]:
    if not said.metric:
        yield _with_own_metric(matter, draft, said)
        return
    part = Part(PieceKind.METRIC, said.metric, False)
    if draft.english:
        yield _english(draft, part)
        return
    at = draft.places(lambda p: p.kind is PieceKind.METRIC or p.does(CueKind.SHARE))
    changed = draft.replaced(at[0], at[-1], part) if at else replace(draft, parts=(*draft.parts, part))
    plain = _neutral(changed)
    yield plain
    bare = plain.without(lambda p: p.kind is PieceKind.WORD and p.carried)
    if bare != plain:
        yield bare


def _english(draft: Draft, metric: Part) -> Draft:
    """An English question for another metric: its grammar goes with the one measured before."""
    parts: list[Part] = [] if draft.tail else [Part(PieceKind.LINK, "What was the ", False)]
    parts.append(metric)
    for kind, word in ((PieceKind.NAME, " of "), (PieceKind.PERIOD, " in ")):
        named = [p for p in draft.parts if p.kind is kind]
        if named:
            parts.extend([Part(PieceKind.LINK, word, True), replace(named[0], text=named[0].text.strip())])
    return replace(draft, parts=tuple(parts))


def _neutral(draft: Draft) -> Draft:
    """With 是多少 for a question word that counts what was measured before: 有多少家, 多少亿元."""
    if draft.tail or draft.english or any(p.kind is PieceKind.DOING and not p.does(CueKind.SHARE) for p in draft.parts):
        return draft.without(lambda p: p.kind is PieceKind.UNIT)
    return draft.without(lambda p: p.kind in (PieceKind.ASKING, PieceKind.UNIT)).asked("是多少")


def _with_own_metric(matter: Matter, draft: Draft, said: Said) -> Draft:
    """With the metric's name where the last question named it by a question word only (多少钱) that is gone."""
    named = draft.places(lambda p: p.kind in (PieceKind.METRIC, PieceKind.ASKING) or p.does(CueKind.SHARE))
    if named or not matter.facts or not said.tail:
        return draft
    return replace(draft, parts=(*draft.parts, Part(PieceKind.METRIC, matter.facts[0].metric, True)))
