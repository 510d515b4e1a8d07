"""What an encoder must offer to be plugged in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

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
