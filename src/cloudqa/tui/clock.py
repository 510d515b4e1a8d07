"""What time it is; tests put a fixed time in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the present local time."""


def system_clock() -> datetime:
    """The present local time, with its offset."""
    return datetime.now().astimezone()
