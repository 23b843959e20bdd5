"""Records as the gateway sends them, for one small script."""

from typing import Any

from peewee import SqliteDatabase

from db import changes

STARTED_US = 1_790_000_000_000_000
FILE = {"mode": 0o100755, "size": 41, "mtime_ns": 1_790_000_000_000_000_001, "head": b"#!/bin/sh\necho\n"}


def new_site(db: SqliteDatabase, slug: str = "one") -> int:
    return changes.add_site(db, slug=slug, name=slug.title(), folder=f"/home/ada/{slug}", is_sample=False, added_us=5)


def opened(run: int, site: int = 1, **changes: Any) -> dict[str, Any]:
    record = {
        "run": run,
        "site": site,
        "script": "cgi-bin/hello.sh",
        "started_us": STARTED_US + run * 1_000_000,
        "method": "GET",
        "target": b"/cgi-bin/hello.sh?n=%d" % run,
        "version": "HTTP/1.1",
        "headers": [(b"Host", b"127.0.0.1:8801"), (b"Accept", b"*/*")],
        "meta_variables": {
            b"REQUEST_METHOD": b"GET",
            b"QUERY_STRING": b"n=%d" % run,
            b"SERVER_SOFTWARE": b"Gatehouse",
            b"SCRIPT_FILENAME": b"/home/ada/site/cgi-bin/hello.sh",
            b"DOCUMENT_ROOT": b"/home/ada/site/htdocs",
            b"PATH": b"/usr/local/bin:/usr/bin:/bin",
            b"REMOTE_PORT": b"%d" % (40_000 + run % 20_000),
        },
        "argv": [b"/home/ada/site/cgi-bin/hello.sh"],
        "cwd": b"/home/ada/site/cgi-bin",
        "program": b"/home/ada/site/cgi-bin/hello.sh",
        "stdin": b"",
        "stdin_size": 0,
        "file": dict(FILE),
        "notes": [],
        "redirected_from": None,
    }
    return {**record, **changes}


def closed(run: int, **changes: Any) -> dict[str, Any]:
    stdout = page(run)
    record = {
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
        "stdout": stdout,
        "stdout_size": len(stdout),
        "stderr": b"",
        "stderr_size": 0,
        "queue_us": 10,
        "spawn_us": 800,
        "first_byte_us": 1500,
        "total_us": 2000,
        "user_us": 700,
        "system_us": 300,
        "peak_kib": 3000,
        "peak_is_bound": False,
        "notes": [],
        "verdict": "good",
        "explanations": [],
    }
    return {**record, **changes}


def failed(run: int, **changes: Any) -> dict[str, Any]:
    explanation = {"slug": "no-header", "params": {"line": "oops"}, "evidence": [], "certainty": "certain", "fix": {}}
    return closed(run, verdict="failed", status=502, exit=1, explanations=[explanation], **changes)


def page(run: int) -> bytes:
    """Every tenth is like the others of its kind."""
    return b"Content-Type: text/plain\n\n" + (b"the same\n" if run % 10 == 0 else b"run %d\n" % run) * 60
