"""The words that hedge a figure, before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudqa.quantities.patterns import lazily
from cloudqa.quantities.quantity import Qualifier

_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    (
        Qualifier.AT_MOST,
        "(?:没有?|未能?|尚未|还未|不曾)(?:超过|突破)|不超过|不高于|至多|最多|不多于|no more than|at most|up to",
    ),
    (Qualifier.AT_LEAST, "不低于|不少于|不小于|至少|最少|起码|no less than|not less than|at least"),
    (
        Qualifier.UNDER,
        "(?:没有?|未能?|尚未|还未)达到?|不到|不足|不满|未满|低于|少于|小于|不及|未达|less than|under|below|fewer than",
    ),
    (Qualifier.NEAR, "将近|接近|逼近|(?<![最附临靠相])近|nearly|almost|close to"),
    (
        Qualifier.OVER,
        "超过|超出|超越|突破|高于|大于|多于|逾|超|上|过|more than|over|exceeding|exceeds|exceeded|above",
    ),
    (Qualifier.ABOUT, "大约|大概|(?<![合节预公违契条制签特])约[为合]?|大致|about|around|approximately|roughly|some"),
    (Qualifier.FROM, "低至|from|starting at"),
)
_AFTER: tuple[tuple[Qualifier, str], ...] = (
    (Qualifier.AT_LEAST, "及?以上|或以上|or more|and above"),
    (Qualifier.AT_MOST, "及?以[下内]|之内|or less"),
    (Qualifier.ABOUT, "左右|上下|or so"),
    (Qualifier.FROM, r"起(?=[\s,，。；;、)）|<的售付租订]|$)"),
)
_REACH = "达到?|增至|升至|降至|突破|超过|为|是|有"
_EXPECTED = lazily(
    f"(?:预计|预估值?|预测值?|预期|有望|目标)(?:今后|未来|将|会|有望|可|能|或)*(?:{_REACH}|在)?了?[ “]?$"
    f"|(?:将|料)(?:会|能)?(?:{_REACH})了?[ “]?$"
    "|(?i:(?:expected|forecast|projected|estimated)(?: to)?(?: be| reach| hit)?) ?$"
)
_WILL = lazily("将(?:会|能)?$")
_LEAD_CHARS = 16
_NO_HEDGE = frozenset("|\t\n,，。；;、=(（")


def _alternatives(table: tuple[tuple[Qualifier, str], ...]) -> str:
    return "|".join(f"(?P<q{i}>{words})" for i, (_, words) in enumerate(table))


_BEFORE_PATTERN = lazily(rf"(?<![A-Za-z])(?i:{_alternatives(_BEFORE)})(?:了|达到?|为|[：:])?\s?$")
_AFTER_PATTERN = lazily(rf"\s?(?i:{_alternatives(_AFTER)})")


@dataclass(frozen=True, slots=True)
class Hedge:
    """How a figure is hedged.

    Attributes:
        qualifier: The meaning, None if flatly said.
        text: The word as printed, empty if none.
        expected: Whether it is announced as an expectation.
    """

    qualifier: Qualifier | None
    text: str
    expected: bool


def read_hedge(text: str, start: int, end: int, *, money: bool = True) -> Hedge:
    """The hedge around the figure at ``[start, end)`` of a folded text. A word after it wins over one before it.

    Args:
        text: Folded text.
        start: Where the figure begins, its sign and currency included.
        end: Where it ends, its unit included.
        money: Whether 起 after it makes it a floor price; after other figures only if it could be no verb.
    """
    lead = text[max(0, start - _LEAD_CHARS) : start]
    close = lead.rstrip(" ")[-1:]
    before = _BEFORE_PATTERN().search(lead) if close and close not in _NO_HEDGE else None
    if before is not None and before.group().strip() in ("上", "过") and text[start : start + 1] not in "百千万亿":
        before = None
    ahead = lead[: before.start()] if before else lead
    expected = bool((close not in _NO_HEDGE and _EXPECTED().search(ahead)) or (before and _WILL().search(ahead)))
    after = _AFTER_PATTERN().match(text, end)
    if after is not None and (
        money or not after.group().strip() == "起" or not text[after.end() : after.end() + 1].strip()
    ):
        return Hedge(_which(_AFTER, after), after.group().strip(), expected)
    if before is not None:
        index = next(i for i in range(len(_BEFORE)) if before[f"q{i}"])
        return Hedge(_BEFORE[index][0], before[f"q{index}"], expected)
    return Hedge(Qualifier.EXPECTED if expected else None, "", expected)


def _which(table: tuple[tuple[Qualifier, str], ...], m: re.Match[str]) -> Qualifier:
    return next(qualifier for i, (qualifier, _) in enumerate(table) if m[f"q{i}"])


def is_hedge(text: str) -> bool:
    """Whether a text is blank or nothing but words that hedge a figure."""
    rest = text.strip()
    while rest:
        m = _BEFORE_PATTERN().search(rest) or _EXPECTED().search(rest)
        after = _AFTER_PATTERN().match(rest)
        if m is not None and m.start() < m.end():
            rest = rest[: m.start()].strip()
        elif after is not None and after.end() > 0:
            rest = rest[after.end() :].strip()
        else:
            return False
    return True
