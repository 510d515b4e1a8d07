"""Question -> passages of a report archive, each with the reasons for its rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloudqa.embedding import Embedder
from cloudqa.errors import IndexStaleError
from cloudqa.index import REPAIR, Generation
from cloudqa.passages import Passage
from cloudqa.retrieval.ranking import Ranker, Reasons


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: The passage.
        score: Higher is better; comparable within one question only.
        reasons: Why it ranks where it does.
    """

    passage: Passage
    score: float
    reasons: Reasons


class Retriever:
    """Finds passages of one generation of the index.

    Args:
        generation: What is searched.
        embedder: The encoder it was built with.

    Attributes:
        embedder: The same.

    Raises:
        IndexStaleError: It was built with another encoder.
        IndexCorruptError: A file of the lexical or dense side is missing, damaged or foreign.
    """

    def __init__(self, generation: Generation, embedder: Embedder) -> None:
        built_with = (generation.manifest.encoder, generation.manifest.dimension)
        if built_with != (embedder.name, embedder.dimension):
            raise IndexStaleError(f"The index was built with the encoder {built_with[0]}, not {embedder.name}.", REPAIR)
        self.embedder = embedder
        self._generation = generation
        self._ranker = Ranker(generation.postings, generation.vectors, embedder, generation.pieces)

    def search(self, question: str, k: int, only: Sequence[int] | None = None) -> list[Hit]:
        """The ``k`` best passages, best first; equal scores in the order of the archive.

        Only the first :data:`~cloudqa.retrieval.ranking.MAX_QUESTION_CHARS` characters of the question count.

        Args:
            question: What is asked.
            k: How many passages at most.
            only: Rows of the index that may be found, ascending; None for all of them.

        Raises:
            UsageError: The question is blank, or ``k`` is below 1.
        """
        ranked = self._ranker.rank(question, k, only)
        passages = self._generation.passages([found.row for found in ranked])
        return [Hit(p, found.score, found.reasons) for p, found in zip(passages, ranked, strict=True)]
