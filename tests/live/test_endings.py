"""How runs are ended: by limits, by Stop, by a client that leaves; always with all of their processes."""

import json
import os
import resource
import time
from pathlib import Path

import pytest

from app.gateway.values import Limits
from tests.live.gateway import BOTH, LINUX_PATHS, Client, Gateway, Lines, is_alive, site_in, wait_until


@pytest.fixture
def family(gateway: Gateway, folder, kept_script, lines: Lines):
    """Starts tests/scripts/family.py and answers with (client, its pids)."""
    kept_script("family.py")
    clients = []

    def start(mode: str, *, limits: Limits | None = None):
        port = gateway.serve(site_in(folder, limits=limits, environment={"FAMILY_PIPE": str(lines.path)}))
        client = Client(port)
        clients.append(client)
        client.request(f"/cgi-bin/family.py?{mode}")
        return client, [int(pid) for pid in lines.next().split()]

    yield start
    for client in clients:
        client.close()


def gone(pids: list[int]) -> None:
    wait_until(lambda: not any(is_alive(pid) for pid in pids), "a process of the run is left")


SILENT = "#!/bin/sh\necho begun >&2\nsleep 3600\n"


@BOTH
def test_silence_ends_a_script_and_answers_504(gateway, folder, script):
    script("silent.sh", SILENT)
    with Client(gateway.serve(site_in(folder, limits=Limits(silence_s=0.5)))) as client:
        answer = client.get("/cgi-bin/silent.sh")

    closed = gateway.closed()
    assert (answer.status, closed["status"]) == (504, 504)
    assert (closed["end"], closed["limit"], closed["limit_value"]) == ("timed_out", "silence", 0.5)
    assert (closed["stderr"], closed["response"]) == (b"begun\n", None)


@BOTH
def test_a_script_that_goes_on_talking_meets_the_time_limit(gateway, folder, script):
    script("talk.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nwhile :; do echo talk; sleep 0.1; done\n")
    with Client(gateway.serve(site_in(folder, limits=Limits(silence_s=30, time_s=1)))) as client:
        client.request("/cgi-bin/talk.sh")
        assert client.head().status == 200
        with pytest.raises(ValueError):  # the connection ends without the last chunk, so that the client notices
            list(client.chunks())

    assert (gateway.closed()["limit"], gateway.closed()["status"]) == ("time", 200)


def test_output_beyond_its_limit_ends_the_script(gateway, folder, script):
    script("flood.py", "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\nwhile True: print('x' * 9999)\n")
    with Client(gateway.serve(site_in(folder, limits=Limits(output_mib=2)))) as client:
        client.request("/cgi-bin/flood.py")
        with pytest.raises(ValueError):
            client.answer()

    assert (gateway.closed()["limit"], gateway.closed()["limit_value"]) == ("output", 2.0)


@LINUX_PATHS
def test_too_many_processes_end_the_run(gateway, folder, script):
    script("fork.sh", "#!/bin/sh\nfor n in 1 2 3 4 5 6 7 8; do sleep 3600 & done\nwait\n")
    with Client(gateway.serve(site_in(folder, limits=Limits(processes=4)))) as client:
        assert client.get("/cgi-bin/fork.sh").status == 500

    assert (gateway.closed()["limit"], gateway.closed()["limit_value"]) == ("processes", 4.0)


def test_memory_beyond_its_limit_is_refused_to_the_script(gateway, folder, script):
    script(
        "eat.py", "#!/usr/bin/env python3\nimport time\ntime.sleep(0.1)\nx = bytes(1 << 30)\nprint('Status: 200\\n')\n"
    )
    with Client(gateway.serve(site_in(folder, limits=Limits(memory_mib=512)))) as client:
        assert client.get("/cgi-bin/eat.py").status == 500

    assert b"MemoryError" in gateway.closed()["stderr"]


@BOTH
def test_stop_ends_a_run(gateway, folder, script, client):
    script("silent.sh", SILENT)
    client.request("/cgi-bin/silent.sh")
    gateway.opened()

    gateway.tell("stop_run", run=1)

    assert client.answer().status == 500
    closed = gateway.closed()
    assert (closed["end"], closed["interrupted_by"], closed["response"]) == ("interrupted", "person", None)


@LINUX_PATHS
@pytest.mark.parametrize("mode", ["plain", "deaf"])
def test_stop_ends_the_whole_family(gateway, family, mode):
    """Children, what left the session, and what ignores TERM."""
    _, pids = family(mode)

    gateway.tell("stop_run", run=1)

    gone(pids)
    assert gateway.closed()["interrupted_by"] == "person"


@LINUX_PATHS
def test_a_limit_ends_the_whole_family(gateway, family):
    client, pids = family("deaf", limits=Limits(silence_s=1))

    assert client.answer().status == 504
    gone(pids)


@BOTH
def test_a_silent_script_is_stopped_when_its_client_leaves(gateway, client, script, lines):
    """No other host does this (CGI.md, 1)."""
    script("silent.sh", f"#!/bin/sh\necho $$ > {lines.path}\nsleep 3600\n")
    client.request("/cgi-bin/silent.sh")
    pid = int(lines.next())

    client.close()

    gone([pid])
    closed = gateway.closed()
    assert (closed["end"], closed["interrupted_by"], closed["status"]) == ("interrupted", "client", 0)


@BOTH
def test_who_asked_for_the_head_has_all_and_may_leave(gateway, client, script, tmp_path):
    go = tmp_path / "go"
    os.mkfifo(go)
    script("late.sh", f"#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nread go < {go}\necho done\n")
    client.request("/cgi-bin/late.sh", method="HEAD")
    assert client.answer(is_head=True).status == 200

    client.close()
    go.write_text("go\n")

    closed = gateway.closed()
    assert (closed["end"], closed["exit"], closed["status"]) == ("exited", 0, 200)
    assert closed["stdout"].endswith(b"done\n")


@LINUX_PATHS
def test_the_family_of_a_script_goes_with_the_client(gateway, family):
    client, pids = family("header,deaf")

    client.close()

    gone(pids)
    assert gateway.closed()["interrupted_by"] == "client"


@LINUX_PATHS
def test_what_a_good_run_leaves_behind_is_ended_at_shutdown(gateway, family):
    """It daemonized, so it may live on; but not longer than Gatehouse."""
    client, pids = family("ends", limits=Limits(silence_s=1))
    client.close()
    gateway.closed()
    assert is_alive(pids[2])

    gateway.tell("quit")
    gateway.process.wait(60)

    assert not any(is_alive(pid) for pid in pids)


def test_a_child_that_holds_the_output_open_ends_with_the_limit(gateway, folder, script):
    script("hold.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nshown'\nsleep 3600 &\n")
    with Client(gateway.serve(site_in(folder, limits=Limits(silence_s=1)))) as client:
        client.request("/cgi-bin/hold.sh")
        assert client.head().status == 200
        assert next(client.chunks()) == b"shown"
        assert client.file.read() == b""

    assert (gateway.closed()["end"], gateway.closed()["limit"]) == ("timed_out", "silence")


def test_a_child_that_holds_only_stderr_open_holds_up_nothing(gateway, client, script):
    script("hold.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nshown'\nsleep 3600 > /dev/null &\n")

    assert client.get("/cgi-bin/hold.sh").text == "shown"
    assert gateway.closed()["end"] == "exited"


def test_a_script_starts_as_if_from_a_shell(gateway, client, kept_script, folder):
    """Three descriptors, default signals, a session and 1024 open files, whatever the gateway has."""
    kept_script("process_facts.py")
    facts = json.loads(client.get("/cgi-bin/process_facts.py").text)

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert facts == {
        "descriptors": [0, 1, 2],
        "ignored": ["SIGPIPE", "SIGXFSZ"],  # by Python itself
        "blocked": 0,
        "session": True,
        "open_files": 1024 if hard == -1 else min(1024, hard),
        "address_space": -1,
        "cwd": str(folder / "cgi-bin"),
        "stdin_blocks": True,
        "stdout_blocks": True,
    }


@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 4096, reason="the system allows few open files")
def test_a_script_gets_its_limit_also_when_the_gateway_holds_more_files(port, client, kept_script):
    """posix_spawn refuses descriptors beyond the limit that is to be set."""
    kept_script("process_facts.py")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, hard))
    others = [Client(port) for _ in range(1100)]
    try:
        assert others[-1].get("/").status == 200
        facts = json.loads(client.get("/cgi-bin/process_facts.py").text)
    finally:
        for other in others:
            other.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert facts["open_files"] == 1024


def test_a_site_that_is_stopped_ends_its_scripts_only(gateway, folder, script, tmp_path):
    script("silent.sh", SILENT)
    first, second = gateway.serve(site_in(folder)), gateway.serve(site_in(folder, id=2))
    with Client(first) as one, Client(second) as two:
        one.request("/cgi-bin/silent.sh")
        gateway.opened(1)
        two.request("/cgi-bin/silent.sh")
        gateway.opened(2)

        gateway.tell("stop_site", site=1)
        gateway.wait_for("stopped")

        assert gateway.closed(1)["interrupted_by"] == "stop"
        assert [one["run"] for one in gateway.all("closed")] == [1]
        gateway.tell("stop_run", run=2)
        assert gateway.closed(2)["interrupted_by"] == "person"


def test_usage_is_recorded(gateway, client, script):
    # wait4 carries the gateway's own peak over exec, and the gateway began with ours.
    mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10) + 100
    work = f"x = b'x' * ({mib} << 20)\nsum(range(10**6))\nprint('Content-Type: a/b\\n')\n"
    script("work.py", f"#!/usr/bin/env python3\n{work}")

    client.get("/cgi-bin/work.py")

    closed = gateway.closed()
    assert closed["user_us"] > 0
    assert closed["peak_kib"] > mib << 10
    assert not closed["peak_is_bound"]
    assert 0 < closed["spawn_us"] < closed["total_us"]
    assert closed["queue_us"] < closed["total_us"]


def test_the_run_is_opened_before_its_process_ends(gateway, client, script, lines):
    script("wait.sh", f"#!/bin/sh\necho go > {lines.path}\nread word < {lines.path}.in\nprintf 'Status: 200\\n\\n'\n")
    os.mkfifo(f"{lines.path}.in")
    client.request("/cgi-bin/wait.sh?a=b", headers="X-One: 1\r\nX-One: 2\r\n")

    opened = gateway.opened()

    assert lines.next() == "go"
    assert not gateway.all("closed")
    assert (opened["script"], opened["method"], opened["target"]) == ("cgi-bin/wait.sh", "GET", b"/cgi-bin/wait.sh?a=b")
    assert [value for name, value in opened["headers"] if name == b"X-One"] == [b"1", b"2"]
    assert opened["meta_variables"][b"QUERY_STRING"] == b"a=b"
    assert abs(opened["started_us"] / 1e6 - time.time()) < 60
    Path(f"{lines.path}.in").write_text("on\n")
    assert client.answer().status == 200
