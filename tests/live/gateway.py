"""A real gateway process on a socket pair, as the supervisor starts it, and a client that speaks raw bytes to it."""

import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from app.gateway import messages
from app.gateway.messages import Unpacker, pack
from app.gateway.orphans import end_left_over, ledger_path
from app.gateway.values import Limits, Site
from app.gateway.wire import site_to_wire

DEADLINE_S = 60
LINUX_PATHS = pytest.mark.linux_paths
"""Left out where the portable code paths are forced: these know a run by its process group only."""

BOTH = pytest.mark.parametrize("is_portable", [False, True], ids=["native", "portable"])
ROOT = Path(__file__).parents[2]


@dataclass
class Answer:
    """One HTTP response as it came."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes
    version: str = "HTTP/1.1"

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    """A raw connection."""

    def __init__(self, port: int, *, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection((host, port), timeout=DEADLINE_S)
        self.file = self.socket.makefile("rb")
        self.port = port

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def request(
        self,
        target: str | bytes,
        *,
        method: str = "GET",
        headers: str = "",
        body: bytes | None = None,
        version: str = "HTTP/1.1",
    ) -> None:
        raw = target.encode() if isinstance(target, str) else target
        head = b"%b %b %b\r\nHost: 127.0.0.1:%d\r\n" % (method.encode(), raw, version.encode(), self.port)
        head += headers.encode()
        if body is not None:
            head += b"Content-Length: %d\r\n" % len(body)
        self.send(head + b"\r\n" + (body or b""))

    def get(self, target: str | bytes, **more: Any) -> Answer:
        self.request(target, **more)
        return self.answer(is_head=more.get("method") == "HEAD")

    def head(self) -> Answer:
        """Status line and fields of the next response."""
        line = self.file.readline()
        assert line, "the connection was closed"
        version, status, reason = line.decode("latin-1").rstrip("\r\n").split(" ", 2)
        headers = []
        while (line := self.file.readline()) not in (b"\r\n", b"\n", b""):
            name, _, value = line.decode("latin-1").rstrip("\r\n").partition(": ")
            headers.append((name, value))
        return Answer(int(status), reason, headers, b"", version)

    def answer(self, *, is_head: bool = False) -> Answer:
        """The next response with its body, by its framing; interim ones (1xx) are skipped."""
        answer = self.head()
        while 100 <= answer.status < 200:
            answer = self.head()
        if is_head or answer.status in (204, 304):
            return answer
        if answer.header("Transfer-Encoding") == "chunked":
            return replace(answer, body=b"".join(self.chunks()))
        length = answer.header("Content-Length")
        return replace(answer, body=self.file.read() if length is None else self.file.read(int(length)))

    def chunks(self) -> Iterator[bytes]:
        """Each chunk as it comes."""
        while True:
            size = int(self.file.readline(), 16)
            data = self.file.read(size)
            assert self.file.readline() == b"\r\n"
            if size == 0:
                return
            yield data

    def is_closed(self) -> bool:
        """Waits until the other side closes; False where it sends instead."""
        try:
            return self.file.read(1) == b""
        except ConnectionResetError:
            return True


@dataclass
class Gateway:
    """The process, and what it said."""

    folder: Path
    process: "subprocess.Popen[bytes]"
    socket: socket.socket
    acknowledges: bool = True
    explain: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda content: None
    frames: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    read: int = 0
    sites: dict[int, Site] = field(default_factory=dict)
    is_gone: bool = False

    @classmethod
    def start(
        cls, folder: Path, *, is_portable: bool = False, next_run: int = 1, command: list[str] | None = None
    ) -> "Gateway":
        """`command` instead of `python -m app.gateway`."""

        folder.mkdir(parents=True, exist_ok=True)
        ours, theirs = socket.socketpair()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "GATEHOUSE_PORTABLE": str(int(is_portable))}
        spool = str(folder / "spool")
        command = command or [sys.executable, "-m", "app.gateway"]
        with theirs, (folder / "gateway.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--fd", str(theirs.fileno()), "--next-run", str(next_run), "--spool", spool],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=ROOT,
            )
        gateway = cls(folder, process, ours)
        threading.Thread(target=gateway._listen, daemon=True).start()
        gateway.wait_for(messages.READY)
        return gateway

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(DEADLINE_S)
        finally:
            self.process.kill()
            self.process.wait()
            end_left_over(ledger_path(self.folder / "spool"))
            self.socket.close()

    @property
    def log(self) -> str:
        return (self.folder / "gateway.log").read_text(errors="replace")

    def tell(self, kind: str, **content: Any) -> None:
        self.socket.sendall(pack(kind, content))

    def serve(self, site: Site, slug: str = "site") -> int:
        """Serve a site, and answer with its port."""
        self.sites[site.id] = site
        start = len(self.frames)
        self.tell(messages.SERVE, site=site_to_wire(site), slug=slug)
        return self.wait_for(messages.LISTENING, lambda said: said["site"] == site.id, start=start)["port"]

    def wait_for(
        self, kind: str, test: Callable[[dict[str, Any]], bool] = lambda content: True, *, start: int = 0
    ) -> dict[str, Any]:
        """The first frame of a kind that passes the test, said already or still to come."""
        until = time.monotonic() + DEADLINE_S
        with self.changed:
            while True:
                for said, content in self.frames[start:]:
                    if said == kind and test(content):
                        return content
                if self.is_gone or not self.changed.wait(until - time.monotonic()):
                    raise AssertionError(f"no {kind!r} among {[one for one, _ in self.frames]}\n{self.log}")

    def all(self, kind: str) -> list[dict[str, Any]]:
        with self.changed:
            return [content for said, content in self.frames if said == kind]

    def opened(self, run: int = 1) -> dict[str, Any]:
        return self.wait_for(messages.OPENED, lambda said: said["run"] == run)

    def closed(self, run: int = 1) -> dict[str, Any]:
        return self.wait_for(messages.CLOSED, lambda said: said["run"] == run)

    def _listen(self) -> None:
        unpacker = Unpacker()
        with contextlib.suppress(OSError):
            while data := self.socket.recv(1 << 16):
                for kind, content in unpacker.feed(data):
                    self._heard(kind, content)
        with self.changed:
            self.is_gone = True
            self.changed.notify_all()

    def _heard(self, kind: str, content: dict[str, Any]) -> None:
        if kind == messages.EXPLAIN and (page := self.explain(content)):
            self.tell(messages.EXPLAINED, run=content["run"], **page)
        if kind in (messages.OPENED, messages.CLOSED) and self.acknowledges:
            self.tell(messages.ACK, runs=[[content["run"], kind]])
        with self.changed:
            self.frames.append((kind, content))
            self.changed.notify_all()


class Lines:
    """What a script writes to a named pipe: how a test waits for a script without sleeping."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._lines: queue.Queue[str] = queue.Queue()
        self._fd = os.open(path, os.O_RDWR)
        self._file = os.fdopen(os.dup(self._fd), "r")
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> str:
        return self._lines.get(timeout=DEADLINE_S)

    def close(self) -> None:
        os.write(self._fd, b"the end\n")

    def _read(self) -> None:
        with self._file:
            for line in self._file:
                if line == "the end\n":
                    break
                self._lines.put(line.rstrip("\n"))
        os.close(self._fd)


def wait_until(test: Callable[[], Any], what: str) -> Any:
    """Poll for what no event tells (that a process is gone)."""
    until = time.monotonic() + DEADLINE_S
    while not (found := test()):
        assert time.monotonic() < until, what
        time.sleep(0.02)
    return found


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def site_in(folder: Path, *, id: int = 1, limits: Limits | None = None, **more: Any) -> Site:
    return Site(
        id=id,
        name="site",
        folder=folder,
        pages=folder,
        script_folders={"/cgi-bin/": folder / "cgi-bin"},
        limits=limits or Limits(),
        **more,
    )
