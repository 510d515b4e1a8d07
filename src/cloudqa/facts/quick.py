"""Making very many frozen objects: a frozen dataclass sets each field through ``object.__setattr__``, one by one.

A fact has thirty fields, so making one takes Python longer than reading it from SQLite. The objects made here are the
same: of the same class, equal, and just as frozen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

_Made = TypeVar("_Made")


def maker(cls: type[_Made]) -> Callable[..., _Made]:
    """A quick constructor of a frozen, slotted dataclass.

    It takes every field by position, without defaults, and does not call ``__post_init__``: only for values that were
    once taken from such an object.

    Args:
        cls: The class. Its instances must have slots for its fields and nothing else.
    """
    names = tuple(field.name for field in fields(cls))  # type: ignore[arg-type]
    body = "\n".join(f"    self.{name} = {name}" for name in names)
    compiled: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(names)}):\n{body}", compiled)  # the names are those of our own fields
    open_twin: Any = type(cls.__name__, (), {"__slots__": names, "__init__": compiled["__init__"]})

    def make(*values: Any) -> _Made:
        made = open_twin(*values)
        made.__class__ = cls  # classes with the same slots are laid out alike
        return made  # type: ignore[no-any-return]

    return make
