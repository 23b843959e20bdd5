"""Sites served by the real program, as `gatehouse serve FOLDER` serves them, with nothing set."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITES = Path(__file__).parents[1] / "sites"
LONG_S = 60


@dataclass(frozen=True)
class Served:
    """A site that is being served."""

    url: str
    data: Path
    environment: Mapping[str, str]

    def get(self, path: str, headers: Mapping[str, str] | None = None, data: bytes | None = None):
        """(status, headers, body as text); an error status is an answer too."""
        request = urllib.request.Request(self.url.rstrip("/") + path, data=data, headers=dict(headers or {}))
        opener = urllib.request.build_opener(_Everything)
        with opener.open(request, timeout=LONG_S) as answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None):
        return self.get(path, headers, urllib.parse.urlencode(fields).encode())

    def latest(self) -> dict:
        """The newest run, as `gatehouse show latest --json` tells it."""
        told = subprocess.run(
            [sys.executable, str(ROOT / "launcher.py"), "show", "latest", "--json", "--data", str(self.data)],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=LONG_S,
        )
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)


class _Everything(urllib.request.HTTPErrorProcessor):
    """Errors and redirects are answers to look at."""

    def http_response(self, request, response):
        return response


@pytest.fixture
def serve(tmp_path):
    """`serve(folder, path="/first/on/PATH", LANG=None)` → Served; everything is ended afterwards."""
    running: list[subprocess.Popen] = []

    def start(folder: Path, *, path: str | None = None, **environment: str | None) -> Served:
        data = tmp_path / f"data-{len(running)}"
        changed = {"PATH": os.pathsep.join(filter(None, [path, os.environ["PATH"]])), **environment}
        whole = {name: value for name, value in {**os.environ, **changed}.items() if value is not None}
        command = [sys.executable, str(ROOT / "launcher.py"), "serve", str(folder), "--json", "--data", str(data)]
        with (tmp_path / f"serve-{len(running)}.log").open("wb") as log:
            program = subprocess.Popen(command, env=whole, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
        running.append(program)
        line = program.stdout.readline()
        assert line, Path(log.name).read_text()
        return Served(json.loads(line)["url"], data, whole)

    yield start
    for program in running:
        program.send_signal(signal.SIGINT)
    codes = [_end(program) for program in running]
    assert codes == [0] * len(running)


def _end(program: subprocess.Popen) -> int:
    """The exit status; what does not end by itself is killed, and says so by its status."""
    try:
        return program.wait(LONG_S)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        return program.wait()
    finally:
        program.stdout.close()


@pytest.fixture
def textbook(tmp_path) -> Path:
    """A copy of tests/sites/textbook to write to."""
    return Path(shutil.copytree(SITES / "textbook", tmp_path / "textbook"))


def interpreters() -> list[tuple[str, Path]]:
    """(version, folder of programs) of the Pythons to run scripts with: PATH's and those of GATEHOUSE_PYTHONS."""
    folders = [Path(one) for one in os.environ.get("GATEHOUSE_PYTHONS", "").split(os.pathsep) if one]
    folders += [Path(one) for one in os.environ["PATH"].split(os.pathsep) if one]
    return [(version, folder) for version in ("3.11", "3.13") for folder in folders if _has(folder, version)]


def _has(folder: Path, version: str) -> bool:
    return (folder / f"python{version}").is_file() and (folder / "python3").is_file()


@pytest.fixture(params=["3.11", "3.13"])
def python_folder(request) -> str:
    """A folder whose `python3` is this version; pyenv's shims would run whatever they are set to."""
    found = [folder for version, folder in interpreters() if version == request.param and _is(folder, version)]
    if not found:
        pytest.skip(f"no Python {request.param} on PATH or in GATEHOUSE_PYTHONS")
    return str(found[0])


def _is(folder: Path, version: str) -> bool:
    question = [str(folder / "python3"), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    return subprocess.run(question, capture_output=True, text=True).stdout.strip() == version
