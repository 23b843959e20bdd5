"""A Gatehouse without scripts: the real server, guard, controllers and database, with sites that live in memory."""

import http.client
import itertools
import json
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from app.api.announce import Announce
from app.api.application import application
from app.api.events import EventHub
from app.api.server import UiServer
from app.api.services import Services
from app.api.tokens import Tokens
from app.sites.folder import look_at
from app.sites.settings import Settings, change, load
from app.sites.settings_file import Problem
from db import changes
from db.recorder import Recorder
from tests.app.api.runs import closed_record, opened_record

PATIENCE_S = 60
ADDED_US = 1_790_000_000_000_000


class Clock:
    """Handed in: stands still until a test moves it."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class MemorySite:
    id: int
    slug: str
    name: str
    folder: Path
    port: int | None = 8101
    state: str = "serving"
    problem: Problem | None = None
    is_sample: bool = False
    scripts: int = 2
    languages: Sequence[str] = ("python", "sh")
    added_us: int = ADDED_US


class MemorySites:
    """A SiteDesk whose sites only say that they serve."""

    def __init__(self, recorder: Recorder, announce: Announce) -> None:
        self._recorder, self._announce = recorder, announce
        self.known: dict[str, MemorySite] = {}
        self.statics: list[Mapping[str, Any]] = []

    def all(self) -> list[MemorySite]:
        return list(self.known.values())

    def get(self, slug: str) -> MemorySite | None:
        return self.known.get(slug)

    def add(self, folder: Path) -> MemorySite:
        layout = look_at(folder, [site.folder for site in self.all()])
        slug = os.fsencode(layout.folder.name).decode("ascii", "ignore").lower()
        row = {"slug": slug, "name": slug.title(), "folder": str(layout.folder)}
        number = self._recorder.do(lambda db: changes.add_site(db, **row, is_sample=False, added_us=ADDED_US)).result(
            PATIENCE_S
        )
        self.known[slug] = MemorySite(number, slug, row["name"], layout.folder)
        self._announce.site_changed(slug)
        return self.known[slug]

    def forget(self, slug: str) -> None:
        site = self.known.pop(slug)
        self._recorder.do(lambda db: changes.forget_site(db, site.id)).result(PATIENCE_S)
        self._announce.site_gone(slug)

    def start(self, slug: str, *, port: int | None = None) -> None:
        self.known[slug].port = port or self.known[slug].port
        self._turn(slug, "serving")

    def stop(self, slug: str) -> None:
        self._turn(slug, "stopped")

    def restart(self, slug: str) -> None:
        self._turn(slug, "serving")

    def settings(self, slug: str) -> Settings:
        return load(self.known[slug].folder)

    def change_settings(self, slug: str, changes: Mapping[str, Any]) -> None:
        change(self.known[slug].folder, changes)

    def static_requests(self, slug: str) -> tuple[Sequence[Mapping[str, Any]], int]:
        return self.statics, len(self.statics)

    def _turn(self, slug: str, state: str) -> None:
        self.known[slug].state = state
        self._announce.site_changed(slug)


@dataclass
class MemoryRuns:
    stopped: list[int] = field(default_factory=list)

    def stop(self, run: int) -> None:
        self.stopped.append(run)


@dataclass
class MemoryWindow:
    """A WindowDesk that notes what it was asked for."""

    native: bool = True
    backend: str | None = "gtk"
    offer: Mapping[str, Any] = field(default_factory=lambda: {"possible": True, "command": None, "qt_mib": 120})
    chosen: Path | None = None
    opened: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)

    def choose_folder(self, lang) -> Path | None:
        return self.chosen

    def open(self, url: str) -> None:
        self.opened.append(url)

    def open_folder(self, path: Path) -> None:
        self.opened.append(str(path))

    def focus(self) -> None:
        self.acts.append("focus")

    def setup(self) -> None:
        self.acts.append("setup")


@dataclass
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class World:
    """Speaks HTTP to the server, as a browser, a program or an attacker would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.has_quit = Event()
        data = folder / "data"
        data.mkdir()
        self.dist = folder / "dist"
        self.dist.mkdir()
        (self.dist / "index.html").write_text("<!doctype html>the front end")
        database = data / "gatehouse.db"
        self._stored: dict[tuple[int, str], Event] = {}
        self.recorder = Recorder(database, on_stored=self._on_stored, on_trouble=lambda trouble: None)
        self.recorder.start()
        self._numbers = itertools.count(self.recorder.next_run)
        self.events = EventHub()
        self.announce = Announce(self.events, interval_s=0.01)
        self.tokens = Tokens(data, now=self.clock)
        self.sites = MemorySites(self.recorder, self.announce)
        self.runs = MemoryRuns()
        self.window = MemoryWindow()
        self.notices: list[Mapping[str, Any]] = []
        self.services = Services(
            database=database,
            recorder=self.recorder,
            events=self.events,
            sites=self.sites,
            runs=self.runs,
            window=self.window,
            tokens=self.tokens,
            quit=self.has_quit.set,
            dist=self.dist,
            version="1.2.3",
            data_folder=data,
            notices=lambda: self.notices,
        )
        self.announce.start(self.sites, database=database)
        self.server = UiServer()
        self.server.start(application(self.services))

    @property
    def port(self) -> int:
        return self.server.port

    def close(self) -> None:
        self.announce.close()
        self.events.close()
        self.server.stop(patience_s=PATIENCE_S)
        self.recorder.close()

    def add_site(self, name: str = "guestbook") -> MemorySite:
        folder = self.folder / name
        (folder / "cgi-bin").mkdir(parents=True)
        script = folder / "cgi-bin" / "hello.py"
        script.write_text("#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n\\nhi')\n")
        script.chmod(0o755)
        return self.sites.add(folder)

    def record(self, site: MemorySite, *, is_running: bool = False, **facts: Any) -> int:
        """A run in the database, as the gateway and the judge would have told it."""
        run = next(self._numbers)
        opened = opened_record(run, site.id, facts)
        self._store("opened", opened)
        if not is_running:
            self._store("closed", closed_record(run, facts))
        return run

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        is_let_in: bool = True,
    ) -> Reply:
        """As the front end asks: the token in its header, JSON in the body."""
        sent = {"X-Gatehouse-Token": self.tokens.token} if is_let_in else {}
        body = None if content is None else json.dumps(content)
        sent |= {} if body is None else {"Content-Type": "application/json"}
        with self._connection() as connection:
            connection.request(method, path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())

    def raw(self, request: str | bytes) -> Reply:
        """Bytes as they are: what no well-behaved client would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S) as connection:
            connection.sendall(request.encode("latin-1") if isinstance(request, str) else request)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        return Reply(int(lines[0].split()[1]), headers, body)

    @contextmanager
    def listening(self, query: str = "", **headers: str) -> Iterator[Iterator[tuple[str, Any]]]:
        """The event stream, as (name, content); it has begun when this is entered."""
        sent = {
            "X-Gatehouse-Token": self.tokens.token,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        with self._connection() as connection:
            connection.request("GET", f"/api/events{query}", headers=sent)
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.readline() == b": Gatehouse\n"
            yield _events(answer)

    @contextmanager
    def _connection(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            yield connection
        finally:
            connection.close()

    def _store(self, kind: str, record: dict[str, Any]) -> None:
        stored = self._stored[record["run"], kind] = Event()
        (self.recorder.opened if kind == "opened" else self.recorder.closed)(record)
        assert stored.wait(PATIENCE_S)

    def _on_stored(self, stored: list[tuple[int, str, dict[str, Any]]]) -> None:
        for run, kind, _ in stored:
            self._stored[run, kind].set()


def _events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in answer:
        key, _, value = line.decode().rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)
