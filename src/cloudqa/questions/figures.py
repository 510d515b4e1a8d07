"""Figures of facts as operands: value, unit, hedge, and conversion to the unit a question wants."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import POINTS, Figure, decimals
from cloudqa.quantities import Dimension, Qualifier, Quantity, Unit, UnitMismatchError, convert, convertible, find_unit
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.cues import CueKind
from cloudqa.questions.finding import Item
from cloudqa.questions.reading import Question

_PLAIN_MONEY = "元"
_EACH = lazily(
    r"每(?:1|一)?(?:个|名|位|户)?(?P<kind>付费|活跃|注册)?(?P<noun>用户|客户|户|人|件|次|台|套|平方米|平米|gb|tb)"
)


def quantity(fact: Fact) -> Quantity:
    """The figure of a fact that states one.

    Raises:
        TypeError: It states a date or text.
    """
    if not isinstance(fact.value, Quantity):
        raise TypeError(f"{fact.id} states no figure")
    return fact.value


def figure(fact: Fact) -> Figure:
    """The figure of a fact as an operand, in its own unit."""
    q = quantity(fact)
    return Figure(q.value, q.unit.symbol, fact.id)


def figure_in(fact: Fact, unit: Unit) -> Figure:
    """The figure of a fact in another unit.

    Raises:
        UnitMismatchError: The units do not convert.
    """
    q = quantity(fact)
    if q.unit == unit:
        return figure(fact)
    return Figure(convert(q.value, q.unit, unit), unit.symbol, fact.id)


def comparable(facts: list[Fact]) -> tuple[Figure, ...]:
    """The figures in one unit, that of the first.

    Raises:
        UnitMismatchError: They measure different things or are in different currencies.
    """
    first = quantity(facts[0]).unit
    return tuple(figure_in(f, first) for f in facts)


def same_measure(one: Fact, other: Fact) -> bool:
    """Whether two facts can be added or compared."""
    return convertible(quantity(one).unit, quantity(other).unit)


def is_percent(fact: Fact) -> bool:
    """Whether the figure is a share or rate."""
    return quantity(fact).unit.dimension is Dimension.PERCENT


def difference_unit(fact: Fact) -> str:
    """The unit of a difference: percentage points for percentages."""
    return POINTS if is_percent(fact) else quantity(fact).unit.symbol


def hedge(fact: Fact, *, english: bool = False) -> str:
    """What must be said beside the figure: 起, 约, 近, 超过, 预计; "" if nothing."""
    q = quantity(fact)
    words = []
    if fact.forecast or q.expected:
        words.append("expected" if english else "预计")
    if q.qualifier is not None and q.qualifier is not Qualifier.EXPECTED:
        words.append(_ENGLISH_HEDGES.get(q.qualifier, "") if english else q.qualifier.value)
    return " ".join(w for w in words if w)


_ENGLISH_HEDGES = {
    Qualifier.ABOUT: "about",
    Qualifier.NEAR: "nearly",
    Qualifier.OVER: "more than",
    Qualifier.AT_LEAST: "at least",
    Qualifier.FROM: "from",
    Qualifier.UNDER: "less than",
    Qualifier.AT_MOST: "at most",
}


def item(fact: Fact, question: Question, label: str = "") -> Item:
    """The value of a fact as it is to be said: in the unit the question wants where that can be had."""
    if fact.absence is not None:
        return Item(label, "no figure" if question.english else "无数据", "", fact)
    if not isinstance(fact.value, Quantity):
        return Item(label, fact.printed, "", fact)
    note = hedge(fact, english=question.english)
    target = target_unit(fact, question)
    own = Item(label, fact.value.value, fact.value.unit.symbol, fact, None, note)
    if target is None or target.symbol == fact.value.unit.symbol:
        return own
    try:
        converted = convert(fact.value.value, fact.value.unit, target)
    except UnitMismatchError:
        return own
    return replace(own, value=trimmed(converted), unit=target.symbol)


def target_unit(fact: Fact, question: Question) -> Unit | None:
    """The unit to say the figure in: the one asked for, per the same thing as the figure's own; None for its own."""
    wanted = question.wanted
    own = quantity(fact).unit
    if wanted is None or not wanted.stated or wanted.dimension is Dimension.PERCENTAGE_POINT:
        return None
    if own.denominator is not None and wanted.denominator is None:
        per = _EACH().search(question.text) if "每" in question.text else None
        below = find_unit(per["noun"]) if per is not None else None
        if per is None or below is None or not convertible(replace(own.denominator, denominator=None), below):
            below = own.denominator
        named = replace(below, symbol=per["noun"]) if per is not None and below is not own.denominator else below
        wanted = replace(wanted, denominator=named, symbol=f"{wanted.symbol}/{named.symbol}")
    if not convertible(own, wanted) or own.dimension in (Dimension.COUNT, Dimension.PEOPLE, Dimension.PERCENT):
        return None
    return None if _names_only_currency(own, wanted, question) else wanted


def _names_only_currency(own: Unit, wanted: Unit, question: Question) -> bool:
    """Whether 多少美元 says in which currency, not on which scale: 亿美元 stays as printed; 折合多少元 asks for 元."""
    if own.dimension is not Dimension.MONEY or own.denominator is not None:
        return False
    converted = question.has(CueKind.IN_UNIT) and wanted.symbol == _PLAIN_MONEY
    return wanted.scale == 1 and own.scale > 1 and not converted


def trimmed(value: Decimal) -> Decimal:
    """A converted value without zeros at its end and with at most twelve decimals."""
    value = value.quantize(Decimal(1).scaleb(-12)) if decimals(value) > 12 else value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
