"""The page of a start without a terminal: the steps and a percentage, until it becomes the program.

It is served by the standard library, since nothing else is there yet.  Its address holds a key, because the last that
it tells is a link that signs in; the listening socket goes over into the environment with us (`hand_over`, `resume`),
so that the page never meets a closed door.
"""

import json
import os
import secrets
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any

from app.start.folders import shown
from app.start.progress import Progress
from app.words import Language, error, language, phrase

_FILES = Path(__file__).parent / "page"
_ICON = Path(__file__).parents[2] / "ui" / "icon.svg"
_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def is_wanted(environ: Mapping[str, str] = os.environ) -> bool:
    """Nobody sees our terminal, and there is a desktop that can show a page."""
    if any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return False
    return sys.platform in {"win32", "darwin"} or any(environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


class StartingPage:
    def __init__(
        self, progress: Progress, data: Path, *, listening: socket.socket | None = None, key: str = ""
    ) -> None:
        self.progress = progress
        self.data = data
        self.key = key or secrets.token_urlsafe(16)
        self._seen = threading.Event()
        self._told_end = threading.Event()
        self._last_seen = 0.0
        self._server = _Server(self, listening)
        self._server_thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._server_thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{self.key}/"

    def open(self) -> None:
        """In the person's browser.  In a thread: a browser named by $BROWSER is waited for by `webbrowser`."""
        threading.Thread(target=webbrowser.open, args=(self.url,), name="open-browser", daemon=True).start()

    def hand_over(self) -> dict[str, Any] | None:
        """What `resume` needs in the process that takes our place; None where no process can (Windows).

        From now on nothing is answered here: who connects waits for the other process.
        """
        if os.name == "nt":
            return None
        self._server.shutdown()
        self._server.wait_until_idle(patience_s=1)
        self._server.socket.set_inheritable(True)
        return {"fd": self._server.fileno(), "key": self.key}

    @classmethod
    def resume(cls, progress: Progress, data: Path, handed: Mapping[str, Any]) -> "StartingPage":
        listening = socket.socket(fileno=handed["fd"])
        listening.set_inheritable(False)
        return cls(progress, data, listening=listening, key=handed["key"])

    def is_watched(self, *, patience_s: float = 2.5) -> bool:
        """Does somebody have it open?  A page in the background asks once a second."""
        began = time.monotonic()
        if self._last_seen < began - patience_s:
            self._seen.clear()
        return self._seen.wait(patience_s)

    def become(self, link: str) -> None:
        """Send the page to the program; the server ends once it has been told."""
        self.progress.link = link
        threading.Thread(target=self.end, name="starting-page-end", daemon=True).start()

    def end(self, *, patience_s: float = 10) -> None:
        """Wait until the page knows the link or the failure, then stop serving it."""
        self._told_end.wait(patience_s)
        self._server.shutdown()
        self._server.server_close()

    def saw(self, *, was_told_end: bool) -> None:
        """A page has its answer."""
        self._last_seen = time.monotonic()
        self._seen.set()
        if was_told_end:
            self._told_end.set()

    def html(self, lang: Language) -> str:
        words = {
            name: phrase(f"start-{name.replace('_', '-')}", lang)
            for name in ("title", "failed", "stopped", "stopped_fix", "close")
        }
        words["once"] = phrase("start-once" if self.progress.is_first else "start-rebuild", lang)
        words["folder"] = shown(self.data)
        words["folder_before"], _, words["folder_after"] = phrase("start-folder", lang, {"folder": "\0"}).partition(
            "\0"
        )
        escaped = {name: escape(text) for name, text in words.items()}
        return Template((_FILES / "starting.html").read_text(encoding="utf-8")).substitute(escaped, lang=lang)

    def state(self, lang: Language) -> dict[str, Any]:
        """All that the page shows, in words."""
        progress = self.progress
        percent = progress.percent()
        return {
            "page_title": phrase("start-page-title", lang, {"percent": percent}),
            "percent": percent,
            "left": phrase("start-left", lang, {"seconds": progress.left_s()}),
            "link": progress.link,
            "failure": self._failure(lang),
            "steps": [
                {
                    "title": phrase(f"start-step-{step.slug}", lang),
                    "state": step.state,
                    "state_said": phrase(f"start-state-{step.state}", lang),
                    "detail": step.detail,
                    "note": step.note,
                }
                for step in progress.steps.values()
            ],
        }

    def _failure(self, lang: Language) -> dict[str, str] | None:
        failure = self.progress.failure
        if failure is None:
            return None
        words = error(failure.slug, lang, failure.params)
        return {
            "title": phrase("start-failed", lang),
            **words,
            "command": str(failure.params.get("command", "")),
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 16

    def __init__(self, page: StartingPage, listening: socket.socket | None) -> None:
        self.page = page
        self._answering = 0
        self._idle = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler, bind_and_activate=False)
        if listening is not None:
            self.socket.close()
            self.socket = listening
        else:
            self.socket.bind(("127.0.0.1", 0))
            self.server_activate()
        self.server_port = self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._idle:
            self._answering += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._idle:
            self._answering -= 1
            self._idle.notify_all()

    def wait_until_idle(self, *, patience_s: float) -> None:
        """Those that have been accepted are answered; a browser may also hold a connection and say nothing."""
        with self._idle:
            self._idle.wait_for(lambda: self._answering <= 0, timeout=patience_s)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        page = self.server.page
        # Another name for our address is a page of somebody else that has its name point here (DNS rebinding).
        if self.headers.get("Host") != f"127.0.0.1:{self.server.server_port}":
            return self._answer(421, "text/plain", b"")
        lang = language(self.headers.get("Accept-Language"))
        match self.path.removeprefix(f"/{page.key}/") if self.path.startswith(f"/{page.key}/") else None:
            case "":
                return self._answer(200, "text/html; charset=utf-8", page.html(lang).encode())
            case "progress":
                state = page.state(lang)
                self._answer(200, "application/json", json.dumps(state).encode())
                return page.saw(was_told_end=bool(state["link"] or state["failure"]))
            case "starting.css":
                return self._answer(200, "text/css; charset=utf-8", (_FILES / "starting.css").read_bytes())
            case "starting.js":
                return self._answer(200, "text/javascript; charset=utf-8", (_FILES / "starting.js").read_bytes())
            case "icon.svg" if _ICON.is_file():
                return self._answer(200, "image/svg+xml", _ICON.read_bytes())
        return self._answer(404, "text/plain", b"")

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", _CSP),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the page asks three times a second."""
