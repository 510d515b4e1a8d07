"""What is to be done: the operation, what it is applied to, and what the answer is to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from cloudqa.facts import Comparison
from cloudqa.quantities import Dimension, PeriodKind, Unit
from cloudqa.quantities.patterns import lazily
from cloudqa.questions.cues import CueKind, parse_count
from cloudqa.questions.reading import Question


class Operation(StrEnum):
    """What is to be done with the facts found."""

    LOOKUP = "lookup"
    GROWTH = "growth"
    CAGR = "cagr"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    SHARE = "share"
    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"
    EXTREME = "extreme"  # the highest or lowest, or the first n
    PLACE = "place"  # the one at place n, or at which place one is
    ORDER = "order"
    FILTER = "filter"  # those that fulfil a condition
    CROSSING = "crossing"  # the first or last that fulfils it
    SERIES = "series"
    VERDICT = "verdict"  # yes or no


class Against(StrEnum):
    """What a growth, difference or ratio is measured against."""

    NOTHING = "nothing"
    YEAR_AGO = "year_ago"
    PREVIOUS = "previous"
    OTHER = "other"  # another period, name or metric of the question


class Varying(StrEnum):
    """What a ranking, count or series runs over."""

    PERIOD = "period"
    ROW = "row"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked.

    Attributes:
        operation: What to do.
        against: What a change is measured against.
        rates: The variable is itself a growth rate (同比增速最快), measured against this.
        descending: The highest come first.
        limit: How many are asked for.
        place: At which place.
        varying: What a ranking runs over.
        in_percent: The answer is to be relative (True), absolute (False), or as is usual (None).
        signed: A decrease is asked for (放缓了多少), so that the answer counts it positively.
    """

    operation: Operation
    against: Against = Against.NOTHING
    rates: Comparison = Comparison.NONE
    descending: bool = True
    limit: int | None = None
    place: int | None = None
    varying: Varying = Varying.EITHER
    in_percent: bool | None = None
    signed: bool = False


_SOME_LOWEST = lazily(
    "最(?:高|低|大|小|多|少|贵|便宜|快|慢)的([2-9二两三四五六七八九十])(?:个|家|座|位|名|款|块|种|只|条|项|所)"
)
LOWEST_WORDS = (
    *("低到高", "少到多", "小到大", "慢到快", "低至高", "升序", "ascending", "lowest", "smallest", "fewest"),
    *("最低", "最少", "最小", "最慢", "最便宜", "倒数"),
)
"""Words within a grammar word that say that the lowest come first."""

_RANKING = (CueKind.MAX, CueKind.MIN, CueKind.TOP, CueKind.ORDINAL, CueKind.RANK, CueKind.ORDER)
_LOWEST = (CueKind.MIN, CueKind.LOWER)
_CHANGING = (CueKind.GROWTH, CueKind.UP, CueKind.DOWN, CueKind.CHANGE)


def read_intent(question: Question, name_count: int) -> Intent:
    """What is asked, from the grammar words alone.

    Args:
        question: The question as read.
        name_count: How many names it mentions.
    """
    against = _against(question)
    rates = _rates(question, against)
    if rates is not Comparison.NONE:
        against = Against.OTHER if len(question.periods) > 1 else Against.NOTHING
    base = Intent(
        Operation.LOOKUP,
        against,
        rates,
        descending=_descending(question),
        limit=question.number_of(CueKind.TOP) or _which_count(question),
        place=question.number_of(CueKind.ORDINAL),
        varying=_varying(question),
        in_percent=_in_percent(question),
        signed=question.has(CueKind.DOWN) and not question.has(CueKind.UP),
    )
    return _with(base, _operation(question, base, name_count))


def _which_count(question: Question) -> int | None:
    """The n of 哪三个, None for 哪个 and 哪些."""
    cue = question.cue(CueKind.WHICH, CueKind.WHO)
    after = cue.text[1:2] if cue is not None and cue.text.startswith("哪") else ""
    count = parse_count(after) if after and after != "一" else None
    return count or next((parse_count(m) for m in _SOME_LOWEST().findall(question.text)), None)


def _with(intent: Intent, operation: Operation) -> Intent:
    return replace(intent, operation=operation)


def _against(question: Question) -> Against:
    if question.has(CueKind.YEAR_AGO):
        return Against.YEAR_AGO
    previous = question.cue(CueKind.PREVIOUS)
    if previous is not None:
        # 2017Q3 compared with 上年 is compared with 2016Q3, not with the quarter before.
        return Against.YEAR_AGO if "年" in previous.text or "year" in previous.text else Against.PREVIOUS
    return Against.NOTHING


def _rates(question: Question, against: Against) -> Comparison:
    """Whether growth rates themselves are ranked, counted or compared."""
    if against is Against.NOTHING:
        return Comparison.NONE
    compared = question.has(CueKind.EACH) and _over_long(question)
    compared |= question.has(
        *_RANKING, CueKind.ABOVE, CueKind.BELOW, CueKind.WHICH_PERIOD, CueKind.SERIES, CueKind.MEAN
    )
    compared |= len(_distinct_periods(question)) > 1 and question.has(
        CueKind.POINTS, CueKind.DIFFERENCE, CueKind.HIGHER, CueKind.LOWER
    )
    if not compared:
        return Comparison.NONE
    return Comparison.YEAR_AGO if against is Against.YEAR_AGO else Comparison.PREVIOUS


def _over_long(question: Question) -> bool:
    """Whether it names a year, half or range, whose parts can be told one by one."""
    kinds = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.RANGE)
    return any(p.period is not None and p.period.kind in kinds for p in question.periods)


def _distinct_periods(question: Question) -> set[str]:
    return {p.period.label for p in question.periods if p.period is not None}


def _descending(question: Question) -> bool:
    ordinal = question.cue(CueKind.ORDINAL)
    if ordinal is not None and (ordinal.text.startswith("倒数") or ordinal.text[-1] in "低少小慢"):
        return False
    if question.has(CueKind.MAX, CueKind.HIGHER):
        return True
    top = question.cue(CueKind.TOP)
    order = question.cue(CueKind.ORDER)
    words = (top.text if top else "") + (order.text if order else "")
    if any(w in words for w in LOWEST_WORDS):
        return False
    return not question.has(*_LOWEST)


def _varying(question: Question) -> Varying:
    if question.has(CueKind.WHICH_PERIOD, CueKind.SERIES, CueKind.FIRST, CueKind.LAST):
        return Varying.PERIOD
    if question.has(CueKind.WHO, CueKind.WHICH, CueKind.WHERE):
        return Varying.ROW
    return Varying.EITHER


def _in_percent(question: Question) -> bool | None:
    if question.has(CueKind.POINTS):
        return False
    if question.has(CueKind.PERCENT) or (
        question.wanted is not None and question.wanted.dimension is Dimension.PERCENT
    ):
        return True
    if question.wanted is not None and question.wanted.dimension is Dimension.PERCENTAGE_POINT:
        return False
    if question.has(CueKind.DIFFERENCE) or (question.wanted is not None and _is_absolute(question.wanted)):
        return False
    return None


def _is_absolute(unit: Unit) -> bool:
    """Whether a unit that is asked for is one of amounts: 多少亿元, 多少家, and also 多少万."""
    return unit.stated or unit.scale > 1


def _operation(question: Question, intent: Intent, name_count: int) -> Operation:
    if _compares_two(question, intent, name_count):
        return Operation.VERDICT
    for rule in (_ranking, _changing, _aggregating):
        found = rule(question, intent, name_count)
        if found is not None:
            return found
    if question.has(CueKind.YES_NO):
        return Operation.VERDICT
    return Operation.LOOKUP


_OPEN = (CueKind.WHICH, CueKind.WHO, CueKind.WHICH_PERIOD, CueKind.HOW_MUCH, CueKind.POINTS, CueKind.DIFFERENCE)


def _compares_two(question: Question, intent: Intent, name_count: int) -> bool:
    """Whether it asks if one of two periods or things is more than the other: 甲比乙高吗, 是否超过去年."""
    if not question.has(CueKind.YES_NO) or question.has(*_OPEN) or question.amounts:
        return False
    two = name_count > 1 or len(_distinct_periods(question)) > 1
    return two and intent.rates is Comparison.NONE and find_comparing(question.text) is not None


_COMPARING = lazily(r"(?<![占同环对相])比(?![例重率值亚])|超过|[高多大贵快长强低少小]于|不如|\b(?:than|exceed)\b")


def find_comparing(text: str) -> int | None:
    """Where the word stands that compares what is before it with what is after it; None where there is none."""
    m = _COMPARING().search(text)
    return m.start() if m is not None else None


def _ranking(question: Question, intent: Intent, name_count: int) -> Operation | None:
    threshold = question.has(CueKind.ABOVE, CueKind.BELOW, CueKind.BETWEEN) and bool(question.amounts)
    threshold |= question.has(CueKind.NEGATIVE, CueKind.POSITIVE)
    if threshold:
        return _by_threshold(question)
    if question.has(CueKind.ORDINAL, CueKind.RANK) and not question.has(CueKind.DIFFERENCE):
        return Operation.PLACE
    if question.has(CueKind.ORDER) and not question.has(CueKind.MAX, CueKind.MIN, CueKind.TOP):
        return Operation.ORDER
    if question.has(CueKind.MAX, CueKind.MIN, CueKind.TOP):
        return Operation.EXTREME
    if question.has(CueKind.HIGHER, CueKind.LOWER) and question.has(CueKind.WHO, CueKind.WHICH, CueKind.WHICH_PERIOD):
        return Operation.EXTREME
    if question.has(CueKind.HIGHER, CueKind.LOWER) and name_count > 1 and "还是" in question.text:
        return Operation.EXTREME
    return None


def _by_threshold(question: Question) -> Operation | None:
    if question.has(CueKind.YES_NO) and not question.has(CueKind.WHICH_PERIOD, CueKind.WHICH, CueKind.WHO):
        return Operation.VERDICT
    if question.has(CueKind.FIRST, CueKind.LAST):
        return Operation.CROSSING
    if question.has(CueKind.COUNT):
        return Operation.COUNT
    if question.has(CueKind.WHICH_PERIOD, CueKind.WHICH, CueKind.WHO):
        return Operation.FILTER
    return None


def _changing(question: Question, intent: Intent, name_count: int) -> Operation | None:
    if question.has(CueKind.CAGR):
        return Operation.CAGR
    if question.has(CueKind.TIMES):
        return Operation.RATIO
    if intent.rates is not Comparison.NONE:
        return _of_rates(question)
    if intent.against is not Against.NOTHING:
        relative = intent.in_percent if intent.in_percent is not None else True
        return Operation.GROWTH if relative else Operation.DIFFERENCE
    if question.has(CueKind.DIFFERENCE) or _sets_apart(question, name_count):
        return Operation.DIFFERENCE
    if _spans_time(question) and question.has(*_CHANGING) and not question.has(CueKind.SERIES):
        return _change_over_time(question, intent)
    return None


def _of_rates(question: Question) -> Operation:
    """What is done with growth rates that are not ranked."""
    if question.has(CueKind.MEAN, CueKind.MEDIAN):
        return Operation.MEAN
    if question.has(CueKind.YES_NO) and not question.has(CueKind.POINTS, CueKind.DIFFERENCE):
        return Operation.VERDICT
    return Operation.SERIES if question.has(CueKind.SERIES, CueKind.EACH) else Operation.DIFFERENCE


def _sets_apart(question: Question, name_count: int) -> bool:
    """Whether percentage points between two periods or names are asked for: 比上年高多少个百分点."""
    if not question.has(CueKind.POINTS):
        return False
    return len(_distinct_periods(question)) > 1 or (name_count > 1 and any(w in question.text for w in "比差"))


def _change_over_time(question: Question, intent: Intent) -> Operation:
    if intent.in_percent is not None:
        return Operation.GROWTH if intent.in_percent else Operation.DIFFERENCE
    if question.has(CueKind.GROWTH):
        return Operation.GROWTH
    return Operation.DIFFERENCE


def _spans_time(question: Question) -> bool:
    """Whether it names two periods or a range."""
    ranges = any(p.period is not None and p.period.kind is PeriodKind.RANGE for p in question.periods)
    return ranges or len(_distinct_periods(question)) > 1 or question.has(CueKind.SAME_PERIOD, CueKind.PREVIOUS_PERIOD)


def _aggregating(question: Question, intent: Intent, name_count: int) -> Operation | None:
    if question.has(CueKind.MEAN, CueKind.MEDIAN):
        return Operation.MEAN
    if question.has(CueKind.SERIES):
        return Operation.SERIES
    if question.has(CueKind.SHARE):
        return Operation.SERIES if question.has(CueKind.EACH) and _over_long(question) else Operation.SHARE
    if question.has(CueKind.SUM):
        return Operation.SUM
    if question.has(CueKind.COUNT):
        return Operation.COUNT
    return None
