import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.gateway.orphans import Ledger, end_left_over, ledger_path, left_over

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def sleeper():
    """Starts processes that do nothing, each in a session of its own; ends them."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> int:
        process = subprocess.Popen(["sleep", "3600"], env={**os.environ, **environment}, start_new_session=True)
        started.append(process)
        return process.pid

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


@pytest.fixture
def ledger(tmp_path: Path):
    """A gateway's, marked "mark"; its file is `path`."""
    ledger = Ledger(tmp_path / "list", "mark")
    yield ledger
    ledger.close()


@pytest.fixture
def path(ledger, tmp_path: Path) -> Path:
    return tmp_path / "list"


def test_a_listed_process_is_left_over(ledger, path, sleeper):
    pid = ledger.started(sleeper)

    assert left_over(path) == [pid]
    assert end_left_over(path) == [pid]
    assert not path.exists()


def test_a_pid_that_was_given_to_another_process_is_not_hit(ledger, path, sleeper):
    """Its start does not lie within the ticks that were noted."""
    ledger.started(sleeper)
    head, line, _ = path.read_text().split("\n")
    pid, first, last = map(int, line.split())
    path.write_text(f"{head}\n{pid} {first - 100} {last - 50}\n")

    assert left_over(path) == []


def test_what_carries_the_mark_is_left_over_without_being_listed(path, sleeper):
    """A daemon: neither its pid nor its session is known."""
    pid = sleeper(UNIQUE_ID="mark-12")
    sleeper(UNIQUE_ID="another-12")

    assert left_over(path) == [pid]


def test_another_boot_says_nothing(ledger, path, sleeper):
    ledger.started(sleeper)
    path.write_text(path.read_text().replace("gatehouse-scripts 1 ", "gatehouse-scripts 1 another-boot-", 1))

    assert left_over(path) == []


def test_a_damaged_or_missing_file_says_nothing(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "noise").write_bytes(os.urandom(100))

    assert left_over(tmp_path / "gone") == left_over(tmp_path / "empty") == left_over(tmp_path / "noise") == []


def test_half_a_line_is_left_out(ledger, path, sleeper):
    """The gateway was killed in the middle of a write."""
    pid = ledger.started(sleeper)
    path.write_text(path.read_text() + f"{os.getpid()} 0 99999999999")

    assert left_over(path) == [pid]


def test_the_file_does_not_grow_for_ever(ledger, path):
    for pid in range(1, 30001):
        ledger.started(lambda pid=pid: pid)
        if pid > 3:
            ledger.ended(pid)

    assert path.stat().st_size < 1 << 19
    assert [line.split()[0] for line in path.read_text().splitlines()[1:4]] == ["1", "2", "3"]


def test_the_file_lies_beside_the_spool():
    assert ledger_path(Path("/data/spool/records")) == Path("/data/spool/records.scripts")
