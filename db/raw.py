"""The door past peewee, for the two hot places: the writer's batch and the run list (STORAGE.md 1.1)."""

import sqlite3
from typing import Any

from peewee import Query, SqliteDatabase

_NOWHERE = SqliteDatabase(None)


def sql_of(query: Query) -> str:
    """The text of a query, to be bound again and again by the driver."""
    text, _ = query.bind(_NOWHERE).sql()
    return str(text)


def driver(db: SqliteDatabase) -> sqlite3.Connection:
    """The driver's own connection under peewee's.  Raises sqlite3's errors, not peewee's."""
    connection: Any = db.connection()  # type: ignore[no-untyped-call]
    assert isinstance(connection, sqlite3.Connection)
    return connection
