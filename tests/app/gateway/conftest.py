import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.gateway.values import Body, Call, Request, Site


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Writes a small site and answers with it; a text that begins with '#!' is made executable.

    `scripts` are its script folders by URL, relative to the site; any field of Site may be given.
    """

    def make(
        files: Mapping[str, str | bytes], *, pages: str = ".", scripts: Mapping[str, str] | None = None, **more: Any
    ) -> Site:
        folder = tmp_path.resolve() / "site"
        for relative, content in files.items():
            write(folder / relative, content)
        scripts = {"/cgi-bin/": "cgi-bin"} if scripts is None else scripts
        return Site(
            id=1,
            name="site",
            folder=folder,
            pages=(folder / pages).resolve(),
            script_folders={url: folder / path for url, path in scripts.items()},
            **more,
        )

    return make


def write(path: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o755 if data.startswith(b"#!") else 0o644)


@pytest.fixture
def make_request() -> Callable[..., Request]:
    """A GET of '/' as a browser sends it; any field of Request may be given."""
    plain = Request(
        method="GET",
        target=b"/",
        version="HTTP/1.1",
        headers=((b"Host", b"127.0.0.1:8000"),),
        body=None,
        host="127.0.0.1",
        port=8000,
        remote_address="127.0.0.1",
        remote_port=50123,
        started_us=0,
        arrived=0.0,
    )

    def make(method: str = "GET", *headers: tuple[bytes, bytes], **more: Any) -> Request:
        return replace(plain, method=method, headers=(*plain.headers, *headers), **more)

    return make


@pytest.fixture
def run_call() -> Callable[[Call], subprocess.CompletedProcess[bytes]]:
    """Executes a call as it is: program, argv, environment and folder; stdin from memory."""

    def run(call: Call) -> subprocess.CompletedProcess[bytes]:
        body = call.stdin or Body(0)
        return subprocess.run(
            call.argv,
            executable=call.program,
            env=dict(call.environment),
            cwd=call.working_directory,
            input=body.in_memory,
            capture_output=True,
            timeout=60,
        )

    return run
