"""The whole program, as `launcher.py` starts it, with a window on a screen of its own."""

import http.client
import shutil
import sys
import venv
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.program.running import DEADLINE_S, eventually
from tests.window.backends import BACKENDS
from tests.window.screen import Screen
from tests.window.started import Started, started

SLOW = """#!/bin/sh
echo $$ > ../pid.new && mv ../pid.new ../pid
printf 'Content-Type: text/plain\\n\\nbegun\\n'
exec sleep 300
"""


@pytest.fixture
def screen(display) -> Screen:
    for program in ("xdotool", "xprop"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    return Screen(display)


@pytest.fixture(params=BACKENDS)
def backend(request) -> str:
    return request.param


@pytest.fixture
def opened(tmp_path) -> Path:
    """Where the fake browser writes each address that it was given, a line each."""
    return tmp_path / "opened.txt"


@pytest.fixture
def start(tmp_path, display, opened) -> Iterator:
    """Start Gatehouse on the test's own data folder; more of the environment by name, None to leave out."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    browser.chmod(0o755)
    usual = {"DISPLAY": display, "WAYLAND_DISPLAY": None, "BROWSER": str(browser)}
    with ExitStack() as at_end:

        def start(*options: str, python: str = sys.executable, **environment: str | None) -> Started:
            return at_end.enter_context(
                started(
                    [python, *options, "--data", str(tmp_path / "data")],
                    environment={**usual, **environment},
                    errors=tmp_path / f"stderr-{len(list(tmp_path.glob('stderr-*')))}.txt",
                )
            )

        yield start


@pytest.fixture
def bare_python(tmp_path) -> str:
    """An interpreter that finds neither GTK nor Qt, wherever they are installed."""
    folder = tmp_path / "bare"
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "bare.pth").write_text("import sys; sys.modules.update(gi=None, qtpy=None)\n")
    return str(folder / "bin" / "python")


@dataclass(frozen=True)
class Busy:
    """A Gatehouse whose window is shown while a script of a site runs."""

    program: Started
    site: str
    """Its address."""

    processes: dict[str, int]
    """window, gateway and script → pid."""


@pytest.fixture
def site(tmp_path) -> Path:
    folder = tmp_path / "shop"
    (folder / "cgi-bin").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>shop</title><h1>The shop</h1>\n")
    script = folder / "cgi-bin" / "slow.sh"
    script.write_text(SLOW)
    script.chmod(0o755)
    return folder


@pytest.fixture
def busy(start, backend, site, screen) -> Iterator[Busy]:
    program = start(**BACKENDS[backend])
    program.wait_window(backend)
    url = program.api("POST", "/api/sites", {"folder": str(site)})["url"]
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=DEADLINE_S)) as client:
        client.request("GET", "/cgi-bin/slow.sh")
        assert client.getresponse().read(6) == b"begun\n"
        script = int(eventually(lambda: (site / "pid").exists() and (site / "pid").read_text()))
        processes = {name: program.child(f"app.{name}") for name in ("window", "gateway")}
        yield Busy(program, url, {**processes, "script": script})
