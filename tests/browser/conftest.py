"""The whole program, looked at by a real browser."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "tests" / "output"
"""Screenshots to look at; ignored by git."""

LONG_S = 60
expect.set_options(timeout=LONG_S * 1000)


@dataclass(frozen=True)
class Program:
    """A Gatehouse that runs."""

    link: str
    """Lets one browser in."""

    data: Path
    process: subprocess.Popen

    @property
    def url(self) -> str:
        """Without the last slash."""
        return self.link.partition("/#")[0]

    @property
    def token(self) -> str:
        return (self.data / "token").read_text().strip()

    def ask(self, method: str, path: str, content: str | None = None) -> bytes:
        """The API, as a program would."""
        headers = {"X-Gatehouse-Token": self.token, "Content-Type": "application/json"}
        data = content.encode() if content is not None else None
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=LONG_S) as answer:
            return answer.read()


@pytest.fixture
def program(tmp_path) -> Iterator[Program]:
    """A first start: the Tour is there, and one run that failed on purpose."""
    data = tmp_path / "data"
    log = tmp_path / "program.log"
    command = [sys.executable, str(ROOT / "launcher.py"), "--no-window", "--data", str(data)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, start_new_session=True)
    try:
        printed = process.stdout.readline().decode()
        found = re.match(r"Gatehouse: (\S+)$", printed)
        assert found, log.read_text()
        yield Program(found[1], data, process)
    finally:
        process.terminate()
        try:
            assert process.wait(LONG_S) == 0, log.read_text()
        finally:
            process.stdout.close()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def context(browser):
    """A browser that nobody has let in; what its pages complain about fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", color_scheme="light")
    context.set_default_timeout(LONG_S * 1000)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(context, program, complaints):
    """Let in, on the home screen."""
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.goto(program.link)
    page.get_by_role("heading", name="Sites", level=1).wait_for()
    yield page
    assert complaints == []


@pytest.fixture
def small_site(tmp_path) -> Path:
    """One script that greets, one that waits until a file is there, one without the x bit."""
    folder = tmp_path / "small"
    scripts = folder / "cgi-bin"
    scripts.mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>small</title>small")
    texts = {
        "hello.sh": '#!/bin/sh\nprintf "Content-Type: text/html\\n\\n<h1>hello $QUERY_STRING</h1>"\n',
        "wait.sh": "#!/bin/sh\nwhile [ ! -e ../go ]; do sleep 0.1; done\nprintf 'Content-Type: text/plain\\n\\nwent'\n",
        "closed.sh": "#!/bin/sh\necho\n",
    }
    for name, text in texts.items():
        (scripts / name).write_text(text)
        (scripts / name).chmod(0o644 if name == "closed.sh" else 0o755)
    return folder
