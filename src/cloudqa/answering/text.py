"""Answers in words: the sentence or two that answer, a list, a figure in a sentence; or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudqa.answering.answer import Answer, AnswerKind, Citation
from cloudqa.answering.citing import Sources, cite_passage, cite_span, limited
from cloudqa.answering.evidence import Evidence, narrow, widened
from cloudqa.answering.lists import Listing, enumeration, evidence_for_items, find_listing, source_spans, timeline
from cloudqa.answering.matching import Matcher
from cloudqa.answering.refusing import NEAR, NEAR_ENGLISH, is_near, refusal, why_refuse, with_names
from cloudqa.passages import Passage, PassageKind
from cloudqa.questions.asking import Asked

if TYPE_CHECKING:
    from cloudqa.answering.figures import Figure

_SHORT_CHARS, _LONG_CHARS = 190, 380
_CLOSE = 0.92  # of the best score, for a further sentence to be said
_BESIDE = 0.68  # the same for one of the same passage where two things are asked for
_NEAREST = 3  # sentences said where none meets the question well
_GAIN = 0.12  # of the question that a further sentence must add
_SHORT_CELL = 8
_CELL_ENDS = re.compile(r"[\t\n|]")
_FIGURE = re.compile(r"[-+(（]?[\d.,:/年月日 -]+[^\d\s]{0,6}")
_MARKUP = re.compile(r"</?a\b[^>]*>|\*\*|`|<https?://[^>]*>(?=$)")


def answer_text(
    question: str, matcher: Matcher, ranked: Sequence[Evidence], passages: Sequence[Passage], sources: Sources
) -> Answer:
    """The answer in words to a question, from its ranked evidence.

    Args:
        question: As the user wrote it.
        matcher: The question, prepared.
        ranked: Sentences of the found passages, best first.
        passages: The found passages, best first, headings among them.
        sources: Where quotes are cut from.
    """
    asking = matcher.asking
    if asking.asks(Asked.TASK):
        return refusal(
            question, _subject(matcher), "这里只回答报告中写明的内容，不代写、不翻译、不执行其他任务。", asking.english
        )
    ranked = [e for e in ranked if not is_bare_row(e.passage)]
    listing = find_listing(matcher, passages) if asking.asks(Asked.LIST, Asked.WHICH) else None
    if listing is not None and (asking.count or not ranked or listing.share >= ranked[0].coverage.share):
        return _say_listing(question, listing, sources)
    named = with_names(matcher, ranked)
    missing = why_refuse(matcher, ranked, named)
    if missing is not None:
        return refusal(question, missing or _subject(matcher), "", asking.english, _closest(ranked, sources))
    ranked = named
    if asking.asks(Asked.NUMBER) and not asking.asks(Asked.REASON):
        from cloudqa.answering.figures import only_figure, read_figure  # the reader of figures is not cheap to load

        alone = asking.asked[0] is Asked.NUMBER and not asking.asks(Asked.WHICH)
        if not asking.asks(Asked.PERSON, Asked.PLACE, Asked.NAME):
            figure = read_figure(matcher, ranked[:12]) or (only_figure(matcher, ranked[0]) if alone else None)
            if figure is not None:
                return _say_figure(question, figure, sources)
        if alone:
            missing = matcher.missing(ranked[0].wide) or _subject(matcher)
            return refusal(question, missing, "", asking.english, _closest(ranked, sources))
    chosen = (
        evidence_for_items(matcher, ranked)
        or timeline(matcher, ranked)
        or enumeration(matcher, ranked, passages)
        or _choose(matcher, ranked)
    )
    return _say_sentences(question, matcher, chosen, sources)


def is_bare_row(passage: Passage) -> bool:
    """Whether a passage is a table row of figures and short entries, which is no answer without its headers."""
    if passage.kind is not PassageKind.TABLE_ROW:
        return False
    cells = [cell for part in _CELL_ENDS.split(passage.text) if (cell := part.strip())]
    return 2 * sum(len(cell) <= _SHORT_CELL or _FIGURE.fullmatch(cell) is not None for cell in cells) >= len(cells)


def _say_listing(question: str, listing: Listing, sources: Sources) -> Answer:
    lines = [f"{i}. {item}" for i, (item, _, _) in enumerate(listing.items, 1)]
    spans = source_spans(listing)
    whole = [cite_span(sources, listing.passage.report, s, listing.passage.section) for s in spans]
    return Answer(question=question, answer="\n".join(lines), kind=AnswerKind.LIST, citations=limited(whole))


def _say_figure(question: str, figure: Figure, sources: Sources) -> Answer:
    quantity, passage = figure.quantity, figure.evidence.passage
    said = reading_text(passage.text[figure.start : figure.end]).rstrip("，,；;。")
    return Answer(
        question=question,
        answer=f"{quantity.text}（{said}）",
        kind=AnswerKind.NUMBER,
        value=quantity.value,
        unit=quantity.unit.symbol,
        citations=limited(cite_passage(sources, passage, figure.start, figure.end)),
    )


def _say_sentences(question: str, matcher: Matcher, chosen: Sequence[Evidence], sources: Sources) -> Answer:
    said = [reading_text(e.text) for e in chosen]
    citations = [c for e in chosen for c in cite_passage(sources, e.passage, e.start, e.end)]
    kind = AnswerKind.YES_NO if matcher.asking.asks(Asked.YES_NO) else AnswerKind.TEXT
    near = (NEAR_ENGLISH if matcher.asking.english else NEAR,) if is_near(matcher, chosen[0]) else ()
    return Answer(question=question, answer="\n".join(said), kind=kind, caveats=near, citations=limited(citations))


def _choose(matcher: Matcher, ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, with its neighbours where an explanation is asked for, and others that add to it."""
    brief = matcher.asking.brief
    if is_near(matcher, ranked[0]):
        return [narrow(matcher, e) for e in ranked[:_NEAREST]]
    budget_chars = _SHORT_CHARS if brief else _LONG_CHARS
    best = narrow(matcher, ranked[0]) if brief else widened(matcher, ranked[0], ranked)
    chosen, covered, length = [best], best.coverage, len(best.text)
    for candidate in ranked[1:12]:
        piece = narrow(matcher, candidate)
        together = matcher.together(covered, piece.coverage)
        gains = together.share - covered.share >= _GAIN
        beside = candidate.passage is best.passage and len(matcher.asking.asked) + matcher.asking.parts > 2
        close = (_BESIDE if beside else _CLOSE) * ranked[0].score
        if candidate.score < close or not gains or length + len(piece.text) > budget_chars:
            continue
        chosen.append(piece)
        covered, length = together, length + len(piece.text)
        if len(chosen) == (2 if brief else 3):
            break
    return chosen


def _subject(matcher: Matcher) -> tuple[str, ...]:
    """What the question is about, without its grammar: what a refusal names when every word of it is known."""
    kept = "".join(c if w > 0.0 else " " for c, w in zip(matcher.asking.text, matcher.asking.weights, strict=True))
    return ("".join(kept.split()) if not matcher.asking.english else " ".join(kept.split()),)


def _closest(ranked: Sequence[Evidence], sources: Sources) -> tuple[Citation, ...]:
    """The best sentence, as what comes closest to an answer that is not there."""
    return limited(cite_passage(sources, ranked[0].passage, ranked[0].start, ranked[0].end))[:1] if ranked else ()


def reading_text(text: str) -> str:
    """The text without the marks of its format."""
    return re.sub(r"\s*\n\s*", " ", _MARKUP.sub("", text)).strip()
