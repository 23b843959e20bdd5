"""kill -9 at any moment loses nothing that was acknowledged."""

import random
import subprocess
import sys
from pathlib import Path

from db import queries
from db.connection import reading
from db.recorder import Recorder
from tests.db.records import page

ROUNDS = 20
FOLDER = Path(__file__).parents[2]


def killed_after(path: Path, batches: int) -> set[str]:
    """Run the feeder, kill it once it has acknowledged so many batches; all that it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.db.feeder", path],
        cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as feeder:  # fmt: skip
        try:
            lines = [feeder.stdout.readline() for _ in range(batches)]
        finally:
            feeder.kill()
        assert all(lines), feeder.stderr.read().decode()
        rest = feeder.stdout.read().split(b"\n")[:-1]  # without a last line that was cut
    return {word for line in [*lines, *rest] for word in line.decode().split()}


def test_what_was_acknowledged_is_there_after_kill_9(path: Path):
    chance, acknowledged = random.Random(9), set()

    for round_ in range(ROUNDS):
        acknowledged |= killed_after(path, chance.randrange(1, 12))
        recorder = Recorder(path, on_stored=print, on_trouble=print)
        recorder.start()
        recorder.close()

        with reading(path) as db:
            rows = dict(db.execute_sql('SELECT id, "end" FROM run').fetchall())
            for word in acknowledged:
                run, kind = int(word[:-1]), word[-1]
                assert run in rows, f"{word} of round {round_} is lost"
                assert kind == "o" or rows[run] == "exited", f"the end of {word} is lost"
            assert "running" not in rows.values()
            assert db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
            newest = queries.latest_run_id(db)
            for run in (run for run in range(max(1, newest - 300), newest + 1) if rows[run] == "exited"):
                assert queries.run(db, run)["stdout"] == page(run)
            assert queries.counts(db, 1)["total"] == len(rows)
