"""Reading periods in English: first quarter of fiscal 2018, Q2 2017, end of September 2017, last quarter."""

from __future__ import annotations

from dataclasses import replace

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.period import Edge, Period, PeriodKind
from cloudqa.quantities.period_atoms import NO_YEAR, Atom

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
_COUNT = f"(?P<n>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
_OF_YEAR = (
    r"(?:,? (?:of |in )?(?:the )?"
    r"(?P<fy>(?:fiscal(?: year)? |fy ?|calendar(?: year)? )'?)?(?P<y>(?:19|20)[0-9]{2})(?![0-9]))"
)
_WORD = lazily("[A-Za-z]{2,}|[Aa] year|[QqHh][1-4]|[0-9]{1,2}(?:st|nd|rd|th)? [A-Za-z]")
_PART = lazily(
    rf"(?i:(?:the )?(?P<fb>fiscal )?(?:(?P<o>{'|'.join(_ORDINALS)})[ -](?P<unit>quarter|half)|(?P<c>[QH])(?P<k>[1-4]))"
    rf"{_OF_YEAR}?)(?![0-9A-Za-z])"
)
_FIRST_N = lazily(rf"(?i:(?:the )?first {_COUNT} (?P<unit>months|quarters){_OF_YEAR}?)(?![A-Za-z])")
_MONTH = lazily(
    r"(?:(?P<d1>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)? )?(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May"
    r"|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
    r"(?: (?P<d2>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]))?(?:,? (?:of )?(?P<y>(?:19|20)[0-9]{2}))?"
    r"(?![0-9A-Za-z])"
)
_EDGE = lazily(r"(?i:(?:the )?(?P<word>end|start|beginning) of |(?P<year_end>year-end ))")
_FISCAL_YEAR = lazily(r"(?i:(?P<fy>fiscal(?: year)? |fy ?)?)(?P<y>(?:19|20)[0-9]{2})(?![0-9A-Za-z])")
_SAME_LAST_YEAR = lazily(
    r"(?i:(?:the )?same (?:period|quarter|month) (?:of |in )?(?:the )?(?:last|previous|prior|a) year(?: ago| earlier)?"
    r"|(?:a|one) year (?:ago|earlier|before)|(?:the )?prior-year (?:period|quarter))(?![A-Za-z])"
)
_STEP = lazily(
    r"(?i:(?:the )?(?P<word>last|previous|prior|preceding|this|current|next) "
    r"(?P<unit>quarter|month|(?:fiscal )?year))(?![A-Za-z-])"
)
_SPAN = lazily(
    rf"(?i:(?:the )?(?P<word>last|past|previous|next|coming) {_COUNT} (?P<unit>years|quarters|months))(?![A-Za-z])"
)
_STEPS = {"last": -1, "previous": -1, "prior": -1, "preceding": -1, "this": 0, "current": 0, "next": 1}
_KINDS = {"year": PeriodKind.YEAR, "quarter": PeriodKind.QUARTER, "month": PeriodKind.MONTH}
_LONGEST = 64
"""More characters than any form of words has."""

_YEAR_PART = lazily(rf"(?i:(?:'s)? (?P<o>{'|'.join(_ORDINALS)})[ -](?P<unit>quarter|half))(?![A-Za-z])")


def read_english(text: str, at: int) -> Atom | None:
    """An English period that begins at a place of a folded text, or None.

    Raises:
        PeriodError: It names a day or part that does not exist.
    """
    if not text[at].isascii() or not _WORD().match(text, at):
        return None
    return _edged(text, at) or _part(text, at) or _told(text, at)


def _part(text: str, at: int) -> Atom | None:
    return _quarter_or_half(text, at) or _first_n(text, at) or _month(text, at)


def _edged(text: str, at: int) -> Atom | None:
    """End of September 2017, year-end 2016."""
    m = _EDGE().match(text, at)
    inner = (_part(text, m.end()) or _whole_year(text, m.end())) if m else None
    if m is None or inner is None or inner.part.kind is PeriodKind.RANGE:
        return None
    edge = Edge.END if m["year_end"] or m["word"].lower() == "end" else Edge.START
    return replace(inner, start=at, part=replace(inner.part, edge=edge))


def _whole_year(text: str, at: int) -> Atom | None:
    m = _FISCAL_YEAR().match(text, at)
    return Atom(at, m.end(), Period(int(m["y"]), fiscal=True if m["fy"] else None), True) if m else None


def _quarter_or_half(text: str, at: int) -> Atom | None:
    """First quarter of fiscal 2018, Q2 2017; H1 only with its year, since it may be a name."""
    m = _PART().match(text, at)
    if m is None or ((m["c"] or "") in ("H", "h") and (not m["y"] or int(m["k"]) > 2)):
        return None
    is_half = (m["unit"] or m["c"] or "").lower() in ("half", "h")
    number = _ORDINALS[m["o"].lower()] if m["o"] else int(m["k"])
    kind = PeriodKind.HALF if is_half else PeriodKind.QUARTER
    fiscal = _fiscal(m["fy"] or m["fb"] or "")
    return Atom(at, m.end(), Period(int(m["y"] or NO_YEAR), kind, number, fiscal=fiscal), bool(m["y"]))


def _fiscal(mark: str) -> bool | None:
    if not mark:
        return None
    return not mark.lower().startswith("cal")


def _first_n(text: str, at: int) -> Atom | None:
    """The first nine months of 2017."""
    m = _FIRST_N().match(text, at)
    if m is None:
        return None
    year, kind, fiscal = int(m["y"] or NO_YEAR), _KINDS[m["unit"].lower()[:-1]], _fiscal(m["fy"] or "")
    first = Period(year, kind, 1, fiscal=fiscal)
    return Atom(at, m.end(), Period.between(first, replace(first, number=_count(m["n"]))), bool(m["y"]))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _month(text: str, at: int) -> Atom | None:
    """September 2017, September 30, 2017, 30 September; a month alone may be a name or a verb (May, March)."""
    m = _MONTH().match(text, at)
    if m is None or not (m["y"] or m["d1"] or m["d2"]):
        return None
    month, day = _MONTHS.index(m["m"][:3].lower()) + 1, int(m["d1"] or m["d2"] or 0)
    part = Period(int(m["y"] or NO_YEAR), PeriodKind.DAY if day else PeriodKind.MONTH, month, day)
    return Atom(at, m.end(), part, bool(m["y"]))


def _told(text: str, at: int) -> Atom | None:
    """A year ago, last quarter, this year, the past three years."""
    soon = text[at : at + _LONGEST].lower()
    if not any(unit in soon for unit in _KINDS):
        return None
    if (m := _SAME_LAST_YEAR().match(text, at)) is not None:
        return Atom(at, m.end(), Period(NO_YEAR), False, special="same_last_year")
    if (m := _STEP().match(text, at)) is not None:
        unit = m["unit"].lower()
        kind, steps = _KINDS[unit.removeprefix("fiscal ")], _STEPS[m["word"].lower()]
        fiscal = True if unit.startswith("fiscal") else None
        if kind is PeriodKind.YEAR:
            return Atom(at, m.end(), Period(NO_YEAR, fiscal=fiscal), False, steps)
        return Atom(at, m.end(), Period(NO_YEAR, kind, 1, fiscal=fiscal), False, special="step", steps=steps)
    if (m := _SPAN().match(text, at)) is not None:
        kind = _KINDS[m["unit"].lower()[:-1]]
        special = "next" if m["word"].lower() in ("next", "coming") else "last"
        part = Period(NO_YEAR, kind, 0 if kind is PeriodKind.YEAR else 1)
        return Atom(at, m.end(), part, False, special=special, steps=_count(m["n"]))
    return None


def part_after_year(text: str, year: Atom) -> Atom:
    """The year, or the part of it named after it: fiscal 2018 first quarter."""
    m = _YEAR_PART().match(text, year.end)
    if m is None:
        return year
    kind = PeriodKind.HALF if m["unit"].lower() == "half" else PeriodKind.QUARTER
    return replace(year, end=m.end(), part=replace(year.part, kind=kind, number=_ORDINALS[m["o"].lower()]))
