"""However it ends, nothing is left: no script, no port, no file; and nothing that was recorded is lost."""

import http.client
import os
import signal
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.program.running import DEADLINE_S, accepts, eventually, fetch, is_alive


@pytest.fixture
def busy(begin, shop):
    """(program, site, pid of a script that runs)"""
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    with closing(http.client.HTTPConnection(urlsplit(site["url"]).netloc, timeout=DEADLINE_S)) as client:
        client.request("GET", "/cgi-bin/slow.sh")
        assert client.getresponse().read(6) == b"begun\n"
        # Its beginning is handed over before the script starts, and not waited for.
        eventually(lambda: program.api("GET", "/api/sites/shop/runs")["runs"])
        yield program, site, int((shop / "pid").read_text())


def _interrupted(program):
    (line,) = program.closed_runs("shop", 1)
    return line["end"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(busy, begin, tmp_path, number):
    program, site, script = busy
    gateway = program.gateway_pid()

    program.process.send_signal(number)

    assert program.process.wait(DEADLINE_S) == 0, program.errors
    assert not is_alive(script)
    assert not is_alive(gateway)
    assert not accepts(site["url"])
    assert not accepts(program.url)
    assert not (tmp_path / "data" / "instance.json").exists()
    assert list((tmp_path / "data" / "spool").glob("records*")) == []
    assert program.errors == ""
    assert _interrupted(begin()) == "interrupted"


def test_quit_by_a_click(busy, tmp_path):
    program, site, script = busy

    program.api("POST", "/api/quit")

    assert program.process.wait(DEADLINE_S) == 0
    assert not is_alive(script)
    assert not accepts(site["url"])


def test_the_gateway_ends_when_the_program_is_killed_and_its_records_are_kept(busy, begin):
    program, site, script = busy
    gateway = program.gateway_pid()

    program.kill()

    eventually(lambda: not is_alive(script) and not is_alive(gateway))
    assert not accepts(site["url"])
    again = begin()
    assert _interrupted(again) == "interrupted"
    assert again.serving("shop")["port"] == site["port"]


def test_a_start_right_after_the_kill_waits_for_the_old_gateway(busy, begin):
    program, site, script = busy
    program.kill()

    again = begin()

    assert again.serving("shop")["port"] == site["port"]
    assert not is_alive(script)
    assert _interrupted(again) == "interrupted"


def test_a_killed_gateway_is_replaced_and_its_scripts_are_ended(busy):
    program, site, script = busy
    first = program.gateway_pid()

    os.kill(first, signal.SIGKILL)

    eventually(lambda: program.gateway_pid() != first and program.site("shop")["state"] == "serving")
    eventually(lambda: not is_alive(script))
    assert program.site("shop")["port"] == site["port"]
    assert fetch(site["url"], "/cgi-bin/hello.py")[0] == 200
    done, killed = program.closed_runs("shop", 2)
    assert (done["end"], killed["end"]) == ("exited", "interrupted")
    assert done["id"] > killed["id"]
    assert "gateway-restarted" in [notice["slug"] for notice in program.api("GET", "/api/state")["notices"]]


def test_nothing_is_left_of_a_killed_program_and_gateway_after_the_next_start(busy, begin):
    program, site, script = busy
    gateway = program.gateway_pid()

    os.kill(program.pid, signal.SIGSTOP)  # so that it cannot see its gateway die
    os.kill(gateway, signal.SIGKILL)
    program.kill()
    again = begin()

    assert again.serving("shop")["port"] == site["port"]
    assert not is_alive(script)
    assert _interrupted(again) == "interrupted"


def test_a_stale_instance_file_is_harmless(begin, tmp_path):
    first = begin()
    assert first.api("GET", "/api/state")
    first.kill()
    assert (tmp_path / "data" / "instance.json").exists()

    assert begin().api("GET", "/api/state")
