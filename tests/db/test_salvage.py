"""Damaged files, each damaged for real: bytes of the file are overwritten or cut off."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import queries, salvage
from db.connection import close, open_database, reading
from db.raw import driver
from db.retention import Keep
from db.writer import Writer
from tests.db.conftest import DEADLINE_S, add_site
from tests.db.records import closed, failed, new_site, opened, page

PAGE = 4096
RUNS = 600


@pytest.fixture
def filled(path: Path) -> Path:
    """A database of 600 runs at two sites, every fifth of which failed, closed cleanly."""
    writer = Writer(path)
    add_site(writer, "one")
    add_site(writer, "two")
    for run in range(1, RUNS + 1):
        end = (failed if run % 5 == 0 else closed)(run, stdout=noise(run), stdout_size=1500)
        writer.write([("opened", opened(run, site=1 + run % 2)), ("closed", end)])
    writer.close()
    return path


def noise(run: int) -> bytes:
    return random.Random(run).randbytes(1500)


def damage(path: Path, *, pages: int, first: int = 30) -> None:
    """Overwrite pages here and there."""
    with path.open("r+b") as file:
        for number in random.Random(3).sample(range(first, path.stat().st_size // PAGE), pages):
            file.seek(number * PAGE)
            file.write(os.urandom(PAGE))


def rescue_all(writer: Writer, keep: dict[int, Keep] | None = None) -> None:
    while writer.opened.is_salvaging:
        writer.tidy(keep or {})


def is_whole(path: Path) -> bool:
    with reading(path) as db:
        return driver(db).execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b"no database" * 1000), id="overwritten"),
        pytest.param(lambda path: os.truncate(path, path.stat().st_size // 2), id="cut in half"),
        pytest.param(lambda path: path.write_bytes(b"x" * 16 + path.read_bytes()[16:]), id="a spoilt header"),
    ],
)
def test_a_file_that_is_none_is_put_aside_and_a_new_one_begun(filled, spoil):
    spoil(filled)
    spoilt = filled.read_bytes()

    writer = Writer(filled)
    rescue_all(writer)

    opened_ = writer.opened
    assert opened_.was_salvaged
    assert opened_.salvaged_to.name.startswith("corrupt-")
    assert (opened_.salvaged_to / filled.name).read_bytes() == spoilt
    add_site(writer, "three")
    writer.write([("opened", opened(writer.next_run, site=1))])
    writer.close()
    assert is_whole(filled)


def test_the_sites_are_there_at_once_and_the_runs_follow(filled):
    damage(filled, pages=4)
    writer = Writer(filled)
    writer.begin_anew()

    with reading(filled) as db:
        assert [site["slug"] for site in queries.sites(db)] == ["one", "two"]
        assert queries.latest_run_id(db) is None
    assert writer.next_run == RUNS + 1

    rescue_all(writer)
    with reading(filled) as db:
        assert queries.latest_run_id(db) is not None
    assert not writer.opened.is_salvaging
    writer.close()


def test_of_a_file_that_was_cut_off_comes_back_what_is_left(filled):
    os.truncate(filled, filled.stat().st_size * 3 // 4)

    writer = Writer(filled)
    rescue_all(writer)

    with reading(filled) as db:
        assert [site["slug"] for site in queries.sites(db)] == ["one", "two"]
        assert len(queries.runs(db, limit=RUNS)) > RUNS // 4
    writer.close()
    assert is_whole(filled)


def test_most_runs_of_a_file_with_damaged_pages_come_back(filled):
    """20 of 3,000 runs' pages, as it was measured, are 4 of 600's."""
    damage(filled, pages=4)
    writer = Writer(filled)
    writer.begin_anew()
    rescue_all(writer)
    writer.close()

    with reading(filled) as db:
        rows = queries.runs(db, limit=RUNS)
        whole = [queries.run(db, row["id"]) for row in rows]
        assert len(rows) >= RUNS * 0.9
        assert sum(run["stdout"] == noise(run["id"]) for run in whole) >= RUNS * 0.85
        assert all(run["stdout"] in {b"", noise(run["id"])} for run in whole)
        assert writer.opened.rows == len(rows)
        assert [queries.counts(db, site)["total"] for site in (1, 2)] == [
            sum(run["site"] == site for run in whole) for site in (1, 2)
        ]
    assert is_whole(filled)


def test_what_is_undamaged_comes_back_as_it_was(filled):
    with reading(filled) as db:
        before = [queries.run(db, run) for run in range(1, RUNS + 1)]
        counts = queries.counts(db, 1)
    writer = Writer(filled)
    writer.begin_anew()
    rescue_all(writer)
    writer.close()

    with reading(filled) as db:
        assert [queries.run(db, run) for run in range(1, RUNS + 1)] == before
        assert queries.counts(db, 1) == counts


def test_the_newest_runs_come_first(filled):
    writer = Writer(filled)
    writer.begin_anew()
    writer.tidy({})

    with reading(filled) as db:
        assert [row["id"] for row in queries.runs(db, limit=3)] == [RUNS, RUNS - 1, RUNS - 2]
    assert 0 < writer.opened.rows < RUNS
    writer.close()


def test_new_runs_are_stored_meanwhile(filled):
    writer = Writer(filled)
    writer.begin_anew()
    writer.tidy({})
    first = writer.next_run
    writer.write([("opened", opened(first)), ("closed", closed(first))])
    rescue_all(writer)
    writer.close()

    with reading(filled) as db:
        assert [queries.run(db, run)["stdout"] for run in (first, 1)] == [page(first), noise(1)]


def test_a_rescue_that_was_interrupted_goes_on_at_the_next_start(filled):
    writer = Writer(filled)
    writer.begin_anew()
    writer.tidy({})
    writer.close()

    again = Writer(filled)
    assert again.opened.was_salvaged
    assert again.opened.is_salvaging
    assert again.opened.rows == writer.opened.rows
    rescue_all(again)
    again.close()

    with reading(filled) as db:
        assert len(queries.runs(db, limit=RUNS)) == RUNS
    last, opened_ = open_database(filled)
    assert not opened_.was_salvaged
    close(last)


def test_a_step_that_fails_is_taken_again(filled, monkeypatch):
    writer = Writer(filled)
    writer.begin_anew()
    writer.tidy({})
    with monkeypatch.context() as patch:
        patch.setattr(salvage, "_note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.tidy({})

    rescue_all(writer)
    writer.close()

    with reading(filled) as db:
        assert len(queries.runs(db, limit=RUNS)) == RUNS
        assert queries.counts(db, 1)["total"] == RUNS // 2


def test_a_rescue_takes_no_more_than_a_site_may_keep(filled):
    writer = Writer(filled)
    writer.begin_anew()
    rescue_all(writer, {1: Keep(120, 1 << 30), 2: Keep(120, 1 << 30)})
    writer.close()

    with reading(filled) as db:
        assert queries.counts(db, 1)["total"] == 120
        assert queries.latest_run_id(db) == RUNS


def test_runs_that_went_on_are_interrupted(path):
    writer = Writer(path)
    add_site(writer, "one")
    writer.write([("opened", opened(1))])
    writer.begin_anew()
    rescue_all(writer)
    writer.close()

    with reading(path) as db:
        assert queries.run(db, 1)["end"] == "interrupted"


def test_what_was_only_in_the_wal_is_rescued_too(path):
    writer = Writer(path)
    add_site(writer, "one")
    writer.write([("opened", opened(1)), ("closed", closed(1))])
    parts = {name: path.with_name(name).read_bytes() for name in ("gatehouse.db", "gatehouse.db-wal")}
    writer.close()
    for name, content in parts.items():  # as a kill leaves them
        path.with_name(name).write_bytes(content)
    assert len(parts["gatehouse.db-wal"]) > PAGE

    db, _ = open_database(path, is_damaged=True)

    assert [site["slug"] for site in queries.sites(db)] == ["one"]
    db.close()


def test_a_hole_costs_no_more_than_its_neighbours(filled):
    damage(filled, pages=1)
    with closing(sqlite3.connect(filled)) as old:
        found = [row["id"] for row in salvage.rows(old, "run")]

    assert found == sorted(found, reverse=True)
    assert len(found) >= RUNS - 60


def test_a_table_whose_numbers_are_not_known_is_found(filled):
    with closing(sqlite3.connect(filled)) as old:
        assert salvage._bound(old, "script") > 2
        assert salvage._bound(old, "run") == RUNS + 1


def test_two_rescues_in_a_second_have_folders_of_their_own(filled):
    folders = set()
    for _ in range(3):
        db, opened_ = open_database(filled, is_damaged=True)
        folders.add(opened_.salvaged_to)
        db.close()

    assert len(folders) == 3


def test_where_no_new_file_can_be_begun_the_damaged_one_stays_where_it_is(filled, monkeypatch):
    content = filled.read_bytes()
    monkeypatch.setattr(salvage, "begin", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        open_database(filled, is_damaged=True)

    assert filled.read_bytes() == content
    assert [file.name for file in filled.parent.iterdir() if file.name != "reserve"] == [filled.name]


def test_a_damaged_file_is_noticed_by_the_look_after_a_kill(filled, start_recorder, heard, caplog):
    """Ordinary queries do not come across a damaged page; quick_check does, beside other work."""
    damage(filled, pages=3)
    db, _ = open_database(filled)
    db.close()  # as a kill leaves it

    recorder = start_recorder()
    recorder._check_thread.join(DEADLINE_S)
    recorder.do(lambda db: None).result(DEADLINE_S)
    first = recorder.do(queries.sites).result(DEADLINE_S)

    assert recorder.database_state.was_salvaged
    heard.wait(lambda: heard.troubles and heard.troubles[-1] is None)
    assert [site["slug"] for site in first] == ["one", "two"]
    while recorder.database_state.is_salvaging:
        recorder.do(lambda db: None).result(DEADLINE_S)
    assert recorder.database_state.rows >= RUNS * 0.85
    run = max(recorder.next_run, RUNS + 1)
    recorder.opened(opened(run))
    heard.wait_for_stored(1)


def test_damage_that_writing_comes_across_is_met_by_a_new_file(path, start_recorder, heard):
    recorder = start_recorder()
    recorder.do(new_site).result(DEADLINE_S)
    recorder.opened(opened(1))
    heard.wait_for_stored(1)

    recorder.do(spoil_index).result(DEADLINE_S)
    for run in range(2, 20):
        recorder.opened(opened(run))
        recorder.closed(closed(run))
    heard.wait_for_stored(37)

    assert recorder.database_state.was_salvaged
    heard.wait(lambda: heard.troubles and heard.troubles[-1] is None)
    assert recorder.do(lambda db: queries.run(db, 19)).result(DEADLINE_S)["stdout"] == page(19)


def spoil_index(db):
    """Point an index at a page that is none of its own, so that the next insert finds the file malformed."""
    connection = driver(db)
    connection.execute("PRAGMA writable_schema = ON")
    other = "(SELECT rootpage FROM sqlite_master WHERE name = 'blob')"
    connection.execute(f"UPDATE sqlite_master SET rootpage = {other} WHERE name = 'run_site'")
    connection.execute("PRAGMA writable_schema = RESET")
