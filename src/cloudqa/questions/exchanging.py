"""Money converted at the rate that a report states: 按文中汇率, 海外收入折合人民币占营业收入的百分之几."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloudqa.facts import Fact, FactQuery, FactSource
from cloudqa.facts.calculate import PERCENT, Calculation, Figure, Op, calculate, decimals
from cloudqa.facts.model import EXCHANGE_RATE
from cloudqa.quantities import Dimension, Quantity, Unit, convert, convertible, find_unit
from cloudqa.questions.choice import Choice, hard_words, is_level
from cloudqa.questions.computing import finding_of
from cloudqa.questions.cues import Cue, CueKind
from cloudqa.questions.figures import figure_in, quantity, trimmed
from cloudqa.questions.finding import Finding, Item, missing
from cloudqa.questions.phrase import bits
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import is_figure

_SCALES = {1: "", 1000: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿", 10**9: "十亿"}
_MOST_PLACES, _PLACES = 6, 2  # a quotient with more decimals does not end and is said with two
_HOME = ("CNY", "元")


@dataclass(frozen=True, slots=True)
class _Converted:
    """A figure in another currency, with how it came about and the facts that prove it."""

    done: Calculation
    unit: Unit
    facts: tuple[Fact, ...]


def exchange(scene: Scene) -> Finding | None:
    """The figure asked for at the rate stated, or its share of another figure; a refusal where there is no one rate."""
    share = scene.question.cue(CueKind.SHARE)
    if share is not None:
        return _share(scene, share)
    choice = _money(scene, scene.question.everything)
    if choice is None or scene.hard_open(choice) or not choice.members:
        return None
    converted = _converted(scene, choice.members[0].fact)
    if converted is None or isinstance(converted, Finding):
        return converted
    done, unit = converted.done, _wanted(scene, converted.unit)
    found = finding_of(scene, done, [choice.members[0].fact])
    value = trimmed(convert(done.result.value, converted.unit, unit))
    result = Item("", value, unit.symbol, None, _PLACES if decimals(value) > _MOST_PLACES else None)
    operands = found.items[1:]
    return replace(
        found, items=(result, *operands), value=value, unit=unit.symbol, places=None, evidence=converted.facts
    )


def _share(scene: Scene, cue: Cue) -> Finding | None:
    part, whole = _money(scene, bits(0, cue.start)), _money(scene, bits(cue.end, len(scene.question.text)))
    if part is None or whole is None or not part.members or not whole.members:
        return None
    if hard_words(scene.examiner.open_words(part.accounted | whole.accounted)):
        return None
    own, other = part.members[0].fact, whole.members[0].fact
    currency = quantity(other).unit.currency
    converted = _converted(scene, own, currency)
    if converted is None or isinstance(converted, Finding):
        return converted
    target = quantity(other).unit
    if not convertible(converted.unit, target):
        return None
    in_target = Figure(convert(converted.done.result.value, converted.unit, target), target.symbol)
    operands = [in_target, figure_in(other, target)]
    done = calculate(Op.SHARE, operands, PERCENT, decimals_shown=scene.question.digits)
    found = finding_of(scene, done, [own])
    return replace(
        found,
        items=(found.items[0],),
        calculations=(converted.done, done),
        evidence=(*converted.facts, other),
    )


def _money(scene: Scene, places: int) -> Choice | None:
    """The amounts of money of the metric that a part of the question names."""
    choice = scene.choose(
        lambda f: (
            is_level(f)
            and f.metric != EXCHANGE_RATE
            and _is_money(f)
            and bool(scene.examiner.cover(f.metric)[0] & places)
        ),
        ignored=scene.question.everything & ~places,
    )
    return choice


def _is_money(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and fact.value.unit.dimension is Dimension.MONEY and is_figure(fact)


def _converted(scene: Scene, fact: Fact, currency: str = "") -> _Converted | Finding | None:
    """The figure at the one rate stated for its currency; None where it needs none, a refusal where there is none."""
    own = quantity(fact)
    currency = currency or _currency_asked(scene)
    rates = _rates(scene, fact, currency)
    if own.unit.currency == currency:
        return None
    if len({quantity(r).value for r in rates}) != 1:
        said = tuple(dict.fromkeys(f"{r.printed}" for r in rates))
        return missing(f"{own.unit.symbol} {EXCHANGE_RATE}", nearest=said)
    rate = rates[0]
    below = quantity(rate).unit.denominator
    assert below is not None
    op = Op.PRODUCT if below.currency == own.unit.currency else Op.QUOTIENT
    numerator = quantity(rate).unit.numerator
    unit = _scaled(own.unit, numerator if op is Op.PRODUCT else below)
    if unit is None:
        return None
    operands = [
        Figure(own.value, own.unit.symbol, fact.id),
        Figure(quantity(rate).value, quantity(rate).unit.symbol, rate.id),
    ]
    return _Converted(calculate(op, operands, unit.symbol), unit, (fact, rate))


def _rates(scene: Scene, fact: Fact, currency: str) -> Sequence[Fact]:
    """The rates stated between two currencies, those of the figure's own report where it has one."""
    pair = {quantity(fact).unit.currency, currency}
    stated = scene.store.find(FactQuery(metrics=(EXCHANGE_RATE,), sources=(FactSource.SENTENCE,)))
    found = [f for f in stated if is_figure(f) and pair == _currencies(quantity(f).unit)]
    return [f for f in found if f.report == fact.report] or found


def _currencies(unit: Unit) -> set[str]:
    return {unit.numerator.currency, unit.denominator.currency if unit.denominator is not None else ""}


def _currency_asked(scene: Scene) -> str:
    """The currency that the question wants; that of the country where it does not say."""
    wanted = scene.question.wanted
    if wanted is not None and wanted.dimension is Dimension.MONEY and wanted.currency:
        return wanted.currency
    return _HOME[0]


def _scaled(unit: Unit, plain: Unit) -> Unit | None:
    """The unit of another currency on the scale of a unit: 百万元 for 百万美元."""
    word = _HOME[1] if plain.currency == _HOME[0] else plain.symbol
    scale = _SCALES.get(int(unit.scale))
    return find_unit(f"{scale}{word}") if scale is not None else None


def _wanted(scene: Scene, unit: Unit) -> Unit:
    wanted = scene.question.wanted
    return wanted if wanted is not None and wanted.stated and convertible(wanted, unit) else unit
