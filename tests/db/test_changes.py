import peewee
import pytest

from db import changes, queries
from tests.db.conftest import add_site
from tests.db.records import STARTED_US, closed, failed, opened

TABLES = ("site", "script", "run", "blob", "blob_use", "tally")


def fill(writer, *runs, site=1):
    for run in runs:
        writer.write([("opened", opened(run, site=site)), ("closed", failed(run))])


def test_a_slug_is_taken_once(writer):
    with pytest.raises(peewee.IntegrityError):
        add_site(writer, "one")


def test_a_folder_whose_name_is_no_text_has_its_name_back(writer, read):
    writer.do(lambda db: changes.set_site(db, 1, folder="/home/ada/caf\udce9"))

    assert read(queries.site, "one")["folder"] == "/home/ada/caf\udce9"


def test_a_site_changes_in_what_is_named(writer, read):
    before = read(queries.site, "one")

    writer.do(lambda db: changes.set_site(db, 1, port=8801, is_wanted=True, overrides={"limits.time_s": 5}))

    assert read(queries.site, "one") == {**before, "port": 8801, "is_wanted": True, "overrides": {"limits.time_s": 5}}


def test_a_site_that_is_forgotten_leaves_nothing(writer, look):
    fill(writer, 1, 2)
    writer.write([("opened", opened(3))])

    writer.do(lambda db: changes.forget_site(db, 1))

    assert [look(f"SELECT count(*) FROM {table}") for table in TABLES] == [[(0,)]] * 6


def test_forgetting_a_site_leaves_the_others_whole(writer, look, read):
    two = add_site(writer, "two")
    fill(writer, 1, 2)
    fill(writer, 3, 4, site=two)

    writer.do(lambda db: changes.forget_site(db, 1))

    assert read(queries.run, 4)["stdout"] == closed(4)["stdout"]
    assert read(queries.counts, two)["total"] == 2


def test_the_end_of_a_run_whose_site_was_forgotten_is_passed_over(writer, look):
    writer.write([("opened", opened(1))])
    writer.do(lambda db: changes.forget_site(db, 1))

    writer.write([("closed", closed(1))])

    assert look("SELECT count(*) FROM tally") == [(0,)]


def test_numbers_never_come_again(writer):
    fill(writer, 1, 2, 3)

    writer.do(lambda db: changes.clear_runs(db, 1))

    assert writer.next_run == 4


def test_clearing_leaves_nothing_of_the_runs(writer, look, read):
    fill(writer, *range(1, 30))

    writer.do(lambda db: changes.clear_runs(db, 1))

    assert [look(f"SELECT count(*) FROM {table}") for table in ("run", "blob", "blob_use", "tally")] == [[(0,)]] * 4
    assert read(queries.counts, 1) == {"total": 0, "failed": 0, "median_us": None}
    assert look("SELECT bytes FROM site") == [(0,)]


def test_clearing_spares_runs_that_go_on(writer, look, read):
    fill(writer, 1)
    writer.write([("opened", opened(2, stdin=b"hello", stdin_size=5))])
    fill(writer, 3)

    writer.do(lambda db: changes.clear_runs(db, 1))
    writer.write([("closed", failed(2))])

    run = read(queries.run, 2)
    assert (run["stdin"], run["end"]) == (b"hello", "exited")
    assert run["meta_variables"] == opened(2)["meta_variables"]
    assert read(queries.counts, 1)["total"] == read(queries.counts, 1)["failed"] == 1
    assert read(queries.today, 1, STARTED_US)["runs"] == 1
    assert look("SELECT sum(bytes) FROM run") == look("SELECT bytes FROM site")


def test_clearing_one_site_spares_the_other(writer, read):
    two = add_site(writer, "two")
    fill(writer, 1)
    fill(writer, 2, site=two)

    writer.do(lambda db: changes.clear_runs(db, 1))

    assert read(queries.run, 2)["stdout"] == closed(2)["stdout"]


def test_a_setting_is_replaced_and_removed(writer, read):
    writer.do(lambda db: changes.set_setting(db, "theme", "dark"))
    writer.do(lambda db: changes.set_setting(db, "theme", "light"))
    assert read(queries.settings) == {"theme": "light"}

    writer.do(lambda db: changes.set_setting(db, "theme", None))
    assert read(queries.settings) == {}
