"""Reading stored facts: by entity, metric, period, key of a row, table and report."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from cloudqa.facts.model import Fact, TableSummary
from cloudqa.facts.query import FactQuery

if TYPE_CHECKING:
    from cloudqa.quantities import Period


class FactStore:
    """The facts of one generation, read from its archive file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
