"""What a usage costs at listed prices, what a budget buys, and which offer is cheapest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cloudqa.facts import Fact
from cloudqa.facts.calculate import Calculation, Figure, Op, calculate
from cloudqa.quantities import Dimension, Qualifier, Quantity, Unit, convert, convertible, find_unit
from cloudqa.quantities.patterns import lazily
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
_KEPT = (Dimension.DATA_SIZE, Dimension.WEIGHT, Dimension.AREA)  # what is kept for a time, not used up at once
_FACTORS = 2  # amount and price
_ADDED = lazily("再加|加上|另加|连同|外加|以及|\\b(?:plus|together with)\\b")
_BUYING = lazily(r"(?:能|可以|可|够|最多)[^,，。]{0,4}(?:存|买|放|用|请求|下载|租)|\b(?:buy|store|afford)\b")


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
    return _is_budgeted(scene) or any(
        _prices(scene, q) for q in scene.question.amounts if q.unit.dimension is not Dimension.MONEY
    )


def _is_budgeted(scene: Scene) -> bool:
    """Whether it asks what a sum of money buys."""
    wanted = scene.question.wanted
    amount_wanted = wanted is not None and wanted.stated and wanted.dimension is not Dimension.MONEY
    buying = amount_wanted and _BUYING().search(scene.question.text) is not None
    return _budget(scene) is not None and (scene.question.has(CueKind.BUDGET) or buying)


def price(scene: Scene) -> Finding | None:
    """The cost of the usage asked for, or what the budget buys; None if the prices are not of what is asked."""
    budget = _budget(scene)
    if budget is not None and _is_budgeted(scene):
        return _affordable(scene, budget)
    amounts = [q for q in scene.question.amounts if q.unit.dimension is not Dimension.MONEY and _prices(scene, q)]
    lasting = [q for q in scene.question.amounts if q.unit.dimension in _PERIODS and q not in amounts]
    amounts = list({(q.value, q.unit): q for q in amounts}.values())
    chosen = [_chosen(scene, q) for q in amounts]
    if not amounts or not all(chosen) or len(lasting) > 1 or _shares_price(chosen) or _adds_another(scene, amounts):
        return None
    bills = _bills(scene, amounts, chosen)
    if lasting:
        bills = [b for b in (_lasting(scene, b, lasting[0]) for b in bills) if b is not None]
    if not bills or _unaccounted(scene, [f for b in bills for f in b.prices]) or _is_open(scene, amounts, bills):
        return None
    return _answer(scene, bills)


def _adds_another(scene: Scene, amounts: Sequence[Quantity]) -> bool:
    """Whether a second charge for the same amount is to be added (再加装卸费): more than one price is meant."""
    return len(amounts) == 1 and _ADDED().search(scene.question.text) is not None


def _shares_price(chosen: Sequence[list[Fact]]) -> bool:
    """Whether two amounts have one price, so that it is not told which offer each is of."""
    ids = [{f.id for f in facts} for facts in chosen]
    return any(one & other for i, one in enumerate(ids) for other in ids[i + 1 :])


def _billed_beside(scene: Scene, price: Fact) -> bool:
    """Whether another price of the same table is per a stretch of time, so that this one is not."""
    return any(
        isinstance(f.value, Quantity) and _billing_period(f.value.unit) is not None
        for f in scene.pool.facts
        if (f.report, f.table) == (price.report, price.table) and f.table is not None
    )


def _lasting(scene: Scene, bill: Bill, stretch: Quantity) -> Bill | None:
    """The bill for a stretch of time: of prices per month or day, and of prices whose billing period is not stated.

    Those count once a month, which the caveats say; None where prices are of uses that a stretch does not multiply,
    or where the stretch is no number of months.
    """
    times = [_times(quantity(p).unit, stretch) for p in bill.prices]
    if any(_billing_period(quantity(p).unit) is None and _billed_beside(scene, p) for p in bill.prices):
        return None
    if any(t is None for t in times):
        return None
    parts = tuple(_repeated(part, t) for part, t in zip(bill.parts, times, strict=True) if t is not None)
    results = [p.result for p in parts]
    total = parts[0] if len(parts) == 1 else calculate(Op.SUM, results, results[0].unit)
    return replace(bill, parts=parts, total=total)


def _times(unit: Unit, stretch: Quantity) -> Figure | None:
    """How often a price is due in a stretch of time."""
    billed = _billing_period(unit)
    below = unit.denominator
    if billed is not None:
        if not convertible(stretch.unit, billed):
            return None
        return Figure(convert(stretch.value, stretch.unit, billed), billed.symbol)
    month = find_unit("个月")
    if below is None or below.dimension not in _KEPT or month is None or not convertible(stretch.unit, month):
        return None
    months = convert(stretch.value, stretch.unit, month)
    return Figure(months, month.symbol) if months == months.to_integral_value() else None


def _repeated(part: Calculation, times: Figure) -> Calculation:
    if times.value == 1:
        return part
    return calculate(Op.PRODUCT, [*part.operands, times], part.result.unit)


def _is_open(scene: Scene, amounts: Sequence[Quantity], bills: Sequence[Bill]) -> bool:
    """Whether it is not settled at which of several prices of one offer a usage is to be paid."""
    prices = [f for b in bills for f in b.prices]
    offers = {(f.report, f.table, f.column, _offer(f), f.period) for f in prices if f.table is not None}
    chosen = scene.question.has(CueKind.MIN, CueKind.MAX, CueKind.WHICH, CueKind.EACH)
    return len(amounts) == 1 and not chosen and len(offers) < len(bills)


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
    for fact in prices:
        if len(prices) == 1 or scene.names:
            mask |= scene.examiner.cover(_told_of(scene, fact))[0]
    text = scene.question.text
    for start, end in places(scene.examiner.open_places(mask)):
        before = text[:start].removesuffix("的")
        named = bits(start, end) & scene.examiner.name_places or text[start:end].isascii()
        part = (
            mask & bits(end, end + 1) & ~scene.examiner.name_places
        )  # it goes on in a word for the offers: what sort of storage
        if not named and not part and any(q.end == len(before) for q in scene.question.amounts):
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
    if any(len(p.operands) > _FACTORS for b in bills for p in b.parts) and not all(
        _billing_period(quantity(f).unit) for f in prices
    ):
        caveats.append("Each month is counted once." if english else "这里按每月计费一次计算。")
    return tuple(dict.fromkeys(caveats))


def _price_caveats(prices: Sequence[Fact], *, english: bool) -> list[str]:
    caveats: list[str] = []
    if any(quantity(f).qualifier is Qualifier.FROM for f in prices):
        caveats.append("Prices are floor prices (from)." if english else "报告价格为起价（“起”），实际费用不低于此。")
    if not any(_billing_period(quantity(f).unit) for f in prices):
        caveats.append("The billing period is not stated." if english else "报告未说明计费周期。")
    return caveats


def _billing_period(unit: Unit) -> Unit | None:
    """The stretch of time that a price is per: the month of 元/GB/月; None where none is stated."""
    below = unit.denominator
    while below is not None:
        if below.dimension in _PERIODS:
            return replace(below, denominator=None)
        below = below.denominator
    return None


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
