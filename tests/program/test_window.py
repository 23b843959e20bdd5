"""The program with a native window, and what it does where there is none (PLATFORM.md 2.9)."""

import os
import signal
import subprocess

import pytest

from tests.program.running import DEADLINE_S, accepts, eventually, is_alive


@pytest.fixture
def browser(tmp_path):
    """One that writes down what it was given: its environment variable, and the file."""
    opened, program = tmp_path / "opened.txt", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    program.chmod(0o755)
    return {"BROWSER": str(program)}, opened


@pytest.fixture
def window(begin, display, browser):
    """A program whose window is on screen."""
    program = begin(mode="window", environment={"DISPLAY": display, **browser[0]})
    eventually(lambda: program.api("GET", "/api/state")["window"]["native"])
    return program


def _opened(file):
    return eventually(lambda: file.exists() and file.read_text().strip())


def _window_pid(program):
    found = subprocess.run(
        ["pgrep", "-P", str(program.pid), "-f", "app.window"], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def test_closing_the_window_ends_the_program(window, display, tmp_path):
    gateway = window.gateway_pid()

    # By the window manager, as a person's click does it.
    subprocess.run(["wmctrl", "-c", "Gatehouse"], env={**os.environ, "DISPLAY": display}, check=True)

    assert window.process.wait(DEADLINE_S) == 0, window.errors
    assert not is_alive(gateway)
    assert not accepts(window.url)
    assert not (tmp_path / "data" / "instance.json").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window(window, number):
    child = _window_pid(window)

    window.process.send_signal(number)

    assert window.process.wait(DEADLINE_S) == 0, window.errors
    assert not is_alive(child)


def test_ctrl_c_in_the_terminal_reaches_all_and_ends_in_order(window):
    child = _window_pid(window)

    os.killpg(window.pid, signal.SIGINT)

    assert window.process.wait(DEADLINE_S) == 0, window.errors
    assert not is_alive(child)


def test_the_window_goes_when_the_program_is_killed(window):
    child = _window_pid(window)

    window.kill()

    eventually(lambda: not is_alive(child))


def test_a_killed_window_is_followed_by_the_browser_and_the_sites_go_on(window, browser):
    os.kill(_window_pid(window), signal.SIGKILL)

    assert _opened(browser[1]).startswith(window.url)
    assert not window.api("GET", "/api/state")["window"]["native"]
    assert "The window ended unexpectedly. Gatehouse is in the browser." in window.errors


def test_a_second_start_brings_the_window_to_the_front_and_ends(window, begin, display, browser):
    second = begin(mode="window", environment={"DISPLAY": display, **browser[0]})

    assert second.process.wait(DEADLINE_S) == 0, second.errors
    assert second.url == window.url
    assert not browser[1].exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("", "there is no display here", id="no display"),
        pytest.param(":987", "No window", id="a display that does not answer"),
    ],
)
def test_without_a_display_the_browser_is_opened_and_the_reason_told(begin, browser, name, reason):
    program = begin(mode="window", environment={"DISPLAY": name, "WAYLAND_DISPLAY": "", **browser[0]})

    assert _opened(browser[1]).startswith(program.url)
    assert program.api("GET", "/api/state")
    eventually(lambda: reason in program.errors)


def test_without_a_browser_too_it_serves_and_says_so(begin):
    program = begin(mode="window", environment={"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""})

    assert program.api("GET", "/api/state")
    eventually(lambda: "open the address above" in program.errors)
