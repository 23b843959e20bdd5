"""Runs as the gateway records them, with one thing wrong at a time."""

from pathlib import Path

import pytest

from app.diagnose.facts import facts


@pytest.fixture
def site(tmp_path) -> Path:
    (tmp_path / "cgi-bin").mkdir()
    return tmp_path.resolve()


@pytest.fixture
def run_of(site):
    """`run_of("#!/bin/sh\\n", mode=0o644, errno=13)`: the facts of a run whose script has this text."""

    def make(script: str | bytes = "#!/bin/sh\n", *, name="cgi-bin/a", mode=0o755, on_disk=True, opened=None, **closed):
        data = script.encode() if isinstance(script, str) else script
        path = site / name
        if on_disk:
            path.write_bytes(data)
            path.chmod(mode)
        records = (
            {
                "script": name,
                "file": {"mode": 0o100000 | mode, "size": len(data), "mtime_ns": 0, "head": data[:512]},
                "program": str(path).encode(),
                "cwd": str(path.parent).encode(),
                "meta_variables": {b"PATH": b"/usr/local/bin:/usr/bin:/bin"},
                "notes": [],
                **(opened or {}),
            },
            {
                "end": "not_started" if "errno" in closed else "exited",
                "exit": None if "errno" in closed else 0,
                "response": None if "errno" in closed else "document",
                "status": 500,
                "stdout": b"",
                "stdout_size": len(closed.get("stdout", b"")),
                "stderr": b"",
                "total_us": 20_000,
                "notes": [],
                **closed,
            },
        )
        return facts(*records, site)

    return make
