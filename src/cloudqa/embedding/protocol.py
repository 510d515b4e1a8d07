"""What an encoder must offer to be plugged in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Text to vectors."""

    @property
    def name(self) -> str:
        """Identity of model and revision; an index built with another name is stale."""

    @property
    def dimension(self) -> int:
        """Length of its vectors."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape ``(len(texts), dimension)`` float32, rows L2-normalised.

        A text of unknown words only gives a zero row.
        """

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, as :meth:`encode_passages`; models with a query prompt use it here."""


class Bags(Protocol):
    """The distinct pieces of some texts, one text after the other."""

    @property
    def ids(self) -> NDArray[np.int32]:
        """``(p,)`` int32 piece ids, ascending within a text."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """``(texts + 1,)`` int64; the pieces of text ``i`` are ``ids[starts[i]:starts[i + 1]]``."""


@runtime_checkable
class PieceSplitter(Protocol):
    """What an encoder may offer besides: its word pieces, so that a passage can be asked which of them it holds."""

    def piece_bags(self, texts: Sequence[str]) -> Bags:
        """The pieces of texts; a piece that the encoder does not know is left out."""


@runtime_checkable
class WordSplitter(Protocol):
    """What an encoder may offer besides: where the words of a text begin and end."""

    def word_spans(self, normalised: str) -> list[tuple[int, int]]:
        """Half-open places of the words of a normalised text, in order."""
