"""`serve` as a program of others uses it: by its first lines, its exit status and Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest

from tests.program.running import DEADLINE_S, ROOT, Running, accepts, begun, fetch

_COMMAND = """
import argparse, sys
from pathlib import Path
from app.commands import serve
parser = argparse.ArgumentParser()
parser.add_argument("--data", type=Path)
serve.add_arguments(parser)
sys.exit(serve.run(parser.parse_args()))
"""


@contextmanager
def _serving(data, errors, *arguments):
    with errors.open("ab") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "--data", str(data), *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
    try:
        yield Running(process, errors)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(DEADLINE_S)
        process.stdout.close()


@pytest.fixture
def serve(tmp_path):
    with ExitStack() as at_end:
        yield lambda *arguments: at_end.enter_context(_serving(tmp_path / "data", tmp_path / "stderr.txt", *arguments))


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shop"
    (folder / "cgi-bin").mkdir(parents=True)
    script = folder / "cgi-bin" / "hello.sh"
    script.write_text("#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n")
    script.chmod(0o755)
    return folder


@pytest.fixture
def other(tmp_path):
    """A Gatehouse that runs already, with the same data folder."""
    with begun(tmp_path / "data", tmp_path / "other.txt") as program:
        assert program.api("GET", "/api/state")
        yield program


def test_the_first_line_is_the_address_and_the_second_the_windows(serve, shop):
    command = serve(shop)

    address = command.line()

    assert fetch(address, "cgi-bin/hello.sh") == (200, b"hello\n")
    assert command.line().startswith("Gatehouse: http://127.0.0.1:")
    assert command.closed_runs("shop", 1)[0]["verdict"] == "good"
    assert command.interrupt() == 0
    assert command.errors == ""
    assert not accepts(address)


def test_as_json_there_is_one_line(serve, shop):
    command = serve(shop, "--json")

    told = json.loads(command.line())

    assert told.keys() == {"url", "ui", "site", "pid"}
    assert (told["site"], told["pid"]) == ("shop", command.pid)
    assert fetch(told["url"], "cgi-bin/hello.sh")[0] == 200
    assert "#code=" in told["ui"]


def test_a_folder_is_served_again_with_its_port_and_its_runs(serve, shop):
    first = serve(shop)
    address = first.line()
    fetch(address, "cgi-bin/hello.sh")
    first.closed_runs("shop", 1)
    first.interrupt()

    second = serve(shop)

    assert second.line() == address
    assert len(second.closed_runs("shop", 1)) == 1


def test_only_the_folder_is_served_and_not_remembered_for_the_window(serve, shop, tmp_path):
    command = serve(shop)
    command.line()
    assert [site["slug"] for site in command.api("GET", "/api/state")["sites"]] == ["shop"]
    command.interrupt()

    with begun(tmp_path / "data", tmp_path / "other.txt") as program:
        assert program.site("shop")["state"] == "stopped"


def test_on_the_port_asked_for(serve, shop):
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]

    assert serve(shop, "--port", port).line() == f"http://127.0.0.1:{port}/"


def test_a_port_that_is_taken_is_refused_with_its_holder(serve, shop):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        command = serve(shop, "--port", port)

        assert command.process.wait(DEADLINE_S) == 1
    assert f"Port {port} is in use by" in command.errors
    assert f"process {os.getpid()}" in command.errors


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda path: None, "There is no folder", id="gone"),
        pytest.param(lambda path: path.write_text("x"), "is a file", id="a file"),
    ],
)
def test_a_folder_that_is_none_is_refused_in_words(serve, tmp_path, make, sentence):
    make(tmp_path / "given")

    command = serve(tmp_path / "given")

    assert command.process.wait(DEADLINE_S) == 1
    assert sentence in command.errors
    assert "Traceback" not in command.errors


def test_a_folder_inside_a_site_is_refused_in_words(serve, shop):
    first = serve(shop)
    first.line()
    first.interrupt()

    command = serve(shop / "cgi-bin")

    assert command.process.wait(DEADLINE_S) == 1
    assert "lies inside" in command.errors


@pytest.mark.parametrize("arguments", [(), ("",), ("a", "--port", "none"), ("a", "--port", "0"), ("a", "b")])
def test_wrong_usage(serve, arguments):
    assert serve(*arguments).process.wait(DEADLINE_S) == 2


def test_a_gatehouse_that_runs_already_serves_it_until_ctrl_c(serve, other, shop):
    command = serve(shop)

    address = command.line()

    assert fetch(address, "cgi-bin/hello.sh")[0] == 200
    assert command.link.startswith(other.url)
    assert other.closed_runs("shop", 1)
    assert command.interrupt() == 0
    assert other.site("shop")["state"] == "stopped"
    assert not accepts(address)


def test_of_another_gatehouse_the_json_line_has_its_process(serve, other, shop):
    told = json.loads(serve(shop, "--json").line())

    assert (told["site"], told["pid"]) == ("shop", other.pid)


def test_a_site_that_was_serving_already_goes_on_after_ctrl_c(serve, other, shop):
    url = other.api("POST", "/api/sites", {"folder": str(shop)})["url"]

    command = serve(shop)

    assert command.line() == url
    assert command.interrupt() == 0
    assert other.site("shop")["state"] == "serving"


def test_it_ends_when_the_site_is_stopped_in_the_window(serve, other, shop):
    command = serve(shop)
    assert command.link

    other.api("POST", "/api/sites/shop/stop")

    assert command.process.wait(DEADLINE_S) == 1
    assert "was stopped in Gatehouse" in command.errors


def test_it_ends_when_the_other_gatehouse_ends(serve, other, shop):
    command = serve(shop)
    assert command.link

    other.process.send_signal(signal.SIGTERM)

    assert command.process.wait(DEADLINE_S) == 1
    assert "Gatehouse has ended" in command.errors


def test_the_other_gatehouse_refuses_in_its_own_words(serve, other, shop):
    other.api("POST", "/api/sites", {"folder": str(shop)})
    inside = shop / "cgi-bin"

    command = serve(inside)

    assert command.process.wait(DEADLINE_S) == 1
    assert "lies inside" in command.errors


def test_a_relative_folder_is_of_the_folder_it_was_called_in(serve, shop):
    command = serve(os.path.relpath(shop, ROOT))

    assert fetch(command.line(), "cgi-bin/hello.sh")[0] == 200
