"""Inserts that may meet a row that is there already, for both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_Insert = sqlite.Insert | postgresql.Insert
_INSERT: Mapping[str, Callable[[Table], _Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def inserting(connection: Connection, table: Table) -> _Insert:
    """An insert with `on_conflict_do_nothing` and `returning`."""
    return _INSERT[connection.dialect.name](table)
