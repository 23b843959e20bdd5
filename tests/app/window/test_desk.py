"""The native window under Xvfb: GTK in CI, whatever is here elsewhere."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

LONG_S = 60


@pytest.fixture
def shown(window, page, display, tmp_path, monkeypatch):
    """A window that has shown its page."""
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window.start()
    assert window.wait_shown(LONG_S), (tmp_path / "log/window.log").read_text()
    assert page.asked.get(timeout=LONG_S) == "/"
    return window


def test_a_window_shows_the_page_and_names_what_it_is_made_with(shown):

    assert shown.native
    assert shown.backend
    assert shown.offer["command"] is None


def test_closing_the_window_is_told_and_its_size_is_kept(shown, told, display, tmp_path):
    subprocess.run(["wmctrl", "-c", "Gatehouse"], env={**os.environ, "DISPLAY": display}, check=True)

    assert told.get(timeout=LONG_S) == "closed"
    assert not shown.native
    assert len(json.loads((tmp_path / "webview/size.json").read_text())) == 2


def test_a_window_that_is_killed_is_lost_and_not_closed(shown, told):
    os.kill(shown.pid, signal.SIGKILL)

    assert told.get(timeout=LONG_S) == "window-died"


def test_stopping_ends_the_process_and_tells_nothing(shown, told):
    pid = shown.pid
    shown.stop()

    assert not Path(f"/proc/{pid}").exists()
    assert told.empty()


def test_without_a_display_it_is_lost_at_once(window, page, told, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window.start()

    assert told.get(timeout=LONG_S) == "no-display"
    assert window.offer["command"] is None  # a package would not help


def test_a_display_that_does_not_answer_is_a_window_that_failed(window, page, told, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":99999")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window.start()

    assert told.get(timeout=LONG_S) in {"window-failed", "no-backend"}
    assert window.offer["command"]
    assert not window.native
