"""The periods that a running text speaks of, and those that it means by 去年同期 or 上季度."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cloudqa.facts.clauses import Clause
from cloudqa.facts.model import Comparison
from cloudqa.quantities import Period, PeriodKind, PeriodMention, Relation, find_periods, parse_period

_CONTINUES = re.compile(
    r"^[“\"‘]?(?:财报(?:还|中|显示)|报告(?:还|显示)|数据显示|此外|另外|其中|同时|同期|当季|当年|当期|该|其(?!中国)|这|"
    r"至此|经测算|云?计算)"
)
_PUBLISHED = re.compile("公布|发布|披露|宣布|出炉|通报")
_WHOLE_YEAR = re.compile("^(?:公司|其)?(?:全年|整年)|(?:全年|整年)$")
_NEAR = 16
_BRACKETS = ("(", "（", "(即", "（即")
_COMPARED = re.compile(r"(?:与|相比(?:于)?|相较(?:于)?|较|比|同比|由|从)$")


class PeriodState:
    """The period that is being spoken of while a paragraph is read."""

    def __init__(self, issue_date: str) -> None:
        self._issue = parse_period(issue_date) if issue_date else None
        self._anchor: Period | None = None
        self.current: Period | None = None
        self.earlier: Period | None = None
        self.last_base: Period | None = None
        self.last_comparison = Comparison.NONE

    def begin_sentence(self, text: str) -> None:
        """Forget the period unless the sentence goes on about what the last one said."""
        self.last_base, self.last_comparison = None, Comparison.NONE
        self.earlier = None
        if _CONTINUES.match(text) is None:
            self.current = None

    def reset(self) -> None:
        """Forget the period at a semicolon, but for clauses after it that go on about the same subject."""
        self.earlier = self.current or self.earlier
        self.current = None
        self.last_base, self.last_comparison = None, Comparison.NONE

    def enter(self, clause: Clause) -> None:
        """Take the period that a clause names itself, one compared with left out."""
        self.last_base, self.last_comparison = None, Comparison.NONE
        for mention in _own_periods(clause.text, clause.periods):
            if _COMPARED.search(clause.text[: mention.start]):
                self._note_base(mention)
                continue
            period = self._resolved(mention)
            if period is not None and not self._steps(mention) and not _is_publication(clause.text, mention, period):
                self.current = self._anchor = period
                break

    def _note_base(self, mention: PeriodMention) -> None:
        self.last_base = mention.resolve(self.current or self._anchor)
        self.last_comparison = _comparison(mention)

    @staticmethod
    def _steps(mention: PeriodMention) -> bool:
        """Whether a mention leads away from the period spoken of (上季度, 去年同期) instead of naming one."""
        return mention.relative is not None and mention.relative.relation is not Relation.WITHIN

    def _resolved(self, mention: PeriodMention) -> Period | None:
        if mention.relative is None:
            return mention.period
        return mention.resolve(self.current or self._anchor or self._issue)

    def of_words(self, words: str, *, level: bool) -> tuple[Period | None, str] | None:
        """The period that the words before a figure name, with its wording where it stays open; None if none.

        Args:
            words: The words before the predicate.
            level: The figure is a level, so that a period compared with (相比一年前是) is its own.
        """
        mentions = [
            m
            for m in _own_periods(words, find_periods(words))
            if (level or not _COMPARED.search(words[: m.start])) and not _is_publication(words, m, self._resolved(m))
        ]
        if not mentions:
            return self._whole_year(words)
        mention = mentions[-1]
        if not self._steps(mention):
            return self._resolved(mention), ""
        return self.base(mention.text)

    def _whole_year(self, words: str) -> tuple[Period | None, str] | None:
        """The year of the quarter or month spoken of where the words say 全年; None where they do not."""
        spoken = self.current or self.earlier
        if _WHOLE_YEAR.search(words) is None or spoken is None:
            return None
        year = spoken.containing(PeriodKind.YEAR)
        return (year, "") if year is not None else None

    def base(self, words: str) -> tuple[Period | None, str]:
        """The period that a comparison names, counted from the one spoken of; its wording where that is unknown."""
        mentions = find_periods(words)
        if not mentions:
            return None, words.strip("的")
        period = mentions[0].period or mentions[0].resolve(self.current)
        return period, "" if period is not None else mentions[0].text

    def comparison(self, words: str, found: Comparison) -> Comparison:
        """What a change is measured against, by the words that name its base."""
        if found is not Comparison.NONE:
            return found
        mentions = find_periods(words)
        return _comparison(mentions[0]) if mentions else Comparison.BASE if words else Comparison.NONE


def _own_periods(text: str, mentions: Iterable[PeriodMention]) -> list[PeriodMention]:
    """The periods of a text without those that only explain the one before them in brackets: 2020财年Q1（4月至6月）."""
    kept: list[PeriodMention] = []
    for mention in mentions:
        if not (kept and text[kept[-1].end : mention.start].strip() in _BRACKETS):
            kept.append(mention)
    return kept


def _is_publication(text: str, mention: PeriodMention, period: Period | None) -> bool:
    """Whether a day or month only says when something was published or held: 8月17日公布的财报."""
    if period is None or period.kind not in (PeriodKind.DAY, PeriodKind.MONTH):
        return False
    return _PUBLISHED.search(text[mention.end : mention.end + _NEAR]) is not None


def _comparison(mention: PeriodMention) -> Comparison:
    if mention.relative is None:
        return Comparison.BASE
    if mention.relative.relation is Relation.SAME_LAST_YEAR:
        return Comparison.YEAR_AGO
    if mention.relative.relation is Relation.WITHIN and mention.relative.steps == -1:
        return Comparison.YEAR_AGO
    return Comparison.PREVIOUS if mention.relative.relation is Relation.STEP else Comparison.BASE
