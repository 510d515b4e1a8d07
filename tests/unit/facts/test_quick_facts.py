"""Objects made quickly are those that the class itself makes."""

from dataclasses import FrozenInstanceError, dataclass, fields

import pytest

from cloudqa.documents import Span
from cloudqa.facts.quick import maker


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: str = "x"


def test_the_quick_way_makes_the_same_object():
    quick = maker(Pair)(3, "y")
    assert quick == Pair(3, "y")
    assert (type(quick), hash(quick), repr(quick)) == (Pair, hash(Pair(3, "y")), repr(Pair(3, "y")))
    assert maker(Span)(1, 2) < Span(1, 3)


def test_it_is_as_frozen():
    with pytest.raises(FrozenInstanceError):
        maker(Pair)(3, "y").first = 4


def test_every_field_is_needed():
    with pytest.raises(TypeError):
        maker(Pair)(3)
    assert len(fields(Pair)) == 2
