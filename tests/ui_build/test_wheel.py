"""The wheel: the program and its built front end, and nothing that it was built from."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ui import build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built as `pip` builds it, in an environment of its own."""
    if not build.is_fresh():
        build.ensure()
    out = tmp_path_factory.mktemp("wheel")
    ended = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT], capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    [made] = out.glob("gatehouse-*-py3-none-any.whl")
    with zipfile.ZipFile(made) as opened:
        yield opened


def test_the_front_end_is_in_it_and_its_sources_are_not(wheel):
    names = wheel.namelist()

    assert "ui/dist/index.html" in names
    assert any(name.startswith("ui/dist/assets/") and name.endswith(".js") for name in names)
    assert [name for name in names if "node_modules" in name or name.startswith(("ui/src", "ui/test", "tests"))] == []
    assert "ui/package.json" not in names


def test_all_that_the_program_reads_is_in_it(wheel):
    names = set(wheel.namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for top in ("app", "db")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert wanted - names == set()
    assert {"launcher.py", "ui/__init__.py", "ui/build.py", "ui/icon.svg"} <= names


def test_its_commands_start_the_launcher(wheel):
    [entries] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    told = wheel.read(entries).decode()

    assert "[console_scripts]\ngatehouse = launcher:main\n" in told
    assert "[gui_scripts]\ngatehousew = launcher:main\n" in told
