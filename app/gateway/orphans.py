"""Which scripts run, on disk: so that a gateway killed with -9 leaves none behind.

The gateway appends to the file beside its spool; the parent reads it once that gateway is gone.

    gatehouse-scripts 1 <boot id> <gateway's mark>
    <pid> <earliest start> <latest start>          clock ticks since boot (CLOCK_BOOTTIME), as in /proc/PID/stat

A process is a leftover when it carries the gateway's mark in its environment, or has a pid of the list and started
within those ticks, or is in the session of such a one.  So no process that was given a used pid is ever hit.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from .processes import Seen, all_processes, marked_with

_VERSION = "gatehouse-scripts 1"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_TICKS_S: int = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_REWRITE_AT = 1 << 18
"""Bytes of the file, beyond which it is written anew with only those that live."""


class Ledger:
    """Written by the gateway: one short write a script."""

    def __init__(self, path: Path, gateway: str) -> None:
        """`gateway`: the mark of this gateway process (see `processes.mark`)."""
        self._path = path
        self._head = f"{_VERSION} {_boot_id()} {gateway}\n".encode()
        self._living: dict[int, bytes] = {}
        self._size = 0
        self._file: FileIO | None = None
        with contextlib.suppress(OSError):  # a full disk: with the first script, then
            self._file = self._rewrite()

    def started(self, spawn: Callable[[], int]) -> int:
        """Run `spawn`, note the pid that it answers with, between two looks at the clock."""
        earliest = _now_ticks()
        pid = spawn()
        line = b"%d %d %d\n" % (pid, earliest, _now_ticks())
        self._living[pid] = line
        with contextlib.suppress(OSError):  # a full disk: the mark still finds it
            if self._file:
                self._size += self._file.write(line)
            else:
                self._file = self._rewrite()
        return pid

    def ended(self, pid: int) -> None:
        self._living.pop(pid, None)
        if self._size > _REWRITE_AT:
            self._size = 0
            with contextlib.suppress(OSError):  # a full disk: the next time, then
                fresh = self._rewrite()
                if self._file:
                    self._file.close()
                self._file = fresh

    def close(self) -> None:
        """Everything has been ended: the file goes."""
        if self._file:
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _rewrite(self) -> FileIO:
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(self._head + b"".join(self._living.values()))
        fresh.replace(self._path)
        return FileIO(self._path, "a")


def ledger_path(spool: Path) -> Path:
    """The ledger that belongs to a spool."""
    return spool.with_name(spool.name + ".scripts")


def left_over(path: Path) -> list[int]:
    """The pids of what a dead gateway left behind.  None without /proc, or after the computer was restarted."""
    noted = _read(path)
    if noted is None:
        return []
    gateway, listed = noted
    seen = all_processes()
    leaders = {one.pid for one in seen if _started_within(one, listed.get(one.pid))}
    return [one.pid for one in seen if leaders & {one.pid, one.session} or _is_ours(one.pid, gateway)]


def end_left_over(path: Path, *, grace_s: float = 2.0) -> list[int]:
    """End them, TERM and then KILL, and remove the file; answers with the pids found.  Blocks `grace_s` at most."""
    found = left_over(path)
    until = time.monotonic() + grace_s
    asked: set[int] = set()
    while (left := left_over(path)) and time.monotonic() < until:
        _send([pid for pid in left if pid not in asked], signal.SIGTERM)
        asked.update(left)
        time.sleep(0.02)
    for _ in range(50):  # what forks while it is being ended
        if not left:
            break
        _send(left, signal.SIGKILL)
        time.sleep(0.02)
        left = left_over(path)
    path.unlink(missing_ok=True)
    return found


def _read(path: Path) -> tuple[bytes, dict[int, tuple[int, int]]] | None:
    """(the gateway's mark, pid → ticks), None where the file says nothing about this boot.  A half line is left out."""
    try:
        head, *lines = path.read_bytes().split(b"\n")
    except OSError:
        return None
    words = head.decode("ascii", "replace").split(" ")
    if len(words) != 4 or " ".join(words[:2]) != _VERSION or words[2] != _boot_id() or not words[3]:
        return None
    listed = {}
    for line in lines[:-1]:
        numbers = line.split()
        if len(numbers) == 3 and all(one.isdigit() for one in numbers):
            listed[int(numbers[0])] = (int(numbers[1]), int(numbers[2]))
    return words[3].encode(), listed


def _started_within(one: Seen, ticks: tuple[int, int] | None) -> bool:
    return ticks is not None and ticks[0] <= one.started <= ticks[1]


def _is_ours(pid: int, gateway: bytes) -> bool:
    value = marked_with(pid)
    return value is not None and value.startswith(gateway + b"-")


def _send(pids: list[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            pass  # gone meanwhile, or set-uid


def _now_ticks() -> int:
    return int(time.clock_gettime(_CLOCK) * _TICKS_S)


_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", 1))


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "none"
