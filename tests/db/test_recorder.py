"""The recorder as the supervisor uses it, on a real file."""

from pathlib import Path
from threading import Event, Thread

import peewee
import pytest

from db import changes, queries, recorder, reserve
from db.errors import NewerDatabase
from db.raw import driver
from db.recorder import Recorder
from tests.db.conftest import DEADLINE_S
from tests.db.records import closed, failed, new_site, opened, page


@pytest.fixture
def running(start_recorder):
    """A recorder with the site 1."""
    started = start_recorder()
    started.do(new_site).result(DEADLINE_S)
    return started


def test_what_is_stored_is_told_after_it_is_on_disk(running, heard, read):
    beginning, end = opened(1), closed(1)
    running.opened(beginning)
    heard.wait_for_stored(1)
    assert read(queries.run, 1)["end"] == "running"

    running.closed(end)
    heard.wait_for_stored(2)

    assert read(queries.run, 1)["end"] == "exited"
    assert heard.stored == [(1, "opened", beginning), (1, "closed", end)]
    assert heard.stored[0][2] is beginning


def test_numbers_go_on_after_clearing(start_recorder, running, heard):
    assert running.next_run == 1
    running.opened(opened(41))
    running.closed(closed(41))
    heard.wait_for_stored(2)
    running.do(lambda db: changes.clear_runs(db, 1)).result(DEADLINE_S)
    running.close()

    assert start_recorder().next_run == 42


def test_closing_writes_all_that_waits(running, read):
    for run in range(1, 2001):
        running.opened(opened(run))
        running.closed(closed(run))

    assert running.close() == 0

    assert read(queries.counts, 1)["total"] == 2000
    assert read(queries.latest_run_id) == 2000


def test_a_batch_is_what_waits_up_to_its_bounds(running, heard):
    """While the writer is held up by a task, records gather."""
    go = Event()
    held = running.do(lambda db: go.wait(DEADLINE_S))
    for run in range(1, 451):
        running.opened(opened(run))
    for run in range(1, 5):
        running.closed(closed(run, stdout=b"x" * (3 << 20)))
    go.set()
    held.result(DEADLINE_S)
    heard.wait_for_stored(454)

    assert heard.batches[:2] == [200, 200]
    assert all(size <= 200 for size in heard.batches)
    assert len(heard.batches) >= 6  # no two of the big ones fit into one


def test_a_feeder_waits_while_too_much_waits_and_nothing_is_dropped(running, heard, monkeypatch, read):
    monkeypatch.setattr(recorder, "WAITING_CAP", 100_000)
    go, fed = Event(), []
    held = running.do(lambda db: go.wait(DEADLINE_S))

    def feed():
        for run in range(1, 101):
            running.opened(opened(run))
            fed.append(run)

    feeder = Thread(target=feed)
    feeder.start()
    with running._wake:
        is_full = running._wake.wait_for(lambda: running._waiting_bytes > 90_000, DEADLINE_S)
    assert is_full
    assert len(fed) < 20
    go.set()
    held.result(DEADLINE_S)
    feeder.join(DEADLINE_S)
    heard.wait_for_stored(100)

    assert read(queries.counts, 1)["total"] == 100


def test_a_task_answers_with_what_it_found(running):
    assert running.do(lambda db: [site["slug"] for site in queries.sites(db)]).result(DEADLINE_S) == ["one"]


def test_a_task_that_fails_changes_nothing_and_tells_its_caller(running, heard, read):
    def task(db):
        changes.set_setting(db, "theme", "dark")
        raise KeyError("no")

    with pytest.raises(KeyError):
        running.do(task).result(DEADLINE_S)

    assert read(queries.settings) == {}
    running.opened(opened(1))
    heard.wait_for_stored(1)


def test_a_recorder_that_was_never_started_can_be_closed(path):
    assert Recorder(path, on_stored=print, on_trouble=print).close() == 0


def test_a_closed_recorder_takes_no_tasks(running):
    running.close()

    with pytest.raises(RuntimeError):
        running.do(new_site)


def test_runs_that_nobody_finished_are_interrupted_at_the_next_start(start_recorder, running, heard, read):
    running.opened(opened(1))
    running.opened(opened(2))
    running.closed(closed(2))
    heard.wait_for_stored(3)
    running.close()

    start_recorder()

    run = read(queries.run, 1)
    assert (run["end"], run["interrupted_by"], run["verdict"]) == ("interrupted", "stop", "suspicious")
    assert read(queries.run, 2)["end"] == "exited"


def test_what_a_gateway_had_spooled_is_stored_before(start_recorder, running, heard, read):
    running.opened(opened(1))
    heard.wait_for_stored(1)
    running.close()

    again = start_recorder(spooled=[("opened", opened(1)), ("closed", closed(1)), ("opened", opened(2))])

    assert read(queries.run, 1)["end"] == "exited"
    assert read(queries.run, 2)["end"] == "interrupted"
    assert again.next_run == 3
    assert again._waiting_bytes == 0


def test_records_that_come_again_are_told_again(running, heard, read):
    for _ in range(2):
        running.opened(opened(1))
        running.closed(closed(1))
    heard.wait_for_stored(4)

    assert read(queries.counts, 1)["total"] == 1


def test_a_record_that_cannot_be_stored_keeps_no_other_from_it(running, heard, read, caplog):
    go = Event()
    held = running.do(lambda db: go.wait(DEADLINE_S))
    running.opened(opened(1))
    running.opened(opened(2, method=object()))
    running.opened(opened(3, started_us=1 << 80))
    running.opened(opened(4))
    go.set()
    held.result(DEADLINE_S)
    heard.wait_for_stored(4)

    assert [row["id"] for row in read(queries.runs)] == [4, 1]
    assert caplog.text.count("is left out") == 2
    assert heard.troubles == []


def test_a_listener_that_fails_does_not_stop_the_recorder(path, caplog):
    told = []
    started = Recorder(path, on_stored=lambda records: told.append(1 / 0), on_trouble=told.append)
    started.start()
    started.do(new_site).result(DEADLINE_S)
    started.opened(opened(1))
    started.opened(opened(2))

    assert started.close() == 0
    assert "listener" in caplog.text


def test_a_site_that_keeps_too_much_is_pruned_without_being_asked(running, heard, look):
    running.set_keep(1, runs=120, bytes_=1 << 30)
    for run in range(1, 1001):
        running.opened(opened(run))
        running.closed(failed(run))
    heard.wait_for_stored(2000)
    running.set_keep(1, runs=110, bytes_=1 << 30)
    running.close()

    ((runs, failures, bytes_),) = look("SELECT runs, failed, bytes FROM site")
    assert look("SELECT count(*), count(*), sum(bytes) FROM run") == [(runs, failures, bytes_)]
    assert runs <= 400  # what was over when it was closed goes the next time


def test_nothing_is_pruned_before_the_bounds_of_the_site_are_known(start_recorder, running, heard, read):
    """At a start the sites' settings are read after the database is open."""
    for run in range(1, 20_101):
        running.opened(opened(run))
    heard.wait_for_stored(20_100)
    running.close()

    again = start_recorder()

    assert eventually(again, lambda db: queries.counts(db, 1)["total"]) == 20_100


def test_an_idle_recorder_prunes_to_the_bound(running, heard, read):
    for run in range(1, 501):
        running.opened(opened(run))
        running.closed(closed(run))
    heard.wait_for_stored(1000)
    running.set_keep(1, runs=110, bytes_=1 << 30)

    assert eventually(running, lambda db: queries.counts(db, 1)["total"]) == 110
    assert read(queries.run, 500)["stdout"] == page(500)


def eventually(running, question):
    """The answer once it does not change any more: each task lets the writer do an idle step between."""
    last = None
    while (found := running.do(question).result(DEADLINE_S)) != last or running._is_untidy:
        last = found
    return found


def limit_pages(db, more):
    """SQLite's own way to be full: the file may not grow by more than so many pages."""
    (pages,) = driver(db).execute("PRAGMA page_count").fetchone()
    driver(db).execute(f"PRAGMA max_page_count = {pages + more}")


def big(run):
    return closed(run, stdout=b"".join(b"%d/%d " % (run * k, k) for k in range(20_000)), stdout_size=1)


def test_a_full_disk_loses_nothing(running, heard, read):
    running.do(lambda db: limit_pages(db, 20)).result(DEADLINE_S)
    for run in range(1, 31):
        running.opened(opened(run))
        running.closed(big(run))
    heard.wait(lambda: heard.troubles)
    assert heard.troubles == ["database or disk is full"]
    assert len(heard.stored) < 60

    with_room = running.do(lambda db: driver(db).execute("PRAGMA max_page_count = 1000000").fetchone())
    with_room.result(DEADLINE_S)
    heard.wait_for_stored(60)
    heard.wait(lambda: heard.troubles[-1] is None)

    assert read(queries.counts, 1)["total"] == 30
    assert [read(queries.run, run)["stdout"] for run in range(1, 31)] == [big(run)["stdout"] for run in range(1, 31)]


def test_on_a_full_disk_what_is_due_goes_and_makes_room(running, heard, read):
    for run in range(1, 301):
        running.opened(opened(run))
        running.closed(closed(run, stdout=b"".join(b"%d/%d " % (run * k, k) for k in range(500))))
    heard.wait_for_stored(600)
    go = Event()
    held = running.do(lambda db: (limit_pages(db, 0), go.wait(DEADLINE_S)))
    running.set_keep(1, runs=150, bytes_=1 << 30)
    for run in range(301, 351):
        running.opened(opened(run))
        running.closed(closed(run))
    go.set()
    held.result(DEADLINE_S)
    heard.wait_for_stored(700)

    assert read(queries.run, 350)["stdout"] == page(350)


def test_a_closed_recorder_tells_what_it_could_not_write(running, heard, monkeypatch):
    monkeypatch.setattr(recorder, "_GIVE_UP_S", 0.2)
    running.do(lambda db: limit_pages(db, 0)).result(DEADLINE_S)
    for run in range(1, 11):
        running.opened(opened(run))
        running.closed(big(run))
    heard.wait(lambda: heard.troubles)

    left = running.close()

    assert 0 < left <= 20
    assert left + len(heard.stored) == 20


def test_a_locked_file_is_waited_for(running, heard, path, monkeypatch):
    """Another program holds the write lock for longer than SQLite waits by itself."""
    running.do(lambda db: None).result(DEADLINE_S)
    other = peewee.SqliteDatabase(str(path), autoconnect=False)
    other.connect()
    running.do(lambda db: driver(db).execute("PRAGMA busy_timeout = 50")).result(DEADLINE_S)
    with other.atomic("IMMEDIATE"):
        running.opened(opened(1))
        heard.wait(lambda: heard.troubles)
        assert "locked" in heard.troubles[0]
    heard.wait_for_stored(1)
    heard.wait(lambda: heard.troubles[-1] is None)
    other.close()


def test_a_reserve_is_set_aside_at_the_start(running, path):
    assert (path.parent / reserve.NAME).stat().st_size == reserve.SIZE


def test_a_newer_file_is_refused_by_start(path, running):
    running.do(lambda db: None).result(DEADLINE_S)
    running.close()
    with peewee.SqliteDatabase(str(path)) as db:
        db.execute_sql("PRAGMA user_version = 7")

    with pytest.raises(NewerDatabase):
        Recorder(path, on_stored=print, on_trouble=print).start()


def test_where_nothing_can_be_written_it_records_in_a_temporary_folder(start_recorder, heard):
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    started = start_recorder(Path("/proc/gatehouse/gatehouse.db"))
    assert started.database_state.is_temporary
    started.do(new_site).result(DEADLINE_S)

    started.opened(opened(1))
    heard.wait_for_stored(1)
    folder = started.path.parent
    assert folder.exists()
    started.close()

    assert not folder.exists()
