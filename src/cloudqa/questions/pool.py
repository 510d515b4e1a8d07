"""The facts that may answer a question: found by its names and metrics, never by scanning a large archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cloudqa.facts import Fact, FactQuery, FactSource, TableSummary
from cloudqa.language import normal_text
from cloudqa.language.synonyms import SynonymKind, synonym_groups
from cloudqa.quantities import Period
from cloudqa.questions.names import FactSourceStore, Name
from cloudqa.questions.phrase import Phrase, is_wide
from cloudqa.questions.reading import Question

_SMALL_STORE = 6000  # so many facts are looked through as a whole
_WHOLE_TABLES = 8  # so many tables are loaded whole
_MOST_TABLES = 40
_LONG_TABLE = 150  # rows from which only the named rows are loaded
_MOST_SENTENCES = 80
_LONGEST_CLASS = 60  # a cell with more characters is a description, not a class
_SENTENCES = (FactSource.SENTENCE, FactSource.LIST)


@dataclass(frozen=True, slots=True)
class Pool:
    """Facts that may answer a question.

    Attributes:
        facts: Cells (with the empty ones) and sentences, by report and place.
        rows: For each table row met, the printed text of its text cells, joined: (report, table, row) -> text.
        whole: Tables that are in the pool with all their rows.
    """

    facts: tuple[Fact, ...]
    rows: dict[tuple[str, int, int], str]
    whole: frozenset[tuple[str, int]]

    def row_text(self, fact: Fact) -> str:
        """The other text cells of the fact's row."""
        if fact.table is None or fact.row is None:
            return ""
        return self.rows.get((fact.report, fact.table, fact.row), "")


def gather(question: Question, names: tuple[Name, ...], store: FactSourceStore, *, whole_tables: bool) -> Pool:
    """The facts that may answer a question.

    Args:
        question: The question.
        names: The names it mentions.
        store: The facts of the archive.
        whole_tables: All rows are needed (ranking, counting, sums over rows), not only the named ones.
    """
    if store.count() <= _SMALL_STORE:
        facts = store.find(FactQuery(nothing=True))
        cells = [f for f in facts if f.table is not None]
        sentences = [f for f in facts if f.table is None]
        whole = frozenset((f.report, f.table) for f in cells if f.table is not None)
    else:
        cells, whole = _cells(question, names, store, whole_tables)
        sentences = _sentences(question, names, store)
    facts = [*cells, *_likeliest(question, names, sentences)]
    return Pool(tuple(facts), _row_texts(cells), whole)


def _cells(
    question: Question, names: tuple[Name, ...], store: FactSourceStore, whole_tables: bool
) -> tuple[list[Fact], frozenset[tuple[str, int]]]:
    found: dict[str, Fact] = {}
    whole: set[tuple[str, int]] = set()
    for table in _tables(question, names, store):
        place = (table.report, table.index)
        if (whole_tables or table.rows <= _LONG_TABLE) and len(whole) < _WHOLE_TABLES:
            whole.add(place)
            found.update((f.id, f) for f in store.table_facts(*place))
            continue
        for name in names:
            for spelling in name.spellings:
                query = FactQuery(keys=(spelling,), tables=(place,), nothing=True)
                found.update((f.id, f) for f in store.find(query))
    return list(found.values()), frozenset(whole)


def _tables(question: Question, names: tuple[Name, ...], store: FactSourceStore) -> list[TableSummary]:
    """The fewest tables that together have most of the names, narrowed to the periods where there are any."""
    periods: list[Period | None] = [p.period for p in question.periods if p.period is not None] or [None]
    found: dict[tuple[str, int], TableSummary] = {}
    having: dict[tuple[str, int], set[int]] = {}
    for number, name in enumerate(names):
        for table in _tables_of(name, periods, store):
            place = (table.report, table.index)
            found[place] = table
            having.setdefault(place, set()).add(number)
    if not found:
        metrics = _metric_words(question)
        tables = [t for p in periods for t in store.tables(metrics=metrics, period=p)] if metrics else []
        return tables[:_MOST_TABLES]
    return [found[place] for place in _cover(having)]


def _tables_of(name: Name, periods: list[Period | None], store: FactSourceStore) -> list[TableSummary]:
    for narrowed in (periods, [None]):
        tables = [
            t for term in name.canonicals for period in narrowed for t in store.tables(terms=(term,), period=period)
        ]
        if tables or narrowed == [None]:
            return tables
    return []


def _cover(having: dict[tuple[str, int], set[int]]) -> list[tuple[str, int]]:
    """Tables in the order of how many names they have, those with the most first, until every name is met."""
    ranked = sorted(having, key=lambda place: (-len(having[place]), place))
    most = len(having[ranked[0]])
    chosen = [place for place in ranked if len(having[place]) == most][:_MOST_TABLES]
    met = set().union(*(having[place] for place in chosen))
    for place in ranked:
        if not having[place] <= met and len(chosen) < 2 * _MOST_TABLES:
            best = len(having[place])
            chosen.extend(p for p in ranked if len(having[p]) == best and not having[p] <= met and p not in chosen)
            met |= having[place]
    return chosen[: 2 * _MOST_TABLES]


def _metric_words(question: Question) -> tuple[str, ...]:
    """The words of the question that name a metric, with the other words for the same."""
    words: dict[str, None] = {}
    for m in question.phrase.matches:
        if m.kind is SynonymKind.METRIC:
            words.update(dict.fromkeys(synonym_groups()[m.number].words))
    return tuple(words)


def _sentences(question: Question, names: tuple[Name, ...], store: FactSourceStore) -> list[Fact]:
    """Facts of sentences about the names, or about the metrics where it names nothing."""
    entities = tuple(dict.fromkeys(c for n in names for c in n.canonicals))
    if entities:
        return store.find(FactQuery(entities=entities, sources=_SENTENCES))
    metrics = _metric_words(question)
    return store.find(FactQuery(metrics=metrics, sources=_SENTENCES)) if metrics else []


def _likeliest(question: Question, names: tuple[Name, ...], facts: Iterable[Fact]) -> list[Fact]:
    """Those facts of sentences that share most words with the question, in their own order."""
    grams = _grams(question.phrase)
    spellings = {s for n in names for s in n.spellings}
    scored = []
    for fact in facts:
        text = normal_text(f"{fact.text} {fact.speaker} {fact.entity} {fact.metric}")
        shared = sum(g in text for g in grams) + 3 * sum(s in text for s in spellings)
        if shared:
            scored.append((shared, fact))
    best = sorted(scored, key=lambda pair: -pair[0])[:_MOST_SENTENCES]
    chosen = {fact.id for _, fact in best}
    return [fact for _, fact in scored if fact.id in chosen]


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
                texts.setdefault((fact.report, fact.table, fact.row), []).append(fact.printed)
    return {place: " ".join(parts) for place, parts in texts.items()}
