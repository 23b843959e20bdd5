import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TELLS = "from app.start.terminal import say, tell; tell('where'); tell('more'); say('still here')"


def _closed_pipe():
    read, write = os.pipe()
    os.close(read)
    return write


def _full_disk():
    return os.open("/dev/full", os.O_WRONLY)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_closed_pipe, id="whoever read it has gone"),
        pytest.param(_full_disk, id="its disk is full"),
    ],
)
def test_a_stdout_that_takes_nothing_is_no_reason_to_end(make):
    stdout = make()

    ended = subprocess.run(
        [sys.executable, "-c", TELLS], cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(stdout)

    assert (ended.returncode, ended.stderr) == (0, "still here\n")


def test_without_streams_nothing_is_said():
    """pythonw"""
    program = f"import sys; sys.stdout = sys.stderr = None; {TELLS}"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60).returncode == 0
