"""Each error is one that SQLite really raised."""

import sqlite3
from contextlib import closing

import peewee
import pytest

from db import trouble
from db.raw import transaction


def error_of(act):
    with pytest.raises((sqlite3.Error, peewee.PeeweeException, OverflowError)) as raised:
        act()
    return raised.value


def full(connection):
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 3")
    for _ in range(99):
        connection.execute("INSERT INTO t VALUES (randomblob(5000))")


def twice(connection):
    connection.execute("CREATE TABLE t (x PRIMARY KEY)")
    connection.execute("INSERT INTO t VALUES (1), (1)")


@pytest.mark.parametrize(
    ("act", "is_full", "is_passing"),
    [
        pytest.param(full, True, True, id="full"),
        pytest.param(
            lambda connection: connection.execute("PRAGMA query_only = 1; ") and twice(connection),
            False,
            True,
            id="read-only",
        ),
        pytest.param(twice, False, False, id="not unique"),
        pytest.param(lambda connection: connection.execute("SELECT ?", (object(),)), False, False, id="no value"),
        pytest.param(lambda connection: connection.execute("SELECT ?", (1 << 80,)), False, False, id="too big"),
    ],
)
def test_trouble_passes_but_a_wrong_row_stays_wrong(act, is_full, is_passing):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        error = error_of(lambda: act(connection))

    assert trouble.is_full(error) is is_full
    assert trouble.is_passing(error) is is_passing
    assert not trouble.is_damage(error)


def test_a_file_that_is_no_database_is_damage_from_below_and_above_peewee(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"no database" * 1000)
    db = peewee.SqliteDatabase(str(path), autoconnect=False)
    db.connect()

    with closing(sqlite3.connect(path)) as connection:
        below = error_of(lambda: connection.execute("SELECT * FROM sqlite_master"))
    above = error_of(lambda: db.execute_sql("SELECT * FROM sqlite_master"))
    db.close()

    assert trouble.is_damage(below)
    assert trouble.is_damage(above)


def test_a_place_that_takes_no_file_is_not_writable(tmp_path):
    error = error_of(lambda: sqlite3.connect(tmp_path / "gone" / "file"))

    assert trouble.is_not_writable(error)


def test_the_reason_is_told_where_sqlite_has_rolled_back_by_itself():
    """peewee's rollback then fails, with an error that says nothing of a full disk."""
    db = peewee.SqliteDatabase(":memory:", autoconnect=False)
    db.connect()

    def act():
        with transaction(db):
            full(db.connection())

    error = error_of(act)
    db.close()

    assert trouble.is_full(error)


def test_an_error_of_the_sql_stays_what_it_is():
    db = peewee.SqliteDatabase(":memory:", autoconnect=False)
    db.connect()

    def act():
        with transaction(db):
            db.execute_sql("SELECT * FROM nowhere")

    error = error_of(act)
    db.close()

    assert isinstance(error, peewee.OperationalError)
    assert "nowhere" in str(error)
