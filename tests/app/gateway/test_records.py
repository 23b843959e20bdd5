import asyncio
import subprocess
import sys

from app.gateway.messages import Unpacker
from app.gateway.records import Records


def test_runs_are_numbered_from_the_given_one():
    records = Records(7, [].append)

    assert [records.number(), records.number()] == [7, 8]


def test_what_is_acknowledged_waits_no_more(tmp_path):
    sent: list[bytes] = []
    records = Records(1, sent.append)
    records.opened({"run": 1})
    records.closed({"run": 1})
    records.opened({"run": 2})

    records.acknowledged([(1, "opened"), (1, "closed"), (9, "opened")])

    assert records.waiting_bytes == len(sent[2])
    records.spool(tmp_path / "spool")
    assert Unpacker().feed((tmp_path / "spool").read_bytes()) == [("opened", {"run": 2})]


def test_nothing_waiting_makes_no_spool(tmp_path):
    Records(1, [].append).spool(tmp_path / "spool")

    assert list(tmp_path.iterdir()) == []


def test_room_comes_with_an_acknowledgement():
    async def scene() -> bool:
        records = Records(1, [].append, cap=10)
        records.opened({"run": 1, "stdin": bytes(100)})
        assert not records.has_room
        waiting = asyncio.create_task(records.room(60))
        await asyncio.sleep(0)
        records.acknowledged([(1, "opened")])
        return await waiting

    assert asyncio.run(scene())


def test_patience_for_room_ends():
    async def scene() -> bool:
        records = Records(1, [].append, cap=10)
        records.opened({"run": 1, "stdin": bytes(100)})
        return await records.room(0.01)

    assert not asyncio.run(scene())


def test_on_a_full_disk_what_fits_is_spooled_and_the_rest_is_counted(tmp_path):
    """A limit on the size of files stands for the full disk: a write then stops half-way, as there."""
    program = """
import resource, signal, sys
from pathlib import Path
from app.gateway.records import Records
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
records = Records(1, [].append)
for run in range(1, 6):
    records.opened({"run": run, "stdin": b"x" * 2000})
print(records.spool(Path(sys.argv[1])))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "spool"], capture_output=True, text=True, check=True
    )

    kept = Unpacker().feed((tmp_path / "spool").read_bytes())
    assert [record["run"] for _kind, record in kept] == [1, 2]
    assert done.stdout == "3\n"
    assert [path.name for path in tmp_path.iterdir()] == ["spool"]
