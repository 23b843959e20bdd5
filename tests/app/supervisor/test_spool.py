import pytest

from app.gateway.messages import CLOSED, OPENED, pack
from app.supervisor.spool import drop_spool, read_spool
from db import changes, queries
from db.connection import reading
from db.recorder import Recorder
from tests.app.supervisor.heard import closed, opened


@pytest.fixture
def database(tmp_path):
    """With a site of the number 1, and its run 1 opened."""
    path = tmp_path / "gatehouse.db"
    recorder = Recorder(path, on_stored=lambda stored: None, on_trouble=lambda trouble: None)
    recorder.start()
    site = {"slug": "shop", "name": "shop", "folder": "/site", "is_sample": False, "added_us": 1}
    recorder.do(lambda db: changes.add_site(db, **site)).result()
    recorder.opened(opened(1))
    recorder.close()
    return path


def _spool(tmp_path, *frames):
    path = tmp_path / "records"
    path.write_bytes(b"".join(pack(kind, record) for kind, record in frames))
    return path


def _stored(database, spooled):
    recorder = Recorder(database, on_stored=lambda stored: None, on_trouble=lambda trouble: None)
    recorder.start(spooled)
    recorder.close()
    with reading(database) as db:
        return [queries.run(db, run["id"]) for run in queries.runs(db)]


def test_without_a_file_there_is_nothing(tmp_path, database):
    assert read_spool(tmp_path / "records", database) == []


def test_a_run_that_was_closed_without_us_is_stored_with_its_judgement(tmp_path, database):
    failed = closed(2, exit=3, stderr=b"no luck\n", stderr_size=8)
    spool = _spool(tmp_path, (OPENED, opened(2)), (CLOSED, failed))

    run = _stored(database, read_spool(spool, database))[0]

    assert (run["id"], run["exit"], run["verdict"]) == (2, 3, "failed")
    assert run["explanations"][0]["slug"] == "exit-status"


def test_the_end_of_a_run_that_we_had_seen_open_finds_its_beginning(tmp_path, database):
    spool = _spool(tmp_path, (CLOSED, closed(1, end="interrupted", exit=None, interrupted_by="stop")))

    (run,) = _stored(database, read_spool(spool, database))

    assert (run["id"], run["end"], run["verdict"]) == (1, "interrupted", "suspicious")
    assert [one["slug"] for one in run["explanations"]] == ["gatehouse-ended"]


def test_a_record_whose_beginning_is_nowhere_is_kept_without_a_judgement(tmp_path, database):
    spool = _spool(tmp_path, (CLOSED, closed(77)))

    ((kind, record),) = read_spool(spool, database)

    assert (kind, record["run"], record["verdict"]) == ("closed", 77, "suspicious")


def test_a_database_that_is_gone_does_not_matter(tmp_path):
    spool = _spool(tmp_path, (OPENED, opened(2)), (CLOSED, closed(2)))

    assert [kind for kind, _record in read_spool(spool, tmp_path / "none.db")] == ["opened", "closed"]


def test_a_file_cut_short_gives_what_is_whole(tmp_path, database):
    spool = _spool(tmp_path, (OPENED, opened(2)), (CLOSED, closed(2)))
    spool.write_bytes(spool.read_bytes()[:-5])

    assert [kind for kind, _record in read_spool(spool, database)] == ["opened"]


def test_it_is_dropped_when_it_is_stored(tmp_path):
    spool = _spool(tmp_path, (OPENED, opened(2)))

    drop_spool(spool)
    drop_spool(spool)

    assert not spool.exists()
