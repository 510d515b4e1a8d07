"""Arrays put aside in one file while an index is built, so that memory does not grow with the archive."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an array lies in a spool: its first byte, its type and its shape."""

    offset: int
    dtype: np.dtype[Any]
    shape: tuple[int, ...]


class Spool:
    """A temporary file of arrays; use as a context manager, which removes it.

    Args:
        path: The file; it must not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedRandom = path.open("xb+")
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def put(self, array: NDArray[Any]) -> Kept:
        """Puts an array aside."""
        kept = Kept(self._end, array.dtype, array.shape)
        self._file.seek(self._end)
        self._file.write(np.ascontiguousarray(array).data)
        self._end += array.nbytes
        return kept

    def get(self, kept: Kept) -> NDArray[Any]:
        """A copy of an array that was put aside."""
        array = np.empty(kept.shape, kept.dtype)
        if array.nbytes:
            self._file.seek(kept.offset)
            self._file.readinto(array.data.cast("B"))
        return array
