"""A disk without room: a real one, of 24 MB, which only the program and its gateway see."""

import subprocess
from pathlib import Path

import pytest

from tests.program.running import fetch

DISK = """set -e
mount -t tmpfs -o size=$1 tmpfs "$2"
if [ -d "$3" ]; then cp -r "$3" "$2/data"; fi
cat /dev/zero > "$2/filler" 2> /dev/null || true
shift 3
exec "$@"
"""


@pytest.fixture
def full(tmp_path):
    """What `begin` is to be told for a full disk, with the data of an earlier start."""
    alone = ["unshare", "--map-root-user", "--mount"]
    mounts = [*alone, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if subprocess.run(mounts, capture_output=True).returncode:
        pytest.skip("this account may not mount a disk of its own")
    disk = tmp_path / "disk"
    disk.mkdir()

    def full(earlier: Path, *, size="24m"):
        command = [*alone, "sh", "-c", DISK, "sh", size, str(disk), str(earlier)]
        return {"data": disk / "data", "through": command}

    return full


def test_on_a_disk_that_was_full_before_sites_are_served_and_runs_recorded(begin, full, shop, tmp_path):
    first = begin()
    first.api("POST", "/api/sites", {"folder": str(shop)})
    first.closed_runs("tour", 1)
    first.interrupt()

    program = begin(**full(tmp_path / "data"))

    site = program.serving("shop")
    assert [notice["slug"] for notice in program.api("GET", "/api/state")["notices"]] == ["disk-full"]
    assert fetch(site["url"], "/cgi-bin/hello.py")[0] == 200
    assert program.closed_runs("shop", 1)
    assert program.interrupt() == 0
    assert program.errors == ""


def test_without_room_for_a_single_file_it_says_so(begin, full, tmp_path):
    program = begin(**full(tmp_path / "none", size="4k"))

    assert program.process.wait(60) == 1
    assert "cannot be written: " in program.errors
    assert "Make room there" in program.errors
    assert "Traceback" not in program.errors


@pytest.mark.parametrize("name", ["spool", "token", "instance.json"])
def test_something_in_the_way_of_a_file_of_ours_is_named(begin, tmp_path, name):
    in_the_way = tmp_path / "data" / name
    if name == "spool":
        in_the_way.parent.mkdir()
        in_the_way.write_text("mine")
    else:
        in_the_way.mkdir(parents=True)

    program = begin()

    assert program.process.wait(60) == 1
    assert program.errors.startswith(f"The folder {in_the_way.parent}")
    assert "Traceback" not in program.errors
    assert in_the_way.exists()
