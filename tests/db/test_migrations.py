import sqlite3
from contextlib import closing

import pytest

from db import migrations
from db.connection import open_database
from db.raw import driver
from tests.db.records import new_site


def add_colour(connection):
    """Sites get a colour."""
    connection.execute("ALTER TABLE site ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")


def colour_red(connection):
    """Blue was hard to read."""
    connection.execute("UPDATE site SET colour = 'red'")


def fail(connection):
    """A step with a fault."""
    connection.execute("DROP TABLE run")
    connection.execute("SELECT no_such_column FROM site")


@pytest.fixture
def db(path):
    db, _ = open_database(path)
    new_site(db)
    yield db
    db.close()


def version_of(db):
    return driver(db).execute("PRAGMA user_version").fetchone()[0]


def test_steps_are_taken_from_the_version_found(db, path, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", (add_colour,))
    migrations.migrate(db, path, 1)
    monkeypatch.setattr(migrations, "STEPS", (add_colour, colour_red))
    migrations.migrate(db, path, 2)

    assert version_of(db) == 3
    assert driver(db).execute("SELECT colour FROM site").fetchall() == [("red",)]


def test_the_file_is_copied_before(db, path, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", (add_colour,))

    copy = migrations.migrate(db, path, 1)

    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("PRAGMA user_version").fetchone() == (1,)
        assert before.execute("SELECT slug FROM site").fetchall() == [("one",)]
        assert "colour" not in {row[1] for row in before.execute("PRAGMA table_info(site)")}


def test_a_step_that_fails_leaves_all_as_it_was(db, path, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", (add_colour, fail))

    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(db, path, 1)

    assert version_of(db) == 1
    assert "run" in db.get_tables()
    assert "colour" not in {row[1] for row in driver(db).execute("PRAGMA table_info(site)")}


def test_an_older_file_is_brought_up_to_date_when_it_is_opened(path, monkeypatch):
    db, _ = open_database(path)
    new_site(db)
    db.close()
    monkeypatch.setattr(migrations, "STEPS", (add_colour,))

    db, opened = open_database(path)

    assert (opened.migrated_from, opened.backup.name) == (1, "gatehouse-version-1.db")
    assert driver(db).execute("SELECT colour FROM site").fetchall() == [("blue",)]
    db.close()
