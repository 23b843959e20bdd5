"""Through `Writer.write`, a batch at a time."""

import pytest

from db import queries
from tests.db.conftest import add_site
from tests.db.records import closed, failed, opened, page


def test_a_run_that_is_opened_goes_on(writer, read):
    writer.write([("opened", opened(1))])

    run = read(queries.run, 1)
    assert run["end"] == "running"
    assert run["verdict"] is None
    assert run["stdout"] == b""


@pytest.mark.parametrize("is_apart", [False, True], ids=["in one batch", "in two"])
def test_a_run_comes_back_as_it_was_recorded(writer, read, is_apart):
    beginning = opened(1, stdin=b"name=\xe9", stdin_size=6, method="POST", redirected_from=None)
    end = failed(1, notes=[{"slug": "no-content-type", "params": {}}], stderr=b"oops\n", stderr_size=5)
    batches = [[("opened", beginning)], [("closed", end)]] if is_apart else [[("opened", beginning), ("closed", end)]]

    for batch in batches:
        writer.write(batch)

    run = read(queries.run, 1)
    assert {key: run[key] for key in {**beginning, **end}} == {**beginning, **end}


def test_runs_that_differ_in_little_share_what_they_have_in_common(writer, read, look):
    records = [opened(run, headers=[(b"Host", b"h"), (b"N", b"%d" % run)]) for run in range(1, 101)]

    writer.write([("opened", record) for record in records])

    assert len(look("SELECT DISTINCT base FROM run")) == 1
    assert [read(queries.run, record["run"])["headers"] for record in records] == [r["headers"] for r in records]
    assert read(queries.run, 77)["meta_variables"] == records[76]["meta_variables"]


def test_a_script_that_was_edited_gets_a_base_of_its_own(writer, read, look):
    file = {"mode": 0o100755, "size": 9, "mtime_ns": 7, "head": b"#!/bin/sh"}

    writer.write([("opened", opened(1)), ("opened", opened(2, file=file))])

    assert len(look("SELECT DISTINCT base FROM run")) == 2
    assert read(queries.run, 2)["file"] == file


def test_a_call_that_differs_in_much_is_kept_whole(writer, read, look):
    variables = {b"V%d" % n: b"x" * 40 for n in range(100)}

    writer.write([("opened", opened(1)), ("opened", opened(2, meta_variables=variables))])

    assert look("SELECT opening FROM run WHERE id = 2") == [(None,)]
    assert read(queries.run, 2)["meta_variables"] == variables


def test_records_that_come_twice_change_nothing(writer, read, look):
    batch = [("opened", opened(1)), ("closed", failed(1)), ("opened", opened(2))]
    writer.write(batch)
    before = look("SELECT * FROM run"), look("SELECT * FROM site"), look("SELECT * FROM tally")

    writer.write(batch)
    writer.write([("closed", closed(1))])
    writer.write([("opened", opened(1)), ("closed", closed(1, status=201))])

    assert (look("SELECT * FROM run"), look("SELECT * FROM site"), look("SELECT * FROM tally")) == before


def test_an_end_in_the_batch_of_a_repeated_beginning_is_kept(writer, read):
    writer.write([("opened", opened(1))])

    writer.write([("opened", opened(1)), ("closed", closed(1))])

    assert read(queries.run, 1)["end"] == "exited"


def test_an_end_without_a_beginning_is_passed_over(writer, read):
    writer.write([("closed", closed(9))])

    assert read(queries.run, 9) is None


def test_a_run_of_a_site_that_was_forgotten_is_passed_over(writer, read):
    writer.write([("opened", opened(1, site=44)), ("opened", opened(2))])

    assert read(queries.run, 1) is None
    assert read(queries.run, 2) is not None


def test_records_may_come_out_of_order(writer, read):
    writer.write([("opened", opened(5)), ("opened", opened(3))])
    writer.write([("opened", opened(4))])

    assert [row["id"] for row in read(queries.runs)] == [5, 4, 3]
    assert read(queries.counts, 1)["total"] == 3


def test_what_is_kept_is_counted(writer, look):
    two = add_site(writer, "two")
    writer.write([("opened", opened(1)), ("opened", opened(2, site=two)), ("closed", failed(2))])
    writer.write([("closed", failed(1)), ("opened", opened(3))])

    assert look("SELECT id, runs, failed FROM site") == [(1, 2, 1), (2, 1, 1)]
    assert look("SELECT site_id, sum(bytes) FROM run GROUP BY 1") == look("SELECT id, bytes FROM site")


def test_after_a_batch_that_failed_nothing_is_written_by_what_was_remembered(writer, read, monkeypatch):
    """Also where the file cannot be read again at once."""
    batch = [("opened", opened(1, stdin=b"hello", stdin_size=5)), ("closed", closed(1))]
    with monkeypatch.context() as patch:
        patch.setattr(writer.store, "_write_counts", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.write(batch)
        patch.setattr(writer._memory, "reload", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.write(batch)
    writer.write(batch)

    assert read(queries.run, 1)["stdin"] == b"hello"
    assert read(queries.run, 1)["stdout"] == page(1)
    assert read(queries.counts, 1)["total"] == 1


def test_a_script_whose_name_is_no_text_has_its_name_back(writer, read):
    writer.write([("opened", opened(1, script="cgi-bin/caf\udce9.py")), ("opened", opened(2))])
    writer.do(lambda db: None)  # what was remembered is read again
    writer.write([("opened", opened(3, script="cgi-bin/caf\udce9.py"))])

    assert [read(queries.run, run)["script"] for run in (1, 3)] == ["cgi-bin/caf\udce9.py"] * 2


def test_runs_without_a_verdict_are_suspicious(writer, read):
    end = closed(1)
    del end["verdict"], end["explanations"]

    writer.write([("opened", opened(1)), ("closed", end)])

    assert read(queries.run, 1)["verdict"] == "suspicious"


def test_outputs_that_repeat_are_kept_once(writer, look):
    writer.write(
        [(kind, make(run)) for run in range(10, 210, 10) for kind, make in (("opened", opened), ("closed", closed))]
    )

    assert page(10) == page(20)
    assert len(look("SELECT DISTINCT stdout FROM run")) == 1
