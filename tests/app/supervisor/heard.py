"""What the supervisor's tests share: a listener that remembers, and records as the gateway sends them."""

import threading
import time
from typing import Any

DEADLINE_S = 60


class Told:
    """A `Tell` that remembers, and that can be waited for."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []
        self._news = threading.Condition()

    def site_changed(self, slug):
        self._take("site", slug)

    def site_gone(self, slug):
        self._take("site-gone", slug)

    def runs_gone(self, slug):
        self._take("runs-gone", slug)

    def run(self, row):
        self._take("run", dict(row))

    def static(self, slug, items):
        self._take("static", slug, list(items))

    def notice(self, slug, params):
        self._take("notice", slug, dict(params))

    def notice_gone(self, slug):
        self._take("notice-gone", slug)

    def wait_for(self, is_it):
        """The first thing heard that `is_it`; from the beginning."""
        with self._news:
            found = self._news.wait_for(lambda: [one for one in self.heard if is_it(one)], DEADLINE_S)
            assert found, f"never heard; but {self.heard}"
            return found[0]

    def wait_until(self, condition):
        """`condition`, looked at with each piece of news."""
        with self._news:
            assert self._news.wait_for(condition, DEADLINE_S), f"never so; heard {self.heard}"

    def closed_run(self, number):
        return self.wait_for(lambda one: one[0] == "run" and one[1]["run"] == number and one[1]["end"] != "running")[1]

    def notice_of(self, slug):
        return self.wait_for(lambda one: one[:2] == ("notice", slug))[2]

    def _take(self, *news):
        with self._news:
            self.heard.append(news)
            self._news.notify_all()


def eventually(condition) -> None:
    """For what tells nobody: a process that ends, a file that goes."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, "never so"
        time.sleep(0.01)


def opened(run: int = 1, **changes) -> dict[str, Any]:
    """An opening record of a small script."""
    return {
        "run": run,
        "site": 1,
        "script": "cgi-bin/hello.py",
        "started_us": 1_760_000_000_000_000,
        "method": "GET",
        "target": b"/cgi-bin/hello.py",
        "version": "HTTP/1.1",
        "headers": [(b"Host", b"127.0.0.1")],
        "meta_variables": {b"PATH": b"/usr/bin:/bin"},
        "argv": [b"/site/cgi-bin/hello.py"],
        "cwd": b"/site/cgi-bin",
        "program": b"/site/cgi-bin/hello.py",
        "stdin": b"",
        "stdin_size": 0,
        "file": {"mode": 0o100755, "size": 60, "mtime_ns": 1, "head": b"#!/usr/bin/python3\n"},
        "notes": [],
        "redirected_from": None,
        **changes,
    }


def closed(run: int = 1, **changes) -> dict[str, Any]:
    """A closing record of a script that did well."""
    return {
        "run": run,
        "end": "exited",
        "exit": 0,
        "signal": None,
        "errno": None,
        "limit": None,
        "limit_value": None,
        "interrupted_by": None,
        "response": "document",
        "header_error": None,
        "status": 200,
        "response_headers": [(b"Content-Type", b"text/plain")],
        "is_replaced": False,
        "stdout": b"Content-Type: text/plain\n\nhello\n",
        "stdout_size": 32,
        "stderr": b"",
        "stderr_size": 0,
        "queue_us": 0,
        "spawn_us": 500,
        "first_byte_us": 9000,
        "total_us": 10_000,
        "user_us": 8000,
        "system_us": 1000,
        "peak_kib": 9000,
        "peak_is_bound": False,
        "notes": [],
        **changes,
    }
