"""What a usage costs at listed prices, what a budget buys, and which offer is cheapest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation, Figure, Op, calculate
from cloudqa.quantities import Dimension, Qualifier, Quantity, Unit, convert, convertible
from cloudqa.questions.choice import hard_words, is_level
from cloudqa.questions.cues import CueKind
from cloudqa.questions.figures import quantity, trimmed
from cloudqa.questions.finding import Finding, FindingKind, Item
from cloudqa.questions.labels import name_label
from cloudqa.questions.operands import merged
from cloudqa.questions.phrase import bits, places
from cloudqa.questions.scene import Scene
from cloudqa.questions.selection import closest, families, matches_period

_PERIODS = (Dimension.CALENDAR, Dimension.DURATION)


@dataclass(frozen=True, slots=True)
class Bill:
    """What one offer costs.

    Attributes:
        label: The offer.
        prices: The prices used, in the order of the amounts.
        parts: Amount times price, one for each amount.
        total: Their sum.
    """

    label: str
    prices: tuple[Fact, ...]
    parts: tuple[Calculation, ...]
    total: Calculation

    @property
    def amount(self) -> Decimal:
        """What it costs in all."""
        return self.total.result.value


def is_priced(scene: Scene) -> bool:
    """Whether the question names an amount that has a price per unit, or a budget for one."""
    return any(_prices(scene, q) for q in scene.question.amounts if q.unit.dimension is not Dimension.MONEY) or (
        scene.question.has(CueKind.BUDGET) and _budget(scene) is not None
    )


def price(scene: Scene) -> Finding | None:
    """The cost of the usage asked for, or what the budget buys; None if the prices are not of what is asked."""
    budget = _budget(scene)
    if budget is not None and scene.question.has(CueKind.BUDGET):
        return _affordable(scene, budget)
    amounts = [q for q in scene.question.amounts if q.unit.dimension is not Dimension.MONEY and _prices(scene, q)]
    chosen = [_chosen(scene, q) for q in amounts]
    if not amounts or not all(chosen):
        return None
    bills = _bills(scene, amounts, chosen)
    if not bills or _unaccounted(scene, [f for b in bills for f in b.prices]):
        return None
    return _answer(scene, bills)


def _budget(scene: Scene) -> Quantity | None:
    return next((q for q in scene.question.amounts if q.unit.dimension is Dimension.MONEY), None)


def _prices(scene: Scene, amount: Quantity) -> bool:
    accept = _priced_per(amount.unit)
    return any(accept(f) for f in scene.pool.facts)


def _priced_per(unit: Unit | None) -> Callable[[Fact], bool]:
    """Prices per something that the unit can be counted in; any price per something for None."""

    def accept(fact: Fact) -> bool:
        if fact.absence is not None or not is_level(fact):
            return False
        own = quantity(fact).unit
        if own.dimension is not Dimension.MONEY or own.denominator is None:
            return False
        below = replace(own.denominator, denominator=None)
        return unit is None or (unit.stated and convertible(unit, below))

    return accept


def _chosen(scene: Scene, amount: Quantity) -> list[Fact]:
    """The prices for an amount: of the metric that fits the question best, for each offer named."""
    return _best_prices(scene, _priced_per(amount.unit))


def _best_prices(scene: Scene, accept: Callable[[Fact], bool]) -> list[Fact]:
    found = families(scene.examiner, scene.pool, matches_period, accept)
    if not found:
        return []
    members = closest(found[0].members)
    if scene.question.has(CueKind.MIN, CueKind.MAX, CueKind.WHICH):
        members = list(found[0].members)
    return [g[0] for g in merged(m.fact for m in members)]


def _unaccounted(scene: Scene, prices: Sequence[Fact]) -> bool:
    """Whether the question says something that neither the prices nor anything else told of the offers accounts for."""
    mask = 0
    for fact in prices:
        mask |= scene.examiner.examine(fact, scene.pool.row_text(fact)).together
        mask |= scene.examiner.cover(_told_of(scene, fact))[0]
    text = scene.question.text
    for start, end in places(scene.examiner.open_places(mask)):
        before = text[:start].removesuffix("的")
        if any(q.end == len(before) for q in scene.question.amounts):
            mask |= bits(start, end)  # what the amount is of: 200吨货物
    return bool(hard_words(scene.examiner.open_words(mask)))


def _told_of(scene: Scene, fact: Fact) -> str:
    """Everything that the fact's table tells of the same offer."""
    return " ".join(
        f.printed
        for f in scene.pool.facts
        if f.table == fact.table and f.report == fact.report and f.entity == fact.entity and isinstance(f.value, str)
    )


def _bills(scene: Scene, amounts: Sequence[Quantity], chosen: Sequence[list[Fact]]) -> list[Bill]:
    """One bill for each offer that has a price for every amount."""
    bills: list[Bill] = []
    labels = _offer_labels(scene, chosen[0])
    for label, first in zip(labels, chosen[0], strict=True):
        prices = [first]
        for others in chosen[1:]:
            match = next((f for f in others if _offer(f) == _offer(first)), None)
            if match is not None:
                prices.append(match)
        if len(prices) == len(amounts):
            parts = tuple(_part(a, p) for a, p in zip(amounts, prices, strict=True))
            total = parts[0] if len(parts) == 1 else calculate(Op.SUM, [p.result for p in parts], parts[0].result.unit)
            bills.append(Bill(label, tuple(prices), parts, total))
    return bills


def _offer(fact: Fact) -> str:
    return fact.entity or name_label(fact)


def _offer_labels(scene: Scene, prices: Sequence[Fact]) -> list[str]:
    offers = [_offer(f) for f in prices]
    return offers if len(set(offers)) == len(offers) else scene.labels(prices)


def _part(amount: Quantity, priced: Fact) -> Calculation:
    own = quantity(priced)
    below = own.unit.denominator
    assert below is not None
    per = replace(below, denominator=None)
    counted = convert(amount.value, amount.unit, per)
    unit = own.unit.numerator.symbol
    return calculate(Op.PRODUCT, [Figure(counted, per.symbol), Figure(own.value, own.unit.symbol, priced.id)], unit)


def _answer(scene: Scene, bills: Sequence[Bill]) -> Finding:
    caveats = _caveats(scene, bills)
    evidence = tuple(f for b in bills for f in b.prices)
    if scene.question.has(CueKind.MIN, CueKind.LOWER) and len(bills) > 1 and not scene.question.has(CueKind.DIFFERENCE):
        bills = sorted(bills, key=lambda b: b.amount)
        return _list(scene, bills, evidence, caveats, FindingKind.RANKING)
    if len(bills) == 2 and scene.question.has(CueKind.DIFFERENCE):
        return _difference(bills, evidence, caveats)
    if len(bills) > 1:
        return _list(scene, bills, evidence, caveats, FindingKind.SERIES)
    bill = bills[0]
    steps = (*bill.parts, bill.total) if len(bill.parts) > 1 else bill.parts
    result = bill.total.result
    return Finding(
        FindingKind.FIGURE,
        bill.label,
        (Item("", trimmed(result.value), result.unit),),
        trimmed(result.value),
        result.unit,
        calculations=steps,
        evidence=evidence,
        caveats=caveats,
    )


def _difference(bills: Sequence[Bill], evidence: tuple[Fact, ...], caveats: tuple[str, ...]) -> Finding:
    dearer, cheaper = sorted(bills, key=lambda b: -b.amount)
    done = calculate(Op.DIFFERENCE, [dearer.total.result, cheaper.total.result], dearer.total.result.unit)
    steps = [s for b in (dearer, cheaper) for s in ((*b.parts, b.total) if len(b.parts) > 1 else b.parts)]
    return Finding(
        FindingKind.FIGURE,
        f"{dearer.label} − {cheaper.label}",
        (Item("", trimmed(done.result.value), done.result.unit),),
        trimmed(done.result.value),
        done.result.unit,
        calculations=(*steps, done),
        evidence=evidence,
        caveats=caveats,
    )


def _list(
    scene: Scene, bills: Sequence[Bill], evidence: tuple[Fact, ...], caveats: tuple[str, ...], kind: FindingKind
) -> Finding:
    items = tuple(Item(b.label, trimmed(b.amount), b.total.result.unit) for b in bills)
    lowest = trimmed(bills[0].amount) if kind is FindingKind.RANKING else None
    return Finding(
        kind, "", items, lowest, items[0].unit if lowest is not None else "", evidence=evidence, caveats=caveats
    )


def _caveats(scene: Scene, bills: Sequence[Bill]) -> tuple[str, ...]:
    english = scene.question.english
    prices = [f for b in bills for f in b.prices]
    caveats = _price_caveats(prices, english=english)
    for amount in scene.question.amounts:
        used = [p.operands[0] for b in bills for p in b.parts]
        if amount.unit.dimension is Dimension.DATA_SIZE and not any(amount.value == o.value for o in used):
            caveats.append("1 TB = 1,024 GB." if english else "按1TB=1024GB换算。")
    return tuple(dict.fromkeys(caveats))


def _price_caveats(prices: Sequence[Fact], *, english: bool) -> list[str]:
    caveats: list[str] = []
    if any(quantity(f).qualifier is Qualifier.FROM for f in prices):
        caveats.append("Prices are floor prices (from)." if english else "报告价格为起价（“起”），实际费用不低于此。")
    if not any(_period_of_billing(quantity(f).unit) for f in prices):
        caveats.append("The billing period is not stated." if english else "报告未说明计费周期。")
    return caveats


def _period_of_billing(unit: Unit) -> bool:
    below = unit.denominator
    while below is not None:
        if below.dimension in _PERIODS:
            return True
        below = below.denominator
    return False


def _affordable(scene: Scene, budget: Quantity) -> Finding | None:
    """How much of something a budget buys."""
    wanted = scene.question.wanted
    unit = wanted if wanted is not None and wanted.stated and wanted.dimension is not Dimension.MONEY else None
    prices = [f for f in _best_prices_for_budget(scene, unit) if convertible(budget.unit, quantity(f).unit.numerator)]
    if len(prices) != 1 or _unaccounted(scene, prices):
        return None
    fact = prices[0]
    own = quantity(fact)
    below = own.unit.denominator
    assert below is not None
    money = convert(budget.value, budget.unit, own.unit.numerator)
    done = calculate(
        Op.QUOTIENT,
        [Figure(money, own.unit.numerator.symbol), Figure(own.value, own.unit.symbol, fact.id)],
        below.symbol,
    )
    caveats = tuple(_price_caveats([fact], english=scene.question.english))
    return Finding(
        FindingKind.FIGURE,
        _offer(fact),
        (Item("", done.result.value, done.result.unit, None, 2),),
        done.result.value,
        done.result.unit,
        2,
        (done,),
        (fact,),
        caveats=caveats,
    )


def _best_prices_for_budget(scene: Scene, unit: Unit | None) -> list[Fact]:
    found = families(scene.examiner, scene.pool, matches_period, _priced_per(unit))
    return [g[0] for g in merged(m.fact for m in closest(found[0].members))] if found else []
