import signal
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.gateway.messages import ACK, CLOSED_KEYS, EXPLAINED
from app.supervisor.records import Records, interrupted, is_plainly_good
from tests.app.supervisor.heard import DEADLINE_S, closed, eventually, opened


@dataclass
class Site:
    slug: str = "shop"
    name: str = "The shop"
    folder: Path = Path("/site")


class Store:
    """Takes records as the recorder does, and says at once that they are stored."""

    def __init__(self, records):
        self.records = records
        self.stored = []

    def opened(self, record):
        self._store("opened", record)

    def closed(self, record):
        self._store("closed", record)

    def _store(self, kind, record):
        self.stored.append((kind, record))
        self.records.stored([(record["run"], kind, record)])


@pytest.fixture
def line(told):
    """(records, store, frames sent to the gateway)"""
    sent = []
    sites = {1: Site()}
    records = Records(
        site_of=sites.get,
        send=lambda kind, content: sent.append((kind, content)),
        tell=told,
        link=lambda: "http://127.0.0.1:8610",
    )
    store = Store(records)
    records.keep_in(store)
    yield records, store, sent
    records.close()


def test_a_run_is_told_and_acknowledged_when_it_opens_and_when_it_closes(line, told):
    records, _store, sent = line

    records.opened(opened(7))
    records.closed(closed(7))

    first, last = (row for kind, row in told.heard if kind == "run")
    assert (first["run"], first["end"], first["site_slug"]) == (7, "running", "shop")
    assert (last["run"], last["end"], last["verdict"], last["target"]) == (7, "exited", "good", b"/cgi-bin/hello.py")
    assert sent == [(ACK, {"runs": [[7, "opened"]]}), (ACK, {"runs": [[7, "closed"]]})]
    assert records.last == 7


def test_a_run_that_failed_is_stored_with_its_explanations(line, told):
    records, store, _sent = line

    records.opened(opened(1, file={"mode": 0o100644, "size": 60, "mtime_ns": 1, "head": b"#!/usr/bin/python3\n"}))
    records.closed(closed(1, end="not_started", exit=None, errno=13, response=None, status=500))

    row = told.closed_run(1)
    assert row["verdict"] == "failed"
    assert row["explanations"][0]["slug"] == "no-exec-bit"
    assert store.stored[-1][1]["explanations"] == row["explanations"]


def test_the_failure_page_is_made_before_the_run_closes(line):
    records, _store, sent = line
    records.opened(opened(3))
    traceback = (
        b'Traceback (most recent call last):\n  File "/site/cgi-bin/hello.py", line 2, in <module>\nKeyError: 1\n'
    )
    failed = closed(3, exit=1, response="malformed", status=500, stdout=b"", stderr=traceback, stderr_size=99)

    records.explain({**failed, "accept": b"text/html", "language": b"zh", "method": "GET"})

    eventually(lambda: any(kind == EXPLAINED for kind, _ in sent))
    page = next(content for kind, content in sent if kind == EXPLAINED)
    assert page["run"] == 3
    assert page["status"] == 500
    assert page["content_type"].startswith(b"text/html")
    assert b"http://127.0.0.1:8610/s/shop/runs/3" in page["body"]
    assert b"The shop" in page["body"]


def test_the_judgement_of_the_page_is_the_one_that_is_stored(line, told):
    records, _store, sent = line
    records.opened(opened(3))
    failed = closed(3, exit=1, status=500, stderr=b"broken\n", stderr_size=7)
    records.explain({**failed, "accept": b"", "language": b"", "method": "GET"})
    eventually(lambda: any(kind == EXPLAINED for kind, _ in sent))

    records.closed(failed)

    assert told.closed_run(3)["explanations"][0]["slug"] == "exit-status"


def test_what_a_dead_gateway_ran_is_interrupted_and_what_had_closed_is_left(line, told):
    records, store, _sent = line
    records.opened(opened(1))
    records.opened(opened(2))
    records.closed(closed(1))

    records.gateway_died()

    assert told.closed_run(1)["end"] == "exited"
    assert told.closed_run(2)["end"] == "interrupted"
    assert told.closed_run(2)["verdict"] == "suspicious"
    assert [record["run"] for kind, record in store.stored if kind == "closed"] == [1, 2]


def test_records_of_a_site_that_was_forgotten_are_only_acknowledged(line, told):
    records, store, sent = line

    records.opened(opened(5, site=9))
    records.closed(closed(5))

    assert store.stored == []
    assert told.heard == []
    assert sent == [(ACK, {"runs": [[5, "opened"]]}), (ACK, {"runs": [[5, "closed"]]})]


def test_a_run_whose_looks_go_wrong_still_gets_its_record(line, told, capfd):
    records, _store, _sent = line
    records.opened(opened(4, file={"nonsense": True}))

    records.closed(closed(4, exit=1))

    assert told.closed_run(4)["exit"] == 1
    assert "KeyError" in capfd.readouterr().err


def test_the_end_does_not_wait_for_a_store_that_takes_no_more(line):
    records, store, _sent = line
    is_full = threading.Event()
    records.opened(opened(1))
    store.closed = lambda _record: is_full.wait(DEADLINE_S)
    records.closed(closed(1, exit=1))

    records.settle(0.01)
    is_full.set()  # as the recorder does when it is closed

    records.close()


def test_the_end_waits_for_what_is_being_judged(line, told):
    records, _store, _sent = line
    for run in range(1, 50):
        records.opened(opened(run))
        records.closed(closed(run, exit=1))

    records.settle(DEADLINE_S)

    assert len([row for kind, row in told.heard if kind == "run" and row["end"] == "exited"]) == 49


def test_an_interrupted_record_has_every_key():
    assert interrupted(8).keys() == set(CLOSED_KEYS)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param({}, {"exit": 1}, id="an exit status"),
        pytest.param({}, {"end": "signalled", "exit": None, "signal": signal.SIGSEGV}, id="a signal"),
        pytest.param({}, {"response": "malformed"}, id="no CGI response"),
        pytest.param({}, {"status": 503}, id="a server error of its own"),
        pytest.param({}, {"stderr": b"hm", "stderr_size": 2}, id="words on stderr"),
        pytest.param({}, {"notes": [{"slug": "header-dropped", "params": {}}]}, id="a note on the answer"),
        pytest.param({"notes": [{"slug": "interpreter-replaced", "params": {}}]}, {}, id="a note on the start"),
    ],
)
def test_rules_are_asked_where_anything_is_out_of_the_ordinary(first, last):
    assert is_plainly_good(opened(), closed())
    assert not is_plainly_good(opened(**first), closed(**last))
