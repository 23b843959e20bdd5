"""Ends runs: TERM to the process group, and two seconds later KILL to whatever is left of the run's tree."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from .portable import IS_PORTABLE
from .processes import all_processes, descendants, members

GRACE_S = 2.0
"""From TERM to KILL."""

_LOOK_S = 0.25


@dataclass(slots=True)
class _Dying:
    mark: bytes
    kill_at: float
    was_asked: set[int]
    """Those that have been sent TERM."""


class Ender:
    """One for the whole gateway, so that a hundred runs that end at once cost one look at the processes."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._dying: dict[int, _Dying] = {}
        self._timer: asyncio.TimerHandle | None = None

    def end(self, leader: int, mark: bytes) -> None:
        """`leader`: the run's process, not waited for yet or with its group still alive."""
        if leader in self._dying:
            return
        send_group(leader, signal.SIGTERM)
        self._dying[leader] = _Dying(mark, self._loop.time() + GRACE_S, {leader})
        if not self._timer:
            self._timer = self._loop.call_later(_LOOK_S, self._look)

    def _look(self) -> None:
        self._timer = None
        now = self._loop.time()
        seen = [] if IS_PORTABLE else all_processes()
        for leader, dying in list(self._dying.items()):
            is_late = now >= dying.kill_at
            if IS_PORTABLE:
                if is_late:
                    send_group(leader, KILL)
                    del self._dying[leader]
                continue
            left = members(leader, dying.mark, seen)
            if not left:
                del self._dying[leader]
                continue
            self._press(left, dying, is_late=is_late)
        if self._dying:
            self._timer = self._loop.call_later(_LOOK_S, self._look)

    def _press(self, left: list[int], dying: _Dying, *, is_late: bool) -> None:
        if is_late:
            send(left, KILL)
            return
        fresh = [pid for pid in left if pid not in dying.was_asked]
        dying.was_asked.update(fresh)
        # The group had its TERM; this is for those that left it.
        send((pid for pid in fresh if _group(pid) not in self._dying), signal.SIGTERM)


KILL = signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM


def send_group(leader: int, number: int) -> None:
    try:
        if sys.platform == "win32":
            os.kill(leader, number)
        else:
            os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        pass  # gone, or all that is left runs with other rights than ours (set-uid)


def send(pids: Iterable[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            pass  # as above


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return pid


async def end_all_left() -> None:
    """At shutdown: everything below this process, also what daemonized from runs that ended well."""
    if IS_PORTABLE:
        return
    own = os.getpid()
    loop = asyncio.get_running_loop()
    kill_at = loop.time() + GRACE_S
    asked: set[int] = set()
    while left := descendants(own, all_processes()):
        if loop.time() >= kill_at + GRACE_S:
            return  # the kernel holds them (state D); nothing more can be done
        if loop.time() >= kill_at:
            send(left, KILL)
        send([pid for pid in left if pid not in asked], signal.SIGTERM)
        asked.update(left)
        await asyncio.sleep(0.05)
