"""Answers, ranked passages and excerpts as text for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cloudqa.cli.console import Style, one_line, visible
from cloudqa.cli.wording import Wording, wording_for

if TYPE_CHECKING:
    from cloudqa.answering.answer import Answer, Citation
    from cloudqa.cli.ports import RankedPassage
    from cloudqa.passages import Passage
    from cloudqa.retrieval.ranking import Reasons

_TERMS_SHOWN = 10  # of the terms that a passage shares with the question, the heaviest


def render_answer(answer: Answer, style: Style) -> str:
    """The answer, its working and caveats, then its citations, each with the place that ``cloudqa show`` takes."""
    words = wording_for(answer.question)
    blocks = [style.bold(visible(answer.answer))]
    remarks = "\n".join(_remarks(answer, words))
    if remarks:
        blocks.append(remarks)
    blocks.extend(_citation(i, c, words, style) for i, c in enumerate(answer.citations, start=1))
    return "\n\n".join(blocks)


def _remarks(answer: Answer, words: Wording) -> Iterator[str]:
    labelled = [
        (words.working, [answer.working.formula] if answer.working else []),
        (words.missing, ["、".join(answer.missing)] if answer.missing else []),
        (words.caveat, answer.caveats),
        (words.alternative, answer.alternatives),
        (words.context, ["、".join(answer.context)] if answer.context else []),
    ]
    for label, texts in labelled:
        for text in texts:
            yield f"{label}{words.colon}{one_line(text)}"


def _citation(number: int, citation: Citation, words: Wording, style: Style) -> str:
    place = [f"{citation.report}:{citation.start}-{citation.end}", words.line.format(line=citation.line)]
    if citation.page is not None:
        place.append(words.page.format(page=citation.page))
    path = " › ".join(filter(None, [citation.issue, *citation.section]))
    lines = [f"[{number}] {words.quote.format(quote=one_line(citation.quote))}"]
    lines += [style.dim(f"    {text}") for text in (one_line(path), visible("  ".join(place))) if text]
    return "\n".join(lines)


def render_excerpt(text: str, start: int, end: int, context_lines: int, style: Style) -> str:
    """The lines of a text that hold ``text[start:end]``, with line numbers and the stretch itself marked.

    Args:
        text: The canonical text of a report.
        start: First offset to mark, in code points; ``0 <= start < end <= len(text)``.
        end: Offset after the last one to mark.
        context_lines: How many lines before and after are shown too.
        style: How the stretch is marked.
    """
    lines = text.split("\n")
    first_line, last_line = text.count("\n", 0, start), text.count("\n", 0, end - 1)
    low, high = max(0, first_line - context_lines), min(len(lines), last_line + context_lines + 1)
    digits = len(str(high))
    offset = sum(len(line) + 1 for line in lines[:low])
    shown: list[str] = []
    for number, line in enumerate(lines[low:high], start=low + 1):
        pointer = ">" if first_line < number <= last_line + 1 else " "
        body = _marked(line, start - offset, end - offset, style)
        shown.append(f"{pointer} {number:>{digits}}  {body}".rstrip())
        offset += len(line) + 1
    return "\n".join(shown)


def _marked(line: str, start: int, end: int, style: Style) -> str:
    """One line with the part of it inside the half-open range marked; the range may lie outside the line."""
    first, last = max(0, start), min(len(line), end)
    if first >= last:
        return visible(line)
    return visible(line[:first]) + style.marked(visible(line[first:last])) + visible(line[last:])


def render_hits(hits: Sequence[RankedPassage], style: Style, *, explain: bool) -> str:
    """Ranked passages, best first, each with its places; with ``explain`` also what its score is made of."""
    return "\n\n".join(_hit(rank, hit, style, explain) for rank, hit in enumerate(hits, start=1))


def _hit(rank: int, hit: RankedPassage, style: Style, explain: bool) -> str:
    passage = hit.passage
    notes = [
        one_line(" › ".join(passage.section)),
        "  ".join(f"{passage.report}:{a}-{b}" for a, b in source_ranges(passage)),
    ]
    if explain:
        notes.append(one_line(_why(hit)))
    lines = [f"{rank}. {one_line(passage.text)}"]
    lines += [style.dim(f"    {visible(note)}") for note in notes if note]
    return "\n".join(lines)


def _why(hit: RankedPassage) -> str:
    reasons = hit.reasons
    signals = (
        f"bm25 {reasons.bm25:+.2f}, coverage {reasons.coverage:+.2f}, pieces {reasons.pieces:+.2f}, "
        f"dense {reasons.dense_weight:.2f} × (passage {reasons.passage:+.2f}, sentence {reasons.sentence:+.2f})"
    )
    heaviest = " ".join(reasons.matched[:_TERMS_SHOWN])
    return f"score {hit.score:.3f}: {signals}; {reasons.covered:.0%} of the terms: {heaviest}"


def hit_fields(rank: int, hit: RankedPassage) -> dict[str, Any]:
    """One ranked passage as ``docs/json.md`` describes it."""
    passage = hit.passage
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "reasons": _reason_fields(hit.reasons),
        "passage": passage.id,
        "report": passage.report,
        "kind": passage.kind.value,
        "section": passage.section,
        "text": passage.text,
        "context": passage.context,
        "places": [{"start": start, "end": end} for start, end in source_ranges(passage)],
    }


def _reason_fields(reasons: Reasons) -> dict[str, Any]:
    return {
        "bm25": round(reasons.bm25, 6),
        "coverage": round(reasons.coverage, 6),
        "pieces": round(reasons.pieces, 6),
        "passage": round(reasons.passage, 6),
        "sentence": round(reasons.sentence, 6),
        "dense_weight": round(reasons.dense_weight, 6),
        "covered": round(reasons.covered, 6),
        "matched": reasons.matched,
    }


def source_ranges(passage: Passage) -> list[tuple[int, int]]:
    """Where a passage stands in its report: half-open, in order, stretches that touch joined."""
    ranges: list[tuple[int, int]] = []
    for _, _, span in passage.pieces:
        if ranges and ranges[-1][1] == span.start:
            ranges[-1] = (ranges[-1][0], span.end)
        else:
            ranges.append((span.start, span.end))
    return ranges
