"""Synthetic records as a gateway sends them: 20 sites of 10 scripts, 4 % failures, half of all outputs repeat."""

import random
from collections.abc import Iterator
from typing import Any

_random = random.Random(7)
_WORDS = ["".join(_random.choices("abcdefghijklmnopqrstuvwxyz", k=_random.randint(3, 9))) for _ in range(3000)]


def _page(rows: int) -> bytes:
    lines = (
        f'<tr><td>{_random.choice(_WORDS)}</td><td>{_random.randrange(10**6)}</td><td class="{_random.choice(_WORDS)}">'
        f"{_random.choice(_WORDS)} {_random.choice(_WORDS)}</td></tr>\n"
        for _ in range(rows)
    )
    return f"<!doctype html><title>{_random.choice(_WORDS)}</title><table>{''.join(lines)}".encode()


_PAGES = [_page(_random.choice([5, 10, 20, 40, 80, 300])) for _ in range(300)]
_HEADERS = [
    (b"Host", b"127.0.0.1:8801"),
    (
        b"User-Agent",
        b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
    ),
    (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
    (b"Accept-Language", b"en-GB,en;q=0.9"),
    (b"Accept-Encoding", b"gzip, deflate, br, zstd"),
    (b"Connection", b"keep-alive"),
    (b"Cookie", b"sid=8f14e45fceea167a5a36dedd4bea2543"),
    (b"Sec-Fetch-Dest", b"document"),
    (b"Sec-Fetch-Mode", b"navigate"),
    (b"Sec-Fetch-Site", b"same-origin"),
    (b"Sec-Fetch-User", b"?1"),
    (b"Upgrade-Insecure-Requests", b"1"),
]
_BASE_VARIABLES = {
    b"GATEWAY_INTERFACE": b"CGI/1.1", b"SERVER_PROTOCOL": b"HTTP/1.1", b"SERVER_SOFTWARE": b"Gatehouse/0.1",
    b"SERVER_NAME": b"127.0.0.1", b"SERVER_PORT": b"8801", b"REMOTE_ADDR": b"127.0.0.1", b"REQUEST_SCHEME": b"http",
    b"PATH": b"/usr/local/bin:/usr/bin:/bin", b"LANG": b"C.UTF-8", b"TZ": b"Europe/Berlin", b"HOME": b"/home/ada",
    b"TMPDIR": b"/tmp", b"DOCUMENT_ROOT": b"/home/ada/site/htdocs", b"REDIRECT_STATUS": b"200",
    b"PYTHONIOENCODING": b"utf-8", b"USER": b"ada",
}  # fmt: skip
_TRACEBACKS = [
    "Traceback (most recent call last):\n"
    + "".join(
        f'  File "/home/ada/site/cgi-bin/s.py", line {_random.randrange(300)}, in {_random.choice(_WORDS)}\n'
        f"    {' '.join(_random.choices(_WORDS, k=6))}\n"
        for _ in range(5)
    )
    + f"KeyError: '{_random.choice(_WORDS)}'"
    for _ in range(400)
]


def pairs(
    number: int, *, first: int = 1, seed: int = 1, sites: int = 20, started_us: int = 1_790_000_000_000_000
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(opening record, closing record) of so many runs."""
    chance = random.Random(seed)
    for run in range(first, first + number):
        site = chance.randrange(sites) + 1
        started_us += chance.randrange(1000, 60_000_000)
        yield _pair(chance, run, site, started_us)


def _pair(chance: random.Random, run: int, site: int, started_us: int) -> tuple[dict[str, Any], dict[str, Any]]:
    script = chance.randrange(10)
    name, has_failed = f"cgi-bin/{_WORDS[site * 10 + script]}.py", chance.random() < 0.04
    query = f"q={chance.choice(_WORDS)}&page={chance.randrange(50)}".encode()
    stdin = b"name=" + chance.choice(_WORDS).encode() * 5 if chance.random() < 0.2 else b""
    page = _PAGES[(site * 10 + script) % 300]
    if chance.random() < 0.5:
        page = (
            b"<p>visit %d at %d</p>" % (run, started_us) + _PAGES[chance.randrange(300)][: chance.randrange(300, 9000)]
        )
    stdout = b"" if has_failed else b"Content-Type: text/html\r\n\r\n" + page
    stderr = chance.choice(_TRACEBACKS).encode() if has_failed else b""
    target = b"/%s?%s" % (name.encode(), query)
    method = "POST" if stdin else "GET"
    variables = {
        **_BASE_VARIABLES,
        **{b"HTTP_" + key.upper().replace(b"-", b"_"): value for key, value in _HEADERS},
        b"REQUEST_METHOD": method.encode(),
        b"SCRIPT_NAME": b"/" + name.encode(),
        b"SCRIPT_FILENAME": b"/home/ada/site/" + name.encode(),
        b"QUERY_STRING": query,
        b"REQUEST_URI": target,
        b"REMOTE_PORT": b"%d" % chance.randrange(32768, 60000),
    }
    if stdin:
        variables |= {b"CONTENT_LENGTH": b"%d" % len(stdin), b"CONTENT_TYPE": b"application/x-www-form-urlencoded"}
    path = b"/home/ada/site/" + name.encode()
    opened = {
        "run": run, "site": site, "script": name, "started_us": started_us, "method": method, "target": target,
        "version": "HTTP/1.1", "headers": list(_HEADERS), "meta_variables": variables, "argv": [path],
        "cwd": b"/home/ada/site/cgi-bin", "program": path, "stdin": stdin, "stdin_size": len(stdin),
        "file": {"mode": 0o100755, "size": 1800, "mtime_ns": 10**18, "head": b"#!/usr/bin/python3\n" * 20},
        "notes": [], "redirected_from": None,
    }  # fmt: skip
    diagnosis = {
        "slug": "python-traceback", "params": {"error": "KeyError", "file": name, "line": 12},
        "evidence": [{"name": "last-line", "value": "KeyError: 'x'"}], "certainty": "certain",
        "fix": {"steps": [], "automatic": "no"},
    }  # fmt: skip
    closed = {
        "run": run, "end": "exited", "exit": int(has_failed), "signal": None, "errno": None, "limit": None,
        "limit_value": None, "interrupted_by": None, "response": "malformed" if has_failed else "document",
        "header_error": {"error": "empty", "line_no": 0, "line": b""} if has_failed else None,
        "status": 502 if has_failed else 200,
        "response_headers": [(b"Content-Type", b"text/html"), (b"Date", b"Tue, 24 Nov 2026 17:04:15 GMT")],
        "is_replaced": has_failed, "stdout": stdout, "stdout_size": len(stdout), "stderr": stderr,
        "stderr_size": len(stderr), "queue_us": 120, "spawn_us": 900, "first_byte_us": 21000,
        "total_us": chance.randrange(18_000, 60_000), "user_us": 18000, "system_us": 4000, "peak_kib": 14000,
        "peak_is_bound": False, "notes": [], "verdict": "failed" if has_failed else "good",
        "explanations": [diagnosis] if has_failed else [],
    }  # fmt: skip
    return opened, closed
