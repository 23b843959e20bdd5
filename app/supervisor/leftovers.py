"""Before a new gateway starts: what an old one, or its parent, left running when it was killed."""

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from app.gateway.orphans import end_left_over, ledger_path

PATIENCE_S = 8
"""Seconds.  A gateway whose parent has died ends its scripts (two seconds each way), spools its records and goes."""


def end_leftovers(spool: Path) -> None:
    """End them, and wait until they are gone: their records are then in the spool and their ports free.

    Costs nothing where the last gateway ended in order: then its ledger is gone.
    """
    ledger = ledger_path(spool)
    if not ledger.exists():
        return
    _wait_for_gateways(spool)
    end_left_over(ledger)


def _wait_for_gateways(spool: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while gateways := list(_gateways(spool)):
        if time.monotonic() > until:
            for pid in gateways:
                os.kill(pid, signal.SIGKILL)
            until += PATIENCE_S
        time.sleep(0.02)


def _gateways(spool: Path) -> Iterator[int]:
    """Living gateway processes with this spool, by their command lines; none where there is no /proc."""
    own = (b"--spool", os.fsencode(spool))
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"app.gateway" in words and own in pairwise(words):
            yield int(process.name)
