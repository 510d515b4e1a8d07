"""Any sentence-transformers model that lies on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cloudqa.embedding.model_files import locate, model_name
from cloudqa.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class TransformerEncoder:
    """Texts to vectors by sentence-transformers; torch is loaded when the first text is encoded.

    Attributes:
        name: Name and revision of the model.
    """

    def __init__(self, model: str | Path) -> None:
        """Finds the model on disk; a hub is never asked.

        Args:
            model: A folder, or the name of a model in the local cache of the hub.

        Raises:
            ModelUnavailableError: It is not on this machine.
        """
        self._folder = locate(model)
        self.name = model_name(self._folder)

    @property
    def dimension(self) -> int:
        """Length of its vectors."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise _unusable(self._folder, "it does not say how long its vectors are")
        return dimension

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors ``(len(texts), dimension)`` float32, L2-normalised.

        A document prompt of the model is put before each text.
        """
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return self._rows(vectors, len(texts))

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`encode_passages`, with the query prompt of the model."""
        vectors = self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return self._rows(vectors, len(texts))

    def _rows(self, vectors: object, count: int) -> NDArray[np.float32]:
        return np.asarray(vectors, dtype=np.float32).reshape(count, self.dimension)

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), local_files_only=True, device="cpu")
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            raise _unusable(self._folder, str(error).splitlines()[0] if str(error) else repr(error)) from error


def _unusable(folder: Path, why: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"The model in {folder} cannot be loaded: {why}.",
        "docs/models.md says what a model folder must hold; without --model the built-in encoder is used.",
    )
