"""The window as the program sees it: a child that is started, asked, and watched."""

import json
import os
import subprocess
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Literal

from app.errors import GatehouseError
from app.window import desktop, offer
from app.window.candidates import Candidate, candidates, has_display
from app.window.pulse import Pulse
from app.words import Language, phrase

LOAD_S = 60
"""Seconds until a window must have shown its page; WebKit's first start on a slow disk takes about five."""

LOOK_S = 1.0
"""How often the window's page is looked after."""

Lost = Literal["no-display", "no-backend", "window-failed", "window-died"]


class Window:
    """One window, or none.  `start` tries what is here; the callbacks tell, on a thread of the window's own.

    `on_closed`: the person closed it.  `on_lost`: it could not be shown, or died; the browser is the way on.
    """

    def __init__(
        self,
        data: Path,
        *,
        on_closed: Callable[[], None],
        on_lost: Callable[[Lost], None],
        new_link: Callable[[], str],
        page_left: Callable[[], float | None] = lambda: None,
        install: Callable[[], None] | None = None,
    ) -> None:
        """`new_link` makes an address that signs a browser in; `install` begins to put Qt into our environment.

        `page_left` tells when (time.monotonic) the window's page stopped to follow the event stream; None: it follows.
        """
        self._storage = data / "webview"
        self._log = data / "log" / "window.log"
        self._on_closed, self._on_lost = on_closed, on_lost
        self._new_link = new_link
        self._page_left = page_left
        self._install = install
        self._child: _Child | None = None
        self._is_stopping = False
        self._is_lacking = False
        self._shown = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Show the page, if anything here can.  Returns at once."""
        threading.Thread(target=self._try_all, name="window", daemon=True).start()

    def stop(self, *, patience_s: float = 3) -> None:
        """Close the window and wait for its process."""
        with self._lock:
            self._is_stopping = True
            child = self._child
        if child:
            child.stop(patience_s)

    def wait_shown(self, patience_s: float) -> bool:
        """Wait until a page is on screen; False where that cannot be."""
        return self._shown.wait(patience_s)

    @property
    def pid(self) -> int | None:
        """Of the window's process."""
        child = self._child
        return child.pid if child else None

    @property
    def native(self) -> bool:
        return self.backend is not None

    @property
    def backend(self) -> str | None:
        child = self._child
        return child.backend if child else None

    @property
    def offer(self) -> Mapping[str, Any]:
        """What helps where a window was tried and the system lacks something for it; nothing where none was wanted."""
        return {
            "possible": self._install is not None and self._is_lacking,
            "command": offer.command() if self._is_lacking else None,
            "qt_mib": offer.QT_MIB,
        }

    def choose_folder(self, lang: Language) -> Path | None:
        """Waits for the person; None where they cancelled."""
        child = self._child
        chosen = child.ask("choose-folder", title=phrase("window.choose-folder", lang)) if child else None
        return Path(chosen) if chosen else None

    def focus(self) -> None:
        child = self._child
        if child and child.backend:
            child.ask("focus", wait_s=5)
        else:
            desktop.open_in_browser(self._new_link())

    def open(self, url: str) -> None:
        """Raises GatehouseError browser-none."""
        if not desktop.open_in_browser(url, wait_s=1):
            raise GatehouseError("browser-none", status=409, params={"url": url})

    def open_folder(self, path: Path) -> None:
        desktop.open_in_file_manager(path)

    def setup(self) -> None:
        if self._install:
            self._install()

    def _try_all(self) -> None:
        if not has_display():
            self._on_lost("no-display")
            return
        self._storage.mkdir(parents=True, exist_ok=True)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        reason: Lost = "no-backend"
        for candidate in candidates():
            try:
                child = self._begin(candidate)
            except OSError:
                continue  # no such interpreter
            if child is None:
                return
            if child.wait_loaded():
                self._shown.set()
                self._watch(child)
                return
            if not child.has_no_backend:
                reason = "window-failed"
        if not self._is_stopping:
            self._is_lacking = True
            self._on_lost(reason)

    def _begin(self, candidate: Candidate) -> "_Child | None":
        """Raises OSError where there is no such program."""
        with self._lock:
            if self._is_stopping:
                return None
            self._child = _Child(candidate, self._link(), storage=self._storage, log=self._log)
            return self._child

    def _link(self) -> str:
        """That this is the window stands in the fragment; a page cannot see it by itself."""
        return f"{self._new_link()}&window=1"

    def _watch(self, child: "_Child") -> None:
        pulse = Pulse()
        while not child.wait_end(LOOK_S):
            if pulse.is_dead(self._page_left()):
                child.ask("load", wait_s=LOAD_S, url=self._link())
        self._child = None
        if self._is_stopping:
            return
        if child.was_closed:
            self._on_closed()
        else:
            self._on_lost("window-died")


class _Child:
    """One window process."""

    def __init__(self, candidate: Candidate, url: str, *, storage: Path, log: Path) -> None:
        self.backend: str | None = None
        self.has_no_backend = False
        self.was_closed = False
        """Did the person close it?"""
        self._settled = threading.Event()
        self._ended = threading.Event()
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._asked = 0
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [candidate.python, "-m", "app.window", url, str(storage)],
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **candidate.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        threading.Thread(target=self._listen, name="window-events", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_loaded(self) -> bool:
        """True once the page is on screen; False where the process ended before, or never came so far."""
        self._settled.wait(LOAD_S)
        if self.backend is None:
            self._process.kill()
            self._ended.wait()
        return self.backend is not None

    def wait_end(self, patience_s: float) -> bool:
        """False where it still runs after that time."""
        return self._ended.wait(patience_s)

    def ask(self, act: str, *, wait_s: float | None = None, **params: Any) -> Any:
        """The answer to a command; None where the window is gone or does not answer in time."""
        answer: Future[Any] = Future()
        with self._lock:
            self._asked += 1
            self._waiting[self._asked] = answer
            line = json.dumps({"do": act, "id": self._asked, **params}) + "\n"
        try:
            assert self._process.stdin
            self._process.stdin.write(line)
            self._process.stdin.flush()
            return answer.result(wait_s)
        except (OSError, ValueError, TimeoutError):
            return None

    def stop(self, patience_s: float) -> None:
        self._close_stdin()
        if not self._ended.wait(patience_s):
            self._process.kill()
            self._ended.wait()

    def _close_stdin(self) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.close()
        except OSError:
            pass  # what was not sent yet has no reader any more

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                try:
                    self._take(json.loads(line))
                except ValueError:
                    continue  # a library found the pipe all the same
        self._process.wait()
        self._close_stdin()
        with self._lock:
            unanswered, self._waiting = list(self._waiting.values()), {}
        for answer in unanswered:
            answer.set_result(None)
        self._settled.set()
        self._ended.set()

    def _take(self, event: Mapping[str, Any]) -> None:
        match event.get("event"):
            case "loaded":
                self.backend = str(event.get("backend"))
                self._settled.set()
            case "closed":
                self.was_closed = True
            case "no-backend":
                self.has_no_backend = True
            case "answer":
                with self._lock:
                    answer = self._waiting.pop(event["id"], None)
                if answer:
                    answer.set_result(event.get("result"))
