"""The facts that may answer a question: found by its names and metrics, never by scanning a large archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from cloudqa.facts import Fact, FactQuery, TableSummary
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, synonym_groups
from cloudqa.quantities import Period
from cloudqa.questions.evidence import Examiner
from cloudqa.questions.flags import flag_of
from cloudqa.questions.names import FactSourceStore, Name
from cloudqa.questions.phrase import Phrase, covered, is_wide, phrase_of
from cloudqa.questions.reading import Question
from cloudqa.questions.view import WHOLE, View

_SMALL_STORE = 3000  # so many facts are looked through as a whole
_WHOLE_TABLES = 8  # so many tables are loaded whole
_MOST_TABLES = 40
_SHORT_TABLE = 16  # rows up to which a table is loaded whole
_MOST_OF_NAME = 600  # a name that occurs more often identifies no row
_MOST_MEANINGS = 6
_MOST_SENTENCES = 80
_LONGEST_CLASS = 60  # a cell with more characters is a description, not a class


@dataclass(frozen=True, slots=True)
class Pool:
    """Facts that may answer a question.

    Attributes:
        facts: Cells (with the empty ones) and sentences, by report and place.
        rows: For each table row met, the printed text of its text cells, joined: (report, table, row) -> text.
        whole: Tables that are in the pool with all their rows.
        complete: No table that has the names is left out.
    """

    facts: tuple[Fact, ...]
    rows: dict[tuple[str, int, int], str]
    whole: frozenset[tuple[str, int]]
    complete: bool = True

    def row_text(self, fact: Fact) -> str:
        """The other text cells of the fact's row."""
        if fact.table is None or fact.row is None:
            return ""
        return self.rows.get((fact.report, fact.table, fact.row), "")


def gather(
    question: Question, names: tuple[Name, ...], store: FactSourceStore, view: View = WHOLE, *, whole_tables: bool
) -> Pool:
    """The facts that may answer a question.

    Args:
        question: The question.
        names: The names it mentions.
        store: The facts of the archive.
        view: The part of it that is asked. Where very many issues state the same, only the newest of them count.
        whole_tables: All rows are needed (ranking, counting, sums over rows), not only the named ones.
    """
    if store.count() <= _SMALL_STORE:
        facts = store.everything()
        cells = [f for f in facts if f.table is not None]
        sentences = [f for f in facts if f.table is None]
        whole = frozenset((f.report, f.table) for f in cells if f.table is not None)
        complete = True
    else:
        cells, whole, complete = _cells(question, names, store, view, whole_tables)
        sentences = _sentences(question, names, store, view)
    facts = [*cells, *_likeliest(question, names, sentences)]
    return Pool(tuple(facts), _row_texts(cells), whole, complete)


def in_view(pool: Pool, view: View) -> Pool:
    """The pool with the facts of the reports and sections only that the question is put to."""
    if not view.reports and not view.sections:
        return pool
    return replace(pool, facts=tuple(f for f in pool.facts if view.has(f.report, f.section)))


def of_named_rows(pool: Pool, examiner: Examiner) -> Pool:
    """The pool with only those table rows that are about as many of the names as any, and the rows that sum up."""
    if not examiner.names:
        return pool
    about: dict[tuple[str, int | None, int | None], int] = {}
    for fact in pool.facts:
        place = (fact.report, fact.table, fact.row)
        if fact.table is not None:
            own = examiner.about(fact, pool.row_text(fact)) | examiner.named(fact.metric)
            about[place] = about.get(place, 0) | own
    of_table: dict[tuple[str, int | None], set[int]] = {}
    for (report, table, _), names in about.items():
        of_table.setdefault((report, table), set()).add(names)
    maximal = {
        (table, names)
        for table, others in of_table.items()
        for names in others
        if not any(names != o and names & ~o == 0 for o in others)
    }
    kept = [
        f
        for f in pool.facts
        if f.table is None or f.total or ((f.report, f.table), about[(f.report, f.table, f.row)]) in maximal
    ]
    return replace(pool, facts=tuple(kept))


def _cells(
    question: Question, names: tuple[Name, ...], store: FactSourceStore, view: View, whole_tables: bool
) -> tuple[list[Fact], frozenset[tuple[str, int]], bool]:
    tables = {(t.report, t.index): t for t in _tables(question, names, store, view)}
    rare = [n for n in names if 0 < n.count <= _MOST_OF_NAME]
    found: dict[str, Fact] = {}
    places = tuple(tables)
    if not whole_tables and rare and places:
        for name in rare:
            for canonical in name.canonicals[:_MOST_MEANINGS]:
                found.update((f.id, f) for f in store.find(FactQuery(keys=(canonical,), tables=places, nothing=True)))
    whole: set[tuple[str, int]] = set()
    met = {(f.report, f.table) for f in found.values()}
    for place, table in tables.items():
        small = table.rows <= _SHORT_TABLE
        if len(whole) < _WHOLE_TABLES and (whole_tables or not found or (small and place in met)):
            whole.add(place)
            found.update((f.id, f) for f in store.table_facts(*place))
    return list(found.values()), frozenset(whole), len(whole) == len(tables) < _MOST_TABLES


def _tables(question: Question, names: tuple[Name, ...], store: FactSourceStore, view: View) -> list[TableSummary]:
    """The fewest tables that together have most of the names, narrowed to the periods where there are any."""
    periods: list[Period | None] = [p.period for p in question.periods if p.period is not None] or [None]
    found: dict[tuple[str, int], TableSummary] = {}
    having: dict[tuple[str, int], set[int]] = {}
    for number, name in enumerate(names):
        for table in _tables_of(name, periods, store, view):
            place = (table.report, table.index)
            found[place] = table
            having.setdefault(place, set()).add(number)
    if not found:
        metrics = _metric_words(question)
        tables = (
            [
                t
                for p in periods
                for t in store.tables(metrics=metrics, period=p, reports=view.reports, ages=view.ages or None)
            ]
            if metrics
            else []
        )
        return tables[:_MOST_TABLES]
    fitting = {place: _fitting(question, table) for place, table in found.items()}
    return [found[place] for place in _cover(having, fitting, _ages(question, found))]


def _fitting(question: Question, table: TableSummary) -> int:
    """How many places of the question the table's subject and headers have."""
    heads = " ".join([table.subject, table.caption, *(c.header for c in table.columns)])
    return covered(question.phrase, phrase_of(heads)).bit_count()


def _tables_of(name: Name, periods: list[Period | None], store: FactSourceStore, view: View) -> list[TableSummary]:
    for narrowed in (periods, [None]):
        tables = [
            t
            for term in name.canonicals
            for period in narrowed
            for t in store.tables(terms=(term,), period=period, reports=view.reports, ages=view.ages or None)
        ]
        if tables or narrowed == [None]:
            return tables
    return []


def _ages(question: Question, tables: dict[tuple[str, int], TableSummary]) -> dict[tuple[str, int], int]:
    """How many later periods there are tables of; of all tables 0 where the question names a period."""
    if question.periods:
        return dict.fromkeys(tables, 0)
    order = sorted({t.period for t in tables.values() if t.period is not None}, reverse=True)
    ranks = {period: rank for rank, period in enumerate(order)}
    return {place: ranks[t.period] if t.period is not None else 0 for place, t in tables.items()}


def _cover(
    having: dict[tuple[str, int], set[int]],
    fitting: dict[tuple[str, int], int],
    ages: dict[tuple[str, int], int],
) -> list[tuple[str, int]]:
    """Tables in the order of how many names they have, how well they fit and how late they are; all names are met."""
    ranked = sorted(having, key=lambda place: (-len(having[place]), -fitting[place], ages[place], place))
    most = len(having[ranked[0]])
    chosen = [place for place in ranked if len(having[place]) == most][:_MOST_TABLES]
    met = set().union(*(having[place] for place in chosen))
    for place in ranked:
        if not having[place] <= met and len(chosen) < 2 * _MOST_TABLES:
            own = having[place]
            chosen.extend(p for p in ranked if having[p] == own and p not in chosen)
            met |= own
    return _alternating(chosen[: 2 * _MOST_TABLES], having)


def _alternating(places: list[tuple[str, int]], having: dict[tuple[str, int], set[int]]) -> list[tuple[str, int]]:
    """The best table for each set of names first, then the second best, so that none is crowded out."""
    by_names: dict[frozenset[int], list[tuple[str, int]]] = {}
    for place in places:
        by_names.setdefault(frozenset(having[place]), []).append(place)
    rounds = max(map(len, by_names.values()), default=0)
    return [own[i] for i in range(rounds) for own in by_names.values() if i < len(own)]


def _metric_words(question: Question) -> tuple[str, ...]:
    """The words of the question that name a metric, with the other words for the same."""
    words: dict[str, None] = {}
    for m in question.phrase.matches:
        if m.kind is SynonymKind.METRIC:
            words.update(dict.fromkeys(synonym_groups()[m.number].words))
    return tuple(words)


def _sentences(question: Question, names: tuple[Name, ...], store: FactSourceStore, view: View) -> list[Fact]:
    """Facts of sentences about the names, or about the metrics where it names nothing."""
    entities = tuple(dict.fromkeys(c for n in names for c in n.canonicals))
    if entities:
        return store.prose(entities, view.reports, view.ages)
    metrics = _metric_words(question)
    return store.prose_of(metrics, view.reports, view.ages) if metrics else []


def _likeliest(question: Question, names: tuple[Name, ...], facts: Iterable[Fact]) -> list[Fact]:
    """Those facts of sentences that share most words with the question, in their own order."""
    grams = _grams(question.phrase)
    spellings = {s for n in names for s in n.spellings}
    scored = []
    of_sentence: dict[str, frozenset[str]] = {}  # one sentence may state a thousand figures
    for fact in facts:
        if fact.text not in of_sentence:
            text = normal_text(fact.text)
            of_sentence[fact.text] = frozenset(w for w in (*grams, *spellings) if w in text)
        met = of_sentence[fact.text]
        text = _searched(fact.speaker, fact.entity, fact.metric)
        shared = sum(g in met or g in text for g in grams) + 3 * sum(s in met or s in text for s in spellings)
        if shared:
            scored.append((shared, fact))
    best = sorted(scored, key=lambda pair: -pair[0])[:_MOST_SENTENCES]
    chosen = {fact.id for _, fact in best}
    return [fact for _, fact in scored if fact.id in chosen]


@lru_cache(maxsize=8192)
def _searched(*parts: str) -> str:
    return normal_text(" ".join(parts))


def _grams(phrase: Phrase) -> frozenset[str]:
    """Pairs of Chinese characters, Latin words, and the other words for what is named."""
    words = {word for _, _, word in phrase.latin if not word[0].isdigit()}
    for m in phrase.matches:
        if m.kind is not SynonymKind.OPERATION:
            words.update(w for w in synonym_groups()[m.number].words if is_wide(w[0]))
    return phrase.pairs | words


def _row_texts(cells: Iterable[Fact]) -> dict[tuple[str, int, int], str]:
    """For each table row, what its text cells say."""
    texts: dict[tuple[str, int, int], list[str]] = {}
    for fact in cells:
        if fact.table is not None and fact.row is not None and isinstance(fact.value, str) and fact.value:
            if len(fact.printed) <= _LONGEST_CLASS:
                said = texts.setdefault((fact.report, fact.table, fact.row), [])
                said.extend((fact.printed, flag) if (flag := flag_of(fact)) else (fact.printed,))
    return {place: " ".join(parts) for place, parts in texts.items()}
