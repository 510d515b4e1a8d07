"""Regular expressions that are compiled when first used, so that importing costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def lazily(source: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that returns the compiled expression, the same one every time."""

    @cache
    def pattern() -> re.Pattern[str]:
        return re.compile(source, flags)

    return pattern
