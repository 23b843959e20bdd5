"""The gateway's own life: what it leaves when it is told to go, when its parent dies, and when it is killed."""

import contextlib
import signal
import socket

import pytest

from app.gateway.messages import BODY_CAP, Unpacker
from app.gateway.orphans import end_left_over, ledger_path, left_over
from app.gateway.values import Limits
from tests.live.gateway import BOTH, Client, Gateway, is_alive, site_in, wait_until

SILENT = "#!/bin/sh\necho $$ > {pipe}\nsleep 3600\n"


@pytest.fixture
def silent(script, lines):
    return script("silent.sh", SILENT.format(pipe=lines.path))


@BOTH
def test_quit_ends_scripts_records_them_and_leaves(gateway: Gateway, client, silent, lines):
    client.request("/cgi-bin/silent.sh")
    pid = int(lines.next())

    gateway.tell("quit")

    assert gateway.closed()["interrupted_by"] == "stop"
    assert gateway.process.wait(60) == 0
    assert not is_alive(pid)
    assert not (gateway.folder / "spool").exists()
    assert not ledger_path(gateway.folder / "spool").exists()


@BOTH
def test_when_the_parent_is_gone_nothing_is_left_but_the_spool(gateway: Gateway, client, script, silent, lines):
    """What was not acknowledged is written for the next start; scripts and ports are gone."""
    script("good.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\ngood'\n")
    gateway.acknowledges = False
    assert client.get("/cgi-bin/good.sh").text == "good"
    gateway.closed(1)
    client.request("/cgi-bin/silent.sh")
    pid = int(lines.next())

    gateway.socket.shutdown(socket.SHUT_RDWR)

    assert gateway.process.wait(60) == 0
    assert not is_alive(pid)
    frames = Unpacker().feed((gateway.folder / "spool").read_bytes())
    assert [(kind, content["run"]) for kind, content in frames] == [
        ("opened", 1),
        ("closed", 1),
        ("opened", 2),
        ("closed", 2),
    ]
    assert frames[1][1]["stdout"] == b"Content-Type: text/plain\n\ngood"
    assert frames[3][1]["interrupted_by"] == "stop"
    with pytest.raises(ConnectionRefusedError):
        Client(client.port)


def test_a_spool_that_was_not_read_yet_is_kept(gateway: Gateway, client, script):
    script("good.sh", "#!/bin/sh\nprintf 'Status: 200\\n\\n'\n")
    gateway.acknowledges = False
    client.get("/cgi-bin/good.sh")
    gateway.closed(1)
    gateway.socket.shutdown(socket.SHUT_RDWR)
    gateway.process.wait(60)

    with Gateway.start(gateway.folder, next_run=2) as second:
        second.acknowledges = False
        with Client(second.serve(gateway.sites[1])) as again:
            again.get("/cgi-bin/good.sh")
            second.closed(2)
        second.socket.shutdown(socket.SHUT_RDWR)
        second.process.wait(60)

    frames = Unpacker().feed((gateway.folder / "spool").read_bytes())
    assert [content["run"] for _, content in frames] == [1, 1, 2, 2]


def test_what_a_killed_gateway_left_is_found_and_ended(gateway: Gateway, folder, kept_script, lines):
    kept_script("family.py")
    port = gateway.serve(site_in(folder, environment={"FAMILY_PIPE": str(lines.path)}))
    with Client(port) as client:
        client.request("/cgi-bin/family.py?deaf")
        pids = [int(pid) for pid in lines.next().split()]
        gateway.process.send_signal(signal.SIGKILL)
        gateway.process.wait(60)
    ledger = ledger_path(gateway.folder / "spool")
    assert all(is_alive(pid) for pid in pids)
    assert set(pids) <= set(left_over(ledger))

    end_left_over(ledger)

    wait_until(lambda: not any(is_alive(pid) for pid in pids), "a script is left")
    assert not ledger.exists()


def test_two_gateways_do_not_end_each_others_scripts(gateway: Gateway, client, silent, lines):
    client.request("/cgi-bin/silent.sh")
    pid = int(lines.next())

    with Gateway.start(gateway.folder.parent / "other") as other:
        assert end_left_over(ledger_path(other.folder / "spool")) == []

    assert is_alive(pid)


@BOTH
def test_beyond_scripts_at_once_requests_wait_and_beyond_the_queue_they_are_503(
    gateway: Gateway, folder, silent, lines
):
    port = gateway.serve(site_in(folder, limits=Limits(scripts=1, queue=1)))
    with contextlib.ExitStack() as stack:
        first, second, third = (stack.enter_context(Client(port)) for _ in range(3))
        first.request("/cgi-bin/silent.sh")
        lines.next()
        second.request("/cgi-bin/silent.sh")
        # Nothing tells when the second stands in the queue: the port is asked until it does.
        third.request("/cgi-bin/silent.sh")
        answer = third.answer()

        assert (answer.status, answer.header("Retry-After")) == (503, "2")
        assert gateway.wait_for("busy") == {"site": 1, "reason": "queue"}
        assert len(gateway.all("opened")) == 1
        gateway.tell("stop_run", run=1)
        assert first.answer().status == 500
        lines.next()
        gateway.tell("stop_run", run=2)
        assert second.answer().status == 500
        assert gateway.closed(2)["queue_us"] > 0


def test_who_leaves_the_queue_starts_nothing(gateway: Gateway, folder, silent, lines):
    port = gateway.serve(site_in(folder, limits=Limits(scripts=1)))
    with Client(port) as first:
        first.request("/cgi-bin/silent.sh")
        lines.next()
        with Client(port) as second:
            second.request("/cgi-bin/silent.sh?second")
        # Each answer is a turn of the gateway's loop: after these it has seen the request, and that its client left.
        with Client(port) as other:
            assert [other.get("/nothing").status for _ in range(3)] == [404, 404, 404]
        gateway.tell("stop_run", run=1)
        first.answer()
        first.request("/cgi-bin/silent.sh?third")
        lines.next()

    assert [one["target"] for one in gateway.all("opened")] == [b"/cgi-bin/silent.sh", b"/cgi-bin/silent.sh?third"]


def test_records_that_nobody_acknowledges_hold_new_scripts_back(gateway: Gateway, client, script):
    """64 MiB of records may wait; nothing is dropped, and the requests after it are told to come again."""
    gateway.acknowledges = False
    script("big.py", f"#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n\\n' + 'x' * {BODY_CAP})\n")
    body = bytes(BODY_CAP)
    run = 0
    while client.get("/cgi-bin/big.py", method="POST", body=body).status == 200:
        run += 1
        gateway.closed(run)

    assert 31 <= run <= 33
    assert gateway.wait_for("busy") == {"site": 1, "reason": "recorder"}
    assert len(gateway.all("closed")) == run
    gateway.tell("ack", runs=[[n, kind] for n in range(1, run + 1) for kind in ("opened", "closed")])
    assert client.get("/cgi-bin/big.py").status == 200


def test_a_client_that_takes_nothing_does_not_hold_up_the_end(gateway: Gateway, client, script):
    script("flood.py", "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\nwhile True: print('x' * 9999)\n")
    client.request("/cgi-bin/flood.py")
    assert client.head().status == 200

    gateway.tell("quit")

    assert gateway.closed()["interrupted_by"] == "stop"
    assert gateway.process.wait(60) == 0


def test_settings_are_in_force_at_once(gateway: Gateway, folder, script):
    script("say.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n$WORD"\n')
    port = gateway.serve(site_in(folder, environment={"WORD": "one"}))
    with Client(port) as client:
        assert client.get("/cgi-bin/say.sh").text == "one"

        assert gateway.serve(site_in(folder, environment={"WORD": "two"})) == port

        assert client.get("/cgi-bin/say.sh").text == "two"
