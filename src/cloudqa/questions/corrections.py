"""What later issues correct of earlier ones: in a table of corrections, or in a sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cloudqa.documents import Span
from cloudqa.facts import Fact
from cloudqa.facts.subjects import is_metric
from cloudqa.language import normalise
from cloudqa.quantities import Quantity, find_periods, find_quantities
from cloudqa.questions.choice import is_level
from cloudqa.questions.phrase import compact, is_period
from cloudqa.questions.pool import Pool
from cloudqa.questions.view import Correction, View

_OLD = re.compile(
    r"^(?:原(?:刊|载|文|先|来)?(?:数字|数据|数值|数|值|为|披露)?|(?:更正|修订|修正|调整|重述|订正|勘误)前(?:数字|数据|数值|数|值)?|误)"
)
_NEW = re.compile(
    r"^(?:(?:更正|修订|修正|调整|重述|订正|勘误|补充)(?:后|为)?(?:数字|数据|数值|数|值)?|应为|现(?:为|值|数)|正确?(?:值|数)?(?=$)|新(?:值|数|数据)(?=$))"
)
_ISSUE = re.compile(r"(?<!总)第0*(\d{1,4})期")
_SAYS_NEW = re.compile(
    r"(?:应该?为|应是|应作|(?:更正|修正|修订|订正|纠正|补充披露|补充|补正|重述|改|调整)(?:为|成|作)|现(?:更正|补充披露|补充)?为)\s*"
)
_SAYS_OLD = re.compile(
    r"(?:原(?:刊载?|载|文|来|先)?(?:数字|数据|数值|数|值)?(?:为|是|作|误作|误为)?|误(?:为|作|刊为|印为|写为|植为)|(?<![自缘理])由|从|(?<!应)(?<!改)(?<!正)(?<!订)(?<!露)(?<!充)(?<!现)(?<!述)为)\s*(?=[-(（]?[\d一二三四五六七八九十百千]|N/A|n/a|未披露|—|空白)"
)
_NOTHING = re.compile("n/a|未披露|未提供|未公布|—|空白", re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    "更正|原刊|勘误|修订|订正|重述前|更正前|调整前|原来|原先|原为|corrected|correction|originally", re.IGNORECASE
)
_BEFORE = re.compile(
    "(?:更正|修订|修正|重述|订正|勘误)(?:之)?前的?|原刊(?:载|登)?的?|(?<!按)原先的?|最初(?:刊载|公布|披露)的?"
)
_AFTERWARDS = re.compile("(?:经)?(?:更正|修订|修正|重述|订正|勘误)(?:过|之)?后的?|(?:更正|修订|修正|重述|订正)过的")
_LEAST_NAME = 2


def asks_about_corrections(text: str) -> bool:
    """Whether a question speaks of corrections themselves or of the value before one."""
    return _ASKED_ABOUT.search(text) is not None


def without_before(asked: str) -> tuple[str, bool]:
    """The question without words for the value before or after a correction, and whether it is the one before.

    The value after one is what is answered anyway.
    """
    rest = _BEFORE.sub("", asked)
    if rest != asked:
        return rest, True
    return _AFTERWARDS.sub("", asked), False


@dataclass(frozen=True, slots=True)
class _Change:
    """A corrected value with the words that say of what it is.

    Attributes:
        text: Those words, normalised, without blanks.
        old: The value before, None where none is given; "" where there was none.
        make: The fact with the corrected value, made from the one that is corrected.
        report: The report that corrects.
        source: Ids of the facts that it was read from.
    """

    text: str
    old: Quantity | str | None
    make: Callable[[Fact], Fact]
    report: str
    source: frozenset[str] = frozenset()


def corrections(pool: Pool, view: View) -> tuple[list[tuple[Fact, Fact]], frozenset[str]]:
    """Facts of earlier issues with what a later one corrects them to, and ids of the facts that only say so.

    Args:
        pool: Facts of several issues.
        view: The issues, with the sentences that correct something.
    """
    if not view.several:
        return [], frozenset()
    found: list[tuple[Fact, Fact]] = []
    used: set[str] = set()
    for change in (*_of_tables(pool), *_of_sentences(pool, view)):
        used |= change.source
        meant = _meant(change, pool.facts, view)
        found.extend((old, change.make(old)) for old in meant)
    return found, frozenset(used)


def _meant(change: _Change, facts: Iterable[Fact], view: View) -> list[Fact]:
    """The facts that a correction is of: those of the best told thing and metric, all with the value before."""
    numbers = set(_ISSUE.findall(change.text))
    age = view.age(change.report)
    reports = {
        report
        for report, label in view.labels.items()
        if view.age(report) < age and (not numbers or any(label.endswith(f"第{n}期") for n in numbers))
    }
    fitting = [
        f
        for f in facts
        if f.report in reports
        and _is_value(f, change.old)
        and f.id not in change.source
        and is_level(f)
        and _told(f, change.text)
        and (change.old is not None or compact(f.metric) in change.text)
    ]
    most = max((_told(f, change.text) for f in fitting), default=0)
    best = [f for f in fitting if _told(f, change.text) == most]
    if change.old is None and len({(f.entity, f.metric, f.period) for f in best}) > 1:
        return []
    return best


def _is_value(fact: Fact, old: Quantity | str | None) -> bool:
    if old is None:
        return True
    if isinstance(old, str):
        return fact.absence is not None
    return fact.absence is None and isinstance(fact.value, Quantity) and fact.value.value == old.value


def _told(fact: Fact, text: str) -> int:
    """How many characters of a correction name a fact's thing, metric and period; 0 where one of them is not named."""
    names = {compact(n) for n in (fact.entity, *(v for _, v in fact.keys)) if n and not is_period(n)}
    label = compact(fact.metric)
    names = {n for n in names if len(n) >= _LEAST_NAME and not n.startswith(label)}
    said = [n for n in names if n in text]
    spelled = label if label in text else next((label[i:] for i in range(1, len(label) - 1) if label[i:] in text), "")
    if not spelled or (spelled != label and not is_metric(spelled)) or (names and not said):
        return 0
    if fact.period is not None and not any(
        m.period is not None and m.period.matches(fact.period) for m in find_periods(text)
    ):
        return 0
    return len(spelled) + sum(map(len, said)) + (1 if fact.period is not None else 0)


def _of_tables(pool: Pool) -> Iterator[_Change]:
    """Rows with a value before and a value after."""
    rows: dict[tuple[str, int, int], list[Fact]] = {}
    for fact in pool.facts:
        if fact.table is not None and fact.row is not None and (_role(fact, _OLD) or _role(fact, _NEW)):
            rows.setdefault((fact.report, fact.table, fact.row), []).append(fact)
    for (report, _, _), facts in rows.items():
        olds = [f for f in facts if _role(f, _OLD)]
        news = [f for f in facts if _role(f, _NEW) and not _role(f, _OLD)]
        if len(olds) != 1 or len(news) != 1 or not isinstance(news[0].value, Quantity):
            continue
        old, new = olds[0], news[0]
        words = [*(v for f in facts for _, v in f.keys), pool.row_text(new), *(_rest(f) for f in facts)]
        before = old.value if isinstance(old.value, Quantity) else ""
        ids = frozenset(f.id for f in pool.facts if (f.report, f.table, f.row) == (new.report, new.table, new.row))
        yield _Change(compact(" ".join(words)), before, partial(_as, new=new), report, ids)


def _role(fact: Fact, pattern: re.Pattern[str]) -> bool:
    return pattern.match(fact.metric) is not None or pattern.match(fact.entity) is not None


def _rest(fact: Fact) -> str:
    """What a column's header says besides that it is the value before or after: 更正后设计容量."""
    return " ".join(_NEW.sub("", _OLD.sub("", name)) for name in (fact.metric, fact.entity))


def _as(old: Fact, new: Fact) -> Fact:
    """The corrected fact: what it is of from the earlier one, value and place from the correction."""
    value = new.value
    if isinstance(value, Quantity) and isinstance(old.value, Quantity) and not value.unit.stated:
        value = replace(value, unit=old.value.unit)
    return replace(
        old, id=new.id, report=new.report, table=new.table, row=new.row, column=new.column, value=value,
        printed=new.printed, place=new.place, quotes=new.quotes, section=new.section, absence=None, notes=new.notes,
    )  # fmt: skip


def _of_sentences(pool: Pool, view: View) -> Iterator[_Change]:
    for said in view.corrections:
        text = normalise(said.text).text
        new = _figure_after(said, _SAYS_NEW)
        if new is None:
            continue
        old = _figure_after(said, _SAYS_OLD)
        before: Quantity | str | None = old
        if old is None and _SAYS_OLD.search(said.text) and _NOTHING.search(said.text):
            before = ""
        make = partial(_as_said, figure=new, said=said)
        yield _Change(compact(text), before, make, said.report, _read_as(pool, said, old))


def _read_as(pool: Pool, said: Correction, old: Quantity | None) -> frozenset[str]:
    """Ids of the facts that were read out of a sentence's value before: it no longer holds."""
    inside = (f for f in pool.facts if f.report == said.report and f.table is None)
    return frozenset(
        f.id
        for f in inside
        if old is not None and f.place.start == said.start + old.start and isinstance(f.value, Quantity)
    )


def _figure_after(said: Correction, pattern: re.Pattern[str]) -> Quantity | None:
    """The figure that stands right after such words."""
    figures = find_quantities(said.text)
    for m in pattern.finditer(said.text):
        figure = next((q for q in figures if q.start == m.end()), None)
        if figure is not None:
            return figure
    return None


def _as_said(old: Fact, figure: Quantity, said: Correction) -> Fact:
    """The corrected fact with its value from a sentence."""
    unit = old.value.unit if isinstance(old.value, Quantity) and not figure.unit.stated else figure.unit
    place = Span(said.start + figure.start, said.start + figure.end)
    return replace(
        old, id=f"{said.report}:k{place.start}", report=said.report, table=None, row=None, column=None,
        value=replace(figure, unit=unit, start=place.start, end=place.end), printed=figure.text, place=place,
        quotes=(Span(said.start, said.start + len(said.text)),), section=said.section, absence=None, notes=(),
    )  # fmt: skip


def without(pool: Pool, ids: frozenset[str]) -> Pool:
    """The pool without some facts."""
    return Pool(tuple(f for f in pool.facts if f.id not in ids), pool.rows, pool.whole) if ids else pool


def sentences_that_correct(sentences: Sequence[Correction]) -> tuple[Correction, ...]:
    """Of some sentences those that give a corrected figure."""
    return tuple(s for s in sentences if _figure_after(s, _SAYS_NEW) is not None)
