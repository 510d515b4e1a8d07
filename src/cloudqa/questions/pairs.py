"""Two figures set against each other: of two periods, two names or two metrics of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Op
from cloudqa.quantities import Dimension, Quantity
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.choice import hard_words, is_level
from cloudqa.questions.computing import computed
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import comparable, is_percent, same_measure
from cloudqa.questions.finding import Finding, FindingKind, missing
from cloudqa.questions.intent import Operation
from cloudqa.questions.labels import name_label
from cloudqa.questions.operands import ends_only
from cloudqa.questions.phrase import compact
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import Examined, is_figure

_PAIR = 2
_DEARER = ("便宜", "贵", "省")
_MORE_BY = lazily(r"(?:增[加长多]|提[高升]|上[升涨]|扩大|[多高大贵长快涨强])[了出]?(?:多少|几)倍")
_MORE = ("多", "高", "贵", "大", "快", "长", "重", "强", "more", "higher")
_LESS = ("少", "低", "便宜", "小", "慢", "短", "轻", "弱", "省", "less", "lower", "cheaper", "fewer")
_THAN = lazily(r"比(?!例|重|率)|than\b")

_COMPARES = lazily(r"(?<![相对])[比较](?![例重率较对起])|than\b")
_WITH = lazily("(?:[与和跟同较比]|相比于?|相较于?)(?:于)?$")


def ordered(scene: Scene, pair: Sequence[Fact]) -> list[Fact]:
    """The minuend first: the later period, or the name before 比; the larger where the question does not say."""
    one, other = pair
    if (backwards := _earlier_than_later(scene, pair)) is not None:
        return backwards
    if one.period is not None and other.period is not None and not one.period.matches(other.period):
        return sorted(pair, key=lambda f: f.period.span if f.period else ((0, 0, 0), (0, 0, 0)), reverse=True)
    order = sorted(pair, key=lambda f: scene.first_place(f))
    if scene.intent.operation is Operation.DIFFERENCE and scene.question.has(CueKind.DIFFERENCE):
        values = comparable(list(order))
        if values[0].value < values[1].value:
            order.reverse()
    return order


def _earlier_than_later(scene: Scene, pair: Sequence[Fact]) -> list[Fact] | None:
    """The pair as the question sets it, where it compares an earlier period with a later one: 一季度比二季度高多少."""
    found = _as_compared(scene, pair)
    first, second = (f.period for f in found) if found is not None else (None, None)
    return found if first is not None and second is not None and first.span < second.span else None


def _as_compared(scene: Scene, pair: Sequence[Fact]) -> list[Fact] | None:
    """The pair in the order of the two periods that the question compares; None where it does not compare two."""
    mentions = [p for p in scene.periods if p.period is not None]
    if len(mentions) != _PAIR or _WITH().search(scene.question.text[: mentions[0].start]):
        return None
    if not _COMPARES().search(scene.question.text[mentions[0].end : mentions[1].start]):
        return None
    found = [f for p in mentions for f in pair if f.period is not None and p.period and f.period.matches(p.period)]
    return found if len(found) == _PAIR and found[0].id != found[1].id else None


def _said_backwards(scene: Scene, found: Finding, pair: Sequence[Fact]) -> Finding:
    """The finding; with a word on its direction where an earlier period is compared with a later one."""
    if _earlier_than_later(scene, pair) is None:
        return found
    first, second = (f.period.label for f in pair if f.period is not None)
    if scene.question.english:
        note = f"{first} is earlier than {second}; as asked, {second} is what it is compared with."
    else:
        note = f"{first}早于{second}，按问题的说法以{second}为比较的基数。"
    return replace(found, caveats=(*found.caveats, note))


def pair_finding(scene: Scene, pair: Sequence[Fact]) -> Finding:
    """The ratio, growth or difference of a pair, as the question asks; a fall that is asked for counts positively."""
    operation = scene.intent.operation
    if scene.intent.signed and _earlier_than_later(scene, pair) is not None:
        return missing(scene.topic)  # a fall from a later period to an earlier one
    if operation is Operation.RATIO:
        return computed(scene, Op.EXCESS if _MORE_BY().search(scene.question.text) else Op.RATIO, pair)
    wants_growth = operation is Operation.GROWTH and not is_percent(pair[0])
    same_thing_then = pair[0].period != pair[1].period
    if wants_growth and same_thing_then:
        return _said_backwards(scene, computed(scene, Op.GROWTH, pair), pair)
    contradicted = _contradicted(scene, pair)
    if contradicted is not None:
        return contradicted
    found = computed(scene, Op.DIFFERENCE, pair)
    cue = scene.question.cue(CueKind.DIFFERENCE)
    less = scene.intent.signed or (cue is not None and cue.text.startswith(_LESS))
    if less and found.value is not None and found.value < 0:
        return computed(scene, Op.DIFFERENCE, list(reversed(pair)))
    return _said_backwards(scene, found, pair)


def _contradicted(scene: Scene, pair: Sequence[Fact]) -> Finding | None:
    """That the first of two things has less where it is asked how much more it has, or the other way round."""
    text, cue = scene.question.text, scene.question.cue(CueKind.DIFFERENCE)
    names = {name_label(f) for f in pair}
    compared = _as_compared(scene, pair)
    if cue is None or (len(names) != len(pair) and compared is None) or not _THAN().search(text[: cue.start]):
        return None
    more, less = cue.text.startswith(_MORE), cue.text.startswith(_LESS)
    one, other = compared or sorted(pair, key=scene.first_place)
    values = comparable([one, other])
    if more == less or values[0].value == values[1].value or (values[0].value > values[1].value) == more:
        return None
    found = computed(scene, Op.DIFFERENCE, [other, one] if more else [one, other])
    a, b = scene.labels([one, other])
    formula = found.calculations[0].formula
    if scene.question.english:
        lead = (
            f"{one.metric}: {a} has {'less' if more else 'more'} than {b}, not {'more' if more else 'less'}: {formula}."
        )
    else:
        lead = f"{a}的{one.metric}并不比{b}{'多' if more else '少'}，而是{'少' if more else '多'}：{formula}。"
    return replace(found, kind=FindingKind.CORRECTION, lead=lead, value=None, unit="", verdict=False)


def two_things(scene: Scene) -> Finding | None:
    """The difference or ratio of two named things, of which one has 净营收 and the other 营收."""
    if len(scene.names) < 2:
        return None
    chosen, accounted = one_for_each_name(scene)
    if len(chosen) != 2 or not same_measure(*chosen) or hard_words(scene.examiner.open_words(accounted)):
        return None
    return pair_finding(scene, ordered(scene, chosen))


def two_prices(scene: Scene) -> Finding | None:
    """How much dearer or cheaper one of two named offers is, where the question does not say by which price.

    That is the one price that both have; of several the one of which the question says a part, else it must be asked.
    """
    cue = scene.question.cue(CueKind.DIFFERENCE)
    if cue is None or len(scene.names) != _PAIR or not any(word in cue.text for word in _DEARER):
        return None
    offers = {label: pair for label, pair in _prices(scene).items() if pair is not None}
    said = {label: sum(label[i : i + 2] in scene.question.text for i in range(len(label) - 1)) for label in offers}
    best = [label for label in offers if said[label] == max(said.values())]
    if not offers or hard_words(scene.examiner.open_words(scene.examiner.name_places)):
        return None
    if len(best) != 1:
        return missing(scene.topic, nearest=tuple(offers))
    return pair_finding(scene, ordered(scene, offers[best[0]] or []))


def _prices(scene: Scene) -> dict[str, list[Fact] | None]:
    """For each price that a table lists, those of the two names; None where one of them has not exactly one."""
    found: dict[str, list[list[Fact]]] = {}
    for fact in scene.pool.facts:
        if fact.table is None or not is_level(fact) or not isinstance(fact.value, Quantity):
            continue
        if fact.value.unit.dimension is not Dimension.MONEY:
            continue
        own = scene.examiner.examine(fact, scene.pool.row_text(fact)).names
        sides = found.setdefault(compact(fact.metric), [[], []])
        for number in range(_PAIR):
            if own == 1 << number:
                sides[number].append(fact)
    return {label: [a[0], b[0]] if len(a) == len(b) == 1 else None for label, (a, b) in found.items()}


def one_for_each_name(scene: Scene) -> tuple[list[Fact], int]:
    """A level figure for each name of the question that has one, and the places that these account for."""
    chosen: list[Fact] = []
    accounted = 0
    for number in range(len(scene.names)):
        choice = scene.choose(lambda f, n=number: _is_of(scene, f, n), fits=ends_only)  # type: ignore[misc]
        facts = [m for m in choice.members if is_figure(m.fact)] if choice is not None else []
        if not facts:
            continue
        accounted |= facts[0].support.together
        if facts[0].fact.id not in [f.id for f in chosen]:
            chosen.append(facts[0].fact)
    return chosen, accounted


def _is_of(scene: Scene, fact: Fact, number: int) -> bool:
    """Whether a level figure is about one of the question's names in particular."""
    if not is_level(fact) or fact.absence is not None:
        return False
    support = scene.examiner.examine(fact, scene.pool.row_text(fact))
    own = scene.examiner.cover(f"{fact.entity} {' '.join(v for _, v in fact.keys)} {fact.metric}")[1]
    return bool(support.names >> number & 1 and own >> number & 1)


def two_metrics(scene: Scene) -> Finding | None:
    """The difference or ratio of two metrics of one thing: 营收比预估值高多少."""
    found = [f for f in scene.families(is_level)[:12]]
    best: tuple[int, list[Fact]] | None = None
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            pair = _metric_pair(scene, one.members, other.members)
            if pair is not None and (best is None or pair[0] < best[0]):
                best = pair
    if best is None or best[0] > 0:
        return None
    return pair_finding(scene, ordered(scene, best[1]))


def _metric_pair(scene: Scene, ones: Sequence[Examined], others: Sequence[Examined]) -> tuple[int, list[Fact]] | None:
    best: tuple[int, list[Fact]] | None = None
    for a in ones:
        for b in others:
            if not _both_named(scene, a, b):
                continue
            open_size = sum(
                len(w) for w in hard_words(scene.examiner.open_words(a.support.together | b.support.together))
            )
            if best is None or open_size < best[0]:
                best = (open_size, [a.fact, b.fact])
    return best


def _both_named(scene: Scene, a: Examined, b: Examined) -> bool:
    """Whether both metrics are named by different words, and both figures are of the same report's clause or row."""
    if not isinstance(a.fact.value, Quantity) or not isinstance(b.fact.value, Quantity):
        return False
    if scene.periods and not (a.periods or b.periods):
        return False
    mine, theirs = a.support.label & ~b.support.label, b.support.label & ~a.support.label
    if not mine or not theirs or not same_measure(a.fact, b.fact):
        return False
    same_row = a.fact.table is not None and (a.fact.report, a.fact.table, a.fact.row) == (
        b.fact.report,
        b.fact.table,
        b.fact.row,
    )
    same_sentence = a.fact.table is None and b.fact.table is None and a.fact.text == b.fact.text
    return same_row or same_sentence
