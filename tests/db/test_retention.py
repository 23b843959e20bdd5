import os

import pytest

from db import queries, retention
from db.bodies import LEASE
from db.raw import driver
from db.retention import Keep
from db.store import Stock
from tests.db.conftest import add_site
from tests.db.records import STARTED_US, closed, failed, opened, page

GIB = 1 << 30


def fill(writer, numbers, *, site=1, end=closed):
    batch = [
        (kind, make(run))
        for run in numbers
        for kind, make in (("opened", lambda r: opened(r, site=site)), ("closed", end))
    ]
    writer.write(batch)


def prune_all(writer, keep):
    steps = 0
    while writer.prune(keep):
        steps += 1
    return steps


def numbers(look, where="1"):
    return [run for (run,) in look(f"SELECT id FROM run WHERE {where} ORDER BY id")]


@pytest.mark.parametrize(
    ("stock", "slack", "is_excess"),
    [
        pytest.param(Stock(150, 5), 0, False, id="as many as it may"),
        pytest.param(Stock(151, 5), 0, True, id="one too many"),
        pytest.param(Stock(151, 5), 200, False, id="one too many, but there is no time"),
        pytest.param(Stock(351, 5), 200, True, id="far too many"),
        pytest.param(Stock(110, 2000), 0, True, id="too many bytes"),
        pytest.param(Stock(100, 2000), 0, False, id="the newest hundred, whatever they hold"),
    ],
)
def test_what_is_too_much(stock, slack, is_excess):
    assert retention.excess(stock, Keep(150, 1000), slack=slack) is is_excess


def test_the_oldest_runs_go_first(writer, look):
    fill(writer, range(1, 501))

    steps = prune_all(writer, {1: Keep(150, GIB)})

    assert numbers(look) == list(range(351, 501))
    assert steps == 2  # of 200 runs, and of 150


def test_the_newest_hundred_stay(writer, look):
    fill(writer, range(1, 301))

    prune_all(writer, {1: Keep(1, 1)})

    assert numbers(look) == list(range(201, 301))


def test_runs_that_go_on_stay(writer, look):
    writer.write([("opened", opened(1, stdin=b"x", stdin_size=1))])
    fill(writer, range(2, 302))

    prune_all(writer, {1: Keep(120, GIB)})

    assert numbers(look) == [1, *range(183, 302)]


def test_runs_go_for_their_bytes_too(writer, look):
    big = b"z" * 10_000
    fill(writer, range(1, 201), end=lambda run: closed(run, stdout=big + b"%d" % run, stdout_size=10_003))

    prune_all(writer, {1: Keep(20_000, 1_200_000)})

    ((bytes_,),) = look("SELECT bytes FROM site")
    assert 1_180_000 < bytes_ <= 1_200_000
    assert look("SELECT sum(bytes) FROM run") == [(bytes_,)]


def test_bodies_go_with_their_runs(writer, look):
    fill(writer, range(1, 501))

    prune_all(writer, {1: Keep(100, GIB)})

    kept = {blob for row in look("SELECT base, stdout FROM run") for blob in row}
    assert {blob for (blob,) in look("SELECT id FROM blob")} == kept
    assert look("SELECT blob FROM blob_use ORDER BY 1") == look("SELECT id FROM blob ORDER BY 1")


def test_every_run_that_is_left_has_its_bodies(writer, read):
    fill(writer, range(1, 2 * LEASE), end=lambda run: closed(run, stderr=b"%d" % (run // 700), stderr_size=1))

    prune_all(writer, {1: Keep(500, GIB)})
    fill(writer, range(2 * LEASE, 4 * LEASE))  # what was forgotten comes again
    prune_all(writer, {1: Keep(500, GIB)})

    for row in read(queries.runs, limit=500):
        run = read(queries.run, row["id"])
        assert run["stdout"] == page(row["id"])
        assert run["meta_variables"] == opened(row["id"])["meta_variables"]


def test_a_site_that_nobody_visits_keeps_its_runs_and_holds_nobody_elses_bodies(writer, look, read):
    two = add_site(writer, "two")
    fill(writer, [1], site=two)
    fill(writer, range(2, 502))

    prune_all(writer, {1: Keep(100, GIB)})

    assert read(queries.run, 1)["stdout"] == page(1)
    assert look("SELECT count(*) FROM blob_use WHERE site = 1") < [(120,)]


def test_counters_are_of_what_is_left(writer, read, look):
    fill(writer, range(1, 151), end=failed)
    fill(writer, range(151, 301))

    prune_all(writer, {1: Keep(200, GIB)})

    assert read(queries.counts, 1) == {"total": 200, "failed": 50, "median_us": 2000}
    assert look("SELECT bytes FROM site") == look("SELECT sum(bytes) FROM run")
    assert writer.store.stocks[1].runs == 200


def test_what_happened_is_told_of_pruned_runs_too(writer, read):
    fill(writer, range(1, 301), end=failed)

    prune_all(writer, {1: Keep(100, GIB)})

    assert read(queries.today, 1, STARTED_US)["failed"] == 300


def test_the_pulse_of_long_ago_is_forgotten(writer, read):
    fill(writer, [1])
    now_us = STARTED_US + retention.PULSE_US + 60_000_000

    writer.do(lambda db: retention.forget_pulse(db, now_us=now_us))

    assert read(queries.today, 1, STARTED_US)["runs"] == 0


def test_pages_that_became_free_are_given_back_a_few_at_a_time(writer):
    fill(writer, range(1, 301), end=lambda run: closed(run, stdout=os.urandom(9000)))
    prune_all(writer, {1: Keep(100, GIB)})
    connection = driver(writer._db)
    (before,) = connection.execute("PRAGMA page_count").fetchone()

    steps = 0
    while retention.give_back(writer._db, pages=10, spare=20):
        steps += 1

    assert steps > 3
    assert connection.execute("PRAGMA page_count").fetchone()[0] < before
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_prune_that_fails_happened_not_at_all(writer, look, monkeypatch):
    fill(writer, range(1, 301))
    monkeypatch.setattr(retention, "free_bodies", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        writer.prune({1: Keep(100, GIB)})

    assert numbers(look) == list(range(1, 301))
    assert writer.store.stocks[1].runs == 300
