"""A Gatehouse that runs as a process of its own, and what one asks of it."""

import contextlib
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
DEADLINE_S = 60


class Running:
    """`link` and `lines` are what it printed; `api` asks as a browser that was let in."""

    def __init__(self, process: subprocess.Popen[str], errors: Path) -> None:
        self.process = process
        self.lines: list[str] = []
        self._errors = errors
        self._printed: queue.Queue[str | None] = queue.Queue()
        self._token = ""
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def errors(self) -> str:
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def line(self) -> str:
        """The next line of its stdout."""
        line = self._printed.get(timeout=DEADLINE_S)
        assert line is not None, f"it ended with {self.process.wait(DEADLINE_S)}: {self.errors}"
        self.lines.append(line)
        return line

    @property
    def link(self) -> str:
        """What is printed for people: it lets one browser in."""
        while not any(line.startswith("Gatehouse: ") for line in self.lines):
            self.line()
        return next(line for line in self.lines if line.startswith("Gatehouse: ")).removeprefix("Gatehouse: ")

    @property
    def url(self) -> str:
        return self.link.partition("#")[0]

    def api(self, method: str, path: str, content: dict[str, Any] | None = None) -> Any:
        """The JSON answer; fails the test where it is a refusal."""
        status, told = self.ask(method, path, content)
        assert status == 200, (status, told, self.errors)
        return told

    def ask(self, method: str, path: str, content: dict[str, Any] | None = None) -> tuple[int, Any]:
        if not self._token:
            code = self.link.partition("#code=")[2]
            self._token = self._asked("POST", "/api/session", {"code": code}, {})[1]["token"]
        return self._asked(method, path, content, {"X-Gatehouse-Token": self._token})

    def site(self, slug: str) -> Any:
        return self.api("GET", f"/api/sites/{slug}")

    def serving(self, slug: str) -> Any:
        """The site, once it serves."""
        return eventually(lambda: (site := self.site(slug))["state"] == "serving" and site)

    def closed_runs(self, slug: str, count: int) -> list[Any]:
        """The runs of a site, newest first, once there are so many that have ended."""

        def enough():
            status, told = self.ask("GET", f"/api/sites/{slug}/runs")
            runs = told["runs"] if status == 200 else []  # the sample site comes a moment after the start
            return len(runs) >= count and not any(run["is_running"] for run in runs) and runs

        return eventually(enough)

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE_S)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(DEADLINE_S)

    def gateway_pid(self) -> int:
        return eventually(lambda: next((pid for pid in children(self.pid) if "app.gateway" in _words(pid)), None))

    def _asked(self, method, path, content, headers):
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            body = None if content is None and method == "GET" else json.dumps(content or {})
            connection.request(method, path, body, {**headers, "Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def _read(self) -> None:
        for line in self.process.stdout:
            self._printed.put(line.rstrip("\n"))
        self._printed.put(None)


@contextlib.contextmanager
def begun(
    data: Path,
    errors: Path,
    *,
    environment: dict[str, str] | None = None,
    through: Sequence[str] = (),
    **options: Any,
) -> Iterator[Running]:
    """Begin, and end whatever is left of it.  `through`: a command that becomes the program."""
    told = json.dumps({"data": str(data), **{key: _plain(value) for key, value in options.items()}})
    with errors.open("ab") as stderr:
        process = subprocess.Popen(
            [*through, sys.executable, "-m", "tests.program.begin", told],
            cwd=ROOT,
            env={**os.environ, "LANG": "C.UTF-8", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
    try:
        yield Running(process, errors)
    finally:
        _end(process)


def fetch(url: str, path: str = "", method: str = "GET", body: bytes | None = None) -> tuple[int, bytes]:
    """Of a site, as any client."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=DEADLINE_S)
    with contextlib.closing(connection):
        connection.request(method, parts.path.rstrip("/") + "/" + path.lstrip("/"), body)
        answer = connection.getresponse()
        return answer.status, answer.read()


def accepts(url: str) -> bool:
    """Does anybody listen there?"""
    try:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=DEADLINE_S)
        connection.connect()
    except ConnectionRefusedError:
        return False
    connection.close()
    return True


def eventually(find):
    """What `find` answers once that is something, by the deadline."""
    deadline = time.monotonic() + DEADLINE_S
    while not (found := find()):
        assert time.monotonic() < deadline, "never so"
        time.sleep(0.02)
    return found


def children(pid: int) -> list[int]:
    """Each thread has its own."""
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def _words(pid: int) -> list[str]:
    """Its command line; empty where it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def is_alive(pid: int) -> bool:
    """Running, and not only waiting to be counted out by its parent."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
