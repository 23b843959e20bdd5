import os

import pytest

from db.bodies import LEASE, Bodies, deflate, inflate
from db.raw import driver

BODY = b"<p>hello</p>\n" * 40


@pytest.fixture
def db(writer):
    with writer._db.atomic("IMMEDIATE"):
        yield writer._db


def rows(db, table):
    return driver(db).execute(f"SELECT * FROM {table}").fetchall()


def until(db):
    ((run,),) = driver(db).execute("SELECT until_run FROM blob_use").fetchall()
    return run


def test_the_same_body_is_kept_once(db):
    bodies = Bodies(db)

    kept = {bodies.keep(1, run, BODY) for run in range(1, 50)}
    bodies.write()

    assert len(kept) == len(rows(db, "blob")) == 1


def test_another_memory_finds_it_on_disk(db):
    first = Bodies(db)
    kept = first.keep(1, 1, BODY)
    first.write()

    assert Bodies(db).keep(1, 2, BODY) == kept


def test_each_site_has_bodies_of_its_own(db):
    bodies = Bodies(db)

    assert bodies.keep(1, 1, BODY) != bodies.keep(2, 2, BODY)


def test_nothing_is_no_body(db):
    assert Bodies(db).keep(1, 1, b"") is None


def test_a_body_is_leased_to_its_run_and_when_it_comes_again_to_many(db):
    bodies = Bodies(db)
    bodies.keep(1, 7, BODY)
    bodies.write()
    assert until(db) == 7

    bodies.keep(1, 8, BODY)
    bodies.write()
    assert until(db) == 8 + LEASE

    for run in range(9, 8 + LEASE):
        bodies.keep(1, run, BODY)
    assert not bodies._longer  # nothing to write


def test_a_lease_never_gets_shorter(db):
    bodies = Bodies(db)
    blob = bodies.keep(1, 1, BODY)
    bodies.write()

    bodies.extend(blob, 5000)
    bodies.keep(1, 30, BODY)  # a run that is older, and remembers the lease as it was
    bodies.write()

    assert until(db) == 5000 + LEASE


def test_after_a_rollback_only_what_is_on_disk_is_believed(db):
    bodies = Bodies(db)
    with db.savepoint() as savepoint:
        lost = bodies.keep(1, 1, BODY)
        bodies.write()
        savepoint.rollback()
    bodies.forget()

    assert bodies.keep(1, 2, BODY) == lost  # the number is free again
    bodies.write()
    assert len(rows(db, "blob")) == 1


def test_forgetting_many_hashes_loses_no_body(db, monkeypatch):
    monkeypatch.setattr("db.bodies._REMEMBERED", 3)
    bodies = Bodies(db)

    kept = [bodies.keep(1, run, b"%d" % (run % 10)) for run in range(1, 21)]
    bodies.write()
    kept += [bodies.keep(1, run, b"%d" % (run % 10)) for run in range(21, 41)]
    bodies.write()

    assert len(set(kept)) == len(rows(db, "blob")) == 10


@pytest.mark.parametrize(
    "body",
    [b"", b"short", BODY, BODY * 1000, os.urandom(5000), bytes(range(256)) * 5],
    ids=["empty", "short", "page", "long page", "noise", "table"],
)
def test_a_body_comes_back(body):
    codec, data = deflate(body)

    assert inflate(codec, data) == body
    assert len(data) <= len(body)
