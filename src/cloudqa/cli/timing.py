"""How long the steps of a run took (``--timings``)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Timings:
    """Steps and their wall times, in the order in which they were first taken; times of a repeated step add up."""

    def __init__(self) -> None:
        self._elapsed_s: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times what is done inside the block."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._elapsed_s[name] = self._elapsed_s.get(name, 0.0) + time.perf_counter() - begin

    def summary(self) -> str:
        """One line such as "timings: open 12.3 ms, ask 4.5 ms"."""
        return "timings: " + ", ".join(f"{name} {elapsed * 1000:.1f} ms" for name, elapsed in self._elapsed_s.items())
