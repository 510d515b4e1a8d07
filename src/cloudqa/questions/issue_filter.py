"""Which issues a question asks: by number, month or age (最新一期, 上一期), or by a section of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cloudqa.language import Normalised, normalise
from cloudqa.questions.reading import is_english

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年?度?的?|(?P<said>今年|本年度?|去年|前年)的?)?"
_NO_ISSUE = "(?!工程|项目|建设|债|基金|培训|学员|试点|融资|产品|计划|规划|货款|国债|理财|贷款)"
_NUMBERED = re.compile(
    rf"{_YEAR}(?:(?:0?(?P<month>1[0-2]|[1-9]))月份?的?)?(?P<total>总)?第\s*0*(?P<number>\d{{1,4}})"
    rf"(?P<more>(?:[、,和与及]第?\d{{1,4}})*)\s*期{_NO_ISSUE}"
    r"|(?<![a-z])(?:issue|no\.)(?: no\.?| number)? ?0*(?P<english>\d{1,4})(?: issue)?(?![\d.%-])"
)
_MONTHLY = re.compile(
    rf"{_YEAR}(?P<month>1[0-2]|0?[1-9])月份?的?(?:(?:那|这|该)(?:1|一)?|1|一)?(?:期(?![末初间货权限望内])|刊(?!登|载|发|出))"
    r"|(?P<english>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?P<english_year>(?:19|20)\d\d) issue"
)
_NEWEST = re.compile(
    r"(?:最新|最近|最后)的?(?:出版的?|出的|发布的)?(?:1|一)?期|最新(?:1|一)?刊"
    r"|(?:the )?(?:latest|newest|most recent) issue"
)
_PREVIOUS = re.compile(
    r"(?<![比较与同和跟])(?<!相比)(?:上|前)(?:1|一)?期(?=[里中的内,，对说称刊杂讲谈报提介有是登责主]|$)"
    r"|(?:the )?previous issue"
)
_BEFORE = re.compile(
    r"(?:(?:仅|只|单)?(?:按照?|根据|依据|据|以|在|从|看)|仅|只看?|(?: |\b)(?:in|of|from|according to)(?: the)?) ?$"
)
_CARRIED = "刊载|刊登|登载|登出|统计|调查|报告|报道|公布|发布|披露|给出|列出|提到|介绍|刊发"
_AFTER = re.compile(
    rf"(?: ?issue)?(?:上|里面?|中|内)?(?:所?(?:{_CARRIED})过?的?)?(?:的(?!确|士))?(?:表\d{{1,2}}(?:里|中|内)?的?)?"
    r"(?:里面?|中(?![国心央小型])|内)?的?(?:说|称|写|指出|显示)?[,，:： ]*"
)
_SECTION = re.compile(
    r"(?P<before>[^\s,，。？?]{1,14}?)[”》」\"]?(?:这个|那个|1个)?(?:栏目|版块|专栏|[1一]节)(?:里面?|中|内|的|上)*(?:说|称|提到的?|写)?"
)
_EACH = re.compile("分别|各自|各是|各为|相差|差多少|respectively|each")
_ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EARLIER = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "前年": 2}


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the archive as questions name it.

    Attributes:
        report: Id of its report.
        number: Its number within the year, "" if unknown.
        total_number: Its running number, "" if unknown.
        date: ISO year, month or day, "" if unknown.
        title: The periodical's title, "" if unknown.
    """

    report: str
    number: str = ""
    total_number: str = ""
    date: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        """As one says it: 2017年第8期; month or report id where there is no number."""
        year, _, month = self.date.partition("-")
        if self.number:
            return f"{year}年第{self.number}期" if year else f"第{self.number}期"
        if self.total_number:
            return f"总第{self.total_number}期"
        return f"{year}年{int(month[:2])}月" if month else self.report

    @property
    def dated_label(self) -> str:
        """The same with its month: 2017年第8期（2017年8月）."""
        year, _, month = self.date.partition("-")
        return f"{self.label}（{year}年{int(month[:2])}月）" if month and self.number else self.label


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """What a question says of the issues it asks.

    Attributes:
        rest: The question without the words that choose issues or a section.
        issues: The issues chosen, the oldest first; () for all of them.
        sections: Titles of the sections chosen; () for all of them.
        notes: How words were taken that could mean something else (最新一期, a number of several years).
        missing: The words for an issue that there is none of, "" if there are none.
        each: Several issues are named and each is asked for by itself.
    """

    rest: str
    issues: tuple[Issue, ...] = ()
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: str = ""
    each: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the question chooses issues or a section."""
        return bool(self.issues or self.sections or self.missing)


@dataclass(frozen=True, slots=True)
class _Named:
    """Words that name issues, at a half-open place of the normalised question."""

    start: int
    end: int
    issues: tuple[Issue, ...]
    note: str = ""


def read_issue_filter(
    asked: str, issues: Sequence[Issue], section_titles: Callable[[], Iterable[str]] = tuple
) -> IssueFilter:
    """What a question says of the issues it asks.

    Args:
        asked: The question as the user wrote it.
        issues: All issues of the archive, the oldest first.
        section_titles: Gives the titles of the outermost sections; called only where the question speaks of one.
    """
    normal = normalise(asked)
    english = is_english(normal.text)
    named = _without_overlaps(_find_issues(normal.text, issues, english=english))
    sections, place = _find_section(normal.text, section_titles)
    cuts = _joined(normal.text, [_with_margins(normal.text, n.start, n.end) for n in named])
    if place is not None:
        cuts.append(place)
    if not cuts:
        return IssueFilter(asked)
    missing = next((n for n in named if not n.issues), None)
    chosen = {i.report for n in named for i in n.issues}
    return IssueFilter(
        rest=_without(asked, normal, cuts),
        issues=tuple(i for i in issues if i.report in chosen),
        sections=sections,
        notes=tuple(dict.fromkeys(n.note for n in named if n.note)),
        missing=_as_asked(asked, normal, missing) if missing is not None else "",
        each=len(chosen) > 1 and _EACH.search(normal.text) is not None,
    )


def _find_issues(text: str, issues: Sequence[Issue], *, english: bool) -> Iterator[_Named]:
    if not issues:
        return
    newest = issues[-1]
    for m in _NUMBERED.finditer(text):
        yield _numbered(m, issues, english=english)
    for m in _MONTHLY.finditer(text):
        yield _monthly(m, issues, newest, english=english)
    for m in _NEWEST.finditer(text):
        yield _Named(m.start(), m.end(), (newest,), _taken(m.group(), newest, english=english))
    for m in _PREVIOUS.finditer(text):
        before = tuple(issues[-2:-1])
        yield _Named(m.start(), m.end(), before, _taken(m.group(), before[0], english=english) if before else "")


def _numbered(m: re.Match[str], issues: Sequence[Issue], *, english: bool) -> _Named:
    numbers = {m["number"] or m["english"], *re.findall(r"\d+", m["more"] or "")}
    own = [i for i in issues if (i.total_number if m["total"] else i.number) in numbers]
    year = _year_of(m["year"], m["said"], issues[-1])
    if year:
        own = [i for i in own if i.date.startswith(year)]
    if m["month"]:
        own = [i for i in own if i.date[5:7] == m["month"].zfill(2)]
    years = {i.date[:4] for i in own}
    if len(years) > 1:
        own = [i for i in own if i.date[:4] == max(years)]
    note = ""
    if len(years) > 1 or m["said"]:
        note = _taken(m.group(), own[-1], english=english) if own else ""
    found = {i.total_number if m["total"] else i.number for i in own}
    return _Named(m.start(), m.end(), tuple(own) if found == numbers else (), note)


def _monthly(m: re.Match[str], issues: Sequence[Issue], newest: Issue, *, english: bool) -> _Named:
    if m["english"]:
        month, year = _ENGLISH_MONTHS.index(m["english"]) + 1, m["english_year"]
    else:
        month, year = int(m["month"]), _year_of(m["year"], m["said"], newest)
    own = [i for i in issues if i.date[5:7] == f"{month:02}" and i.date.startswith(year)]
    own = own if year else own[-1:]
    told = m["year"] or m["english"]
    return _Named(
        m.start(), m.end(), tuple(own), "" if told or not own else _taken(m.group(), own[-1], english=english)
    )


def _year_of(year: str | None, said: str | None, newest: Issue) -> str:
    """The year named, counted from the newest issue's where it is 今年 or 去年; "" where none is."""
    if said and newest.date[:4].isdecimal():
        return str(int(newest.date[:4]) - _EARLIER[said])
    return year or ""


def _taken(words: str, issue: Issue, *, english: bool) -> str:
    if english:
        return f'"{words}" is taken as {issue.dated_label}.'
    return f"“{words}”指{issue.dated_label}。"


def _without_overlaps(found: Iterable[_Named]) -> list[_Named]:
    """The longest of overlapping ones, in order."""
    kept: list[_Named] = []
    for named in sorted(found, key=lambda n: (n.start - n.end, n.start)):
        if not any(named.start < k.end and k.start < named.end for k in kept):
            kept.append(named)
    return sorted(kept, key=lambda n: n.start)


def _find_section(text: str, titles: Callable[[], Iterable[str]]) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The sections that the question names as such (观点栏目), and where it does; the longest wording that is one."""
    for m in _SECTION.finditer(text):
        known = {title: normalise(title).text for title in titles()}
        for start in range(m.start("before"), m.end("before") - 1):
            words = text[start : m.end("before")].strip('“《「"')
            found = tuple(title for title, normal in known.items() if len(words) > 1 and words in normal)
            if found:
                return found, (_margin_before(text, start), m.end())
    return (), None


def _with_margins(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the words that only join it to the rest: 仅按…表1，, …刊载的."""
    after = _AFTER.match(text, end)
    return _margin_before(text, start), after.end() if after is not None else end


def _joined(text: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places with what joins two of them: 第3期和第6期."""
    joined: list[tuple[int, int]] = []
    for start, end in cuts:
        if joined and not text[joined[-1][1] : start].strip("、,和与及跟同 "):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _margin_before(text: str, start: int) -> int:
    before = _BEFORE.search(text[:start])
    return before.start() if before is not None else start


def _without(asked: str, normal: Normalised, cuts: Iterable[tuple[int, int]]) -> str:
    """The question without some places; a comma left at its beginning goes, too."""
    rest = asked
    for start, end in sorted(cuts, reverse=True):
        low, high = normal.source_span(start, end)
        rest = rest[:low] + rest[high:]
    return rest.strip().lstrip("，,、:：和与及 ")


def _as_asked(asked: str, normal: Normalised, named: _Named) -> str:
    return asked[slice(*normal.source_span(named.start, named.end))].strip()


def with_issues(found: IssueFilter, issues: Sequence[Issue]) -> IssueFilter:
    """The filter narrowed to some issues; ``missing`` says so where it leaves none.

    Args:
        found: What the question says.
        issues: What else limits the issues, the oldest first.
    """
    kept = {i.report for i in issues}
    own = tuple(i for i in found.issues if i.report in kept) if found.issues else tuple(issues)
    if own or found.missing:
        return replace(found, issues=own)
    return replace(found, issues=(), missing="、".join(i.label for i in found.issues) or "—")
