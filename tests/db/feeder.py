"""A recorder that four threads feed as fast as it takes, until it is killed: `python -m tests.db.feeder DATABASE`.

Prints what has been acknowledged, a line for each batch: "3o 3c 4o …".
"""

import itertools
import os
import sys
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from db import queries
from db.connection import reading
from db.recorder import Recorder
from tests.db.records import closed, new_site, opened


def acknowledge(records: list[tuple[int, str, dict[str, Any]]]) -> None:
    line = " ".join(f"{run}{kind[0]}" for run, kind, _ in records) + "\n"
    os.write(1, line.encode())


def feed(recorder: Recorder, numbers: "itertools.count[int]", lock: Lock) -> None:
    while True:
        with lock:  # as the gateway: numbered and opened in one order
            run = next(numbers)
            recorder.opened(opened(run))
        recorder.closed(closed(run))


def main(path: Path) -> None:
    recorder = Recorder(path, on_stored=acknowledge, on_trouble=print)
    recorder.start()
    with reading(path) as db:
        is_first = not queries.sites(db)
    if is_first:
        recorder.do(new_site).result()
    numbers, lock = itertools.count(recorder.next_run), Lock()
    for _ in range(4):
        Thread(target=feed, args=(recorder, numbers, lock), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
