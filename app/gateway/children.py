"""Tells when a script's process has ended, and what it used.  No zombie outlives its signal."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from .portable import IS_PORTABLE
from .signals import Signals
from .spawn import wait
from .values import Usage

if sys.platform != "win32":
    import resource

OnExit = Callable[[int | None, Usage | None], None]
"""Told the wait status (None where somebody else took it) and the usage (None where the system does not tell)."""


class Children(Protocol):
    def watch(self, pid: int, on_exit: OnExit) -> None: ...


def children(loop: asyncio.AbstractEventLoop, signals: Signals) -> Children:
    return _Threads(loop) if IS_PORTABLE else _Reaper(signals)


class _Reaper:
    """SIGCHLD and wait4(-1): the gateway has no other children, and adopts what its scripts leave behind."""

    def __init__(self, signals: Signals) -> None:
        self._watched: dict[int, OnExit] = {}
        signals.on(signal.SIGCHLD, self._reap)

    def watch(self, pid: int, on_exit: OnExit) -> None:
        """Must be called before the loop runs again."""
        self._watched[pid] = on_exit

    def _reap(self) -> None:
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            on_exit = self._watched.pop(pid, None)
            if on_exit:
                on_exit(status, usage(used))


class _Threads:
    """One waiting thread a process."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def watch(self, pid: int, on_exit: OnExit) -> None:
        threading.Thread(target=self._wait, args=(pid, on_exit), daemon=True).start()

    def _wait(self, pid: int, on_exit: OnExit) -> None:
        status, used = wait(pid)
        try:
            self._loop.call_soon_threadsafe(on_exit, status, usage(used) if used else None)
        except RuntimeError:
            pass  # the loop has ended


def usage(used: "resource.struct_rusage") -> Usage:
    """ru_maxrss is carried over exec from the process that forked: below our own peak it is only a bound."""
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    per_kib = 1024 if sys.platform == "darwin" else 1
    return Usage(
        user_us=int(used.ru_utime * 1e6),
        system_us=int(used.ru_stime * 1e6),
        peak_kib=used.ru_maxrss // per_kib,
        peak_is_bound=used.ru_maxrss <= own_peak,
    )
