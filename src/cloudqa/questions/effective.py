"""Prices with effective dates: the one in force on the day asked, never before it applies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cloudqa.facts import Fact
from cloudqa.facts.measures import Side, side_of
from cloudqa.language import normalise
from cloudqa.quantities import Dimension, Period, PeriodKind, PeriodMention, Quantity, find_periods, parse_period
from cloudqa.questions.finding import Finding, FindingKind
from cloudqa.questions.labels import printed_with_unit
from cloudqa.questions.phrase import compact
from cloudqa.questions.pool import Pool
from cloudqa.questions.reading import Question
from cloudqa.questions.sameness import Key, same_owner, series_key
from cloudqa.questions.view import View

_DATE = r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
_FROM = re.compile(
    rf"(?:自|从|于)?\s*(?P<date>{_DATE})\s*(?:零时|0时|0点)?\s*(?:起|开始|之后|生效|执行|实施|施行|实行)"
    rf"|(?:生效|执行|实施|施行|起始|启用|调价)(?:日期?|时间)[:：为是]*\s*(?P<told>{_DATE})"
    r"|(?:effective|as of|from|since)\s+(?P<iso>(?:19|20)\d\d-\d{2}(?:-\d{2})?)"
)
_UNTIL = re.compile(rf"(?:至|到|截止)\s*(?P<date>{_DATE})\s*(?:止|为止|前有效|到期|结束)")
_PRICE = re.compile(r"价|资费|费率|收费|费用标准|运费|租金|price|rate|fee|tariff")
_ASKS_PRICE = re.compile(rf"{_PRICE.pattern}|多少钱|贵|便宜|how much|cost", re.IGNORECASE)
_ANY_PRICE = re.compile(
    r"(?:标准|目录|挂牌|执行|统一|基准|平均)?(?:单价|价格|价|资费|费率|收费标准|收费|调价|[新原现报售标定旧]价)"
)
_DAY_COLUMN = re.compile("(?:生效|执行|实施|施行|起始|启用|调价|调整|起效)(?:日期?|时间)|effective", re.IGNORECASE)
_MONEY = re.compile(r"\d\s*(?:[万亿]?元|美元|欧元|港元|日元|usd|rmb|\$)")
_TELLING = 3
_NEAR_CHARS = 500

_Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """A price with the days on which it holds.

    Attributes:
        fact: The price.
        since: First day, None where none is stated.
        until: Last day, None where none is stated.
        told: How the report says since when.
        replaced: It held until the change of which its column says what was before (调整前).
    """

    fact: Fact
    since: _Day | None
    until: _Day | None
    told: str = ""
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """Which prices of a pool are in force.

    Attributes:
        chosen: Offer by id of its fact, of those in force.
        before: Offers asked for a day before any is in force.
        next: For an offer in force by id the one that follows it, where an issue announces one.
        asked: The days asked for, None where the question names none.
        priced: The question asks for a price.
    """

    chosen: dict[str, Offer]
    before: tuple[Offer, ...] = ()
    next: dict[str, Offer] | None = None
    asked: tuple[Period, ...] = ()
    priced: bool = False

    def noted(self, finding: Finding, view: View, *, english: bool) -> Finding:
        """The finding with the day from which its prices hold; a refusal for a day before any holds."""
        used = [self.chosen[f.id] for f in finding.evidence if f.id in self.chosen]
        if finding.kind is FindingKind.MISSING:
            first = min(self.before, key=lambda o: o.since or (0, 0, 0), default=None)
            if first is None or not self.priced:
                return finding
            return replace(finding, nearest=(_first(first, english=english),))
        notes = [_since(o, view, english=english, asked=bool(self.asked)) for o in used if o.since is not None]
        following = [self.next[o.fact.id] for o in used if self.next and o.fact.id in self.next]
        notes += [_following(o, english=english) for o in following]
        return replace(finding, caveats=(*finding.caveats, *dict.fromkeys(notes)))


def in_force(pool: Pool, question: Question, view: View) -> tuple[Pool, InForce]:
    """The pool with those prices only that are in force on the days asked for, or at the newest issue's date.

    A price table or sentence without an effective date counts from its issue on. Prices of which no issue states an
    effective date are left as they are.

    Args:
        pool: The facts.
        question: The question; a period in it is when the price is asked for.
        view: The issues.
    """
    days = _days_of_rows(pool)
    offers = [_offer(f, view, days) for f in pool.facts if is_price(f)]
    groups = [g for g in _groups(offers) if any(o.since is not None for o in g)]
    if not groups:
        return pool, InForce({})
    asked = tuple(m for m in question.periods if m.period is not None and m.period.kind is not PeriodKind.RANGE)
    replaced: dict[str, list[Fact]] = {}
    chosen: dict[str, Offer] = {}
    before: list[Offer] = []
    following: dict[str, Offer] = {}
    for group in groups:
        _choose(_in_order(group, view), asked, view, replaced, chosen, before, following)
    of_groups = {o.fact.id for group in groups for o in group}
    facts = [g for f in pool.facts for g in (replaced.get(f.id, []) if f.id in of_groups else [f])]
    periods = tuple(m.period for m in asked if m.period is not None)
    return Pool(tuple(facts), pool.rows, pool.whole), InForce(
        chosen, tuple(before), following, periods, _ASKS_PRICE.search(question.text) is not None
    )


def without_tiers(question: Question, pool: Pool) -> Question:
    """The question without those amounts that only name a row of a price list: 单价 of 100吨及以下.

    They are part of the row's label, and no usage that is to be priced.
    """
    if not question.amounts:
        return question
    labels = {compact(v) for f in pool.facts if f.table is not None and is_price(f) for _, v in f.keys}
    found = [question.text.find(label) for label in labels if label and label in question.text]
    spans = [
        (at, at + len(label)) for at, label in zip(found, (x for x in labels if x and x in question.text), strict=True)
    ]
    kept = tuple(
        a
        for a in question.amounts
        if not any(s <= a.start and a.end <= e and e - s > a.end - a.start for s, e in spans)
    )
    return replace(question, amounts=kept) if len(kept) != len(question.amounts) else question


def is_price(fact: Fact) -> bool:
    """Whether a fact states a price: money per something, or money under a word for a price."""
    if not isinstance(fact.value, Quantity) or fact.value.unit.dimension is not Dimension.MONEY:
        return False
    return fact.value.unit.denominator is not None or _PRICE.search(fact.metric) is not None


def _days_of_rows(pool: Pool) -> dict[tuple[str, int | None, int | None], _Day]:
    """For each table row with a column for it the day from which the row holds."""
    return {
        (f.report, f.table, f.row): f.value.span[0]
        for f in pool.facts
        if f.table is not None and isinstance(f.value, Period) and _DAY_COLUMN.search(f.metric)
    }


def _groups(offers: Iterable[Offer]) -> list[list[Offer]]:
    """Offers of one price: of the same thing, in the same unit, in tables of the same owner."""
    found: dict[object, list[list[Offer]]] = {}
    for offer in offers:
        key = _price_key(offer.fact)
        if key is None:
            continue
        lists = found.setdefault(key, [])
        own = next((g for g in lists if same_owner(g[0].fact, offer.fact)), None)
        if own is None:
            lists.append([offer])
        else:
            own.append(offer)
    return [group for lists in found.values() for group in lists]


def _price_key(fact: Fact) -> Key | None:
    """What the prices of one thing have in common, whatever a column calls them (单价, 新价)."""
    key = series_key(fact)
    unit = fact.value.unit.symbol if isinstance(fact.value, Quantity) else ""
    label = compact(fact.metric)
    if key is None:
        return (fact.report, label, unit) if len(label) >= _TELLING and not _ANY_PRICE.fullmatch(label) else None
    return ("" if _ANY_PRICE.fullmatch(label) else label, *key[1:], unit)


def _choose(
    group: Sequence[Offer],
    asked: Sequence[PeriodMention],
    view: View,
    replaced: dict[str, list[Fact]],
    chosen: dict[str, Offer],
    before: list[Offer],
    following: dict[str, Offer],
) -> None:
    """Keep of one price's offers those in force on each day asked for."""
    days: list[Period | None] = [m.period for m in asked] or [None]
    metric = next((o.fact.metric for o in group if side_of(o.fact.relative) is None), group[-1].fact.metric)
    for number, period in enumerate(days):
        day = _first_day(period) if period is not None else _last_day_of(view.date)
        offer = _at(group, day)
        begin = [o for o in group if period is not None and o.since is not None and day < o.since <= period.span[1]]
        if offer is None and len(begin) == 1:
            offer = begin[0]  # it begins within the time asked for, which is said
        if offer is None and period is None:
            offer = group[0]  # announced, and not in force yet: said with its date
        if offer is None:
            before.append(group[0])
            continue
        fact = replace(offer.fact, period=period, relative="", metric=metric)
        if number:
            fact = replace(fact, id=f"{fact.id}@{number}")
        replaced.setdefault(offer.fact.id, []).append(fact)
        chosen[fact.id] = replace(offer, fact=fact)
        at = group.index(offer)
        if at + 1 < len(group) and (period is None or group[at + 1] in begin):
            following[fact.id] = group[at + 1]


def _in_order(group: Iterable[Offer], view: View) -> list[Offer]:
    """Offers by their first day; of several for one day only the one of the newest issue.

    One without a day counts from its issue on.
    """
    by_day: dict[_Day, Offer] = {}
    offers = list(group)
    for offer in sorted((o for o in offers if not _is_known_better(o, offers)), key=lambda o: view.age(o.fact.report)):
        since = (0, 0, 0) if offer.replaced else offer.since or _issue_day(offer.fact.report, view)
        by_day[since] = replace(offer, since=offer.since)
    return [by_day[day] for day in sorted(by_day)]


def _is_known_better(offer: Offer, offers: Sequence[Offer]) -> bool:
    """Whether a price that a change replaced is stated elsewhere with the day it began."""
    own = (offer.fact.report, offer.fact.table, offer.fact.text)
    return offer.replaced and any(
        o.since is not None
        and (offer.until is None or o.since < offer.until)
        and (o.fact.report, o.fact.table, o.fact.text) != own
        for o in offers
    )


def _at(group: Sequence[Offer], day: _Day) -> Offer | None:
    """The last offer that has begun on a day and has not ended."""
    begun = [o for o in group if (o.since or (0, 0, 0)) <= day]
    if not begun:
        return None
    last = begun[-1]
    return last if last.until is None or day <= last.until else None


def _offer(fact: Fact, view: View, days: Mapping[tuple[str, int | None, int | None], _Day]) -> Offer:
    """The price with the days that its row, its sentence, its caption, headings or the text above its table say."""
    if fact.table is None:
        return _of_sentence(fact)
    of_row = days.get((fact.report, fact.table, fact.row))
    own = Offer(fact, of_row, None) if of_row is not None else _read(fact, [*fact.context, *fact.section])
    offer = own if own.since is not None else _read(fact, [_above(fact, view)])
    replaced = side_of(fact.relative) is Side.BEFORE
    return Offer(fact, None, offer.since, replaced=True) if replaced and offer.since is not None else offer


def _of_sentence(fact: Fact) -> Offer:
    """The price with the day its sentence says; one that stands before the day of another one held until then."""
    offer = _read(fact, [fact.text])
    text = normalise(fact.text).text
    at = text.find(normalise(fact.printed).text)
    dates = list(_FROM.finditer(text))
    if offer.since is None or at < 0 or any(m.start() <= at for m in dates):
        return (
            replace(offer, since=None, until=offer.since, replaced=True)
            if fact.relative == "由" and offer.since
            else offer
        )
    after = text[dates[0].end() :]
    return Offer(fact, None, offer.since, replaced=True) if _MONEY.search(after) else offer


def _above(fact: Fact, view: View) -> str:
    """The text of the fact's section before its table."""
    if view.text_of is None:
        return ""
    text = view.text_of(fact.report)
    at = min((s.start for s in fact.headers), default=fact.place.start)
    start = max(0, at - _NEAR_CHARS)
    lines = text[start:at].splitlines(keepends=True)
    heading = fact.section[-1] if fact.section else ""
    titles = [n for n, line in enumerate(lines) if heading and line.rstrip("# \r\n").endswith(heading)]
    return "".join(lines[titles[-1] + 1 :] if titles else lines)


def _read(fact: Fact, texts: Iterable[str]) -> Offer:
    for text in texts:
        found, until = _days_in(text)
        if found:
            _, told = _meant(found, fact, text)
            return Offer(fact, _day(told), until, told)
    return Offer(fact, None, None)


@lru_cache(maxsize=1024)
def _days_in(text: str) -> tuple[tuple[tuple[int, str], ...], _Day | None]:
    """Where a text says from which days something holds, and how; and its last day, None where it says none."""
    normal = normalise(text).text
    found = tuple((m.start(), next(g for g in m.group("date", "told", "iso") if g)) for m in _FROM.finditer(normal))
    until = _UNTIL.search(normal) if found else None
    return found, _last(until["date"]) if until is not None else None


def _meant(found: Sequence[tuple[int, str]], fact: Fact, text: str) -> tuple[int, str]:
    """Of several dates the last one before the figure; of those above a table the last."""
    if fact.table is not None:
        return found[-1]
    at = normalise(text).text.find(normalise(fact.printed).text)
    return next((day for day in reversed(found) if day[0] <= at), found[0])


def _day(text: str) -> _Day | None:
    period = _period(text)
    return period.span[0] if period is not None else None


def _last(text: str) -> _Day | None:
    period = _period(text)
    return period.span[1] if period is not None else None


def _period(text: str) -> Period | None:
    body = "".join(text.split())
    parsed = parse_period(body)
    return parsed or next((m.period for m in find_periods(body) if m.period is not None), None)


def _first_day(period: Period) -> _Day:
    return period.span[0]


def _issue_day(report: str, view: View) -> _Day:
    period = _period(view.dates.get(report, ""))
    return period.span[0] if period is not None else (0, 0, 0)


def _last_day_of(date: str) -> _Day:
    period = _period(date) if date else None
    return period.span[1] if period is not None else (9999, 12, 31)


def _said_day(day: _Day | None) -> str:
    return f"{day[0]}年{day[1]}月{day[2]}日" if day is not None else ""


def _since(offer: Offer, view: View, *, english: bool, asked: bool) -> str:
    newest = _period(view.date)
    now = newest.chinese if newest is not None else ""
    if english:
        return f"In force since {'-'.join(f'{n:02}' for n in offer.since or ())}."
    if asked or not now:
        return f"自{_said_day(offer.since)}起执行的价格。"
    if offer.since is not None and offer.since > _last_day_of(view.date):
        return f"自{_said_day(offer.since)}起执行；{now}出刊时尚未执行。"
    return f"自{_said_day(offer.since)}起执行，按最新一期（{now}）时有效的价格。"


def _following(offer: Offer, *, english: bool) -> str:
    if english:
        return f"From {'-'.join(f'{n:02}' for n in offer.since or ())}: {printed_with_unit(offer.fact)}."
    return f"自{_said_day(offer.since)}起为{printed_with_unit(offer.fact)}。"


def _first(offer: Offer, *, english: bool) -> str:
    return (
        f"{offer.fact.metric} since {'-'.join(f'{n:02}' for n in offer.since or ())}"
        if english
        else f"{offer.fact.metric}：自{_said_day(offer.since)}起"
    )
