"""Where peewee is passed by: the two hot places (the writer's batch, the run list; STORAGE.md 1.1) and PRAGMAs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Query, SqliteDatabase

from .trouble import DatabaseTrouble, cause

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


@contextmanager
def transaction(db: SqliteDatabase) -> Iterator[None]:
    """All or nothing.  IMMEDIATE: a transaction that reads first and writes then fails at once where two meet.

    Where SQLite has rolled back by itself (a full disk), peewee's own rollback fails, and hides why; the reason is
    what is raised here.
    """
    try:
        with db.atomic("IMMEDIATE"):
            yield
    except DatabaseTrouble as error:
        raise cause(error) from None
