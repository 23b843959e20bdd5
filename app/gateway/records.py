"""The records of runs on their way to the parent: numbered here, kept until they are on disk there."""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .messages import CLOSED, OPENED, WAITING_CAP, pack


class Records:
    """Hands records over without waiting; what the parent has not acknowledged waits here, by its frame."""

    def __init__(self, next_run: int, send: Callable[[bytes], None], *, cap: int = WAITING_CAP) -> None:
        self.waiting_bytes = 0
        self._next_run = next_run
        self._send = send
        self._cap = cap
        self._waiting: dict[tuple[int, str], bytes] = {}
        self._for_room: deque[asyncio.Future[None]] = deque()

    def number(self) -> int:
        """The next run's."""
        run = self._next_run
        self._next_run += 1
        return run

    def opened(self, record: dict[str, Any]) -> None:
        self._hand_over(OPENED, record)

    def closed(self, record: dict[str, Any]) -> None:
        self._hand_over(CLOSED, record)

    def acknowledged(self, runs: Iterable[tuple[int, str]]) -> None:
        """These are on disk (the frame ACK)."""
        for run, kind in runs:
            self.waiting_bytes -= len(self._waiting.pop((run, kind), b""))
        while self._for_room and self.has_room:
            waiter = self._for_room.popleft()
            if not waiter.done():
                waiter.set_result(None)

    @property
    def has_room(self) -> bool:
        """May another script start, or would its record only add to a heap?"""
        return self.waiting_bytes < self._cap

    async def room(self, patience_s: float) -> bool:
        """Wait for it; False when the patience is at an end."""
        until = asyncio.get_running_loop().time() + patience_s
        while not self.has_room:
            waiter = asyncio.get_running_loop().create_future()
            self._for_room.append(waiter)
            try:
                async with asyncio.timeout_at(until):
                    await waiter
            except TimeoutError:
                return False
        return True

    async def all_acknowledged(self, patience_s: float) -> bool:
        until = asyncio.get_running_loop().time() + patience_s
        while self._waiting and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.01)
        return not self._waiting

    def spool(self, path: Path) -> int:
        """Write what was not acknowledged, for the next start; what an earlier one left there is kept before it.

        The number of records that did not fit on the disk.
        """
        if not self._waiting:
            return 0
        earlier = path.read_bytes() if path.exists() else b""
        fresh = path.with_name(path.name + ".new")
        try:
            written = _write_what_fits(fresh, [earlier, *self._waiting.values()])
            if written:
                fresh.replace(path)
        except OSError:
            written = 0
        fresh.unlink(missing_ok=True)
        return len(self._waiting) - max(written - 1, 0)

    def _hand_over(self, kind: str, record: dict[str, Any]) -> None:
        frame = pack(kind, record)
        self._waiting[record["run"], kind] = frame
        self.waiting_bytes += len(frame)
        self._send(frame)


def _write_what_fits(path: Path, parts: Iterable[bytes]) -> int:
    """How many parts are on the disk, each whole."""
    written = size = 0
    with path.open("wb", buffering=0) as file:
        for part in parts:
            try:
                if file.write(part) < len(part):
                    break
            except OSError:
                break
            written, size = written + 1, size + len(part)
        file.truncate(size)
        os.fsync(file.fileno())
    return written
