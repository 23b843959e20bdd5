"""Records as the gateway makes them, whole, for tests that need a run and no process."""

from collections.abc import Mapping
from typing import Any

from app.gateway.messages import CLOSED_KEYS, OPENED_KEYS

STARTED_US = 1_790_000_000_000_000
HTML = b"Content-Type: text/html; charset=utf-8\n\n<h1>hi</h1>"

NO_EXEC_BIT = {
    "slug": "no-exec-bit",
    "params": {"script": "cgi-bin/hello.py", "mode": "644", "better": "755", "path": "cgi-bin/hello.py"},
    "evidence": [{"name": "mode", "value": "644"}],
    "certainty": "certain",
    "fix": {"steps": [{"do": "chmod", "path": "cgi-bin/hello.py", "mode": "755"}], "automatic": "yes"},
}


def opened_record(run: int, site: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "run": run,
        "site": site,
        "script": "cgi-bin/hello.py",
        "started_us": STARTED_US + run,
        "method": "GET",
        "target": b"/cgi-bin/hello.py?name=ann&token=hunter2",
        "version": "HTTP/1.1",
        "headers": [(b"Host", b"127.0.0.1:8101"), (b"Cookie", b"id=hunter2")],
        "meta_variables": {b"QUERY_STRING": b"name=ann&token=hunter2", b"HTTP_COOKIE": b"id=hunter2"},
        "argv": [b"/site/cgi-bin/hello.py"],
        "cwd": b"/site/cgi-bin",
        "program": b"/site/cgi-bin/hello.py",
        "stdin": b"",
        "stdin_size": 0,
        "file": {"mode": 0o100755, "size": 40, "mtime_ns": 1, "head": b"#!/usr/bin/env python3\n"},
        "notes": [],
        "redirected_from": None,
    }
    return {**record, **{key: value for key, value in facts.items() if key in OPENED_KEYS}}


def closed_record(run: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        **dict.fromkeys(CLOSED_KEYS),
        "run": run,
        "end": "exited",
        "exit": 0,
        "response": "document",
        "status": 200,
        "response_headers": [(b"Content-Type", b"text/html; charset=utf-8")],
        "is_replaced": False,
        "stdout": HTML,
        "stdout_size": len(HTML),
        "stderr": b"",
        "stderr_size": 0,
        "queue_us": 10,
        "spawn_us": 900,
        "first_byte_us": 20_000,
        "total_us": 43_210,
        "user_us": 15_000,
        "system_us": 5_000,
        "peak_kib": 9000,
        "peak_is_bound": False,
        "notes": [],
        "verdict": "good",
        "explanations": [],
    }
    return {**record, **{key: value for key, value in facts.items() if key in record}}


NOT_STARTED: Mapping[str, Any] = {
    "end": "not_started",
    "exit": None,
    "errno": 13,
    "response": None,
    "status": 500,
    "response_headers": [],
    "is_replaced": True,
    "stdout": b"",
    "stdout_size": 0,
    "verdict": "failed",
    "explanations": [NO_EXEC_BIT],
}
"""Facts of a run whose script had no execute bit."""
