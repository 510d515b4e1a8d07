"""Money said in another currency at the rate that the same report states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cloudqa.facts import Fact, FactQuery, FactSource
from cloudqa.facts.calculate import Figure, Op, calculate
from cloudqa.quantities import Dimension, Quantity, Unit, convert, find_unit
from cloudqa.questions.computing import finding_of
from cloudqa.questions.figures import quantity
from cloudqa.questions.finding import Finding
from cloudqa.questions.scene import Scene

_SCALES = {Decimal(1): "", Decimal(10**4): "万", Decimal(10**8): "亿"}
_CHINESE = {"人民币": "元", "CNY": "元", "RMB": "元"}
_SENTENCES = (FactSource.SENTENCE, FactSource.LIST)


def at_stated_rate(scene: Scene, facts: Sequence[Fact]) -> Finding | None:
    """A figure in the currency that the question wants, converted at the one rate that its report states.

    None where the report states no rate between the two currencies, or several different ones.
    """
    wanted = scene.question.wanted
    if wanted is None or not wanted.currency or len(facts) != 1 or not isinstance(facts[0].value, Quantity):
        return None
    fact = facts[0]
    own = quantity(fact).unit
    if own.dimension is not Dimension.MONEY or own.denominator is not None or not own.currency:
        return None
    rate = _rate(scene, fact.report, own.currency, wanted.currency)
    return None if rate is None else _converted(scene, fact, rate, wanted)


def _rate(scene: Scene, report: str, source: str, target: str) -> Fact | None:
    """The fact of a report that states what one unit of a currency is in the other; None if there is not just one."""
    stated = scene.store.find(FactQuery(reports=(report,), sources=_SENTENCES))
    rates = [f for f in stated if isinstance(f.value, Quantity) and _currencies(f.value.unit) == {source, target}]
    values = {(quantity(f).value, quantity(f).unit) for f in rates}
    return rates[0] if len(values) == 1 else None


def _currencies(unit: Unit) -> set[str]:
    """The two currencies of an exchange rate; empty for any other unit."""
    below = unit.denominator
    money = below is not None and {unit.dimension, below.dimension} == {Dimension.MONEY}
    return {unit.currency, below.currency} if money and below is not None else set()


def _converted(scene: Scene, fact: Fact, rate: Fact, wanted: Unit) -> Finding | None:
    own = quantity(fact)
    scale = wanted.scale if wanted.scale != 1 else own.unit.scale
    scale = scale if scale in _SCALES else Decimal(10**4)
    source = replace(own.unit, scale=scale, symbol=f"{_SCALES.get(scale, '')}{_named(own.unit)}")
    per = quantity(rate)
    below = per.unit.denominator
    if below is None or below.scale != 1 or per.unit.scale != 1:
        return None
    amount = Figure(convert(own.value, own.unit, source), source.symbol, fact.id)
    op = Op.PRODUCT if below.currency == own.unit.currency else Op.QUOTIENT
    result = f"{_SCALES.get(scale, '')}{_named(wanted)}"
    if find_unit(result) is None:
        return None
    digits = scene.question.digits if op is Op.PRODUCT else (scene.question.digits or 2)
    done = calculate(op, [amount, Figure(per.value, per.unit.symbol, rate.id)], result, decimals_shown=digits)
    found = finding_of(scene, done, [fact])
    caveat = f"按报告所述汇率折算：{rate.text.strip()}"
    english = f"Converted at the rate that the report states: {rate.text.strip()}"
    return replace(found, evidence=(fact, rate), caveats=(english if scene.question.english else caveat,))


def _named(unit: Unit) -> str:
    """The currency of a unit without its scale: 美元 of 百万美元."""
    bare = unit.symbol.lstrip("百千万亿")
    return _CHINESE.get(bare, bare)
