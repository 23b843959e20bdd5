"""launcher.py: any Python can read it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def python(version):
    """An interpreter of this version, among $GATEHOUSE_PYTHONS and $PATH."""
    folders = [*filter(None, os.environ.get("GATEHOUSE_PYTHONS", "").split(os.pathsep)), *os.get_exec_path()]
    for folder in folders:
        program = Path(folder) / f"python{version}"
        if program.is_file() and _answers(program):
            return program
    pytest.skip(f"no Python {version} on PATH or in GATEHOUSE_PYTHONS")


def _answers(program):
    """A shim of pyenv may stand for an interpreter that is not chosen."""
    return subprocess.run([program, "-c", ""], capture_output=True).returncode == 0


def start(program, *arguments, **environment):
    return subprocess.run(
        [program, ROOT / "launcher.py", *arguments], capture_output=True, text=True, env={**os.environ, **environment}
    )


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10"])
def test_a_python_that_is_too_old_says_so_in_a_sentence(version):
    ended = start(python(version))

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"Gatehouse needs Python 3.11 or newer; this is {version}.\n")
    assert len(ended.stderr.splitlines()) == 2


def test_a_newer_python_on_the_path_is_named(tmp_path):
    (tmp_path / "python3.12").write_text("#!/bin/sh\n")
    (tmp_path / "python3.12").chmod(0o755)

    said = start(python("3.9"), "--browser", PATH=str(tmp_path)).stderr

    assert re.search(r"^A newer one is here: python3\.12 \S*launcher\.py --browser$", said, re.MULTILINE)


def test_without_a_newer_python_the_way_to_one_is_told(tmp_path):
    said = start(python("3.9"), PATH=str(tmp_path)).stderr

    assert "uv run launcher.py" in said


def test_the_inline_metadata_states_the_version_of_python_only():
    """PEP 723: `uv run launcher.py` brings a Python, and the launcher brings the rest."""
    block = re.search(r"^# /// script\n((?:# .*\n)+)# ///$", (ROOT / "launcher.py").read_text(), re.MULTILINE)

    assert block
    assert block[1] == '# requires-python = ">=3.11"\n'


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_a_new_enough_python_starts(version):
    assert start(python(version), "--version").stdout == "Gatehouse 0.1.0\n"


def test_it_starts_from_any_folder_and_with_a_safe_path(tmp_path):
    ended = subprocess.run([sys.executable, "-P", ROOT / "launcher.py", "--version"], cwd=tmp_path)

    assert ended.returncode == 0
