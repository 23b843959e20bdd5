"""Every way in which the window, the program or the person can end or be missing (PLATFORM.md 2.9).

For GTK, and for Qt where it is: `tests.window.backends` says how it is found.
"""

import os
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.program.running import DEADLINE_S, accepts, eventually, is_alive
from tests.window.backends import BACKENDS


def ends(busy, tmp_path) -> int:
    """The exit status; nothing may be left."""
    status = busy.program.process.wait(DEADLINE_S)
    left = [name for name, pid in busy.processes.items() if is_alive(pid)]
    assert left == []
    assert not accepts(busy.site)
    assert not accepts(busy.program.url)
    assert not (tmp_path / "data" / "instance.json").exists()
    return status


def first_opened(opened: Path) -> str:
    """What the browser was given first."""
    return eventually(lambda: opened.exists() and opened.read_text()).splitlines()[0]


def is_served(link: str) -> bool:
    with urllib.request.urlopen(link.partition("#")[0], timeout=DEADLINE_S) as answer:
        return answer.status == 200


def test_closing_the_window_ends_the_program(busy, screen, tmp_path):
    screen.close()

    assert ends(busy, tmp_path) == 0, busy.program.errors
    assert "window" not in busy.program.errors


def test_ctrl_c_in_the_terminal_reaches_everybody_and_ends_in_order(busy, tmp_path):
    os.killpg(busy.program.pid, signal.SIGINT)

    assert ends(busy, tmp_path) == 0, busy.program.errors
    assert "window" not in busy.program.errors


def test_a_request_to_end_is_obeyed(busy, tmp_path):
    busy.program.process.terminate()

    assert ends(busy, tmp_path) == 0, busy.program.errors


def test_nothing_outlives_a_program_that_is_killed(busy, start, backend):
    busy.program.kill()

    eventually(lambda: not any(map(is_alive, busy.processes.values())))
    assert not accepts(busy.site)
    again = start(**BACKENDS[backend])
    again.wait_window(backend)
    (run,) = again.closed_runs("shop", 1)
    assert run["end"] == "interrupted"


def test_when_the_window_is_killed_the_browser_takes_over(busy, opened):
    os.kill(busy.processes["window"], signal.SIGKILL)

    link = first_opened(opened)
    assert "#code=" in link
    assert is_served(link)
    assert is_alive(busy.processes["script"])
    assert "window ended unexpectedly" in busy.program.errors
    assert not busy.program.api("GET", "/api/state")["window"]["native"]


def test_a_second_start_brings_the_first_to_the_front(busy, start, screen, backend):
    window = screen.window()
    screen.run("xdotool", "windowminimize", "--sync", window)
    eventually(lambda: screen.active() != int(window, 16))

    second = start(**BACKENDS[backend])

    assert second.process.wait(DEADLINE_S) == 0, second.errors
    assert second.url == busy.program.url
    eventually(lambda: screen.active() == int(window, 16))
    assert busy.program.process.poll() is None


@pytest.mark.parametrize(
    ("name", "why"), [pytest.param(None, "no display", id="none"), pytest.param(":99999", "No window", id="wrong")]
)
def test_without_a_display_the_browser_is_opened(start, backend, opened, name, why):
    program = start(**{**BACKENDS[backend], "DISPLAY": name})

    link = first_opened(opened)
    assert is_served(link)
    assert link.startswith(program.url)
    eventually(lambda: why in program.errors)
    assert program.interrupt() == 0


def test_without_a_backend_the_browser_is_opened_and_offers_the_command(start, opened, bare_python):
    program = start(GATEHOUSE_WINDOW_PYTHON=bare_python)

    assert is_served(first_opened(opened))
    eventually(lambda: "neither GTK nor Qt" in program.errors)
    window = program.api("GET", "/api/state")["window"]
    assert not window["native"]
    assert window["setup"]["command"]
    assert program.interrupt() == 0


def test_an_interpreter_that_is_not_there_is_passed_over(start, opened):
    program = start(GATEHOUSE_WINDOW_PYTHON="/nowhere/python3")

    assert is_served(first_opened(opened))
    assert program.interrupt() == 0


def test_the_browser_can_be_asked_for(start, opened):
    program = start("--browser")

    assert is_served(first_opened(opened))
    assert program.interrupt() == 0
    assert "window" not in program.errors


def test_neither_can_be_asked_for(start, opened):
    program = start("--no-window")

    assert is_served(program.link)
    assert not program.api("GET", "/api/state")["window"]["native"]
    assert program.interrupt() == 0
    assert not opened.exists()


def test_without_a_browser_it_serves_and_says_where(start, tmp_path):
    program = start("--browser", BROWSER=None, DISPLAY=None)

    assert is_served(program.link)
    eventually(lambda: "No browser was found" in program.errors)
    assert program.interrupt() == 0
