"""How the archive stands, as the screens see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloudqa.answering import Assistant
    from cloudqa.rebuild import Event, Summary


class ArchiveState(StrEnum):
    """Whether questions can be asked, and if not, why."""

    OPENING = "opening"
    READY = "ready"
    UNBUILT = "unbuilt"  # there are reports, and no index of this program
    EMPTY = "empty"  # there is no corpus folder, or no report in it
    BROKEN = "broken"  # the index or something it needs cannot be used


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """How the archive stands.

    Attributes:
        state: Whether questions can be asked.
        reports: How many reports are indexed; where there is no index, how many files wait for one.
        outdated: How many files were added, changed or removed since the index was built.
        message: What is wrong, in one sentence.
        hint: The next step.
    """

    state: ArchiveState
    reports: int = 0
    outdated: int = 0
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening the archive gave: an assistant where questions can be asked, and how the archive stands."""

    status: ArchiveStatus
    assistant: Assistant | None = None


class RebuildState(StrEnum):
    """What a rebuild is doing."""

    IDLE = "idle"  # none has run yet
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RebuildStatus:
    """How far a rebuild is, or how the last one ended.

    Attributes:
        state: What it is doing.
        events: The latest event of each stage so far, in order of the stages.
        summary: What it did, once it has finished.
        message: Why it failed.
        hint: The next step then.
    """

    state: RebuildState = RebuildState.IDLE
    events: tuple[Event, ...] = field(default=())
    summary: Summary | None = None
    message: str = ""
    hint: str = ""
